-- +goose Up
-- The last moment given to a report, a version of an indicator or of a plan, in
-- microseconds since 1970. Moments are given under the lock of this row and only grow.
ALTER TABLE ledger ADD COLUMN moment INTEGER NOT NULL DEFAULT 0;

UPDATE ledger SET moment = (
    SELECT COALESCE(MAX(CAST(strftime('%s', substr(at, 1, 19)) AS INTEGER) * 1000000 + CAST(substr(at, 21, 6) AS INTEGER)), 0) FROM (
        SELECT MAX(recorded_at) AS at FROM measurements
        UNION ALL SELECT MAX(updated_at) FROM indicator_versions
        UNION ALL SELECT MAX(updated_at) FROM plan_versions
        UNION ALL SELECT MAX(at) FROM audit_log) moments);

-- The profiles that figures were judged by. Each judges from its moment to that of the
-- next version, the first what came before it too; 0 stands for none.
CREATE TABLE profiles (
    version  INTEGER PRIMARY KEY,
    content  TEXT NOT NULL,
    timezone TEXT NOT NULL,
    since    TEXT NOT NULL
) STRICT;

ALTER TABLE ledger ADD COLUMN profile INTEGER NOT NULL DEFAULT 0;

-- The last of agency_events, so that whoever holds this row knows whether it has met
-- them all.
ALTER TABLE ledger ADD COLUMN agency_event INTEGER NOT NULL DEFAULT 0;

UPDATE ledger SET agency_event = (SELECT COALESCE(MAX(id), 0) FROM agency_events);
