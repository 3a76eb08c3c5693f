package ledger

import (
	"context"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Ledger is what an open database holds that is only ever appended to. It is safe for
// concurrent use.
type Ledger struct {
	db            *database.DB
	queries       queries
	headForUpdate string // reads the ledger's row and holds back every other writer
	version       Version

	queue     chan *submission
	together  atomic.Int64  // how many of them may share a commit
	closing   chan struct{} // closed when no more is taken
	stopped   chan struct{} // closed when the writer has ended
	urgent    atomic.Int32  // what must not wait behind a batch in one transaction
	trials    chan struct{} // taken by dry runs
	warm      warm
	reporters reporters
	agencies  agencyBooks
	cycles    cycleBooks
	closed    sync.Once
	watcher   atomic.Pointer[Watcher]
	following sync.WaitGroup // what brings entries into the audit chain after their change
}

// Version reads a version of an indicator, which a report is judged by or was.
type Version func(ctx context.Context, code string, version int) (indicator.Indicator, error)

// queries are what the engines write differently. They have the same columns on both.
type queries interface {
	// targets selects id, code, version, state of review, whether there is a
	// state of reports, and that, for a list of codes.
	targets(codes []string) (query string, args []any)
	// sources selects the place of each key, from 0, and the columns of the newest measurement
	// under it, which is the agency's, or that of one whose reporter is not known.
	sources(keys []sourceQuery) (query string, args []any)
	// standings selects the moments of marks that indicators have, but for those that are being
	// made or taken away, and those of their standings; both are held until the transaction ends.
	standings(ids []int64) (marks, made string, args []any)
	// statuses selects ids of indicators and the statuses of their standings.
	statuses(ids []int64) (query string, args []any)
	// freshen takes the marks from indicators.
	freshen(ids []int64) (query string, args []any)
}

// Open begins to take what a database is to keep. It fails with fault.Unavailable.
func Open(ctx context.Context, db *database.DB, version Version) (*Ledger, error) {
	l := newLedger(db, version)
	if err := l.takeUp(ctx); err != nil {
		return nil, db.Unreachable(ctx, err)
	}
	targets, _ := l.queries.targets(nil)
	sources, _ := l.queries.sources(nil)
	if err := db.Prepare(ctx, bulkTables, []string{targets, sources, l.headForUpdate, saveLedger}); err != nil {
		return nil, db.Unreachable(ctx, err)
	}
	l.chainLeft(ctx)
	go l.storeQueued(l.stopped) //nolint:contextcheck // a commit belongs to no one request
	return l, nil
}

// OpenToLook gives what is kept to readers and changes nothing: it takes no reports, and
// leaves what waits to be brought into the audit chain where it is.
func OpenToLook(db *database.DB, version Version) *Ledger {
	l := newLedger(db, version)
	close(l.stopped)
	return l
}

// Migrate brings a database's schema up to the version this program knows and
// returns the versions before and after, 0 standing for an empty database. It
// fails as opening it does, but for an older schema.
func Migrate(ctx context.Context, address string) (from, to int64, err error) {
	return database.Migrate(ctx, address, func(db *database.DB) error { return newLedger(db, nil).takeUp(ctx) })
}

func newLedger(db *database.DB, version Version) *Ledger {
	l := &Ledger{
		db: db, queries: sqliteQueries{}, headForUpdate: "SELECT " + ledgerColumns + " FROM ledger WHERE id = 1" + db.ForUpdate(), version: version,
		queue: make(chan *submission, MostWaiting), closing: make(chan struct{}), stopped: make(chan struct{}),
		trials: make(chan struct{}, mostTrials),
	}
	l.ShareCommits(MostTogether)
	if db.IsPostgres() {
		l.queries = postgresQueries{}
	}
	return l
}

// Close lets the commit under way end and answers the reports that still wait:
// each is stored or refused with fault.Unavailable, as is what comes later. Nothing
// that was acknowledged is lost by not calling it.
func (l *Ledger) Close() {
	l.closed.Do(func() { close(l.closing) })
	<-l.stopped
	l.following.Wait()
}

// LockLedger makes the transaction the only writer until it ends, so that row ids and
// moments become visible in the order they were given, and gives it its moment: what
// it stores is of one, so that no as_of sees half of it.
func (l *Ledger) LockLedger(tx *gorm.DB) (database.Moment, error) {
	q := tx.Statement.ConnPool
	head, err := l.lockHead(tx.Statement.Context, q)
	if err != nil {
		return database.Moment{}, err
	}
	now := head.next(l.db.Now())
	return database.Moment{Time: now}, head.save(tx.Statement.Context, q)
}

// InTx runs a function in a transaction on the writer, when its turn has come, and
// turns its error into a fault. It fails when the function leaves records that it wrote
// without an audit entry.
func (l *Ledger) InTx(ctx context.Context, run func(tx *gorm.DB) error) error {
	leave, err := l.db.TakeTurn(ctx)
	if err != nil {
		return l.db.Translate(ctx, err)
	}
	defer leave()
	return l.atOnce(ctx, run)
}

// atOnce is InTx of what waits for no turn.
func (l *Ledger) atOnce(ctx context.Context, run func(tx *gorm.DB) error) error {
	return l.db.Transact(ctx, func(tx *gorm.DB) error { return audited(ctx, tx, run) })
}
