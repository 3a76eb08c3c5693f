package tracker

import (
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// ProgressQuery selects and sorts the progress of many indicators.
type ProgressQuery struct {
	Query  indicator.Query // Page and States are ignored
	Filter progress.Filter
	At     Moment
	// Settled says that At is the moment of an earlier list.
	Settled bool
	Sort    []progress.SortKey // in the order of the plans without one
	After   *progress.SortPosition
	Limit   int                // of a page
	order   progress.SortOrder // of a settled query
	// Explain asks for the working of each, which is most of the work; a summary has none.
	Explain bool
}

// settled is a query of confirmed indicators at a settled moment. It refuses a status that
// the profile of then does not give.
func (s *Service) settled(ctx context.Context, q ProgressQuery) (ProgressQuery, error) {
	if err := checkTargetSort(q); err != nil {
		return q, err
	}
	at, err := s.settleList(ctx, q)
	if err != nil {
		return q, err
	}
	q.At, q.Settled = at, true
	q.Query.Page, q.Query.States = indicator.Page{}, []indicator.State{indicator.Confirmed}
	profile, err := s.profileAt(ctx, at.AsOf)
	if err != nil {
		return q, err
	}
	if err := checkStatuses(q.Filter.Statuses, profile.Profile); err != nil {
		return q, err
	}
	q.order = progress.OrderBy(q.Sort, profile.Profile)
	q.Query.DutiesAt, err = s.dutiesAt(ctx, at)
	return q, err
}

// checkTargetSort refuses to sort by targets that are not of one unit: 5000人 and 2亿元 do not
// compare.
func checkTargetSort(q ProgressQuery) error {
	sorted := slices.ContainsFunc(q.Sort, func(k progress.SortKey) bool { return k.By == progress.ByTarget })
	if units := slices.Compact(slices.Sorted(slices.Values(q.Query.Units))); sorted && len(units) != 1 {
		return fault.Newf(fault.InvalidParameter, "不同单位的目标不能比较大小：按 target 排序须用 unit 选定一个计量单位",
			"targets of different units do not compare: to sort by target, select exactly one unit with unit").At("sort")
	}
	return nil
}

// progressOf is the progress of indicators that has what a settled query wants.
func (s *Service) progressOf(ctx context.Context, ins []indicator.Indicator, q ProgressQuery, compute computing) ([]IndicatorProgress, error) {
	items, err := s.progressOfAll(ctx, ins, q.At, compute)
	if !q.Filter.IsZero() {
		items = slices.DeleteFunc(items, func(p IndicatorProgress) bool { return !q.Filter.Keeps(p.Result) })
	}
	return items, err
}

// EachProgress gives the figures, without cautions, of the confirmed indicators that a query selects,
// a page at a time in the order of the plans, until use fails, and the moment that they are of.
func (s *Service) EachProgress(ctx context.Context, q ProgressQuery, use func([]IndicatorProgress) error) (Moment, error) {
	q, err := s.settled(ctx, q)
	if err != nil {
		return q.At, err
	}
	return q.At, s.eachPage(ctx, q, use)
}

// pageOfProgress is how many indicators are held at a time by what reads any number of them.
const pageOfProgress = 500

// eachPage computes the figures, without cautions, of what a settled query selects, a page at a
// time in the order of the plans, until use fails.
func (s *Service) eachPage(ctx context.Context, q ProgressQuery, use func([]IndicatorProgress) error) error {
	q.Query.AsOf, q.Query.Page.Limit = q.At.AsOf, pageOfProgress
	for {
		ins, next, err := s.figures.Indicators(ctx, access.Visibility(ctx), q.Query)
		if err != nil {
			return err
		}
		items, err := s.progressOf(ctx, ins, q, progress.Figures)
		if err != nil {
			return err
		}
		if err := use(items); err != nil || next == 0 {
			return err
		}
		q.Query.Page.After = next
	}
}

// settleList is the settled moment of a list. That of an earlier one is as it was, and
// the ledger has come to it by now.
func (s *Service) settleList(ctx context.Context, q ProgressQuery) (Moment, error) {
	if !q.Settled {
		return s.settle(ctx, q.At)
	}
	head, err := s.head(ctx)
	if err == nil && q.At.AsOf.After(head.Moment) {
		err = fault.Newf(fault.InvalidParameter, "游标无效，请使用上一页返回的 next_cursor", "the cursor is not valid; use the next_cursor of the page before").At("cursor")
	}
	return q.At, err
}

func checkStatuses(statuses []progress.Status, profile progress.Profile) error {
	for _, status := range statuses {
		if _, err := indicator.ParseWord(string(status), profile.Statuses()); err != nil {
			return fault.New(fault.InvalidParameter, fault.From(err).Detail).At("status")
		}
	}
	return nil
}
