package tracker_test

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const river = `东河市2024年重点工作任务
一、产业发展
1.壮大企业。新增高新技术企业30家以上（牵头单位：市科技局，参与单位：市工信局）。
2.深化服务。持续改善营商环境（牵头单位：市行政审批局）。
二、民生改善
3.完善充电设施。6月底前新增公共充电桩221个，充电站达到40座（牵头单位：市工信局）。
`

// bench is a service over a real SQLite file, its clock set by the test.
type bench struct {
	*tracker.Service
	t   *testing.T
	db  *store.Store
	now time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return newBenchWith(t, progress.DefaultProfile())
}

func newBenchWith(t *testing.T, profile progress.Profile) *bench {
	t.Helper()
	b := &bench{t: t, now: time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)}
	var ticking sync.Mutex // a batch is read and stored at the same time
	clock := func() time.Time {
		ticking.Lock()
		defer ticking.Unlock()
		b.now = b.now.Add(time.Millisecond)
		return b.now
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "tracker.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	place := time.FixedZone("UTC+8", 8*60*60)
	b.db, b.Service = db, tracker.New(db, clock, place, profile)
	return b
}

func (b *bench) load(code, text string) tracker.ImportedPlan {
	b.t.Helper()
	imported, err := b.ImportPlan(b.t.Context(), tracker.PlanFile{Code: code, Data: []byte(text), MediaType: "text/plain", Confirm: true})
	if err != nil {
		b.t.Fatal(err)
	}
	return imported
}

func (b *bench) record(r tracker.Report) tracker.Recorded {
	b.t.Helper()
	recorded, err := b.try(r)
	if err != nil {
		b.t.Fatal(err)
	}
	return recorded
}

// try records a report without an idempotency key.
func (b *bench) try(r tracker.Report) (tracker.Recorded, error) {
	b.t.Helper()
	return b.RecordOnce(b.t.Context(), r, indicator.Idempotency{})
}

func wantFault(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	if f := fault.From(err); f == nil || f.Code != code || f.Field != field {
		t.Errorf("got %v, want %s at %q", err, code, field)
	}
}

func date(t *testing.T, s string) indicator.Date {
	t.Helper()
	d, err := indicator.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestImportPlan(t *testing.T) {
	t.Run("numbers the indicators within their task and gives them the plan's term", func(t *testing.T) {
		b := newBench(t)
		var got []string
		for _, in := range b.load("donghe-2024", river).Indicators {
			got = append(got, in.Code+" "+in.StartsOn.String()+" "+in.DueOn.String()+" "+in.TermEndsOn.String())
		}
		want := []string{
			"donghe-2024-1-1 2024-01-01 2024-12-31 2024-12-31",
			"donghe-2024-3-1 2024-01-01 2024-06-30 2024-12-31",
		}
		if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || !strings.HasPrefix(got[2], "donghe-2024-3-2 ") {
			t.Errorf("got %q", got)
		}
	})

	t.Run("a term that is given stands for the one in the text", func(t *testing.T) {
		b := newBench(t)
		imported, err := b.ImportPlan(t.Context(), tracker.PlanFile{
			Code: "x", Data: []byte(river), StartsOn: date(t, "2024-03-01"), DueOn: date(t, "2025-03-31"),
		})
		if err != nil {
			t.Fatal(err)
		}
		first, midyear := imported.Indicators[0], imported.Indicators[1]
		if first.StartsOn.String() != "2024-03-01" || first.DueOn.String() != "2025-03-31" {
			t.Errorf("without a date of its own: %s to %s", first.StartsOn, first.DueOn)
		}
		if midyear.DueOn.String() != "2024-06-30" || midyear.TermEndsOn.String() != "2025-03-31" {
			t.Errorf("with its own date: %s, %s", midyear.DueOn, midyear.TermEndsOn)
		}
	})

	t.Run("a first day that is given before the text's is that of all", func(t *testing.T) {
		read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Data: []byte(river), StartsOn: date(t, "2023-07-01")})
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range read.Indicators {
			if in.StartsOn.String() != "2023-07-01" {
				t.Errorf("%s starts on %s", in.Name, in.StartsOn)
			}
		}
	})

	t.Run("keeps the first day of what counts a year of its own", func(t *testing.T) {
		text := "东河市重点工作任务\n1.做强产业。到2026年，旅游收入达到9亿元，新增企业30家。\n2.办好实事。6月底前建成站点2座，工业产值达到40亿元。"
		for _, c := range []struct{ due, want string }{
			{"2025-12-31", "2026-01-01—2026-12-31, 2025-01-01—2026-12-31, 2025-01-01—2025-06-30, 2025-01-01—2025-06-30"},
			{"2026-12-31", "2025-01-01—2026-12-31, 2025-01-01—2026-12-31, 2025-01-01—2025-06-30, 2025-01-01—2025-06-30"},
		} {
			read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Data: []byte(text), StartsOn: date(t, "2025-01-01"), DueOn: date(t, c.due)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, in := range read.Indicators {
				got = append(got, in.StartsOn.String()+"—"+in.DueOn.String())
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("until %s: %s", c.due, strings.Join(got, ", "))
			}
		}
	})

	t.Run("shows the shares of towns, and stores none of them", func(t *testing.T) {
		text := "东河市2024年造林任务分解表\n乡镇|造林面积（亩）|成活率（%）\n东山镇|30|≥90\n西河镇|20|≥85\n合计|50|≥88\n"
		read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Code: "x", Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		if len(read.Parts) != 4 || read.Parts[0].Area != "东山镇" || read.Parts[0].PartOf != "造林面积" || read.Parts[1].PartOf != "" {
			t.Errorf("%+v", read.Parts)
		}
		var stored []string
		for _, in := range newBench(t).load("x", text).Indicators {
			stored = append(stored, in.Name+" "+in.Target.Value.String())
		}
		if !slices.Equal(stored, []string{"造林面积 50", "成活率 88"}) {
			t.Errorf("%q", stored)
		}
	})

	t.Run("keeps an index without a unit, and an increment without the year before", func(t *testing.T) {
		text := "东河市2024年主要指标表\n指标|单位|2023年实际|2024年目标\n恩格尔系数|—|29.1|≤28.6\n地区生产总值|亿元|410|436\n"
		ins := newBench(t).load("x", text).Indicators
		if len(ins) != 2 || !ins[0].Target.Unit.IsZero() || ins[0].Target.Value.String() != "28.6" || ins[0].Baseline.String() != "29.1" {
			t.Fatalf("%+v", ins)
		}
		if ins[1].Kind != indicator.Increment || ins[1].Baseline != nil {
			t.Errorf("%s from %v", ins[1].Kind, ins[1].Baseline)
		}
	})

	t.Run("refuses a code that is taken, dry or not, and a code that is none", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		for _, dry := range []bool{false, true} {
			_, err := b.ImportPlan(t.Context(), tracker.PlanFile{Code: "x", Data: []byte(river), DryRun: dry})
			wantFault(t, err, fault.PlanExists, "code")
		}
		_, err := b.ImportPlan(t.Context(), tracker.PlanFile{Code: "X", Data: []byte(river)})
		wantFault(t, err, fault.InvalidValue, "code")
	})

	t.Run("a dry run stores nothing", func(t *testing.T) {
		b := newBench(t)
		if _, err := b.ImportPlan(t.Context(), tracker.PlanFile{Code: "x", Data: []byte(river), DryRun: true}); err != nil {
			t.Fatal(err)
		}
		_, err := b.db.Plan(t.Context(), "x")
		wantFault(t, err, fault.NotFound, "")
	})
}

func TestRecord(t *testing.T) {
	t.Run("judges at the end of the reported period", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-02", Value: "6"})
		got := b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "3"})
		if got.Progress.Result.On.String() != "2024-01-31" || got.Progress.Result.Percent.String() != "10.00" {
			t.Errorf("judged on %s: %s", got.Progress.Result.On, got.Progress.Result.Percent)
		}
	})

	t.Run("counts its own report though the clock was set back", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "3", SourceID: "a"})
		b.now = b.now.Add(-time.Hour)
		got := b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "3", SourceID: "a"})
		if got.Outcome != indicator.Unchanged || got.Progress.Result.Actual == nil {
			t.Errorf("%s %+v", got.Outcome, got.Progress.Result)
		}
	})

	t.Run("a late report still counts for a target that is past due", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.now = b.now.AddDate(0, 2, 0)
		got := b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-08", Value: "230", Basis: "total"})
		if got.Progress.Result.Status != progress.Attained || !got.Progress.Result.Late {
			t.Errorf("status %s", got.Progress.Result.Status)
		}
	})

	t.Run("a period that has not begun is refused, by the day where the service is", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.now = time.Date(2024, 7, 31, 15, 59, 59, 0, time.UTC) // one second to August in UTC+8
		_, err := b.try(tracker.Report{Indicator: "x-3-1", Period: "2024-08", Value: "1"})
		wantFault(t, err, fault.PeriodInFuture, "/period")
		_, lines, err := b.takeIn(tracker.Intake{Mode: indicator.Partial}, nil, of("x-3-1", "2024-08", "1"))
		if err != nil {
			t.Fatal(err)
		}
		wantLines(t, lines, "1 refused period_in_future/period")
		b.now = b.now.Add(time.Minute)
		got := b.record(tracker.Report{Indicator: "x-3-1", Period: "2024-08", Value: "1"})
		if !slices.Contains(got.Progress.Result.Cautions, progress.PeriodNotOver) {
			t.Errorf("cautions %v", got.Progress.Result.Cautions)
		}
	})

	t.Run("a share is computed with exactly, and shown rounded", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		in, err := b.CreateIndicator(t.Context(), indicator.Indicator{
			Plan: "x", Task: "2", Name: "办结率", Kind: indicator.Ratio,
			Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber("33.3333"), Unit: quantity.MustUnit("%")},
		})
		if err != nil {
			t.Fatal(err)
		}
		got := b.record(tracker.Report{Indicator: in.Code, Period: "2024-06", Numerator: "1", Denominator: "3"})
		if got.Measurement.Value.String() != "33.3333" || got.Progress.Result.Percent.String() != "100.00" || got.Progress.Result.Status != progress.OnTrack {
			t.Errorf("%s, %s %s", got.Measurement.Value, got.Progress.Result.Percent, got.Progress.Result.Status)
		}
		for field, r := range map[string]tracker.Report{
			"/denominator": {Numerator: "1", Denominator: "0"}, "/numerator": {Denominator: "3"}, "/value": {Value: "1", Numerator: "1", Denominator: "3"},
		} {
			r.Indicator, r.Period = in.Code, "2024-05"
			if _, err := b.try(r); fault.From(err) == nil || fault.From(err).Field != field {
				t.Errorf("%+v: %v, want a fault at %s", r, err, field)
			}
		}
	})

	t.Run("refuses what is missing or does not fit, naming the field", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		cases := []struct {
			report tracker.Report
			code   fault.Code
			field  string
		}{
			{tracker.Report{Period: "2024-01", Value: "1"}, fault.RequiredField, "/indicator"},
			{tracker.Report{Indicator: "x-9-9", Period: "2024-01", Value: "1"}, fault.UnknownIndicator, "/indicator"},
			{tracker.Report{Indicator: "x-1-1", Period: "2024-13", Value: "1"}, fault.InvalidPeriod, "/period"},
			{tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "one"}, fault.InvalidNumber, "/value"},
			{tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "1", Unit: "亩"}, fault.UnitMismatch, "/unit"},
			{tracker.Report{Indicator: "x-1-1", Period: "2024-01", Value: "1", Basis: "sum"}, fault.InvalidValue, "/basis"},
		}
		for _, c := range cases {
			_, err := b.try(c.report)
			wantFault(t, err, c.code, c.field)
		}
		ms, err := b.db.MeasurementsOf(t.Context(), []string{"x-1-1"}, time.Time{})
		if err != nil || len(ms["x-1-1"]) != 0 {
			t.Errorf("stored %v, %v", ms, err)
		}
	})
}

func TestProgress(t *testing.T) {
	t.Run("is judged on the day it is where the service lives", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.now = time.Date(2024, 7, 31, 17, 0, 0, 0, time.UTC) // 1 August in the east
		got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{})
		if err != nil || got.Result.On.String() != "2024-08-01" {
			t.Errorf("judged on %s, %v", got.Result.On, err)
		}
	})

	t.Run("comes with its working when asked for it alone", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "15", Basis: "total"})
		at := tracker.Moment{On: date(t, "2024-06-30")}
		short, err := b.Progress(t.Context(), "x-1-1", at)
		if err != nil || short.Result.Percent == nil || len(short.Result.Explanation.Steps) != 0 {
			t.Errorf("%+v, %v", short.Result, err)
		}
		whole, err := b.ExplainedProgress(t.Context(), "x-1-1", at)
		if err != nil || len(whole.Result.Explanation.Steps) == 0 || !whole.Result.Percent.Equal(*short.Result.Percent) {
			t.Errorf("%+v, %v", whole.Result, err)
		}
		for _, explain := range []bool{false, true} {
			list, err := b.ProgressPage(t.Context(), tracker.ProgressQuery{At: at, Explain: explain, Limit: 9})
			if err != nil || len(list.Items) == 0 || (len(list.Items[0].Result.Explanation.Steps) > 0) != explain {
				t.Errorf("explain %v: %+v, %v", explain, list.Items, err)
			}
		}
	})

	t.Run("answers as known then: reports, and the target itself", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "15", Basis: "total"})
		then := b.now
		b.now = b.now.Add(time.Hour)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "12", Basis: "total"})
		_, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
			in.Target.Value = quantity.MustNumber("60")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for at, want := range map[time.Time]string{then: "50.00", {}: "20.00"} {
			got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30"), AsOf: at})
			if err != nil || got.Result.Percent.String() != want {
				t.Errorf("as of %v: %v, %v, want %s", at, got.Result.Percent, err, want)
			}
		}
	})

	t.Run("knows nothing before the plan, and refuses to know the future", func(t *testing.T) {
		b := newBench(t)
		before := b.now.Add(-time.Hour)
		b.load("x", river)
		_, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{AsOf: before})
		wantFault(t, err, fault.NotFound, "")
		_, err = b.Progress(t.Context(), "x-1-1", tracker.Moment{AsOf: b.now.Add(time.Hour)})
		wantFault(t, err, fault.InvalidParameter, "as_of")
	})
}

func TestChangeIndicator(t *testing.T) {
	t.Run("refuses a version that is no longer current, and a unit that reports could not follow", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		same := func(*indicator.Indicator) error { return nil }
		_, err := b.ChangeIndicator(t.Context(), "x-1-1", 2, same)
		wantFault(t, err, fault.PreconditionFailed, "")
		_, err = b.ChangeIndicator(t.Context(), "none", 1, same)
		wantFault(t, err, fault.NotFound, "")
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "15", Basis: "total"})
		_, err = b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
			in.Target.Unit = quantity.MustUnit("吨")
			return nil
		})
		wantFault(t, err, fault.UnitMismatch, "/target/unit")
	})

	t.Run("a unit that was misread is corrected while nothing is reported, and the number of the baseline stays", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		in, err := b.change(b.level("1235", "个", "1000"), func(in *indicator.Indicator) { in.Target.Unit = quantity.MustUnit("吨") })
		if err != nil || in.Target.Unit.String() != "吨" || in.Baseline == nil || in.Baseline.String() != "1000" {
			t.Errorf("%+v, baseline %v, %v", in.Target, in.Baseline, err)
		}
	})

	t.Run("a magnitude of the same unit may change", func(t *testing.T) {
		b := newBench(t)
		b.load("x", river)
		b.record(tracker.Report{Indicator: "x-1-1", Period: "2024-06", Value: "15", Basis: "total"})
		_, err := b.ChangeIndicator(t.Context(), "x-1-1", 1, func(in *indicator.Indicator) error {
			in.Target.Value, in.Target.Unit = quantity.MustNumber("0.003"), quantity.MustUnit("万家")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := b.Progress(t.Context(), "x-1-1", tracker.Moment{On: date(t, "2024-06-30")})
		if err != nil || got.Result.Percent.String() != "50.00" {
			t.Errorf("%v, %v", got.Result.Percent, err)
		}
	})
}

func TestCreateIndicator(t *testing.T) {
	b := newBench(t)
	b.load("x", river)
	given := indicator.Indicator{
		Plan: "x", Task: "2", Name: "办事满意率", Kind: indicator.Ratio,
		Target: indicator.Target{Comparator: indicator.AtLeast, Value: quantity.MustNumber("95"), Unit: quantity.MustUnit("%")},
	}

	t.Run("fills what is left out from plan and task", func(t *testing.T) {
		in, err := b.CreateIndicator(t.Context(), given)
		if err != nil {
			t.Fatal(err)
		}
		if in.Code != "x-2-1" || in.Section != 1 || in.DueOn.String() != "2024-12-31" || in.LeadAgencies[0] != "市行政审批局" || in.Frequency != indicator.Monthly {
			t.Errorf("%+v", in)
		}
	})

	t.Run("names an unknown plan or task", func(t *testing.T) {
		in := given
		in.Plan = "y"
		_, err := b.CreateIndicator(t.Context(), in)
		wantFault(t, err, fault.UnknownPlan, "/plan")
		in = given
		in.Task = "99"
		_, err = b.CreateIndicator(t.Context(), in)
		wantFault(t, err, fault.UnknownTask, "/task")
	})
}
