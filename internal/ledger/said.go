package ledger

import (
	"database/sql"
	"slices"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// sourceKey is a sender's name for a report: within an indicator, and of the agency
// that reports, so that two agencies may count alike.
type sourceKey struct {
	indicator int64
	source    string
	agencyID  int64  // of the one that has its duties now; 0 where only its name is known
	agency    string // its name, where it has no id: one with an id may have several
}

// lastSaid is the newest measurement of a source.
type lastSaid struct {
	indicator.Measurement
	texts *texts // in place of its note and evidence, which a dry run does not keep
}

// sourceQuery asks for the newest measurement of a source.
type sourceQuery struct {
	sourceKey
	name     string  // of the agency, for reports of which only that was kept
	agencies []int64 // whose reports are the agency's
}

// sourceOf is the name that a report has from its sender.
func (w *ledgerTx) sourceOf(t *target, m indicator.Measurement) sourceKey {
	k := sourceKey{indicator: t.id, source: m.SourceID, agencyID: w.owner(m.ReportedBy).AgencyID}
	if k.agencyID == 0 {
		k.agency = m.ReportedBy.Agency
	}
	return k
}

// pastKey is a period and basis of an indicator.
type pastKey struct {
	target int64
	key
}

// past is what was stored for a period and basis, the oldest first.
type past []saying

// saying is one record of a past. A retraction has the source and the agency of what
// it takes back.
type saying struct {
	retraction bool
	source     string
	reporter   int64 // 0 where that is not known: then it is anybody's
	by         indicator.Reporter
	figures    indicator.Measurement
	texts      texts
}

func (w *ledgerTx) sayingOf(m indicator.Measurement, reporter int64) saying {
	return saying{
		retraction: m.Retracts != 0, source: m.SourceID, reporter: reporter, by: w.owner(m.ReportedBy),
		figures: indicator.Measurement{Value: m.Value, Unit: m.Unit, Share: m.Share, Missing: m.Missing, Provisional: m.Provisional},
		texts:   textsOf(m),
	}
}

// isOf reports whether the source of a report is that of a record.
func (s saying) isOf(m indicator.Measurement) bool {
	return s.source == m.SourceID && (s.reporter == 0 || isSameAgency(s.by, m.ReportedBy))
}

// isSameAgency reports whether two reporters report for one agency. One of which only
// the name was kept is the agency of that name.
func isSameAgency(a, b indicator.Reporter) bool {
	if a.AgencyID == 0 || b.AgencyID == 0 {
		return a.Agency == b.Agency
	}
	return a.AgencyID == b.AgencyID
}

// owner is a reporter with the agency that has the duties of its agency now.
func (w *ledgerTx) owner(r indicator.Reporter) indicator.Reporter {
	if r.AgencyID == 0 {
		return r
	}
	if view := w.agencyView(); view != nil {
		r.AgencyID = view.Holder(view.Agency(r.AgencyID))
	}
	return r
}

// owned is a report with the owner of its source as its reporter.
func (w *ledgerTx) owned(m indicator.Measurement) indicator.Measurement {
	m.ReportedBy = w.owner(m.ReportedBy)
	return m
}

// namesOf are the ids under which reports of an agency were stored.
func (w *ledgerTx) namesOf(agency int64) []int64 {
	if view := w.agencyView(); view != nil && agency != 0 {
		if names := view.AnswersFor(agency); len(names) > 0 {
			return names
		}
	}
	return []int64{agency}
}

// agencyView is what has happened to agencies, nil as long as nothing has.
func (w *ledgerTx) agencyView() *AgencyView {
	if w.head.agencyEvent == 0 {
		return nil
	}
	if w.agencies == nil {
		view, err := w.ledger.agencyViewAt(w.ctx, w.asking(), w.head.agencyEvent)
		if err != nil {
			w.failed = err
			return nil
		}
		view.At = w.head.upcoming(w.ledger.db.Now())
		w.agencies = &view
	}
	return w.agencies
}

// standing is what stands, nil where nothing does.
func (p past) standing() *saying {
	if len(p) == 0 || p[len(p)-1].retraction {
		return nil
	}
	return &p[len(p)-1]
}

// isRepeatedBy reports whether a report says the same again.
func (s saying) isRepeatedBy(m indicator.Measurement) bool {
	return sameFigures(m, s.figures) && textsOf(m) == s.texts
}

// bringsBack reports whether a report would bring back what its source has said
// before and does not stand any more. stands says whether something else does; where
// nothing does, what another agency put in its place and was taken back since is no
// judgement of it.
func (p past) bringsBack(m indicator.Measurement, stands bool) bool {
	last := -1
	for i, s := range p {
		if !s.retraction && s.isOf(m) && sameAmount(m, s.figures) {
			last = i
		}
	}
	if last < 0 || stands {
		return last >= 0
	}
	return slices.ContainsFunc(p[last+1:], func(s saying) bool {
		ours := s.by.Agency == "" || isSameAgency(s.by, m.ReportedBy)
		return ours && (s.retraction || !s.isOf(m))
	})
}

// loadPast reads what was stored for the periods of rows whose sources have spoken of
// them before and do not stand. There are few such rows.
func (w *ledgerTx) loadPast(rows []indicator.Row) error {
	shared := w.sharedKeys(rows)
	for _, r := range rows {
		m := r.Measurement
		t := w.targets[m.Indicator]
		if t == nil || m.SourceID == "" || r.Refusal != nil {
			continue
		}
		of := pastKey{t.id, key{m.Period, m.Basis}}
		if _, loaded := w.past[of]; loaded {
			continue
		}
		newest, known := t.state.of(of.key), w.sources[w.sourceOf(t, m)]
		switch {
		case newest == nil && shared[of]:
			w.past[of] = past{}
		case newest != nil && (shared[of] || needsPast(m, known, newest)):
			list, err := w.readPast(of)
			if err != nil {
				return err
			}
			w.past[of] = list
		}
	}
	return nil
}

// needsPast reports whether the last word of a source and what is newest do not
// suffice to judge a report.
func needsPast(m indicator.Measurement, known *lastSaid, newest *entry) bool {
	if known == nil || saidLast(m, known, newest) {
		return false
	}
	return known.ID != newest.id || newest.retracts != 0
}

// saidLast reports whether a report is the last word of its source, which something
// else that stands has replaced.
func saidLast(m indicator.Measurement, known *lastSaid, newest *entry) bool {
	return newest.retracts == 0 && known.Retracts == 0 && known.ID != newest.id && sameAmount(m, known.Measurement)
}

// sharedKeys are those that several of the rows report, where that leads to several
// revisions: not in a batch, which reports each once.
func (w *ledgerTx) sharedKeys(rows []indicator.Row) map[pastKey]bool {
	if w.seen != nil || len(rows) < 2 {
		return nil
	}
	shared := map[pastKey]bool{}
	for _, r := range rows {
		if t := w.targets[r.Measurement.Indicator]; t != nil && r.Refusal == nil {
			of := pastKey{t.id, key{r.Measurement.Period, r.Measurement.Basis}}
			_, again := shared[of]
			shared[of] = again
		}
	}
	return shared
}

func (w *ledgerTx) readPast(of pastKey) (list past, err error) {
	err = database.Each(w.ctx, w.asking(), "SELECT "+measurementColumns+" FROM measurements m"+joinReporter+
		"WHERE m.indicator_id = $1 AND m.period = $2 AND m.basis = $3 ORDER BY m.revision", []any{of.target, of.period.String(), string(of.basis)}, func(found *sql.Rows) error {
		one, err := scanMeasurement(found)
		if err != nil {
			return err
		}
		s := w.sayingOf(one.measurement(""), one.ReporterID)
		if s.retraction && len(list) > 0 { // of the revision before it
			s.reporter, s.by = list[len(list)-1].reporter, list[len(list)-1].by
		}
		list = append(list, s)
		return nil
	})
	return list, err
}
