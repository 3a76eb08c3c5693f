package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

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
	Result    progress.Result
}

// settle fills the zero parts of a moment: as known now, judged on the day of
// that knowledge. It refuses knowledge of the future. historic says whether
// AsOf was asked for, so that older versions must be read.
func (s *Service) settle(at Moment) (settled Moment, historic bool, err error) {
	if err := s.CheckKnown(at.AsOf); err != nil {
		return at, true, err
	}
	historic = !at.AsOf.IsZero()
	if !historic {
		at.AsOf = s.store.Known(s.now())
	}
	if at.On.IsZero() {
		at.On = indicator.DateIn(at.AsOf, s.place)
	}
	return at, historic, nil
}

// CheckKnown refuses a moment that is still to come, as nobody can say what
// will be known then. The zero time passes.
func (s *Service) CheckKnown(asOf time.Time) error {
	if now := s.now(); asOf.After(now) {
		return fault.Newf(fault.InvalidParameter, "as_of 不能晚于当前时刻 %s", "as_of must not be later than now, %s", now.UTC().Format(time.RFC3339)).At("as_of")
	}
	return nil
}

// Progress computes the progress of one indicator, of any state. One that did not
// exist yet at the moment is not found.
func (s *Service) Progress(ctx context.Context, code string, at Moment) (IndicatorProgress, error) {
	at, historic, err := s.settle(at)
	if err != nil {
		return IndicatorProgress{}, err
	}
	in, err := s.visible(ctx, code)
	if err != nil {
		return IndicatorProgress{}, err
	}
	if historic {
		if in, err = s.versionAt(ctx, in, at.AsOf); err != nil {
			return IndicatorProgress{}, err
		}
	}
	return s.progressOf(ctx, in, at, historic)
}

func (s *Service) versionAt(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Indicator, error) {
	then, err := s.store.IndicatorsAsOf(ctx, access.Sight(ctx), indicator.Query{Code: in.Code}, asOf)
	if err != nil {
		return indicator.Indicator{}, err
	}
	if len(then) > 0 {
		return then[0], nil
	}
	return indicator.Indicator{}, fault.Newf(fault.NotFound, "指标 %s 在 %s 尚未建立", "the indicator %s did not exist at %s", in.Code, asOf.UTC().Format(time.RFC3339))
}

func (s *Service) progressOf(ctx context.Context, in indicator.Indicator, at Moment, historic bool) (IndicatorProgress, error) {
	all, _, err := s.progressOfAll(ctx, []indicator.Indicator{in}, at, historic)
	if err != nil {
		return IndicatorProgress{}, err
	}
	return all[0], nil
}

// progressOfAll counts every report there is unless the moment is historic: a
// report that was acknowledged by a process whose clock is ahead is known, so
// the moment returned moves on to the newest record read.
func (s *Service) progressOfAll(ctx context.Context, ins []indicator.Indicator, at Moment, historic bool) ([]IndicatorProgress, Moment, error) {
	var known time.Time
	if historic {
		known = at.AsOf
	}
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	reports, err := s.store.Current(ctx, codes, known)
	if err != nil {
		return nil, at, err
	}
	at.AsOf = newest(at.AsOf, ins, reports)
	all := make([]IndicatorProgress, len(ins))
	for i, in := range ins {
		all[i] = IndicatorProgress{
			Indicator: in, AsOf: at.AsOf,
			Result: progress.Compute(in, reports[in.Code], at.On, s.profile),
		}
	}
	return all, at, nil
}

// newest is the latest of a moment and those at which records were stored.
func newest(at time.Time, ins []indicator.Indicator, reports map[string][]indicator.Measurement) time.Time {
	for _, in := range ins {
		at = latest(at, in.UpdatedAt)
		for _, m := range reports[in.Code] {
			at = latest(at, m.RecordedAt)
		}
	}
	return at
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
