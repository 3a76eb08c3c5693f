package tracker

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Reports are what a single report needs of the store.
type Reports interface {
	Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error)
	// Submit stores a report durably and says what became of it, or what a request
	// with the key led to before. It refuses a report that was checked against
	// another version than the current one with fault.PreconditionFailed.
	Submit(ctx context.Context, r indicator.Row, key indicator.Idempotency) (indicator.Receipt, *indicator.Answered, error)
	// Try judges a report as Submit does and stores nothing.
	Try(ctx context.Context, r indicator.Row) (indicator.Receipt, error)
	// Replay returns what a request with the key led to, nil when there was none.
	Replay(ctx context.Context, key indicator.Idempotency) (*indicator.Answered, error)
	// Measurement returns one measurement or retraction.
	Measurement(ctx context.Context, id int64) (indicator.Measurement, error)
	// Retract takes a measurement back.
	Retract(ctx context.Context, id int64, reason string, by indicator.Reporter, version int, cycle indicator.RowCycle) (indicator.Receipt, error)
}

// Report is a measurement as it was sent. Unit and basis may be left out, and the
// value where the two figures of a share are given, or that there is none.
//
// It names its indicator by our code, by an external code, or by both when they
// agree. Without a namespace the external code is read in that of the caller's key.
type Report struct {
	Indicator   string
	External    string
	Namespace   *string // of External; nil when it was left out
	Period      string
	Value       string
	Numerator   string
	Denominator string
	Missing     string // as indicator.ParseMissing reads it; Note says why
	Provisional bool
	Unit        string
	Basis       string
	SourceID    string
	Note        string
	EvidenceURL string
	// Agency is who is reported for; it may be left out where the sender's key says it.
	Agency string
	// Replaces is the id of the measurement that this is to take the place of.
	Replaces string
	Place    Place
}

// Place is where a row of a file stands; zero where that has no meaning.
type Place struct {
	Sheet string // of a workbook
	Line  int64  // row of the sheet or line of the file, from 1
	// Columns are the letters of the sheet's columns by the fields that they hold, as JSON
	// pointers; nil where no cell can be named.
	Columns *map[string]string
	// Percent names the cell that shows its number in percent, where the row names no
	// unit beside it.
	Percent fault.Text
}

// Recorded is a stored report with the progress that it leads to, judged at
// the end of its period.
type Recorded struct {
	Measurement indicator.Measurement
	Outcome     indicator.Outcome
	Progress    IndicatorProgress
	// Replayed says that a request with the same key was answered with this before.
	Replayed bool
	// External is the code of another system that named the indicator; zero without one.
	External indicator.ExternalCode
}

// visible is an indicator that the caller may learn of.
func (s *Service) visible(ctx context.Context, code string) (indicator.Indicator, error) {
	return s.reports.Indicator(ctx, access.Visibility(ctx), code)
}

// mostAttempts is how often a report is read again because its indicator, or what its
// external code means, was changed while it was on its way.
const mostAttempts = 9

// RecordOnce checks a report against its indicator, stores it durably, and computes
// the progress at the end of the reported period. When its key, unless that is zero,
// was used before, it stores nothing and gives what that request led to, as it was
// known then.
func (s *Service) RecordOnce(ctx context.Context, r Report, key indicator.Idempotency) (Recorded, error) {
	name := r.name(ctx)
	if key.Scope != "" {
		if before, err := s.reports.Replay(ctx, key); err != nil || before != nil {
			return s.repeatedAs(ctx, before, name, err)
		}
	}
	return s.report(ctx, r, name, func(in indicator.Indicator, row indicator.Row) (Recorded, error) {
		receipt, before, err := s.reports.Submit(ctx, row, key)
		switch {
		case err != nil:
			return Recorded{}, err
		case before != nil:
			return s.repeatedAs(ctx, before, name, nil)
		}
		recorded, err := s.recorded(ctx, in, receipt)
		return recorded.namedBy(name), err
	})
}

// Try checks and judges a report as RecordOnce does, with the progress that it would lead
// to, and stores nothing.
func (s *Service) Try(ctx context.Context, r Report) (Recorded, error) {
	name := r.name(ctx)
	return s.report(ctx, r, name, func(in indicator.Indicator, row indicator.Row) (Recorded, error) {
		receipt, err := s.reports.Try(ctx, row)
		if err != nil {
			return Recorded{}, err
		}
		tried, err := s.judged(ctx, in, receipt)
		return tried.namedBy(name), err
	})
}

// report checks a report against its indicator and submits it, once more where the
// indicator was changed on the way.
func (s *Service) report(
	ctx context.Context, r Report, name name, submit func(indicator.Indicator, indicator.Row) (Recorded, error),
) (Recorded, error) {
	if err := r.checkWhole(); err != nil {
		return Recorded{}, err
	}
	for attempt := 0; ; attempt++ {
		fresh := attempt > 0
		if fresh {
			s.forget(name)
		}
		in, err := s.reported(ctx, name)
		if err != nil {
			return Recorded{}, err
		}
		given, err := s.given(ctx, in.Plan, r.Agency)
		if err != nil {
			return Recorded{}, err
		}
		row, err := s.admitted(ctx, r, in, given)
		if err != nil {
			if fresh {
				return Recorded{}, err
			}
			continue // perhaps the indicator has changed since it was last seen
		}
		recorded, err := submit(in, row)
		switch {
		case !fault.Is(err, fault.PreconditionFailed):
			return recorded, err
		case attempt == mostAttempts:
			return Recorded{}, keepsChanging(err)
		}
	}
}

func keepsChanging(err error) error {
	return fault.Newf(fault.Unavailable,
		"指标正在频繁变动，未保存，请稍后重发", "the indicator keeps changing, so nothing was stored; send it again in a moment").Because(err)
}

// recorded is what has just become of a report, with the progress that it leads to.
func (s *Service) recorded(ctx context.Context, in indicator.Indicator, receipt indicator.Receipt) (Recorded, error) {
	s.profiles.agree(indicator.LedgerHead{Moment: receipt.At, Profile: receipt.Profile})
	return s.judged(ctx, in, receipt)
}

// judged is a receipt with the progress at the end of its period, without its working.
func (s *Service) judged(ctx context.Context, in indicator.Indicator, receipt indicator.Receipt) (Recorded, error) {
	profile, err := s.profileAt(ctx, receipt.At)
	if err != nil {
		return Recorded{}, err
	}
	m := receipt.Measurement
	return Recorded{Measurement: m, Outcome: receipt.Outcome, Progress: IndicatorProgress{
		Indicator: in, AsOf: receipt.At, Profile: profile.version,
		Result:  progress.Brief(in, receipt.Current, m.Period.End(), profile.Profile),
		Reports: periodsOfReports(receipt.Current),
	}}, nil
}

// repeatedAs is what a request led to that came before with the same key: nothing when
// there was none.
func (s *Service) repeatedAs(ctx context.Context, before *indicator.Answered, name name, err error) (Recorded, error) {
	if err != nil || before == nil {
		return Recorded{}.namedBy(name), err
	}
	r, err := s.judged(ctx, before.Indicator, before.Receipt)
	r.Replayed = true
	return r.namedBy(name), err
}

// admitted is the row that a report makes, if the caller may learn of the indicator
// and report on it, for the agency given.
func (s *Service) admitted(ctx context.Context, r Report, in indicator.Indicator, given access.Given) (indicator.Row, error) {
	name := r.name(ctx)
	if access.CheckVisible(ctx, in) != nil {
		return indicator.Row{}, name.unknown()
	}
	if err := name.agrees(in); err != nil {
		return indicator.Row{}, err
	}
	by, err := access.ReporterFor(ctx, in, given)
	if err != nil {
		return indicator.Row{}, name.at(err)
	}
	m, err := r.measurementFor(in)
	if err != nil {
		return indicator.Row{}, name.at(err)
	}
	m.ReportedBy = by
	replaces, err := r.replaced()
	if err != nil {
		return indicator.Row{}, err
	}
	return indicator.Row{Measurement: m, Version: in.Version, Replaces: replaces, Apart: in.Each != "", Cycle: s.cycleOf(in, m.Period), Refuse: s.refusal(in, m)}, s.checkBegun(m.Period)
}

// replaced reads the id of the measurement that is to be replaced, 0 for none.
func (r Report) replaced() (int64, error) {
	if r.Replaces == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(r.Replaces, 10, 64)
	if err != nil || id <= 0 || strconv.FormatInt(id, 10) != r.Replaces {
		return 0, fault.Newf(fault.InvalidValue, "replaces 应为实绩的 id", "replaces is the id of a measurement").At("/replaces")
	}
	return id, nil
}

// checkBegun refuses a period that has not begun: nobody can have measured it.
func (s *Service) checkBegun(p indicator.Period) error {
	if today := s.Today(); p.Start().After(today) {
		return fault.Newf(fault.PeriodInFuture,
			"报告期 %s 自 %s 起，今天是 %s，尚不能报送", "the period %s begins on %s and today is %s: it cannot be reported yet", p, p.Start(), today).At("/period")
	}
	return nil
}

// refusal is asked where a measurement is stored, if the profile refuses any.
func (s *Service) refusal(in indicator.Indicator, m indicator.Measurement) func([]indicator.Measurement) error {
	profile := s.profiles.newest().Profile
	if len(profile.Refused) == 0 {
		return nil
	}
	m.RecordedAt = s.now()
	return func(existing []indicator.Measurement) error { return progress.Refusal(in, existing, m, profile) }
}

// Retract takes a measurement back and computes the progress without it, at the
// end of its period. Agency is who reported it, by the name that it keeps; only a caller
// that reports for others has to know. Otherwise Retract fails with
// fault.ReportedByAnother, which names the measurement.
func (s *Service) Retract(ctx context.Context, id int64, reason, agency string) (Recorded, error) {
	if strings.TrimSpace(reason) == "" {
		return Recorded{}, fault.Required("/reason")
	}
	if err := indicator.CheckNote("/reason", reason); err != nil {
		return Recorded{}, err
	}
	m, err := s.reports.Measurement(ctx, id)
	if err != nil {
		return Recorded{}, err
	}
	for attempt := 0; ; attempt++ {
		retracted, err := s.retract(ctx, m, reason, agency)
		switch {
		case !fault.Is(err, fault.PreconditionFailed):
			return retracted, err
		case attempt == mostAttempts:
			return Recorded{}, keepsChanging(err)
		}
	}
}

func (s *Service) retract(ctx context.Context, m indicator.Measurement, reason, agency string) (Recorded, error) {
	in, err := s.reports.Indicator(ctx, indicator.AllVisible(), m.Indicator)
	if err != nil {
		return Recorded{}, err
	}
	sent, err := s.sender(ctx, in.Plan, m.ReportedBy)
	if err != nil {
		return Recorded{}, err
	}
	by, err := access.Retractor(ctx, in, sent, agency)
	if fault.Is(err, fault.ReportedByAnother) {
		return Recorded{}, fault.From(err).Of(m.ID)
	}
	if err != nil {
		return Recorded{}, err
	}
	receipt, err := s.reports.Retract(ctx, m.ID, reason, by, in.Version, s.cycleOf(in, m.Period))
	if err != nil {
		return Recorded{}, err
	}
	return s.recorded(ctx, in, receipt)
}

// searchable says whether a database may hold a code: one with a zero byte or bad
// UTF-8 it cannot even look for.
func searchable(code string) bool { return !strings.ContainsRune(code, 0) && utf8.ValidString(code) }

// checkWhole reports the first field that is left out and must not be.
func (r Report) checkWhole() error {
	switch {
	case r.External == "" && r.Namespace != nil:
		return fault.Required("/external_code")
	case r.Indicator == "" && r.External == "":
		return fault.Required("/indicator")
	case r.Period == "":
		return fault.Required("/period")
	case r.Missing != "":
		return r.checkWithout()
	case r.Numerator == "" && r.Denominator == "":
		if r.Value == "" {
			return fault.Required("/value")
		}
	case r.Numerator == "":
		return fault.Required("/numerator")
	case r.Denominator == "":
		return fault.Required("/denominator")
	case r.Value != "":
		return fault.Newf(fault.InvalidValue, "已给出分子、分母，value 由其算出，不必再给", "the value follows from numerator and denominator: leave it out").At("/value")
	}
	return nil
}

// checkWithout refuses a figure beside the word that there is none.
func (r Report) checkWithout() error {
	for _, given := range []struct{ text, field string }{{r.Value, "/value"}, {r.Numerator, "/numerator"}, {r.Denominator, "/denominator"}} {
		if given.text != "" {
			return fault.Newf(fault.InvalidValue, "已注明没有数据（missing），不能同时给出数值",
				"the report says that there is no figure (missing), and gives one").At(given.field)
		}
	}
	return nil
}

// readValue reads the value, or computes it in the unit of the measurement from
// the two figures of a share. Where the figure is missing there is nothing to read.
func (r Report) readValue(m *indicator.Measurement) error {
	if r.Missing != "" {
		var err error
		m.Missing, err = indicator.ParseMissing(r.Missing)
		return fault.At(err, "/missing")
	}
	if r.Denominator == "" {
		var err error
		m.Value, err = quantity.ParseNumber(r.Value)
		return fault.At(err, "/value")
	}
	numerator, err := quantity.ParseNumber(r.Numerator)
	if err != nil {
		return fault.At(err, "/numerator")
	}
	denominator, err := quantity.ParseNumber(r.Denominator)
	if err != nil {
		return fault.At(err, "/denominator")
	}
	m.Share = &indicator.Share{Numerator: numerator, Denominator: denominator}
	if denominator.Sign() != 0 {
		m.Value = m.Share.Rounded(m.Unit)
	}
	return nil
}

// measurementFor reads the report's texts, with unit and basis by default those
// of the indicator, and checks the result.
func (r Report) measurementFor(in indicator.Indicator) (indicator.Measurement, error) {
	m := indicator.Measurement{
		Indicator: in.Code, Unit: in.Target.Unit, Basis: in.DefaultBasis,
		Provisional: r.Provisional, SourceID: r.SourceID, Note: r.Note, EvidenceURL: r.EvidenceURL,
	}
	if r.Missing != "" {
		m.Unit = quantity.Unit{}
	}
	if err := in.State.CheckReportable(in.Code); err != nil {
		return m, err
	}
	var err error
	if m.Period, err = indicator.ParsePeriod(r.Period); err != nil {
		return m, fault.At(err, "/period")
	}
	if r.Unit != "" {
		if m.Unit, err = quantity.ParseUnit(r.Unit); err != nil {
			return m, fault.At(err, "/unit")
		}
	}
	if r.Basis != "" {
		if m.Basis, err = indicator.ParseBasis(r.Basis); err != nil {
			return m, fault.At(err, "/basis")
		}
	}
	if err = r.readValue(&m); err != nil {
		return m, err
	}
	err = m.CheckFor(in)
	if !m.IsFigure() {
		m.Unit = quantity.Unit{} // it may be named, as in a template, but is the unit of nothing
	}
	return m, err
}
