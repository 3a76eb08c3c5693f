package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// question is a kind of request.
type question struct {
	kind string
	path func(i int) string
}

func always(path string) func(int) string { return func(int) string { return path } }

// questions are what is asked, each as often as the others. Deep pages begin after half of
// the indicators.
func questions(ctx context.Context, s *service.Service, o options) ([]question, error) {
	deep := map[string]string{}
	for _, list := range []string{"/api/v1/progress?sort=gap", "/api/v1/indicators?sort=due_on"} {
		cursor := ""
		for range max(1, o.plans*indicatorsOfPlan/2/500) {
			var page struct {
				NextCursor string `json:"next_cursor"`
			}
			if err := s.Call(ctx, "GET", list+"&limit=500&cursor="+cursor, "", nil, &page); err != nil {
				return nil, err
			}
			cursor = page.NextCursor
		}
		deep[list] = list + "&cursor=" + cursor
	}
	agencyOf := func(i int) string { return url.QueryEscape(agency(i)) }
	year := time.Now().Year()
	return []question{
		{"progress", always("/api/v1/progress")},
		{"progress by gap", always("/api/v1/progress?sort=gap")},
		{"progress by percent, falling", always("/api/v1/progress?sort=-percent")},
		{"progress, behind, by gap", always("/api/v1/progress?status=behind&sort=gap")},
		{"progress of an agency by gap", func(i int) string { return "/api/v1/progress?role=lead&sort=gap&agency=" + agencyOf(i) }},
		{"progress of a plan by gap", func(i int) string { return "/api/v1/progress?sort=gap&plan=" + planCode(i%o.plans) }},
		{"progress due in June, by name", always(fmt.Sprintf("/api/v1/progress?due_from=%d-06-01&due_to=%d-06-30&sort=gap,due_on", year, year))},
		{"progress, a unit, gap below -10", always("/api/v1/progress?unit=" + url.QueryEscape("家") + "&gap_max=-10&sort=gap")},
		{"progress not reported", always("/api/v1/progress?report_missing=true&sort=due_on")},
		{"progress, what follows half of all", always(deep["/api/v1/progress?sort=gap"])},
		{"progress by text", func(i int) string {
			return "/api/v1/progress?sort=gap&q=" + url.QueryEscape(fmt.Sprintf("%s-%d-1", planCode(i%o.plans), 1+i%indicatorsOfPlan))
		}},
		{"indicators", always("/api/v1/indicators")},
		{"indicators of a plan", func(i int) string { return "/api/v1/indicators?plan=" + planCode(i%o.plans) }},
		{"indicators of an agency by due date", func(i int) string { return "/api/v1/indicators?sort=due_on&agency=" + agencyOf(i) }},
		{"indicators, a unit", always("/api/v1/indicators?unit=" + url.QueryEscape("万亩"))},
		{"indicators, what follows half of all", always(deep["/api/v1/indicators?sort=due_on"])},
	}, nil
}

// report sends a report every twentieth of a second, so that no answer can be given twice
// without being made anew.
func report(ctx context.Context, s *service.Service, o options) {
	for n := 0; ctx.Err() == nil; n++ {
		body := fmt.Sprintf(`{"indicator":"%s-%d-1","period":"%d-02","basis":"increment","value":%d}`, planCode(n%o.plans), 2+n%70, time.Now().Year(), n)
		_ = s.Call(ctx, "POST", "/api/v1/measurements", "application/json", strings.NewReader(body), nil) // what is refused moves nothing
		time.Sleep(50 * time.Millisecond)
	}
}

// load offers requests and prints how long they took from when they were due.
func load(ctx context.Context, s *service.Service, o options, out io.Writer) error {
	asked, err := questions(ctx, s, o)
	if err != nil {
		return err
	}
	type due struct {
		number int
		at     time.Time
	}
	dues := make(chan due, o.rate*int(o.during/time.Second)+1)
	var mu sync.Mutex
	took, failed := map[string][]time.Duration{}, map[string]error{}
	var clients sync.WaitGroup
	for range o.clients {
		clients.Go(func() {
			for d := range dues {
				q := asked[d.number%len(asked)]
				err := s.Call(ctx, "GET", q.path(d.number), "", nil, nil)
				mu.Lock()
				took[q.kind] = append(took[q.kind], time.Since(d.at))
				if err != nil {
					failed[q.kind] = err
				}
				mu.Unlock()
			}
		})
	}
	until, stop := context.WithCancel(ctx)
	var reporter sync.WaitGroup
	reporter.Go(func() { report(until, s, o) })
	begun := time.Now()
	for i := range o.rate * int(o.during/time.Second) {
		at := begun.Add(time.Duration(i) * time.Second / time.Duration(o.rate))
		time.Sleep(time.Until(at))
		dues <- due{i, at}
	}
	close(dues)
	clients.Wait()
	stop()
	reporter.Wait()
	var all []time.Duration
	for _, q := range asked {
		all = append(all, took[q.kind]...)
		fmt.Fprintf(out, "%-40s median %10s  99 of 100 within %10s  %v\n", q.kind, at(took[q.kind], 50), at(took[q.kind], 99), failed[q.kind])
	}
	fmt.Fprintf(out, "%-40s median %10s  99 of 100 within %10s\n", fmt.Sprintf("all of %d", len(all)), at(all, 50), at(all, 99))
	return nil
}
