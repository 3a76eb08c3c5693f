-- +goose Up
-- Who sends measurements: a key, and the agency that it reports for. Few pairs send
-- many rows, which name them by a number. Number 0 is who sent what was stored before.
CREATE TABLE reporters (
    id       BIGINT PRIMARY KEY,
    agency   TEXT NOT NULL,
    key_id   TEXT NOT NULL,
    key_name TEXT NOT NULL,
    UNIQUE (agency, key_id, key_name)
);

INSERT INTO reporters (id, agency, key_id, key_name) VALUES (0, '', '', '');

ALTER TABLE measurements ADD COLUMN reporter_id BIGINT NOT NULL DEFAULT 0;

-- Rows that came again after what they said was corrected or taken back.
ALTER TABLE batches ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;
