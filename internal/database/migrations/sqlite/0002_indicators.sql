-- +goose Up
-- What an indicator is and which version of it is current. Everything that can
-- change is in its versions.
CREATE TABLE indicators (
    id         INTEGER PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    plan       TEXT    NOT NULL REFERENCES plans (code),
    version    INTEGER NOT NULL CHECK (version >= 1),
    created_at TEXT    NOT NULL
) STRICT;

CREATE INDEX indicators_by_plan ON indicators (plan);

-- task_id is the task of the plan's version that was current at the time, so a
-- task that an amendment renumbers or drops stays known to the older versions.
-- source_version is the plan's version whose document source_start counts in;
-- a page or paragraph of 0 is none. A target without a value waits for that of
-- its reference, and may have no unit till then.
CREATE TABLE indicator_versions (
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    version      INTEGER NOT NULL CHECK (version >= 1),
    task_id      INTEGER NOT NULL REFERENCES tasks (id),
    section      INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    direction    TEXT    NOT NULL,
    comparator   TEXT    NOT NULL,
    target_value TEXT   ,
    target_high  TEXT,
    unit         TEXT    NOT NULL,
    target_reference TEXT NOT NULL,
    baseline     TEXT,
    starts_on    TEXT,
    due_on       TEXT,
    term_ends_on TEXT,
    binding      TEXT    NOT NULL,
    frequency    TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('draft', 'confirmed', 'rejected', 'withdrawn')),
    confidence   TEXT    NOT NULL,
    curve        TEXT    NOT NULL,
    source_version INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    source_quote TEXT    NOT NULL,
    source_rule  TEXT    NOT NULL,
    source_page  INTEGER NOT NULL,
    source_paragraph INTEGER NOT NULL,
    search       TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    PRIMARY KEY (indicator_id, version),
    CHECK (target_value IS NOT NULL OR target_reference <> ''),
    CHECK (target_value IS NULL OR unit <> '')
) STRICT;

CREATE TABLE indicator_agencies (
    indicator_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    role         TEXT    NOT NULL CHECK (role IN ('lead', 'participating')),
    ordinal      INTEGER NOT NULL,
    agency_id    INTEGER NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (indicator_id, version, role, ordinal),
    FOREIGN KEY (indicator_id, version) REFERENCES indicator_versions (indicator_id, version)
) STRICT;

CREATE INDEX indicator_agencies_by_agency ON indicator_agencies (agency_id, role, indicator_id, version);

-- +goose StatementBegin
CREATE TRIGGER indicator_versions_keep_update BEFORE UPDATE ON indicator_versions
BEGIN
    SELECT RAISE(ABORT, 'indicator_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_versions_keep_delete BEFORE DELETE ON indicator_versions
BEGIN
    SELECT RAISE(ABORT, 'indicator_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_agencies_keep_update BEFORE UPDATE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_agencies_keep_delete BEFORE DELETE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;
-- +goose StatementEnd
