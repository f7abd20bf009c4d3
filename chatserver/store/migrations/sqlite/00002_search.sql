-- The words of closed threads, one row per thread; rowid is threads.seq. The
-- text itself is not kept a second time.
-- +goose Up
CREATE VIRTUAL TABLE thread_text USING fts5 (
    body,
    content = '',
    contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3 4 5'
);

-- +goose Down
DROP TABLE thread_text;
