-- +goose Up
-- What happens in the management of plans beside their figures: see the package loop. Events of
-- one matter have the id of its first as their thread.
CREATE TABLE loop_events (
    id         BIGINT      PRIMARY KEY,
    thread     BIGINT      NOT NULL,
    seq        INTEGER     NOT NULL,
    kind       TEXT        NOT NULL,
    type       TEXT        NOT NULL,
    plan       TEXT        NOT NULL,
    about      TEXT        NOT NULL,
    agency_id  BIGINT      NOT NULL,
    content    TEXT        NOT NULL,
    once       TEXT        NOT NULL,
    actor_key  TEXT        NOT NULL,
    actor_name TEXT        NOT NULL,
    at         TIMESTAMPTZ NOT NULL,
    UNIQUE (thread, seq)
);

CREATE INDEX loop_events_by_kind ON loop_events (kind, thread) WHERE seq = 1;
CREATE INDEX loop_events_by_plan ON loop_events (kind, plan, thread) WHERE seq = 1;
CREATE INDEX loop_events_by_about ON loop_events (kind, plan, about, thread) WHERE seq = 1;
CREATE UNIQUE INDEX loop_events_once ON loop_events (once) WHERE once <> '';

CREATE TRIGGER loop_events_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON loop_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The last of loop_events, so that whoever holds this row knows whether it has met them all.
ALTER TABLE ledger ADD COLUMN loop_event BIGINT NOT NULL DEFAULT 0;
