package tracker

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Summaries are what a summary needs of the store.
type Summaries interface {
	// PlanAsOf returns the version of a plan that was current at a moment.
	PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error)
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

	// WithoutFigure counts those of which every report says that there is no figure: they
	// are reported, and have the status of those that are not.
	WithoutFigure int

	// Worst are up to five with the least due gaps, the worst first.
	Worst []Worst

	sum        big.Int // of capped percents, in units of 1/percentUnit
	unmeasured int
}

// Worst is one of the indicators of a group that lag most.
type Worst struct {
	Code, Name string
	Status     progress.Status
	Label      fault.Text
	Percent    *quantity.Number
	DueGap     quantity.Number
}

// Summary groups the progress of the confirmed indicators that a query selects, whose order
// is ignored, by up to MaxGroupings dimensions. Groups keep the order in which indicators
// first name their keys. It holds a page of indicators at a time, and fails with
// fault.SelectionTooLarge when there would be more than MaxGroups groups.
func (s *Service) Summary(ctx context.Context, q ProgressQuery, by ...Grouping) (Summary, error) {
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
	c := counting{
		groupedBy: groupedBy, sharing: sharing{service: s, query: q, profile: profile, groupedBy: groupedBy},
		groups: map[[MaxGroupings]keyID]*counted{}, met: make([]map[keyID]int, len(groupedBy)),
	}
	for i := range c.met {
		c.met[i] = map[keyID]int{}
	}
	if err := s.eachPage(ctx, q, func(items []IndicatorProgress) error { return c.addPage(ctx, items) }); err != nil {
		return Summary{}, err
	}
	c.total.settle()
	return Summary{At: q.At, Profile: profile.version, Total: c.total, Ungrouped: c.ungrouped, Groups: c.ordered()}, nil
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

// counted is a group, and when its keys were first met.
type counted struct {
	Group
	met [MaxGroupings]int
}

func (c *counting) addPage(ctx context.Context, items []IndicatorProgress) error {
	if err := c.sharing.turnTo(ctx, items); err != nil {
		return err
	}
	for _, item := range items {
		c.total.add(item)
		if len(c.groupedBy) == 0 {
			continue
		}
		shares, err := c.sharing.of(ctx, item)
		if err != nil {
			return err
		}
		if len(shares) == 0 {
			c.ungrouped++
		}
		if err := c.addTo(shares, item); err != nil {
			return err
		}
	}
	return nil
}

// addTo counts an indicator once in every group that it has a share in.
func (c *counting) addTo(shares []share, item IndicatorProgress) error {
	var in []*counted
	for _, s := range shares {
		g, err := c.group(s)
		if err != nil {
			return err
		}
		if !slices.Contains(in, g) {
			in = append(in, g)
			g.add(item)
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

// ordered are the groups by their first keys, and those of one first key by their second.
func (c *counting) ordered() []Group {
	list := make([]*counted, 0, len(c.groups))
	for _, g := range c.groups {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *counted) int {
		for i, d := range c.groupedBy {
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
		g.settle()
		groups[i] = g.Group
	}
	return groups
}

func (f *Counts) add(item IndicatorProgress) {
	r := item.Result
	f.Count++
	if f.Statuses == nil {
		f.Statuses = map[progress.Status]int{}
	}
	f.Statuses[r.Status]++
	if !r.CutOff.IsZero() {
		f.Expected++
		if !r.ReportMissing {
			f.Reported++
		}
	}
	switch {
	case r.ExactCapped != nil:
		f.sum.Add(&f.sum, percentUnits(r.ExactCapped))
		f.Defined++
	case r.Reason == progress.NoFigure:
		f.WithoutFigure++
		f.unmeasured++
	case r.Reason == progress.NoMeasurement:
		f.unmeasured++
	}
	f.rank(item.Indicator, r)
}

// rank keeps the worst; of equal ones the first that came stays ahead.
func (f *Counts) rank(in indicator.Indicator, r progress.Result) {
	if r.DueGap == nil {
		return
	}
	at := len(f.Worst)
	for at > 0 && r.DueGap.Cmp(f.Worst[at-1].DueGap) < 0 {
		at--
	}
	if at < worstOf {
		f.Worst = slices.Insert(f.Worst, at, Worst{Code: in.Code, Name: in.Name, Status: r.Status, Label: r.Label, Percent: r.Percent, DueGap: *r.DueGap})
		f.Worst = f.Worst[:min(len(f.Worst), worstOf)]
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

func (f *Counts) settle() {
	f.MeanPercent = f.meanOver(f.Defined)
	f.MeanPercentAll = f.meanOver(f.Defined + f.unmeasured)
}

func (f *Counts) meanOver(n int) *quantity.Number {
	if n == 0 {
		return nil
	}
	mean := quantity.FromRat(new(big.Rat).SetFrac(&f.sum, new(big.Int).Mul(percentUnit, big.NewInt(int64(n)))), 2)
	return &mean
}
