package tracker

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Whole reads what is left of a request that brings a batch, and gives the
// fingerprint of all of it.
type Whole func() ([]byte, error)

// RepeatedBatch finds the batch that a request with the key was answered with
// before. It reads the request to its end only when there is one, and fails with
// fault.KeyReused when that was another request.
func (s *Service) RepeatedBatch(ctx context.Context, key indicator.Idempotency, whole Whole) (b indicator.Batch, found bool, err error) {
	if key.Scope == "" {
		return b, false, nil
	}
	if _, err := s.batches.Replay(ctx, key); err == nil {
		return b, false, nil // the key is new: a known one has a fingerprint that differs from none
	} else if !fault.Is(err, fault.KeyReused) {
		return b, false, err
	}
	if key.Fingerprint, err = whole(); err != nil {
		return b, false, err
	}
	before, err := s.batches.Replay(ctx, key)
	if err != nil || before == nil {
		return b, false, err
	}
	b, err = s.batches.Batch(ctx, before.Batch)
	b.Unread = before.Unread
	return b, err == nil, err
}

// SaveIdempotentBatch keeps that a request with the key was answered with a batch, whose rows
// are stored. Without a key, and for a dry run, there is nothing to keep.
func (s *Service) SaveIdempotentBatch(ctx context.Context, key indicator.Idempotency, whole Whole, b indicator.Batch) error {
	if key.Scope == "" || b.DryRun {
		return nil
	}
	var err error
	if key.Fingerprint, err = whole(); err != nil {
		return err
	}
	return s.batches.SaveIdempotentBatch(ctx, key, b.ID, b.Unread...)
}
