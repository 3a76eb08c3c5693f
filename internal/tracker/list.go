package tracker

import (
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

const (
	// mostUnsettled is of how many indicators a list made of standings computes the progress
	// beside them: those that were reported a moment ago, or since the first page.
	mostUnsettled = 500
	// mostSorted is how many indicators a list sorts whose order is in no standing.
	mostSorted = 5000
	// mostSkipped is how many indicators a list without sorting looks at to fill one page,
	// which may have less in it than it holds.
	mostSkipped = 5000
	// sortedAtOnce is how many such lists are sorted at a time.
	sortedAtOnce = 2
)

// ProgressPage is a page of the progress of many indicators, at one settled moment.
type ProgressPage struct {
	At    Moment
	Items []IndicatorProgress
	// Next is the position after which the following page begins, nil at the end.
	Next *progress.SortPosition
}

// ProgressPage gives a page of the progress of the confirmed indicators that a query selects,
// sorted. All pages are of the moment of the first: none is skipped and none comes twice. It
// refuses a status that the profile does not give and, where standings do not tell the order
// and more than mostSorted indicators would have to be sorted, with fault.SelectionTooLarge, or
// with fault.Overloaded where the standings of today are still being made.
func (s *Service) ProgressPage(ctx context.Context, q ProgressQuery) (ProgressPage, error) {
	q, err := s.settled(ctx, q)
	if err != nil {
		return ProgressPage{}, err
	}
	page, known, err := s.pageOfStandings(ctx, q)
	switch {
	case err != nil || known:
	case len(q.order.Keys) == 0 && !q.order.PlaceDown:
		page, err = s.pageByPlace(ctx, q)
	default:
		page, err = s.pageOfSorted(ctx, q)
	}
	page.At = q.At
	return page, err
}

// placedProgress is a progress with its position in a list.
type placedProgress struct {
	IndicatorProgress

	position progress.SortPosition
}

// pageOfStandings is a page by the standings of indicators and, where those do not say how
// one stood, by its progress. It is false where that is so of too many.
func (s *Service) pageOfStandings(ctx context.Context, q ProgressQuery) (page ProgressPage, known bool, err error) {
	profile, err := s.profileAt(ctx, q.At.AsOf)
	if err != nil || profile.version != s.profiles.newest().version {
		return page, false, err
	}
	q.Query.AsOf = q.At.AsOf
	standings, err := s.standings.Standings(ctx, access.Visibility(ctx), progress.StandingQuery{
		Query: q.Query, Filter: q.Filter, On: q.At.On, Order: q.order, After: q.After, Limit: q.Limit + 1, MostUnsettled: mostUnsettled,
	})
	if err != nil || standings.Unknown {
		return page, false, err
	}
	others, err := s.unsettled(ctx, q, standings.Unsettled)
	if err != nil {
		return page, false, err
	}
	rows := make([]progress.StandingRow, 0, len(standings.Rows)+len(others))
	computed := make(map[string]IndicatorProgress, len(others))
	rows = append(rows, standings.Rows...)
	for _, p := range others {
		computed[p.Indicator.Code] = p.IndicatorProgress
		rows = append(rows, progress.StandingRow{Code: p.Indicator.Code, Position: p.position})
	}
	slices.SortFunc(rows, func(a, b progress.StandingRow) int { return q.order.Compare(a.Position, b.Position) })
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		page.Next = &rows[q.Limit-1].Position
	}
	page.Items, err = s.rowsOf(ctx, q, rows, computed)
	return page, true, err
}

// unsettled are those of some indicators that a query selects and whose page has not been.
func (s *Service) unsettled(ctx context.Context, q ProgressQuery, ids []int64) ([]placedProgress, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	q.Query.IDs, q.Query.Page = ids, indicator.Page{}
	placed, _, err := s.figures.Placed(ctx, access.Visibility(ctx), q.Query)
	if err != nil {
		return nil, err
	}
	list, err := s.placed(ctx, q, placed)
	return slices.DeleteFunc(list, func(p placedProgress) bool { return !follows(q, p.position) }), err
}

// follows says of a position whether it is on the page asked for or a later one.
func follows(q ProgressQuery, position progress.SortPosition) bool {
	return q.After == nil || q.order.Compare(position, *q.After) > 0
}

// computing is how much of the progress of each row is made.
func (q ProgressQuery) computing() computing {
	if q.Explain {
		return progress.Compute
	}
	return progress.Brief
}

// idOf is the id of a report, 0 for none.
func idOf(m *indicator.Measurement) int64 {
	if m == nil {
		return 0
	}
	return m.ID
}

// placed is the progress of indicators that a filter keeps, with their positions.
func (s *Service) placed(ctx context.Context, q ProgressQuery, placed []indicator.Placed) ([]placedProgress, error) {
	ins := make([]indicator.Indicator, len(placed))
	for i, p := range placed {
		ins[i] = p.Indicator
	}
	all, err := s.progressOfAll(ctx, ins, q.At, q.computing())
	if err != nil {
		return nil, err
	}
	list := make([]placedProgress, 0, len(all))
	for i, p := range all {
		if q.Filter.Keeps(p.Result) {
			list = append(list, placedProgress{p, q.order.Position(progress.Sorted{Indicator: p.Indicator, Result: p.Result, Place: placed[i].Place, LastReport: idOf(p.Last)})})
		}
	}
	return list, nil
}

// rowsOf is the progress of the rows of a page, of which some is known already.
func (s *Service) rowsOf(ctx context.Context, q ProgressQuery, rows []progress.StandingRow, known map[string]IndicatorProgress) ([]IndicatorProgress, error) {
	var ids []int64
	for _, r := range rows {
		if _, has := known[r.Code]; !has {
			ids = append(ids, r.Position.Place.Indicator)
		}
	}
	if len(ids) > 0 {
		ins, err := s.standings.SettledIndicators(ctx, ids, q.At.AsOf)
		if err != nil {
			return nil, err
		}
		for i, in := range ins {
			if in.UpdatedAt.After(q.At.AsOf) { // it was changed a moment ago
				if ins[i], err = s.versionAt(ctx, in, q.At.AsOf); err != nil {
					return nil, err
				}
			}
		}
		all, err := s.progressOfAll(ctx, ins, q.At, q.computing())
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			known[p.Indicator.Code] = p
		}
	}
	items := make([]IndicatorProgress, len(rows))
	for i, r := range rows {
		p, has := known[r.Code]
		if !has {
			return nil, fault.New(fault.Internal, fault.Internal.Title())
		}
		items[i] = p
	}
	return items, nil
}

// pageByPlace is a page in the order of the plans, which needs no sorting: what the filter
// leaves out is computed on the way.
func (s *Service) pageByPlace(ctx context.Context, q ProgressQuery) (page ProgressPage, err error) {
	q.Query.AsOf, q.Query.Page.Limit = q.At.AsOf, pageOfProgress
	if q.Filter.IsZero() {
		q.Query.Page.Limit = q.Limit
	}
	if q.After != nil {
		q.Query.Page.After = q.After.Place.Indicator
	}
	for looked := 0; ; {
		placed, next, err := s.figures.Placed(ctx, access.Visibility(ctx), q.Query)
		if err != nil {
			return page, err
		}
		list, err := s.placed(ctx, q, placed)
		if err != nil {
			return page, err
		}
		for i, p := range list {
			page.Items = append(page.Items, p.IndicatorProgress)
			if len(page.Items) == q.Limit {
				if i < len(list)-1 || next != 0 {
					page.Next = &p.position
				}
				return page, nil
			}
		}
		if next == 0 {
			return page, nil
		}
		if looked += len(placed); looked >= mostSkipped {
			last := placed[len(placed)-1]
			page.Next = &progress.SortPosition{Place: last.Place}
			return page, nil
		}
		q.Query.Page.After = next
	}
}

// pageOfSorted is a page of indicators whose progress is computed and sorted for it.
func (s *Service) pageOfSorted(ctx context.Context, q ProgressQuery) (page ProgressPage, err error) {
	select {
	case s.sorting <- struct{}{}:
		defer func() { <-s.sorting }()
	case <-ctx.Done():
		return page, ctx.Err()
	}
	q.Query.AsOf, q.Query.Page.Limit = q.At.AsOf, mostSorted
	all, next, err := s.figures.Placed(ctx, access.Visibility(ctx), q.Query)
	if err != nil {
		return page, err
	}
	switch {
	case next != 0 && q.After == nil && q.At.On == s.Today(): // as at the beginning of a day
		return page, fault.Newf(fault.Overloaded,
			"当前进度正在更新，请稍后重试，或用 plan、section、agency 等参数缩小到 %d 个指标以内", "today's progress is being judged: try again in a moment, or narrow the selection to %d indicators by plan, section, agency or the like", mostSorted)
	case next != 0:
		return page, fault.Newf(fault.SelectionTooLarge,
			"须按所问的日期、时刻逐个计算后排序，最多 %d 个指标；请用 plan、section、agency 等参数缩小范围，或不排序",
			"the order has to be computed for this day and moment, which is done for at most %d indicators; narrow the selection by plan, section, agency or the like, or leave it unsorted", mostSorted).At("sort")
	}
	var rows []placedProgress
	for part := range slices.Chunk(all, pageOfProgress) {
		list, err := s.placed(ctx, q, part)
		if err != nil {
			return page, err
		}
		for _, p := range list {
			if follows(q, p.position) {
				rows = append(rows, p)
			}
		}
	}
	slices.SortFunc(rows, func(a, b placedProgress) int { return q.order.Compare(a.position, b.position) })
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		page.Next = &rows[q.Limit-1].position
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.IndicatorProgress)
	}
	return page, nil
}
