package document_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

const (
	wordFile = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	pdfFile  = "application/pdf"
)

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
		if err := sound(document.Read(t.Context(), data, wordFile)); err != nil {
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
		if err := sound(document.Read(t.Context(), data, mediaType)); err != nil {
			t.Error(err)
		}
	})
}

// FuzzReadPlain also holds that decoding changes nothing: UTF-8 is the text
// itself, and what is not becomes the same text whether or not it is declared.
func FuzzReadPlain(f *testing.F) {
	const text = "一、甲\r\n1. 新增３家（㐀\u3000乙）\n"
	for _, data := range [][]byte{
		[]byte(text), []byte("\xef\xbb\xbf" + text), gb18030(f, text), gb18030(f, "\ufeff"+text),
		[]byte("\xff\xfe\x00\x4e"), []byte("\xfe\xff\x4e\x00"), []byte("\xff\xfe" + wide("plan")),
		[]byte("\xef\xbb\xbf"), []byte("\xef\xbb"), []byte("\x81\x30\x81"), []byte("\u2028\u3000\x1a"), []byte("甲\x00"),
	} {
		f.Add(data, "")
		f.Add(data, "gb18030")
	}
	f.Fuzz(func(t *testing.T, data []byte, charset string) {
		mediaType := "text/plain"
		if charset != "" {
			mediaType += "; charset=" + charset
		}
		got, err := document.Read(t.Context(), data, mediaType)
		if err := sound(got, err); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		if got.MediaType != "text/plain" || got.Places != nil {
			t.Errorf("read as %s with %d places", got.MediaType, len(got.Places))
		}
		if charset == "" && utf8.Valid(data) {
			if want := string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))); got.Content != want {
				t.Errorf("%q became %q", want, got.Content)
			}
		}
		if again, err := document.Read(t.Context(), data, "text/plain; charset=gb18030"); charset == "" && !utf8.Valid(data) && (err != nil || again.Content != got.Content) {
			t.Errorf("declared, %q became %q, %v", got.Content, again.Content, err)
		}
	})
}

// FuzzReadPDF gives the engine broken files. The fuzzer takes an input that
// needs ten seconds for one that hangs; the limit is set below that, once the
// engine has started.
func FuzzReadPDF(f *testing.F) {
	files := [][]byte{
		documenttest.PDF("甲市", "一、总则", strings.Repeat("新增企业３家，", 9)+"建成。"),
		documenttest.PDFPages("0 0 595 842 re f", ""),
		documenttest.PDFPages("BT /F1 16 Tf 1 0 0 1 73 730 Tm <4E004E59> Tj 0 -28 Td <00340035> Tj ET"),
		documenttest.PDFObjects("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
		documenttest.PDFObjects("/Encrypt 3 0 R", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>", "<< /Filter /Standard /V 1 >>"),
	}
	if _, err := document.Read(f.Context(), files[0], pdfFile); err != nil {
		f.Fatal(err)
	}
	f.Cleanup(document.SetPDFTimeLimit(5 * time.Second))
	for _, data := range files {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := sound(document.Read(t.Context(), data, pdfFile)); err != nil {
			t.Error(err)
		}
	})
}
