-- +goose Up
CREATE TABLE plans (
    id         INTEGER PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    title      TEXT    NOT NULL,
    issuer     TEXT    NOT NULL,
    issued_on  TEXT,
    starts_on  TEXT    NOT NULL,
    due_on     TEXT    NOT NULL,
    sha256     TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    characters INTEGER NOT NULL,
    created_at TEXT    NOT NULL
) STRICT;

-- Apart from plans, so that listing plans never reads a document.
CREATE TABLE documents (
    plan     TEXT PRIMARY KEY REFERENCES plans (code),
    text     TEXT NOT NULL,
    original BLOB NOT NULL
) STRICT;

CREATE TABLE sections (
    plan      TEXT    NOT NULL REFERENCES plans (code),
    number    INTEGER NOT NULL,
    heading   TEXT    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    PRIMARY KEY (plan, number)
) STRICT;

CREATE TABLE warnings (
    plan      TEXT    NOT NULL REFERENCES plans (code),
    ordinal   INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    PRIMARY KEY (plan, ordinal)
) STRICT;

CREATE TABLE tasks (
    id        INTEGER PRIMARY KEY,
    plan      TEXT    NOT NULL REFERENCES plans (code),
    number    TEXT    NOT NULL,
    section   INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    UNIQUE (plan, number)
) STRICT;

CREATE TABLE agencies (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE task_agencies (
    task_id   INTEGER NOT NULL REFERENCES tasks (id),
    role      TEXT    NOT NULL CHECK (role IN ('lead', 'participating')),
    ordinal   INTEGER NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (task_id, role, ordinal)
) STRICT;

CREATE INDEX task_agencies_by_agency ON task_agencies (agency_id, role, task_id);
