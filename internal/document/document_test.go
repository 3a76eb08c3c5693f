package document_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// read fails the test when the file cannot be read.
func read(t *testing.T, data []byte, mediaType string) document.Text {
	t.Helper()
	text, err := document.Read(t.Context(), data, mediaType)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return text
}

// refused asserts the code of the fault and a word of its text, and gives the
// fault back.
func refused(t *testing.T, data []byte, mediaType string, code fault.Code, word string) {
	t.Helper()
	text, err := document.Read(t.Context(), data, mediaType)
	if !fault.Is(err, code) {
		t.Fatalf("Read gave %q and %v, want %s", clipped(text.Content), err, code)
	}
	if detail := fault.From(err).Detail; !strings.Contains(detail.EN, word) || detail.ZH == "" {
		t.Errorf("the fault says %q / %q, not %q", detail.EN, detail.ZH, word)
	}
}

func clipped(s string) string { return s[:min(len(s), 200)] }

func gb18030(t testing.TB, s string) []byte {
	t.Helper()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func planText(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../demo/plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func linesOf(blocks []documenttest.Block) []string {
	var lines []string
	for _, b := range blocks {
		lines = append(lines, b.Number+b.Text)
	}
	return lines
}

func TestEveryFormatOfAPlanSaysTheSame(t *testing.T) {
	plan := planText(t)
	blocks := documenttest.Numbered(plan)
	lines := linesOf(blocks)
	page := string(documenttest.HTML(blocks...))
	files := map[string]struct {
		data      []byte
		mediaType string
	}{
		"txt":          {[]byte(plan), "text/plain"},
		"txt GB18030":  {gb18030(t, plan), "text/plain"},
		"docx":         {documenttest.DOCX(blocks...), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		"html":         {[]byte(page), "text/html"},
		"html GB18030": {gb18030(t, strings.Replace(page, "utf-8", "gb2312", 1)), "text/html"},
		"pdf":          {documenttest.PDF("青州市重点任务汇编", lines...), "application/pdf"},
	}
	for name, file := range files {
		for _, declared := range []string{file.mediaType, "application/octet-stream", ""} {
			t.Run(name+" as "+declared, func(t *testing.T) {
				text := read(t, file.data, declared)
				if diff := cmp.Diff(lines, nonBlank(text.Content)); diff != "" {
					t.Errorf("the paragraphs differ (-want +got):\n%s", diff)
				}
				if text.MediaType != file.mediaType || text.Characters != utf8.RuneCountInString(text.Content) || len(text.SHA256) != 64 {
					t.Errorf("read as %s, %d characters, SHA-256 %q", text.MediaType, text.Characters, text.SHA256)
				}
			})
		}
	}
}

func nonBlank(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestWordAndHTMLTablesSayTheSame(t *testing.T) {
	blocks := []documenttest.Block{
		{Text: "任务分解表"},
		{Rows: [][]documenttest.Cell{
			documenttest.Row("序号", "工作任务", "责任单位"),
			{{Text: "1", Rows: 2}, {Text: "新建充电桩221个"}, {Text: "市工信局\n市住建局"}},
			documenttest.Row("改造电网2项", "供电公司"),
		}},
		{Text: "附注"},
	}
	want := []string{
		"任务分解表",
		"序号 | 工作任务 | 责任单位",
		"1 | 新建充电桩221个 | 市工信局 市住建局",
		"1 | 改造电网2项 | 供电公司",
		"附注",
	}
	for name, data := range map[string][]byte{"docx": documenttest.DOCX(blocks...), "html": documenttest.HTML(blocks...)} {
		if diff := cmp.Diff(want, strings.Split(read(t, data, "").Content, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestMediaTypes(t *testing.T) {
	docx := documenttest.DOCX(documenttest.Paragraphs("一、甲")...)
	pdf := documenttest.PDF("", "一、甲")
	page := documenttest.HTML(documenttest.Paragraphs("一、甲")...)
	t.Run("bytes that contradict the declared type are refused by name", func(t *testing.T) {
		refused(t, docx, "application/pdf", fault.UnsupportedMediaType, "the bytes are application/vnd.openxml")
		refused(t, pdf, "text/html", fault.UnsupportedMediaType, "the bytes are application/pdf")
		refused(t, page, "text/plain", fault.UnsupportedMediaType, "the bytes are text/html")
		refused(t, []byte("一、甲"), "application/pdf", fault.UnsupportedMediaType, "the bytes are text/plain")
		refused(t, docx, "application/msword", fault.UnsupportedMediaType, "the bytes are application/vnd.openxml")
	})
	t.Run("formats that are not read are refused with what to do", func(t *testing.T) {
		ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)
		for name, file := range map[string]struct{ data, remedy string }{
			".doc":   {ole + wide("WordDocument"), "save it as .docx"},
			".xls":   {ole + wide("Workbook"), "paste the table"},
			".wps":   {ole, "save it as .docx"},
			".xlsx":  {string(documenttest.Zip(map[string]string{"xl/workbook.xml": "<x/>"})), "paste the table"},
			".ofd":   {string(documenttest.Zip(map[string]string{"OFD.xml": "<x/>"})), "export it as PDF"},
			".odt":   {string(documenttest.Zip(map[string]string{"mimetype": "x"})), "save it as .docx"},
			".zip":   {string(documenttest.Zip(map[string]string{"plan.txt": "x"})), "unpack it"},
			".rtf":   {`{\rtf1 x}`, "save it as .docx"},
			".mht":   {"MIME-Version: 1.0\r\n", "save it as .docx"},
			".png":   {"\x89PNG\r\n\x1a\n\x00", "recognise the picture"},
			".bmp":   {"BM\x00\x00", "recognise the picture"},
			".rar":   {"Rar!\x1a\x07\x00", "unpack it"},
			"binary": {"\x00\x01\x02", "send .docx"},
		} {
			t.Run(name, func(t *testing.T) { refused(t, []byte(file.data), "", fault.UnsupportedMediaType, file.remedy) })
		}
		refused(t, []byte("| a |"), "text/markdown", fault.UnsupportedMediaType, "text/markdown")
		refused(t, []byte("一、甲"), "text/plain; charset", fault.UnsupportedMediaType, "malformed")
	})
	t.Run("text that only looks like another format is text", func(t *testing.T) {
		for _, s := range []string{"BMW 计划", "所附 %PDF-1.7 文件为准", "<指标>一览", "PK 赛 10 场"} {
			if got := read(t, []byte(s), ""); got.MediaType != "text/plain" || got.Content != s {
				t.Errorf("%q was read as %s", s, got.MediaType)
			}
		}
	})
	t.Run("a fragment declared as HTML is read as HTML", func(t *testing.T) {
		if got := read(t, []byte("一、甲<br>二、乙"), "text/html").Content; got != "一、甲\n二、乙" {
			t.Errorf("Content = %q", got)
		}
	})
	t.Run("XHTML keeps its media type", func(t *testing.T) {
		data := []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲</p></body></html>`)
		if got := read(t, data, "application/xhtml+xml"); got.MediaType != "application/xhtml+xml" || got.Content != "甲" {
			t.Errorf("%+v", got)
		}
	})
}

// wide is how names stand in the directory of a compound file.
func wide(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

func TestAFileWithoutTextIsEmpty(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing": nil,
		"spaces":  []byte(" \n\t"),
		"docx":    documenttest.DOCX(),
		"html":    []byte("<html><title>计划</title><body><img src=x></body></html>"),
	} {
		t.Run(name, func(t *testing.T) { refused(t, data, "", fault.EmptyDocument, "no text") })
	}
}

func TestPlaceOf(t *testing.T) {
	t.Run("paragraphs are counted over those with text, a table row as one", func(t *testing.T) {
		text := read(t, documenttest.DOCX(
			documenttest.Block{Text: "甲乙"}, documenttest.Block{Text: " "},
			documenttest.Block{Rows: [][]documenttest.Cell{documenttest.Row("序号", "任务"), documenttest.Row("1", "丙")}},
			documenttest.Block{Text: "丁"}), "")
		for word, number := range map[string]int{"甲": 1, "乙": 1, "序": 2, "丙": 3, "丁": 4} {
			want := document.Place{Start: text.PlaceOf(at(text, word)).Start, Kind: document.Paragraph, Number: number}
			if got := text.PlaceOf(at(text, word)); got != want {
				t.Errorf("%s is at %+v, want %+v", word, got, want)
			}
		}
		if got := text.PlaceOf(at(text, "丁")).Start; got != at(text, "丁") {
			t.Errorf("the last paragraph starts at %d", got)
		}
	})
	t.Run("a paragraph over two pages is on both", func(t *testing.T) {
		long := strings.Repeat("各单位要对照清单抓紧推进", 60)
		text := read(t, documenttest.PDF("", "首段。", long+"完", "末段。"), "")
		if len(nonBlank(text.Content)) != 3 {
			t.Fatalf("%d paragraphs", len(nonBlank(text.Content)))
		}
		for word, number := range map[string]int{"首": 1, "各单位": 1, "完": 2, "末": 2} {
			if got := text.PlaceOf(at(text, word)); got.Kind != document.Page || got.Number != number {
				t.Errorf("%s is on %+v, want page %d", word, got, number)
			}
		}
	})
	t.Run("there is none outside the text, nor in plain text", func(t *testing.T) {
		text := read(t, documenttest.DOCX(documenttest.Block{Text: "甲"}), "")
		for _, position := range []int{-1, 1} {
			if got := text.PlaceOf(position); got != (document.Place{}) {
				t.Errorf("PlaceOf(%d) = %+v", position, got)
			}
		}
		if got := read(t, []byte("甲"), "").PlaceOf(0); got != (document.Place{}) {
			t.Errorf("plain text has %+v", got)
		}
	})
}

// at is the code point where a word begins.
func at(text document.Text, word string) int {
	before, _, _ := strings.Cut(text.Content, word)
	return utf8.RuneCountInString(before)
}
