package progress

import (
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// waiting is a rate that shall be above the mean of the province.
func waiting(unit string) indicator.Indicator {
	in := chargers()
	in.Kind, in.Frequency = indicator.Ratio, indicator.Quarterly
	in.Target = indicator.Target{Comparator: indicator.MoreThan, Reference: "全省平均水平", Waits: true}
	if unit != "" {
		in.Target.Unit = quantity.MustUnit(unit)
	}
	return in
}

func TestATargetThatWaits(t *testing.T) {
	ms := []indicator.Measurement{
		reported(1, "2023-03", indicator.Total, "81.5", "%"),
		reported(2, "2023-06", indicator.Total, "84.2", "%"),
	}
	for name, on := range map[string]indicator.Date{"within the term": indicator.DateOf(2023, 7, 1), "past the due date": indicator.DateOf(2024, 3, 1)} {
		t.Run("has neither percent nor verdict "+name, func(t *testing.T) {
			got := Compute(waiting("%"), ms, on, DefaultProfile())
			if got.Percent != nil || got.Gap != nil || got.Reason != TargetWaits || got.Attained || got.Status != NotComputable {
				t.Errorf("%+v", got)
			}
			if got.Actual == nil || got.Actual.String() != "84.2" {
				t.Errorf("actual %v", got.Actual)
			}
			if len(got.Cautions) != 0 {
				t.Errorf("cautions %v", got.Cautions)
			}
		})
	}

	t.Run("waits without a report too", func(t *testing.T) {
		if got := Compute(waiting("%"), nil, indicator.DateOf(2024, 3, 1), DefaultProfile()); got.Reason != TargetWaits || got.Status != NoData || got.Actual != nil {
			t.Errorf("%+v", got)
		}
	})

	t.Run("says what it waits for", func(t *testing.T) {
		var zh, en strings.Builder
		for _, step := range Compute(waiting("%"), ms, indicator.DateOf(2023, 7, 1), DefaultProfile()).Explanation.Steps {
			zh.WriteString(step.ZH + "\n")
			en.WriteString(step.EN + "\n")
		}
		for _, words := range []string{"当前值 A = 84.2%", "目标 T = 高于 “全省平均水平”，其数值待定", "判定为“无法计算”：目标值待定"} {
			if !strings.Contains(zh.String(), words) {
				t.Errorf("%q is not in\n%s", words, &zh)
			}
		}
		if !strings.Contains(en.String(), "more than “全省平均水平”, whose value is not known yet") {
			t.Errorf("steps\n%s", &en)
		}
	})

	t.Run("without a unit is read in that of the newest report, and leaves out what does not convert", func(t *testing.T) {
		monthly := waiting("")
		monthly.Frequency = indicator.Monthly
		mixed := append(slices.Clone(ms), reported(3, "2023-05", indicator.Total, "7", "家"))
		got := Compute(monthly, mixed, indicator.DateOf(2023, 7, 1), DefaultProfile())
		if got.Unit.String() != "%" || got.Actual.String() != "84.2" {
			t.Errorf("%s %s", got.Actual, got.Unit)
		}
		if got := Compute(monthly, mixed, indicator.DateOf(2023, 6, 1), DefaultProfile()); got.Unit.String() != "家" || got.Actual.String() != "7" {
			t.Errorf("a month earlier: %s %s", got.Actual, got.Unit)
		}
	})

	t.Run("is computed once it has its value, whatever its reference", func(t *testing.T) {
		in := waiting("%")
		in.Target.Waits, in.Target.Value = false, quantity.MustNumber("80")
		got := Compute(in, ms, indicator.DateOf(2023, 7, 1), DefaultProfile())
		if got.Percent == nil || got.Percent.String() != "105.25" || got.Status != OnTrack {
			t.Errorf("%+v", got)
		}
	})
}
