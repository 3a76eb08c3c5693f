package workplan

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestConfidenceOfAReading(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []indicator.Confidence
	}{
		{"a verb, a name and a unit are sure", "新增企业30家。", []indicator.Confidence{indicator.High}},
		{"a level and a name are sure", "城镇化率达到60%。", []indicator.Confidence{indicator.High}},
		{"a verb that another target has is less so", "新增企业30家、合作社5家。", []indicator.Confidence{indicator.High, indicator.Medium}},
		{"a part of another target is less so", "新建学校8所，其中小学5所。", []indicator.Confidence{indicator.High, indicator.Medium}},
		{"a name that the target before has is less so", "产值增长5%，力争达到6%。", []indicator.Confidence{indicator.High, indicator.Medium}},
		{"numbers that 分别 hands out are less so", "甲率、乙率分别达到50%、60%。", []indicator.Confidence{indicator.Medium, indicator.Medium}},
		{"a name that only the title gives is a guess", "达到90%。", []indicator.Confidence{indicator.Low}},
		{"a unit that no list has is a guess", "新增种苗300樽。", []indicator.Confidence{indicator.Low}},
		{"one in a numeral is a guess", "完成一个水权交易。", []indicator.Confidence{indicator.Low}},
		{"a number with no more than a magnitude is a guess", "培训农民5万。", []indicator.Confidence{indicator.Low}},
		{"a number for each of a list is a guess at their sum", "新建、改建学校各5所，城北、城南各建成公园2个。", []indicator.Confidence{indicator.Low, indicator.Low}},
		{"a number beside a name, without any verb, is a guess", "示范园区5个。", []indicator.Confidence{indicator.Low}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := read(c.sentence)
			if len(found) != len(c.want) {
				t.Fatalf("%d targets: %v", len(found), values(found))
			}
			for i, in := range found {
				if in.Confidence != c.want[i] {
					t.Errorf("%s is %s, want %s", in.Name, in.Confidence, c.want[i])
				}
			}
		})
	}
	t.Run("a date that a heading gives makes it less sure", func(t *testing.T) {
		found := Read("澜江市2023年工作要点\n一、到2025年主要目标\n1.新增企业30家。").Indicators
		if len(found) != 1 || found[0].Confidence != indicator.Medium {
			t.Errorf("%v", found)
		}
	})
	t.Run("a row of a table of indicators is sure", func(t *testing.T) {
		for _, in := range Read("澜江市2023年目标任务分解表\n序号|指标名称|单位|目标值\n1|新增企业|家|30\n2|绿化覆盖率|%|42").Indicators {
			if in.Confidence != indicator.High {
				t.Errorf("%s is %s", in.Name, in.Confidence)
			}
		}
	})
}
