-- +goose Up
-- cancel: the event that cancels names counts as not recorded, from recorded_at on; subject
-- and object are that event's.
DROP TRIGGER agency_events_keep_update;
DROP TRIGGER agency_events_keep_delete;

CREATE TABLE agency_events_kept (
    id              INTEGER PRIMARY KEY,
    kind            TEXT    NOT NULL CHECK (kind IN ('alias', 'rename', 'merge', 'succeed', 'cancel')),
    subject_id      INTEGER NOT NULL REFERENCES agency_names (id),
    object_id       INTEGER NOT NULL REFERENCES agency_names (id),
    from_on         TEXT,
    takes_effect_at TEXT    NOT NULL,
    recorded_at     TEXT    NOT NULL,
    cancels         INTEGER UNIQUE REFERENCES agency_events_kept (id),
    CHECK ((kind = 'cancel') = (cancels IS NOT NULL))
) STRICT;

INSERT INTO agency_events_kept
SELECT id, kind, subject_id, object_id, from_on, takes_effect_at, recorded_at, NULL FROM agency_events;

DROP TABLE agency_events;
ALTER TABLE agency_events_kept RENAME TO agency_events;

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
