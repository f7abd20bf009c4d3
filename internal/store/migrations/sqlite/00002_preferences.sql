-- +goose Up
CREATE TABLE preferences (
    agent_id TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- +goose Down
DROP TABLE preferences;
