package oversight

import (
	"context"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// runPortion is how many indicators or matters a portion of a run looks at.
const runPortion = 500

// judgedCycle is a cycle of an indicator with the day that it is judged on.
type judgedCycle struct {
	period indicator.Period
	from   indicator.Date // the first day on which it is judged
	day    indicator.Date // the day whose figures count
}

// judgedCycles are the last cycles of an indicator that are judged by a day, the newest first, at most
// so many. A cycle is a month, or a period of the indicator's own where that is longer. What counts
// are the figures of its end; once the indicator's due day has come, those of the first day on which the
// cycle is judged, which say whether it was missed.
func judgedCycles(in indicator.Indicator, on indicator.Date, most int, s loop.IssueSettings, workdays loop.WorkdaysAfter) (list []judgedCycle) {
	freq := in.Frequency
	switch freq {
	case indicator.Quarterly, indicator.HalfYearly, indicator.Yearly:
	default:
		freq = indicator.Monthly
	}
	last := on
	if last.After(in.DueOn) {
		last = in.DueOn
	}
	for p := indicator.PeriodOf(freq, last); len(list) < most && !p.End().Before(in.StartsOn); p = indicator.PeriodOf(freq, p.Start().AddDays(-1)) {
		c := judgedCycle{period: p, from: workdays(p.End(), s.JudgedAfter).AddDays(1), day: p.End()}
		if !in.DueOn.After(p.End()) {
			c.day = c.from
		}
		if !c.from.After(on) {
			list = append(list, c)
		}
	}
	return list
}

// figuresOf are the figures of cycles as rules look at them.
func figuresOf(p tracker.ProgressOnDays, cycles []judgedCycle) []loop.CycleFigures {
	list := make([]loop.CycleFigures, len(cycles))
	for i, c := range cycles {
		r := p.Results[i]
		f := loop.IssueFigure{
			Period: c.period.String(), On: c.day.String(), Status: string(r.Status), Pace: r.Pace.String(),
			Missing: r.ReportMissing && r.Status != progress.Attained, LastReport: p.Last.String(),
		}
		if r.Percent != nil {
			f.Percent = r.Percent.String()
		}
		if r.DueGap != nil {
			f.Gap = r.DueGap.String()
		}
		for _, code := range r.Cautions {
			if slices.Contains(progress.AboutReports, code) {
				f.Cautions = append(f.Cautions, string(code))
			}
		}
		list[i] = loop.CycleFigures{IssueFigure: f, From: c.from}
	}
	return list
}

// watched is an indicator as rules speak of it. A matter is that of the first lead.
func watched(in indicator.Indicator) loop.Watched {
	w := loop.Watched{Plan: in.Plan, Indicator: in.Code, Name: in.Name, DueOn: in.DueOn}
	if len(in.LeadAgencyIDs) > 0 {
		w.Agency, w.AgencyName = in.LeadAgencyIDs[0], in.LeadAgencies[0]
	}
	return w
}

// issuesByRule is the step of a run that raises issues by rule, proposes to close them and takes that back.
func (s *Service) issuesByRule(ctx context.Context, run *Run) (appended int, err error) {
	profile, _, err := s.figures.ProfileAt(ctx, run.AsOf)
	if err != nil {
		return 0, err
	}
	settings := profile.Loop.Issues.Behind(string(profile.Classes[len(profile.Classes)-1].Status))
	var plans []string
	for _, p := range run.Plans {
		if !p.StartsOn.After(run.On) && run.On.DaysSince(p.DueOn) <= settings.AfterTerm {
			plans = append(plans, p.Code)
		}
	}
	if settings.LooksBack() == 0 || len(plans) == 0 {
		return 0, nil
	}
	workdays, err := profile.Loop.Cycles.Calendar.Ready()
	if err != nil {
		return 0, err
	}
	cyclesOf := func(in indicator.Indicator) []judgedCycle {
		return judgedCycles(in, run.On, settings.LooksBack(), settings, workdays.After)
	}
	days := func(in indicator.Indicator) (list []indicator.Date) {
		for _, c := range cyclesOf(in) {
			list = append(list, c.day)
		}
		return list
	}
	return run.eachPortion(ctx, func(ctx context.Context, after int64) (portion, error) {
		list, next, err := s.figures.OnDays(ctx, plans, run.AsOf, indicator.Page{After: after, Limit: s.runPortion}, days)
		return portion{next: next, write: func(b loop.Book, counts *portionCounts) error {
			issues, err := issuesAbout(b, list)
			if err != nil {
				return err
			}
			for _, p := range list {
				code := p.Indicator.Code
				counts.look(p.Indicator.Plan)
				drafts := settings.Decide(run.On, watched(p.Indicator), figuresOf(p, cyclesOf(p.Indicator)), issues[code], workdays.After)
				if err := appendDrafts(b, p.Indicator.Plan, loop.AboutIndicator(code), drafts, counts); err != nil {
					return err
				}
			}
			return nil
		}}, err
	})
}

// appendDrafts stores what a rule has decided about a matter.
func appendDrafts(b loop.Book, plan, about string, drafts []loop.IssueDraft, counts *portionCounts) error {
	for _, d := range drafts {
		_, added, err := b.Append(d.Thread, d.Draft(plan, about))
		if err != nil {
			return err
		}
		if added {
			counts.add(string(d.Kind))
		}
	}
	return nil
}

// issuesAbout are the issues of indicators, by code, the oldest first.
func issuesAbout(b loop.Book, list []tracker.ProgressOnDays) (map[string][]loop.Issue, error) {
	if len(list) == 0 {
		return nil, nil
	}
	about := make([]string, len(list))
	for i, p := range list {
		about[i] = loop.AboutIndicator(p.Indicator.Code)
	}
	threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindIssue, Abouts: about, Oldest: true})
	if err != nil {
		return nil, err
	}
	by := map[string][]loop.Issue{}
	for _, t := range threads {
		i, err := loop.FoldIssue(t)
		if err != nil {
			return nil, err
		}
		by[i.Indicator] = append(by[i.Indicator], i)
	}
	return by, nil
}

// escalateIssues is the step of a run that raises the level of issues that are overdue.
func (s *Service) escalateIssues(ctx context.Context, run *Run) (appended int, err error) {
	profile, _, err := s.figures.ProfileAt(ctx, run.AsOf)
	if err != nil || len(profile.Loop.Issues.Escalation) == 0 {
		return 0, err
	}
	return run.eachPortion(ctx, func(ctx context.Context, after int64) (portion, error) {
		q := loop.ThreadQuery{Kind: loop.KindIssue, After: after, AsOf: run.AsOf, Oldest: true, Limit: s.runPortion}
		known, err := s.events.LoopThreads(ctx, q)
		if err != nil || len(known) == 0 {
			return portion{}, err
		}
		ids := make([]int64, len(known))
		for i, t := range known {
			ids[i] = t.ID()
		}
		next := int64(0)
		if len(ids) == s.runPortion {
			next = ids[len(ids)-1]
		}
		return portion{next: next, write: func(b loop.Book, counts *portionCounts) error {
			threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindIssue, IDs: ids, Oldest: true}) // as they stand now
			if err != nil {
				return err
			}
			for _, t := range threads {
				i, err := loop.FoldIssue(t)
				if err != nil {
					return err
				}
				counts.look(i.Plan)
				if d, ok := profile.Loop.Issues.Escalate(run.On, i); ok {
					if err := appendDrafts(b, i.Plan, t[0].About, []loop.IssueDraft{d}, counts); err != nil {
						return err
					}
				}
			}
			return nil
		}}, nil
	})
}
