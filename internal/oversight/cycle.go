package oversight

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Reporting is what cycles need of the store beside events and plans.
type Reporting interface {
	// Indicators returns a page of the versions that a query selects, in the order of the plans.
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// PlanIndicators returns the ids of the indicators of a plan after one, rising, at most so many.
	PlanIndicators(ctx context.Context, plan string, after int64, limit int) ([]int64, error)
	// FirstReports gives what stood at a moment of what was reported, by code, by when it was first.
	FirstReports(ctx context.Context, codes []string, asOf time.Time) (map[string][]loop.Reported, error)
	// AgencyNames are what agencies were called at a moment, each followed by who had its duties at
	// another, where that was not the agency itself.
	AgencyNames(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64][]string, error)
}

// cycles are those of a plan at a settled moment.
type cycles struct {
	plan  indicator.Plan
	at    tracker.Moment
	list  []loop.Cycle
	place *time.Location
}

// cyclesOf are the cycles of a plan, as known at a moment, which it settles unless it is settled.
func (s *Service) cyclesOf(ctx context.Context, plan string, at tracker.Moment, settled bool) (c cycles, err error) {
	if !settled {
		if at, err = s.figures.Settle(ctx, at); err != nil {
			return c, err
		}
	}
	c.at = at
	if c.plan, err = s.planAt(ctx, plan, at.AsOf); err != nil {
		return c, err
	}
	profile, _, err := s.figures.ProfileAt(ctx, at.AsOf)
	if err != nil {
		return c, err
	}
	c.place = profile.Place
	of, err := loop.NewCyclePlan(profile.Loop.Cycles)
	if err != nil {
		return c, err
	}
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindCycle, Plan: plan, AsOf: at.AsOf})
	if err != nil {
		return c, err
	}
	said := map[string]loop.CycleChanges{}
	for _, t := range threads {
		if said[t[0].About], err = loop.FoldCycle(t); err != nil {
			return c, err
		}
	}
	there := indicator.DateIn(c.plan.CreatedAt, c.place)
	for _, p := range of.Periods(c.plan.StartsOn, c.plan.DueOn) {
		c.list = append(c.list, of.Cycle(plan, p, there, said[loop.AboutPeriod(p)]))
	}
	return c, nil
}

// of is the cycle of a period. It fails with fault.NotFound.
func (c cycles) of(period indicator.Period) (loop.Cycle, error) {
	at := slices.IndexFunc(c.list, func(x loop.Cycle) bool { return x.Period == period })
	if at < 0 {
		written := "–"
		if n := len(c.list); n > 0 {
			written = c.list[0].Period.String() + " – " + c.list[n-1].Period.String()
		}
		return loop.Cycle{}, fault.Newf(fault.NotFound, "计划 %s 没有调度期 %s，其调度期为 %s", "the plan %s has no cycle %s; its cycles are %s", c.plan.Code, period, written)
	}
	return c.list[at], nil
}

// judgedReport is what became of the report on an indicator that a cycle expects.
type judgedReport struct {
	in      indicator.Indicator
	state   loop.ReportState
	counted *loop.Reported
}

// mostExpected is how many indicators are looked at together.
const mostExpected = 500

// everyExpected gives what became of the reports on all indicators of a plan that cycles expect, in the
// order in which these were made: in the order of the plan each page would cost more than the one before.
func (s *Service) everyExpected(ctx context.Context, c cycles, wanted []loop.Cycle, use func(loop.Cycle, judgedReport)) error {
	q := c.query()
	for after := int64(0); ; {
		ids, err := s.reporting.PlanIndicators(ctx, c.plan.Code, after, mostExpected)
		if err != nil || len(ids) == 0 {
			return err
		}
		after, q.IDs = ids[len(ids)-1], ids
		ins, _, err := s.reporting.Indicators(ctx, access.Visibility(ctx), q)
		if err != nil {
			return err
		}
		if err := s.judgeExpected(ctx, c, wanted, ins, use); err != nil {
			return err
		}
	}
}

// query selects the indicators of the plan that are reported on, as they were then.
func (c cycles) query() indicator.Query {
	return indicator.Query{
		Selection: indicator.Selection{Plans: []string{c.plan.Code}}, AsOf: c.at.AsOf, States: []indicator.State{indicator.Confirmed},
	}
}

// judgeExpected gives what became of the reports on some indicators that cycles expect.
func (s *Service) judgeExpected(ctx context.Context, c cycles, wanted []loop.Cycle, ins []indicator.Indicator, use func(loop.Cycle, judgedReport)) error {
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	reported, err := s.reporting.FirstReports(ctx, codes, c.at.AsOf)
	if err != nil {
		return err
	}
	for _, in := range ins {
		there := indicator.DateIn(in.CreatedAt, c.place)
		list := reported[in.Code]
		for i := range list {
			list[i].On = indicator.DateIn(list[i].At, c.place)
		}
		for _, cycle := range wanted {
			if cycle.Expects(in, there) {
				state, counted := cycle.Judge(list, c.at.On)
				use(cycle, judgedReport{in, state, counted})
			}
		}
	}
	return nil
}

// countByAgency counts the reports that a cycle expects by lead agency.
func (s *Service) countByAgency(ctx context.Context, c cycles, cycle loop.Cycle) (all loop.Completeness, by []AgencyCompleteness, err error) {
	counts := map[int64]*AgencyCompleteness{}
	err = s.everyExpected(ctx, c, []loop.Cycle{cycle}, func(_ loop.Cycle, j judgedReport) {
		all.Add(j.state, j.counted)
		for _, lead := range leads(j.in) {
			if counts[lead] == nil {
				counts[lead] = &AgencyCompleteness{ID: lead}
			}
			counts[lead].Add(j.state, j.counted)
		}
	})
	if err != nil {
		return all, nil, err
	}
	by, err = s.namedAgencies(ctx, counts, c)
	return all, by, err
}

// CountedCycle is a cycle with how complete its reports are.
type CountedCycle struct {
	loop.Cycle

	State   loop.CycleState
	Reports loop.Completeness
}

// Cycles are those of a plan on a day, as known at a moment, with counts of their reports unless these
// are not asked for.
func (s *Service) Cycles(ctx context.Context, plan string, at tracker.Moment, counts bool) ([]CountedCycle, tracker.Moment, error) {
	c, err := s.cyclesOf(ctx, plan, at, false)
	if err != nil {
		return nil, c.at, err
	}
	list := make([]CountedCycle, len(c.list))
	place := map[indicator.Period]int{}
	for i, one := range c.list {
		list[i], place[one.Period] = CountedCycle{Cycle: one, State: one.State(c.at.On)}, i
	}
	if counts {
		err = s.everyExpected(ctx, c, c.list, func(of loop.Cycle, j judgedReport) { list[place[of.Period]].Reports.Add(j.state, j.counted) })
	}
	return list, c.at, err
}

// AgencyCompleteness is how complete the reports of an agency are in a cycle: those on the indicators
// that it leads.
type AgencyCompleteness struct {
	ID     int64 // 0 for indicators that nobody leads
	Name   string
	HeldBy string // who has its duties on the day; empty where it has them itself
	loop.Completeness
}

// CycleByAgency is a cycle with what became of its reports, by lead agency.
func (s *Service) CycleByAgency(ctx context.Context, plan string, period indicator.Period, at tracker.Moment) (CountedCycle, []AgencyCompleteness, tracker.Moment, error) {
	c, err := s.cyclesOf(ctx, plan, at, false)
	if err != nil {
		return CountedCycle{}, nil, c.at, err
	}
	cycle, err := c.of(period)
	if err != nil {
		return CountedCycle{}, nil, c.at, err
	}
	counted := CountedCycle{Cycle: cycle, State: cycle.State(c.at.On)}
	var by []AgencyCompleteness
	counted.Reports, by, err = s.countByAgency(ctx, c, cycle)
	return counted, by, c.at, err
}

// leads are the ids of the agencies that lead an indicator; 0 where nobody does.
func leads(in indicator.Indicator) []int64 {
	if len(in.LeadAgencyIDs) == 0 {
		return []int64{0}
	}
	return in.LeadAgencyIDs
}

// namedAgencies puts names to agencies, those with the most missing first.
func (s *Service) namedAgencies(ctx context.Context, by map[int64]*AgencyCompleteness, c cycles) ([]AgencyCompleteness, error) {
	ids := make([]int64, 0, len(by))
	for id := range by {
		if id != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	called, err := s.reporting.AgencyNames(ctx, ids, c.at.AsOf, endOf(c.at.On, c.place))
	if err != nil {
		return nil, err
	}
	list := make([]AgencyCompleteness, 0, len(by))
	for id, a := range by {
		if n := called[id]; len(n) > 0 {
			a.Name = n[0]
			if len(n) > 1 {
				a.HeldBy = n[1]
			}
		}
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b AgencyCompleteness) int {
		for _, d := range []int{b.Missing - a.Missing, b.Late - a.Late, int(a.ID - b.ID)} {
			if d != 0 {
				return d
			}
		}
		return 0
	})
	return list, nil
}

// IndicatorReport is what became of the report on an indicator in a cycle.
type IndicatorReport struct {
	Indicator indicator.Indicator
	State     loop.ReportState
	Counted   *loop.Reported // nil for none
}

// CycleByIndicator is what became of the reports of a cycle, by indicator, in the order of the plan, of
// the states that are wanted, or all. next is the position of the following page, 0 at the end; a page
// may have fewer rows than it holds.
func (s *Service) CycleByIndicator(ctx context.Context, plan string, period indicator.Period, at tracker.Moment, settled bool, states []loop.ReportState, page indicator.Page) (
	list []IndicatorReport, next int64, when tracker.Moment, err error,
) {
	c, err := s.cyclesOf(ctx, plan, at, settled)
	if err != nil {
		return nil, 0, c.at, err
	}
	cycle, err := c.of(period)
	if err != nil {
		return nil, 0, c.at, err
	}
	q := c.query()
	for looked := 0; looked < mostLooked; {
		q.Page = indicator.Page{After: page.After, Limit: min(page.Limit-len(list), mostExpected)}
		var ins []indicator.Indicator
		if ins, next, err = s.reporting.Indicators(ctx, access.Visibility(ctx), q); err != nil {
			return nil, 0, c.at, err
		}
		err = s.judgeExpected(ctx, c, []loop.Cycle{cycle}, ins, func(_ loop.Cycle, j judgedReport) {
			if len(states) == 0 || slices.Contains(states, j.state) {
				list = append(list, IndicatorReport{j.in, j.state, j.counted})
			}
		})
		looked += len(ins)
		if page.After = next; err != nil || next == 0 || len(list) >= page.Limit {
			break
		}
	}
	return list, next, c.at, err
}

// Completeness counts the reports of agencies over the cycles of a plan that were due in a term, the
// days from and to included, by the ids of lead agencies.
func (s *Service) Completeness(ctx context.Context, plan string, from, to indicator.Date, at tracker.Moment) (map[int64]loop.Completeness, error) {
	c, err := s.cyclesOf(ctx, plan, at, true)
	if err != nil {
		return nil, err
	}
	wanted := slices.DeleteFunc(slices.Clone(c.list), func(x loop.Cycle) bool { return x.Due.Before(from) || x.Due.After(to) })
	by := map[int64]loop.Completeness{}
	if len(wanted) == 0 {
		return by, nil
	}
	err = s.everyExpected(ctx, c, wanted, func(_ loop.Cycle, j judgedReport) {
		for _, lead := range leads(j.in) {
			counts := by[lead]
			counts.Add(j.state, j.counted)
			by[lead] = counts
		}
	})
	return by, err
}

// Cycle is one cycle of a plan at a settled moment, without counts.
func (s *Service) Cycle(ctx context.Context, plan string, period indicator.Period, at tracker.Moment) (CountedCycle, error) {
	c, err := s.cyclesOf(ctx, plan, at, true)
	if err != nil {
		return CountedCycle{}, err
	}
	cycle, err := c.of(period)
	return CountedCycle{Cycle: cycle, State: cycle.State(c.at.On)}, err
}

// StepCycle takes a cycle a step further: locks it, opens it again, moves its dates, or takes an
// exception back.
func (s *Service) StepCycle(ctx context.Context, plan string, period indicator.Period, kind string, step loop.CycleStep) (CountedCycle, error) {
	return s.changeCycle(ctx, plan, period, func(c loop.Cycle, today indicator.Date) (loop.Draft, error) {
		if kind == loop.CycleExceptionWithdrawn {
			at := slices.IndexFunc(c.Exceptions, func(x loop.Exception) bool { return x.ID == step.Exception })
			switch {
			case at < 0:
				return loop.Draft{}, fault.Newf(fault.InvalidValue, "调度期 %s 没有例外 %s", "the cycle %s has no exception %s", period, strconv.FormatInt(step.Exception, 10)).At("/exception")
			case c.Exceptions[at].Withdrawn:
				return loop.Draft{}, fault.Newf(fault.WrongState, "例外 %d 已收回", "the exception %d was withdrawn already", step.Exception).At("/exception")
			}
		} else if step.Exception != 0 {
			return loop.Draft{}, fault.Newf(fault.InvalidValue, "%s 不用此项", "%s does not take this", kind).At("/exception")
		}
		if kind != loop.CycleDated && (step.DueOn != "" || step.LocksOn != "") {
			return loop.Draft{}, fault.Newf(fault.InvalidValue, "%s 不用日期", "%s takes no dates", kind).At("/due_on")
		}
		return loop.Draft{Type: kind, Content: loop.Content(step)}, step.Validate(kind, c, today)
	})
}

// Except lets an agency report for a cycle until the end of a day, though it is locked.
func (s *Service) Except(ctx context.Context, plan string, period indicator.Period, agency, until, reason string) (CountedCycle, error) {
	if agency == "" {
		return CountedCycle{}, fault.Required("/agency")
	}
	if until == "" {
		return CountedCycle{}, fault.Required("/until")
	}
	last, err := indicator.ParseDate(until)
	if err != nil {
		return CountedCycle{}, fault.At(err, "/until")
	}
	if _, err := s.plans.Plan(ctx, plan); err != nil {
		return CountedCycle{}, err
	}
	acting, err := s.plans.AnsweringFor(ctx, plan, agency)
	if fault.Is(err, fault.NotFound) {
		return CountedCycle{}, fault.New(fault.UnknownAgency, fault.From(err).Detail).At("/agency")
	}
	if err != nil {
		return CountedCycle{}, err
	}
	return s.changeCycle(ctx, plan, period, func(c loop.Cycle, today indicator.Date) (loop.Draft, error) {
		if last.Before(today) {
			return loop.Draft{}, fault.Newf(fault.InvalidValue, "例外至 %s 止，今天已是 %s", "the exception would end on %s, and today is %s", last, today).At("/until")
		}
		step := loop.CycleStep{Agency: acting.Name, Until: until, Reason: reason}
		return loop.Draft{Type: loop.CycleExcepted, Agency: acting.ID, Content: loop.Content(step)}, step.Validate(loop.CycleExcepted, c, today)
	})
}

// changeCycle appends what a function decides of a cycle as it stands in the transaction.
func (s *Service) changeCycle(ctx context.Context, plan string, period indicator.Period, decide func(c loop.Cycle, today indicator.Date) (loop.Draft, error)) (CountedCycle, error) {
	all, err := s.cyclesOf(ctx, plan, tracker.Moment{}, false)
	if err != nil {
		return CountedCycle{}, err
	}
	about, today := loop.AboutPeriod(period), s.figures.Today()
	cycle, err := all.of(period)
	if err != nil {
		return CountedCycle{}, err
	}
	profile, _, err := s.figures.ProfileAt(ctx, all.at.AsOf)
	if err != nil {
		return CountedCycle{}, err
	}
	of, err := loop.NewCyclePlan(profile.Loop.Cycles)
	if err != nil {
		return CountedCycle{}, err
	}
	there := indicator.DateIn(all.plan.CreatedAt, all.place)
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindCycle, Plan: plan, About: about})
		if err != nil {
			return err
		}
		var thread loop.Thread
		if len(threads) > 0 {
			thread = threads[0]
		}
		said, err := loop.FoldCycle(thread)
		if err != nil {
			return err
		}
		d, err := decide(of.Cycle(plan, period, there, said), today)
		if err != nil {
			return err
		}
		d.Kind, d.Plan, d.About = loop.KindCycle, plan, about
		at := int64(0)
		if thread != nil {
			at = thread.ID()
		}
		e, _, err := b.Append(at, d)
		if err != nil {
			return err
		}
		if said, err = loop.FoldCycle(append(thread, e)); err == nil {
			cycle = of.Cycle(plan, period, there, said)
		}
		return err
	})
	return CountedCycle{Cycle: cycle, State: cycle.State(today)}, err
}
