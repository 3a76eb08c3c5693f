package document_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestRefusedFormatsSayWhatToDo(t *testing.T) {
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	zipped := func(name string) string { return string(documenttest.Zip(map[string]string{name: "x"})) }
	const office = "application/vnd.openxmlformats-officedoc" // long names are cut
	const (
		docx, sheet, ocr, unzip = "另存为 .docx", "把表格粘贴到", "OCR", "请先解压"
		other                   = "请提供 .docx、PDF、HTML 或纯文本"
	)
	for name, c := range map[string]struct{ data, named, remedy string }{
		"a Word file of the old kind":        {ole + wide("WordDocument"), "application/msword", docx},
		"a workbook of the old kind":         {ole + wide("Workbook"), "application/vnd.ms-excel", sheet},
		"slides of the old kind":             {ole + wide("PowerPoint Document"), "application/vnd.ms-powerpoint", sheet},
		"a compound file of unknown streams": {ole + strings.Repeat("\x00", 600), "application/x-ole-storage", docx},
		"a workbook":                         {zipped("xl/workbook.xml"), office, sheet},
		"slides":                             {zipped("ppt/presentation.xml"), office, sheet},
		"a file of the national layout":      {zipped("OFD.xml"), "application/ofd", "请导出为 PDF 或 .docx"},
		"an open document":                   {zipped("mimetype"), "opendocument.text", docx},
		"an archive of files":                {zipped("计划.txt"), "application/zip", unzip},
		"an archive of nothing":              {"PK\x05\x06" + strings.Repeat("\x00", 18), "application/zip", unzip},
		"an archive that broke off":          {"PK\x03\x04" + strings.Repeat("\x00", 40), "application/zip", unzip},
		"a gzip file":                        {"\x1f\x8b\x08\x00", "application/gzip", unzip},
		"a RAR archive":                      {"Rar!\x1a\x07\x01\x00", "application/vnd.rar", unzip},
		"a 7z archive":                       {"7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed", unzip},
		"rich text":                          {`{\rtf1\ansi x}`, "application/rtf", docx},
		"a saved web page":                   {"MIME-Version: 1.0\r\nContent-Type: multipart/related", "multipart/related", docx},
		"a JPEG picture":                     {"\xff\xd8\xff\xe0\x00", "image/jpeg", ocr},
		"a PNG picture":                      {"\x89PNG\r\n\x1a\n\x00", "image/png", ocr},
		"a GIF picture":                      {"GIF89a\x00", "image/gif", ocr},
		"a GIF picture of the first kind":    {"GIF87a\x00", "image/gif", ocr},
		"a BMP picture":                      {"BM\x36\x00\x00", "image/bmp", ocr},
		"a TIFF picture, lowest byte first":  {"II*\x00\x08", "image/tiff", ocr},
		"a TIFF picture, highest byte first": {"MM\x00*\x00", "image/tiff", ocr},
		"bytes of no known format":           {"\x7fELF\x02\x00", "application/octet-stream", other},
		"text behind a NUL":                  {"一、甲\x00", "application/octet-stream", other},
	} {
		t.Run(name, func(t *testing.T) {
			for _, declared := range []string{"", "application/octet-stream", "text/plain", "application/pdf"} {
				_, err := document.Read(t.Context(), []byte(c.data), declared)
				if !fault.Is(err, fault.UnsupportedMediaType) {
					t.Fatalf("declared as %q: %v", declared, err)
				}
				d := fault.From(err).Detail
				if !strings.Contains(d.ZH, c.remedy) || !strings.Contains(d.ZH, c.named) || !strings.Contains(d.EN, c.named) {
					t.Errorf("declared as %q: %q / %q", declared, d.ZH, d.EN)
				}
			}
		})
	}
}

func TestDeclaredFormatsThatAreNotRead(t *testing.T) {
	for mediaType, remedy := range map[string]string{
		"application/msword": "save it as .docx", "application/kswps": "save it as .docx", "application/vnd.ms-works": "save it as .docx",
		"application/vnd.ms-excel": "paste the table", "image/webp": "recognise the picture", "application/json": "send .docx", "text/csv": "send .docx",
	} {
		t.Run(mediaType, func(t *testing.T) { refused(t, []byte("一、甲"), mediaType, fault.UnsupportedMediaType, remedy) })
	}
	t.Run("a long name is cut", func(t *testing.T) {
		refused(t, []byte("一、甲"), "application/"+strings.Repeat("x", 500), fault.UnsupportedMediaType, "application/"+strings.Repeat("x", 28)+"…")
	})
}

func TestBytesSayWhatTheyAre(t *testing.T) {
	pdf := string(documenttest.PDF("", "一、甲"))
	for name, c := range map[string]struct{ data, declared, want string }{
		"HTML by its doctype":                     {"<!DOCTYPE HTML><p>甲", "", "text/html"},
		"HTML behind a byte-order mark":           {"\xef\xbb\xbf \n<html><p>甲", "", "text/html"},
		"HTML behind comments":                    {"<!-- 一 --> <!-- 二 --><body>甲", "", "text/html"},
		"HTML behind an XML declaration":          {`<?xml version="1.0"?><html><p>甲</p></html>`, "", "text/html"},
		"HTML by a style sheet":                   {"<style>p{font-size:16px}</style><p>甲", "", "text/html"},
		"HTML by a script":                        {"<SCRIPT src=a.js></SCRIPT><p>甲", "", "text/html"},
		"HTML by a bare paragraph":                {"<p>甲", "", "text/html"},
		"HTML by a tag in the middle of a line":   {"\n\t<p\nclass=a>甲", "", "text/html"},
		"HTML behind front matter":                {"---\ntitle: 甲\nwidth: 780px\n---\n<p>乙", "", "text/html"},
		"HTML behind directives":                  {"<%@ page language=\"java\" %>\n<%@ include file=\"a\" %>\n<div>甲</div>", "", "text/html"},
		"strokes before text are text":            {"---\n甲\n---\n乙", "", "text/plain"},
		"strokes that are not closed are text":    {"---\n甲", "", "text/plain"},
		"an angle bracket before a word is text":  {"<plan>甲", "", "text/plain"},
		"a tag's name within a word is text":      {"<pipe>甲", "", "text/plain"},
		"a fragment that begins with a table":     {"<table><tr><td>甲</table>", "", "text/html"},
		"XML of another kind is text":             {`<?xml version="1.0"?><plan>甲</plan>`, "", "text/plain"},
		"a comment in the text is text":           {"甲 <!-- 注 -->", "", "text/plain"},
		"a tag later in the text is text":         {"甲 <html>", "", "text/plain"},
		"PDF behind other bytes":                  {"%!PS\n" + pdf, "", "application/pdf"},
		"PDF behind a byte-order mark":            {"\xef\xbb\xbf" + pdf, "application/pdf", "application/pdf"},
		"a package that says only that it is one": {string(documenttest.DOCX(documenttest.Block{Text: "甲"})), "application/zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		"a media type in capitals":                {"甲", "TEXT/Plain; Charset=utf-8", "text/plain"},
		"a media type of spaces":                  {"甲", "  ", "text/plain"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, []byte(c.data), c.declared); got.MediaType != c.want {
				t.Errorf("read as %s: %q", got.MediaType, clipped(got.Content))
			}
		})
	}
	t.Run("the fingerprint is that of the bytes, not of the text", func(t *testing.T) {
		const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
		if got := read(t, []byte("abc"), "text/plain").SHA256; got != abc {
			t.Errorf("SHA256 = %s", got)
		}
		if got := read(t, []byte("\xef\xbb\xbfabc"), "text/plain"); got.SHA256 == abc || got.Content != "abc" {
			t.Errorf("%+v", got)
		}
	})
}

func TestLongestText(t *testing.T) {
	const most = 500_000
	t.Run("characters are counted, not bytes", func(t *testing.T) {
		if got := read(t, []byte(strings.Repeat("甲", most)), "text/plain").Characters; got != most {
			t.Errorf("%d characters", got)
		}
	})
	t.Run("one more is refused", func(t *testing.T) {
		refused(t, []byte(strings.Repeat("甲", most+1)), "text/plain", fault.UnreadableFile, "more than 500000 characters")
		refused(t, []byte(strings.Repeat("<p>"+strings.Repeat("甲", 1000), most/1000+1)), "text/html", fault.UnreadableFile, "more than 500000 characters")
	})
}
