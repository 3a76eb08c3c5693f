package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

// p is a paragraph of WordprocessingML with properties.
func p(properties, text string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
}

func inList(list, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list)
}

func level(ilvl int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, ilvl, format, text, more)
}

func readsDOCX(t *testing.T, body string, parts map[string]string, want ...string) {
	t.Helper()
	got := strings.Split(read(t, documenttest.DOCXBody(body, parts), "").Content, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDOCXNumbering(t *testing.T) {
	lists := func(content string) map[string]string { return map[string]string{"word/numbering.xml": content} }
	const uses = `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>` +
		`<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
	define := func(levels ...string) string {
		return `<w:abstractNum w:abstractNumId="0">` + strings.Join(levels, "") + `</w:abstractNum>` + uses
	}

	t.Run("deeper levels begin anew below a higher one, and show it", func(t *testing.T) {
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(1, 1), "乙")+p(inList(1, 1), "丙")+p(inList(1, 0), "丁")+p(inList(1, 1), "戊"),
			lists(define(level(0, "decimal", "%1", ""), level(1, "decimal", "%1.%2", ""))),
			"1 甲", "1.1 乙", "1.2 丙", "2 丁", "2.1 戊")
	})
	t.Run("legal numbering shows Chinese levels as figures", func(t *testing.T) {
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(1, 1), "乙"),
			lists(define(level(0, "chineseCountingThousand", "第%1章", ""), level(1, "decimal", "%1.%2", "<w:isLgl/>"))),
			"第一章 甲", "1.1 乙")
	})
	t.Run("two lists of one definition go on counting, one with its own start does not", func(t *testing.T) {
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(2, 0), "乙")+p(inList(3, 0), "丙")+p(inList(3, 0), "丁"),
			lists(define(level(0, "decimal", "%1、", ""))),
			"1、甲", "2、乙", "1、丙", "2、丁")
	})
	t.Run("the start of a level is kept", func(t *testing.T) {
		start := strings.Replace(level(0, "decimal", "%1.", ""), `w:start w:val="1"`, `w:start w:val="7"`, 1)
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(1, 0), "乙"), lists(define(start)), "7.甲", "8.乙")
	})
	t.Run("a bullet, list 0 and an unknown list draw nothing", func(t *testing.T) {
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(0, 0), "乙")+p(inList(9, 0), "丙"),
			lists(define(level(0, "bullet", "\uf0b7", ""))), "甲", "乙", "丙")
	})
	t.Run("a blank paragraph is counted as Word counts it", func(t *testing.T) {
		readsDOCX(t, p(inList(1, 0), "甲")+p(inList(1, 0), "")+p(inList(1, 0), "丙"),
			lists(define(level(0, "decimal", "%1.", ""))), "1.甲", "3.丙")
	})
	t.Run("heading styles number their paragraphs, also through the style they are based on", func(t *testing.T) {
		parts := lists(define(level(0, "chineseCounting", "%1、", `<w:pStyle w:val="H1"/>`), level(1, "chineseCounting", "（%2）", `<w:pStyle w:val="H2"/>`)))
		parts["word/styles.xml"] = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
			`<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="X"><w:name w:val="own"/><w:basedOn w:val="H1"/></w:style>`
		named := func(id, text string) string { return p(`<w:pStyle w:val="`+id+`"/>`, text) }
		readsDOCX(t, named("H1", "甲")+named("H2", "乙")+named("X", "丙")+named("a", "丁")+p("", "戊")+p(`<w:pStyle w:val="H1"/>`+inList(0, 0), "己"), parts,
			"一、甲", "（一）乙", "二、丙", "丁", "戊", "己")
	})
}

func TestDOCXText(t *testing.T) {
	run := func(s string) string { return "<w:r><w:t>" + s + "</w:t></w:r>" }
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"runs join, forced breaks part lines, tabs are spaces": {
			"<w:p>" + run("甲") + "<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/></w:r></w:p>", []string{"甲", "乙 丙-"}},
		"a tab stop is no tab": {"<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" + run("甲") + "</w:p>", []string{"甲"}},
		"deleted and moved text is gone, inserted text is there": {
			"<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins>" + run("新") + "</w:ins><w:moveFrom>" + run("移") + "</w:moveFrom></w:p>", []string{"新"}},
		"hidden text is gone": {
			"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r></w:p>", []string{"显"}},
		"struck out text is gone": {
			"<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:vanish/><w:dstrike w:val=\"0\"/></w:rPr><w:t>隐</w:t></w:r>" + run("新") + "</w:p>", []string{"新"}},
		"raised figures stay apart": {
			"<w:p>" + run("30") + "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>12</w:t></w:r>" + run("家") + "</w:p>", []string{"30¹²家"}},
		"the result of a field is read, its instruction is not": {
			"<w:p><w:r><w:instrText>DATE</w:instrText></w:r><w:fldSimple>" + run("8月") + "</w:fldSimple></w:p>", []string{"8月"}},
		"a text box is read once, before its paragraph": {
			"<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:txbxContent><w:p>" + run("框") + "</w:p></w:txbxContent></mc:Choice>" +
				"<mc:Fallback><w:txbxContent><w:p>" + run("框") + "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>" + run("文") + "</w:p>",
			[]string{"框", "文"}},
		"the reading above a character is not read":      {"<w:p><w:r><w:ruby><w:rt>" + run("qing") + "</w:rt><w:rubyBase>" + run("青") + "</w:rubyBase></w:ruby></w:r></w:p>", []string{"青"}},
		"content controls and links are passed through":  {"<w:sdt><w:sdtContent><w:p><w:hyperlink>" + run("甲") + "</w:hyperlink></w:p></w:sdtContent></w:sdt>", []string{"甲"}},
		"controls and zero-width characters are dropped": {"<w:p>" + run("\u200b甲\u00ad\u3000\u00a0乙\ufeff") + "</w:p>", []string{"甲 乙"}},
	} {
		t.Run(name, func(t *testing.T) { readsDOCX(t, c.body, nil, c.want...) })
	}

	t.Run("a table of contents is not read a second time", func(t *testing.T) {
		parts := map[string]string{"word/styles.xml": `<w:style w:styleId="T1"><w:name w:val="TOC 1"/></w:style>`}
		readsDOCX(t, p(`<w:pStyle w:val="T1"/>`, "一、甲 1")+p("", "一、甲"), parts, "一、甲")
	})
	t.Run("the package says which part is the document", func(t *testing.T) {
		data := documenttest.DOCXBody(p("", "旧"), map[string]string{
			"word/document2.xml": p("", "新"),
			"_rels/.rels":        `<?xml version="1.0"?><Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>`,
		})
		if got := read(t, data, "").Content; got != "新" {
			t.Errorf("Content = %q", got)
		}
	})
}

func TestDOCXTables(t *testing.T) {
	cell := func(properties, text string) string {
		return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + p("", text) + "</w:tc>"
	}
	t.Run("a deleted row is gone and an indented row keeps its columns", func(t *testing.T) {
		readsDOCX(t, "<w:tbl><w:tr>"+cell("", "序号")+cell("", "任务")+"</w:tr>"+
			"<w:tr><w:trPr><w:del/></w:trPr>"+cell("", "1")+cell("", "旧")+"</w:tr>"+
			`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cell("", "乙")+"</w:tr></w:tbl>", nil,
			"序号 | 任务", "| | 乙")
	})
	t.Run("numbers count on through the cells, once for a merged one", func(t *testing.T) {
		numbered := "<w:tc>%s" + p(inList(1, 0), "%s") + "</w:tc>"
		row := func(merge, number, text string) string {
			return "<w:tr>" + fmt.Sprintf(numbered, "<w:tcPr>"+merge+"</w:tcPr>", number) + cell("", text) + "</w:tr>"
		}
		readsDOCX(t, "<w:tbl><w:tr>"+cell("", "任务")+cell("", "单位")+"</w:tr>"+row(`<w:vMerge w:val="restart"/>`, "甲", "子")+
			row("<w:vMerge/>", "", "丑")+row("", "乙", "寅")+"</w:tbl>",
			map[string]string{"word/numbering.xml": `<w:abstractNum w:abstractNumId="0">` + level(0, "decimal", "%1.", "") +
				`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`},
			"任务 | 单位", "1.甲 | 子", "1.甲 | 丑", "2.乙 | 寅")
	})
	t.Run("a table in a cell is flattened into it", func(t *testing.T) {
		inner := "<w:tbl><w:tr>" + cell("", "子") + cell("", "丑") + "</w:tr></w:tbl>"
		readsDOCX(t, "<w:tbl><w:tr>"+cell("", "任务")+cell("", "单位")+"</w:tr><w:tr><w:tc>"+inner+p("", "寅")+"</w:tc>"+cell("", "卯")+"</w:tr></w:tbl>", nil,
			"任务 | 单位", "子 / 丑 寅 | 卯")
	})
	t.Run("a table of one column is a frame around paragraphs", func(t *testing.T) {
		readsDOCX(t, "<w:tbl><w:tr><w:tc>"+p("", "甲")+p("", "乙")+"</w:tc></w:tr></w:tbl>", nil, "甲", "乙")
	})
}
