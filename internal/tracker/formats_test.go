package tracker_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// filesOf is a plan's text as a file of every format that is read.
func filesOf(t *testing.T, text string) map[string][]byte {
	t.Helper()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	blocks := documenttest.Paragraphs(text)
	return map[string][]byte{
		"txt in UTF-8":            []byte(text),
		"txt in UTF-8, with mark": []byte("\uFEFF" + text),
		"txt in GB18030":          []byte(gb),
		"docx":                    documenttest.DOCX(blocks...),
		"docx with Word's lists":  documenttest.DOCX(documenttest.Numbered(text)...),
		"html":                    documenttest.HTML(blocks...),
		"pdf":                     documenttest.PDF("", strings.Split(strings.TrimSpace(text), "\n")...),
	}
}

// readingOf is what a file says, one record to a line, without positions.
func readingOf(t *testing.T, data []byte) []string {
	t.Helper()
	read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Code: "p", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	p := read.Plan
	lines := []string{strings.Join([]string{p.Title, p.Issuer, p.IssuedOn.String(), p.StartsOn.String(), p.DueOn.String()}, "|")}
	names := func(list []string) string { return strings.Join(list, "、") }
	headings := map[int]string{}
	for _, s := range p.Sections {
		headings[s.Number] = s.Heading
	}
	for _, task := range p.Tasks {
		lines = append(lines, strings.Join([]string{
			headings[task.Section], task.Number, task.Title, names(task.LeadAgencies), names(task.ParticipatingAgencies),
		}, "|"))
	}
	for _, in := range read.Indicators {
		high := ""
		if in.Target.ValueHigh != nil {
			high = in.Target.ValueHigh.String()
		}
		lines = append(lines, strings.Join([]string{
			in.Code, in.Name, string(in.Kind), string(in.Target.Comparator), in.Target.Value.String(), high, in.Target.Unit.String(), in.Target.Reference,
			in.DueOn.String(), string(in.Binding), names(in.LeadAgencies), names(in.ParticipatingAgencies),
		}, "|"))
	}
	return lines
}

func TestAPlanSaysTheSameInEveryFormat(t *testing.T) {
	text := string(demo.PlanText())
	want := readingOf(t, []byte(text))
	if len(want) < 150 {
		t.Fatalf("%d records in the plan of the demonstration", len(want))
	}
	for name, data := range filesOf(t, text) {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, readingOf(t, data)); diff != "" {
				t.Errorf("not what the text says (-text +%s):\n%s", name, diff)
			}
		})
	}
}

func TestATableSaysTheSameInEveryFormat(t *testing.T) {
	const title = "东河市2024年重点任务责任分解表"
	rows := [][]documenttest.Cell{
		documenttest.Row("序号", "工作任务", "目标", "牵头单位", "配合单位"),
		documenttest.Row("1", "壮大创新主体", "新增高新技术企业30家以上", "市科技局", "市工信局、市财政局"),
		documenttest.Row("2", "完善充电设施", "6月底前新增公共充电桩221个，充电站达到40座", "市工信局", "市交通局"),
		documenttest.Row("3", "守住空气质量", "优良天数比率高于全省平均水平", "市生态环境局", ""),
	}
	file := []documenttest.Block{{Text: title}, {Rows: rows}}
	want := []string{
		title + "|||2024-01-01|2024-12-31",
		"|1|壮大创新主体|市科技局|市工信局、市财政局",
		"|2|完善充电设施|市工信局|市交通局",
		"|3|守住空气质量|市生态环境局|",
		"p-1-1|新增高新技术企业数|increment|ge|30||家||2024-12-31|binding|市科技局|市工信局、市财政局",
		"p-2-1|新增公共充电桩数|increment|eq|221||个||2024-06-30|binding|市工信局|市交通局",
		"p-2-2|充电站数|cumulative|eq|40||座||2024-06-30|binding|市工信局|市交通局",
		"p-3-1|优良天数比率|ratio|gt|0||%|全省平均水平|2024-12-31|binding|市生态环境局|",
	}
	for name, data := range map[string][]byte{"docx": documenttest.DOCX(file...), "html": documenttest.HTML(file...)} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, readingOf(t, data)); diff != "" {
				t.Errorf("(-want +%s):\n%s", name, diff)
			}
		})
	}
}

// TestATableOfIndicatorsSaysTheSameInEveryFormat holds a table with merged cells and heads
// of two levels to what is read of it as text, where both are written out.
func TestATableOfIndicatorsSaysTheSameInEveryFormat(t *testing.T) {
	const title = "东河市“十四五”主要指标表（2021—2025年）"
	cell := func(text string, columns, rows int) documenttest.Cell {
		return documenttest.Cell{Text: text, Columns: columns, Rows: rows}
	}
	rows := [][]documenttest.Cell{
		{cell("类别", 1, 2), cell("指标", 1, 2), cell("2020年实际", 1, 2), cell("目标值", 2, 1), cell("属性", 1, 2)},
		documenttest.Row("2023年", "2025年"),
		{cell("经济发展", 1, 2), cell("1.工业增加值（亿元）", 1, 1), cell("86", 1, 1), cell("110", 1, 1), cell("140左右", 1, 1), cell("预期性", 1, 1)},
		documenttest.Row("2.城镇化率（%）", "58.2", "60", "62", "预期性"),
		{cell("绿色生态", 1, 2), cell("3.细颗粒物浓度（微克/立方米）", 1, 1), cell("36", 1, 1), cell("≤34", 1, 1), cell("≤32", 1, 1), cell("约束性", 1, 1)},
		documenttest.Row("4.能耗强度下降（%）", "—", "—", "〔14〕", "约束性"),
	}
	text := title + "\n" +
		"类别 | 指标 | 2020年实际 | 目标值 | | 属性\n| | | | 2023年 | 2025年 |\n" +
		"经济发展 | 1.工业增加值（亿元） | 86 | 110 | 140左右 | 预期性\n| | 2.城镇化率（%） | 58.2 | 60 | 62 | 预期性\n" +
		"绿色生态 | 3.细颗粒物浓度（微克/立方米） | 36 | ≤34 | ≤32 | 约束性\n| | 4.能耗强度下降（%） | — | — | 〔14〕 | 约束性\n"
	file := []documenttest.Block{{Text: title}, {Rows: rows}}
	want := readingOf(t, []byte(text))
	if len(want) != 1+4+7 {
		t.Fatalf("%q", want)
	}
	for name, data := range map[string][]byte{"docx": documenttest.DOCX(file...), "html": documenttest.HTML(file...)} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, readingOf(t, data)); diff != "" {
				t.Errorf("(-text +%s):\n%s", name, diff)
			}
		})
	}
}

func TestSourcesSayWhereInTheFile(t *testing.T) {
	text := "东河市2024年重点工作任务\n一、产业发展\n1.壮大企业。新增高新技术企业30家（市科技局）。\n2.扩大开放。新增外贸企业12家（市商务局）。"
	blocks := documenttest.Paragraphs(text)
	for name, c := range map[string]struct {
		data            []byte
		page, paragraph int
	}{
		"txt":  {[]byte(text), 0, 0},
		"docx": {documenttest.DOCX(blocks...), 0, 4},
		"html": {documenttest.HTML(blocks...), 0, 4},
		"pdf":  {documenttest.PDF("", strings.Split(text, "\n")...), 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			imported, err := b.ImportPlan(t.Context(), tracker.PlanFile{Code: "p", Data: c.data})
			if err != nil {
				t.Fatal(err)
			}
			if got := imported.Indicators[1].Source; got.Page != c.page || got.Paragraph != c.paragraph || got.Quote != "新增外贸企业12家" {
				t.Errorf("%+v, want page %d, paragraph %d", got, c.page, c.paragraph)
			}
		})
	}
}
