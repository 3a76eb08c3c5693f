-- +goose Up
-- Who is told of what happened, and what of it is on its way. What is to be told is read from the
-- logs of the ledger themselves, after the cursors of a webhook, so nothing is written twice for
-- it; only a status that changed has a log of its own. Moments are microseconds since 1970, 0
-- for none.
CREATE TABLE webhooks (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    code               TEXT NOT NULL UNIQUE,
    url                TEXT NOT NULL,
    description        TEXT NOT NULL,
    events             TEXT NOT NULL, -- types, separated by commas
    plans              TEXT NOT NULL, -- codes, separated by commas; all when empty
    format             TEXT NOT NULL,
    secret             TEXT NOT NULL, -- what is signed with cannot be kept as a hash
    previous_secret    TEXT NOT NULL,
    previous_until     INTEGER NOT NULL,
    robot_secret       TEXT NOT NULL,
    created_at         INTEGER NOT NULL,
    created_by         TEXT NOT NULL,
    disabled_at        INTEGER NOT NULL,
    disabled_reason    TEXT NOT NULL,
    failing_since      INTEGER NOT NULL,
    measurement_cursor INTEGER NOT NULL,
    loop_cursor        INTEGER NOT NULL,
    status_cursor      INTEGER NOT NULL
) STRICT;

-- How many events of a subject a webhook was given.
CREATE TABLE webhook_subjects (
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    subject    TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    PRIMARY KEY (webhook_id, subject)
) STRICT;

CREATE TABLE deliveries (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id   INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event        TEXT NOT NULL,
    type         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    body         TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts     INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    tried_from   INTEGER NOT NULL,
    next_at      INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    lease        TEXT NOT NULL,
    last_status  INTEGER NOT NULL,
    last_error   TEXT NOT NULL,
    delivered_at INTEGER NOT NULL,
    UNIQUE (webhook_id, event)
) STRICT;

CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, id);
CREATE INDEX deliveries_pending ON deliveries (webhook_id, subject, id) WHERE state = 'pending';
CREATE INDEX deliveries_done ON deliveries (created_at) WHERE state <> 'pending';

-- Numbered under the row below, so that numbers become visible in their order.
CREATE TABLE status_changes (
    id           INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL,
    plan         TEXT NOT NULL,
    before       TEXT NOT NULL,
    after        TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;

CREATE TABLE status_change_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
) STRICT;

INSERT INTO status_change_head (id, last) VALUES (1, 0);

-- Addresses of calendar feeds; of the secret in one only a hash is kept.
CREATE TABLE calendars (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    agency_id  INTEGER NOT NULL,
    digest     TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    revoked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX calendars_by_agency ON calendars (agency_id) WHERE revoked_at = 0;
