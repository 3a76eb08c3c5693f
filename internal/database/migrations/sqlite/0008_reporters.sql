-- +goose Up
-- Who sends measurements: a key, and the agency that it reports for. Few pairs send
-- many rows, which name them by a number. Number 0 is who sent what was stored before.
CREATE TABLE reporters (
    id       INTEGER PRIMARY KEY,
    agency   TEXT NOT NULL,
    key_id   TEXT NOT NULL,
    key_name TEXT NOT NULL,
    UNIQUE (agency, key_id, key_name)
) STRICT;

INSERT INTO reporters (id, agency, key_id, key_name) VALUES (0, '', '', '');

ALTER TABLE measurements ADD COLUMN reporter_id INTEGER NOT NULL DEFAULT 0;

-- Rows that came again after what they said was corrected or taken back.
ALTER TABLE batches ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
