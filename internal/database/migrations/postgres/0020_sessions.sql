-- +goose Up
-- Browsers that act as a key. Of the tokens only hashes are kept.
CREATE TABLE sessions (
    code       TEXT PRIMARY KEY,
    key_code   TEXT NOT NULL,
    digest     TEXT NOT NULL,
    key_digest TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX sessions_by_key ON sessions (key_code, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
