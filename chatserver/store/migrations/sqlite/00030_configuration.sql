-- What administrators set up. A deleted agent keeps a row for the name in old
-- chats, a deleted group or canned response for its number, which is not given
-- out again.
-- +goose Up
ALTER TABLE agents ADD COLUMN doc TEXT NOT NULL DEFAULT '{}';
ALTER TABLE agents ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE auto_accesses (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    doc TEXT NOT NULL
);

-- Either of customer_id and ip may be empty.
CREATE TABLE bans (
    customer_id TEXT NOT NULL,
    ip TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (customer_id, ip)
);
INSERT INTO bans (customer_id, ip, agent_id, thread_id, created_at, expires_at)
SELECT id, '', '', '', created_at, banned_until FROM customers WHERE banned_until > 0;

CREATE TABLE canned_responses (
    id BIGINT PRIMARY KEY,
    group_id BIGINT NOT NULL,
    private BIGINT NOT NULL,
    author_id TEXT NOT NULL,
    text TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted BIGINT NOT NULL
);

-- place is license, or group/ and the group's id.
CREATE TABLE properties (
    place TEXT PRIMARY KEY,
    doc TEXT NOT NULL
);

CREATE TABLE property_definitions (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (owner, name)
);

-- +goose Down
DROP TABLE property_definitions;
DROP TABLE properties;
DROP TABLE canned_responses;
DROP TABLE bans;
DROP TABLE auto_accesses;
ALTER TABLE groups DROP COLUMN deleted_at;
ALTER TABLE agents DROP COLUMN deleted_at;
ALTER TABLE agents DROP COLUMN doc;
