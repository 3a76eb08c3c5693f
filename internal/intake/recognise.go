package intake

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// notText refuses a body sent as CSV that is a workbook or UTF-16 by how it begins.
func notText(head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return fault.Newf(fault.UnsupportedMediaType, "内容是工作簿（.xlsx），不是 CSV；请以 Content-Type: %[1]s 发送",
			"the body is a workbook (.xlsx) and not CSV; send it with Content-Type: %[1]s", Workbook)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return fault.Newf(fault.UnsupportedMediaType, "内容是旧格式或加密的工作簿，不是 CSV；请另存为不加密的 .xlsx，以 Content-Type: %[1]s 发送",
			"the body is a workbook of the old format or with a password and not CSV; save it as .xlsx without one and send it with Content-Type: %[1]s", Workbook)
	case isUTF16(head):
		return fault.Newf(fault.InvalidEncoding, "内容是 UTF-16（“Unicode 文本”），请另存为“CSV UTF-8（逗号分隔）”",
			"the body is UTF-16 (“Unicode text”); save it as “CSV UTF-8 (comma delimited)”")
	}
	return nil
}

// isUTF16 knows UTF-16 by its byte-order mark or, without one, by the zero bytes of the
// ASCII characters that separators and digits are.
func isUTF16(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	const few = 512
	zeros, begin := [2]int{}, head[:min(len(head), few)]
	for i, b := range begin {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return (zeros[0] == 0) != (zeros[1] == 0) && zeros[0]+zeros[1] > len(begin)/8
}

// separators are those of columns that are not ours.
var separators = []struct{ sign, zh, en string }{{"\t", "制表符", "tabs"}, {";", "分号", "semicolons"}, {"；", "分号", "semicolons"}, {"|", "竖线", "bars"}}

// mostLooked is how far headings with other separators are looked for, in bytes.
const mostLooked = 4 << 10

// checkSeparator refuses a table whose columns are separated by something else than
// commas, which is known by its headings. What it looks at can be read after.
func checkSeparator(text *bufio.Reader) error {
	head, _ := text.Peek(mostLooked) // what cannot be read, is told by the reading that follows
	plain := func(line, sign string) []string { return strings.Split(strings.ReplaceAll(line, `"`, ""), sign) }
	lines := strings.Split(string(head), "\n")
	for _, line := range lines[:min(len(lines), mostAbove)] {
		if isHeadingRow(plain(line, ",")) {
			return nil
		}
		for _, by := range separators {
			if isHeadingRow(plain(line, by.sign)) {
				return fault.Newf(fault.MalformedRequest, "各列以%[1]s分隔，请改用逗号分隔（CSV）", "the columns are separated by %[2]s; separate them by commas (CSV)", by.zh, by.en)
			}
		}
	}
	return nil
}
