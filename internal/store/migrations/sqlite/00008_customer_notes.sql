-- +goose Up
CREATE TABLE customer_notes (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX customer_notes_of ON customer_notes (team, customer_id, at);

-- +goose Down
DROP TABLE customer_notes;
