package document_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

const wordFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// FuzzReadDOCX fuzzes the XML of the three parts: bytes of a ZIP file would
// hardly ever get past its checksums.
func FuzzReadDOCX(f *testing.F) {
	f.Add(p(inList(1, 0), "甲")+p(`<w:pStyle w:val="a"/>`, "乙"), level(0, "chineseCounting", "%1、", ""), `<w:style w:styleId="a"><w:name w:val="toc 1"/></w:style>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`+p("", "甲")+`</w:tc></w:tr>`+
		`<w:tr><w:trPr><w:gridBefore w:val="9"/><w:del/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`, "", "")
	f.Add(`<w:p><w:r><w:t>甲</w:t><w:p><w:tbl><w:tc><w:p></w:p></w:tc></w:tbl></w:p><w:br/></w:r></w:p>`, `<w:lvlOverride w:ilvl="0"/>`, `<w:basedOn w:val="a"/>`)
	f.Fuzz(func(t *testing.T, body, numbering, styles string) {
		numbering = `<w:abstractNum w:abstractNumId="0">` + numbering + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
		data := documenttest.DOCXBody(body, map[string]string{"word/numbering.xml": numbering, "word/styles.xml": styles + " "})
		if err := sound(document.Read(data, wordFile)); err != nil {
			t.Error(err)
		}
	})
}

func FuzzReadHTML(f *testing.F) {
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>甲<td>乙<tr><table><td>丙</table></table>"), "")
	f.Add([]byte("<ol start=3 type=i style='list-style: none'><li>甲<pre>\r\n乙</pre><br><nav>x</nav>"), "gbk")
	f.Add([]byte("<meta charset=gb2312>\xb9\xab\xb9\xb2"), "utf-16")
	f.Fuzz(func(t *testing.T, data []byte, charset string) {
		mediaType := "text/html"
		if charset != "" {
			mediaType += "; charset=" + charset
		}
		if err := sound(document.Read(data, mediaType)); err != nil {
			t.Error(err)
		}
	})
}
