package workplan

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestDueDates(t *testing.T) {
	cases := []struct {
		name, sentence string
		want           []string
	}{
		{"the term ends where the text says nothing", "新增企业3家。", []string{"2023-12-31"}},
		{"by the end of a month", "6月底前建成站点3座。", []string{"2023-06-30"}},
		{"by a day", "9月15日前建成站点3座。", []string{"2023-09-15"}},
		{"in half a year", "上半年开工项目3个。", []string{"2023-06-30"}},
		{"in a quarter", "第三季度开工项目3个。", []string{"2023-09-30"}},
		{"by the end of the year", "年底建成站点3座。", []string{"2023-12-31"}},
		{"by the end of a month in short", "2023.10底前建成站点3座。", []string{"2023-10-31"}},
		{"by a day in short", "10.31前建成站点3座。", []string{"2023-10-31"}},
		{"in a quarter in short", "Q3建成站点3座。", []string{"2023-09-30"}},
		{"a quarter of journals is no time", "发表Q1论文3篇。", []string{"2023-12-31"}},
		{"by a later year", "到2025年,建成站点3座。", []string{"2025-12-31"}},
		{"by the end of a five-year plan", "“十五五”末建成站点3座。", []string{"2030-12-31"}},
		{"a goal's date ends with its paragraph", "到2025年,建成站点2座。\n新增企业3家。", []string{"2025-12-31", "2023-12-31"}},
		{"a date in the later of two statements", "建成站点3座。（牵头单位：市水利局）\n（配合单位：市财政局；完成时限：2023年9月底）", []string{"2023-09-30"}},
		{"a date beside agencies", "建成站点3座（市水利局牵头，2023年9月底前完成）。新增企业5家。", []string{"2023-09-30", "2023-12-31"}},
		{"a share of the year's task by the middle of it", "上半年完成全年任务的55%。", []string{"2023-06-30"}},
		{"put into use after its own date", "2023年底前建成站点2座，2024年6月底前投入运行。", []string{"2023-12-31"}},
		{"so much a month by a day", "7月1日前，低保标准提高到每人每月780元。", []string{"2023-07-01"}},
		{"each clause its own", "6月底前开工2座,9月底前建成3座。", []string{"2023-06-30", "2023-09-30"}},
		{"a date holds for the list after it", "6月底前新建站点2座、改造3座。", []string{"2023-06-30", "2023-06-30"}},
		{"a date does not hold for the next sentence", "6月底前建成站点2座。新增企业3家。", []string{"2023-06-30", "2023-12-31"}},
		{"a goal's date holds for its paragraph", "到2025年,建成站点2座；新增企业3家。培育品牌4个。", []string{"2025-12-31", "2025-12-31", "2025-12-31"}},
		{"分别 hands out years", "2023年、2024年分别新增企业3家、5家。", []string{"2023-12-31", "2024-12-31"}},
		{"a sentence that names what is above", "建成站点3座；新增企业2家。以上任务均于9月底前完成。", []string{"2023-09-30", "2023-09-30"}},
		{"a date in a bracket after the full stop", "建成站点3座。(2023年9月底前完成)", []string{"2023-09-30"}},
		{"a label and a date in a bracket after the full stop", "建成站点3座。新增企业2家。(完成时限:9月底)", []string{"2023-09-30", "2023-09-30"}},
		{"a bracket that says what else is done", "建成站点3座。(9月底前完成选址)", []string{"2023-12-31"}},
		{"a date in a bracket after the number", "建成站点3座(6月底前)。", []string{"2023-06-30"}},
		{"a figure of the year before in a bracket", "新增企业30家（去年25家）。", []string{"2023-12-31"}},
		{"a figure of half the year in a bracket", "新增企业30家（上半年完成15家）。", []string{"2023-12-31"}},
		{"a figure of a later year in a bracket", "新增企业30家（2025年50家）。", []string{"2023-12-31"}},
		{"figures of parts of the year in a bracket", "完成投资100亿元（上半年50亿元、三季度80亿元）。", []string{"2023-12-31"}},
		{"a bracket that says a figure of another kind beside the date", "新建学校3所（6月底前建成，投资2亿元）。", []string{"2023-06-30"}},
		{"a date in a bracket does not hold behind it", "建成站点3座(6月底前),新增企业5家。", []string{"2023-06-30", "2023-12-31"}},
		{"a date in a bracket before any number holds on", "第一阶段(6月底前),建成站点3座。", []string{"2023-06-30"}},
		{"a date in a bracket rather than that of the clause before", "6月底前建成站点2座,新建学校5所(9月底前)。", []string{"2023-06-30", "2023-09-30"}},
		{"a month alone in a bracket", "建成站点3座(2023.9)。", []string{"2023-09-30"}},
		{"a date right after the number", "农村危房改造任务186户10月底前全部竣工,保护传统村落12个。", []string{"2023-10-31", "2023-12-31"}},
		{"a date after a dash", "新建学校3所——9月底前完成。", []string{"2023-09-30"}},
		{"a clause within that says when the thing before is done", "新建公园3个,10月底前完工,栽植树木2万株。", []string{"2023-10-31", "2023-12-31"}},
		{"two clauses that each say when the thing before is done", "新建公园3个,10月底前完工,栽植树木2万株,11月底前完成。", []string{"2023-10-31", "2023-11-30"}},
		{"a clause that something else ends by", "推动3个公路项目开工,确保石门大桥6月底前合龙。", []string{"2023-12-31"}},
		{"a date before the number holds on in the next clause", "9月1日前投用6所,新增学位7800个。", []string{"2023-09-01", "2023-09-01"}},
		{"a clause with a word before its date", "新建学校3所,于9月底前完成。", []string{"2023-09-30"}},
		{"a clause with two words before its date", "新建学校3所,并于9月底前投用。", []string{"2023-09-30"}},
		{"a clause of what is expected", "新建学校3所,预计2023年6月完工。", []string{"2023-06-30"}},
		{"a clause that opens with a label", "新建学校3所,完成时间为9月底。", []string{"2023-09-30"}},
		{"a label and a colon", "新建学校3所,完成时间:9月30日。", []string{"2023-09-30"}},
		{"the year of the plan gives way to the day in a clause behind", "2023年新建学校3所,9月底前完成。", []string{"2023-09-30"}},
		{"by a day of a year in short", "2023.6.30前建成泵站2座。", []string{"2023-06-30"}},
		{"by a day of a year with strokes", "2023/9/30前建成泵站2座。", []string{"2023-09-30"}},
		{"by the middle of a month", "5月中旬前建成泵站2座。", []string{"2023-05-20"}},
		{"by the first third of a month", "5月上旬建成泵站2座。", []string{"2023-05-10"}},
		{"by the last third of a month", "5月下旬建成泵站2座。", []string{"2023-05-31"}},
		{"in the years to come", "今后五年新增学校9所。", []string{"2027-12-31"}},
		{"within three years", "三年内覆盖率达到90%。", []string{"2025-12-31"}},
		{"within three years in figures", "3年内覆盖率达到90%。", []string{"2025-12-31"}},
		{"within three years with a word before", "在三年内覆盖率达到90%。", []string{"2025-12-31"}},
		{"the sum of three years", "三年累计建成泵站9座。", []string{"2025-12-31"}},
		{"two dates in a bracket", "新建学校3所(6月底前开工,11月底前完工)。", []string{"2023-11-30"}},
		{"dates behind the things that are counted", "推动3个公路项目6月底前开工、5个水库项目11月底前建成。", []string{"2023-06-30", "2023-11-30"}},
		{"within three years of something else", "新增毕业3年内的大学生创业企业9家。", []string{"2023-12-31"}},
		{"a clause that says when all is done", "建成站点3座,11月底前完工。", []string{"2023-11-30"}},
		{"a sentence that says when all is done", "建成站点3座。11月底前全部完成。", []string{"2023-11-30"}},
		{"a clause that says when something else is done", "建成站点3座,3月底前完成选址。", []string{"2023-12-31"}},
		{"a line that dates the item", "建成站点3座。\n完成时限：9月底前", []string{"2023-09-30"}},
		{"a bracket that names who answers", "建成站点3座。（责任单位：市水利局；完成时限：2023年9月底）", []string{"2023-09-30"}},
		{"a year that a change is measured from is no deadline", "产值较2020年增长30%。", []string{"2023-12-31"}},
		{"a year in a name is no deadline", "落实《澜江市规划（2019—2021年）》,新增企业3家。", []string{"2023-12-31"}},
		{"an introduction dates the lines it opens", "到2026年,力争实现：\n企业总数突破50家。\n覆盖率达到90%。", []string{"2026-12-31", "2026-12-31"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, in := range read(c.sentence) {
				got = append(got, in.DueOn.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.sentence, got, c.want)
			}
		})
	}
}

// A time that is no day of its own dates nothing for sure, and is no part of a name.
func TestUncertainDates(t *testing.T) {
	for _, c := range []struct{ sentence, name, due string }{
		{"春节前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"春节前后建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"清明节前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"中秋、国庆前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"暑期开学前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"秋季开学前投入使用中小学校5所。", "投入使用中小学校数", "2023-12-31"},
		{"2024年春节前建成泵站2座。", "建成泵站数", "2024-12-31"},
		{"2月30日前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"2023年2月29日前建成泵站2座。", "建成泵站数", "2023-12-31"},
		{"建成泵站2座,春节前完成。", "建成泵站数", "2023-12-31"},
		{"用3年左右时间建成泵站2座。", "建成泵站数", "2025-12-31"},
		{"到本世纪中叶,覆盖率达到90%。", "覆盖率", "2050-12-31"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			d := Read("澜江市2023年重点工作任务\n1.任务。" + c.sentence)
			if len(d.Indicators) != 1 {
				t.Fatalf("%v, want one", d.Indicators)
			}
			if in := d.Indicators[0]; in.Name != c.name || in.DueOn.String() != c.due || in.Confidence != indicator.Low {
				t.Errorf("%s by %s, %s", in.Name, in.DueOn, in.Confidence)
			}
			if len(d.Warnings) != 1 || d.Warnings[0].Code != indicator.WarnDate {
				t.Errorf("warnings %v", d.Warnings)
			}
		})
	}
	t.Run("a day that holds the season's name too is sure", func(t *testing.T) {
		d := Read("澜江市2023年重点工作任务\n1.任务。9月1日开学前建成学校2所。")
		if in := d.Indicators[0]; in.DueOn.String() != "2023-09-01" || in.Confidence != indicator.High || len(d.Warnings) != 0 {
			t.Errorf("%s by %s, %s, %v", in.Name, in.DueOn, in.Confidence, d.Warnings)
		}
	})
	t.Run("a step of a day that is none", func(t *testing.T) {
		d := Read("澜江市2023年重点工作任务\n1.任务。2月30日前完成规划编制。")
		if len(d.Milestones) != 0 || len(d.Warnings) != 1 || d.Warnings[0].Code != indicator.WarnDate {
			t.Errorf("%v, %v", d.Milestones, d.Warnings)
		}
	})
}

func TestDatesInATermAcrossTheNewYear(t *testing.T) {
	var due []string
	for _, in := range Read("澜江市冬季行动方案（2023年10月—2024年3月）\n1.任务。11月底前建成站点3座。1月底前新建学校2所。新增企业9家。").Indicators {
		due = append(due, in.DueOn.String())
	}
	if want := []string{"2023-11-30", "2024-01-31", "2024-03-31"}; !slices.Equal(due, want) {
		t.Errorf("due %v, want %v", due, want)
	}
}

func TestStartOfATarget(t *testing.T) {
	plan := "澜江市三年行动计划(2023—2025年)\n1.培育企业。"
	cases := []struct{ name, sentence, want string }{
		{"is the start of the term", "新增企业3家。", "2023-01-01"},
		{"is the start of the one year it is for", "2024年新增企业3家。", "2024-01-01"},
		{"stays with a deadline", "到2024年新增企业3家。", "2023-01-01"},
		{"is never after the deadline", "2022年底前新增企业3家。", "2022-01-01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found := Read(plan + c.sentence).Indicators
			if len(found) != 1 || found[0].StartsOn.String() != c.want {
				t.Errorf("%s: %v, want one from %s", c.sentence, found, c.want)
			}
		})
	}
}

func TestTargetsWithoutATerm(t *testing.T) {
	draft := Read("持续推进。6月底前建成站点3座。新增企业5家。")
	for _, in := range draft.Indicators {
		if !in.DueOn.IsZero() {
			t.Errorf("%s is due on %s though no year is known", in.Source.Quote, in.DueOn)
		}
	}
	if len(draft.Warnings) != 1 || draft.Warnings[0].Code != indicator.WarnTerm {
		t.Errorf("warnings %v, want one that the term is unknown", draft.Warnings)
	}
}

func TestDueDatesWithoutATerm(t *testing.T) {
	t.Run("goals keep their date, and all else waits for the term", func(t *testing.T) {
		got := Read("某市特色种业行动方案\n一、总体目标\n到2027年，累计建成繁育基地6个，种业产值达到8亿元。\n二、任务\n1.育强主体。新增种业企业12家。").Indicators
		var due []string
		for _, in := range got {
			due = append(due, in.DueOn.String())
		}
		if want := []string{"2027-12-31", "2027-12-31", ""}; !slices.Equal(due, want) {
			t.Errorf("due %q, want %q", due, want)
		}
	})
	t.Run("the goals of a plan for three years date all of it", func(t *testing.T) {
		for _, in := range Read("某市特色种业三年行动方案\n一、总体目标\n到2027年，累计建成繁育基地6个。\n二、任务\n1.育强主体。新增种业企业12家。").Indicators {
			if in.StartsOn.String() != "2025-01-01" || in.DueOn.String() != "2027-12-31" {
				t.Errorf("%s runs from %s to %s", in.Name, in.StartsOn, in.DueOn)
			}
		}
	})
}
