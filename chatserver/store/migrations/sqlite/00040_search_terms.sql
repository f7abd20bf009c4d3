-- One index answers every search: the words of closed threads and, as words that
-- nobody types, their traits (groups, agents, tags, properties and so on). rowid
-- is threads.seq. The text itself is not kept a second time. The program fills
-- the tables again from threads and chats where it finds them empty.
-- +goose Up
DROP TABLE thread_text;
DROP TABLE thread_tags;
DROP TABLE thread_agents;
DROP TABLE thread_groups;
DROP TABLE chat_groups;

CREATE VIRTUAL TABLE thread_text USING fts5 (
    body,
    content = '',
    contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3 4 5 6 7 8'
);

-- What chats are listed by: groups, present agents, properties.
CREATE TABLE chat_terms (
    term TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    PRIMARY KEY (term, chat_id)
);
CREATE INDEX chat_terms_chat ON chat_terms (chat_id);

-- +goose Down
DROP TABLE chat_terms;
DROP TABLE thread_text;
CREATE TABLE chat_groups (chat_id TEXT NOT NULL, group_id BIGINT NOT NULL, PRIMARY KEY (chat_id, group_id));
CREATE TABLE thread_groups (group_id BIGINT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (group_id, seq));
CREATE INDEX thread_groups_seq ON thread_groups (seq);
CREATE TABLE thread_agents (agent_id TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (agent_id, seq));
CREATE INDEX thread_agents_seq ON thread_agents (seq);
CREATE TABLE thread_tags (tag TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (tag, seq));
CREATE INDEX thread_tags_seq ON thread_tags (seq);
CREATE VIRTUAL TABLE thread_text USING fts5 (
    body,
    content = '',
    contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3 4 5'
);
