package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/indicator-tracker/tracker/internal/store"
)

type backupCommand struct {
	databaseFlag
	File string `arg:"" help:"New file to write the copy to."`
}

// Run copies a live database.
func (c backupCommand) Run(s *session) (err error) {
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Backup(s.ctx, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "已备份 / backed up: %s\n", c.File)
	return err
}

// collectAt is how much garbage may gather, in percent of what is in use.
// Requests leave much that is soon garbage: collecting it in larger portions
// costs less, and a process that uses little stays small all the same.
const collectAt = 300

// collectHarder is how much memory, in bytes, the process takes before garbage is
// collected sooner than that: one long plan has enough in use that its garbage, too, would
// fill a small machine.
const collectHarder = 256 << 20

// tuneMemory sets the collector, unless the environment does.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(collectHarder)
	}
}
