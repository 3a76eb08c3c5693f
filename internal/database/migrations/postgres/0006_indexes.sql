-- +goose Up
-- What this index is for, the unique one of revisions and the primary key answer.
DROP INDEX measurements_by_indicator;

-- A sender's own name comes first in its index: names follow each other, so that
-- the reports of one commit touch few pages of it, of whichever indicators they are.
DROP INDEX measurements_by_source;
CREATE INDEX measurements_by_source ON measurements (source_id, indicator_id, id) WHERE source_id <> '';

-- Single reports, which are nearly all of the log, are found by the measurements
-- of their indicator, whose ids come in the order of the log.
DROP INDEX audit_log_by_target;
CREATE INDEX audit_log_by_target ON audit_log (target, seq) WHERE action NOT LIKE 'measurement.%';
CREATE INDEX audit_log_by_measurement ON audit_log (first_id) WHERE action LIKE 'measurement.%';
