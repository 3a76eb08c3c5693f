-- +goose Up
-- Entries of the audit log that are not in its chain yet. The revocation of a key
-- takes effect without the ledger's lock, which a batch may hold; its entry is
-- written here in the same transaction and moved into the chain after it.
CREATE TABLE unchained_entries (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           TEXT NOT NULL,
    actor_key    TEXT NOT NULL,
    actor_name   TEXT NOT NULL,
    from_address TEXT NOT NULL,
    request_id   TEXT NOT NULL,
    action       TEXT NOT NULL,
    target       TEXT NOT NULL,
    before_hash  BLOB NOT NULL,
    after_hash   BLOB NOT NULL
) STRICT;
