-- +goose Up
-- What a plan is and which version of it is current. An import makes version 1,
-- each amendment the next; all that a document says is kept by version.
CREATE TABLE plans (
    id         INTEGER PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    version    INTEGER NOT NULL CHECK (version >= 1),
    created_at TEXT    NOT NULL
) STRICT;

CREATE TABLE plan_versions (
    plan       TEXT    NOT NULL REFERENCES plans (code),
    version    INTEGER NOT NULL CHECK (version >= 1),
    title      TEXT    NOT NULL,
    issuer     TEXT    NOT NULL,
    issued_on  TEXT,
    starts_on  TEXT    NOT NULL,
    due_on     TEXT    NOT NULL,
    sha256     TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    characters INTEGER NOT NULL,
    updated_at TEXT    NOT NULL,
    PRIMARY KEY (plan, version)
) STRICT;

-- Apart from plan_versions, so that listing plans never reads a document.
CREATE TABLE documents (
    plan     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    original BLOB    NOT NULL,
    PRIMARY KEY (plan, version),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
) STRICT;

CREATE TABLE sections (
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    heading   TEXT    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    PRIMARY KEY (plan, version, number),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
) STRICT;

CREATE TABLE warnings (
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    line      INTEGER NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    PRIMARY KEY (plan, version, ordinal),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
) STRICT;

CREATE TABLE tasks (
    id        INTEGER PRIMARY KEY,
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    number    TEXT    NOT NULL,
    section   INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    UNIQUE (plan, version, number),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
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

-- +goose StatementBegin
CREATE TRIGGER plan_versions_keep_update BEFORE UPDATE ON plan_versions
BEGIN
    SELECT RAISE(ABORT, 'plan_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_versions_keep_delete BEFORE DELETE ON plan_versions
BEGIN
    SELECT RAISE(ABORT, 'plan_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER documents_keep_update BEFORE UPDATE ON documents
BEGIN
    SELECT RAISE(ABORT, 'documents is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER documents_keep_delete BEFORE DELETE ON documents
BEGIN
    SELECT RAISE(ABORT, 'documents is append-only');
END;
-- +goose StatementEnd
