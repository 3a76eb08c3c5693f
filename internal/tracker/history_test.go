package tracker_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// journal keeps what was answered, in order, and derives every figure from it anew.
type journal struct {
	versions map[string][]indicator.Indicator
	records  map[string][]indicator.Measurement
}

// known is what was known of an indicator at a moment: its version, and of each
// period and basis the last record, unless that takes back.
func (j journal) known(code string, at time.Time) (in indicator.Indicator, counted []indicator.Measurement) {
	for _, v := range j.versions[code] {
		if !v.UpdatedAt.After(at) {
			in = v
		}
	}
	last := map[string]indicator.Measurement{}
	for _, m := range j.records[code] {
		if !m.RecordedAt.After(at) {
			last[m.Period.String()+" "+string(m.Basis)] = m
		}
	}
	for _, m := range last {
		if m.Retracts == 0 {
			counted = append(counted, m)
		}
	}
	slices.SortFunc(counted, func(a, b indicator.Measurement) int {
		if d := a.Period.End().DaysSince(b.Period.End()); d != 0 {
			return d
		}
		return int(a.ID - b.ID)
	})
	return in, counted
}

// figures are all that a reader is told of a progress.
func figures(r progress.Result) string {
	number := func(n *quantity.Number) string {
		if n == nil {
			return "-"
		}
		return n.String()
	}
	return fmt.Sprintf("%s of %s: %s, %s%% at %s, gap %s, due %s short %s gap %s; %s %s %v; %s %v %v",
		number(r.Actual), r.Unit, r.CutOff, number(r.Percent), r.Pace, number(r.Gap), number(r.AmountDue), number(r.Shortfall), number(r.DueGap),
		r.Status, r.Reason, r.Cautions, r.AttainedOn, r.ReportMissing, r.Provisional)
}

const historyPlan = `东河市2024年重点工作任务
一、产业发展
1.壮大企业。新增高新技术企业%d家以上（牵头单位：市科技局，参与单位：市工信局）。
2.完善充电设施。新增公共充电桩%d个，充电站达到40座（牵头单位：市工信局）。
`

var reportersOfHistory = []access.Principal{
	{Key: "k1", Name: "科技", Role: access.Reporter, Agencies: []string{"市科技局"}},
	{Key: "k2", Name: "工信", Role: access.Reporter, Agencies: []string{"市工信局"}},
	{Key: "k0", Name: "办公室", Role: access.Admin},
}

// historian does things at random and writes down what came of them.
type historian struct {
	*bench
	journal
	plan  string
	codes []string
	walks []*walk
}

func (h *historian) report(rt *rapid.T) {
	by := rapid.SampledFrom(reportersOfHistory).Draw(rt, "by")
	ctx := indicator.WithActor(access.With(context.Background(), by), indicator.Actor{Key: by.Key, Name: by.Name})
	r := tracker.Report{
		Indicator: rapid.SampledFrom(h.codes).Draw(rt, "indicator"),
		Period:    rapid.SampledFrom([]string{"2024-01", "2024-02", "2024-03", "2024-Q1", "2024-05"}).Draw(rt, "period"),
		Basis:     rapid.SampledFrom([]string{"", "increment", "total"}).Draw(rt, "basis"),
		Value:     fmt.Sprint(rapid.IntRange(0, 60).Draw(rt, "value")),
		SourceID:  rapid.SampledFrom([]string{"", "a", "b"}).Draw(rt, "source"),
	}
	switch rapid.IntRange(0, 5).Draw(rt, "figure") {
	case 0:
		r.Value, r.Missing, r.Note = "", string(rapid.SampledFrom(indicator.Missings).Draw(rt, "missing")), "未统计"
	case 1:
		r.Provisional = true
	}
	if records := h.records[r.Indicator]; len(records) > 0 && rapid.Bool().Draw(rt, "replaces") {
		r.Replaces = fmt.Sprint(rapid.SampledFrom(records).Draw(rt, "one").ID)
	}
	got, err := h.RecordOnce(ctx, r, indicator.Idempotency{})
	if err == nil && (got.Outcome == indicator.Stored || got.Outcome == indicator.Revised) {
		h.records[r.Indicator] = append(h.records[r.Indicator], got.Measurement)
	}
}

func (h *historian) retract(rt *rapid.T) {
	code := rapid.SampledFrom(h.codes).Draw(rt, "indicator")
	_, counted := h.known(code, h.now)
	if len(counted) == 0 {
		rt.Skip("nothing to retract")
	}
	got, err := h.Retract(context.Background(), rapid.SampledFrom(counted).Draw(rt, "one").ID, "误报", "")
	if err != nil {
		rt.Fatal(err)
	}
	h.records[code] = append(h.records[code], got.Measurement)
}

// change patches one field; what the service refuses is no part of the history.
func (h *historian) change(rt *rapid.T) {
	code := rapid.SampledFrom(h.codes).Draw(rt, "indicator")
	now, _ := h.known(code, h.now)
	field := rapid.SampledFrom([]string{"target", "unit", "kind", "due", "starts", "name"}).Draw(rt, "field")
	n := rapid.IntRange(1, 9).Draw(rt, "n")
	in, err := h.ChangeIndicator(context.Background(), code, now.Version, func(in *indicator.Indicator) error {
		switch field {
		case "target":
			in.Target.Value = quantity.FromInt(int64(10 * n))
		case "unit":
			in.Target.Unit = quantity.MustUnit([]string{"家", "个", "万个"}[n%3])
		case "kind":
			in.Kind = []indicator.Kind{indicator.Increment, indicator.Cumulative}[n%2]
		case "due":
			in.DueOn = indicator.DateOf(2024, time.Month(3+n), 1).AddDays(-1)
		case "starts":
			in.StartsOn = indicator.DateOf(2024, time.Month(1+n%3), 1)
		default:
			in.Name = fmt.Sprint("名", n)
		}
		return nil
	})
	if err == nil && in.Version > now.Version {
		h.versions[code] = append(h.versions[code], in)
	}
}

func (h *historian) amendAt(rt *rapid.T, plan string) {
	text := fmt.Sprintf(historyPlan, rapid.IntRange(20, 60).Draw(rt, "firms"), rapid.IntRange(20, 60).Draw(rt, "piles"))
	file := tracker.PlanFile{Code: plan, Data: []byte(text), MediaType: "text/plain"}
	compared, err := h.AmendPlan(context.Background(), file, "")
	if err != nil {
		rt.Fatal(err)
	}
	if _, err := h.AmendPlan(context.Background(), file, compared.Token); err != nil {
		rt.Fatal(err)
	}
	h.readVersions(rt)
}

// readVersions writes down the versions that came to be.
func (h *historian) readVersions(rt *rapid.T) {
	for _, code := range h.codes {
		in, err := h.db.Indicator(context.Background(), indicator.AllVisible(), code)
		if err != nil {
			rt.Fatal(err)
		}
		if versions := h.versions[code]; len(versions) == 0 || versions[len(versions)-1].Version < in.Version {
			h.versions[code] = append(versions, in)
		}
	}
}

// check asks for every indicator as of now and of some moment before.
func (h *historian) check(rt *rapid.T) {
	var moments []time.Time
	for _, code := range h.codes {
		for _, m := range h.records[code] {
			moments = append(moments, m.RecordedAt)
		}
		for _, v := range h.versions[code][1:] {
			moments = append(moments, v.UpdatedAt)
		}
	}
	asked := []time.Time{{}}
	if len(moments) > 0 {
		asked = append(asked, rapid.SampledFrom(moments).Draw(rt, "as of"))
	}
	on := indicator.DateOf(2024, time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), 28)
	for _, at := range asked {
		h.walkOn(rt)
		for _, code := range h.codes {
			got, err := h.Progress(context.Background(), code, tracker.Moment{On: on, AsOf: at})
			if err != nil {
				rt.Fatalf("%s as of %s: %v", code, at, err)
			}
			moment := at
			if moment.IsZero() {
				moment = h.now
			}
			in, counted := h.known(code, moment)
			if want := figures(progress.Compute(in, counted, on, progress.DefaultProfile())); figures(got.Result) != want {
				rt.Fatalf("%s on %s as of %s:\n got %s\nwant %s\n%+v", code, on, at, figures(got.Result), want, counted)
			}
		}
	}
}

// Whatever is reported, corrected, taken back, changed and amended, by whomever: each
// figure, now and as of any moment, is what follows from the answers given until then.
func TestEveryFigureFollowsFromWhatWasAnsweredUntilThen(t *testing.T) {
	b := newBench(t)
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		made++
		plan := fmt.Sprint("p", made)
		h := &historian{bench: b, plan: plan, journal: journal{map[string][]indicator.Indicator{}, map[string][]indicator.Measurement{}}}
		for _, in := range b.load(plan, fmt.Sprintf(historyPlan, 30, 40)).Indicators {
			h.codes = append(h.codes, in.Code)
		}
		h.readVersions(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"report": h.report, "report more": h.report, "retract": h.retract, "change": h.change,
			"amend":    func(rt *rapid.T) { h.amendAt(rt, plan) },
			"judge":    h.judge,
			"tomorrow": h.tomorrow,
			"open":     h.open,
			"":         h.check,
		})
	})
	if v, err := b.db.Verify(t.Context(), ledger.VerifyOptions{}); err != nil || len(v.Findings) > 0 {
		t.Errorf("audit: %+v, %v", v, err)
	}
}
