-- +goose Up
-- The rows of measurements get what they take back (retracts), and periods need
-- no table of their own any more: the first revision of each stands for it.
CREATE TABLE measurements_kept (
    id           INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    period       TEXT    NOT NULL,
    basis        TEXT    NOT NULL CHECK (basis IN ('increment', 'total')),
    revision     INTEGER NOT NULL CHECK (revision >= 1),
    value        TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    source_id    TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    evidence_url TEXT    NOT NULL,
    retracts     INTEGER NOT NULL,
    recorded_at  TEXT    NOT NULL
) STRICT;

INSERT INTO measurements_kept
SELECT id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, 0, recorded_at
  FROM measurements ORDER BY id;

DROP TABLE measurements;
DROP TABLE reported_periods;
ALTER TABLE measurements_kept RENAME TO measurements;

CREATE UNIQUE INDEX measurements_revisions ON measurements (indicator_id, period, basis, revision);
CREATE INDEX measurements_by_indicator ON measurements (indicator_id, id);
CREATE INDEX measurements_first ON measurements (indicator_id) WHERE revision = 1;
-- A sender's own name for a report is its natural key within the indicator.
CREATE INDEX measurements_by_source ON measurements (indicator_id, source_id, id) WHERE source_id <> '';

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

-- The inputs of "now", one row for each indicator with reports. A NULL state is
-- read from measurements until the next report fills it in.
CREATE TABLE indicator_states (
    indicator_id INTEGER PRIMARY KEY REFERENCES indicators (id),
    state        BLOB
) STRICT;

INSERT INTO indicator_states (indicator_id) SELECT DISTINCT indicator_id FROM measurements;

-- The one row that every write passes through: the last id of a measurement
-- and the end of the audit chain. The probe is what readiness writes.
CREATE TABLE ledger (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    measurement_id INTEGER NOT NULL,
    audit_seq      INTEGER NOT NULL,
    audit_hash     BLOB    NOT NULL,
    probe          BLOB    NOT NULL
) STRICT;

INSERT INTO ledger SELECT 1, COALESCE(MAX(id), 0), 0, x'', x'' FROM measurements;

CREATE TABLE audit_log (
    seq          INTEGER PRIMARY KEY,
    at           TEXT    NOT NULL,
    actor_key    TEXT    NOT NULL,
    actor_name   TEXT    NOT NULL,
    from_address TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    first_id     INTEGER NOT NULL,
    last_id      INTEGER NOT NULL,
    before_hash  BLOB    NOT NULL,
    after_hash   BLOB    NOT NULL,
    hash         BLOB    NOT NULL
) STRICT;

CREATE INDEX audit_log_by_target ON audit_log (target, seq);

-- +goose StatementBegin
CREATE TRIGGER audit_log_keep_update BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_log_keep_delete BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'audit_log is append-only');
END;
-- +goose StatementEnd

CREATE TABLE batches (
    id         TEXT PRIMARY KEY,
    actor_key  TEXT    NOT NULL,
    mode       TEXT    NOT NULL CHECK (mode IN ('atomic', 'partial')),
    state      TEXT    NOT NULL CHECK (state IN ('running', 'done', 'refused')),
    rows       INTEGER NOT NULL,
    stored     INTEGER NOT NULL,
    revised    INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    refused    INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    updated_at TEXT    NOT NULL
) STRICT;

-- The receipts of the rows first_row … first_row + rows - 1, packed.
CREATE TABLE batch_receipts (
    batch     TEXT    NOT NULL REFERENCES batches (id),
    first_row INTEGER NOT NULL,
    rows      INTEGER NOT NULL,
    receipts  BLOB    NOT NULL,
    PRIMARY KEY (batch, first_row)
) STRICT;

CREATE TABLE idempotency_keys (
    scope       TEXT PRIMARY KEY,
    fingerprint BLOB    NOT NULL,
    status      INTEGER NOT NULL,
    header      TEXT    NOT NULL,
    answer      BLOB    NOT NULL,
    expires_at  TEXT    NOT NULL
) STRICT;

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
