package tracker_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// riverAmended has another number in task 1, a new task 2, and the charging
// task as number 4 without its stations.
const riverAmended = `东河市2024年重点工作任务（调整）
一、产业发展
1.壮大企业。新增高新技术企业36家以上（牵头单位：市科技局，参与单位：市工信局）。
2.培育外贸。新增外贸企业12家（牵头单位：市商务局）。
3.深化服务。持续改善营商环境（牵头单位：市行政审批局）。
二、民生改善
4.完善充电设施。6月底前新增公共充电桩221个（牵头单位：市工信局）。
`

func (b *bench) amend(code, text, token string) tracker.Amendment {
	b.t.Helper()
	a, err := b.AmendPlan(b.t.Context(), tracker.PlanFile{Code: code, Data: []byte(text), MediaType: "text/plain"}, token)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// summary writes a difference in one line.
func summary(a tracker.Amendment) string {
	var all []string
	for _, added := range a.Diff.Added {
		all = append(all, "+"+added.Indicator.Code)
	}
	for _, removed := range a.Diff.Removed {
		all = append(all, "-"+removed.Indicator.Code)
	}
	for _, changed := range a.Diff.Changed {
		for _, f := range changed.Fields {
			all = append(all, fmt.Sprintf("%s%s %s→%s", changed.Before.Code, f.Field, f.Before, f.After))
		}
	}
	for _, moved := range a.Diff.Moved {
		all = append(all, moved.Before.Code+">"+moved.After.Task)
	}
	return strings.Join(append(all, fmt.Sprintf("=%d", a.Diff.Unchanged)), "; ")
}

func TestAmendPlan(t *testing.T) {
	const difference = "+x-2-1; -x-3-2; x-1-1/target/value 30→36; x-3-1>4; =0"

	t.Run("compares without storing anything", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		a := b.amend("x", riverAmended, "")
		if summary(a) != difference || a.Applied || a.Token == "" || a.To.Version != 2 {
			t.Errorf("%s, %+v", summary(a), a.To)
		}
		plan, err := b.db.Plan(t.Context(), "x")
		if err != nil || plan.Version != 1 || plan.Review != (indicator.Review{Confirmed: 3}) {
			t.Errorf("%+v, %v", plan, err)
		}
	})

	t.Run("applies the difference that was confirmed, and nothing is left of it", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		token := b.amend("x", riverAmended, "").Token
		a := b.amend("x", riverAmended, token)
		if summary(a) != difference || !a.Applied {
			t.Errorf("applied %t: %s", a.Applied, summary(a))
		}
		plan, err := b.db.Plan(t.Context(), "x")
		if err != nil || plan.Version != 2 || plan.Title != "东河市2024年重点工作任务（调整）" || plan.Review != (indicator.Review{Confirmed: 3, Withdrawn: 1}) {
			t.Errorf("%+v, %v", plan, err)
		}
		for code, want := range map[string]string{
			"x-1-1": "1 confirmed 36 2", "x-2-1": "2 confirmed 12 2", "x-3-1": "4 confirmed 221 2", "x-3-2": "3 withdrawn 40 1",
		} {
			in, err := b.db.Indicator(t.Context(), indicator.AllVisible(), code)
			if got := fmt.Sprintf("%s %s %s %d", in.Task, in.State, in.Target.Value, in.Source.Version); err != nil || got != want {
				t.Errorf("%s is %s, want %s; %v", code, got, want, err)
			}
		}
		if again := b.amend("x", riverAmended, token); again.Applied || again.Token != "" || summary(again) != "=3" {
			t.Errorf("again: %+v, %s", again, summary(again))
		}
		if slight := b.amend("x", riverAmended+"\n", ""); summary(slight) != "=3" {
			t.Errorf("with a blank line more: %s", summary(slight))
		}
	})

	t.Run("answers as then for a moment before it", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "18", Basis: "total"})
		b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-06", Value: "221", Basis: "total"})
		then := b.now
		b.amend("x", riverAmended, b.amend("x", riverAmended, "").Token)
		for code, want := range map[string][2]string{"x-1-1": {"60.00", "50.00"}, "x-3-1": {"100.00", "100.00"}} {
			for i, at := range []tracker.Moment{{On: date(t, "2024-06-30"), AsOf: then}, {On: date(t, "2024-06-30")}} {
				got, err := b.Progress(t.Context(), code, at)
				if err != nil || got.Result.Percent.String() != want[i] {
					t.Errorf("%s: %v, want %s; %v", code, got.Result.Percent, want[i], err)
				}
			}
		}
		if now, before := len(b.codesInProgress(tracker.Moment{})), len(b.codesInProgress(tracker.Moment{AsOf: then})); now != 3 || before != 3 {
			t.Errorf("%d indicators now, %d then", now, before)
		}
	})

	t.Run("a summary of then has the sections of then", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		then := b.now
		text := strings.Replace(river, "一、产业发展", "一、产业振兴", 1)
		b.amend("x", text, b.amend("x", text, "").Token)
		for label, at := range map[string]tracker.Moment{"一、产业发展": {AsOf: then}, "一、产业振兴": {}} {
			s, err := b.summaryOf("x", tracker.BySection, at)
			if err != nil || s.Groups[0].Keys[0].Label.ZH != label {
				t.Errorf("%+v, %v, want %s", s.Groups, err, label)
			}
		}
	})

	t.Run("keeps corrections made by hand, and what people added", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		whole, err := b.ChangeIndicator(t.Context(), "x-3-1", 1, func(in *indicator.Indicator) error {
			in.Name, in.Target.Value = "公共充电桩（含专用）", quantity.MustNumber("230")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		made, err := b.CreateIndicator(t.Context(), indicator.Indicator{
			Plan: "x", Task: "3", Name: "充电站完好率", Kind: indicator.Ratio,
			Source: indicator.Source{Start: whole.Source.Start, End: whole.Source.End}, // of another indicator's sentence
			Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber("95"), Unit: quantity.MustUnit("%")},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := "+x-2-1; -x-3-2; x-1-1/target/value 30→36; x-3-1>4; " + made.Code + ">4; =0"
		if got := summary(b.amend("x", riverAmended, "")); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})

	t.Run("a unit that reports cannot follow makes a new indicator", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		text := strings.Replace(river, "充电桩221个", "充电桩221万千瓦", 1)
		if got := summary(b.amend("x", text, "")); !strings.Contains(got, "x-3-1/target/unit 个→万千瓦") {
			t.Errorf("without reports: %s", got)
		}
		retracted := b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-02", Value: "3"})
		if _, err := b.Retract(t.Context(), retracted.Measurement.ID, "误报", ""); err != nil {
			t.Fatal(err)
		}
		if got := summary(b.amend("x", text, b.amend("x", text, "").Token)); !strings.Contains(got, "x-3-1/target/unit 个→万千瓦") {
			t.Errorf("with a report that was taken back: %s", got)
		}
		b.amend("x", river, b.amend("x", river, "").Token)
		b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-01", Value: "3"})
		a := b.amend("x", text, "")
		if len(a.Diff.Added) != 1 || a.Diff.Added[0].Replaces != "x-3-1" || len(a.Diff.Removed) != 1 {
			t.Fatalf("with a report: %s", summary(a))
		}
		b.amend("x", text, a.Token)
		_, err := b.try(tracker.Report{Indicator: "x-3-1", Period: "2024-02", Value: "3"})
		wantFault(t, err, fault.IndicatorNotConfirmed, "/indicator")
	})
}

func TestAmendPlanRefuses(t *testing.T) {
	amend := func(b *bench, text, token string) error {
		_, err := b.AmendPlan(b.t.Context(), tracker.PlanFile{Code: "x", Data: []byte(text), MediaType: "text/plain"}, token)
		return err
	}

	t.Run("a token of another comparison", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		token := b.amend("x", riverAmended, "").Token
		wantFault(t, amend(b, riverAmended, "0"), fault.PreconditionFailed, "confirm")
		wantFault(t, amend(b, strings.Replace(riverAmended, "36家", "37家", 1), token), fault.PreconditionFailed, "confirm")
		b.review("x", indicator.Decision{Reject: []string{"x-3-1"}})
		wantFault(t, amend(b, riverAmended, token), fault.PreconditionFailed, "confirm")
		if plan, err := b.db.Plan(t.Context(), "x"); err != nil || plan.Version != 1 {
			t.Errorf("version %d, %v", plan.Version, err)
		}
	})

	t.Run("a plan that does not exist, and a file that is no text", func(t *testing.T) {
		b := newBench(t)
		wantFault(t, amend(b, riverAmended, ""), fault.NotFound, "")
		b.load("x", river)
		wantFault(t, amend(b, " \n", ""), fault.EmptyDocument, "")
	})
}

func TestAmendmentTerm(t *testing.T) {
	const silent = "重点工作任务\n一、产业\n1.壮大企业。新增高新技术企业%d家（牵头单位：市科技局）。\n"
	b := newBench(t)
	file := tracker.PlanFile{
		Code: "x", MediaType: "text/plain", Data: fmt.Appendf(nil, silent, 30), Confirm: true,
		StartsOn: date(t, "2024-01-01"), DueOn: date(t, "2024-12-31"),
	}
	if _, err := b.ImportPlan(t.Context(), file); err != nil {
		t.Fatal(err)
	}

	t.Run("stays when neither the text nor the request names one", func(t *testing.T) {
		if got := summary(b.amend("x", fmt.Sprintf(silent, 31), "")); got != "x-1-1/target/value 30→31; =0" {
			t.Error(got)
		}
	})

	t.Run("that is longer is a difference of the same text", func(t *testing.T) {
		file.DueOn = date(t, "2025-06-30")
		a, err := b.AmendPlan(t.Context(), file, "")
		if err != nil || summary(a) != "x-1-1/due_on 2024-12-31→2025-06-30; x-1-1/term_ends_on 2024-12-31→2025-06-30; =0" {
			t.Errorf("%s, %v", summary(a), err)
		}
	})
}
