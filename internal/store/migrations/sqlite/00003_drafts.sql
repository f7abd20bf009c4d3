-- +goose Up
CREATE TABLE drafts (
    agent_id TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    text TEXT NOT NULL,
    note BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (agent_id, chat_id)
);

-- +goose Down
DROP TABLE drafts;
