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
	now := s.now()
	historic = !at.AsOf.IsZero()
	switch {
	case !historic:
		at.AsOf = now
	case at.AsOf.After(now):
		return at, true, fault.Newf(fault.InvalidParameter, "as_of 不能晚于当前时刻 %s", "as_of must not be later than now, %s", now.UTC().Format(time.RFC3339)).At("as_of")
	}
	if at.On.IsZero() {
		at.On = indicator.DateIn(at.AsOf, s.place)
	}
	return at, historic, nil
}

// Progress computes the progress of one indicator, of any state. An indicator that did not
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
	return s.progressOf(ctx, in, at)
}

func (s *Service) versionAt(ctx context.Context, in indicator.Indicator, asOf time.Time) (indicator.Indicator, error) {
	then, err := s.store.IndicatorsAsOf(ctx, indicator.Query{Code: in.Code, Sight: access.Sight(ctx)}, asOf)
	if err != nil {
		return indicator.Indicator{}, err
	}
	if len(then) > 0 {
		return then[0], nil
	}
	return indicator.Indicator{}, fault.Newf(fault.NotFound, "指标 %s 在 %s 尚未建立", "the indicator %s did not exist at %s", in.Code, asOf.UTC().Format(time.RFC3339))
}

func (s *Service) progressOf(ctx context.Context, in indicator.Indicator, at Moment) (IndicatorProgress, error) {
	all, err := s.progressOfAll(ctx, []indicator.Indicator{in}, at)
	if err != nil {
		return IndicatorProgress{}, err
	}
	return all[0], nil
}

func (s *Service) progressOfAll(ctx context.Context, ins []indicator.Indicator, at Moment) ([]IndicatorProgress, error) {
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	reports, err := s.store.MeasurementsOf(ctx, codes, at.AsOf)
	if err != nil {
		return nil, err
	}
	all := make([]IndicatorProgress, len(ins))
	for i, in := range ins {
		all[i] = IndicatorProgress{
			Indicator: in, AsOf: at.AsOf,
			Result: progress.Compute(in, reports[in.Code], at.On, s.profile),
		}
	}
	return all, nil
}
