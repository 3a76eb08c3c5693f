-- +goose Up
-- A row stands for a name in a jurisdiction and never changes. What names mean together
-- is in the events: an agency has the id of the name that it was first called by.
ALTER TABLE agencies RENAME TO agency_names;
ALTER TABLE task_agencies RENAME COLUMN agency_id TO name_id;
ALTER TABLE indicator_agencies RENAME COLUMN agency_id TO name_id;

-- alias: the name subject means the agency object; rename: the agency subject is called
-- by the name object; merge: the agency subject is the agency object; succeed: the
-- duties of the agency subject are those of object. An event counts from takes_effect_at,
-- which is the beginning of the day from_on where it has one, and is known from recorded_at.
CREATE TABLE agency_events (
    id              INTEGER PRIMARY KEY,
    kind            TEXT    NOT NULL CHECK (kind IN ('alias', 'rename', 'merge', 'succeed')),
    subject_id      INTEGER NOT NULL REFERENCES agency_names (id),
    object_id       INTEGER NOT NULL REFERENCES agency_names (id),
    from_on         TEXT,
    takes_effect_at TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER agency_events_keep_update BEFORE UPDATE ON agency_events
BEGIN
    SELECT RAISE(ABORT, 'agency_events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agency_events_keep_delete BEFORE DELETE ON agency_events
BEGIN
    SELECT RAISE(ABORT, 'agency_events is append-only');
END;
-- +goose StatementEnd

-- A name that was new in its jurisdiction when a plan first wrote it, and an agency
-- that it may be another name of. A person decides.
CREATE TABLE agency_matches (
    id          INTEGER PRIMARY KEY,
    plan        TEXT    NOT NULL REFERENCES plans (code),
    name_id     INTEGER NOT NULL REFERENCES agency_names (id),
    agency_id   INTEGER NOT NULL REFERENCES agency_names (id),
    recorded_at TEXT    NOT NULL
) STRICT;

CREATE INDEX agency_matches_by_plan ON agency_matches (plan);

CREATE TABLE agency_match_decisions (
    match_id   INTEGER PRIMARY KEY REFERENCES agency_matches (id),
    decision   TEXT    NOT NULL CHECK (decision IN ('confirmed', 'rejected')),
    decided_at TEXT    NOT NULL
) STRICT;

-- The jurisdiction of a plan can be corrected, so each version has its own.
DROP TRIGGER plan_versions_keep_update;
ALTER TABLE plan_versions ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT '';
UPDATE plan_versions SET jurisdiction = (SELECT p.jurisdiction FROM plans p WHERE p.code = plan_versions.plan);
ALTER TABLE plans DROP COLUMN jurisdiction;

-- +goose StatementBegin
CREATE TRIGGER plan_versions_keep_update BEFORE UPDATE ON plan_versions
BEGIN
    SELECT RAISE(ABORT, 'plan_versions is append-only');
END;
-- +goose StatementEnd

-- Which agency a reporter reported for, beside what it was called then; 0 where it
-- reported for none, or where several jurisdictions have the name.
CREATE TABLE reporters_kept (
    id        INTEGER PRIMARY KEY,
    agency    TEXT    NOT NULL,
    key_id    TEXT    NOT NULL,
    key_name  TEXT    NOT NULL,
    agency_id INTEGER NOT NULL,
    UNIQUE (agency, key_id, key_name, agency_id)
) STRICT;

INSERT INTO reporters_kept
SELECT r.id, r.agency, r.key_id, r.key_name,
       COALESCE((SELECT MIN(n.id) FROM agency_names n WHERE n.name = r.agency HAVING COUNT(*) = 1), 0)
  FROM reporters r;

DROP TABLE reporters;
ALTER TABLE reporters_kept RENAME TO reporters;
