package store

import (
	"bytes"
	"context"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Replay returns the answer that a request with the key was given, nil when
// there was none yet or it has expired. It fails with fault.KeyReused when the key
// came with another payload.
func (s *Store) Replay(ctx context.Context, key indicator.Idempotency) (*indicator.Answer, error) {
	answer, err := s.answered(ctx, s.reader(), key)
	return answer, s.translate(ctx, err)
}

// replay is Replay inside the transaction, for keys that race: with another
// process, or with a request of the same group.
func (w *writing) replay(key indicator.Idempotency) (*indicator.Answer, error) {
	if kept, ok := w.kept[key.Scope]; ok {
		return kept.answer, sameKey(kept.fingerprint, key)
	}
	return w.store.answered(w.ctx, w.conn.tx, key)
}

func (s *Store) answered(ctx context.Context, q querier, key indicator.Idempotency) (*indicator.Answer, error) {
	var answer indicator.Answer
	var fingerprint []byte
	err := q.QueryRowContext(ctx, "SELECT fingerprint, status, header, answer FROM idempotency_keys WHERE scope = $1 AND expires_at > $2",
		key.Scope, momentOf(s.now())).Scan(&fingerprint, &answer.Status, &answer.Header, &answer.Body)
	switch {
	case missing(err):
		return nil, nil //nolint:nilnil // no answer is an answer
	case err != nil:
		return nil, err
	case answer.Status == statusBegun:
		return nil, nil //nolint:nilnil // no answer is an answer
	}
	if err := sameKey(fingerprint, key); err != nil {
		return nil, err
	}
	return &answer, nil
}

// kept is an answer that the transaction is about to store.
type kept struct {
	fingerprint []byte
	answer      *indicator.Answer
}

var errKeyReused = fault.Newf(fault.KeyReused,
	"该 Idempotency-Key 已用于内容不同的请求，请换用新的", "this Idempotency-Key was used for a request with other content; use a new one")

// sameKey refuses a key that comes with another payload than it did before.
func sameKey(fingerprint []byte, key indicator.Idempotency) error {
	if bytes.Equal(fingerprint, key.Fingerprint) {
		return nil
	}
	return errKeyReused
}

// Keep stores the answer to a request whose writes are committed already.
func (s *Store) Keep(ctx context.Context, key indicator.Idempotency, answer indicator.Answer) error {
	w, err := s.begin(ctx)
	if err != nil {
		return s.translate(ctx, err)
	}
	err = w.keep(&keeping{key, func(indicator.Receipt) (indicator.Answer, error) { return answer, nil }}, indicator.Receipt{})
	if err != nil {
		w.abandon()
		return s.translate(ctx, err)
	}
	return s.translate(ctx, w.commit())
}

// ForgetAnswers drops the answers that have expired, and says how many.
func (s *Store) ForgetAnswers(ctx context.Context) (int64, error) {
	result, err := s.pools[0].ExecContext(ctx, "DELETE FROM idempotency_keys WHERE expires_at <= $1", momentOf(s.now()))
	if err != nil {
		return 0, s.translate(ctx, err)
	}
	n, err := result.RowsAffected()
	return n, s.translate(ctx, err)
}
