-- +goose Up
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sessions DROP COLUMN device;
