package tracker

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Report is a measurement as it was sent. Unit and basis may be left out.
type Report struct {
	Indicator   string
	Period      string
	Value       string
	Unit        string
	Basis       string
	SourceID    string
	Note        string
	EvidenceURL string
}

// Recorded is a stored report with the progress that it leads to, judged at
// the end of its period.
type Recorded struct {
	Measurement indicator.Measurement
	Outcome     indicator.Outcome
	Progress    IndicatorProgress
}

// Record checks a report against its indicator, stores it durably, and reads
// the progress at the end of the reported period.
func (s *Service) Record(ctx context.Context, r Report) (Recorded, error) {
	if err := r.checkWhole(); err != nil {
		return Recorded{}, err
	}
	in, err := s.reported(ctx, r.Indicator)
	if err != nil {
		return Recorded{}, err
	}
	m, err := r.measurementFor(in)
	if err != nil {
		return Recorded{}, err
	}
	stored, outcome, err := s.store.AppendMeasurement(ctx, m)
	if err != nil {
		return Recorded{}, err
	}
	p, err := s.progressOf(ctx, in, Moment{On: m.Period.End(), AsOf: s.now()}, false)
	if err != nil {
		return Recorded{}, err
	}
	return Recorded{Measurement: stored, Outcome: outcome, Progress: p}, nil
}

// visible is an indicator that the caller may learn of.
func (s *Service) visible(ctx context.Context, code string) (indicator.Indicator, error) {
	in, err := s.store.Indicator(ctx, code)
	if err != nil {
		return indicator.Indicator{}, err
	}
	return in, access.CheckSight(ctx, in)
}

// reported finds the indicator of a report. The store looks at its state once
// more, where a rejection cannot come between.
func (s *Service) reported(ctx context.Context, code string) (indicator.Indicator, error) {
	in, err := s.visible(ctx, code)
	if err != nil {
		return indicator.Indicator{}, unknownAs(err, fault.UnknownIndicator, "/indicator", code)
	}
	if err := access.CheckReport(ctx, in); err != nil {
		return indicator.Indicator{}, err
	}
	return in, in.State.CheckReportable(code)
}

// checkWhole reports the first field that is left out and must not be.
func (r Report) checkWhole() error {
	switch {
	case r.Indicator == "":
		return fault.Required("/indicator")
	case r.Period == "":
		return fault.Required("/period")
	case r.Value == "":
		return fault.Required("/value")
	}
	return nil
}

// measurementFor reads the report's texts, with unit and basis by default those
// of the indicator, and checks the result.
func (r Report) measurementFor(in indicator.Indicator) (indicator.Measurement, error) {
	m := indicator.Measurement{
		Indicator: in.Code, Unit: in.Target.Unit, Basis: in.Kind.DefaultBasis(),
		SourceID: r.SourceID, Note: r.Note, EvidenceURL: r.EvidenceURL,
	}
	var err error
	if m.Period, err = indicator.ParsePeriod(r.Period); err != nil {
		return m, fault.At(err, "/period")
	}
	if m.Value, err = quantity.ParseNumber(r.Value); err != nil {
		return m, fault.At(err, "/value")
	}
	if r.Unit != "" {
		if m.Unit, err = quantity.ParseUnit(r.Unit); err != nil {
			return m, fault.At(err, "/unit")
		}
	}
	if r.Basis != "" {
		if m.Basis, err = indicator.ParseWord(r.Basis, indicator.Bases); err != nil {
			return m, fault.At(err, "/basis")
		}
	}
	return m, m.CheckFor(in)
}
