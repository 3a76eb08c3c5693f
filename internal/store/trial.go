package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// mostTrials is how many dry runs judge at a time: each takes one of the readers.
const mostTrials = 2

// trial is what a dry run keeps of its own rows, since none of them is stored.
type trial struct {
	before int64 // last measurement of the snapshot
	own    map[sourceKey]saidInTrial
}

// saidInTrial is what a row said under its source, beside its entry in the state.
type saidInTrial struct {
	place int // of the entry
	texts texts
}

// texts stand for the note and the evidence of a report, which may be long.
type texts [sha256.Size]byte

func textsOf(m indicator.Measurement) texts {
	return sha256.Sum256([]byte(m.Note + "\x00" + m.EvidenceURL))
}

// remember keeps the rows of the dry run that are about to be forgotten.
func (d *trial) remember(w *writing) {
	for k, m := range w.sources {
		if m == nil || m.ID <= d.before || m.texts != nil {
			continue
		}
		t := w.targets[m.Indicator]
		d.own[k] = saidInTrial{t.state.places[key{m.Period, m.Basis}], textsOf(m.Measurement)}
	}
}

// source is what a row of the dry run said under a source, nil when none did. A batch
// reports every period and basis once, so that its entry still stands.
func (d *trial) source(t *target, k sourceKey) *lastSaid {
	if d == nil {
		return nil
	}
	own, ok := d.own[k]
	if !ok {
		return nil
	}
	m := t.state.entries[own.place].measurement(t.code)
	m.SourceID = k.source
	return &lastSaid{m, &own.texts}
}

// try begins the judging of a dry run on one snapshot. It takes no turn and not the
// ledger, so that nobody waits for it; as many as there may be at a time wait for each
// other.
func (s *Store) try(ctx context.Context) (_ *writing, err error) {
	select {
	case s.trials <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	begun := false
	defer func() {
		if !begun {
			<-s.trials
		}
	}()
	conn, err := s.reader().Conn(ctx)
	if err != nil {
		return nil, err
	}
	ctx = s.running(ctx)
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: s.engine.snapshotIsolation(), ReadOnly: true})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	w := newWriting(ctx, s, connection{conn: conn, tx: tx, read: true})
	w.leave = func() { <-s.trials }
	begun = true // and abandon leaves
	if w.head, err = readLedger(tx.QueryContext(ctx, "SELECT "+ledgerColumns+" FROM ledger WHERE id = 1")); err != nil {
		w.abandon()
		return nil, err
	}
	w.targets = map[string]*target{}
	w.trial = &trial{before: w.head.measurementID, own: map[sourceKey]saidInTrial{}}
	return w, nil
}
