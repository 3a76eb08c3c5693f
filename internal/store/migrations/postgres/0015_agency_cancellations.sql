-- +goose Up
-- cancel: the event that cancels names counts as not recorded, from recorded_at on; subject
-- and object are that event's.
ALTER TABLE agency_events DROP CONSTRAINT agency_events_kind_check;
ALTER TABLE agency_events ADD COLUMN cancels BIGINT UNIQUE REFERENCES agency_events (id);
ALTER TABLE agency_events ADD CONSTRAINT agency_events_kind_check
    CHECK (kind IN ('alias', 'rename', 'merge', 'succeed', 'cancel') AND (kind = 'cancel') = (cancels IS NOT NULL));
