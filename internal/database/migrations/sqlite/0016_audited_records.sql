-- +goose Up
-- What an entry of the audit log says of each record that its write left: the record's
-- hash. The entry hashes all of them in their order, and so the chain holds them too.
ALTER TABLE audit_log ADD COLUMN records_hash BLOB NOT NULL DEFAULT x'';

CREATE TABLE audited_records (
    seq     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    hash    BLOB    NOT NULL,
    PRIMARY KEY (seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX audited_records_by_name ON audited_records (kind, name, seq);

-- +goose StatementBegin
CREATE TRIGGER audited_records_keep_update BEFORE UPDATE ON audited_records
BEGIN
    SELECT RAISE(ABORT, 'audited_records is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audited_records_keep_delete BEFORE DELETE ON audited_records
BEGIN
    SELECT RAISE(ABORT, 'audited_records is append-only');
END;
-- +goose StatementEnd

-- Whether a migration has left records that no entry speaks of as they are now: the
-- program then takes up all of them in one entry.
ALTER TABLE ledger ADD COLUMN records_changed INTEGER NOT NULL DEFAULT 0;

UPDATE ledger SET records_changed = 1;

-- An earlier moment is looked for from the end of the log.
CREATE INDEX audit_log_by_moment ON audit_log (at);
