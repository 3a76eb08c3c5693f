-- +goose Up
-- What the service made up once and must find again.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Of a token only its HMAC is kept.
CREATE TABLE access_keys (
    id              INTEGER PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    role            TEXT NOT NULL,
    digest          TEXT NOT NULL,
    previous_digest TEXT NOT NULL,
    previous_until  TEXT,
    created_at      TEXT NOT NULL,
    created_by      TEXT NOT NULL,
    expires_at      TEXT,
    revoked_at      TEXT,
    last_used_at    TEXT
) STRICT;

CREATE TABLE access_key_agencies (
    key_id  INTEGER NOT NULL REFERENCES access_keys (id),
    ordinal INTEGER NOT NULL,
    agency  TEXT    NOT NULL,
    PRIMARY KEY (key_id, ordinal)
) STRICT;
