-- +goose Up
-- The dated steps that the text of a version of a plan names. Plans that were stored
-- before have none.
CREATE TABLE plan_milestones (
    plan      TEXT    NOT NULL,
    version   INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    task      TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    due_on    TEXT    NOT NULL,
    start_pos INTEGER NOT NULL,
    end_pos   INTEGER NOT NULL,
    quote     TEXT    NOT NULL,
    PRIMARY KEY (plan, version, ordinal),
    FOREIGN KEY (plan, version) REFERENCES plan_versions (plan, version)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER plan_milestones_keep_update BEFORE UPDATE ON plan_milestones
BEGIN
    SELECT RAISE(ABORT, 'plan_milestones is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_milestones_keep_delete BEFORE DELETE ON plan_milestones
BEGIN
    SELECT RAISE(ABORT, 'plan_milestones is append-only');
END;
-- +goose StatementEnd
