package oversight

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// NoticeQuery selects notices.
type NoticeQuery struct {
	Plans      []string // nil for all
	Agency     string   // leads or takes part, by its name in the jurisdiction of the plan; empty for any
	Levels     []loop.Level
	States     []loop.NoticeState
	Overdue    *bool // on the day judged; nil for either
	Tasks      []string
	Indicators []string
	At         tracker.Moment
	Settled    bool // At is that of an earlier page
	Page       indicator.Page
}

// NoticePage is a page of notices, those issued last first, at one settled moment.
type NoticePage struct {
	At    tracker.Moment
	Items []loop.Notice
	Next  int64 // id of the last one looked at, 0 at the end
}

// Notice is one, as known at a moment, or now where none is given.
func (s *Service) Notice(ctx context.Context, id int64, asOf time.Time) (n loop.Notice, err error) {
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{Kind: loop.KindNotice, IDs: []int64{id}, AsOf: asOf})
	if err != nil {
		return n, err
	}
	if len(threads) == 0 {
		return n, fault.Newf(fault.NotFound, "没有督办单 %s", "there is no notice %s", strconv.FormatInt(id, 10))
	}
	return loop.FoldNotice(threads[0])
}

// NoticeAt is a notice as known at a settled moment.
func (s *Service) NoticeAt(ctx context.Context, id int64, at tracker.Moment) (loop.Notice, tracker.Moment, error) {
	at, err := s.figures.Settle(ctx, at)
	if err != nil {
		return loop.Notice{}, at, err
	}
	n, err := s.Notice(ctx, id, at.AsOf)
	return n, at, err
}

// Notices gives a page of notices. It may have fewer than it holds, where the filters select few.
func (s *Service) Notices(ctx context.Context, q NoticeQuery) (page NoticePage, err error) {
	if !q.Settled {
		if q.At, err = s.figures.Settle(ctx, q.At); err != nil {
			return page, err
		}
	}
	page.At = q.At
	threads := loop.ThreadQuery{Kind: loop.KindNotice, Plans: q.Plans, AsOf: q.At.AsOf, Before: q.Page.After, Limit: q.Page.Limit + 1}
	ofPlan := map[string][]int64{}
	for looked := 0; ; {
		list, err := s.events.LoopThreads(ctx, threads)
		if err != nil {
			return page, err
		}
		for _, t := range list {
			if len(page.Items) == q.Page.Limit {
				page.Next = threads.Before
				return page, nil
			}
			n, err := loop.FoldNotice(t)
			if err != nil {
				return page, err
			}
			threads.Before = n.ID
			keeps, err := s.keepsNotice(ctx, q, n, ofPlan)
			if err != nil {
				return page, err
			}
			if keeps {
				page.Items = append(page.Items, n)
			}
		}
		if len(list) < threads.Limit {
			return page, nil
		}
		if looked += len(list); looked > mostLooked {
			page.Next = threads.Before
			return page, nil
		}
	}
}

func (s *Service) keepsNotice(ctx context.Context, q NoticeQuery, n loop.Notice, ofPlan map[string][]int64) (bool, error) {
	switch {
	case len(q.Levels) > 0 && !slices.Contains(q.Levels, n.Level),
		len(q.States) > 0 && !slices.Contains(q.States, n.State),
		q.Overdue != nil && *q.Overdue != n.Overdue(q.At.On),
		len(q.Tasks) > 0 && !share(q.Tasks, n.Tasks),
		len(q.Indicators) > 0 && !share(q.Indicators, n.Indicators):
		return false, nil
	case q.Agency == "":
		return true, nil
	}
	ids, known := ofPlan[n.Plan]
	if !known {
		acting, err := s.plans.AnsweringFor(ctx, n.Plan, q.Agency)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return false, err
		}
		ids = acting.AnswersFor
		ofPlan[n.Plan] = ids
	}
	return slices.ContainsFunc(append([]loop.Party{n.Lead}, n.Participants...), func(p loop.Party) bool { return slices.Contains(ids, p.ID) }), nil
}

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// applyNoticeRules appends what rules do with notices on a day; added is how many events are new.
func applyNoticeRules(b loop.Book, settings loop.NoticeSettings, threads []loop.Thread, on indicator.Date) (added int, err error) {
	notices := make([]loop.Notice, len(threads))
	for i, t := range threads {
		if notices[i], err = loop.FoldNotice(t); err != nil {
			return added, err
		}
	}
	for _, step := range loop.NoticeRules(settings, notices, on) {
		_, isNew, err := b.Append(step.Notice, step.Draft)
		if err != nil {
			return added, err
		}
		if isNew {
			added++
		}
	}
	return added, nil
}
