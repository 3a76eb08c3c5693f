-- +goose Up
-- An indicator says which way is better and how its target is held against time,
-- with what settled either. What is stored keeps the figures it has: its course
-- is what paced it, and a direction that the program read past gives way to the
-- one it read instead. target and base are as the figures took them: a fall is
-- below 0, and increments count from 0.
ALTER TABLE indicator_versions
    ADD COLUMN direction_by  TEXT NOT NULL DEFAULT '',
    ADD COLUMN course        TEXT NOT NULL DEFAULT '',
    ADD COLUMN course_by     TEXT NOT NULL DEFAULT '',
    ADD COLUMN growth_over   TEXT NOT NULL DEFAULT '',
    ADD COLUMN each_period   TEXT NOT NULL DEFAULT '',
    ADD COLUMN default_basis TEXT NOT NULL DEFAULT '';

ALTER TABLE indicator_versions DISABLE TRIGGER indicator_versions_keep;

UPDATE indicator_versions v
   SET direction = p.direction, direction_by = p.direction_by, course = p.course, course_by = p.course_by,
       growth_over = CASE WHEN p.kind = 'growth' THEN 'year' ELSE '' END,
       default_basis = CASE WHEN p.kind = 'increment' THEN 'increment' ELSE 'total' END
  FROM (WITH
    told AS (
        SELECT v.*, target_value AS target,
               CASE WHEN kind <> 'increment' THEN baseline END AS base,
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
    SELECT * FROM paced) p
 WHERE p.indicator_id = v.indicator_id AND p.version = v.version;

ALTER TABLE indicator_versions ENABLE TRIGGER indicator_versions_keep;

-- A unit may be none for an index, too, so that the check of units goes.
ALTER TABLE indicator_versions
    ALTER COLUMN direction_by  DROP DEFAULT,
    ALTER COLUMN course        DROP DEFAULT,
    ALTER COLUMN course_by     DROP DEFAULT,
    ALTER COLUMN growth_over   DROP DEFAULT,
    ALTER COLUMN each_period   DROP DEFAULT,
    ALTER COLUMN default_basis DROP DEFAULT,
    DROP CONSTRAINT indicator_versions_check1;

-- A share may be reported as its two figures: both are there, or neither.
ALTER TABLE measurements ADD COLUMN numerator NUMERIC;
ALTER TABLE measurements ADD COLUMN denominator NUMERIC CHECK ((numerator IS NULL) = (denominator IS NULL));
