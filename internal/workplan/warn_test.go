package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestWarnings(t *testing.T) {
	cases := []struct {
		name, sentence string
		code           indicator.WarningCode
		quote          string
	}{
		{"a reference that nothing is held against", "力争高于全省平均水平。", indicator.WarnRelative, "力争高于全省平均水平"},
		{"a number without a unit", "满意度达到95。", indicator.WarnUnit, "95"},
		{"an unknown number of hundreds", "带动数百家企业。", indicator.WarnVague, "数百家"},
		{"a fraction", "三分之二以上的村达标。", indicator.WarnFraction, "三分之二"},
		{"a rate per no power of ten", "新生儿死亡率控制在2.5/15万以内。", indicator.WarnFraction, "2.5/15万"},
		{"a length of time held against", "设施使用寿命不少于5年。", indicator.WarnConditions, "5年"},
		{"a share with a stroke", "优良断面比例达到7/8。", indicator.WarnFraction, "7/8"},
		{"a proportion", "师生比达到1:15。", indicator.WarnPair, "1:15"},
		{"a range upside down", "盘活土地50—30亩。", indicator.WarnRange, "50—30亩"},
		{"more digits than can be kept", "新增企业" + longNumber + "家。", indicator.WarnValue, longNumber + "家"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := inYear(c.sentence)
			draft := Read(text)
			if len(draft.Warnings) != 1 {
				t.Fatalf("warnings %v, want one", draft.Warnings)
			}
			w := draft.Warnings[0]
			if got := string([]rune(text)[w.Start:w.End]); w.Code != c.code || got != c.quote {
				t.Errorf("%s at %q, want %s at %q", w.Code, got, c.code, c.quote)
			}
			if w.Line != 3 || w.Message == "" {
				t.Errorf("line %d, message %q", w.Line, w.Message)
			}
			if len(draft.Indicators) != 0 {
				t.Errorf("it is a target as well: %v", values(draft.Indicators))
			}
		})
	}
}

const longNumber = "12345678901234567890123456789012345678901234567890"

func TestNoWarnings(t *testing.T) {
	for _, sentence := range []string{
		"新增企业3家。",
		"推进融合发展,增强经济增长动能。",
		"打造千亿级产业集群。",
		"落实“数百行动”。",
		"加强与高校的合作,促进同步提升。",
		"落实各项任务(第3类)。",
		"提供24/7服务。",
		"工期安排到2023/11/30。",
	} {
		t.Run(sentence, func(t *testing.T) {
			if got := Read(inYear(sentence)).Warnings; len(got) != 0 {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestNumbersSetAsideByTheirOwnWordsSaySo(t *testing.T) {
	for sentence, want := range map[string][]string{
		"现有市级园区300家，新建驿站3处。":                       {"existing 300家"},
		"目前全市已建成站点142个。":                           {"existing 142个"},
		"依托4个园区开展招商。":                              {"existing 4个"},
		"对年产值2000万元以上的企业开展走访。":                     {"conditions 2000万元"},
		"按每户500元给予补贴，最高不超过3万元。":                    {"conditions 500元给予补贴，最高不超过3万元"},
		"按每户500元给予补贴，新建驿站3处，每人补助80元。":              {"conditions 500元", "conditions 80元"},
		"每月召开1次调度会。":                               {"conditions 1次"},
		"新建水厂6座（含2座改造）。":                           {"explanation 2座"},
		"打好“新增床位500张”攻坚战。":                         {"explanation 500张"},
		"推进“三个10万亩”工程。":                            {"explanation 10万亩"},
		"开展“新建驿站3处、公园5个”行动。":                       {"explanation 3处、公园5个"},
		"落实《新增床位500张实施办法》，推行“7天无理由退货”，擦亮“三张名片”。":   nil,
		"推进“3个中心”建设，建设110千伏变电站，本方案共28条。":           nil,
		"森林覆盖率由41%提高到42.5%，为70周岁以上老人体检，办好第五届展会。":   nil,
		"落实东政发〔2023〕12号，联系电话6612345，第12条执行到2023年。": nil,
		"新建驿站3处。": nil,
	} {
		t.Run(sentence, func(t *testing.T) {
			text := inYear(sentence)
			var got []string
			for _, w := range Read(text).Warnings {
				got = append(got, string(w.Code)+" "+string([]rune(text)[w.Start:w.End]))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
