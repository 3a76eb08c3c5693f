-- +goose Up
-- An indicator says which way is better and how its target is held against time,
-- with what settled either. What is stored keeps the figures it has: its course
-- is what paced it, and a direction that the program read past gives way to the
-- one it read instead. target and base are as the figures took them: a fall is
-- below 0, and increments count from 0.
-- A unit may be none for an index, too, so that the check of units goes.
CREATE TABLE indicator_versions_kept (
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    version      INTEGER NOT NULL CHECK (version >= 1),
    task_id      INTEGER NOT NULL REFERENCES tasks (id),
    section      INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    direction    TEXT    NOT NULL,
    direction_by TEXT    NOT NULL,
    course       TEXT    NOT NULL,
    course_by    TEXT    NOT NULL,
    growth_over  TEXT    NOT NULL,
    each_period  TEXT    NOT NULL,
    default_basis TEXT   NOT NULL,
    comparator   TEXT    NOT NULL,
    target_value TEXT,
    target_high  TEXT,
    unit         TEXT    NOT NULL,
    target_reference TEXT NOT NULL,
    baseline     TEXT,
    starts_on    TEXT,
    due_on       TEXT,
    term_ends_on TEXT,
    binding      TEXT    NOT NULL,
    frequency    TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('draft', 'confirmed', 'rejected', 'withdrawn')),
    confidence   TEXT    NOT NULL,
    curve        TEXT    NOT NULL,
    source_version INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    source_quote TEXT    NOT NULL,
    source_rule  TEXT    NOT NULL,
    source_page  INTEGER NOT NULL,
    source_paragraph INTEGER NOT NULL,
    search       TEXT    NOT NULL,
    updated_at   TEXT    NOT NULL,
    PRIMARY KEY (indicator_id, version),
    CHECK (target_value IS NOT NULL OR target_reference <> '')
) STRICT;

INSERT INTO indicator_versions_kept
WITH
    told AS (
        SELECT v.*, CAST(target_value AS REAL) AS target,
               CASE WHEN kind <> 'increment' THEN CAST(baseline AS REAL) END AS base,
               comparator IN ('le', 'lt') AS ceiling, comparator IN ('ge', 'gt') AS least,
               kind = 'growth' AND direction = 'decrease' AND comparator NOT IN ('le', 'lt') AS fall
          FROM indicator_versions v
    ),
    signed AS (
        SELECT indicator_id, version, kind, direction, target_high, base, ceiling, least, fall,
               CASE WHEN fall AND target > 0 THEN -target ELSE target END AS target
          FROM told
    ),
    directed AS (
        SELECT indicator_id, version, kind, target_high, base, ceiling, least, target,
               CASE
                   WHEN ceiling OR fall THEN 'decrease'
                   WHEN target_high IS NOT NULL THEN 'within'
                   WHEN least THEN 'increase'
                   WHEN kind = 'increment' AND target <= 0 THEN 'decrease'
                   WHEN kind = 'increment' THEN 'increase'
                   WHEN kind = 'growth' AND target < COALESCE(base, 0) AND target < 0 THEN 'decrease'
                   WHEN kind = 'growth' THEN direction
                   WHEN target < base THEN 'decrease'
                   WHEN target > base THEN 'increase'
                   WHEN base IS NULL AND target = 0 THEN 'decrease'
                   ELSE direction
               END AS direction,
               CASE
                   WHEN ceiling THEN 'comparator'
                   WHEN fall THEN 'text'
                   WHEN target_high IS NOT NULL THEN 'assumed'
                   WHEN least THEN 'comparator'
                   WHEN kind = 'growth' AND target < COALESCE(base, 0) AND target < 0 THEN 'text'
                   WHEN kind = 'growth' THEN 'assumed'
                   WHEN target <> base THEN 'baseline'
                   WHEN base IS NULL AND (target = 0 OR kind = 'increment' AND target < 0) THEN 'kind'
                   ELSE 'assumed'
               END AS direction_by
          FROM signed
    ),
    paced AS (
        SELECT indicator_id, version, kind, direction, direction_by,
               CASE
                   WHEN target IS NULL THEN CASE WHEN kind IN ('ratio', 'growth') THEN 'hold' ELSE 'accrue' END
                   WHEN target_high IS NOT NULL THEN 'hold'
                   WHEN direction = 'decrease' AND (kind = 'increment' AND (ceiling OR target >= 0) OR target > base) THEN 'hold'
                   WHEN direction = 'increase' AND target < COALESCE(base, 0) THEN 'hold'
                   WHEN base IS NOT NULL OR kind = 'increment' THEN 'accrue'
                   WHEN kind IN ('ratio', 'growth') OR direction = 'decrease' THEN 'hold'
                   ELSE 'accrue'
               END AS course,
               CASE
                   WHEN target_high IS NOT NULL THEN 'assumed'
                   WHEN target IS NULL THEN CASE WHEN kind = 'increment' THEN 'kind' ELSE 'assumed' END
                   WHEN ceiling AND (base IS NULL OR base < target) THEN 'comparator'
                   WHEN base IS NOT NULL THEN 'baseline'
                   WHEN least AND direction = 'increase' AND target < 0 THEN 'comparator'
                   WHEN kind = 'increment' THEN 'kind'
                   WHEN kind <> 'growth' AND direction = 'decrease' THEN 'baseline'
                   ELSE 'assumed'
               END AS course_by
          FROM directed
    )
SELECT v.indicator_id, v.version, v.task_id, v.section, v.name, v.kind,
       p.direction, p.direction_by, p.course, p.course_by,
       CASE WHEN v.kind = 'growth' THEN 'year' ELSE '' END, '',
       CASE WHEN v.kind = 'increment' THEN 'increment' ELSE 'total' END,
       v.comparator, v.target_value, v.target_high, v.unit, v.target_reference, v.baseline,
       v.starts_on, v.due_on, v.term_ends_on, v.binding, v.frequency, v.state, v.confidence, v.curve,
       v.source_version, v.source_start, v.source_end, v.source_quote, v.source_rule, v.source_page, v.source_paragraph,
       v.search, v.updated_at
  FROM indicator_versions v JOIN paced p ON p.indicator_id = v.indicator_id AND p.version = v.version
 ORDER BY v.indicator_id, v.version;

CREATE TABLE indicator_agencies_kept (
    indicator_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    role         TEXT    NOT NULL CHECK (role IN ('lead', 'participating')),
    ordinal      INTEGER NOT NULL,
    agency_id    INTEGER NOT NULL REFERENCES agencies (id),
    PRIMARY KEY (indicator_id, version, role, ordinal),
    FOREIGN KEY (indicator_id, version) REFERENCES indicator_versions_kept (indicator_id, version)
) STRICT;

INSERT INTO indicator_agencies_kept
SELECT indicator_id, version, role, ordinal, agency_id FROM indicator_agencies ORDER BY rowid;

DROP TABLE indicator_agencies;
DROP TABLE indicator_versions;
ALTER TABLE indicator_versions_kept RENAME TO indicator_versions;
ALTER TABLE indicator_agencies_kept RENAME TO indicator_agencies;

CREATE INDEX indicator_agencies_by_agency ON indicator_agencies (agency_id, role, indicator_id, version);

-- +goose StatementBegin
CREATE TRIGGER indicator_versions_keep_update BEFORE UPDATE ON indicator_versions
BEGIN
    SELECT RAISE(ABORT, 'indicator_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_versions_keep_delete BEFORE DELETE ON indicator_versions
BEGIN
    SELECT RAISE(ABORT, 'indicator_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_agencies_keep_update BEFORE UPDATE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER indicator_agencies_keep_delete BEFORE DELETE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;
-- +goose StatementEnd

-- A share may be reported as its two figures: both are there, or neither.
ALTER TABLE measurements ADD COLUMN numerator TEXT;
ALTER TABLE measurements ADD COLUMN denominator TEXT CHECK ((numerator IS NULL) = (denominator IS NULL));
