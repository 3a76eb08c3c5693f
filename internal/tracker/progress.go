package tracker

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Figures are what progress needs of the store.
type Figures interface {
	// Indicators returns a page of the versions that a query selects, in the order of the plans,
	// and the position of the following page.
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// Placed returns what Indicators does, with places.
	Placed(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Placed, int64, error)
	// IndicatorsAsOf returns the versions that were current at a moment.
	IndicatorsAsOf(ctx context.Context, visible indicator.Visibility, q indicator.Query, at time.Time) ([]indicator.Indicator, error)
	Current(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error)
	// Seal moves the ledger on to a moment, so that what is stored later has a later one.
	Seal(ctx context.Context, at time.Time) error
}

// Moment is a point on both clocks: the date judged and the moment whose
// knowledge is used. The zero Moment is today, as known now.
type Moment struct {
	On   indicator.Date
	AsOf time.Time
}

// IndicatorProgress is an indicator with its progress at a moment.
type IndicatorProgress struct {
	Indicator indicator.Indicator
	AsOf      time.Time
	Profile   int // the version of the profile that judged; 0 before the store has one
	Result    progress.Result
	// Reports counts the periods that have a report, and Last is the newest of these reports,
	// without who sent it; nil for none, and where it was not asked for.
	Reports int
	Last    *indicator.Measurement
}

// settle puts a moment on the ledger: knowledge is that of the moment asked for or, where
// none is, of the last change there was, and the day, where none is given, the one of
// the question. What is asked at the moment that this gives is answered the same ever
// after. It refuses knowledge of the future.
func (s *Service) settle(ctx context.Context, at Moment) (Moment, error) {
	last, err := s.checkKnown(ctx, at.AsOf)
	if err != nil {
		return at, err
	}
	at.AsOf = at.AsOf.Truncate(time.Microsecond) // as moments are
	asked := at.AsOf
	if asked.IsZero() {
		asked = s.now()
	}
	if at.On.IsZero() {
		then, err := s.profileAt(ctx, earliest(asked, last))
		if err != nil {
			return at, err
		}
		at.On = indicator.DateIn(asked, then.Place)
	}
	if at.AsOf.IsZero() || at.AsOf.After(last) && s.seal(ctx, at.AsOf) != nil {
		at.AsOf = last // which is as much as is known of the moment asked for
	}
	return at, nil
}

// Settle puts a moment on the ledger as Progress does: what is asked at the moment that it gives is
// answered the same ever after.
func (s *Service) Settle(ctx context.Context, at Moment) (Moment, error) { return s.settle(ctx, at) }

// ProfileAt is the profile that judges knowledge of a moment, with its version.
func (s *Service) ProfileAt(ctx context.Context, moment time.Time) (progress.Profile, int, error) {
	p, err := s.profileAt(ctx, moment)
	return p.Profile, p.version, err
}

// dutiesAt is the moment whose names and duties of agencies go with a day judged: its
// last one.
func (s *Service) dutiesAt(ctx context.Context, at Moment) (time.Time, error) {
	profile, err := s.profileAt(ctx, at.AsOf)
	if err != nil {
		return time.Time{}, err
	}
	next := at.On.AddDays(1)
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, profile.Place).Add(-time.Microsecond), nil
}

// sealing lets one seal be tried at a time, for all who ask meanwhile.
type sealing struct {
	turn   chan struct{}
	begun  atomic.Int64 // how many were tried
	failed int64        // the last of them that failed; read and written in turn
	cause  error        // of that
}

// seal makes sure that nothing is stored at or before a moment any more. Whoever asks
// while others do shares one write, or its failure: while somebody holds the ledger for
// long, nobody waits for all who came before.
func (s *Service) seal(ctx context.Context, at time.Time) error {
	came := s.sealing.begun.Load()
	select {
	case s.sealing.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.sealing.turn }()
	if s.sealing.failed > came {
		return s.sealing.cause
	}
	head, err := s.head(ctx)
	if err != nil || !at.After(head.Moment) {
		return err
	}
	try := s.sealing.begun.Add(1)
	if err := s.figures.Seal(ctx, latest(at, s.now())); err != nil {
		s.sealing.failed, s.sealing.cause = try, err
		return err
	}
	return nil
}

// CheckKnown refuses a moment that is still to come, as nobody can say what will be
// known then, and makes sure that what is known of any other stays so. The zero time
// passes.
func (s *Service) CheckKnown(ctx context.Context, asOf time.Time) error {
	last, err := s.checkKnown(ctx, asOf)
	if err == nil && asOf.After(last) {
		return s.seal(ctx, asOf)
	}
	return err
}

// checkKnown is CheckKnown with the last moment there is, which counts as known when
// the clock was set back since.
func (s *Service) checkKnown(ctx context.Context, asOf time.Time) (last time.Time, err error) {
	head, err := s.head(ctx)
	if err != nil {
		return last, err
	}
	last = head.Moment
	if now := latest(s.now(), last); asOf.After(now) {
		return last, fault.Newf(fault.InvalidParameter, "as_of 不能晚于当前时刻 %s", "as_of must not be later than now, %s", now.UTC().Format(time.RFC3339)).At("as_of")
	}
	return last, nil
}

// Progress computes the progress of one indicator, of any state, without its working. One
// that did not exist yet at the moment is not found.
func (s *Service) Progress(ctx context.Context, code string, at Moment) (IndicatorProgress, error) {
	return s.progressOfOne(ctx, code, at, progress.Brief)
}

// ExplainedProgress is Progress with its working, which is most of the work.
func (s *Service) ExplainedProgress(ctx context.Context, code string, at Moment) (IndicatorProgress, error) {
	return s.progressOfOne(ctx, code, at, progress.Compute)
}

func (s *Service) progressOfOne(ctx context.Context, code string, at Moment, compute computing) (IndicatorProgress, error) {
	in, at, err := s.known(ctx, code, at)
	if err != nil {
		return IndicatorProgress{}, err
	}
	all, err := s.progressOfAll(ctx, []indicator.Indicator{in}, at, compute)
	if err != nil {
		return IndicatorProgress{}, err
	}
	return all[0], nil
}

// known settles a moment and gives the version that an indicator had then, if the caller
// may learn of it.
func (s *Service) known(ctx context.Context, code string, at Moment) (indicator.Indicator, Moment, error) {
	at, err := s.settle(ctx, at)
	if err != nil {
		return indicator.Indicator{}, at, err
	}
	in, err := s.visible(ctx, code)
	if err == nil && in.UpdatedAt.After(at.AsOf) {
		in, err = s.versionAt(ctx, in, at.AsOf)
	}
	return in, at, err
}

func (s *Service) versionAt(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Indicator, error) {
	then, err := s.figures.IndicatorsAsOf(ctx, access.Visibility(ctx), indicator.Query{Selection: indicator.Selection{Codes: []string{in.Code}}}, asOf)
	if err != nil {
		return indicator.Indicator{}, err
	}
	if len(then) > 0 {
		return then[0], nil
	}
	return indicator.Indicator{}, fault.Newf(fault.NotFound, "指标 %s 在 %s 尚未建立", "the indicator %s did not exist at %s", in.Code, asOf.UTC().Format(time.RFC3339))
}

// computing is how much of a result is made: that of progress.Compute, Brief or Figures.
type computing func(indicator.Indicator, []indicator.Measurement, indicator.Date, progress.Profile) progress.Result

// progressOfAll counts the reports known at a moment.
func (s *Service) progressOfAll(ctx context.Context, ins []indicator.Indicator, at Moment, compute computing) ([]IndicatorProgress, error) {
	reports, profile, err := s.knownAt(ctx, ins, at)
	if err != nil {
		return nil, err
	}
	all := make([]IndicatorProgress, len(ins))
	for i, in := range ins {
		all[i] = IndicatorProgress{
			Indicator: in, AsOf: at.AsOf, Profile: profile.version,
			Result:  compute(in, reports[in.Code], at.On, profile.Profile),
			Reports: periodsOfReports(reports[in.Code]), Last: newest(reports[in.Code]),
		}
	}
	return all, nil
}

// knownAt are the reports of indicators that were known at a moment, by code, and the
// profile that judges them.
func (s *Service) knownAt(ctx context.Context, ins []indicator.Indicator, at Moment) (map[string][]indicator.Measurement, judging, error) {
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	reports, err := s.figures.Current(ctx, codes, at.AsOf)
	if err != nil {
		return nil, judging{}, err
	}
	profile, err := s.profileAt(ctx, at.AsOf)
	return reports, profile, err
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
