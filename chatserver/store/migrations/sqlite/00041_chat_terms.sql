-- Chats are listed as threads are searched: by terms in an index whose rowid is
-- the order of the list, chats.sort_at. The program fills it again from chats
-- where it finds it empty.
-- +goose Up
DROP TABLE chat_terms;
CREATE VIRTUAL TABLE chat_text USING fts5 (
    body,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'unicode61'
);

-- +goose Down
DROP TABLE chat_text;
CREATE TABLE chat_terms (term TEXT NOT NULL, chat_id TEXT NOT NULL, PRIMARY KEY (term, chat_id));
CREATE INDEX chat_terms_chat ON chat_terms (chat_id);
