package progress

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// chargers is the indicator of the examples: 221 charging points in 2023.
func chargers() indicator.Indicator {
	return indicator.Indicator{
		Code: "city-2023-14-1", Kind: indicator.Increment, Direction: indicator.Increase, DirectionBy: indicator.ByText, Frequency: indicator.Monthly,
		StartsOn: yearStart, DueOn: yearEnd, TermEndsOn: yearEnd,
		Target: indicator.Target{Comparator: indicator.Equal, Value: quantity.FromInt(221), Unit: quantity.MustUnit("个")},
		Source: indicator.Source{Start: 10, End: 25, Quote: "新增电动汽车公共充电桩221个", Rule: "verb-name-number"},
	}
}

func reported(id int64, period string, basis indicator.Basis, value, unit string) indicator.Measurement {
	p, err := indicator.ParsePeriod(period)
	if err != nil {
		panic(err)
	}
	return indicator.Measurement{
		ID: id, Period: p, Basis: basis, Revision: 1, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit),
	}
}

func TestExplanationTellsTheWholeStory(t *testing.T) {
	ms := []indicator.Measurement{
		reported(9, "2023-09", indicator.ThisPeriod, "0.0038", "万座"),
		reported(4, "2023-08", indicator.Total, "130", "个"),
		reported(5, "2023-Q3", indicator.ThisPeriod, "60", "个"),
	}
	ms[1].Revision = 2
	got := Compute(chargers(), ms, indicator.DateOf(2023, 10, 12), DefaultProfile()).Explanation
	want := Explanation{
		Rule: "ratio_to_target",
		Steps: []fault.Text{
			{ZH: "数据截至 2023-09-30，即最近一个已结束报告期 2023-09 的末日",
				EN: "reports count up to 2023-09-30, the end of 2023-09, the last reporting period that is over"},
			{ZH: "计入 2023-08 累计数 130个（第 2 版）",
				EN: "counted, in total up to the end of 2023-08: 130个 (revision 2)"},
			{ZH: "计入 2023-09 本期数 0.0038万座（第 1 版），折合 38个",
				EN: "counted, in 2023-09: 0.0038万座 (revision 1), that is 38个"},
			{ZH: "未计入 2023-Q3 本期数 60个：该报告期跨越累计数的截止日，无法判断是否已包含在累计数中",
				EN: "left out, this period 2023-Q3: 60个; the period straddles the end of the total, which may contain it or not"},
			{ZH: "当前值 A = 130 + 38 = 168个", EN: "current value A = 130 + 38 = 168个"},
			{ZH: "目标 T = 221个", EN: "target T = 221个"},
			{ZH: "越高越好（由原文可知）；逐步达到（由指标类型可知）", EN: "more is better (the plan's words say so); reached bit by bit (the kind says so)"},
			{ZH: "完成率 = A ÷ T = 168 ÷ 221 × 100% = 76.02%", EN: "percent = A ÷ T = 168 ÷ 221 × 100% = 76.02%"},
			{ZH: "序时进度 = 已过 273 天 ÷ 共 365 天 × 100% = 74.79%", EN: "pace = 273 days elapsed ÷ 365 days of the term × 100% = 74.79%"},
			{ZH: "差距 = 完成率 76.02 − 序时进度 74.79 = 1.23 个百分点", EN: "gap = percent 76.02 − pace 74.79 = 1.23 percentage points"},
			{ZH: "应达 = 221 × 273 ÷ 365 ≈ 165.295890 → 165个（按个计数，不足一个不计）", EN: "amount due = 221 × 273 ÷ 365 ≈ 165.295890 → 165个 (things come whole)"},
			{ZH: "与应达之差 = (168 − 165) ÷ 221 × 100% = 1.36 个百分点", EN: "gap to what is due = (168 − 165) ÷ 221 × 100% = 1.36 percentage points"},
			{ZH: "提示：2023-Q3 的本期数 60个 跨越累计数的截止日，未计入", EN: "caution: the increment of 2023-Q3, 60个, straddles the end of a total and was left out"},
			{ZH: "判定为“达序时”：与应达之差不低于 0 个百分点", EN: "judged “On track”: the gap to what is due is not below 0 percentage points"},
		},
		Measurements: []int64{4, 9},
		Source:       chargers().Source,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCompute(t *testing.T) {
	on := indicator.DateOf(2023, 9, 30)
	t.Run("an indicator without a frequency is monthly", func(t *testing.T) {
		in := chargers()
		in.Frequency = ""
		r := Compute(in, nil, indicator.DateOf(2023, 9, 15), DefaultProfile())
		if r.CutOff.String() != "2023-08-31" {
			t.Errorf("cut-off %s", r.CutOff)
		}
	})
	t.Run("an indicator without the plan's end stops at its due date", func(t *testing.T) {
		in := chargers()
		in.TermEndsOn = indicator.Date{}
		r := Compute(in, nil, indicator.DateOf(2024, 9, 15), DefaultProfile())
		if r.CutOff != yearEnd || r.Pace.String() != "100.00" {
			t.Errorf("cut-off %s, pace %s", r.CutOff, r.Pace)
		}
	})
	t.Run("a report that cannot be converted is left out and said so", func(t *testing.T) {
		ms := []indicator.Measurement{reported(1, "2023-08", indicator.Total, "150", "个"), reported(2, "2023-09", indicator.Total, "9", "公里")}
		r := Compute(chargers(), ms, on, DefaultProfile())
		if r.Actual == nil || r.Actual.String() != "150" || !r.ReportMissing {
			t.Errorf("actual %v, missing %v", r.Actual, r.ReportMissing)
		}
		if all := steps(r); !strings.Contains(all, "2023-09 实绩 9公里") || !strings.Contains(all, "cannot be converted to 个") {
			t.Errorf("no step tells of it:\n%s", all)
		}
	})
	t.Run("a half year that was reported before tells of neither quarter", func(t *testing.T) {
		in := chargers()
		in.Each = indicator.Quarterly
		r := Compute(in, []indicator.Measurement{reported(1, "2023-H1", indicator.ThisPeriod, "500", "个")}, on, DefaultProfile())
		if all := steps(r); r.Actual.String() != "0" || !strings.Contains(all, "2023-Q2 没有可判断的实绩") || !strings.Contains(all, "2023-Q1 没有可判断的实绩") {
			t.Errorf("actual %s:\n%s", r.Actual, all)
		}
	})
	t.Run("reports alike but for their IDs count by the later ID", func(t *testing.T) {
		ms := []indicator.Measurement{reported(2, "2023-09", indicator.Total, "20", "个"), reported(1, "2023-09", indicator.Total, "10", "个")}
		if r := Compute(chargers(), ms, on, DefaultProfile()); r.Actual.String() != "20" {
			t.Errorf("actual %s", r.Actual)
		}
	})
	t.Run("a curve is read by date whatever its order", func(t *testing.T) {
		in := chargers()
		in.Curve = []indicator.CurvePoint{
			{On: indicator.DateOf(2023, 9, 30), Percent: quantity.FromInt(80)}, {On: indicator.DateOf(2023, 6, 30), Percent: quantity.FromInt(20)},
		}
		if r := Compute(in, nil, on, DefaultProfile()); r.Pace.String() != "80.00" {
			t.Errorf("pace %s", r.Pace)
		}
		if in.Curve[0].Percent.String() != "80" {
			t.Error("the caller's curve was reordered")
		}
	})
	t.Run("a profile without classes judges nothing by gap", func(t *testing.T) {
		ms := []indicator.Measurement{reported(1, "2023-09", indicator.Total, "168", "个")}
		if r := Compute(chargers(), ms, on, Profile{}); r.Status != NotComputable || r.Percent.String() != "76.02" {
			t.Errorf("status %s, percent %s", r.Status, r.Percent)
		}
	})
	t.Run("no argument is changed", func(t *testing.T) {
		in := chargers()
		in.Kind, in.Direction = indicator.Growth, indicator.Decrease
		high, base := quantity.FromInt(300), quantity.FromInt(1)
		in.Target.ValueHigh, in.Baseline = &high, &base
		Compute(in, nil, on, DefaultProfile())
		if in.Target.Value.String() != "221" || high.String() != "300" || base.String() != "1" {
			t.Errorf("target %s to %s, baseline %s", in.Target.Value, high, base)
		}
	})
}

// An indicator may be changed after its reports came in.
func TestComputeLeavesOutWhatNoLongerFits(t *testing.T) {
	on := indicator.DateOf(2023, 9, 30)
	t.Run("an increment reported before the kind was changed is no level", func(t *testing.T) {
		in := chargers()
		in.Kind = indicator.Cumulative
		ms := []indicator.Measurement{reported(1, "2023-08", indicator.Total, "150", "个"), reported(2, "2023-09", indicator.ThisPeriod, "9", "个")}
		r := Compute(in, ms, on, DefaultProfile())
		if r.Actual == nil || r.Actual.String() != "150" || !r.ReportMissing {
			t.Errorf("actual %v, missing %v", r.Actual, r.ReportMissing)
		}
		if all := steps(r); !strings.Contains(all, "未计入 2023-09 实绩 9个：本期数不是期末水平") || !strings.Contains(all, "an increment is no level") {
			t.Errorf("no step tells of it:\n%s", all)
		}
		if r = Compute(in, ms[1:], on, DefaultProfile()); r.Actual != nil || r.Reason != NoMeasurement {
			t.Errorf("with the increment alone: actual %v, reason %s", r.Actual, r.Reason)
		}
	})
	t.Run("a report from before the term, whose first day was moved, is left out and said so", func(t *testing.T) {
		in := chargers()
		in.StartsOn = indicator.DateOf(2023, 7, 15)
		ms := []indicator.Measurement{
			reported(1, "2023-06", indicator.Total, "100", "个"), reported(2, "2023-06", indicator.ThisPeriod, "30", "个"),
			reported(3, "2023-07", indicator.ThisPeriod, "5", "个"), reported(4, "2023-08", indicator.ThisPeriod, "6", "个"),
		}
		r := Compute(in, ms, on, DefaultProfile())
		if r.Actual == nil || r.Actual.String() != "11" {
			t.Errorf("actual %v", r.Actual)
		}
		if all := steps(r); strings.Count(all, "该报告期在起始日期 2023-07-15 之前") != 2 || !strings.Contains(all, "over before the first day") {
			t.Errorf("no step tells of it:\n%s", all)
		}
	})
	t.Run("a report from after the term, whose end was moved, is left out", func(t *testing.T) {
		in := chargers()
		in.DueOn, in.TermEndsOn = indicator.DateOf(2023, 6, 15), indicator.DateOf(2023, 6, 15)
		ms := []indicator.Measurement{reported(1, "2023-06", indicator.Total, "100", "个"), reported(2, "2023-07", indicator.Total, "130", "个")}
		if r := Compute(in, ms, on, DefaultProfile()); r.Actual == nil || r.Actual.String() != "100" {
			t.Errorf("actual %v", r.Actual)
		}
	})
	t.Run("an increment counts from 0 whatever baseline it was left with", func(t *testing.T) {
		in := chargers()
		in.Baseline = bound("1000")
		r := Compute(in, []indicator.Measurement{reported(1, "2023-09", indicator.Total, "5", "个")}, on, DefaultProfile())
		if r.Attained || r.Percent.String() != "2.26" || r.Explanation.Rule != "ratio_to_target" {
			t.Errorf("attained %v at %s by %s", r.Attained, r.Percent, r.Explanation.Rule)
		}
		if all := steps(r); !strings.Contains(all, "不计基数 1000") {
			t.Errorf("no step tells of it:\n%s", all)
		}
	})
}

func TestFiguresAreCarriedExactly(t *testing.T) {
	on := indicator.DateOf(2023, 9, 30)
	t.Run("the capped percent is carried exactly beside the printed one", func(t *testing.T) {
		in := chargers()
		in.Target.Value = quantity.FromInt(800)
		r := Compute(in, []indicator.Measurement{reported(1, "2023-09", indicator.Total, "1", "个")}, on, DefaultProfile())
		if r.PercentCapped.String() != "0.13" || r.ExactCapped.RatString() != "1/8" {
			t.Errorf("printed %s, exact %s", r.PercentCapped, r.ExactCapped)
		}
		if r = Compute(in, nil, on, DefaultProfile()); r.ExactCapped != nil {
			t.Errorf("exact %s without a percent", r.ExactCapped)
		}
	})
	t.Run("a sum of small figures keeps all its digits", func(t *testing.T) {
		ms := []indicator.Measurement{
			reported(1, "2023-08", indicator.ThisPeriod, "0.000000000000000000000000000000000000001", "个"),
			reported(2, "2023-09", indicator.ThisPeriod, "0.000000000000000000000000000000000000002", "个"),
		}
		r := Compute(chargers(), ms, on, DefaultProfile())
		if r.Actual.String() != "0.000000000000000000000000000000000000003" || !strings.Contains(steps(r), "= 0.000000000000000000000000000000000000003个") {
			t.Errorf("actual %s:\n%s", r.Actual, steps(r))
		}
	})
}

// FuzzCompute looks for an input that panics or breaks the bond between a
// percent and its reason.
func FuzzCompute(f *testing.F) {
	f.Add("increment", "eq", "decrease", "5", "6", "-1", "2023-09", "total", "3", 0, 300)
	f.Add("growth", "approx", "increase", "0", "", "0", "2023-Q3", "increment", "-3", 40, 20)
	f.Fuzz(func(t *testing.T, kind, comparator, direction, low, high, base, period, basis, value string, day, length int) {
		number := func(s string) *quantity.Number {
			if n, err := quantity.ParseNumber(s); err == nil {
				return &n
			}
			return nil
		}
		p, err := indicator.ParsePeriod(period)
		v := number(value)
		if err != nil || v == nil || length < 0 || length > 4000 || day < -4000 || day > 4000 {
			return
		}
		in := chargers()
		in.Kind, in.Direction = indicator.Kind(kind), indicator.Direction(direction)
		in.Target.Comparator, in.Baseline, in.Target.ValueHigh = indicator.Comparator(comparator), number(base), number(high)
		if n := number(low); n != nil {
			in.Target.Value = *n
		}
		in.DueOn = in.StartsOn.AddDays(length)
		m := indicator.Measurement{ID: 1, Period: p, Basis: indicator.Basis(basis), Value: *v, Unit: in.Target.Unit, Revision: 1}
		r := Compute(in, []indicator.Measurement{m}, in.StartsOn.AddDays(day), DefaultProfile())
		if (r.Percent == nil) != (r.Reason != "") || r.Status == "" || len(r.Explanation.Steps) < 3 {
			t.Fatalf("%+v", r)
		}
	})
}
