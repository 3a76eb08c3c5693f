package document

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const utf8Mark = "\xef\xbb\xbf"

// readPlain decodes UTF-8 or GB18030. Without a charset parameter, bytes that
// are not UTF-8 are tried as GB18030, which older government systems write.
func readPlain(_ context.Context, data []byte, parameters map[string]string) (located, error) {
	content, err := decodePlain(data, parameters)
	return located{content: content}, err
}

func decodePlain(data []byte, parameters map[string]string) (string, error) {
	switch charset := strings.ToLower(parameters["charset"]); charset {
	case "utf-8", "utf8", "us-ascii":
		return decodeUTF8(data)
	case "gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936":
		return decodeGB18030(data)
	case "":
	default:
		return "", fault.Newf(fault.UnsupportedMediaType,
			"不支持文字编码 %s，请转换为 UTF-8 或 GB18030", "the charset %s is not supported; convert the text to UTF-8 or GB18030", shortened(charset))
	}
	if isUTF16(data) {
		return "", notText("文件是 UTF-16 编码，请另存为 UTF-8", "the file is in UTF-16; save it as UTF-8")
	}
	if utf8.Valid(data) {
		return decodeUTF8(data)
	}
	return decodeGB18030(data)
}

func decodeUTF8(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte(utf8Mark))
	if !utf8.Valid(data) {
		return "", notText("文件不是有效的 UTF-8 文本，请另存为 UTF-8，或注明 charset=gb18030",
			"the file is no valid UTF-8; save it as UTF-8 or say charset=gb18030")
	}
	return string(data), nil
}

func decodeGB18030(data []byte) (string, error) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) || !bytes.ContainsFunc(decoded, isHan) {
		return "", notText("文件既不是 UTF-8 也不是 GB18030 文本，请另存为 UTF-8",
			"the file is neither UTF-8 nor GB18030 text; save it as UTF-8").Because(err)
	}
	return string(bytes.TrimPrefix(decoded, []byte(utf8Mark))), nil
}

// isHan keeps bytes of other single-byte encodings, which often form valid
// GB18030 pairs by chance, from passing without one common character.
func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func isUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff})
}

func notText(zh, en string) *fault.Fault {
	return fault.New(fault.InvalidEncoding, fault.Text{ZH: zh, EN: en})
}

func shortened(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
