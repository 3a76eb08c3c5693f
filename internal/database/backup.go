package database

import (
	"context"
	"errors"
	"os"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Backup writes a copy of the live database, as it is at one moment, to a new
// file, while others read and write. The copy is a database like any other.
//
// It fails with fault.InvalidParameter when the file exists, or when the
// database is a PostgreSQL one, which has its own tools.
func (d *DB) Backup(ctx context.Context, file string) error {
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		return fault.Newf(fault.InvalidParameter, "文件 %s 已存在或无法写入", "the file %s exists already or cannot be written", file).At("file")
	}
	part := file + ".part" // so that a copy cut short is never taken for a whole one
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return d.Unreachable(ctx, err)
	}
	if err := d.engine.backup(ctx, part); err != nil {
		return d.Translate(ctx, err)
	}
	if err := durable(part); err != nil {
		return d.Unreachable(ctx, err)
	}
	if err := os.Rename(part, file); err != nil {
		return d.Unreachable(ctx, err)
	}
	return nil
}

// durable makes sure that a file is on the disk, readable by its owner alone.
func durable(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0) //nolint:gosec // the file that was just written
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}
