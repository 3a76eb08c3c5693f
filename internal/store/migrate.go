package store

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"slices"

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

func (s *Store) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, path.Join("migrations", folders[s.engine.dialect()]))
	if err != nil {
		return nil, err
	}
	options, err := s.engine.migrationOptions()
	if err != nil {
		return nil, err
	}
	agencies, err := agenciesMigration(files)
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(agencies))
	return goose.NewProvider(s.engine.dialect(), s.pools[0], files, options...)
}

// newest is the schema version this program knows.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// migrate brings the schema up to date. When another process is found to have
// done part of the work in the meantime, it looks again.
func (s *Store) migrate(ctx context.Context) (from, to int64, err error) {
	p, err := s.provider()
	if err != nil {
		return 0, 0, err
	}
	to = newest(p)
	if from, err = s.schemaVersion(ctx); err != nil {
		return 0, 0, err
	}
	if from == 0 {
		if err := s.refuseForeign(ctx); err != nil {
			return 0, 0, err
		}
	}
	for at := from; at != to; {
		if at > to {
			return 0, 0, schemaTooNew(at, to)
		}
		_, failed := p.Up(ctx)
		now, err := s.schemaVersion(ctx)
		if err != nil {
			return 0, 0, err
		}
		if failed != nil && now == at {
			return 0, 0, failed
		}
		at = now
	}
	return from, to, s.takeUp(ctx)
}

// checkSchema refuses a schema of another version than the program's.
func (s *Store) checkSchema(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	found, err := s.schemaVersion(ctx)
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
func (s *Store) schemaVersion(ctx context.Context) (int64, error) {
	db := s.write.WithContext(ctx)
	tables, err := db.Migrator().GetTables()
	if err != nil || !slices.Contains(tables, goose.DefaultTablename) {
		return 0, err
	}
	var version int64
	err = db.Raw("SELECT COALESCE(MAX(version_id), 0) FROM " + goose.DefaultTablename).Scan(&version).Error
	return version, err
}
