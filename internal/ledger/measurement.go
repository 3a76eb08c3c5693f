package ledger

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type measurementRow struct {
	ID          int64
	IndicatorID int64
	Period      database.Period
	Basis       indicator.Basis
	Revision    int
	Value       *database.Decimal // NULL where the figure is missing
	Unit        database.Unit
	SourceID    string
	Note        string
	EvidenceURL string
	Retracts    int64
	Recorded    database.Moment `gorm:"column:recorded_at"`
	// Both NULL unless a share was reported as its two figures.
	Numerator   *database.Decimal
	Denominator *database.Decimal
	ReporterID  int64
	// ObservationStatus is a word of indicator.Missing, provisional, or empty.
	ObservationStatus string
	// Of the reporter, where the query joins it.
	Agency   string `gorm:"->"`
	KeyID    string `gorm:"->"`
	KeyName  string `gorm:"->"`
	AgencyID int64  `gorm:"->"`
}

// TableName implements gorm's schema.Tabler.
func (measurementRow) TableName() string { return "measurements" }

func (r measurementRow) measurement(code string) indicator.Measurement {
	m := indicator.Measurement{
		ID: r.ID, Indicator: code, Period: r.Period.Period, Basis: r.Basis,
		Unit: r.Unit.Unit, Share: r.share(),
		SourceID: r.SourceID, Note: r.Note, EvidenceURL: r.EvidenceURL,
		Revision: r.Revision, Retracts: r.Retracts, RecordedAt: r.Recorded.Time,
		ReportedBy: indicator.Reporter{Agency: r.Agency, Key: r.KeyID, Name: r.KeyName, AgencyID: r.AgencyID},
	}
	switch {
	case r.Value == nil:
		m.Missing = indicator.Missing(r.ObservationStatus)
	default:
		m.Value, m.Provisional = r.Value.Number, r.ObservationStatus == indicator.StatusProvisional
	}
	return m
}

// share is the two figures of a share, nil for a report of one value.
func (r measurementRow) share() *indicator.Share {
	if r.Numerator == nil || r.Denominator == nil {
		return nil
	}
	return &indicator.Share{Numerator: r.Numerator.Number, Denominator: r.Denominator.Number}
}

// Submit stores a report durably as the next revision of its indicator, period and
// basis, and says what became of it. ID, Revision and RecordedAt are given by the
// store. Reports that arrive at the same time share a commit. The receipt has the
// indicator's inputs of progress after the report.
//
// A report whose SourceID was used before for the same indicator, period and
// basis, and that says what was last said under it, its value numerically, is
// not stored again: while the earlier one stands, that is returned as
// indicator.Unchanged. When it was corrected or taken back since, what stands now is
// returned as indicator.Superseded, unless the row Replaces that.
//
// It fails with fault.UnknownIndicator at "/indicator", with
// fault.IndicatorNotConfirmed there when the indicator is not confirmed at that
// moment, with fault.PreconditionFailed when the report was checked against a version
// that is not current, with fault.SourceIDTaken at "/source_id" when that belongs to
// a report of another period or basis, with fault.PeriodOverlap at "/period" by the
// rule of indicator.CheckOverlap, by the rules of indicator.CheckReplaces, and with fault.Unavailable when too many writes
// wait. When the context ends it fails with fault.Timeout, and nothing was stored.
//
// With an idempotency key, what the receipt can be made from again is stored
// together with the report. When the key was used before, what that led to is
// returned instead of a receipt; the fingerprint of another payload fails with
// fault.KeyReused.
func (l *Ledger) Submit(ctx context.Context, r indicator.Row, key indicator.Idempotency) (indicator.Receipt, *indicator.Answered, error) {
	sub := &submission{row: r, actor: indicator.ActorFrom(ctx), key: key}
	receipt, err := l.submit(ctx, sub)
	switch {
	case err != nil:
		return indicator.Receipt{}, nil, err
	case receipt.Refusal != nil:
		return indicator.Receipt{}, nil, receipt.Refusal
	case sub.replay != nil:
		answered, err := l.restore(ctx, *sub.replay)
		return indicator.Receipt{}, answered, l.db.Translate(ctx, err)
	case receipt.Outcome == indicator.Superseded:
		receipt.Measurement, err = l.Measurement(ctx, receipt.Measurement.ID)
		return receipt, nil, err
	}
	return receipt, nil, nil
}

// Append stores rows in their order in one transaction, each as by Submit, and gives a receipt for each. With indicator.Atomic the
// first row that is refused fails the whole with its fault, below its place in
// the list ("/3/period"), and nothing is stored.
func (l *Ledger) Append(ctx context.Context, rows []indicator.Row, mode indicator.Mode) ([]indicator.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	w, err := l.begin(ctx)
	if err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	defer w.abandon()
	receipts := make([]indicator.Receipt, len(rows))
	err = w.appendRows(rows, mode, indicator.ActorFrom(ctx), "list", func(i int, r indicator.Receipt) {
		receipts[i] = r
		w.reports.Count(r.Outcome)
	})
	if err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	if err := w.commit(); err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	return receipts, nil
}

// appendRows stores rows under one audit entry, and says of each in order what became of
// it; rows become what they are by the current versions of their indicators. Receipts are not kept here, since those of a batch can be made small.
func (w *ledgerTx) appendRows(rows []indicator.Row, mode indicator.Mode, actor indicator.Actor, target string, tell func(i int, r indicator.Receipt)) error {
	if err := w.load(rows); err != nil {
		return err
	}
	first := w.head.measurementID + 1
	before, after := sha256.New(), sha256.New()
	var refused error
	err := w.insertAll(measurementsTable, len(rows), func(yield func([]any) bool) {
		for i, r := range rows {
			if w.seen != nil {
				w.seen.turnTo(w.seen.first+int64(i), r.Origin)
			}
			r = w.upToDate(r)
			rows[i] = r
			receipt, replaced := w.judge(r)
			tell(i, receipt)
			switch receipt.Outcome {
			case indicator.Refused:
				if mode == indicator.Atomic {
					refused = fault.At(receipt.Refusal, fmt.Sprintf("/%d", i))
					return
				}
			case indicator.Stored, indicator.Revised:
				m := receipt.Measurement
				before.Write(replaced)
				after.Write(w.targets[m.Indicator].state.of(key{m.Period, m.Basis}).hash[:])
			default:
			}
			for _, row := range w.rows {
				if !yield(row) {
					return
				}
			}
			w.rows = w.rows[:0]
		}
	})
	if err = cmp.Or(refused, err); err != nil {
		return err
	}
	w.forget()
	if last := w.head.measurementID; last >= first {
		w.audited(actor, "measurements.appended", target, [2]int64{first, last}, before.Sum(nil), after.Sum(nil))
	}
	return nil
}
