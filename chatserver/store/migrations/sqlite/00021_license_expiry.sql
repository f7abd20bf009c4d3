-- 0 is a license that does not expire.
-- +goose Up
ALTER TABLE licenses ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE licenses DROP COLUMN expires_at;
