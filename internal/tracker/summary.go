package tracker

import (
	"context"
	"math/big"
	"slices"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Grouping is what the rows of a summary stand for.
type Grouping string

// The groupings.
const (
	BySection Grouping = "section"
	ByAgency  Grouping = "agency"
	ByTask    Grouping = "task"
	ByStatus  Grouping = "status"
)

// Groupings lists the groupings.
var Groupings = []Grouping{BySection, ByAgency, ByTask, ByStatus}

// Summary counts a plan's indicators at a moment.
type Summary struct {
	At     Moment
	Groups []Group
}

// Group is one row of a summary. An indicator of several agencies counts in
// the row of each.
type Group struct {
	Key      string
	Label    fault.Text // in both languages the same but for a status
	Count    int
	Statuses map[progress.Status]int
	Defined  int // of Count, those whose percent is defined
	// MeanPercent is the mean of the exact capped percents that are defined,
	// rounded once to two decimals; nil when none is.
	MeanPercent *quantity.Number
	// MeanPercentAll is the mean over those and those without a measurement, which
	// count 0; nil when there is neither. What is not computable takes no part.
	MeanPercentAll *quantity.Number

	// WithoutFigure counts those of which every report says that there is no figure: they
	// are reported, and have the status of those that are not.
	WithoutFigure int

	sum        big.Rat
	unmeasured int
}

// Summary groups the progress of a plan's confirmed indicators. Rows keep the
// order in which the plan first names them.
func (s *Service) Summary(ctx context.Context, plan string, by Grouping, at Moment) (Summary, error) {
	at, err := s.settle(ctx, at)
	if err != nil {
		return Summary{}, err
	}
	p, err := s.planAt(ctx, plan, at)
	if err != nil {
		return Summary{}, err
	}
	list, err := s.ProgressOfMany(ctx, ProgressQuery{Query: indicator.Query{Plan: plan}, At: at, Settled: true})
	if err != nil {
		return Summary{}, err
	}
	called, err := s.called(ctx, by, list.Items, at)
	if err != nil {
		return Summary{}, err
	}
	keys := keysOf(by, p, called)
	groups := map[string]*Group{}
	var order []*Group
	for _, item := range list.Items {
		for _, key := range keys(item) {
			g := groups[key.value]
			if g == nil {
				g = &Group{Key: key.value, Label: key.label, Statuses: map[progress.Status]int{}}
				groups[key.value] = g
				order = append(order, g)
			}
			g.add(item.Result)
		}
	}
	summary := Summary{At: list.At, Groups: make([]Group, 0, len(order))}
	for _, g := range order {
		g.settle()
		summary.Groups = append(summary.Groups, *g)
	}
	return summary, nil
}

// planAt is the version of a plan that was current at a moment. A plan imported
// later is read as it is now: it had no indicators then.
func (s *Service) planAt(ctx context.Context, code string, at Moment) (indicator.Plan, error) {
	p, err := s.store.PlanAsOf(ctx, code, at.AsOf)
	if fault.Is(err, fault.NotFound) {
		return s.store.Plan(ctx, code)
	}
	return p, err
}

type groupKey struct {
	value string
	label fault.Text
}

// named labels a group by words of the plan, which are in no other language.
func named(value, label string) groupKey {
	return groupKey{value, fault.Text{ZH: label, EN: label}}
}

// called are the names of the agencies of a summary by agency, and of those that have
// taken over their duties, as of the day judged.
func (s *Service) called(ctx context.Context, by Grouping, items []IndicatorProgress, at Moment) (map[int64][]string, error) {
	if by != ByAgency {
		return nil, nil //nolint:nilnil // no other summary needs them
	}
	var ids []int64
	for _, item := range items {
		ids = append(append(ids, item.Indicator.LeadAgencyIDs...), item.Indicator.ParticipatingAgencyIDs...)
	}
	slices.Sort(ids)
	duties, err := s.dutiesAt(ctx, at)
	if err != nil {
		return nil, err
	}
	return s.store.AgencyNames(ctx, slices.Compact(ids), at.AsOf, duties)
}

func keysOf(by Grouping, p indicator.Plan, called map[int64][]string) func(IndicatorProgress) []groupKey {
	headings := map[int]string{}
	for _, section := range p.Sections {
		headings[section.Number] = section.Heading
	}
	switch by {
	case ByAgency:
		return func(item IndicatorProgress) []groupKey {
			var keys []groupKey
			for _, id := range slices.Concat(item.Indicator.LeadAgencyIDs, item.Indicator.ParticipatingAgencyIDs) {
				for _, name := range called[id] {
					if k := named(name, name); !slices.Contains(keys, k) {
						keys = append(keys, k)
					}
				}
			}
			return keys
		}
	case ByTask:
		return func(item IndicatorProgress) []groupKey {
			return []groupKey{named(item.Indicator.Task, item.Indicator.Task)}
		}
	case ByStatus:
		return func(item IndicatorProgress) []groupKey {
			return []groupKey{{string(item.Result.Status), item.Result.Label}}
		}
	default:
		return func(item IndicatorProgress) []groupKey {
			n := item.Indicator.Section
			return []groupKey{named(strconv.Itoa(n), headings[n])}
		}
	}
}

func (g *Group) add(r progress.Result) {
	g.Count++
	g.Statuses[r.Status]++
	switch {
	case r.ExactCapped != nil:
		g.sum.Add(&g.sum, r.ExactCapped)
		g.Defined++
	case r.Reason == progress.NoFigure:
		g.WithoutFigure++
		g.unmeasured++
	case r.Reason == progress.NoMeasurement:
		g.unmeasured++
	}
}

func (g *Group) settle() {
	g.MeanPercent = g.meanOver(g.Defined)
	g.MeanPercentAll = g.meanOver(g.Defined + g.unmeasured)
}

func (g *Group) meanOver(n int) *quantity.Number {
	if n == 0 {
		return nil
	}
	mean := quantity.FromRat(new(big.Rat).Quo(&g.sum, big.NewRat(int64(n), 1)), 2)
	return &mean
}
