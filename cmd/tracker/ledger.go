package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Find any altered, missing or reordered entry, and measurements that are not as recorded; list keys whose agencies are of several jurisdictions."`
}

type auditVerifyCommand struct {
	databaseFlag
	Hash string `help:"Hash that an earlier run printed: it must be in the chain still." placeholder:"HEX"`
}

// Run looks through the audit chain and fails when it is not whole.
func (c auditVerifyCommand) Run(s *session) (err error) {
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	v, err := db.VerifyAudit(s.ctx, c.Hash)
	if err != nil {
		return err
	}
	for _, f := range v.Fault {
		fmt.Fprintf(s.out, "%s / %s\n", f.ZH, f.EN)
	}
	if len(v.Fault) > 0 {
		return errors.New("审计链不完整 / the audit chain is not whole")
	}
	_, err = fmt.Fprintf(s.out, "审计链完整 / the audit chain is whole: %d entries, %d measurements\n%s\n", v.Entries, v.Measurements, hex.EncodeToString(v.Hash))
	return errors.Join(err, listUnsettled(s, db))
}

// listUnsettled names the keys whose names mean agencies of several jurisdictions, as
// those of an earlier release may.
func listUnsettled(s *session, db *store.Store) error {
	keys, _, err := db.Keys(s.ctx, indicator.Page{})
	for _, k := range keys {
		if !k.RevokedAt.IsZero() || !k.Unsettled() {
			continue
		}
		_, err := fmt.Fprintf(s.out, "密钥 %[1]s（%[2]s）的单位不在一个已知的辖区，请收窄 / the agencies of the key %[1]s are not of one known jurisdiction, narrow it: tracker key narrow --jurisdiction … %[1]s\n%[3]s\n",
			k.ID, k.Name, agenciesOf(k))
		if err != nil {
			return err
		}
	}
	return err
}

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
