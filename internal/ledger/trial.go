package ledger

import (
	"cmp"
	"context"
	"crypto/sha256"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// mostTrials is how many dry runs judge at a time: each takes one of the readers.
const mostTrials = database.MostSnapshots

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
func (d *trial) remember(w *ledgerTx) {
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

// Try judges a report as Submit does, on one snapshot, and stores nothing. The measurement
// of its receipt is as it would be stored, with the next revision and without an id, or
// the one that stands where the outcome is that nothing would be. It fails as Submit does.
func (l *Ledger) Try(ctx context.Context, r indicator.Row) (indicator.Receipt, error) {
	receipt, err := l.tried(ctx, r)
	switch {
	case err != nil:
		return indicator.Receipt{}, l.db.Translate(ctx, err)
	case receipt.Refusal != nil:
		return indicator.Receipt{}, receipt.Refusal
	case receipt.Outcome == indicator.Superseded:
		receipt.Measurement, err = l.Measurement(ctx, receipt.Measurement.ID)
	}
	return receipt, err
}

func (l *Ledger) tried(ctx context.Context, r indicator.Row) (indicator.Receipt, error) {
	w, err := l.try(ctx)
	if err != nil {
		return indicator.Receipt{}, err
	}
	defer w.abandon()
	known := w.head.last()
	if err := w.load([]indicator.Row{r}); err != nil {
		return indicator.Receipt{}, err
	}
	sub := &submission{row: r, actor: indicator.ActorFrom(ctx)}
	if err := cmp.Or(w.appendOne(sub), w.failed); err != nil {
		return indicator.Receipt{}, err
	}
	receipt := sub.result
	if receipt.Refusal != nil {
		return receipt, nil
	}
	receipt.At, receipt.Current = known, sub.now.current(r.Measurement.Indicator)
	if receipt.Measurement.ID > w.trial.before {
		receipt.Measurement.ID = 0 // it would be another one
	}
	return receipt, nil
}

// try begins the judging of a dry run on one snapshot. It takes no turn and not the
// ledger, so that nobody waits for it; as many as there may be at a time wait for each
// other.
func (l *Ledger) try(ctx context.Context) (_ *ledgerTx, err error) {
	select {
	case l.trials <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	begun := false
	defer func() {
		if !begun {
			<-l.trials
		}
	}()
	conn, err := l.db.BeginSnapshot(ctx)
	if err != nil {
		return nil, err
	}
	ctx = l.db.Running(ctx)
	w := newLedgerTx(ctx, l, conn)
	w.leave = func() { <-l.trials }
	begun = true // and abandon leaves
	if w.head, err = readLedger(conn.Tx.QueryContext(ctx, "SELECT "+ledgerColumns+" FROM ledger WHERE id = 1")); err != nil {
		w.abandon()
		return nil, err
	}
	w.targets = map[string]*target{}
	w.trial = &trial{before: w.head.measurementID, own: map[sourceKey]saidInTrial{}}
	return w, nil
}
