-- +goose Up
CREATE TABLE unread_marks (
    agent_id TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (agent_id, chat_id)
);

-- +goose Down
DROP TABLE unread_marks;
