package document_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

func docxOf(body string, parts map[string]string) []byte { return documenttest.DOCXBody(body, parts) }

// tc is a table cell with properties.
func tc(properties, text string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p("", text) + "</w:tc>"
}

func tr(cells ...string) string {
	row := "<w:tr>"
	for _, c := range cells {
		row += c
	}
	return row + "</w:tr>"
}

func TestDOCXMergedCells(t *testing.T) {
	const begins, goesOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	wide := func(n string) string { return `<w:gridSpan w:val="` + n + `"/>` }
	head := tr(tc("", "序号"), tc("", "任务"), tc("", "单位"))
	for name, c := range map[string]struct {
		table string
		want  []string
	}{
		"a cell merged downward is said in every row": {
			head + tr(tc(begins, "1"), tc("", "甲"), tc("", "子")) + tr(tc(goesOn, ""), tc("", "乙"), tc("", "丑")) + tr(tc(goesOn, ""), tc("", "丙"), tc("", "寅")),
			[]string{"序号 | 任务 | 单位", "1 | 甲 | 子", "1 | 乙 | 丑", "1 | 丙 | 寅"}},
		"a merge that says it goes on": {
			head + tr(tc("", "1"), tc("", "甲"), tc(begins, "子")) + tr(tc("", "2"), tc("", "乙"), tc(`<w:vMerge w:val="continue"/>`, "")),
			[]string{"序号 | 任务 | 单位", "1 | 甲 | 子", "2 | 乙 | 子"}},
		"a second merge in the same column begins anew": {
			head + tr(tc(begins, "1"), tc("", "甲"), tc("", "子")) + tr(tc(goesOn, ""), tc("", "乙"), tc("", "丑")) +
				tr(tc(begins, "2"), tc("", "丙"), tc("", "寅")) + tr(tc(goesOn, ""), tc("", "丁"), tc("", "卯")),
			[]string{"序号 | 任务 | 单位", "1 | 甲 | 子", "1 | 乙 | 丑", "2 | 丙 | 寅", "2 | 丁 | 卯"}},
		"a wide cell is said once and keeps the columns after it": {
			head + tr(tc(wide("2"), "甲"), tc("", "子")), []string{"序号 | 任务 | 单位", "甲 | | 子"}},
		"a cell merged both ways": {
			head + tr(tc(wide("2")+begins, "甲"), tc("", "子")) + tr(tc(wide("2")+goesOn, ""), tc("", "丑")),
			[]string{"序号 | 任务 | 单位", "甲 | | 子", "甲 | | 丑"}},
		"a row that is one cell is a heading, and the header is said again": {
			head + tr(tc(wide("3"), "一、工业")) + tr(tc("", "1"), tc("", "甲"), tc("", "子")),
			[]string{"序号 | 任务 | 单位", "一、工业", "序号 | 任务 | 单位", "1 | 甲 | 子"}},
		"a header of two rows": {
			tr(tc(begins, "任务"), tc(wide("2"), "责任单位")) + tr(tc(goesOn, ""), tc("", "牵头"), tc("", "配合")) + tr(tc("", "甲"), tc("", "子"), tc("", "丑")),
			[]string{"任务 | 责任单位/牵头 | 责任单位/配合", "甲 | 子 | 丑"}},
		"a merge that nothing begins is an empty cell": {
			head + tr(tc("", "1"), tc("", "甲")) + tr(tc("", "2"), tc("", "乙"), tc(goesOn, "")), []string{"序号 | 任务 | 单位", "1 | 甲", "2 | 乙 |"}},
		"a width that is no number is one column": {
			head + tr(tc(wide("-2"), "1"), tc(wide("x"), "甲"), tc("", "子")), []string{"序号 | 任务 | 单位", "1 | 甲 | 子"}},
	} {
		t.Run(name, func(t *testing.T) { readsDOCX(t, "<w:tbl>"+c.table+"</w:tbl>", nil, c.want...) })
	}
	t.Run("text before and after a table stays there", func(t *testing.T) {
		readsDOCX(t, p("", "表一")+"<w:tbl>"+head+"</w:tbl>"+p("", "注"), nil, "表一", "序号 | 任务 | 单位", "注")
	})
	t.Run("a table in a cell of another stands after it", func(t *testing.T) {
		inner := "<w:tbl>" + tr(tc("", "指标"), tc("", "目标")) + tr(tc("", "新增床位"), tc("", "200张")) + "</w:tbl>"
		cell := "<w:tc>" + p("", "见下表") + inner + p("", "") + "</w:tc>"
		readsDOCX(t, "<w:tbl>"+tr(tc("", "任务"), tc("", "内容"))+tr(tc("", "医疗"), cell)+tr(tc("", "教育"), tc("", "扩班"))+"</w:tbl>"+p("", "注"), nil,
			"任务 | 内容", "医疗 | 见下表", "教育 | 扩班", "指标 | 目标", "新增床位 | 200张", "注")
		readsDOCX(t, "<w:tbl>"+tr("<w:tc>"+p("", "前")+inner+p("", "后")+"</w:tc>")+"</w:tbl>", nil, "前", "指标 | 目标", "新增床位 | 200张", "后")
	})
	t.Run("paragraphs of a cell are parted by a space", func(t *testing.T) {
		cell := "<w:tc>" + p("", "市工信局") + p("", "") + p("", "市住建局") + "</w:tc>"
		readsDOCX(t, "<w:tbl>"+tr(tc("", "任务"), tc("", "单位"))+tr(tc("", "甲"), cell)+"</w:tbl>", nil, "任务 | 单位", "甲 | 市工信局 市住建局")
	})
}

func TestDOCXRevisionsAndBoxes(t *testing.T) {
	run := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	box := func(paragraphs string) string {
		return "<w:r><w:pict><w:txbxContent>" + paragraphs + "</w:txbxContent></w:pict></w:r>"
	}
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"a figure that was changed is the new one": {
			"<w:p>" + run("新建") + "<w:del><w:r><w:delText>200</w:delText></w:r></w:del><w:ins>" + run("221") + "</w:ins>" + run("个") + "</w:p>", []string{"新建221个"}},
		"text that was inserted and deleted again is gone": {
			"<w:p>" + run("甲") + "<w:ins><w:del><w:r><w:delText>乙</w:delText><w:t>乙</w:t></w:r></w:del></w:ins></w:p>", []string{"甲"}},
		"text that was moved stands where it went": {
			"<w:p><w:moveFrom>" + run("甲") + "</w:moveFrom>" + run("乙") + "</w:p><w:p><w:moveTo>" + run("甲") + "</w:moveTo></w:p>", []string{"乙", "甲"}},
		"a deleted break parts no line": {
			"<w:p>" + run("甲") + "<w:del><w:r><w:br/></w:r></w:del>" + run("乙") + "</w:p>", []string{"甲乙"}},
		"a hidden break parts no line": {
			"<w:p>" + run("甲") + "<w:r><w:rPr><w:vanish/></w:rPr><w:br/></w:r>" + run("乙") + "</w:p>", []string{"甲乙"}},
		"the run after a hidden one is shown": {
			"<w:p><w:r><w:rPr><w:vanish w:val=\"true\"/></w:rPr><w:t>隐</w:t></w:r>" + run("显") + "</w:p>", []string{"显"}},
		"a mark of a paragraph that is hidden hides no text": {
			p("<w:rPr><w:vanish/></w:rPr>", "甲"), []string{"甲"}},
		"what a run looked like before is not how it looks": {
			"<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r></w:p>", []string{"甲"}},
		"two text boxes keep their order": {
			"<w:p>" + box(p("", "框一")) + box(p("", "框二")) + run("文") + "</w:p>", []string{"框一", "框二", "文"}},
		"a text box in a cell belongs to the cell": {
			"<w:tbl>" + tr(tc("", "任务"), tc("", "单位")) + tr("<w:tc><w:p>"+box(p("", "框"))+run("甲")+"</w:p></w:tc>", tc("", "子")) + "</w:tbl>",
			[]string{"任务 | 单位", "框 甲 | 子"}},
		"a table in a text box is a table": {
			"<w:p>" + box("<w:tbl>"+tr(tc("", "任务"), tc("", "单位"))+tr(tc("", "甲"), tc("", "子"))+"</w:tbl>") + run("文") + "</w:p>",
			[]string{"任务 | 单位", "甲 | 子", "文"}},
		"a paragraph of spaces is none": {
			p("", "甲") + p("", " \u3000\u00a0") + p("", "乙"), []string{"甲", "乙"}},
		"text outside of runs is not text": {
			"<w:p>游离" + run("甲") + "</w:p>", []string{"甲"}},
	} {
		t.Run(name, func(t *testing.T) { readsDOCX(t, c.body, nil, c.want...) })
	}
}
