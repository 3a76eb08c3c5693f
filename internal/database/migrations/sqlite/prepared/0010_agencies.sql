-- An agency is one of a jurisdiction: what had one row for its name has one for each
-- jurisdiction whose plans name it. The program has given plans theirs before this
-- runs. A name that only keys have is of no jurisdiction that is known.
CREATE TABLE agencies_kept (
    id           INTEGER PRIMARY KEY,
    jurisdiction TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    UNIQUE (jurisdiction, name)
) STRICT;

INSERT INTO agencies_kept (jurisdiction, name)
SELECT jurisdiction, name
  FROM (SELECT a.id, a.name, p.id AS plan, p.jurisdiction
          FROM agencies a JOIN task_agencies x ON x.agency_id = a.id
          JOIN tasks t ON t.id = x.task_id JOIN plans p ON p.code = t.plan
         UNION
        SELECT a.id, a.name, p.id, p.jurisdiction
          FROM agencies a JOIN indicator_agencies x ON x.agency_id = a.id
          JOIN indicators i ON i.id = x.indicator_id JOIN plans p ON p.code = i.plan) AS named
 GROUP BY jurisdiction, name ORDER BY MIN(id), MIN(plan);

INSERT INTO agencies_kept (jurisdiction, name)
SELECT '', agency FROM access_key_agencies
 WHERE agency NOT IN (SELECT name FROM agencies_kept)
 GROUP BY agency ORDER BY MIN(key_id), MIN(ordinal);

CREATE TABLE task_agencies_kept (
    task_id   INTEGER NOT NULL REFERENCES tasks (id),
    role      TEXT    NOT NULL CHECK (role IN ('lead', 'participating')),
    ordinal   INTEGER NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agencies_kept (id),
    PRIMARY KEY (task_id, role, ordinal)
) STRICT;

INSERT INTO task_agencies_kept
SELECT x.task_id, x.role, x.ordinal, n.id
  FROM task_agencies x JOIN agencies a ON a.id = x.agency_id
  JOIN tasks t ON t.id = x.task_id JOIN plans p ON p.code = t.plan
  JOIN agencies_kept n ON n.jurisdiction = p.jurisdiction AND n.name = a.name
 ORDER BY x.rowid;

CREATE TABLE indicator_agencies_kept (
    indicator_id INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    role         TEXT    NOT NULL CHECK (role IN ('lead', 'participating')),
    ordinal      INTEGER NOT NULL,
    agency_id    INTEGER NOT NULL REFERENCES agencies_kept (id),
    PRIMARY KEY (indicator_id, version, role, ordinal),
    FOREIGN KEY (indicator_id, version) REFERENCES indicator_versions (indicator_id, version)
) STRICT;

INSERT INTO indicator_agencies_kept
SELECT x.indicator_id, x.version, x.role, x.ordinal, n.id
  FROM indicator_agencies x JOIN agencies a ON a.id = x.agency_id
  JOIN indicators i ON i.id = x.indicator_id JOIN plans p ON p.code = i.plan
  JOIN agencies_kept n ON n.jurisdiction = p.jurisdiction AND n.name = a.name
 ORDER BY x.rowid;

-- A key keeps every agency that its names meant.
CREATE TABLE access_key_agencies_kept (
    key_id    INTEGER NOT NULL REFERENCES access_keys (id),
    ordinal   INTEGER NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agencies_kept (id),
    PRIMARY KEY (key_id, ordinal)
) STRICT;

INSERT INTO access_key_agencies_kept
SELECT k.key_id, ROW_NUMBER() OVER (PARTITION BY k.key_id ORDER BY k.ordinal, n.id) - 1, n.id
  FROM access_key_agencies k JOIN agencies_kept n ON n.name = k.agency;

DROP TABLE task_agencies;
DROP TABLE indicator_agencies;
DROP TABLE access_key_agencies;
DROP TABLE agencies;
ALTER TABLE agencies_kept RENAME TO agencies;
ALTER TABLE task_agencies_kept RENAME TO task_agencies;
ALTER TABLE indicator_agencies_kept RENAME TO indicator_agencies;
ALTER TABLE access_key_agencies_kept RENAME TO access_key_agencies;

CREATE INDEX agencies_by_name ON agencies (name);
CREATE INDEX task_agencies_by_agency ON task_agencies (agency_id, role, task_id);
CREATE INDEX indicator_agencies_by_agency ON indicator_agencies (agency_id, role, indicator_id, version);

CREATE TRIGGER indicator_agencies_keep_update BEFORE UPDATE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;

CREATE TRIGGER indicator_agencies_keep_delete BEFORE DELETE ON indicator_agencies
BEGIN
    SELECT RAISE(ABORT, 'indicator_agencies is append-only');
END;
