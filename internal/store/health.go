package store

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

// noteHealth keeps what became of a write.
func (s *Store) noteHealth(err error) {
	s.health.mu.Lock()
	defer s.health.mu.Unlock()
	if err != nil && !s.away(err) {
		return // the rows were at fault
	}
	s.health.probed, s.health.failure = s.now(), err
}

// writable tries a small durable write, unless one was just made or is being
// made. The probe takes pages of its own, so that it fails when the disk is full.
func (s *Store) writable(ctx context.Context) error {
	s.health.mu.Lock()
	probed, failure := s.health.probed, s.health.failure
	s.health.mu.Unlock()
	if failure == nil && (s.writing.Load() || !probed.IsZero() && s.now().Sub(probed) < probeEvery) {
		return nil
	}
	err := s.probe(ctx)
	s.noteHealth(err)
	return err
}

const probePages = 32 << 10

func (s *Store) probe(ctx context.Context) error {
	for _, filling := range [][]byte{make([]byte, probePages), {}} {
		if _, err := s.pools[0].ExecContext(ctx, "UPDATE ledger SET probe = $1 WHERE id = 1", filling); err != nil {
			return err
		}
	}
	return nil
}
