-- +goose Up
-- Other systems know an indicator by codes of their own. A version keeps those it
-- had, as JSON: [["namespace","code"], …].
ALTER TABLE indicator_versions ADD COLUMN external_codes TEXT NOT NULL DEFAULT '[]';

-- What a code means now: one indicator within its namespace, of which the empty one
-- is shared by all.
CREATE TABLE external_codes (
    namespace    TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    indicator_id INTEGER NOT NULL REFERENCES indicators (id),
    PRIMARY KEY (namespace, code)
) STRICT, WITHOUT ROWID;

CREATE INDEX external_codes_by_indicator ON external_codes (indicator_id);
CREATE INDEX external_codes_by_code ON external_codes (code);

-- The namespace that reports of a key are read in when they name none.
ALTER TABLE access_keys ADD COLUMN namespace TEXT NOT NULL DEFAULT '';
