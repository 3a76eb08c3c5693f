package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	engine engine
	write  *gorm.DB
	read   *gorm.DB
	pools  []*sql.DB
	now    func() time.Time

	queue     chan *submission
	closing   chan struct{} // closed when no more is taken
	stopped   chan struct{} // closed when the writer has ended; nil when it never began
	turn      chan struct{} // taken by the transaction that takes the ledger
	urgent    atomic.Int32  // what must not wait behind a batch in one transaction
	trials    chan struct{} // taken by dry runs
	writing   atomic.Bool   // a write is in progress
	warm      warm
	reporters reporters
	agencies  agencyBooks
	health    health
	closed    sync.Once
	following sync.WaitGroup // what brings entries into the audit chain after their change
}

// Open opens a database: the path of an SQLite file, which is created with its
// directory when missing and brought up to date, or a postgres:// address,
// whose schema must be the one this program knows. The clock gives every record
// the moment it is stored.
//
// It fails with fault.InvalidParameter when the database is named wrongly, and
// with fault.Unavailable when it cannot be reached or its schema is newer or,
// on PostgreSQL, older than the program.
func Open(ctx context.Context, database string, now func() time.Time) (*Store, error) {
	s, err := connect(ctx, database, now, false)
	if err != nil {
		return nil, err
	}
	settle := s.checkSchema
	if s.engine.migratesOnOpen() {
		settle = func(ctx context.Context) error {
			_, _, err := s.migrate(ctx)
			return err
		}
	}
	if err := settle(ctx); err != nil {
		return nil, s.abandon(ctx, err)
	}
	if err := s.engine.prepare(ctx, s.pools[0]); err != nil {
		return nil, s.abandon(ctx, err)
	}
	s.chainLeft(ctx)
	s.stopped = make(chan struct{})
	go s.writer(s.stopped) //nolint:contextcheck // a commit belongs to no one request
	return s, nil
}

// Migrate brings a database's schema up to the version this program knows and
// returns the versions before and after, 0 standing for an empty database. It
// fails as Open does, but for an older schema.
func Migrate(ctx context.Context, database string) (from, to int64, err error) {
	s, err := connect(ctx, database, time.Now, true)
	if err != nil {
		return 0, 0, err
	}
	if from, to, err = s.migrate(ctx); err != nil {
		return 0, 0, s.abandon(ctx, err)
	}
	return from, to, s.Close()
}

// connect opens the pools without looking at the schema.
func connect(ctx context.Context, database string, now func() time.Time, migrating bool) (*Store, error) {
	e, err := engineFor(database)
	if err != nil {
		return nil, err
	}
	s := &Store{
		engine: e, now: now, queue: make(chan *submission, mostWaiting), closing: make(chan struct{}),
		turn: make(chan struct{}, 1), trials: make(chan struct{}, mostTrials),
	}
	pools, err := e.connect(ctx, migrating)
	if err != nil {
		return nil, s.unreachable(ctx, err)
	}
	s.pools = []*sql.DB{pools.write}
	if pools.read != pools.write {
		s.pools = append(s.pools, pools.read)
	}
	if s.write, err = e.session(pools.write); err != nil {
		return nil, s.abandon(ctx, err)
	}
	if s.read, err = e.session(pools.read); err != nil {
		return nil, s.abandon(ctx, err)
	}
	return s, nil
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

// abandon closes a store that could not be opened and returns why.
func (s *Store) abandon(ctx context.Context, err error) error {
	_ = s.Close() // the first error is the one to tell
	return s.unreachable(ctx, err)
}

// Close lets the commit under way end and answers the reports that still wait:
// each is stored or refused with fault.Unavailable, as is what comes later. Then it
// releases the database. Nothing that was acknowledged is lost by not calling it.
func (s *Store) Close() error {
	s.closed.Do(func() { close(s.closing) })
	if s.stopped != nil {
		<-s.stopped
	}
	s.following.Wait()
	var errs []error
	for i := len(s.pools) - 1; i >= 0; i-- { // the writer last: SQLite then tidies its log away
		errs = append(errs, s.pools[i].Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	return nil
}

// Ready reports whether the database answers a read and takes a write and, for
// SQLite, whether the file that was opened is still in its place. It fails with
// fault.Unavailable or fault.Timeout.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.engine.present(); err != nil {
		return s.unreachable(ctx, err)
	}
	var seen []int64
	if err := s.read.WithContext(ctx).Model(&planRow{}).Limit(1).Pluck("id", &seen).Error; err != nil {
		return s.unreachable(ctx, err)
	}
	if err := s.writable(ctx); err != nil {
		return s.unreachable(ctx, err)
	}
	return nil
}

// inTx runs a function in a transaction on the writer, when its turn has come, and
// turns its error into a fault.
func (s *Store) inTx(ctx context.Context, run func(tx *gorm.DB) error) error {
	leave, err := s.takeTurn(ctx)
	if err != nil {
		return s.translate(ctx, err)
	}
	defer leave()
	return s.atOnce(ctx, run)
}

// atOnce is inTx of what waits for no turn.
func (s *Store) atOnce(ctx context.Context, run func(tx *gorm.DB) error) error {
	defer s.freeLedger(ctx)()
	return s.translate(ctx, s.write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return cmp.Or(audited(ctx, tx, run), s.inPlace(ctx))
	}))
}

// alone makes the transaction the only writer until it ends, so that row ids and
// moments become visible in the order they were given, and gives it its moment: what
// it stores is of one, so that no as_of sees half of it.
func (s *Store) alone(tx *gorm.DB) (moment, error) {
	q := tx.Statement.ConnPool
	head, err := s.lockLedger(tx.Statement.Context, q)
	if err != nil {
		return moment{}, err
	}
	now := head.next(s.now())
	return moment{now}, head.save(tx.Statement.Context, q)
}
