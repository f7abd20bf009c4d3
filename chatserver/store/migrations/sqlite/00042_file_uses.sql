-- Which threads a file is used in: with the last of them it is deleted. Events so
-- far name their file in the url, http://host/files/ID/name.
-- +goose Up
CREATE TABLE file_uses (
    file_id TEXT NOT NULL,
    thread_id TEXT NOT NULL,
    PRIMARY KEY (file_id, thread_id)
);
CREATE INDEX file_uses_thread ON file_uses (thread_id);
INSERT OR IGNORE INTO file_uses (file_id, thread_id)
SELECT f.id, e.thread_id
FROM events e
JOIN files f ON f.id = substr(e.body, instr(e.body, '/files/') + 7, 43)
WHERE instr(e.body, '/files/') > 0;

-- +goose Down
DROP TABLE file_uses;
