package document

import (
	"bytes"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// signatures are the first bytes of formats that people send in place of text.
var signatures = []struct {
	prefix    string
	mediaType string
}{
	{"%PDF-", "application/pdf"},
	{"PK\x03\x04", "application/zip"},
	{"PK\x05\x06", "application/zip"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
	{"{\\rtf", "application/rtf"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"\x1f\x8b", "application/gzip"},
	{"Rar!\x1a\x07", "application/vnd.rar"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
}

// sniff says which media type the bytes are of. Bytes with a NUL are no text
// in any encoding that is read here.
func sniff(data []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return s.mediaType
		}
	}
	if isUTF16(data) {
		return plainText
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return octetStream
	}
	return plainText
}

// remedies say what to do with a format that is not read.
var remedies = map[string]fault.Text{
	"application/pdf":           {ZH: "请从 PDF 中复制文字，另存为 UTF-8 文本", EN: "copy the text out of the PDF and save it as UTF-8 text"},
	"application/zip":           {ZH: "请先解压；Word、WPS 文档请另存为“纯文本（UTF-8）”", EN: "unpack it first; save a Word or WPS document as plain text (UTF-8)"},
	"application/x-ole-storage": {ZH: "请用 Word 或 WPS 另存为“纯文本（UTF-8）”", EN: "save it as plain text (UTF-8) from Word or WPS"},
	"application/rtf":           {ZH: "请用 Word 或 WPS 另存为“纯文本（UTF-8）”", EN: "save it as plain text (UTF-8) from Word or WPS"},
	"image/jpeg":                {ZH: "图片请先识别为文字，再存为 UTF-8 文本", EN: "recognise the picture as text first and save that as UTF-8 text"},
	"image/png":                 {ZH: "图片请先识别为文字，再存为 UTF-8 文本", EN: "recognise the picture as text first and save that as UTF-8 text"},
}

func unsupported(mediaType string) error {
	remedy, ok := remedies[mediaType]
	if !ok {
		remedy = fault.Text{ZH: "请提供 UTF-8 或 GB18030 编码的纯文本（text/plain）", EN: "send plain text (text/plain) in UTF-8 or GB18030"}
	}
	return fault.New(fault.UnsupportedMediaType, fault.Text{
		ZH: "不能读取 " + mediaType + " 格式的文件：" + remedy.ZH,
		EN: "files of type " + mediaType + " cannot be read: " + remedy.EN,
	})
}
