-- +goose Up
-- Browsers that act as a key. Of the tokens only hashes are kept.
CREATE TABLE sessions (
    code       TEXT PRIMARY KEY,
    key_code   TEXT NOT NULL,
    digest     TEXT NOT NULL,
    key_digest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_key ON sessions (key_code, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
