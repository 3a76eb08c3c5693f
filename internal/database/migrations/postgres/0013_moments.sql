-- +goose Up
-- The last moment given to a report, a version of an indicator or of a plan, in
-- microseconds since 1970. Moments are given under the lock of this row and only grow.
ALTER TABLE ledger ADD COLUMN moment BIGINT NOT NULL DEFAULT 0;

UPDATE ledger SET moment = (
    SELECT COALESCE(MAX(CAST(EXTRACT(EPOCH FROM at) * 1000000 AS BIGINT)), 0) FROM (
        SELECT MAX(recorded_at) AS at FROM measurements
        UNION ALL SELECT MAX(updated_at) FROM indicator_versions
        UNION ALL SELECT MAX(updated_at) FROM plan_versions
        UNION ALL SELECT MAX(at) FROM audit_log) moments);

-- The profiles that figures were judged by. Each judges from its moment to that of the
-- next version, the first what came before it too; 0 stands for none.
CREATE TABLE profiles (
    version  BIGINT PRIMARY KEY,
    content  TEXT NOT NULL,
    timezone TEXT NOT NULL,
    since    TIMESTAMPTZ NOT NULL
);

ALTER TABLE ledger ADD COLUMN profile BIGINT NOT NULL DEFAULT 0;

-- The last of agency_events, so that whoever holds this row knows whether it has met
-- them all.
ALTER TABLE ledger ADD COLUMN agency_event BIGINT NOT NULL DEFAULT 0;

UPDATE ledger SET agency_event = (SELECT COALESCE(MAX(id), 0) FROM agency_events);
