-- +goose Up
-- The shares that the tables of a version of a plan hand out to places. parts counts them,
-- and is NULL for a version that was stored before they were kept.
ALTER TABLE plan_versions ADD COLUMN parts INTEGER;

-- part_of is the name of the target of the task whose share it is, empty for none. A target
-- without a value waits for that of its reference.
CREATE TABLE plan_parts (
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    task      TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    area      TEXT    NOT NULL,
    part_of   TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    direction TEXT    NOT NULL,
    comparator   TEXT NOT NULL,
    target_value NUMERIC,
    target_high  NUMERIC,
    unit         TEXT NOT NULL,
    target_reference TEXT NOT NULL,
    baseline  NUMERIC,
    due_on    DATE    NOT NULL,
    confidence TEXT   NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    quote     TEXT    NOT NULL,
    PRIMARY KEY (plan, version, ordinal),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version),
    CHECK (target_value IS NOT NULL OR target_reference <> '')
);

CREATE TRIGGER plan_parts_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_parts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
