-- +goose Up
-- The chain speaks of the dated steps and the shares of places of plans as well: those that
-- are there are taken up when the database is opened.
UPDATE ledger SET records_changed = 1;
