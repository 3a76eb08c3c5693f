package database

import (
	"context"
	"database/sql"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// agenciesVersion is the schema version from which agencies belong to jurisdictions.
const agenciesVersion = 10

// agenciesMigration gives every plan its jurisdiction, which the domain alone can
// tell, and lets the engine's prepared statements do the rest in the same
// transaction.
func agenciesMigration(files fs.FS) (*goose.Migration, error) {
	rest, err := fs.ReadFile(files, "prepared/0010_agencies.sql")
	if err != nil {
		return nil, err
	}
	return goose.NewGoMigration(agenciesVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE plans ADD COLUMN jurisdiction TEXT NOT NULL DEFAULT ''"); err != nil {
			return err
		}
		if err := placePlans(ctx, tx); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, string(rest))
		return err
	}}, nil), nil
}

// placePlans sets the jurisdiction of every plan by its current version.
func placePlans(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT p.code, v.issuer, v.title FROM plans p JOIN plan_versions v ON v.plan = p.code AND v.version = p.version")
	if err != nil {
		return err
	}
	defer rows.Close()
	places := map[string]string{}
	for rows.Next() {
		var code, issuer, title string
		if err := rows.Scan(&code, &issuer, &title); err != nil {
			return err
		}
		places[code] = indicator.JurisdictionOf(issuer, title, code)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for code, place := range places {
		if _, err := tx.ExecContext(ctx, "UPDATE plans SET jurisdiction = $1 WHERE code = $2", place, code); err != nil {
			return err
		}
	}
	return nil
}
