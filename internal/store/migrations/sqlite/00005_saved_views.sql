-- +goose Up
CREATE TABLE saved_views (
    id TEXT PRIMARY KEY,
    team TEXT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX saved_views_team ON saved_views (team, owner);

-- +goose Down
DROP TABLE saved_views;
