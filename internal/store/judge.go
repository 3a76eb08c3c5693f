package store

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// errStale says that a row was checked against a version of its indicator that
// is not current any more.
var errStale = fault.Newf(fault.PreconditionFailed,
	"指标在此期间被修改，请重试", "the indicator was changed in the meantime; try again").At("/indicator")

// take judges a row against what is stored, and stores it unless it is refused
// or there already. What it needs must have been loaded. before is the hash of
// the revision that it replaces, empty for the first.
func (w *writing) take(r indicator.Row) (receipt indicator.Receipt, before []byte) {
	if r.Refusal != nil {
		return refusal(r.Refusal), nil
	}
	m := r.Measurement
	t := w.targets[m.Indicator]
	switch {
	case t == nil:
		return refusal(fault.Newf(fault.UnknownIndicator,
			"没有指标 %s", "there is no indicator %s", m.Indicator).At("/indicator")), nil
	case r.Version != 0 && r.Version != t.version:
		return refusal(errStale), nil
	}
	if err := t.review.CheckReportable(t.code); err != nil {
		return refusal(fault.From(err)), nil
	}
	k := key{m.Period, m.Basis}
	newest := t.state.of(k)
	if known := w.sources[sourceKey{t.id, m.SourceID}]; m.SourceID != "" && known != nil && known.Retracts == 0 {
		switch {
		case known.Period != m.Period || known.Basis != m.Basis:
			return refusal(sourceTaken(m, *known)), nil
		case repeats(m, *known):
			return indicator.Receipt{Outcome: indicator.Unchanged, Measurement: *known}, nil
		}
	}
	if newest == nil || newest.retracts != 0 {
		if err := indicator.CheckOverlap(t.state.near(m.Period), m); err != nil {
			return refusal(fault.From(err)), nil
		}
	}
	if r.Refuse != nil {
		if err := r.Refuse(t.state.snapshot().current(t.code)); err != nil {
			return refusal(fault.From(err)), nil
		}
	}
	outcome := indicator.Stored
	if newest != nil {
		outcome = indicator.Revised
	}
	m.Retracts = 0
	stored, before := w.add(t, m)
	return indicator.Receipt{Outcome: outcome, Measurement: stored}, before
}

// add stores a measurement as the next revision of its key.
func (w *writing) add(t *target, m indicator.Measurement) (stored indicator.Measurement, before []byte) {
	k := key{m.Period, m.Basis}
	m.Revision = 1
	if newest := t.state.of(k); newest != nil {
		m.Revision = newest.revision + 1
		before = newest.hash[:]
	}
	w.head.measurementID++
	m.ID, m.RecordedAt = w.head.measurementID, w.tick()
	t.state.put(entryOf(m))
	if !t.changed {
		t.changed = true
		w.changed = append(w.changed, t)
	}
	if m.SourceID != "" {
		kept := m
		w.sources[sourceKey{t.id, m.SourceID}] = &kept
	}
	w.rows = append(w.rows, measurementValues(t.id, m))
	return m, before
}

func refusal(f *fault.Fault) indicator.Receipt {
	return indicator.Receipt{Outcome: indicator.Refused, Refusal: f}
}

// repeats reports whether a report says again what is stored.
func repeats(m, stored indicator.Measurement) bool {
	return m.Value.Equal(stored.Value) && m.Unit.Equal(stored.Unit) && sameShare(m.Share, stored.Share) &&
		m.Note == stored.Note && m.EvidenceURL == stored.EvidenceURL
}

func sameShare(a, b *indicator.Share) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Numerator.Equal(b.Numerator) && a.Denominator.Equal(b.Denominator)
}

// sourceTaken refuses to let a report of one period become one of another: that
// would have to take back the first without anyone having said so.
func sourceTaken(m, known indicator.Measurement) *fault.Fault {
	return fault.Newf(fault.SourceIDTaken,
		"来源编号 %[1]s 已用于报告期 %[2]s（%[3]s）的实绩 %[4]d；如报告期有误，请先撤回该实绩，或换用新的编号",
		"the source_id %[1]s belongs to the measurement %[4]d of the period %[2]s (%[3]s); if that period was wrong, retract it first, or use another source_id",
		m.SourceID, known.Period, known.Basis, known.ID).At("/source_id")
}
