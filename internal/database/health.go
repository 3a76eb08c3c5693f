package database

import (
	"context"
	"sync"
	"time"
)

// probeEvery is how long the outcome of a write stands for readiness.
const probeEvery = time.Second

// health is what readiness knows of writing.
type health struct {
	mu      sync.Mutex
	probed  time.Time
	failure error
}

// NoteHealth keeps what became of a write.
func (d *DB) NoteHealth(err error) {
	d.health.mu.Lock()
	defer d.health.mu.Unlock()
	if err != nil && !d.Away(err) {
		return // the rows were at fault
	}
	d.health.probed, d.health.failure = d.Now(), err
}

// writable tries a small durable write, unless one was just made or is being
// made. The probe takes pages of its own, so that it fails when the disk is full.
func (d *DB) writable(ctx context.Context) error {
	d.health.mu.Lock()
	probed, failure := d.health.probed, d.health.failure
	d.health.mu.Unlock()
	if failure == nil && (d.busy.Load() || !probed.IsZero() && d.Now().Sub(probed) < probeEvery) {
		return nil
	}
	err := d.probe(ctx)
	d.NoteHealth(err)
	return err
}

const probePages = 32 << 10

func (d *DB) probe(ctx context.Context) error {
	for _, filling := range [][]byte{make([]byte, probePages), {}} {
		if _, err := d.Writer().ExecContext(ctx, "UPDATE ledger SET probe = $1 WHERE id = 1", filling); err != nil {
			return err
		}
	}
	return nil
}

// Ready reports whether the database answers a read and takes a write and, for
// SQLite, whether the file that was opened is still in its place. It fails with
// fault.Unavailable or fault.Timeout.
func (d *DB) Ready(ctx context.Context) error {
	if err := d.Answers(ctx); err != nil {
		return err
	}
	if err := d.writable(ctx); err != nil {
		return d.Unreachable(ctx, err)
	}
	return nil
}

// Answers is Ready without the write.
func (d *DB) Answers(ctx context.Context) error {
	if err := d.engine.present(); err != nil {
		return d.Unreachable(ctx, err)
	}
	var seen int
	if err := d.Reader().QueryRowContext(ctx, "SELECT 1 FROM ledger WHERE id = 1").Scan(&seen); err != nil {
		return d.Unreachable(ctx, err)
	}
	return nil
}

// Size is how many bytes the database takes on its disk.
func (d *DB) Size(ctx context.Context) (int64, error) {
	bytes, err := d.engine.size(ctx, d.Reader())
	return bytes, d.Translate(ctx, err)
}
