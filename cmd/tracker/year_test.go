package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// scripts are the years that officials have written down.
const scripts = "../../testdata/loop"

// newYear is a service with the example plan of one year, imported on its fifth day, and a profile
// that locks cycles.
func newYear(t *testing.T) *year {
	t.Helper()
	clock := &turnable{}
	clock.Turn(time.Date(2023, 1, 5, 1, 0, 0, 0, time.UTC))
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "year.db"), clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	place, err := time.LoadLocation(defaultTimezone)
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.ReadFile(filepath.Join(scripts, "profile.json"))
	if err != nil {
		t.Fatal(err)
	}
	judged, err := progress.ParseProfile(profile)
	if err != nil {
		t.Fatal(err)
	}
	service := tracker.New(db, clock.Now, place, judged)
	if _, err := service.UseProfile(t.Context(), &judged, place, true); err != nil {
		t.Fatal(err)
	}
	plans, err := demo.Plans()
	if err != nil {
		t.Fatal(err)
	}
	_, versions, err := importDemoPlan(t.Context(), db, service, plans[0])
	if err == nil {
		err = settleDemo(t.Context(), service, plans[0], versions)
	}
	if err != nil {
		t.Fatal(err)
	}
	loops := oversight.New(db, service, clock.Now)
	return &year{
		plan: plans[0].Code, reports: plans[0].Reports, service: service, loops: loops, db: db, clock: clock,
		handler: httpapi.New(httpapi.Options{Reader: db, Service: service, Oversight: loops, Now: clock.Now, Place: place, Version: "test", Local: true, Log: slog.New(slog.DiscardHandler)}),
	}
}

// monthEnd is what a script said there has to be at a moment.
type monthEnd struct {
	line scriptLine
	asOf time.Time
	said map[string]string
}

// TestAYearOfTheLoop plays each script, holds what there was at the end of each month against what
// the script says, and asks all of it again at the end.
func TestAYearOfTheLoop(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(scripts, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("there is no script", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			y := newYear(t)
			var all []monthEnd
			lines := strings.Split(string(text), "\n")
			err = y.play(t.Context(), string(text), func(l scriptLine) error {
				k := monthEnd{line: l, asOf: y.clock.Now()}
				if k.said, err = y.standing(t.Context(), l, k.asOf); err != nil {
					return err
				}
				for name, want := range l.fields {
					if got := k.said[name]; got != want && !*updateYear {
						t.Errorf("line %d, %s: %s=%s, want %s", l.number, l.on, name, got, want)
					}
				}
				lines[l.number-1] = rewritten(lines[l.number-1], k.said)
				all = append(all, k)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, k := range all {
				again, err := y.standing(t.Context(), k.line, k.asOf)
				if err != nil {
					t.Fatal(err)
				}
				for name, was := range k.said {
					if again[name] != was {
						t.Errorf("line %d, %s: %s was %s, and at the end of the year as of then it is %s", k.line.number, k.line.on, name, was, again[name])
					}
				}
			}
			v, err := y.db.Verify(t.Context(), ledger.VerifyOptions{})
			if err != nil || len(v.Findings) > 0 {
				t.Errorf("verify finds %v, %v", v.Findings, err)
			}
			if *updateYear {
				if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// rewritten is a line with the figures that there were.
func rewritten(line string, said map[string]string) string {
	words := strings.Fields(line)
	for i, word := range words {
		if name, _, ok := strings.Cut(word, "="); ok && said[name] != "" {
			words[i] = name + "=" + said[name]
		}
	}
	return strings.Join(words, " ")
}

// standing is how all stood on the day of a line, as known at a moment, by the words that scripts have
// for it; only what the line asks for is read.
func (y *year) standing(ctx context.Context, l scriptLine, asOf time.Time) (map[string]string, error) {
	said := map[string]string{}
	at := url.Values{"on": {l.on.String()}, "as_of": {asOf.UTC().Format(time.RFC3339Nano)}, "limit": {"500"}}
	with := func(name, value string) url.Values {
		q := url.Values{name: {value}}
		for k, v := range at {
			q[k] = v
		}
		return q
	}
	asked := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return l.fields[n] != "" })
	}
	steps := []struct {
		asked bool
		read  func() error
	}{
		{asked("绿", "黄", "红", "未亮"), func() error { return y.lights(ctx, at, said) }},
		{asked("期"), func() error { return y.completeness(ctx, l.fields["期"], at, said) }},
		{asked("未销号", "已销号", "问题逾期"), func() error { return y.issues(ctx, with("plan", y.plan), said) }},
		{asked("督办未结", "督办逾期", "蓝单", "黄单", "红单", "曾迟"), func() error { return y.notices(ctx, with("plan", y.plan), said) }},
		{asked("评判日"), func() error { return y.scores(ctx, l.fields["评判日"], at, said) }},
	}
	for _, step := range steps {
		if step.asked {
			if err := step.read(); err != nil {
				return nil, err
			}
		}
	}
	return said, nil
}

func (y *year) lights(ctx context.Context, at url.Values, said map[string]string) error {
	var page struct{ Items []struct{ Light string } }
	if err := y.ask(ctx, "/api/v1/plans/"+y.plan+"/register", at, &page); err != nil {
		return err
	}
	counts := map[string]int{}
	for _, row := range page.Items {
		counts[row.Light]++
	}
	for name, light := range map[string]string{"绿": "green", "黄": "yellow", "红": "red", "未亮": "grey"} {
		said[name] = strconv.Itoa(counts[light])
	}
	return nil
}

func (y *year) completeness(ctx context.Context, period string, at url.Values, said map[string]string) error {
	var page struct {
		Cycle struct {
			State   string `json:"state_label"`
			Reports struct {
				Expected, Late, Missing, Pending, Empty int
				OnTime                                  int `json:"on_time"`
			}
		}
	}
	if err := y.ask(ctx, "/api/v1/plans/"+y.plan+"/cycles/"+period, at, &page); err != nil {
		return err
	}
	r := page.Cycle.Reports
	said["期"], said["状态"] = period, page.Cycle.State
	for name, n := range map[string]int{"应报": r.Expected, "按时": r.OnTime, "迟报": r.Late, "缺报": r.Missing, "未到期": r.Pending, "无数据": r.Empty} {
		said[name] = strconv.Itoa(n)
	}
	return nil
}

func (y *year) issues(ctx context.Context, at url.Values, said map[string]string) error {
	open, closed, overdue := 0, 0, 0
	for cursor := ""; ; {
		if cursor != "" {
			at.Set("cursor", cursor)
		}
		var page struct {
			Items []struct {
				State   string
				Overdue bool
			}
			NextCursor string `json:"next_cursor"`
		}
		if err := y.ask(ctx, "/api/v1/issues", at, &page); err != nil {
			return err
		}
		for _, i := range page.Items {
			switch {
			case i.State == "closed":
				closed++
			default:
				open++
			}
			if i.Overdue {
				overdue++
			}
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	said["未销号"], said["已销号"], said["问题逾期"] = strconv.Itoa(open), strconv.Itoa(closed), strconv.Itoa(overdue)
	return nil
}

func (y *year) notices(ctx context.Context, at url.Values, said map[string]string) error {
	var page struct {
		Items []struct {
			State, Level  string
			Overdue, Late bool
		}
	}
	if err := y.ask(ctx, "/api/v1/notices", at, &page); err != nil {
		return err
	}
	counts := map[string]int{}
	for _, n := range page.Items {
		if n.State != "accepted" && n.State != "withdrawn" && n.State != "divided" {
			counts["open"]++
			counts[n.Level]++
		}
		if n.Overdue {
			counts["overdue"]++
		}
		if n.Late {
			counts["late"]++
		}
	}
	for name, count := range map[string]string{"督办未结": "open", "督办逾期": "overdue", "蓝单": "blue", "黄单": "yellow", "红单": "red", "曾迟": "late"} {
		said[name] = strconv.Itoa(counts[count])
	}
	return nil
}

func (y *year) scores(ctx context.Context, on string, at url.Values, said map[string]string) error {
	said["评判日"] = on
	var page struct {
		Items []struct {
			Agency struct{ Name string }
			Total  json.Number
			Rank   *int
		}
	}
	query := url.Values{"on": {on}, "as_of": at["as_of"]}
	if err := y.ask(ctx, "/api/v1/plans/"+y.plan+"/assessment", query, &page); err != nil {
		return err
	}
	for _, a := range page.Items {
		if a.Rank != nil {
			said[a.Agency.Name] = fmt.Sprintf("%s/%d", a.Total, *a.Rank)
		}
	}
	return nil
}

func TestScriptsThatCannotBeRead(t *testing.T) {
	for script, want := range map[string]string{
		"2023-01-05":                             "line 1: a day and what happens",
		"2023-02-30 运行":                          "line 1",
		"2023-02-01 运行\n2023-01-01 运行":           "line 2: 2023-01-01 is before",
		"2023-02-01 报送 2023-01":                  "should be name=value",
		"2023-02-01 报送 期=2023-01 期=2023-02":      "each name once",
		"# 说明\n\n2023-02-01 考核 评判日=2023-01-31 ：": "",
	} {
		_, err := parseScript(script)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", script, err, want)
		}
	}
}
