-- +goose Up
-- How each indicator stands, as far as lists are filtered, sorted and counted by it. It
-- follows from what is stored elsewhere and can be made again at any time, so the audit
-- chain does not speak of it. Keys are texts that sort as the numbers they stand for, empty
-- for what is undefined.
CREATE TABLE standings (
    indicator_id    BIGINT PRIMARY KEY REFERENCES indicators (id),
    version         INTEGER NOT NULL,
    plan            TEXT    NOT NULL,
    plan_id         BIGINT  NOT NULL,
    task_place      BIGINT  NOT NULL,
    section         INTEGER NOT NULL,
    task            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    unit            TEXT    NOT NULL,
    due_on          DATE    NOT NULL,
    status          TEXT    NOT NULL,
    percent_key     TEXT COLLATE "C" NOT NULL,
    gap_key         TEXT COLLATE "C" NOT NULL,
    target_key      TEXT COLLATE "C" NOT NULL,
    last_report_key TEXT COLLATE "C" NOT NULL,
    updated_key     TEXT COLLATE "C" NOT NULL,
    report_missing  INTEGER NOT NULL,
    provisional     INTEGER NOT NULL,
    cautions        TEXT    NOT NULL, -- each between commas
    tally           TEXT    NOT NULL, -- what a summary counts, as the program writes it
    since           BIGINT  NOT NULL, -- the moment of the last change it follows from, in microseconds since 1970
    good_from       DATE    NOT NULL,
    good_until      DATE    NOT NULL
);

CREATE INDEX standings_by_place ON standings (plan_id, task_place, indicator_id);
CREATE INDEX standings_by_percent ON standings (percent_key, plan_id, task_place, indicator_id);
CREATE INDEX standings_by_gap ON standings (gap_key, plan_id, task_place, indicator_id);
CREATE INDEX standings_by_target ON standings (unit, target_key, plan_id, task_place, indicator_id);
CREATE INDEX standings_by_status ON standings (status, gap_key, plan_id, task_place, indicator_id);
CREATE INDEX standings_by_due_on ON standings (due_on, plan_id, task_place, indicator_id);
CREATE INDEX standings_by_since ON standings (since);
CREATE INDEX standings_by_good_from ON standings (good_from);
CREATE INDEX standings_by_good_until ON standings (good_until);

-- Indicators whose standing is to be made anew, and the moment of the change that asks for
-- it: written in the transaction of that change.
CREATE TABLE stale_standings (
    indicator_id BIGINT PRIMARY KEY,
    since        BIGINT  NOT NULL
);

INSERT INTO stale_standings SELECT i.id, l.moment FROM indicators i, ledger l WHERE l.id = 1;
