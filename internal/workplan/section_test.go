package workplan

import (
	"slices"
	"testing"
)

// duesOf are the deadlines of a plan's targets in order.
func duesOf(text string) []string {
	var all []string
	for _, in := range Read(text).Indicators {
		all = append(all, in.DueOn.String())
	}
	return all
}

func TestHeadingsThatLookBack(t *testing.T) {
	const title = "澜江市2026年政府工作报告\n"
	cases := []struct {
		name, text string
		want       []string
	}{
		{"a chapter of review", "一、2025年工作回顾\n新增企业8家。\n二、2026年工作安排\n新增企业9家。", []string{"9家"}},
		{"the articles of such a chapter", "一、2025年工作回顾\n（一）产业\n1.新增企业8家。\n二、2026年重点工作\n（一）产业\n1.新增企业9家。", []string{"9家"}},
		{"a chapter that names a year before the plan", "一、2025年主要工作\n1.新增企业8家。\n二、2026年主要工作\n1.新增企业9家。", []string{"9家"}},
		{"how the targets of last year were met", "一、2025年目标任务完成情况\n1.新增企业8家。\n二、今年任务\n1.新增企业9家。", []string{"9家"}},
		{"a line without a number", "2025年工作回顾\n新增企业8家。\n改造小区7个。\n2026年工作安排\n新增企业9家。", []string{"9家"}},
		{"dashes go on with a paragraph that looks back", "各位代表：\n过去五年，成绩显著。\n——产业壮大。新增企业8家。\n今年重点抓好以下工作：\n新增企业9家。", []string{"9家"}},
		{"a heading on aims", "一、主要目标\n1.新增企业9家。", []string{"9家"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := values(Read(title + c.text).Indicators); !slices.Equal(got, c.want) {
				t.Errorf("targets %v, want %v", got, c.want)
			}
		})
	}
}

func TestHeadingsThatDateTheirTargets(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"a term of five years", "澜江市2021年政府工作报告\n一、“十四五”时期主要目标\n新增企业80家。\n二、2021年重点工作\n新增企业9家。", []string{"2025-12-31", "2021-12-31"}},
		{"a date in the text goes before it", "澜江市2021年政府工作报告\n一、“十四五”时期主要目标\n到2023年，新增企业80家。", []string{"2023-12-31"}},
		{"articles share the date of their chapter", "澜江市2021年政府工作报告\n一、“十四五”时期主要任务\n（一）产业\n1.新增企业80家。", []string{"2025-12-31"}},
		{"an article of its own year", "澜江市2021年工作要点\n一、任务\n（一）到2022年重点工作\n1.新增企业8家。\n（二）其他\n1.新增企业9家。", []string{"2022-12-31", "2021-12-31"}},
		{"a line without a number", "澜江市2021年政府工作报告\n“十四五”时期主要目标\n新增企业80家。\n城镇化率达到60%。", []string{"2025-12-31", "2025-12-31"}},
		{"a semicolon ends no term of years", "澜江市2021年政府工作报告\n“十四五”时期，新增企业80家；城镇化率达到60%。今年新增企业9家。", []string{"2025-12-31", "2025-12-31", "2021-12-31"}},
		{"a list of years goes on past a semicolon", "澜江市健康行动方案（2019—2030年）\n一、目标\n到2022年和2030年，甲率分别达到50%和60%；乙率分别不高于15%和13%。", []string{"2022-12-31", "2030-12-31", "2022-12-31", "2030-12-31"}},
		{"a plan that is cited dates nothing", "澜江市2026年工作要点\n一、落实“十五五”规划\n1.新增企业9家。", []string{"2026-12-31"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := duesOf(c.text); !slices.Equal(got, c.want) {
				t.Errorf("due %v, want %v", got, c.want)
			}
		})
	}
}

func TestTermOfAPlan(t *testing.T) {
	cases := []struct{ name, text, starts, due string }{
		{"years in the title", "澜江市产业发展行动方案（2024—2026年）\n新增企业3家。", "2024-01-01", "2026-12-31"},
		{"years make a title of any name", "澜江市全民健康行动（2024—2030年）\n新增企业3家。", "2024-01-01", "2030-12-31"},
		{"years on the line under it", "澜江市产业发展行动方案\n（2024—2026年）\n新增企业3家。", "2024-01-01", "2026-12-31"},
		{"three years from the document's number", "澜江市产业发展三年行动计划\n澜政发〔2024〕8号\n新增企业3家。", "2024-01-01", "2026-12-31"},
		{"the document's own number, not a cited one", "澜江市产业发展实施意见\n澜政发〔2025〕8号\n为落实有关意见（国发〔2023〕4号），新增企业3家。", "2025-01-01", "2025-12-31"},
		{"a cited number alone is no term", "澜江市产业发展实施意见\n为落实有关意见（国发〔2023〕4号），2025年新增企业3家。", "2025-01-01", "2025-12-31"},
		{"a cited plan is no term", "澜江市产业发展实施意见\n为落实《澜江市规划（2020—2022年）》，2025年新增企业3家。", "2025-01-01", "2025-12-31"},
		{"a baseline is no term", "澜江市产业发展实施意见\n与2020年相比，2025年新增企业3家。", "2025-01-01", "2025-12-31"},
		{"the day of issue", "澜江市产业发展实施意见\n澜江市人民政府\n2025年3月8日\n新增企业3家。", "2025-01-01", "2025-12-31"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := Read(c.text)
			if d.StartsOn.String() != c.starts || d.DueOn.String() != c.due {
				t.Errorf("from %s to %s, want %s to %s", d.StartsOn, d.DueOn, c.starts, c.due)
			}
		})
	}
}
