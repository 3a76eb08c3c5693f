package workplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// TestRatesPerAPowerOfTen holds that what a rate is told per is part of its name and no target,
// and that such a rate needs no unit of its own.
func TestRatesPerAPowerOfTen(t *testing.T) {
	for sentence, want := range map[string][]string{
		"每10万人死亡率≤0.8。":                 {"每10万人死亡率 le 0.8"},
		"10万人口死亡率控制在0.8以内。":             {"10万人口死亡率 le 0.8"},
		"道路交通万车死亡率控制在1.2人/万车以内。":        {"道路交通万车死亡率 le 1.2人/万车"},
		"万车死亡率降至1.5以下，特种设备万台死亡率低于0.06。": {"万车死亡率 le 1.5", "特种设备万台死亡率 lt 0.06"},
		"亿元地区生产总值生产安全事故死亡率控制在0.01以内。":   {"亿元地区生产总值生产安全事故死亡率 le 0.01"},
		"培训10万人，合格率达到95%。":              {"培训人数 eq 10万人", "合格率 eq 95%"},
		"每千人口床位数达到7.5张。":                {"每千人口床位数 eq 7.5张"},
		"千兆光网覆盖率达到95。":                  nil,
		"每万名就业人员中研发人员达到60人年。":           {"每万名就业人员中研发人员数 eq 60人年"},
	} {
		t.Run(sentence, func(t *testing.T) {
			var got []string
			for _, in := range Read(inYear(sentence)).Indicators {
				got = append(got, in.Name+" "+string(in.Target.Comparator)+" "+values([]indicator.Indicator{in})[0])
			}
			if !slices.Equal(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// TestWordsAcrossAMarkOfThePast holds that the end of one word and the beginning of the next
// are no word that tells of the past.
func TestWordsAcrossAMarkOfThePast(t *testing.T) {
	for sentence, want := range map[string]string{
		"新建有机肥厂3座。":    "3座",
		"兑现有关政策资金3亿元。": "3亿元",
		"完成项目前期投资2亿元。": "2亿元",
		"现有市级园区30家。":   "",
		"目前已建成站点42个。":  "",
		"全市建有养老驿站16个。": "",
	} {
		if got := strings.Join(values(Read(inYear(sentence)).Indicators), " "); got != want {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
	}
}

// TestTurnsWithoutAFigureAreWarnedOf holds that what is only to fall is not lost in silence.
func TestTurnsWithoutAFigureAreWarnedOf(t *testing.T) {
	for sentence, want := range map[string]bool{
		"生产安全事故起数和死亡人数“双下降”。": true,
		"信访总量只降不升。":           true,
		"去年事故起数、死亡人数已实现双下降。":  false,
		"开展“双下降”专项行动。":        false,
	} {
		warnings := codes(Read(inYear(sentence)).Warnings)
		if got := slices.Contains(warnings, indicator.WarnRelative); got != want {
			t.Errorf("%s: %v", sentence, warnings)
		}
	}
}
