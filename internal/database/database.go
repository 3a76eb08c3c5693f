package database

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// MostSnapshots is how many long reads of one snapshot, each of which keeps a connection,
// may run at a time beside the others.
const MostSnapshots = 2

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine engine
	write  *gorm.DB // transactions of few rows
	Read   *gorm.DB // plain reads
	pools  []*sql.DB
	Now    func() time.Time

	turn   chan struct{} // taken by the transaction that takes the ledger
	busy   atomic.Bool   // a write is in progress
	health health
}

// Open opens a database: the path of an SQLite file, which is created with its
// directory when missing and brought up to date, or a postgres:// address,
// whose schema must be the one this program knows. The clock says when something is
// written.
//
// It fails with fault.InvalidParameter when the database is named wrongly, and
// with fault.Unavailable when it cannot be reached or its schema is newer or,
// on PostgreSQL, older than the program.
func Open(ctx context.Context, database string, now func() time.Time) (*DB, error) {
	d, err := connect(ctx, database, now, toServe)
	if err != nil {
		return nil, err
	}
	settle := d.checkSchema
	if d.engine.migratesOnOpen() {
		settle = func(ctx context.Context) error {
			_, _, err := d.migrate(ctx)
			return err
		}
	}
	if err := settle(ctx); err != nil {
		return nil, d.abandon(ctx, err)
	}
	return d, nil
}

// OpenToLook opens a database, which has to be there with the schema that this program
// knows, to read it and leave it as it is: nothing is brought up to date, and an SQLite
// file and its folder need not be writable. It fails as Open does.
func OpenToLook(ctx context.Context, database string, now func() time.Time) (*DB, error) {
	d, err := connect(ctx, database, now, toLook)
	if err != nil {
		return nil, err
	}
	if err := d.checkSchema(ctx); err != nil {
		return nil, d.abandon(ctx, err)
	}
	return d, nil
}

// Migrate brings a database's schema up to the version this program knows, lets the
// ledger take up what migrations have changed, and returns the versions before and after, 0
// standing for an empty database. It fails as opening it does, but for an older schema.
func Migrate(ctx context.Context, database string, takeUp func(*DB) error) (from, to int64, err error) {
	d, err := connect(ctx, database, time.Now, toMigrate)
	if err != nil {
		return 0, 0, err
	}
	if from, to, err = d.migrate(ctx); err == nil {
		err = takeUp(d)
	}
	if err != nil {
		return 0, 0, d.abandon(ctx, err)
	}
	return from, to, d.Close()
}

// purpose is what connections are opened for.
type purpose int

const (
	toServe purpose = iota
	toMigrate
	toLook // at what is there, without a change
)

// connect opens the pools without looking at the schema.
func connect(ctx context.Context, database string, now func() time.Time, to purpose) (*DB, error) {
	e, err := engineFor(database)
	if err != nil {
		return nil, err
	}
	d := &DB{engine: e, Now: now, turn: make(chan struct{}, 1)}
	pools, err := e.connect(ctx, to)
	if err != nil {
		return nil, d.Unreachable(ctx, err)
	}
	d.pools = []*sql.DB{pools.write}
	if pools.read != pools.write {
		d.pools = append(d.pools, pools.read)
	}
	if d.write, err = e.session(pools.write); err != nil {
		return nil, d.abandon(ctx, err)
	}
	if d.Read, err = e.session(pools.read); err != nil {
		return nil, d.abandon(ctx, err)
	}
	return d, nil
}

// session is gorm over a pool with the settings every engine shares.
func session(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		Logger:                 logger.Discard,
		TranslateError:         true,
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
	})
}

// abandon closes a database that could not be opened and returns why.
func (d *DB) abandon(ctx context.Context, err error) error {
	_ = d.Close() // the first error is the one to tell
	return d.Unreachable(ctx, err)
}

// Close releases the database.
func (d *DB) Close() error {
	var errs []error
	for i := len(d.pools) - 1; i >= 0; i-- { // the writer last: SQLite then tidies its log away
		errs = append(errs, d.pools[i].Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	return nil
}

// Writer is the pool whose connections write.
func (d *DB) Writer() *sql.DB { return d.pools[0] }

// Reader is the pool that plain reads go to.
func (d *DB) Reader() *sql.DB { return d.pools[len(d.pools)-1] }

// Snapshot are the options of a transaction that reads the database as it is at its
// beginning.
func (d *DB) Snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: d.engine.snapshotIsolation(), ReadOnly: true}
}

// Transact runs a function in a transaction on the writer and turns its error into a fault.
// It waits for no turn.
func (d *DB) Transact(ctx context.Context, run func(tx *gorm.DB) error) error {
	defer d.FreeLedger(ctx)()
	return d.Translate(ctx, d.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return cmp.Or(run(tx), d.inPlace(ctx))
	}))
}

// IsPostgres reports whether the database is PostgreSQL, for the few statements that the
// engines write differently.
func (d *DB) IsPostgres() bool { return d.engine.dialect() == goose.DialectPostgres }

// ForUpdate is what a query ends in that locks the rows it reads until its transaction
// ends: nothing in SQLite, where a transaction that writes is alone already.
func (d *DB) ForUpdate() string {
	if d.IsPostgres() {
		return " FOR UPDATE"
	}
	return ""
}

// Instant is a time as a value of a column, for a driver that is not told its type.
func (d *DB) Instant(v any) any { return d.engine.moment(v) }
