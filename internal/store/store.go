package store

import (
	"cmp"
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	*ledger.Ledger

	db          *database.DB
	mostMatches int
}

// Open opens a database: the path of an SQLite file, which is created with its
// directory when missing and brought up to date, or a postgres:// address,
// whose schema must be the one this program knows. The clock gives every record
// the moment it is stored.
//
// It fails with fault.InvalidParameter when the database is named wrongly, and
// with fault.Unavailable when it cannot be reached or its schema is newer or,
// on PostgreSQL, older than the program.
func Open(ctx context.Context, name string, now func() time.Time) (*Store, error) {
	db, err := database.Open(ctx, name, now)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, mostMatches: MostMatches}
	if s.Ledger, err = ledger.Open(ctx, db, s.versionOf); err != nil {
		return nil, cmp.Or(err, db.Close())
	}
	return s, nil
}

// OpenToLook opens a database that is there for readers and leaves it as it is, as
// database.OpenToLook does.
func OpenToLook(ctx context.Context, name string, now func() time.Time) (*Store, error) {
	db, err := database.OpenToLook(ctx, name, now)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, mostMatches: MostMatches}
	s.Ledger = ledger.OpenToLook(db, s.versionOf)
	return s, nil
}

// Close lets the commit under way end and answers the reports that still wait:
// each is stored or refused with fault.Unavailable, as is what comes later. Then it
// releases the database. Nothing that was acknowledged is lost by not calling it.
func (s *Store) Close() error {
	s.Ledger.Close()
	return s.db.Close()
}

// Ready reports whether the database answers a read and takes a write, as database.DB.Ready
// does.
func (s *Store) Ready(ctx context.Context) error { return s.db.Ready(ctx) }

// Backup writes a copy of the live database, as database.DB.Backup does.
func (s *Store) Backup(ctx context.Context, file string) error { return s.db.Backup(ctx, file) }
