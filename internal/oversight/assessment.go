package oversight

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// AssessmentStore is what assessments need of the store beside the loop's events.
type AssessmentStore interface {
	// PlanAsOf returns the version of a plan that was current at a moment.
	PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error)
	// TaskAgencies returns the ids of the agencies that the tasks of a version of a plan name.
	TaskAgencies(ctx context.Context, plan string, version int) ([]int64, error)
	// AgencyHolders returns who had the duties of agencies at a moment, as known at another, by
	// the ids of the agencies.
	AgencyHolders(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64]indicator.AgencyRef, error)
	// AnsweringFor returns the agency that has the duties of the one with a name in the
	// jurisdiction of a plan, or fails with fault.NotFound.
	AnsweringFor(ctx context.Context, plan, name string) (indicator.Acting, error)
	// Feed lists what was stored after a position, in the order of commits.
	Feed(ctx context.Context, selected indicator.FeedSelection, page indicator.Page) (ms []indicator.Measurement, next int64, more bool, err error)
}

// MatterCounts are what an agency has of issues, notices and milestones.
type MatterCounts struct {
	Issues     assessment.Issues
	Notices    []assessment.Notices
	Milestones map[indicator.Role]assessment.Milestones
}

// assessing is what assessments are made with.
type assessing struct {
	store AssessmentStore
}

// AssessmentQuery asks for the assessment of a plan.
type AssessmentQuery struct {
	Plan string
	At   tracker.Moment
	// Agency is a name or an id of the one that is wanted; empty for all.
	Agency string
	// Explain asks for single terms, down to measurements.
	Explain bool
	// Terms is of how many indicators, for each of their agencies, all is explained at once;
	// assessment.MostTerms when zero.
	Terms int
	// Scheme is tried in the place of the plan's.
	Scheme *assessment.Scheme
}

// Assessed is the assessment of a plan at a settled moment.
type Assessed struct {
	Plan          indicator.Plan
	At            tracker.Moment
	Profile       int // version of the profile that judged
	SchemeVersion int // of the plan's scheme; 0 for the default, or one that was tried
	Tried         bool
	Scheme        assessment.Scheme
	CutOffs       []indicator.Date // at which pace was judged
	Indicators    int
	Explained     bool
	Results       []assessment.Result
}

// Assess computes the assessment of a plan. It reads a page of indicators at a time and holds sums
// by agency. It fails with fault.NotFound for a plan that is not there, with fault.UnknownAgency for an
// agency that the plan has not, and with fault.SelectionTooLarge where more terms than
// assessment.MostTerms would have to be explained.
func (s *Service) Assess(ctx context.Context, q AssessmentQuery) (Assessed, error) {
	a, err := s.assess(ctx, q, nil)
	if err != nil {
		return a, err
	}
	if q.Agency != "" {
		ref, err := s.assessedAgency(ctx, q.Plan, q.Agency, a.Results)
		if err != nil {
			return a, err
		}
		a.Results = slices.DeleteFunc(a.Results, func(r assessment.Result) bool { return r.Agency.ID != ref })
	}
	return a, nil
}

// assess is Assess of all agencies. met, unless nil, is told of every indicator with the agencies that
// it counts for.
func (s *Service) assess(ctx context.Context, q AssessmentQuery, met func(indicator.Indicator, []int64)) (a Assessed, err error) {
	if a.At, err = s.figures.Settle(ctx, q.At); err != nil {
		return a, err
	}
	if a.Plan, err = s.assessing.store.PlanAsOf(ctx, q.Plan, a.At.AsOf); err != nil {
		return a, err
	}
	if q.Scheme != nil {
		a.Scheme, a.Tried = *q.Scheme, true
	} else {
		scheme, err := s.AssessmentScheme(ctx, q.Plan, a.At.AsOf)
		if err != nil {
			return a, err
		}
		a.Scheme, a.SchemeVersion = scheme.Scheme, scheme.Version
	}
	g := gathering{service: s, query: q, assessed: &a, tallies: map[int64]*assessment.Tally{}, holders: map[int64]indicator.AgencyRef{}, met: met}
	if err := g.gather(ctx); err != nil {
		return a, err
	}
	a.Explained = q.Explain
	a.Results = assessment.Compute(a.Scheme, g.list())
	return a, nil
}

// assessedAgency is the id of the agency that a name or id means among those assessed.
func (s *Service) assessedAgency(ctx context.Context, plan, named string, results []assessment.Result) (int64, error) {
	ids := make([]int64, 0, len(results))
	for _, r := range results {
		if r.Agency.Name == named || formatID(r.Agency.ID) == named {
			return r.Agency.ID, nil
		}
		ids = append(ids, r.Agency.ID)
	}
	acting, err := s.assessing.store.AnsweringFor(ctx, plan, named)
	if err == nil && slices.Contains(ids, acting.ID) {
		return acting.ID, nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return 0, err
	}
	return 0, fault.Newf(fault.UnknownAgency, "计划 %[1]s 没有单位“%[2]s”", "the plan %[1]s has no agency %[2]q", plan, named).At("agency")
}

// gathering makes the tallies of a plan's agencies.
type gathering struct {
	service  *Service
	query    AssessmentQuery
	assessed *Assessed
	profile  progress.Profile
	labels   map[string]fault.Text // of statuses
	duties   time.Time             // by which duties of agencies have passed on
	wanted   int64                 // the agency whose terms are kept; 0 for all
	days     []indicator.Date
	from     indicator.Date // first day of the year that pace is judged over
	tallies  map[int64]*assessment.Tally
	holders  map[int64]indicator.AgencyRef // by the ids that records name
	terms    int                           // kept, of all agencies
	// met is told of every indicator with the agencies that it counts for; nil for nobody.
	met func(in indicator.Indicator, agencies []int64)
}

// list are the tallies by agency.
func (g *gathering) list() []*assessment.Tally {
	list := make([]*assessment.Tally, 0, len(g.tallies))
	for _, t := range g.tallies {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *assessment.Tally) int { return cmp.Compare(a.Agency.ID, b.Agency.ID) })
	return list
}

func (g *gathering) gather(ctx context.Context) (err error) {
	s, a := g.service, g.assessed
	if g.profile, a.Profile, err = s.figures.ProfileAt(ctx, a.At.AsOf); err != nil {
		return err
	}
	g.labels = map[string]fault.Text{}
	for _, status := range g.profile.Statuses() {
		g.labels[string(status)] = g.profile.Label(status)
	}
	if g.duties, err = s.figures.DutiesAt(ctx, a.At); err != nil {
		return err
	}
	g.from, a.CutOffs = cutOffDays(a.Plan, a.At.On, a.Scheme.Pace.Step)
	g.days = a.CutOffs
	if n := len(g.days); n == 0 || g.days[n-1] != a.At.On {
		g.days = append(slices.Clone(g.days), a.At.On)
	}
	if err := g.begin(ctx); err != nil {
		return err
	}
	err = s.figures.EachProgressOn(ctx, g.query.Plan, a.At, g.days, func(page []tracker.DatedProgress) error { return g.addPage(ctx, page) })
	if err != nil {
		return err
	}
	return g.addRest(ctx)
}

// begin begins the tallies of the agencies of the plan's tasks, so that those without an indicator are there
// too, and finds the one whose terms are wanted.
func (g *gathering) begin(ctx context.Context) error {
	ids, err := g.service.assessing.store.TaskAgencies(ctx, g.query.Plan, g.assessed.Plan.Version)
	if err != nil {
		return err
	}
	if err := g.hold(ctx, ids); err != nil {
		return err
	}
	if g.query.Explain && g.query.Agency != "" {
		if g.wanted, err = g.wantedAgency(ctx); err != nil {
			return err
		}
	}
	for _, id := range ids {
		g.tally(id)
	}
	return nil
}

// wantedAgency is the agency whose terms are wanted: one that a task names, or any that the name
// means; -1 for none.
func (g *gathering) wantedAgency(ctx context.Context) (int64, error) {
	for _, ref := range g.holders {
		if ref.Name == g.query.Agency || formatID(ref.ID) == g.query.Agency {
			return ref.ID, nil
		}
	}
	acting, err := g.service.assessing.store.AnsweringFor(ctx, g.query.Plan, g.query.Agency)
	if fault.Is(err, fault.NotFound) {
		return -1, nil
	}
	return acting.ID, err
}

// hold learns who has the duties of agencies.
func (g *gathering) hold(ctx context.Context, ids []int64) error {
	var unknown []int64
	for _, id := range ids {
		if _, known := g.holders[id]; !known && !slices.Contains(unknown, id) {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	held, err := g.service.assessing.store.AgencyHolders(ctx, unknown, g.assessed.At.AsOf, g.duties)
	for id, ref := range held {
		g.holders[id] = ref
	}
	return err
}

// tally is that of who has the duties of an agency.
func (g *gathering) tally(id int64) *assessment.Tally {
	ref := g.holders[id]
	t := g.tallies[ref.ID]
	if t == nil {
		t = assessment.NewTally(assessment.Agency{ID: ref.ID, Name: ref.Name}, g.assessed.Scheme, g.keeps(ref.ID))
		t.Labels = g.labels
		g.tallies[ref.ID] = t
	}
	return t
}

func (g *gathering) keeps(agency int64) bool {
	return g.query.Explain && (g.wanted == 0 || g.wanted == agency)
}

// addPage counts a page of indicators.
func (g *gathering) addPage(ctx context.Context, page []tracker.DatedProgress) error {
	var ids []int64
	for _, p := range page {
		ids = append(append(ids, p.Indicator.LeadAgencyIDs...), p.Indicator.ParticipatingAgencyIDs...)
	}
	if err := g.hold(ctx, ids); err != nil {
		return err
	}
	for i := range page {
		if err := g.add(&page[i]); err != nil {
			return err
		}
	}
	g.assessed.Indicators += len(page)
	told(ctx, g.assessed.Indicators)
	return nil
}

// add counts an indicator for each of its agencies once: for one that leads it, as that.
func (g *gathering) add(p *tracker.DatedProgress) error {
	counted := make([]int64, 0, 8)
	one := indicatorOf(p, g.from)
	for _, roles := range []struct {
		role indicator.Role
		ids  []int64
	}{{indicator.Lead, p.Indicator.LeadAgencyIDs}, {indicator.Participating, p.Indicator.ParticipatingAgencyIDs}} {
		for _, id := range roles.ids {
			holder := g.holders[id].ID
			if slices.Contains(counted, holder) {
				continue
			}
			counted = append(counted, holder)
			if g.keeps(holder) {
				if g.terms++; g.terms > cmp.Or(g.query.Terms, assessment.MostTerms) && g.wanted == 0 {
					return fault.Newf(fault.SelectionTooLarge, "一次最多说明 %d 项：请用 agency 指明一个单位",
						"at most %d terms are explained at a time: name an agency", assessment.MostTerms).At("agency")
				}
				if one.Measurements == nil {
					one.Measurements = progress.Compute(p.Indicator, p.Reports, g.assessed.At.On, g.profile).Explanation.Measurements
				}
			}
			g.tally(id).Add(roles.role, one)
		}
	}
	if g.met != nil {
		g.met(p.Indicator, counted)
	}
	return nil
}

// addRest counts what is no figure: reports by cycle, matters, and what was entered by hand.
func (g *gathering) addRest(ctx context.Context) error {
	s, a := g.service, g.assessed
	reports, err := s.Completeness(ctx, g.query.Plan, g.from, a.At.On, a.At)
	if err != nil {
		return err
	}
	if err := eachHeld(ctx, g, reports, func(t *assessment.Tally, c loop.Completeness) {
		t.Reports.Add(assessment.Reports{Expected: c.Expected, OnTime: c.OnTime, Late: c.Late, Missing: c.Missing, Empty: c.Empty})
	}); err != nil {
		return err
	}
	matters, err := s.matterCounts(ctx, g.query.Plan, a.At)
	if err != nil {
		return err
	}
	if err := eachHeld(ctx, g, matters, addMatters); err != nil {
		return err
	}
	entries := map[int64][]assessment.Entry{}
	err = s.eachEntry(ctx, g.query.Plan, a.At.AsOf, func(e loop.Entry) {
		if e.Withdrawn == nil && e.On <= a.At.On.String() {
			entries[e.Made.Agency] = append(entries[e.Made.Agency], assessment.Entry{
				ID: e.Made.ID, Kind: assessment.EntryKind(e.Kind), Points: e.Points, By: e.By, Reason: e.Reason,
			})
		}
	})
	if err != nil {
		return err
	}
	return eachHeld(ctx, g, entries, func(t *assessment.Tally, list []assessment.Entry) { t.Entries = append(t.Entries, list...) })
}

// eachHeld gives what is counted by agency to the tallies of who has their duties.
func eachHeld[C any](ctx context.Context, g *gathering, counts map[int64]C, use func(*assessment.Tally, C)) error {
	ids := make([]int64, 0, len(counts))
	for id := range counts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if err := g.hold(ctx, ids); err != nil {
		return err
	}
	for _, id := range ids {
		use(g.tally(id), counts[id])
	}
	return nil
}

func addMatters(t *assessment.Tally, m MatterCounts) {
	t.Issues.Open, t.Issues.Overdue = t.Issues.Open+m.Issues.Open, t.Issues.Overdue+m.Issues.Overdue
	for role, n := range m.Milestones {
		sum := t.Milestones[role]
		sum.Due, sum.Done = sum.Due+n.Due, sum.Done+n.Done
		t.Milestones[role] = sum
	}
	for _, n := range m.Notices {
		i := slices.IndexFunc(t.Notices, func(o assessment.Notices) bool { return o.Level == n.Level })
		if i < 0 {
			t.Notices = append(t.Notices, n)
			continue
		}
		t.Notices[i].Count, t.Notices[i].Late = t.Notices[i].Count+n.Count, t.Notices[i].Late+n.Late
	}
}
