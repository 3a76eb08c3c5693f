package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// textOf is a text in lines, as those who read plans cut it.
func textOf(s string) Text {
	t := Text{Raw: []rune(s)}
	start := 0
	for i, r := range append(t.Raw, '\n') {
		if r == '\t' {
			r = ' '
		}
		if i < len(t.Raw) {
			t.Norm = append(t.Norm, r)
		}
		if r != '\n' {
			continue
		}
		from, to := start, i
		for from < to && (t.Norm[from] == ' ') {
			from++
		}
		for from < to && (t.Norm[to-1] == ' ') {
			to--
		}
		t.Lines = append(t.Lines, Line{from, to})
		start = i + 1
	}
	return NewText(t.Raw, t.Norm, t.Lines)
}

// first is the first table of a text.
func first(t *testing.T, s string) Grid {
	t.Helper()
	text := textOf(s)
	for i := range text.Lines {
		if g, ok := At(text, i); ok {
			return g
		}
	}
	t.Fatalf("no table in %q", s)
	return Grid{}
}

// written is a grid as text: heads, then rows, the category before each.
func written(g Grid) []string {
	var heads []string
	for _, c := range g.Columns {
		heads = append(heads, c.Head)
	}
	lines := []string{strings.Join(heads, "|")}
	for _, r := range g.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		line := strings.Join(cells, "|")
		if r.Category != "" {
			line = r.Category + ": " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func TestATableIsTheSameGridInEveryForm(t *testing.T) {
	want := []string{
		"序号|指标|单位|2024年|2025年",
		"1|绿地率|%|38|39",
		"2|新建公园|个|-|12",
		"3|污水处理率|%|95|96以上",
	}
	for name, text := range map[string]string{
		"strokes":          "序号 | 指标 | 单位 | 2024年 | 2025年\n1 | 绿地率 | % | 38 | 39\n2 | 新建公园 | 个 | - | 12\n3 | 污水处理率 | % | 95 | 96以上",
		"strokes around":   "| 序号 | 指标 | 单位 | 2024年 | 2025年 |\n|---|:---:|---|---|---|\n| 1 | 绿地率 | % | 38 | 39 |\n| 2 | 新建公园 | 个 | - | 12 |\n| 3 | 污水处理率 | % | 95 | 96以上 |",
		"tabs":             "序号\t指标\t单位\t2024年\t2025年\n1\t绿地率\t%\t38\t39\n2\t新建公园\t个\t-\t12\n3\t污水处理率\t%\t95\t96以上",
		"spaces":           "序号   指标   单位   2024年   2025年\n1   绿地率   %   38   39\n2   新建公园   个   -   12\n3   污水处理率   %   95   96以上",
		"commas":           "序号,指标,单位,2024年,2025年\n1,绿地率,%,38,39\n2,新建公园,个,-,12\n3,污水处理率,%,95,96以上",
		"quoted":           `"序号","指标","单位","2024年","2025年"` + "\n" + `"1","绿地率","%","38","39"` + "\n" + `"2","新建公园","个","-","12"` + "\n" + `"3","污水处理率","%","95","96以上"`,
		"a cell on a line": "序号\n指标\n单位\n2024年\n2025年\n1\n绿地率\n%\n38\n39\n2\n新建公园\n个\n-\n12\n3\n污水处理率\n%\n95\n96以上",
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, written(first(t, "主要指标表\n"+text+"\n其他事项另行通知。"))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCells(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a merged cell is said in every row that it covers": {
			"类别|指标|目标值|责任单位\n生态|绿地率（%）|39|甲局\n|湿地率（%）|12|",
			[]string{"类别|指标|目标值|责任单位", "生态|绿地率(%)|39|甲局", "生态|湿地率(%)|12|甲局"}},
		"a row with a number of its own has its own agencies": {
			"序号|指标|目标值|责任单位\n1|绿地率（%）|39|甲局\n2|湿地率（%）|12|",
			[]string{"序号|指标|目标值|责任单位", "1|绿地率(%)|39|甲局", "2|湿地率(%)|12|"}},
		"a leading blank cell of tabs is one": {
			"序号\t指标\t目标值\n1\t绿地率（%）\t39\n\t湿地率（%）\t12",
			[]string{"序号|指标|目标值", "1|绿地率(%)|39", "1|湿地率(%)|12"}},
		"a wide gap is a blank cell": {
			"序号   指标   单位   目标值   备注\n1   绿地率   %   39   甲\n2   湿地率       12   乙",
			[]string{"序号|指标|单位|目标值|备注", "1|绿地率|%|39|甲", "2|湿地率||12|乙"}},
		"the head is said under the heads that span": {
			"指标|2024年||2025年|\n|实际|增长（%）|计划|增长（%）\n产值|10|5|11|6",
			[]string{"指标|2024年/实际|2024年/增长(%)|2025年/计划|2025年/增长(%)", "产值|10|5|11|6"}},
		"a head that is said again is no row": {
			"指标|单位|目标值\n绿地率|%|39\n指标|单位|目标值\n湿地率|%|12",
			[]string{"指标|单位|目标值", "绿地率|%|39", "湿地率|%|12"}},
		"a row of one cell heads those after it": {
			"指标|单位|目标值\n一、生态||\n绿地率|%|39\n二、民生||\n床位数|张|120",
			[]string{"指标|单位|目标值", "一、生态: 绿地率|%|39", "二、民生: 床位数|张|120"}},
		"so does one with a numeral before it": {
			"序号|指标|单位|目标值\n一|生态||\n1|绿地率|%|39\n二|民生||\n2|床位数|张|120",
			[]string{"序号|指标|单位|目标值", "生态: 1|绿地率|%|39", "民生: 2|床位数|张|120"}},
		"so does a line between rows": {
			"指标|单位|目标值\n生态环境\n绿地率|%|39\n社会民生\n床位数|张|120",
			[]string{"指标|单位|目标值", "生态环境: 绿地率|%|39", "社会民生: 床位数|张|120"}},
		"a drawn frame is none of the cells": {
			"│指标│单位│目标值│\n├──┼──┼──┤\n│绿地率│%│39│",
			[]string{"指标|单位|目标值", "绿地率|%|39"}},
		"the lower row of a head stands under the middle of the upper": {
			"序号   指标      单位   2024年    2025年   责任单位\n                        完成值    目标值\n1      绿地率    %      38        39       甲局",
			[]string{"序号|指标|单位|2024年/完成值|2025年/目标值|责任单位", "1|绿地率|%|38|39|甲局"}},
		"a stacked head with a unit measures, whatever its words": {
			"乡镇\n新建标准地（亩）\n绿道（公里）\n东山镇\n120\n3\n西河镇\n80\n-",
			[]string{"乡镇|新建标准地(亩)|绿道(公里)", "东山镇|120|3", "西河镇|80|-"}},
		"stacked rows need no numbers": {
			"乡镇\n造林（亩）\n绿道（公里）\n东山镇\n120\n3\n西河镇\n80\n-\n合计\n200\n3",
			[]string{"乡镇|造林(亩)|绿道(公里)", "东山镇|120|3", "西河镇|80|-", "合计|200|3"}},
		"cells of a PDF have single spaces between, and the broken ones stand around their row": {
			"序 目标\n指 标 单位 属性\n号\n2025年 年均[累计]\n1 产值年均增长 % 预期性 - 6左右\n万元/\n2 劳动生产率 预期性 20 -\n人\n水电路气等市政管网中已经\n3 % 约束性 45 -\n改造的比例\n老旧小区 万平 [成片:五年累计约90\n4 约束性 -\n改造面积 方米 零星:五年累计约15]\n5 森林覆盖率 % 约束性 >40 -",
			[]string{"序号|指标|单位|属性|2025年|年均[累计]", "1|产值年均增长|%|预期性|-|6左右", "2|劳动生产率|万元/人|预期性|20|-", "3|水电路气等市政管网中已经改造的比例|%|约束性|45|-",
				"4|老旧小区改造面积|万平方米|约束性||[成片:五年累计约90零星:五年累计约15]", "5|森林覆盖率|%|约束性|>40|-"}},
		"the nature may stand last in them": {
			"序号 指标名称 单位 2020年 2025年 属性\n1 用水总量 亿立方米 5.6 6 约束性\n2 集中式饮用水水源地水质\n达标率 % 100 100 约束性\n3 新增节水灌溉面积 万亩 - [12] 预期性\n4 水土保持率 % 70 75 预期性",
			[]string{"序号|指标|单位|属性|2020年|2025年", "1|用水总量|亿立方米|约束性|5.6|6", "2|集中式饮用水水源地水质达标率|%|约束性|100|100",
				"3|新增节水灌溉面积|万亩|预期性|-|[12]", "4|水土保持率|%|预期性|70|75"}},
		"a stacked heading of rows": {
			"序号\n指标\n单位\n2025年\n生态\n1\n绿地率\n%\n39\n民生\n2\n床位数\n张\n120",
			[]string{"序号|指标|单位|2025年", "生态: 1|绿地率|%|39", "民生: 2|床位数|张|120"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("（", "(", "）", ")", "│", "|", "─", "-").Replace(c.text)
			if diff := cmp.Diff(c.want, written(first(t, text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRolesOfColumns(t *testing.T) {
	for head, want := range map[string]Role{
		"序号": Serial, "指标名称": Name, "二级指标": Name, "一级指标": Category, "类别": Category,
		"计量单位": Unit, "2020年": Year, "2020年实际": Base, "2022年/完成数": Base, "上年完成": Base, "基期值": Base,
		"2025年目标值": Goal, "2024年计划/绝对数": Goal, "目标值": Goal, "“十三五”规划目标": Goal,
		"2024年计划/增长(%)": Change, "年均增速(%)/[累计]": Change, "2023年实际/增长(%)": BaseChange,
		"一季度": Year, "完成率(%)": Result, "完成全年目标(%)": Result, "一季度完成": Result, "比上年增长": Change, "截至9月完成数": Result, "占年度任务比重": Result, "位次": Result,
		"分值": Points, "权重(%)": Points, "属性": Nature, "指标性质": Nature, "完成时限": Due,
		"牵头单位": Lead, "配合单位": Joint, "责任单位": Responsible, "责任单位(列首位的为牵头单位)": FirstLeads,
		"分管领导": Aside, "牵头领导": Aside, "考核部门": Aside, "备注": Aside, "乡镇(街道)": Area, "县(市、区)": Area, "合计": Whole, "粮食面积(万亩)": Other,
	} {
		if got := columnOf(Cell{Text: head}); got.Role != want {
			t.Errorf("%s is %d, want %d", head, got.Role, want)
		}
	}
}

func TestHeads(t *testing.T) {
	for head, want := range map[string]Column{
		"2025年目标值(万人)":   {Year: 2025, Unit: "万人"},
		"“十四五”目标":        {Year: 2025},
		"前三季度":           {Ends: 9},
		"2024年上半年目标":     {Year: 2024, Ends: 6},
		"新建绿道(公里)":       {Unit: "公里", Name: "新建绿道"},
		"其中:大豆(万亩)":      {Unit: "万亩", Name: "大豆"},
		"安装路灯(盏)":        {Unit: "盏", Name: "安装路灯"},
		"安装路灯(万盏)":       {Unit: "万盏", Name: "安装路灯"},
		"泵站(日供水)":        {Name: "泵站(日供水)"},
		"执业(助理)医师数(人)":   {Unit: "人", Name: "执业(助理)医师数"},
		"国内生产总值(GDP)":    {Name: "国内生产总值(GDP)"},
		"近岸海域优良(一、二类)比例": {Name: "近岸海域优良(一、二类)比例"},
	} {
		got := columnOf(Cell{Text: head})
		if got.Year != want.Year || got.Ends != want.Ends || got.Unit != want.Unit || want.Name != "" && got.Name != want.Name {
			t.Errorf("%s is %+v, want %+v", head, got, want)
		}
	}
}

func TestWhatStandsAround(t *testing.T) {
	g := first(t, "上文说明情况。\n表2 主要指标\n单位:亿元\n指标|2024年|2025年\n产值|10|11\n注:1.产值为现价。\n2.增速为可比价。\n3.加快建设。\n1.另一件事")
	if g.Caption != "表2 主要指标\n单位:亿元" && g.Caption != "表2主要指标\n单位:亿元" || g.Unit != "亿元" {
		t.Errorf("%q, in %q", g.Caption, g.Unit)
	}
	if len(g.Notes) != 3 || g.Next != 8 {
		t.Errorf("%d notes, then line %d", len(g.Notes), g.Next)
	}
}

func TestLinesThatAreNoTable(t *testing.T) {
	for _, text := range []string{
		"甲|乙\n1|2", "序号\n1\n2", "指标|目标值", "抓好落实  确保完成", "  为做好工作,制定本方案。\n  一是加强领导。",
		"序号\n指标\n单位\n2025年\n完善机制\n加强领导", "指标\n单位\n目标值\n加强组织领导\n落实责任\n强化督导",
	} {
		lines := textOf(text)
		for i := range lines.Lines {
			if g, ok := At(lines, i); ok {
				t.Errorf("%q: %q", text, written(g))
			}
		}
	}
}

func TestReadingInVainIsBounded(t *testing.T) {
	for name, unit := range map[string]string{
		"heads without rows":              "指标   单位   目标\n",
		"rows that name nothing":          "单位|备注\n",
		"heads a cell a line":             "指标\n目标\n",
		"heads of no figures a cell each": "序号\n指标\n目标\n",
	} {
		t.Run(name, func(t *testing.T) {
			work := func(times int) int {
				text, spent := textOf(strings.Repeat(unit, times)), 0
				text.Spent = &spent
				for i := range text.Lines {
					At(text, i)
				}
				return spent
			}
			if once, twice := work(500), work(1000); 10*twice > 22*once+10*len(unit) {
				t.Errorf("%d lines for the text, %d for twice the text", once, twice)
			}
		})
	}
}

func TestCellsInQuotationMarks(t *testing.T) {
	const head = "指标,单位,2025年\n绿地率,%,39\n"
	for name, c := range map[string]struct{ text, want string }{
		"may hold the separator":                     {head + `"床位(公办,民办)",张,"1,200"`, "床位(公办,民办)|张|1,200"},
		"have their own marks twice":                 {head + `"""老字号""门店数",家,20`, "“老字号”门店数|家|20"},
		"may be broken over lines":                   {head + "\"床位\n(含公办)\",张,\"1\n20\"", "床位(含公办)|张|1;20"},
		"are so between tabs too":                    {"指标\t单位\t2025年\n绿地率\t%\t39\n\"床\t位\"\t张\t\"120\"", "床位|张|120"},
		"commas in brackets cut no cell":             {head + "床位(公办,民办),张,120", "床位(公办,民办)|张|120"},
		"marks around a part of a cell are its text": {head + `"双随机"检查,次,12`, `"双随机"检查|次|12`},
		"so are those of a sentence":                 {head + "“双随机”,次,12", "“双随机”|次|12"},
	} {
		t.Run(name, func(t *testing.T) {
			all := written(first(t, "主要指标表\n"+c.text))
			if got := all[len(all)-1]; len(all) != 3 || got != c.want {
				t.Errorf("%q, want %q", all, c.want)
			}
		})
	}
	t.Run("a mark that is not closed takes in nothing", func(t *testing.T) {
		all := written(first(t, "主要指标表\n"+head+"\"床位,张,7\n绿道,公里,8\n"+strings.Repeat("其他\n", 9)+"说明\""))
		if got := all[len(all)-1]; got != "绿道|公里|8" {
			t.Errorf("%q", all)
		}
	})
	t.Run("what comes after a broken row is no part of the table", func(t *testing.T) {
		s := "主要指标表\n" + head + "床位,张,\"1\n20\"\n新建公园5个。"
		if g := first(t, s); g.Next != len(strings.Split(s, "\n"))-1 {
			t.Errorf("the table ends before line %d", g.Next)
		}
	})
}

func TestHeadsBesideTheTargets(t *testing.T) {
	for head, aside := range map[string]bool{
		"备注": true, "备": true, "备注说明": true, "联系人及电话": true, "总投资额（万元）": true, "分管市领导": true, "填报说明": true,
		"设备数（台）": false, "储备林（亩）": false, "设备注册数（台）": false, "宣传说明会（场）": false,
	} {
		t.Run(head, func(t *testing.T) {
			head := strings.NewReplacer("（", "(", "）", ")").Replace(head)
			if got := columnOf(Cell{Text: head}).Role == Aside; got != aside {
				t.Errorf("beside the targets: %v, want %v", got, aside)
			}
		})
	}
}
