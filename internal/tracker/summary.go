package tracker

import (
	"cmp"
	"context"
	"maps"
	"math/big"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Summaries are what a summary needs of the store.
type Summaries interface {
	// PlanAsOf returns the version of a plan that was current at a moment.
	PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error)
	// PlanTitles returns what plans, or all when none are named, were called at a moment, and
	// their jurisdictions, by their codes.
	PlanTitles(ctx context.Context, codes []string, at time.Time) (map[string]indicator.Plan, error)
	// AgencyNames returns what agencies were called at a moment, as known at another, each
	// with the one that had its duties.
	AgencyNames(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64][]string, error)
}

const (
	// MaxGroups is how many groups a summary may have.
	MaxGroups = 2000
	// worstOf is how many indicators are named as the worst of a group.
	worstOf = 5
)

// Summary counts the indicators of a selection at a moment.
type Summary struct {
	At      Moment
	Profile int // the version of the profile that judged; 0 before the store has one
	// Total counts every indicator once.
	Total Counts
	// Ungrouped counts those that are in no group, for they have no agency.
	Ungrouped int
	Groups    []Group
}

// Group is one row of a summary. An indicator of several agencies counts in
// the row of each.
type Group struct {
	Keys []Key // one for each grouping
	Counts
}

// Counts are what a summary says of some indicators.
type Counts struct {
	Count    int
	Statuses map[progress.Status]int
	// Expected counts those of which a reporting period is over, and Reported, among them,
	// those whose last one is reported.
	Expected, Reported int
	Defined            int // of Count, those whose percent is defined
	// MeanPercent is the mean of the exact capped percents that are defined,
	// rounded once to two decimals; nil when none is.
	MeanPercent *quantity.Number
	// MeanPercentAll is the mean over those and those without a measurement, which
	// count 0; nil when there is neither. What is not computable takes no part.
	MeanPercentAll *quantity.Number
	// CountedAll is how many that is.
	CountedAll int

	// WithoutFigure counts those of which every report says that there is no figure: they
	// are reported, and have the status of those that are not.
	WithoutFigure int

	// Worst are up to five with the least due gaps, the worst first.
	Worst []Worst

	sum        big.Int // of capped percents, in units of 1/percentUnit
	units      int64   // of others, in those of tallies
	cut        int64   // of how many of these something was cut off
	unmeasured int
}

// Worst is one of the indicators of a group that lag most.
type Worst struct {
	id         int64  // as the store numbers indicators
	gapKey     string // sorts as DueGap does
	Code, Name string
	Status     progress.Status
	Label      fault.Text
	Percent    *quantity.Number
	DueGap     quantity.Number
}

// Summary groups the progress of the confirmed indicators that a query selects, whose order
// is ignored, by up to MaxGroupings dimensions. Groups keep the order in which indicators
// first name their keys, and among those of one first key, or all of a single grouping, have
// the order asked for. It goes by standings where these say how all but a few stand, and
// else holds a page of indicators at a time. It fails with fault.SelectionTooLarge when there
// would be more than MaxGroups groups.
func (s *Service) Summary(ctx context.Context, q ProgressQuery, order []GroupSort, by ...Grouping) (Summary, error) {
	groupedBy, err := dimensionsBy(by)
	if err != nil {
		return Summary{}, err
	}
	q, err = s.settled(ctx, q)
	if err != nil {
		return Summary{}, err
	}
	profile, err := s.profileAt(ctx, q.At.AsOf)
	if err != nil {
		return Summary{}, err
	}
	c := s.counting(q, profile, groupedBy)
	counted, err := c.addStandings(ctx)
	if err != nil {
		return Summary{}, err
	}
	if !counted {
		c = s.counting(q, profile, groupedBy)
		if err := s.eachPage(ctx, q, func(items []IndicatorProgress) error { return c.addPage(ctx, items) }); err != nil {
			return Summary{}, err
		}
		c.settle()
	}
	groups := c.ordered(order)
	if err := c.describe(ctx, groups); err != nil {
		return Summary{}, err
	}
	return Summary{At: q.At, Profile: profile.version, Total: c.total, Ungrouped: c.ungrouped, Groups: groups}, nil
}

// counting is a summary in the making.
type counting struct {
	groupedBy []dimension
	sharing   sharing
	total     Counts
	ungrouped int
	groups    map[[MaxGroupings]keyID]*counted
	met       []map[keyID]int // by dimension, when a key was first met
}

func (s *Service) counting(q ProgressQuery, profile judging, groupedBy []dimension) *counting {
	c := &counting{
		groupedBy: groupedBy, sharing: sharing{service: s, query: q, profile: profile, groupedBy: groupedBy, called: map[int64][]string{}},
		groups: map[[MaxGroupings]keyID]*counted{}, met: make([]map[keyID]int, len(groupedBy)),
	}
	for i := range c.met {
		c.met[i] = map[keyID]int{}
	}
	return c
}

// counted is a group, and when its keys were first met.
type counted struct {
	Group
	met [MaxGroupings]int
}

// addStandings counts by the standings of indicators and, where those do not say how one
// stood, by its progress. It is false where that is so of too many, or where a mean hangs on
// what standings do not hold.
func (c *counting) addStandings(ctx context.Context) (bool, error) {
	s, q := c.sharing.service, c.sharing.query
	if c.sharing.ofOneAgency() || c.sharing.profile.version != s.profiles.newest().version {
		return false, nil
	}
	q.Query.AsOf = q.At.AsOf
	var others []placedProgress // in the order of the plans
	asked := progress.StandingQuery{Query: q.Query, Filter: q.Filter, On: q.At.On, MostUnsettled: mostUnsettled}
	known, err := s.standings.EachTally(ctx, access.Visibility(ctx), asked, func(ids []int64) (err error) {
		q.order, q.After = progress.SortOrder{}, nil
		others, err = s.unsettled(ctx, q, ids)
		return err
	}, func(t progress.Tally) error {
		for len(others) > 0 && others[0].position.Place.Before(t.Place) {
			if err := c.addProgress(ctx, others[0].IndicatorProgress); err != nil {
				return err
			}
			others = others[1:]
		}
		return c.add(ctx, t, nil, nil)
	})
	if err != nil || !known {
		return false, err
	}
	for _, p := range others {
		if err := c.addProgress(ctx, p.IndicatorProgress); err != nil {
			return false, err
		}
	}
	return c.settle(), nil
}

// addPage counts a page of progress.
func (c *counting) addPage(ctx context.Context, items []IndicatorProgress) error {
	if err := c.sharing.turnTo(ctx, items); err != nil {
		return err
	}
	for _, item := range items {
		if err := c.addProgress(ctx, item); err != nil {
			return err
		}
	}
	return nil
}

func (c *counting) addProgress(ctx context.Context, p IndicatorProgress) error {
	return c.add(ctx, progress.TallyOf(p.Indicator, p.Result), p.Result.ExactCapped, &p)
}

// add counts an indicator, with its exact percent and its progress where these are known.
func (c *counting) add(ctx context.Context, t progress.Tally, exact *big.Rat, p *IndicatorProgress) error {
	c.total.add(t, exact, p)
	if len(c.groupedBy) == 0 {
		return nil
	}
	shares, err := c.sharing.of(ctx, t)
	if err != nil {
		return err
	}
	if len(shares) == 0 {
		c.ungrouped++
	}
	var in []*counted
	for _, s := range shares {
		g, err := c.group(s)
		if err != nil {
			return err
		}
		if !slices.Contains(in, g) { // once in every group that it has a share in
			in = append(in, g)
			g.add(t, exact, p)
		}
	}
	return nil
}

// settle makes the means. It is false where one hangs on what tallies cut off.
func (c *counting) settle() bool {
	settled := c.total.settle()
	for _, g := range c.groups {
		settled = g.settle() && settled
	}
	return settled
}

// describe completes what is told of the worst that tallies did not name.
func (c *counting) describe(ctx context.Context, groups []Group) error {
	byID := map[int64][]*Worst{}
	of := func(worst []Worst) {
		for i := range worst {
			if worst[i].Code == "" {
				byID[worst[i].id] = append(byID[worst[i].id], &worst[i])
			}
		}
	}
	of(c.total.Worst)
	for i := range groups {
		of(groups[i].Worst)
	}
	s, at := c.sharing.service, c.sharing.query.At
	ids := slices.Sorted(maps.Keys(byID))
	for part := range slices.Chunk(ids, pageOfProgress) {
		placed, _, err := s.figures.Placed(ctx, access.Visibility(ctx), indicator.Query{IDs: part, AsOf: at.AsOf})
		if err != nil {
			return err
		}
		found, err := s.placed(ctx, ProgressQuery{At: at}, placed)
		if err != nil {
			return err
		}
		for _, p := range found {
			for _, w := range byID[p.position.Place.Indicator] {
				w.describe(p.IndicatorProgress)
			}
		}
	}
	return nil
}

// group is the group that a share counts in.
func (c *counting) group(s share) (*counted, error) {
	keys := make([]Key, len(c.groupedBy))
	var id [MaxGroupings]keyID
	for i, d := range c.groupedBy {
		keys[i] = d.key(s)
		id[i] = keys[i].id()
	}
	if g := c.groups[id]; g != nil {
		return g, nil
	}
	if len(c.groups) == MaxGroups {
		return nil, fault.Newf(fault.SelectionTooLarge, "分组超过 %d 个，请用 plan、section、agency 等参数缩小范围，或换用、减少分组的维度",
			"there are more than %d groups; narrow the selection by plan, section, agency or the like, or group by fewer or other dimensions", MaxGroups).At("group_by")
	}
	g := &counted{Group: Group{Keys: keys}}
	for i, met := range c.met {
		if _, known := met[id[i]]; !known {
			met[id[i]] = len(met)
		}
		g.met[i] = met[id[i]]
	}
	c.groups[id] = g
	return g, nil
}

// ordered are the groups by their first keys, and those of one first key by their second; the
// last of the keys yields to the order asked for.
func (c *counting) ordered(by []GroupSort) []Group {
	list := make([]*counted, 0, len(c.groups))
	for _, g := range c.groups {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *counted) int {
		for i, d := range c.groupedBy {
			if i == len(c.groupedBy)-1 {
				if order := compareGroups(by, &a.Counts, &b.Counts); order != 0 {
					return order
				}
			}
			order := cmp.Compare(a.met[i], b.met[i])
			if d.sorted {
				order = cmp.Compare(a.Keys[i].Value, b.Keys[i].Value)
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
	groups := make([]Group, len(list))
	for i, g := range list {
		groups[i] = g.Group
	}
	return groups
}

func (f *Counts) add(t progress.Tally, exact *big.Rat, p *IndicatorProgress) {
	f.Count++
	if f.Statuses == nil {
		f.Statuses = map[progress.Status]int{}
	}
	f.Statuses[t.Status]++
	if t.Expected {
		f.Expected++
		if !t.ReportMissing {
			f.Reported++
		}
	}
	switch {
	case exact != nil:
		f.sum.Add(&f.sum, percentUnits(exact))
		f.Defined++
	case t.PercentUnits >= 0:
		f.units += t.PercentUnits
		if t.PercentCut {
			f.cut++
		}
		f.Defined++
	case t.Reason == progress.NoFigure:
		f.WithoutFigure++
		f.unmeasured++
	case t.Reason == progress.NoMeasurement:
		f.unmeasured++
	}
	f.rank(t, p)
}

// rank keeps the worst; of equal ones the first that came stays ahead.
func (f *Counts) rank(t progress.Tally, p *IndicatorProgress) {
	if t.GapKey == "" {
		return
	}
	at := len(f.Worst)
	for at > 0 && t.GapKey < f.Worst[at-1].gapKey {
		at--
	}
	if at < worstOf {
		w := Worst{id: t.Place.Indicator, gapKey: t.GapKey}
		if p != nil {
			w.describe(*p)
		}
		f.Worst = slices.Insert(f.Worst, at, w)
		f.Worst = f.Worst[:min(len(f.Worst), worstOf)]
	}
}

func (w *Worst) describe(p IndicatorProgress) {
	r := p.Result
	w.Code, w.Name, w.Status, w.Label, w.Percent = p.Indicator.Code, p.Indicator.Name, r.Status, r.Label, r.Percent
	if r.DueGap != nil {
		w.DueGap = *r.DueGap
	}
}

// percentUnit is how fine percents are summed. A sum of fractions would take digits for
// each of their denominators; with twice the digits that a value may have, and rounded up, the
// mean is what that of the fractions is, for one that ends in a half too.
var percentUnit = new(big.Int).Exp(big.NewInt(10), big.NewInt(2*quantity.MaxDigits), nil)

// percentUnits is a percent in units of 1/percentUnit, rounded up.
func percentUnits(percent *big.Rat) *big.Int {
	units, rest := new(big.Int).QuoRem(new(big.Int).Mul(percent.Num(), percentUnit), percent.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		units.Add(units, big.NewInt(1))
	}
	return units
}

// settle makes the means. It is false where one hangs on what tallies cut off.
func (f *Counts) settle() (settled bool) {
	var all bool
	f.MeanPercent, settled = f.meanOver(f.Defined)
	f.CountedAll = f.Defined + f.unmeasured
	f.MeanPercentAll, all = f.meanOver(f.CountedAll)
	return settled && all
}

// meanOver is the mean over some indicators, false where it hangs on what tallies cut off:
// from each of which less than a unit.
func (f *Counts) meanOver(n int) (*quantity.Number, bool) {
	if n == 0 {
		return nil, true
	}
	mean := func(units int64) quantity.Number {
		sum := new(big.Rat).SetFrac(&f.sum, percentUnit)
		sum.Add(sum, big.NewRat(units, progress.PercentUnit))
		return quantity.FromRat(sum.Quo(sum, big.NewRat(int64(n), 1)), 2)
	}
	least := mean(f.units)
	return &least, f.cut == 0 || least.Equal(mean(f.units+f.cut))
}
