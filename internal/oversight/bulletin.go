package oversight

import (
	"context"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Bulletin (督查通报) is how a plan stood at the end of a period, and what happened in it.
type Bulletin struct {
	Plan     indicator.Plan
	Period   indicator.Period
	At       tracker.Moment // the last day of the period
	Total    tracker.Counts
	Sections []tracker.Group
	Agencies []tracker.Group // the highest mean first
	// Leaders have nothing below pace and a report for the last period of all that they have; Laggards
	// have something below pace, and are those with the worst gaps. Worst of each says why.
	Leaders, Laggards []tracker.Group
	Notices           NoticeCounts
	Issues            IssueCounts
	// Asked are notices that await a reply at the end of the period, by their dates.
	Asked []loop.Notice
}

// NoticeCounts count the notices of a plan at the end of a period.
type NoticeCounts struct {
	Issued, Accepted, Withdrawn int // in the period
	Open, Overdue               int // at its end
	OpenByLevel                 map[loop.Level]int
	OpenByState                 map[loop.NoticeState]int
}

// IssueCounts count the issues of a plan.
type IssueCounts struct {
	Raised, Resolved, Closed int // in the period
	Open                     int // at its end
}

const (
	mostNamed = 5   // agencies that a bulletin praises, and blames
	mostAsked = 200 // notices that it lists
)

// Bulletin makes the bulletin of a period of a plan, as known at a moment. Its figures are those that
// summaries of the same day and moment have.
func (s *Service) Bulletin(ctx context.Context, plan string, period indicator.Period, asOf time.Time) (b Bulletin, err error) {
	b.Period = period
	if b.At, err = s.figures.Settle(ctx, tracker.Moment{On: period.End(), AsOf: asOf}); err != nil {
		return b, err
	}
	if b.Plan, err = s.planAt(ctx, plan, b.At.AsOf); err != nil {
		return b, err
	}
	if err := s.checkPeriod(b.Plan, period.String()); err != nil {
		return b, fault.From(err).At("period")
	}
	q := tracker.ProgressQuery{Query: indicator.Query{Selection: indicator.Selection{Plans: []string{plan}}}, At: b.At, Settled: true}
	sections, err := s.figures.Summary(ctx, q, nil, tracker.BySection)
	if err != nil {
		return b, err
	}
	b.Total, b.Sections = sections.Total, sections.Groups
	best := []tracker.GroupSort{{By: tracker.GroupsByPercent, Down: true}}
	agencies, err := s.figures.Summary(ctx, q, best, tracker.ByAgency)
	if err != nil {
		return b, err
	}
	b.Agencies = agencies.Groups
	b.name()
	if err := s.bulletinNotices(ctx, &b); err != nil {
		return b, err
	}
	return b, s.bulletinIssues(ctx, &b)
}

// name names the agencies that lead and lag.
func (b *Bulletin) name() {
	for _, g := range b.Agencies {
		switch lags := len(g.Worst) > 0 && g.Worst[0].DueGap.Sign() < 0; {
		case lags:
			g.Worst = slices.DeleteFunc(slices.Clone(g.Worst), func(w tracker.Worst) bool { return w.DueGap.Sign() >= 0 })
			b.Laggards = append(b.Laggards, g)
		case g.MeanPercent != nil && g.Reported == g.Expected && len(b.Leaders) < mostNamed: // what nobody reported may lag
			b.Leaders = append(b.Leaders, g)
		}
	}
	slices.SortStableFunc(b.Laggards, func(x, y tracker.Group) int { return x.Worst[0].DueGap.Cmp(y.Worst[0].DueGap) })
	b.Laggards = b.Laggards[:min(len(b.Laggards), mostNamed)]
}

// eachThreadOf gives the threads of a kind of a plan, a portion at a time, the oldest first.
func (s *Service) eachThreadOf(ctx context.Context, kind loop.Kind, plan string, asOf time.Time, use func(loop.Thread) error) error {
	q := loop.ThreadQuery{Kind: kind, Plan: plan, AsOf: asOf, Oldest: true, Limit: 500}
	for {
		threads, err := s.events.LoopThreads(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range threads {
			if err := use(t); err != nil {
				return err
			}
			q.After = t.ID()
		}
		if len(threads) < q.Limit {
			return nil
		}
	}
}

// until is what of a thread had happened by the end of a day, where days begin in a place.
func until(t loop.Thread, day indicator.Date, place *time.Location) loop.Thread {
	n := 0
	for n < len(t) && !indicator.DateIn(t[n].At, place).After(day) {
		n++
	}
	return t[:n]
}

func (s *Service) bulletinNotices(ctx context.Context, b *Bulletin) error {
	c := NoticeCounts{OpenByLevel: map[loop.Level]int{}, OpenByState: map[loop.NoticeState]int{}}
	within := func(day indicator.Date) bool { return !day.Before(b.Period.Start()) && !day.After(b.Period.End()) }
	profile, _, err := s.figures.ProfileAt(ctx, b.At.AsOf)
	if err != nil {
		return err
	}
	err = s.eachThreadOf(ctx, loop.KindNotice, b.Plan.Code, b.At.AsOf, func(t loop.Thread) error {
		if t = until(t, b.At.On, profile.Place); len(t) == 0 {
			return nil
		}
		n, err := loop.FoldNotice(t)
		if err != nil {
			return err
		}
		if within(n.IssuedOn) {
			c.Issued++
		}
		switch {
		case n.State == loop.StateAccepted && within(n.ClosedOn):
			c.Accepted++
		case n.State == loop.StateWithdrawn && within(n.ClosedOn):
			c.Withdrawn++
		}
		if !n.Open() {
			return nil
		}
		c.Open++
		c.OpenByLevel[n.Level]++
		c.OpenByState[n.State]++
		if n.Overdue(b.At.On) {
			c.Overdue++
		}
		if n.Awaits() && len(b.Asked) < mostAsked {
			b.Asked = append(b.Asked, n)
		}
		return nil
	})
	b.Notices = c
	slices.SortStableFunc(b.Asked, func(x, y loop.Notice) int { return x.DueOn.DaysSince(y.DueOn) })
	return err
}

// bulletinIssues counts issues by the types of their events alone.
func (s *Service) bulletinIssues(ctx context.Context, b *Bulletin) error {
	profile, _, err := s.figures.ProfileAt(ctx, b.At.AsOf)
	if err != nil {
		return err
	}
	return s.eachThreadOf(ctx, loop.KindIssue, b.Plan.Code, b.At.AsOf, func(t loop.Thread) error {
		open := false
		for _, e := range until(t, b.At.On, profile.Place) {
			counted := 0
			if !indicator.DateIn(e.At, profile.Place).Before(b.Period.Start()) {
				counted = 1
			}
			switch e.Type {
			case "raised":
				b.Issues.Raised += counted
				open = true
			case "resolved":
				b.Issues.Resolved += counted
			case "closed":
				b.Issues.Closed += counted
				open = false
			}
		}
		if open {
			b.Issues.Open++
		}
		return nil
	})
}
