package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestRelativeTargets(t *testing.T) {
	cases := []struct {
		sentence, name, reference, unit string
		comparator                      indicator.Comparator
		kind                            indicator.Kind
	}{
		{"托位普惠率超过全省平均水平。", "托位普惠率", "全省平均水平", "%", indicator.MoreThan, indicator.Ratio},
		{"垃圾分类覆盖率不低于全市平均值。", "垃圾分类覆盖率", "全市平均值", "%", indicator.AtLeast, indicator.Ratio},
		{"农民收入增速快于经济增速。", "农民收入增速", "经济增速", "%", indicator.MoreThan, indicator.Growth},
		{"农民收入与经济增长同步。", "农民收入增速", "经济增长", "%", indicator.Equal, indicator.Growth},
		{"农民收入增长与经济增长基本同步。", "农民收入增长", "经济增长", "%", indicator.Equal, indicator.Growth},
		{"社会投入和经济增长保持同步。", "社会投入增速", "经济增长", "%", indicator.Equal, indicator.Growth},
		{"技改投资高于全省平均增速。", "技改投资增速", "全省平均增速", "%", indicator.MoreThan, indicator.Growth},
		{"万元产值用水量低于全省平均水平。", "万元产值用水量", "全省平均水平", "", indicator.LessThan, indicator.Cumulative},
		{"臭氧浓度不高于上年水平。", "臭氧浓度", "上年水平", "", indicator.AtMost, indicator.Cumulative},
		{"研发投入强度达到全国平均水平以上。", "研发投入强度", "全国平均水平", "%", indicator.AtLeast, indicator.Ratio},
		{"单位产值能耗下降完成省下达目标值。", "单位产值能耗下降", "省下达目标值", "%", indicator.Equal, indicator.Growth},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			in := readOne(t, c.sentence)
			got := in.Target
			if !got.Waits || got.Reference != c.reference || got.Comparator != c.comparator || got.Unit.String() != c.unit {
				t.Errorf("target %+v", got)
			}
			if in.Name != c.name || in.Kind != c.kind || in.Source.Rule != "相对目标" {
				t.Errorf("%s is %s by %s", in.Name, in.Kind, in.Source.Rule)
			}
			if want := map[bool]indicator.Confidence{true: indicator.Medium, false: indicator.High}[c.unit == ""]; in.Confidence != want {
				t.Errorf("confidence %s", in.Confidence)
			}
			if in.Check() != nil {
				t.Errorf("it cannot be stored: %v", in.Check())
			}
		})
	}

	t.Run("the clause is its quote, and what the sentence says of others holds for it", func(t *testing.T) {
		text := inYear("6月底前,托位普惠率力争超过全省平均水平(牵头单位:市教育局)。")
		in := Read(text).Indicators[0]
		quote := string([]rune(text)[in.Source.Start:in.Source.End])
		if quote != "托位普惠率力争超过全省平均水平" || quote != in.Source.Quote {
			t.Errorf("quote %q, %q", quote, in.Source.Quote)
		}
		if in.DueOn.String() != "2023-06-30" || in.Binding != indicator.Expected || len(in.LeadAgencies) != 1 {
			t.Errorf("due %s, %s, %v", in.DueOn, in.Binding, in.LeadAgencies)
		}
	})

	t.Run("stands beside a number for the same thing, under a name of its own", func(t *testing.T) {
		found := read("地区生产总值增长6%左右,高于全省平均水平。")
		if len(found) != 2 || found[0].Name != "地区生产总值增长" || found[1].Name != "地区生产总值增长（2）" || !found[1].Target.Waits || found[1].Confidence != indicator.Medium {
			t.Errorf("%v %+v", values(found), found)
		}
	})

	t.Run("leaves what was done, and what only names a reference", func(t *testing.T) {
		for _, sentence := range []string{"2022年托位普惠率超过全省平均水平。", "托位普惠率已超过全省平均水平。", "开展“普惠率超过全省平均水平”行动。", "推动经济增长提质。", "达到目标。", "促进城乡同步提升。"} {
			if found := read(sentence); len(found) != 0 {
				t.Errorf("%s: %v", sentence, values(found))
			}
		}
	})
}
