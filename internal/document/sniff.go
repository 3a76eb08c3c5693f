package document

import (
	"bytes"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Media types that are recognised in order to say what to do about them.
const (
	zipArchive      = "application/zip"
	oleStorage      = "application/x-ole-storage"
	encryptedOffice = "application/x-ole-storage; encrypted"
	xlsxSheet       = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	pptxSlides      = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	odfText         = "application/vnd.oasis.opendocument.text"
	ofdText         = "application/ofd"
	wordFile        = "application/msword"
	excelFile       = "application/vnd.ms-excel"
	slidesFile      = "application/vnd.ms-powerpoint"
	rtfText         = "application/rtf"
	webArchive      = "multipart/related"
)

// signatures are the first bytes of formats that people send.
var signatures = []struct {
	prefix    string
	mediaType string
}{
	{"PK\x03\x04", zipArchive},
	{"PK\x05\x06", zipArchive},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", oleStorage},
	{"{\\rtf", rtfText},
	{"MIME-Version:", webArchive},
	{"\xff\xd8\xff", "image/jpeg"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"BM", "image/bmp"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"\x1f\x8b", "application/gzip"},
	{"Rar!\x1a\x07", "application/vnd.rar"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
}

// pdfHeaderWithin is how far from the first byte readers look for the header.
const pdfHeaderWithin = 1024

// sniff says which media type the bytes are of. Bytes with a NUL are no text
// in any encoding that is read here.
func sniff(data []byte) string {
	for _, s := range signatures {
		if !bytes.HasPrefix(data, []byte(s.prefix)) {
			continue
		}
		switch s.mediaType {
		case zipArchive:
			return sniffZip(data)
		case oleStorage:
			return sniffOLE(data)
		case "image/bmp":
			if bytes.IndexByte(data, 0) < 0 {
				continue // a text that begins with BM
			}
		}
		return s.mediaType
	}
	switch {
	case isUTF16(data):
		return plainText
	case beginsLikePDF(data):
		return pdfText
	case bytes.IndexByte(data, 0) >= 0:
		return octetStream
	case beginsLikeHTML(data):
		return htmlText
	}
	return plainText
}

// beginsLikePDF accepts bytes before the header, as viewers do, when the end of
// a PDF is there too: a text may speak of "%PDF-".
func beginsLikePDF(data []byte) bool {
	const header = "%PDF-"
	start := data[:min(len(data), pdfHeaderWithin)]
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(start, []byte(utf8Mark))), []byte(header)) {
		return true
	}
	return bytes.Contains(start, []byte(header)) && bytes.Contains(data, []byte("startxref"))
}

// firstTags are the tags that a page may begin with: those by which browsers tell
// one, and those that the templates of pages open with.
var firstTags = []string{
	"!doctype html", "html", "head", "body", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "br", "p",
	"meta", "link", "base", "h2", "h3", "span", "strong", "section", "article", "main", "header", "nav", "center", "form", "ul", "ol", "dl", "img",
}

func beginsLikeHTML(data []byte) bool {
	start := bytes.ToLower(data[:min(len(data), 4096)])
	start = bytes.TrimSpace(bytes.TrimPrefix(start, []byte(utf8Mark)))
	start = start[ahead(start):]
	for bytes.HasPrefix(start, []byte("<!--")) {
		_, after, found := bytes.Cut(start, []byte("-->"))
		if !found {
			return true
		}
		start = bytes.TrimSpace(after)
		start = start[ahead(start):]
	}
	for _, tag := range firstTags {
		if rest, ok := bytes.CutPrefix(start, []byte("<"+tag)); ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n\f/>"), rest[0]) >= 0) {
			return true
		}
	}
	return bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<html"))
}

// ahead is the length of what stands before a page for the program that makes it:
// front matter between lines of strokes, and directives such as <%@ page %>.
func ahead(data []byte) int {
	size := 0
	if rest, ok := bytes.CutPrefix(data, []byte("---")); ok && len(rest) > 0 && (rest[0] == '\n' || rest[0] == '\r') {
		at := bytes.Index(rest, []byte("\n---"))
		if at < 0 {
			return 0
		}
		size = len("---") + at + len("\n---")
		size += spaces(data[size:])
		if size < len(data) && data[size] != '<' {
			return 0 // a text with strokes
		}
	}
	for bytes.HasPrefix(data[size:], []byte("<%")) {
		at := bytes.Index(data[size:], []byte("%>"))
		if at < 0 {
			return size
		}
		size += at + len("%>")
		size += spaces(data[size:])
	}
	return size
}

func spaces(data []byte) int { return len(data) - len(bytes.TrimLeft(data, " \t\r\n\f")) }

// sniffZip tells the formats that are ZIP files by their parts.
func sniffZip(data []byte) string {
	archive, err := openArchive(data)
	if err != nil {
		return brokenZip(data)
	}
	for _, f := range archive.File {
		switch {
		case strings.HasPrefix(f.Name, "word/"):
			return docxText
		case strings.HasPrefix(f.Name, "xl/"):
			return xlsxSheet
		case strings.HasPrefix(f.Name, "ppt/"):
			return pptxSlides
		case f.Name == "OFD.xml":
			return ofdText
		case f.Name == "mimetype":
			return odfText
		}
	}
	return zipArchive
}

// brokenZip is the format that a ZIP file without its directory began as; its
// reader then says that it is broken.
func brokenZip(data []byte) string {
	if bytes.Contains(data, []byte("word/")) || bytes.Contains(data, []byte("[Content_Types].xml")) {
		return docxText
	}
	return zipArchive
}

// sniffOLE tells the formats that are compound files by the names of their
// streams, which stand in the directory as UTF-16.
func sniffOLE(data []byte) string {
	for _, stream := range []struct{ name, mediaType string }{
		{"EncryptedPackage", encryptedOffice},
		{"WordDocument", wordFile},
		{"Workbook", excelFile},
		{"PowerPoint Document", slidesFile},
	} {
		name := strings.Join(strings.Split(stream.name, ""), "\x00") + "\x00"
		if bytes.Contains(data, []byte(name)) {
			return stream.mediaType
		}
	}
	return oleStorage
}

var (
	saveAsDocx = fault.Text{ZH: "请用 Word 或 WPS 打开，另存为 .docx", EN: "open it in Word or WPS and save it as .docx"}
	sheetRows  = fault.Text{ZH: "请把表格粘贴到 Word 或 WPS 文字中，存为 .docx", EN: "paste the table into Word or WPS Writer and save it as .docx"}
	recognise  = fault.Text{ZH: "图片请先识别为文字（OCR），再存为 .docx 或文本", EN: "recognise the picture as text (OCR) and save that as .docx or text"}
	unpack     = fault.Text{ZH: "请先解压，再发送其中的计划文件", EN: "unpack it and send the plan file inside"}
)

// remedies say what to do with a format that is not read.
var remedies = map[string]fault.Text{
	zipArchive:                    unpack,
	"application/gzip":            unpack,
	"application/vnd.rar":         unpack,
	"application/x-7z-compressed": unpack,
	oleStorage:                    saveAsDocx,
	wordFile:                      saveAsDocx,
	"application/vnd.ms-works":    saveAsDocx,
	"application/kswps":           saveAsDocx,
	rtfText:                       saveAsDocx,
	odfText:                       saveAsDocx,
	webArchive:                    saveAsDocx,
	xlsxSheet:                     sheetRows,
	excelFile:                     sheetRows,
	pptxSlides:                    sheetRows,
	slidesFile:                    sheetRows,
	ofdText:                       {ZH: "请导出为 PDF 或 .docx", EN: "export it as PDF or .docx"},
}

func unsupported(mediaType string) error {
	remedy, ok := remedies[mediaType]
	switch {
	case ok:
	case strings.HasPrefix(mediaType, "image/"):
		remedy = recognise
	default:
		remedy = fault.Text{ZH: "请提供 .docx、PDF、HTML 或纯文本", EN: "send .docx, PDF, HTML or plain text"}
	}
	name := shortened(mediaType)
	return fault.New(fault.UnsupportedMediaType, fault.Text{
		ZH: "不能读取 " + name + " 格式的文件：" + remedy.ZH,
		EN: "files of type " + name + " cannot be read: " + remedy.EN,
	})
}
