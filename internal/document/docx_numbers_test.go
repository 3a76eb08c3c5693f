package document_test

import (
	"fmt"
	"strings"
	"testing"
)

// defined is the part that defines list 1 by its levels, with more after it.
func defined(levels []string, more string) map[string]string {
	return map[string]string{"word/numbering.xml": `<w:abstractNum w:abstractNumId="0">` + strings.Join(levels, "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>` + more}
}

func TestDOCXNumberFormats(t *testing.T) {
	for format, want := range map[string][3]string{
		"decimal":                      {"1.甲", "2.甲", "11.甲"},
		"decimalZero":                  {"01.甲", "02.甲", "11.甲"},
		"chineseCounting":              {"一.甲", "二.甲", "十一.甲"},
		"chineseCountingThousand":      {"一.甲", "二.甲", "十一.甲"},
		"japaneseCounting":             {"一.甲", "二.甲", "十一.甲"},
		"ideographDigital":             {"一.甲", "二.甲", "一一.甲"},
		"chineseLegalSimplified":       {"壹.甲", "贰.甲", "壹拾壹.甲"},
		"ideographTraditional":         {"甲.甲", "乙.甲", "11.甲"},
		"upperRoman":                   {"I.甲", "II.甲", "XI.甲"},
		"lowerRoman":                   {"i.甲", "ii.甲", "xi.甲"},
		"upperLetter":                  {"A.甲", "B.甲", "K.甲"},
		"lowerLetter":                  {"a.甲", "b.甲", "k.甲"},
		"decimalFullWidth":             {"１.甲", "２.甲", "１１.甲"},
		"decimalEnclosedCircleChinese": {"①.甲", "②.甲", "⑪.甲"},
		"decimalEnclosedParen":         {"⑴.甲", "⑵.甲", "⑾.甲"},
		"none":                         {".甲", ".甲", ".甲"},
		"bullet":                       {"甲", "甲", "甲"},
		"aFormatOfLaterYears":          {"1.甲", "2.甲", "11.甲"},
	} {
		t.Run(format, func(t *testing.T) {
			var all []string
			for range 11 {
				all = append(all, p(inList(1, 0), "甲"))
			}
			got := strings.Split(read(t, docxOf(strings.Join(all, ""), defined([]string{level(0, format, "%1.", "")}, "")), "").Content, "\n")
			if len(got) != 11 || [3]string{got[0], got[1], got[10]} != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestDOCXNumberLevels(t *testing.T) {
	outline := []string{
		level(0, "chineseCounting", "%1、", ""), level(1, "chineseCounting", "（%2）", ""),
		level(2, "decimal", "%3.", ""), level(3, "decimal", "%1-%2-%3-%4", ""),
	}
	item := func(ilvl int) string { return p(inList(1, ilvl), "甲") }
	items := func(levels ...int) string {
		var b strings.Builder
		for _, ilvl := range levels {
			b.WriteString(item(ilvl))
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		levels []string
		more   string
		body   string
		want   []string
	}{
		"the levels of an official paper": {outline, "", items(0, 1, 2, 2, 1, 2, 0, 1, 2),
			[]string{"一、甲", "（一）甲", "1.甲", "2.甲", "（二）甲", "1.甲", "二、甲", "（一）甲", "1.甲"}},
		"a number shows the levels above it in their own formats": {outline, "", items(0, 1, 2, 3, 3, 1, 2, 3),
			[]string{"一、甲", "（一）甲", "1.甲", "一-一-1-1 甲", "一-一-1-2 甲", "（二）甲", "1.甲", "一-二-1-1 甲"}},
		"a level that was left out counts as its start": {outline, "", items(0, 3), []string{"一、甲", "一-一-1-1 甲"}},
		"a level that never begins anew counts on over headings": {
			[]string{outline[0], level(1, "decimal", "%2.", `<w:lvlRestart w:val="0"/>`)}, "", items(0, 1, 1, 0, 1), []string{"一、甲", "1.甲", "2.甲", "二、甲", "3.甲"}},
		"a level that begins anew below the first alone counts on below the second": {
			[]string{outline[0], outline[1], level(2, "decimal", "%3.", `<w:lvlRestart w:val="1"/>`)}, "", items(0, 1, 2, 1, 2, 0, 1, 2),
			[]string{"一、甲", "（一）甲", "1.甲", "（二）甲", "2.甲", "二、甲", "（一）甲", "1.甲"}},
		"a level without a start begins at nought": {
			[]string{`<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>`}, "", items(0, 0), []string{"0.甲", "1.甲"}},
		"a level that the list does not define draws nothing":    {outline[:1], "", items(0, 5), []string{"一、甲", "甲"}},
		"a level beyond those of Word draws nothing":             {outline, "", items(0) + p(inList(1, 12), "乙"), []string{"一、甲", "乙"}},
		"no space follows where the list says so":                {[]string{level(0, "decimal", "附件%1", `<w:suff w:val="nothing"/>`)}, "", items(0), []string{"附件1甲"}},
		"a space parts a figure from the text":                   {[]string{level(0, "decimal", "附件%1", "")}, "", items(0), []string{"附件1 甲"}},
		"a text without a number is drawn each time":             {[]string{level(0, "none", "专栏：", "")}, "", items(0, 0), []string{"专栏：甲", "专栏：甲"}},
		"a text longer than any number is not drawn":             {[]string{level(0, "decimal", strings.Repeat("长", 41)+"%1", "")}, "", items(0), []string{"甲"}},
		"a list with a start of its own at a deeper level":       {outline[:2], `<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride></w:num>`, items(0) + p(inList(2, 1), "乙") + p(inList(2, 1), "丙"), []string{"一、甲", "（四）乙", "（五）丙"}},
		"a list whose definition is not there draws nothing":     {outline, `<w:num w:numId="5"><w:abstractNumId w:val="9"/></w:num>`, p(inList(5, 0), "甲"), []string{"甲"}},
		"two definitions count apart from each other":            {outline[:1], `<w:abstractNum w:abstractNumId="3">` + level(0, "decimal", "%1)", "") + `</w:abstractNum><w:num w:numId="6"><w:abstractNumId w:val="3"/></w:num>`, items(0) + p(inList(6, 0), "乙") + items(0) + p(inList(6, 0), "丙"), []string{"一、甲", "1)乙", "二、甲", "2)丙"}},
		"a paragraph without a list does not disturb the count":  {outline[:1], "", items(0) + p("", "乙") + items(0), []string{"一、甲", "乙", "二、甲"}},
		"a number goes before the first line of its paragraph":   {outline[:1], "", "<w:p><w:pPr>" + inList(1, 0) + "</w:pPr><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", []string{"一、甲", "乙"}},
		"a list that a former format named is none":              {outline[:1], "", p("<w:pPrChange><w:pPr>"+inList(1, 0)+"</w:pPr></w:pPrChange>", "甲"), []string{"甲"}},
		"a paragraph that only tracks its mark as deleted stays": {outline[:1], "", p(inList(1, 0)+"<w:rPr><w:del/></w:rPr>", "甲") + items(0), []string{"一、甲", "二、甲"}},
	} {
		t.Run(name, func(t *testing.T) { readsDOCX(t, c.body, defined(c.levels, c.more), c.want...) })
	}
}

func TestDOCXStyles(t *testing.T) {
	style := func(id, properties string) string {
		return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/>%s</w:style>`, id, id, properties)
	}
	numbered := func(ilvl int) string { return "<w:pPr>" + inList(1, ilvl) + "</w:pPr>" }
	of := func(id, more, text string) string { return p(`<w:pStyle w:val="`+id+`"/>`+more, text) }
	levels := []string{level(0, "chineseCounting", "%1、", ""), level(1, "chineseCounting", "（%2）", "")}
	for name, c := range map[string]struct {
		styles, body string
		want         []string
	}{
		"a style says list and level":               {style("A", numbered(0)) + style("B", numbered(1)), of("A", "", "甲") + of("B", "", "乙"), []string{"一、甲", "（一）乙"}},
		"a style takes the list of the one below":   {style("A", numbered(1)) + style("B", `<w:basedOn w:val="A"/>`) + style("C", `<w:basedOn w:val="B"/>`), of("C", "", "甲"), []string{"（一）甲"}},
		"a paragraph moves itself to another level": {style("A", numbered(0)), of("A", "", "甲") + of("A", `<w:numPr><w:ilvl w:val="1"/></w:numPr>`, "乙"), []string{"一、甲", "（一）乙"}},
		"a paragraph takes itself out of the list":  {style("A", numbered(0)), of("A", inList(0, 0), "甲") + of("A", "", "乙"), []string{"甲", "一、乙"}},
		"a style that is not defined says nothing":  {style("A", numbered(0)), of("Z", "", "甲"), []string{"甲"}},
		"styles based on each other in a ring end":  {style("A", `<w:basedOn w:val="B"/>`) + style("B", `<w:basedOn w:val="A"/>`), of("A", "", "甲"), []string{"甲"}},
		"the default style numbers what names none": {
			`<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>` + numbered(0) + `</w:style>`, p("", "甲"), []string{"一、甲"}},
		"a default style for characters does not": {
			`<w:style w:type="character" w:default="1" w:styleId="N"><w:name w:val="Default"/>` + numbered(0) + `</w:style>`, p("", "甲"), []string{"甲"}},
		"every level of a table of contents is left out, whatever the case of its name": {
			style("toc 1", "") + style("TOC 3", "") + style("TOCHeading", ""), of("toc 1", "", "一、甲 1") + of("TOC 3", "", "1.乙 2") + of("TOCHeading", "", "目录"), []string{"目录"}},
	} {
		t.Run(name, func(t *testing.T) {
			parts := defined(levels, "")
			parts["word/styles.xml"] = c.styles
			readsDOCX(t, c.body, parts, c.want...)
		})
	}
}
