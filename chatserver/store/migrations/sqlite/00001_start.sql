-- +goose Up
CREATE TABLE licenses (
    id BIGINT PRIMARY KEY,
    organization_id TEXT NOT NULL,
    plan TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE agents (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    avatar TEXT NOT NULL,
    job_title TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    max_chats BIGINT NOT NULL,
    routing_status TEXT NOT NULL,
    suspended BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE groups (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT NOT NULL
);

CREATE TABLE group_agents (
    group_id BIGINT NOT NULL,
    agent_id TEXT NOT NULL,
    priority TEXT NOT NULL,
    PRIMARY KEY (group_id, agent_id)
);

CREATE TABLE tags (
    name TEXT PRIMARY KEY,
    group_ids TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    author_id TEXT NOT NULL
);

-- hash is the hex SHA-256 of the token; the token itself is not kept.
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX tokens_owner ON tokens (owner_id);

CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    secret TEXT NOT NULL,
    banned_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX customers_email ON customers (email);

CREATE TABLE chats (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sort_at BIGINT NOT NULL,
    active BIGINT NOT NULL,
    access TEXT NOT NULL,
    properties TEXT NOT NULL,
    users TEXT NOT NULL,
    followers TEXT NOT NULL,
    last_events TEXT NOT NULL,
    last_thread_id TEXT NOT NULL
);
CREATE INDEX chats_sort ON chats (active, sort_at);
CREATE INDEX chats_sort_all ON chats (sort_at);
CREATE INDEX chats_customer ON chats (customer_id);

CREATE TABLE chat_groups (
    chat_id TEXT NOT NULL,
    group_id BIGINT NOT NULL,
    PRIMARY KEY (chat_id, group_id)
);

-- seq is created_at in microseconds, moved on until it is unique: the order of
-- every list of threads, and the row id of the search index.
CREATE TABLE threads (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    chat_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    event_count BIGINT NOT NULL,
    prev_id TEXT NOT NULL,
    next_id TEXT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX threads_chat ON threads (chat_id, seq);
CREATE INDEX threads_customer ON threads (customer_id, seq);
CREATE INDEX threads_active ON threads (active, seq);

CREATE TABLE thread_groups (
    group_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (group_id, seq)
);
CREATE INDEX thread_groups_seq ON thread_groups (seq);

CREATE TABLE thread_agents (
    agent_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (agent_id, seq)
);
CREATE INDEX thread_agents_seq ON thread_agents (seq);

CREATE TABLE thread_tags (
    tag TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (tag, seq)
);
CREATE INDEX thread_tags_seq ON thread_tags (seq);

CREATE TABLE events (
    thread_id TEXT NOT NULL,
    n BIGINT NOT NULL,
    chat_id TEXT NOT NULL,
    custom_id TEXT,
    created_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (thread_id, n)
);
CREATE UNIQUE INDEX events_custom ON events (chat_id, custom_id) WHERE custom_id IS NOT NULL;

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    owner_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used BIGINT NOT NULL
);
CREATE INDEX files_unused ON files (used, created_at);

-- +goose Down
DROP TABLE files;
DROP TABLE events;
DROP TABLE thread_tags;
DROP TABLE thread_agents;
DROP TABLE thread_groups;
DROP TABLE threads;
DROP TABLE chat_groups;
DROP TABLE chats;
DROP TABLE customers;
DROP TABLE tokens;
DROP TABLE tags;
DROP TABLE group_agents;
DROP TABLE groups;
DROP TABLE agents;
DROP TABLE licenses;
