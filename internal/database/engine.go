package database

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// engine is what differs between the databases.
type engine interface {
	// connect opens the pools and makes sure that they answer. Their transactions may
	// be idle and wait for locks for a short time only, unless they are to migrate.
	connect(ctx context.Context, to purpose) (pools, error)
	// session is gorm over one of the pools.
	session(pool *sql.DB) (*gorm.DB, error)
	// dialect names the engine to goose and the folder of its migrations.
	dialect() goose.Dialect
	// migrationOptions are what goose needs beyond the files.
	migrationOptions() ([]goose.ProviderOption, error)
	// migratesOnOpen says whether Open may change the schema.
	migratesOnOpen() bool
	// present fails when what was opened has gone from its place.
	present() error
	// size is how many bytes the database takes on its disk.
	size(ctx context.Context, db *sql.DB) (int64, error)
	// lockLedgerSoon takes the row of the ledger, but waits for a moment only. It
	// says whether it was taken.
	lockLedgerSoon(tx *gorm.DB) (bool, error)
	bulk
	// bounded is the context of a transaction that is short where all goes well.
	bounded(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc)
	// oneWriter says whether a transaction that writes holds back every other, whatever
	// they write.
	oneWriter() bool
	// endStuck ends transactions that hold the ledger and whose process has stopped
	// where the server cannot end them by itself: those that have not moved since an
	// earlier look, which gave before, the first nil.
	endStuck(ctx context.Context, db *sql.DB, before map[int]int64) (now map[int]int64, err error)
	// ownsWaiting says whether statements end by themselves, so that a context
	// which ends them would only cost time.
	ownsWaiting() bool
	// moment is a time as a value of a column.
	moment(v any) any
	// commitUncertain reports whether a commit that failed with the error may
	// have taken effect all the same.
	commitUncertain(err error) bool
	// snapshotIsolation is the isolation at which one transaction reads the
	// database as it was at its beginning.
	snapshotIsolation() sql.IsolationLevel
	// backup writes a copy of the live database to a file that must not exist.
	backup(ctx context.Context, file string) error
	// unavailable reports whether an error says that the database cannot
	// answer for now, rather than that the request was wrong.
	unavailable(err error) bool
}

// pools are the handles to a database; they may be one and the same.
type pools struct {
	write *sql.DB
	read  *sql.DB
}

// engineFor reads the name of a database.
func engineFor(database string) (engine, error) {
	scheme, _, isURL := strings.Cut(database, "://")
	switch {
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
		return newPostgres(database)
	case isURL:
		return nil, badDatabase("不支持“%s”数据库，请给出 SQLite 文件路径或 postgres:// 地址",
			"there is no support for %q databases; give the path of an SQLite file or a postgres:// address", scheme)
	case database == "" || database == ":memory:" || strings.HasPrefix(database, "file:"):
		return nil, badDatabase("请给出 SQLite 文件路径或 postgres:// 地址", "give the path of an SQLite file or a postgres:// address")
	}
	return newSQLite(database)
}

func badDatabase(zh, en string, args ...any) *fault.Fault {
	return fault.Newf(fault.InvalidParameter, zh, en, args...).At("database")
}
