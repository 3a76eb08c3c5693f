-- +goose Up
-- A report may be of a figure that is provisional, or say that there is none: then its
-- value is NULL. The words for why are those of indicator.Missing.
CREATE TABLE measurements_kept (
    id           INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    period       TEXT    NOT NULL,
    basis        TEXT    NOT NULL CHECK (basis IN ('increment', 'total')),
    revision     INTEGER NOT NULL CHECK (revision >= 1),
    value        TEXT,
    unit         TEXT    NOT NULL,
    source_id    TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    evidence_url TEXT    NOT NULL,
    retracts     INTEGER NOT NULL,
    recorded_at  TEXT    NOT NULL,
    numerator    TEXT,
    denominator  TEXT    CHECK ((numerator IS NULL) = (denominator IS NULL)),
    reporter_id  INTEGER NOT NULL DEFAULT 0,
    observation_status TEXT NOT NULL DEFAULT '' CHECK (observation_status IN ('', 'provisional', 'not_available', 'not_applicable')),
    CHECK ((value IS NULL) = (observation_status IN ('not_available', 'not_applicable')))
) STRICT;

INSERT INTO measurements_kept
SELECT id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at,
       numerator, denominator, reporter_id, ''
  FROM measurements ORDER BY id;

DROP TABLE measurements;
ALTER TABLE measurements_kept RENAME TO measurements;

CREATE UNIQUE INDEX measurements_revisions ON measurements (indicator_id, period, basis, revision);
CREATE INDEX measurements_first ON measurements (indicator_id) WHERE revision = 1;
CREATE INDEX measurements_by_source ON measurements (source_id, indicator_id, id) WHERE source_id <> '';

-- +goose StatementBegin
CREATE TRIGGER measurements_keep_update BEFORE UPDATE ON measurements
BEGIN
    SELECT RAISE(ABORT, 'measurements is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER measurements_keep_delete BEFORE DELETE ON measurements
BEGIN
    SELECT RAISE(ABORT, 'measurements is append-only');
END;
-- +goose StatementEnd
