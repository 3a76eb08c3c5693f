-- +goose Up
-- The dated steps that the text of a version of a plan names. Plans that were stored
-- before have none.
CREATE TABLE plan_milestones (
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    task      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    due_on    DATE    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    quote     TEXT    NOT NULL,
    PRIMARY KEY (plan, version, ordinal),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
);

CREATE TRIGGER plan_milestones_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_milestones
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
