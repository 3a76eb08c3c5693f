package main

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/ledger"
)

type migrateCommand struct {
	databaseFlag
}

// Run brings the schema up to date and says what changed.
func (c migrateCommand) Run(s *session) error {
	from, to, err := ledger.Migrate(s.ctx, c.Database)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "schema %d → %d\n", from, to)
	return err
}
