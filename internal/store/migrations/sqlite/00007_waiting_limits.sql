-- +goose Up
CREATE TABLE waiting_limits (
    team TEXT NOT NULL,
    group_id BIGINT NOT NULL,
    warn_seconds BIGINT NOT NULL,
    late_seconds BIGINT NOT NULL,
    PRIMARY KEY (team, group_id)
);

-- +goose Down
DROP TABLE waiting_limits;
