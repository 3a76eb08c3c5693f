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

// settle puts a moment on the ledger: knowledge is that of the last change there was,
// or was by the moment asked for, and the day, where none is given, the one of the
// question. What is asked at the moment that this gives is answered the same ever
// after. It refuses knowledge of the future.
func (s *Service) settle(ctx context.Context, at Moment) (Moment, error) {
	last, err := s.checkKnown(ctx, at.AsOf)
	if err != nil {
		return at, err
	}
	asked := at.AsOf
	if asked.IsZero() {
		asked = s.now()
	}
	if at.On.IsZero() {
		at.On = indicator.DateIn(asked, s.place)
	}
	if at.AsOf.IsZero() || at.AsOf.After(last) {
		at.AsOf = last
	}
	return at, nil
}

// CheckKnown refuses a moment that is still to come, as nobody can say what
// will be known then. The zero time passes.
func (s *Service) CheckKnown(ctx context.Context, asOf time.Time) error {
	_, err := s.checkKnown(ctx, asOf)
	return err
}

// checkKnown is CheckKnown with the last moment there is, which counts as known when
// the clock was set back since.
func (s *Service) checkKnown(ctx context.Context, asOf time.Time) (last time.Time, err error) {
	if last, err = s.store.LastMoment(ctx); err != nil {
		return last, err
	}
	if now := latest(s.now(), last); asOf.After(now) {
		return last, fault.Newf(fault.InvalidParameter, "as_of 不能晚于当前时刻 %s", "as_of must not be later than now, %s", now.UTC().Format(time.RFC3339)).At("as_of")
	}
	return last, nil
}

// Progress computes the progress of one indicator, of any state. One that did not
// exist yet at the moment is not found.
func (s *Service) Progress(ctx context.Context, code string, at Moment) (IndicatorProgress, error) {
	at, err := s.settle(ctx, at)
	if err != nil {
		return IndicatorProgress{}, err
	}
	in, err := s.visible(ctx, code)
	if err != nil {
		return IndicatorProgress{}, err
	}
	if in.UpdatedAt.After(at.AsOf) {
		if in, err = s.versionAt(ctx, in, at.AsOf); err != nil {
			return IndicatorProgress{}, err
		}
	}
	all, err := s.progressOfAll(ctx, []indicator.Indicator{in}, at)
	if err != nil {
		return IndicatorProgress{}, err
	}
	return all[0], nil
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

// progressOfAll counts the reports known at a moment.
func (s *Service) progressOfAll(ctx context.Context, ins []indicator.Indicator, at Moment) ([]IndicatorProgress, error) {
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	reports, err := s.store.Current(ctx, codes, at.AsOf)
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

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
