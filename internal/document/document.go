// Package document turns the bytes of a plan file into located text: text
// whose positions are Unicode code points of the decoded file.
package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Text is a file as text.
type Text struct {
	Content    string // the decoded text without a byte-order mark; nothing else is changed
	SHA256     string // of the file's bytes, lower-case hex
	MediaType  string // what the file was read as, without parameters
	Characters int    // Unicode code points in Content
}

// reader decodes the bytes of one media type. The parameters are those of the
// media type, such as charset.
type reader func(data []byte, parameters map[string]string) (string, error)

// readers are the media types that can be read; a format joins with one entry
// here and one file beside this one.
var readers = map[string]reader{
	plainText: readPlain,
}

const (
	plainText   = "text/plain"
	octetStream = "application/octet-stream"
)

// Read decodes a file. An empty media type, or application/octet-stream, means
// that the bytes have to say what they are. It fails with
//
//   - fault.EmptyDocument when there is no text in the file,
//   - fault.UnsupportedMediaType when the bytes or the media type are of a
//     format that is not read, with what to do about it,
//   - fault.InvalidEncoding when the bytes are no text in a known encoding.
func Read(data []byte, mediaType string) (Text, error) {
	name, parameters, err := parseMediaType(mediaType)
	if err != nil {
		return Text{}, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Text{}, empty()
	}
	if found := sniff(data); name == "" || (found != plainText && readers[found] == nil) {
		name = found
	}
	read, ok := readers[name]
	if !ok {
		return Text{}, unsupported(name)
	}
	content, err := read(data, parameters)
	if err != nil {
		return Text{}, err
	}
	if strings.TrimSpace(content) == "" {
		return Text{}, empty()
	}
	sum := sha256.Sum256(data)
	return Text{
		Content:    content,
		SHA256:     hex.EncodeToString(sum[:]),
		MediaType:  name,
		Characters: utf8.RuneCountInString(content),
	}, nil
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
	if name == octetStream {
		name = ""
	}
	return name, parameters, nil
}

func empty() error {
	return fault.Newf(fault.EmptyDocument,
		"文件中没有文字；如果是扫描件，请先识别为文字", "there is no text in the file; a scan has to be recognised as text first")
}
