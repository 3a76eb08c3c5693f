-- +goose Up
-- What happens in the management of plans beside their figures: see the package loop. Events of
-- one matter have the id of its first as their thread.
CREATE TABLE loop_events (
    id         INTEGER PRIMARY KEY,
    thread     INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    plan       TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    agency_id  INTEGER NOT NULL,
    content    TEXT    NOT NULL,
    once       TEXT    NOT NULL,
    actor_key  TEXT    NOT NULL,
    actor_name TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    UNIQUE (thread, seq)
) STRICT;

CREATE INDEX loop_events_by_kind ON loop_events (kind, thread) WHERE seq = 1;
CREATE INDEX loop_events_by_plan ON loop_events (kind, plan, thread) WHERE seq = 1;
CREATE INDEX loop_events_by_about ON loop_events (kind, plan, about, thread) WHERE seq = 1;
CREATE UNIQUE INDEX loop_events_once ON loop_events (once) WHERE once <> '';

-- +goose StatementBegin
CREATE TRIGGER loop_events_keep_update BEFORE UPDATE ON loop_events
BEGIN
    SELECT RAISE(ABORT, 'loop_events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER loop_events_keep_delete BEFORE DELETE ON loop_events
BEGIN
    SELECT RAISE(ABORT, 'loop_events is append-only');
END;
-- +goose StatementEnd

-- The last of loop_events, so that whoever holds this row knows whether it has met them all.
ALTER TABLE ledger ADD COLUMN loop_event INTEGER NOT NULL DEFAULT 0;
