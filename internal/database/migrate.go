package database

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// The folders are called as goose calls the engines. Migrations only go
// forward: the way back is a backup.
//
//go:embed migrations
var migrations embed.FS

// folders maps goose's names of the engines to those of their folders.
var folders = map[goose.Dialect]string{
	goose.DialectSQLite3:  "sqlite",
	goose.DialectPostgres: "postgres",
}

func (d *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, path.Join("migrations", folders[d.engine.dialect()]))
	if err != nil {
		return nil, err
	}
	options, err := d.engine.migrationOptions()
	if err != nil {
		return nil, err
	}
	agencies, err := agenciesMigration(files)
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(agencies))
	return goose.NewProvider(d.engine.dialect(), d.pools[0], files, options...)
}

// newest is the schema version this program knows.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// migrate brings the schema up to date. When another process is found to have
// done part of the work in the meantime, it looks again.
func (d *DB) migrate(ctx context.Context) (from, to int64, err error) {
	p, err := d.provider()
	if err != nil {
		return 0, 0, err
	}
	to = newest(p)
	if from, err = d.schemaVersion(ctx); err != nil {
		return 0, 0, err
	}
	if from == 0 {
		if err := d.refuseForeign(ctx); err != nil {
			return 0, 0, err
		}
	}
	for at := from; at != to; {
		if at > to {
			return 0, 0, schemaTooNew(at, to)
		}
		_, failed := p.Up(ctx)
		now, err := d.schemaVersion(ctx)
		if err != nil {
			return 0, 0, err
		}
		if failed != nil && now == at {
			return 0, 0, failed
		}
		at = now
	}
	return from, to, nil
}

// checkSchema refuses a schema of another version than the program's.
func (d *DB) checkSchema(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	found, err := d.schemaVersion(ctx)
	if err != nil {
		return err
	}
	switch wanted := newest(p); {
	case found > wanted:
		return schemaTooNew(found, wanted)
	case found < wanted:
		return fault.Newf(fault.Unavailable,
			"数据库结构为第 %d 版，本程序需要第 %d 版，请先运行 tracker migrate",
			"the database has schema version %d and this program needs %d: run `tracker migrate` first", found, wanted)
	}
	return nil
}

func schemaTooNew(found, wanted int64) *fault.Fault {
	return fault.Newf(fault.Unavailable,
		"数据库结构为第 %d 版，比本程序所知的第 %d 版新，请换用新版程序",
		"the database has schema version %d, newer than %d, the newest this program knows: use a newer program", found, wanted)
}

// schemaVersion reads the version without creating anything; 0 stands for a
// database that was never migrated.
func (d *DB) schemaVersion(ctx context.Context) (int64, error) {
	db := d.write.WithContext(ctx)
	tables, err := db.Migrator().GetTables()
	if err != nil || !slices.Contains(tables, goose.DefaultTablename) {
		return 0, err
	}
	var version int64
	err = db.Raw("SELECT COALESCE(MAX(version_id), 0) FROM " + goose.DefaultTablename).Scan(&version).Error
	return version, err
}

// MigrateTo leaves a database as an older release would have: at a version of the schema
// below the one this program knows. It is for looking at what newer programs make of
// older databases, and fails as Migrate does.
func MigrateTo(ctx context.Context, database string, version int64) error {
	d, err := connect(ctx, database, time.Now, toMigrate)
	if err != nil {
		return err
	}
	p, err := d.provider()
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return errors.Join(err, d.Close())
}
