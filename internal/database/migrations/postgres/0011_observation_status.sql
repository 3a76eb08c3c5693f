-- +goose Up
-- A report may be of a figure that is provisional, or say that there is none: then its
-- value is NULL. The words for why are those of indicator.Missing.
ALTER TABLE measurements ALTER COLUMN value DROP NOT NULL;
ALTER TABLE measurements ADD COLUMN observation_status TEXT NOT NULL DEFAULT ''
    CHECK (observation_status IN ('', 'provisional', 'not_available', 'not_applicable')),
    ADD CHECK ((value IS NULL) = (observation_status IN ('not_available', 'not_applicable')));
