-- +goose Up
-- The rows of measurements get what they take back (retracts), and periods need
-- no table of their own any more: the first revision of each stands for it. The
-- foreign key would be looked up for each row of a bulk load, although every
-- row is checked against its indicator, which is never deleted, before.
ALTER TABLE measurements DROP CONSTRAINT measurements_indicator_id_period_basis_fkey;
DROP TABLE reported_periods;
ALTER TABLE measurements ADD COLUMN retracts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE measurements ALTER COLUMN retracts DROP DEFAULT;
ALTER TABLE measurements ADD CHECK (basis IN ('increment', 'total'));

CREATE INDEX measurements_first ON measurements (indicator_id) WHERE revision = 1;
-- A sender's own name for a report is its natural key within the indicator.
CREATE INDEX measurements_by_source ON measurements (indicator_id, source_id, id) WHERE source_id <> '';

-- The inputs of "now", one row for each indicator with reports. A NULL state is
-- read from measurements until the next report fills it in.
CREATE TABLE indicator_states (
    indicator_id BIGINT PRIMARY KEY REFERENCES indicators (id),
    state        BYTEA
) WITH (fillfactor = 70);

INSERT INTO indicator_states (indicator_id) SELECT DISTINCT indicator_id FROM measurements;

-- The one row that every write locks first and holds to its end: the last id of
-- a measurement and the end of the audit chain. Ids and entries so become
-- visible in the order they were given. The probe is what readiness writes.
CREATE TABLE ledger (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    measurement_id BIGINT NOT NULL,
    audit_seq      BIGINT NOT NULL,
    audit_hash     BYTEA  NOT NULL,
    probe          BYTEA  NOT NULL
) WITH (fillfactor = 10);

INSERT INTO ledger SELECT 1, COALESCE(MAX(id), 0), 0, '', '' FROM measurements;

CREATE TABLE audit_log (
    seq          BIGINT PRIMARY KEY,
    at           TIMESTAMPTZ NOT NULL,
    actor_key    TEXT   NOT NULL,
    actor_name   TEXT   NOT NULL,
    from_address TEXT   NOT NULL,
    request_id   TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    target       TEXT   NOT NULL,
    first_id     BIGINT NOT NULL,
    last_id      BIGINT NOT NULL,
    before_hash  BYTEA  NOT NULL,
    after_hash   BYTEA  NOT NULL,
    hash         BYTEA  NOT NULL
);

CREATE INDEX audit_log_by_target ON audit_log (target, seq);

CREATE TRIGGER audit_log_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE batches (
    id         TEXT PRIMARY KEY,
    actor_key  TEXT   NOT NULL,
    mode       TEXT   NOT NULL CHECK (mode IN ('atomic', 'partial')),
    state      TEXT   NOT NULL CHECK (state IN ('running', 'done', 'refused')),
    rows       BIGINT NOT NULL,
    stored     BIGINT NOT NULL,
    revised    BIGINT NOT NULL,
    unchanged  BIGINT NOT NULL,
    refused    BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

-- The receipts of the rows first_row … first_row + rows - 1, packed.
CREATE TABLE batch_receipts (
    batch     TEXT   NOT NULL REFERENCES batches (id),
    first_row BIGINT NOT NULL,
    rows      BIGINT NOT NULL,
    receipts  BYTEA  NOT NULL,
    PRIMARY KEY (batch, first_row)
);

CREATE TABLE idempotency_keys (
    scope       TEXT PRIMARY KEY,
    fingerprint BYTEA   NOT NULL,
    status      INTEGER NOT NULL,
    header      TEXT    NOT NULL,
    answer      BYTEA   NOT NULL,
    expires_at  TIMESTAMPTZ NOT NULL
);

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
