package oversight

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// MostMadeUp is how many days that were missed a run makes up for.
const MostMadeUp = 31

// StandsStill is how long a run may show no progress before another process goes on with it.
const StandsStill = 2 * time.Minute

// PlanList is what a run needs to know of all plans.
type PlanList interface {
	// Plans lists plans in the order of import, without their parts.
	Plans(ctx context.Context, selected indicator.PlanSelection, page indicator.Page) ([]indicator.Plan, int64, error)
}

// Step is a part of the daily run, such as raising issues. What it appends has Once texts that hang on
// the day and the matter alone, so that taking it again does nothing.
type Step struct {
	Name string
	Do   func(ctx context.Context, run *Run) (appended int, err error)
}

// dailySteps are the steps of the daily run, in their order.
func (s *Service) dailySteps() []Step {
	return []Step{
		{"issues", s.issuesByRule},
		{"overdue_issues", s.escalateIssues},
		{"cycles", s.tellCycles},
		{"notices", s.remindOfNotices},
	}
}

// RunRequest asks for the run of a day.
type RunRequest struct {
	On indicator.Date // today when zero
	// Worker names the process; no two that run at a time have the same name.
	Worker string
	// StandsStill is how long a run of another process may show no progress before this one goes on
	// with it; the constant when zero.
	StandsStill time.Duration
	// Told hears how a run goes, after each portion; nil for nobody.
	Told func(loop.Run)
}

// Run is a daily run that is under way in this process.
type Run struct {
	On indicator.Date
	// AsOf is the moment whose knowledge the run works by, however often it is taken up again.
	AsOf time.Time
	// Plans are those that were there at that moment, without their parts.
	Plans []indicator.Plan

	service *Service
	request RunRequest
	id      int64
	step    string
	so      loop.Run // how far it has come
}

// RunUntil carries out the run of a day, after those of the days before it that were missed since the
// last run, at most MostMadeUp days in all, and gives the last one that it came to. A run that is under way in
// another process and moves is left alone: it is given as it stands, not finished. A run that was
// finished is given and not repeated. RunUntil fails with fault.InvalidParameter at "on" for a day
// to come, and with fault.RunOutOfOrder for one before the last run that has none.
func (s *Service) RunUntil(ctx context.Context, q RunRequest) (loop.Run, error) {
	ctx = indicator.WithActor(ctx, indicator.Actor{Key: loop.ByRule})
	q.StandsStill = cmp.Or(q.StandsStill, StandsStill)
	today := s.figures.Today()
	if q.On.IsZero() {
		q.On = today
	}
	if q.On.After(today) {
		return loop.Run{}, fault.Newf(fault.InvalidParameter, "%s 尚未到来，今天是 %s", "%s is still to come; today is %s", q.On, today).At("on")
	}
	first, err := s.firstToRun(ctx, q.On)
	if err != nil {
		return loop.Run{}, err
	}
	var run loop.Run
	for day := first; !day.After(q.On); day = day.AddDays(1) {
		of := q
		of.On = day
		if run, err = s.runDay(ctx, of); err != nil || run.Finished.IsZero() {
			return run, err
		}
	}
	return run, nil
}

// firstToRun is the first day that has to be run so that the days up to another are.
func (s *Service) firstToRun(ctx context.Context, on indicator.Date) (indicator.Date, error) {
	last, known, err := s.lastRun(ctx)
	switch {
	case err != nil || !known:
		return on, err
	case last.On.After(on):
		own, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindRun, About: aboutRun(on), Limit: 1})
		if err == nil && len(own) == 0 {
			err = fault.Newf(fault.RunOutOfOrder, "%s 已处理，之前的 %s 不能再补", "%s was run already, so %s cannot be run any more", last.On, on).At("on")
		}
		return on, err
	case last.Finished.IsZero():
		return last.On, nil
	}
	first := last.On.AddDays(1)
	if bound := on.AddDays(1 - MostMadeUp); first.Before(bound) {
		first = bound
	}
	if first.After(on) {
		first = on
	}
	return first, nil
}

// lastRun is the run that began last; known is false when there is none.
func (s *Service) lastRun(ctx context.Context) (run loop.Run, known bool, err error) {
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindRun, Limit: 1})
	if err != nil || len(threads) == 0 {
		return run, false, err
	}
	run, err = loop.FoldRun(threads[0])
	return run, true, err
}

func aboutRun(on indicator.Date) string {
	return loop.AboutPeriod(indicator.PeriodOf(indicator.Daily, on))
}

// runDay carries out the run of one day, or what is left of it.
func (s *Service) runDay(ctx context.Context, q RunRequest) (loop.Run, error) {
	run, mine, err := s.takeRun(ctx, q)
	if err != nil || !mine {
		return run.so, err
	}
	run.tell()
	if run.Plans, err = s.plansKnown(ctx, run.AsOf); err != nil {
		return run.so, err
	}
	for _, step := range s.dailySteps() {
		if run.so.Step(step.Name).Done {
			continue
		}
		run.step = step.Name
		appended, err := step.Do(ctx, run)
		if errors.Is(err, errTaken) {
			return run.so, nil
		}
		if err != nil {
			return run.so, err
		}
		if mine, err = run.endStep(ctx, appended); err != nil || !mine {
			return run.so, err
		}
	}
	_, err = run.note(ctx, loop.RunFinished, "finished", func(loop.Book) (loop.RunNote, error) { return loop.RunNote{}, nil })
	return run.so, err
}

// takeRun starts the run of a day, or goes on with it where it is this process's or stands still. It is
// not mine where it is finished, or moves elsewhere.
func (s *Service) takeRun(ctx context.Context, q RunRequest) (run *Run, mine bool, err error) {
	run = &Run{service: s, request: q}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindRun, About: aboutRun(q.On), Limit: 1})
		if err != nil {
			return err
		}
		thread, d := loop.Thread{}, loop.Draft{Kind: loop.KindRun, Type: loop.RunStarted, About: aboutRun(q.On), Once: "run:" + q.On.String()}
		note := loop.RunNote{Worker: q.Worker}
		if len(threads) > 0 {
			thread = threads[0]
			if run.so, err = loop.FoldRun(thread); err != nil {
				return err
			}
			switch {
			case !run.so.Finished.IsZero():
				return nil
			case run.so.Worker == q.Worker:
				mine = true
				return nil
			case b.Now().Sub(run.so.LastAt) < q.StandsStill:
				return nil
			}
			d.Type, d.Once = loop.RunTaken, fmt.Sprintf("run:%s:taken:%d", q.On, run.so.Taken+1)
		} else {
			note.On = q.On.String()
			for _, step := range s.dailySteps() {
				note.Steps = append(note.Steps, step.Name)
			}
		}
		d.Content = loop.Content(note)
		e, _, err := b.Append(run.so.ID, d)
		if err != nil {
			return err
		}
		mine = true
		run.so, err = loop.FoldRun(append(thread, e))
		return err
	})
	run.On, run.AsOf, run.id = run.so.On, run.so.AsOf, run.so.ID
	return run, mine, err
}

// plansKnown are the plans that were there at a moment.
func (s *Service) plansKnown(ctx context.Context, asOf time.Time) (list []indicator.Plan, err error) {
	for page := (indicator.Page{Limit: runPortion}); ; {
		plans, next, err := s.planList.Plans(ctx, indicator.PlanSelection{}, page)
		if err != nil {
			return nil, err
		}
		list = append(list, slices.DeleteFunc(plans, func(p indicator.Plan) bool { return p.CreatedAt.After(asOf) })...)
		if next == 0 {
			return list, nil
		}
		page.After = next
	}
}

// portion is a part of a step: what it writes, and the position of the following one, 0 at the end.
type portion struct {
	next  int64
	write func(loop.Book, *portionCounts) error // nil for nothing
}

// portionCounts count what a portion looks at and appends.
type portionCounts struct {
	looked   int
	appended map[string]int
	plans    []loop.PlanCount
}

// look counts an indicator or a matter of a plan.
func (c *portionCounts) look(plan string) {
	c.looked++
	if n := len(c.plans); n == 0 || c.plans[n-1].Plan != plan {
		c.plans = append(c.plans, loop.PlanCount{Plan: plan})
	}
	c.plans[len(c.plans)-1].Looked++
}

// add counts an event of a type of the matter that was looked at last.
func (c *portionCounts) add(kind string) {
	c.appended[kind]++
	c.plans[len(c.plans)-1].Appended++
}

// errTaken ends a step whose run another process goes on with.
var errTaken = fault.Newf(fault.Unavailable, "本次处理已由另一进程接续", "another process goes on with this run")

// eachPortion carries out the portions of a step that are not done yet, each in one transaction with the
// event that says so.
func (r *Run) eachPortion(ctx context.Context, read func(ctx context.Context, after int64) (portion, error)) (appended int, err error) {
	for at := r.so.Step(r.step); !at.Begun || at.Next != 0; at = r.so.Step(r.step) {
		p, err := read(ctx, at.Next)
		if err != nil {
			return appended, err
		}
		mine, err := r.note(ctx, loop.RunPortion, fmt.Sprintf("%s:%d", r.step, at.Next), func(b loop.Book) (loop.RunNote, error) {
			counts := portionCounts{appended: map[string]int{}}
			if p.write != nil {
				if err := p.write(b, &counts); err != nil {
					return loop.RunNote{}, err
				}
			}
			for _, n := range counts.appended {
				appended += n
			}
			return loop.RunNote{Step: r.step, Next: p.next, Looked: counts.looked, Appended: counts.appended, Plans: counts.plans}, nil
		})
		if err != nil {
			return appended, err
		}
		if !mine {
			return appended, errTaken
		}
	}
	return appended, nil
}

// Write lets a step that has no portions append in one transaction, as long as the run is this process's.
func (r *Run) Write(ctx context.Context, write func(loop.Book) error) error {
	return r.service.events.WriteLoop(ctx, func(b loop.Book) error {
		so, _, err := r.stand(b)
		if err != nil {
			return err
		}
		if so.Worker != r.request.Worker {
			return errTaken
		}
		return write(b)
	})
}

// endStep notes that a step is done. What it has appended without portions is counted here.
func (r *Run) endStep(ctx context.Context, appended int) (mine bool, err error) {
	return r.note(ctx, loop.RunStep, r.step, func(loop.Book) (loop.RunNote, error) {
		note := loop.RunNote{Step: r.step}
		if at := r.so.Step(r.step); !at.Begun && appended > 0 {
			note.Appended = map[string]int{"appended": appended}
		}
		return note, nil
	})
}

// stand is how far the run has come, as it is stored.
func (r *Run) stand(b loop.Book) (loop.Run, loop.Thread, error) {
	threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindRun, IDs: []int64{r.id}})
	if err != nil {
		return loop.Run{}, nil, err
	}
	so, err := loop.FoldRun(threads[0])
	return so, threads[0], err
}

// note appends to the run, once, with all that a function appends, unless another process has taken it.
func (r *Run) note(ctx context.Context, kind, once string, write func(loop.Book) (loop.RunNote, error)) (mine bool, err error) {
	var so loop.Run
	err = r.service.events.WriteLoop(ctx, func(b loop.Book) error {
		stored, thread, err := r.stand(b)
		if err != nil {
			return err
		}
		if so = stored; so.Worker != r.request.Worker {
			return nil
		}
		mine = true
		note, err := write(b)
		if err != nil {
			return err
		}
		d := loop.Draft{Kind: loop.KindRun, Type: kind, About: thread[0].About, Content: loop.Content(note), Once: fmt.Sprintf("run:%s:%s:%s", r.On, kind, once)}
		e, _, err := b.Append(r.id, d)
		if err != nil {
			return err
		}
		so, err = loop.FoldRun(append(thread, e))
		return err
	})
	if err == nil {
		r.so = so
		r.tell()
	}
	return mine, err
}

func (r *Run) tell() {
	if r.request.Told != nil {
		r.request.Told(r.so)
	}
}

// Runs lists daily runs as known at a moment, the newest first. next is the id before which the following
// page begins, 0 at the end.
func (s *Service) Runs(ctx context.Context, asOf time.Time, page indicator.Page) (list []loop.Run, next int64, err error) {
	at, err := s.settleKnowledge(ctx, asOf)
	if err != nil {
		return nil, 0, err
	}
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindRun, AsOf: at.AsOf, Before: page.After, Limit: page.Limit + 1})
	if err != nil {
		return nil, 0, err
	}
	if len(threads) > page.Limit {
		threads = threads[:page.Limit]
		next = threads[len(threads)-1].ID()
	}
	for _, t := range threads {
		r, err := loop.FoldRun(t)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, r)
	}
	return list, next, nil
}
