-- +goose Up
CREATE TABLE canned (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    owner TEXT NOT NULL,
    group_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX canned_team ON canned (team, owner);

CREATE TABLE canned_files (
    id TEXT PRIMARY KEY,
    canned_id TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX canned_files_of ON canned_files (canned_id);

-- +goose Down
DROP TABLE canned_files;
DROP TABLE canned;
