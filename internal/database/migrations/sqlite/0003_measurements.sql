-- +goose Up
-- One row per period and basis that an indicator has reports for, so that the
-- newest revisions are found without reading the older ones.
CREATE TABLE reported_periods (
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    period       TEXT    NOT NULL,
    basis        TEXT    NOT NULL CHECK (basis IN ('increment', 'total')),
    starts_on    TEXT    NOT NULL,
    ends_on      TEXT    NOT NULL CHECK (ends_on >= starts_on),
    PRIMARY KEY (indicator_id, period, basis)
) STRICT;

CREATE TABLE measurements (
    id           INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL,
    period       TEXT    NOT NULL,
    basis        TEXT    NOT NULL,
    revision     INTEGER NOT NULL CHECK (revision >= 1),
    value        TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    source_id    TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    evidence_url TEXT    NOT NULL,
    recorded_at  TEXT    NOT NULL,
    UNIQUE (indicator_id, period, basis, revision),
    FOREIGN KEY (indicator_id, period, basis) REFERENCES reported_periods (indicator_id, period, basis)
) STRICT;

CREATE INDEX measurements_by_indicator ON measurements (indicator_id, id);

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
