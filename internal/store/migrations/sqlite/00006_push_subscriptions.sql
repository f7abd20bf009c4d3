-- +goose Up
CREATE TABLE push_subscriptions (
    endpoint TEXT PRIMARY KEY,
    agent_id TEXT NOT NULL,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    words BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_agent ON push_subscriptions (agent_id, created_at);

-- +goose Down
DROP TABLE push_subscriptions;
