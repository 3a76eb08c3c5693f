package workplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// TestFiguresOfTablesThatAreNoTargets holds each to be under a warning instead.
func TestFiguresOfTablesThatAreNoTargets(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		want   []string // targets
		parts  int
		warned []string // each stands in a place that is warned of
	}{
		"a footnote whose mark a name has": {
			"澜江市2025年主要指标表\n指标|单位|2025年目标\n绿地率①|%|39\n床位数|张|120\n①绿地按12个公园计算，远期达到45%。",
			[]string{"绿地率 eq 39% 2025-12-31", "床位数 eq 120张 2025-12-31"}, 0, []string{"①绿地按12个公园计算，远期达到45%。"}},
		"a footnote that explains a row": {
			"澜江市2025年主要指标表\n指标|单位|2025年目标\n绿地率|%|39\n床位数|张|120\n\na)绿地率按12个公园计算，远期达到45%。\nb)床位数新增30张。",
			[]string{"绿地率 eq 39% 2025-12-31", "床位数 eq 120张 2025-12-31"}, 0, []string{"新增30张"}},
		"a footnote with a star": {
			"澜江市2025年主要指标表\n指标|单位|2025年目标\n绿地率*|%|39\n床位数|张|120\n*床位含社区医院，新增床位30张。",
			[]string{"绿地率 eq 39% 2025-12-31", "床位数 eq 120张 2025-12-31"}, 0, []string{"新增床位30张"}},
		"an item under a table is no footnote": {
			"澜江市2025年主要指标表\n指标|单位|2025年目标\n绿地率|%|39\n床位数|张|120\n①新建公园3个。",
			[]string{"绿地率 eq 39% 2025-12-31", "床位数 eq 120张 2025-12-31", "新建公园数 eq 3个 2025-12-31"}, 0, nil},
		"money that was handed out": {
			"澜江市2025年水利任务表\n乡镇|水渠（公里）|下达资金（万元）|省级补助资金（万元）\n东山镇|3|30|20\n合计|3|30|20",
			[]string{"水渠 eq 3公里 2025-12-31"}, 1, []string{"下达资金（万元）", "省级补助资金（万元）"}},
		"of which only the title says so": {
			"澜江市2025年衔接资金分配表\n单位：万元\n乡镇|第一批|第二批\n东山镇|30|20\n合计|30|20", nil, 0, []string{"第一批", "第二批"}},
		"money to be won is a target": {
			"澜江市2025年争取资金任务分解表\n单位：万元\n乡镇|目标任务\n东山镇|30\n合计|30", []string{"争取资金 eq 30万元 2025-12-31"}, 1, nil},
		"how much may be owed": {
			"澜江市2025年工作安排\n附件：市县安排表\n单位：亿元\n地区|新增债务限额|专项债券额度\n东山县|30|20\n西河县|10|5", nil, 0, []string{"新增债务限额", "专项债券额度"}},
		"a ceiling of use is a target": {
			"澜江市2025年能耗控制表\n乡镇|能耗限额（万吨标准煤）\n东山镇|30\n合计|30", []string{"能耗限额 eq 30万吨标准煤 2025-12-31"}, 1, nil},
		"what an earlier plan aimed at, in a text that names no term": {
			"澜江市水利发展情况\n指标|单位|2015年|“十三五”规划目标|2020年完成\n绿地率|%|30|35|38", nil, 0, []string{"“十三五”规划目标"}},
		"nor under a title that tells what became of it": {
			"澜江市“十三五”规划目标完成情况\n指标|单位|2015年|“十三五”规划目标|2020年\n绿地率|%|30|35|38", nil, 0, nil},
		"a note on a change of the plan": {
			"澜江市2025年重点任务表\n序号|任务|年度目标|调整情况|概述\n1|公园建设|新建公园18个|由20个调整为18个|由25个调减至18个\n2|医院建设|新增床位120张||",
			[]string{"新建公园数 eq 18个 2025-12-31", "新增床位 eq 120张 2025-12-31"}, 0, []string{"调整情况", "25个调减至18个"}},
		"posts, and who may apply": {
			"澜江市2025年招聘岗位表\n岗位\t招聘人数\t学历\t年龄\n教师\t12\t本科及以上\t35周岁以下\n护士\t20人\t大专及以上\t30周岁以下", nil, 0, []string{"招聘人数", "年龄"}},
		"posts that are to be opened are a target": {
			"澜江市2025年就业任务表\n乡镇\t公益性岗位（个）\n东山镇\t12\n合计\t12", []string{"公益性岗位 eq 12个 2025-12-31"}, 1, nil},
		"prices": {
			"澜江市2025年工作方案\n附件：停车收费标准\n区域|首小时（元）|全天封顶（元）\n一类区|5|30\n二类区|3|20", nil, 0, []string{"首小时（元）", "全天封顶（元）"}},
		"statistics": {
			"澜江市2024年主要指标统计表\n指标|单位|绝对数|比上年增长（%）\n工业增加值|亿元|86.5|6.2", nil, 0, nil},
		"statistics beside what is aimed at": {
			"澜江市2025年主要指标统计表\n指标|单位|2024年完成|2025年目标\n工业增加值|亿元|86.5|92", []string{"工业增加值 eq 92亿元 2025-12-31"}, 0, nil},
		"a sentence with commas": {
			"澜江市2025年工作要点\n1.抓好指标,任务,责任单位三张清单,新建公园3个。", []string{"新建公园数 eq 3个 2025-12-31"}, 0, nil},
		"the number of a lone row cut by spaces": {
			"澜江市2025年主要指标\n1    床位数      张     120", nil, 0, []string{"120"}},
		"and by tabs": {"澜江市2025年主要指标\n1\t床位数\t张\t120", nil, 0, []string{"120"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := Read(c.text)
			checkShort(t, d, c.want...)
			if len(d.Parts) != c.parts {
				t.Errorf("%d parts, want %d", len(d.Parts), c.parts)
			}
			var warned []string
			for _, w := range d.Warnings {
				warned = append(warned, string([]rune(c.text)[w.Start:w.End]))
			}
			for _, place := range c.warned {
				if !slices.ContainsFunc(warned, func(w string) bool { return strings.Contains(w, place) }) {
					t.Errorf("%q is not among %q", place, warned)
				}
			}
		})
	}
}

func TestRatesPerPowerOfTen(t *testing.T) {
	for unit, want := range map[string]string{"/10万": "/10万", "1/10万": "1/10万", "人/十万": "人/十万", "起/10万人": "起/10万人", "/100000": "/100000", "1/十万": "1/十万"} {
		t.Run("in a column of units: "+unit, func(t *testing.T) {
			checkShort(t, inTable("指标|单位|2024年|2025年目标", "传染病发病率|"+unit+"|200|180.5"), "传染病发病率 eq 180.5"+want+" from 200 2025-12-31")
		})
		t.Run("after the name: "+unit, func(t *testing.T) {
			checkShort(t, inTable("指标|单位|2025年目标", "传染病发病率（"+unit+"）|—|180.5"), "传染病发病率 eq 180.5"+want+" 2025-12-31")
		})
	}
	t.Run("in a cell", func(t *testing.T) {
		checkShort(t, inTable("指标|2025年目标", "传染病发病率|≤180/10万"), "传染病发病率 le 180/10万 2025-12-31")
	})
	t.Run("in a sentence", func(t *testing.T) {
		checkShort(t, Read("澜江市2025年工作要点\n1.孕产妇死亡率控制在8.5/10万以下。"), "孕产妇死亡率 le 8.5/10万 2025-12-31")
	})
}

func TestTasksOfThoseAboveWait(t *testing.T) {
	for clause, want := range map[string]string{
		"完成上级下达的大豆油料扩种任务":    "大豆油料扩种 上级下达的大豆油料扩种任务",
		"全面完成省下达的2025年度造林任务": "造林 省下达的2025年度造林任务",
		"确保完成市政府下达我县粮食播种指标":  "粮食播种 市政府下达我县粮食播种指标",
	} {
		t.Run(clause, func(t *testing.T) {
			d := Read("澜江市2025年工作要点\n一、农业\n1." + clause + "。")
			if len(d.Indicators) != 1 {
				t.Fatalf("%v", short(d.Indicators))
			}
			in := d.Indicators[0]
			if got := in.Name + " " + in.Target.Reference; !in.Target.Waits || got != want {
				t.Errorf("%q waits: %v, want %q", got, in.Target.Waits, want)
			}
		})
	}
	t.Run("that name nothing are warned of", func(t *testing.T) {
		d := Read("澜江市2025年工作要点\n一、农业\n1.完成上级下达的各项任务。")
		if len(d.Indicators) != 0 || len(d.Warnings) != 1 || d.Warnings[0].Code != indicator.WarnRelative {
			t.Errorf("%v %+v", short(d.Indicators), d.Warnings)
		}
	})
	t.Run("that were done are none", func(t *testing.T) {
		if d := Read("澜江市2024年工作总结\n一、2024年工作回顾\n1.一年来，全面完成了上级下达的造林任务。"); len(d.Indicators) != 0 {
			t.Errorf("%v", short(d.Indicators))
		}
	})
	t.Run("broken over the lines of a page", func(t *testing.T) {
		d := Read("澜江市“十四五”发展规划\n序号 指标 单位 属性 2025年目标\n1 绿地率 % 预期性 39\n2 床位数 张 预期性 120\n达到全国\n水体质量\n3 / 约束性 三级标准，其中\n（N、P）2 4 优于二级标准\n4 公园数 个 预期性 7")
		if len(d.Indicators) != 4 {
			t.Fatalf("%v", short(d.Indicators))
		}
		in := d.Indicators[2]
		if want := "达到全国三级标准,其中优于二级标准"; !in.Target.Waits || in.Target.Reference != want || !strings.HasPrefix(in.Name, "水体质量") {
			t.Errorf("%s waits for %q, want %q", in.Name, in.Target.Reference, want)
		}
	})
}

// TestALongStackIsReadToItsEnd holds the reader of cells on lines of their own to the whole table.
func TestALongStackIsReadToItsEnd(t *testing.T) {
	const rows = 1500
	for name, head := range map[string]string{"with numbers": "序号\n指标\n单位\n2025年目标", "without": "指标\n单位\n2025年目标"} {
		t.Run(name, func(t *testing.T) {
			lines := []string{"澜江市2025年主要指标表", head}
			for i := range rows {
				if name == "with numbers" {
					lines = append(lines, fmt.Sprint(i+1))
				}
				lines = append(lines, fmt.Sprintf("甲%s类床位数", strings.Repeat("乙", i%7)), "张", fmt.Sprint(i+5000))
			}
			d := Read(strings.Join(lines, "\n"))
			if n := len(d.Indicators); n != rows || amount(d.Indicators[n-1]) != fmt.Sprintf("%d张", rows+4999) {
				t.Errorf("%d targets", n)
			}
		})
	}
}

func TestRowsUnderNoHead(t *testing.T) {
	for row, warned := range map[string]string{
		"新增床位 | 500 | 张 | 市卫健委":   "500",
		"新增床位\t500\t张\t市卫健委":      "500",
		"责令补种数 | ≤3 | 株 | 树木":     "3",
		"停车收费 | 元/小时 | 5 | 首30分钟": "5",
		"新增床位 | 500张 | 市卫健委":      "500张",
		"1 | 新增床位 | 500 | 张":      "500",
	} {
		t.Run("no unit and no name is taken from another cell: "+row, func(t *testing.T) {
			text := "澜江市2025年工作安排\n1.抓好落实。\n" + row
			d := Read(text)
			if len(d.Indicators) != 0 {
				t.Errorf("%v", short(d.Indicators))
			}
			if !slices.ContainsFunc(d.Warnings, func(w indicator.Warning) bool { return string([]rune(text)[w.Start:w.End]) == warned }) {
				t.Errorf("%q is not warned of: %+v", warned, d.Warnings)
			}
		})
	}
	t.Run("what one cell says whole is read", func(t *testing.T) {
		checkShort(t, Read("澜江市2025年工作安排\n一、民生\n1 | 新增床位500张 | 市卫健委\n2 | 新建公园3个 | 市园林局"), "新增床位 eq 500张 2025-12-31", "新建公园数 eq 3个 2025-12-31")
	})
}

func TestPlansOfYearsThatAreOver(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		want   []string
		warned indicator.WarningCode
	}{
		"beside the outcome of the same year": {
			"澜江市重点工作\n指标|单位|2023年计划|2023年实际完成|2024年计划\n新增床位|张|500|300|400", []string{"新增床位 eq 400张 2024-12-31"}, indicator.WarnTableColumn},
		"in a table of what was reached": {
			"澜江市2023年目标任务完成情况表\n指标|单位|2023年计划|2023年实际完成|完成率\n新增床位|张|500|300|60%", nil, indicator.WarnTableColumn},
		"in a text of what was reached": {
			"澜江市2023年度绩效考核结果\n指标|单位|2023年目标值|实际完成值|得分\n新增床位|张|500|300|60", nil, indicator.WarnOnlyPast},
		"in a section that looks back": {
			"澜江市2025年重点工作\n一、去年完成情况\n指标|单位|年度目标|全年完成|完成率\n新增床位|张|500|300|60%", nil, indicator.WarnResults},
		"some months of which are told go on": {
			"澜江市2025年目标任务完成情况表\n指标|单位|2025年目标|1-6月完成|完成率\n新增床位|张|500|300|60%", []string{"新增床位 eq 500张 2025-12-31"}, indicator.WarnTableColumn},
		"of which the title tells half go on": {
			"澜江市2025年上半年目标任务完成情况表\n指标|单位|全年目标|完成数|完成率\n新增床位|张|500|300|60%", []string{"新增床位 eq 500张 2025-12-31"}, indicator.WarnTableColumn},
		"whose outcome is only expected go on": {
			"澜江市2025年目标任务表\n指标|单位|2025年目标|2025年预计完成\n新增床位|张|500|480", []string{"新增床位 eq 500张 2025-12-31"}, ""},
		"the year before is no outcome of this one": {
			"澜江市2025年目标任务表\n指标|单位|2024年实际完成|2025年目标\n床位总数|张|450|500", []string{"床位总数 eq 500张 from 450 2025-12-31"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := Read(c.text)
			checkShort(t, d, c.want...)
			if c.warned != "" && !slices.ContainsFunc(d.Warnings, func(w indicator.Warning) bool { return w.Code == c.warned }) {
				t.Errorf("no %s: %+v", c.warned, d.Warnings)
			}
		})
	}
}

func TestNotesOfSeveralLines(t *testing.T) {
	const rows = "澜江市2025年主要指标表\n指标|单位|2025年目标\n绿地率|%|39\n"
	const note = "注：床位含公办医院、民办医院和社区卫生服务中心的床位，其中公办\n医院新增床位300张，民办医院新增床位200张。"
	t.Run("a line that was broken goes on in the next", func(t *testing.T) {
		text := rows + note + "\n新建公园3个。"
		d := Read(text)
		checkShort(t, d, "绿地率 eq 39% 2025-12-31", "新建公园数 eq 3个 2025-12-31")
		if !slices.ContainsFunc(d.Warnings, func(w indicator.Warning) bool { return string([]rune(text)[w.Start:w.End]) == note }) {
			t.Errorf("%+v", d.Warnings)
		}
	})
	t.Run("an item after a note without a full stop is none of it", func(t *testing.T) {
		for _, item := range []string{"一、民生工作\n1.新建公园3个。", "（一）新建公园3个。"} {
			d := Read(rows + "注：床位含公办医院、民办医院和社区卫生服务中心的床位以及康复床位\n" + item)
			if n := len(d.Indicators); n != 2 {
				t.Errorf("%s: %v", item, short(d.Indicators))
			}
		}
	})
}
