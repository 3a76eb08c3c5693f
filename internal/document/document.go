// Package document turns the bytes of a plan file (plain text, Word .docx,
// HTML or PDF with a text layer) into located text: text whose positions are
// Unicode code points, with the way back to the page or paragraph.
package document

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Text is a file as text.
//
// Plain text is the decoded file without a byte-order mark; nothing else is
// changed. The other formats give one paragraph or table row a line, without
// blank lines. The cells of a row stand between " | "; a merged cell is said
// again in every row that it covers, and an empty first cell is kept by a
// stroke before it.
type Text struct {
	Content    string
	SHA256     string  // of the file's bytes, lower-case hex
	MediaType  string  // what the file was read as, without parameters
	Characters int     // Unicode code points in Content
	Places     []Place // sorted by Start; none for plain text, where lines suffice
}

// maxCharacters is some ten times the longest plan. What reading a text takes in memory
// grows with it.
const maxCharacters = 500_000

// reader decodes the bytes of one media type. The parameters are those of the
// media type, such as charset.
type reader func(ctx context.Context, data []byte, parameters map[string]string) (located, error)

// readers are the media types that can be read; a format joins with one entry
// here and one file beside this one.
var readers = map[string]reader{
	plainText: readPlain,
	docxText:  readDOCX,
	htmlText:  readHTML,
	xhtmlText: readHTML,
	pdfText:   readPDF,
}

const (
	plainText   = "text/plain"
	docxText    = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	htmlText    = "text/html"
	xhtmlText   = "application/xhtml+xml"
	pdfText     = "application/pdf"
	octetStream = "application/octet-stream"
)

// Read decodes a file. An empty media type, or application/octet-stream, means
// that the bytes have to say what they are. It fails with
//
//   - fault.EmptyDocument when there is no text in the file,
//   - fault.UnsupportedMediaType when the bytes or the media type are of a
//     format that is not read, with what to do about it, or contradict each
//     other,
//   - fault.InvalidEncoding when the bytes are no text in a known encoding,
//   - fault.UnreadableFile when the file is broken, protected by a password,
//     without a text layer, or larger inside than any plan is,
//   - the context's error soon after that has ended.
func Read(ctx context.Context, data []byte, mediaType string) (Text, error) {
	declared, parameters, err := parseMediaType(mediaType)
	if err != nil {
		return Text{}, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Text{}, empty()
	}
	name, err := choose(declared, data)
	if err != nil {
		return Text{}, err
	}
	found, err := readers[name](ctx, data, parameters)
	if err != nil {
		return Text{}, err
	}
	if strings.TrimSpace(found.content) == "" {
		return Text{}, empty()
	}
	characters := utf8.RuneCountInString(found.content)
	if characters > maxCharacters {
		return Text{}, tooLong()
	}
	sum := sha256.Sum256(data)
	return Text{
		Content:    found.content,
		SHA256:     hex.EncodeToString(sum[:]),
		MediaType:  name,
		Characters: characters,
		Places:     found.places,
	}, nil
}

// choose names the reader: what was declared, unless the bytes are of another
// format.
func choose(declared string, data []byte) (string, error) {
	found := sniff(data)
	switch {
	case found == encryptedOffice:
		return "", passwordProtected()
	case readers[found] == nil:
		return "", unsupported(found)
	case declared == "" || declared == found:
		return found, nil
	case found == htmlText && declared == xhtmlText:
		return declared, nil
	case found == plainText && (declared == htmlText || declared == xhtmlText):
		return declared, nil // a fragment of HTML need not begin with a tag
	case found == plainText && readers[declared] == nil:
		return "", unsupported(declared)
	}
	return "", fault.Newf(fault.UnsupportedMediaType,
		"声明的媒体类型是 %s，文件内容却是 %s；请改正 Content-Type", "the media type says %s, the bytes are %s; correct the Content-Type",
		shortened(declared), found)
}

func parseMediaType(s string) (name string, parameters map[string]string, err error) {
	if strings.TrimSpace(s) == "" {
		return "", nil, nil
	}
	name, parameters, err = mime.ParseMediaType(s)
	if err != nil {
		return "", nil, fault.Newf(fault.UnsupportedMediaType,
			"媒体类型写法不正确，应写作 text/plain; charset=utf-8",
			"the media type is malformed; write text/plain; charset=utf-8").Because(err)
	}
	switch name {
	case octetStream, "application/zip", "application/x-zip-compressed":
		name = "" // says how the bytes are packed, not what they are
	}
	return name, parameters, nil
}

func empty() error {
	return fault.Newf(fault.EmptyDocument,
		"文件中没有文字；如果是扫描件，请先识别为文字", "there is no text in the file; a scan has to be recognised as text first")
}

func tooLong() error {
	return fault.Newf(fault.UnreadableFile,
		"文件的文字超过 %d 字，不像一份计划；请拆分后再导入", "the file has more than %d characters or cells, more than a plan; split it", maxCharacters)
}

func passwordProtected() error {
	return fault.Newf(fault.UnreadableFile,
		"文件设有打开密码；请取消密码保护后再导入", "the file is protected by a password; remove the protection and send it again")
}

// broken is for a file that begins like its format and does not go on so.
func broken(format string, cause error) error {
	return fault.Newf(fault.UnreadableFile,
		"%s 文件已损坏或不完整；请重新导出后再导入", "the %s file is broken or incomplete; export it again", format).Because(cause)
}
