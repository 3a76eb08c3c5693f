package ledger

import (
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// errStale says that a row was checked against a version of its indicator that
// is not current any more.
var errStale = fault.Newf(fault.PreconditionFailed,
	"指标在此期间被修改，请重试", "the indicator was changed in the meantime; try again").At("/indicator")

// judge judges a row against what is stored, and stores it unless it is refused
// or there already. What it needs must have been loaded. before is the hash of
// the revision that it replaces, empty for the first.
func (w *ledgerTx) judge(r indicator.Row) (receipt indicator.Receipt, before []byte) {
	if r.Refusal != nil {
		return refusal(r.Refusal), nil
	}
	m := r.Measurement
	t := w.targets[m.Indicator]
	if t == nil {
		return refusal(fault.Newf(fault.UnknownIndicator,
			"没有指标 %s", "there is no indicator %s", m.Indicator).At("/indicator")), nil
	}
	if err := t.review.CheckReportable(t.code); err != nil {
		return refusal(fault.From(err)), nil
	}
	k := key{m.Period, m.Basis}
	newest := t.state.of(k)
	if receipt := w.saidBefore(r, t, newest); receipt.Outcome != "" {
		if receipt.Outcome == indicator.Unchanged {
			w.see(t, k)
		}
		return receipt, nil
	}
	if err := w.checkCycle(r.Cycle, m.ReportedBy); err != nil {
		return refusal(fault.From(err)), nil
	}
	if err := w.checkReplaces(r, t, newest); err != nil {
		return refusal(fault.From(err)), nil
	}
	if newest == nil || newest.retracts != 0 || newest.missing != "" {
		near := t.state.near(m.Period)
		err := indicator.CheckOverlap(near, m)
		if err == nil && !r.Apart {
			err = indicator.CheckSameEnd(near, m)
		}
		if err != nil {
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
	w.see(t, k)
	return indicator.Receipt{Outcome: outcome, Measurement: stored}, before
}

// upToDate is a row as it is by the current version of its indicator: one that was checked
// against another is checked again.
func (w *ledgerTx) upToDate(r indicator.Row) indicator.Row {
	t := w.targets[r.Measurement.Indicator]
	if r.Refusal != nil || t == nil || r.Version == 0 || r.Version == t.version {
		return r
	}
	stale := indicator.Row{Refusal: errStale, Content: r.Content, Origin: r.Origin}
	if r.Again == nil {
		return stale
	}
	current, known := w.changes[t.code]
	if !known {
		var err error
		if current, err = w.ledger.version(w.ctx, t.code, t.version); err != nil {
			w.failed = err
			return stale
		}
		if w.changes == nil {
			w.changes = map[string]indicator.Indicator{}
		}
		w.changes[t.code] = current
	}
	now := r.Again(current)
	now.Content, now.Origin = r.Content, r.Origin
	return now
}

// saidBefore is the receipt of a row that says nothing new: its source said the same
// before, or an earlier row of the batch speaks of the same period and basis. It has
// no outcome where the row is to be judged further.
func (w *ledgerTx) saidBefore(r indicator.Row, t *target, newest *entry) indicator.Receipt {
	m := r.Measurement
	if known := w.sources[w.sourceOf(t, m)]; m.SourceID != "" && known != nil {
		moved := known.Period != m.Period || known.Basis != m.Basis
		var sayings past
		if newest != nil {
			sayings = w.past[pastKey{t.id, newest.key}]
		}
		switch {
		case moved && known.Retracts == 0:
			return refusal(sourceTaken(m, known.Measurement))
		case newest == nil:
		case newest.id == known.ID && known.Retracts == 0:
			if known.isRepeatedBy(m) {
				return indicator.Receipt{Outcome: indicator.Unchanged, Measurement: known.Measurement}
			}
		case sayings.standing() != nil && sayings.standing().isOf(w.owned(m)): // its last word may be of another period
			if sayings.standing().isRepeatedBy(m) {
				return left(indicator.Unchanged, newest)
			}
		case r.Replaces != 0 && (newest.id == r.Replaces || newest.retracts == r.Replaces):
		case saidLast(m, known, newest) || sayings.bringsBack(w.owned(m), newest.retracts == 0):
			return left(indicator.Superseded, newest)
		}
	}
	place, reported := t.state.places[key{m.Period, m.Basis}]
	if !reported || w.seen == nil {
		return indicator.Receipt{}
	}
	row, from, before := w.seen.by(t.id, place)
	switch {
	case !before:
		return indicator.Receipt{}
	case newest.retracts == 0 && m.SourceID == "" && sameFigures(m, newest.measurement(t.code)):
		return left(indicator.Unchanged, newest)
	}
	where := from.Where(row)
	return refusal(fault.Newf(fault.DuplicateInBatch,
		"本批次中前面的一行（%[4]s）已报送报告期 %[1]s（%[2]s）", "an earlier row of the batch (%[5]s) reports the period %[1]s (%[3]s) already",
		m.Period, m.Basis.Label().ZH, m.Basis, where.ZH, where.EN).At("/period"))
}

// left is the receipt of a row that leaves what stands.
func left(outcome indicator.Outcome, newest *entry) indicator.Receipt {
	return indicator.Receipt{
		Outcome: outcome, Vacant: outcome == indicator.Superseded && newest.retracts != 0,
		Measurement: indicator.Measurement{ID: newest.id, Revision: newest.revision},
	}
}

// see notes that a row of the batch speaks of a key.
func (w *ledgerTx) see(t *target, k key) {
	if w.seen != nil {
		w.seen.add(t.id, t.state.places[k])
	}
}

// checkReplaces refuses to take the place of what another agency reported, by the
// rule of indicator.CheckReplaces.
func (w *ledgerTx) checkReplaces(r indicator.Row, t *target, newest *entry) error {
	m := r.Measurement
	mine, _ := w.reporterID(m.ReportedBy)
	others := false // nearly always all is of one
	for _, e := range t.state.entries {
		others = others || e.retracts == 0 && e.reporter != mine && e.reporter != 0
	}
	if r.Replaces == 0 && !others {
		return nil
	}
	list := make([]indicator.Measurement, 0, len(t.state.entries))
	for _, e := range t.state.entries {
		if e.retracts == 0 {
			list = append(list, w.reported(e, t.code))
		}
	}
	var last indicator.Measurement
	if newest != nil {
		last = w.reported(newest, t.code)
	}
	return indicator.CheckReplaces(list, last, m, r.Replaces, func(other indicator.Reporter) bool {
		return w.sameAgency(other, m.ReportedBy)
	})
}

// sameAgency reports whether two reporters report for one agency, or for one that has
// the duties of the other now.
func (w *ledgerTx) sameAgency(a, b indicator.Reporter) bool {
	return isSameAgency(w.owner(a), w.owner(b))
}

// reported is an entry as a measurement, with who sent it.
func (w *ledgerTx) reported(e *entry, code string) indicator.Measurement {
	m := e.measurement(code)
	m.ReportedBy = w.reporter(e.reporter)
	return m
}

// add stores a measurement as the next revision of its key.
func (w *ledgerTx) add(t *target, m indicator.Measurement) (stored indicator.Measurement, before []byte) {
	k := key{m.Period, m.Basis}
	m.Revision = 1
	if newest := t.state.of(k); newest != nil {
		m.Revision = newest.revision + 1
		before = newest.hash[:]
	}
	reporter, _ := w.reporterID(m.ReportedBy)
	w.head.measurementID++
	m.ID, m.RecordedAt = w.head.measurementID, w.head.next(w.ledger.db.Now())
	t.state.put(entryOf(m, reporter))
	if !t.changed {
		t.changed = true
		w.changed = append(w.changed, t)
	}
	if m.SourceID != "" && m.Retracts == 0 {
		w.sources[w.sourceOf(t, m)] = &lastSaid{Measurement: m}
	}
	if of := (pastKey{t.id, k}); w.past[of] != nil {
		w.past[of] = append(w.past[of], w.sayingOf(m, reporter))
	}
	w.rows = append(w.rows, measurementValues(t.id, m, reporter))
	return m, before
}

func refusal(f *fault.Fault) indicator.Receipt {
	return indicator.Receipt{Outcome: indicator.Refused, Refusal: f}
}

// isRepeatedBy reports whether a report says the same again.
func (l *lastSaid) isRepeatedBy(m indicator.Measurement) bool {
	if l.texts != nil {
		return sameFigures(m, l.Measurement) && textsOf(m) == *l.texts
	}
	return sameFigures(m, l.Measurement) && m.Note == l.Note && m.EvidenceURL == l.EvidenceURL
}

func sameFigures(a, b indicator.Measurement) bool {
	return sameStatus(a, b) && a.Value.Equal(b.Value) && a.Unit.Equal(b.Unit) && sameShare(a.Share, b.Share)
}

// sameAmount is sameFigures whatever the units: 1亿元 and 10000万元.
func sameAmount(a, b indicator.Measurement) bool {
	switch {
	case !sameStatus(a, b):
		return false
	case !a.IsFigure():
		return true
	}
	if !sameShare(a.Share, b.Share) || !a.Unit.SameDimension(b.Unit) {
		return false
	}
	converted, err := quantity.Convert(b.Value.Rat(), b.Unit, a.Unit)
	return err == nil && converted.Cmp(a.Value.Rat()) == 0
}

// sameStatus reports whether both are final figures, provisional ones, or none for the
// same cause: what becomes final says something new.
func sameStatus(a, b indicator.Measurement) bool {
	return a.Missing == b.Missing && a.Provisional == b.Provisional
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
		"来源编号 %[1]s 已用于报告期 %[2]s（%[5]s）的实绩 %[4]d；如报告期有误，请先撤回该实绩，或换用新的编号",
		"the source_id %[1]s belongs to the measurement %[4]d of the period %[2]s (%[3]s); if that period was wrong, retract it first, or use another source_id",
		m.SourceID, known.Period, known.Basis, known.ID, known.Basis.Label().ZH).At("/source_id").Of(known.ID)
}
