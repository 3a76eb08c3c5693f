package intake

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// table are the rows of a CSV text.
type table struct {
	in    *csv.Reader
	fed   *gauge
	cells []cell
}

func tableOf(text io.Reader) *table {
	t := &table{fed: &gauge{in: text, most: mostInTableRow, refusal: rowTooLarge()}}
	t.in = csv.NewReader(t.fed)
	t.in.FieldsPerRecord = -1
	t.in.ReuseRecord = true
	return t
}

func newCSV(r io.Reader, charset string, passOver []string) (*grid, error) {
	text, err := textOf(r, charset)
	if err != nil {
		return nil, err
	}
	g := &grid{in: tableOf(text), passed: passOver}
	if _, err := g.findHeadings(); err != nil {
		return nil, err
	}
	return g, g.lookAhead()
}

// mostShared is how long a row may be whose cells share one text, in bytes: one cell
// that is kept keeps all of it.
const mostShared = 1 << 10

func unreadableTable(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fault.Newf(fault.MalformedRequest, "CSV 第 %d 行引号不配对", "the quotes of line %d of the CSV do not match", parse.StartLine).Because(err)
	}
	return unreadable(err)
}

// unmatchedQuote is the fault of a quote that took further lines into its cell, so that
// what their rows say cannot be known.
func unmatchedQuote(err *csv.ParseError) error {
	return fault.Newf(fault.MalformedRequest,
		"CSV 第 %[1]d 行的引号没有配对，其后直至第 %[2]d 行无法逐行读取；该行之前各行已读",
		"a quote of line %[1]d of the CSV is not closed, so the rows from there to line %[2]d cannot be told apart; the lines before it were read",
		err.StartLine, err.Line).Because(err)
}

// next implements records.
func (t *table) next() (record, *fault.Fault, error) {
	t.fed.from = t.in.InputOffset()
	texts, err := t.in.Read()
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return record{}, nil, io.EOF
	case errors.As(err, &parse) && parse.Line > parse.StartLine: // the lines up to there are in no row
		return record{}, nil, unmatchedQuote(parse)
	case errors.As(err, &parse):
		return record{line: int64(parse.StartLine)}, fault.From(unreadableTable(err)), nil
	case err != nil:
		return record{}, nil, unreadable(err)
	}
	line, _ := t.in.FieldPos(0)
	if len(texts) > mostCells {
		return record{line: int64(line)}, rowTooLarge(), nil
	}
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	t.cells = t.cells[:0]
	for _, text := range texts {
		if size > mostShared {
			text = strings.Clone(text)
		}
		t.cells = append(t.cells, cell{text: text})
	}
	return record{int64(line), t.cells}, nil, nil
}

// textOf gives the text of a table as decoded does, unless its columns are separated by
// something else than commas.
func textOf(r io.Reader, charset string) (io.Reader, error) {
	text, err := decoded(r, charset)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(text, mostLooked) // the same where it is buffered already
	return in, checkSeparator(in)
}

// decoded gives the text as UTF-8 without its byte-order mark. A text that is
// no UTF-8 where it begins is taken for GB18030, which is what spreadsheets in
// China write.
func decoded(r io.Reader, charset string) (io.Reader, error) {
	const look = 64 << 10
	in := bufio.NewReaderSize(r, look)
	head, err := in.Peek(look)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	if err := notText(head); err != nil {
		return nil, err
	}
	if strings.HasPrefix(string(head), "\ufeff") {
		_, err := in.Discard(len("\ufeff"))
		return in, err
	}
	whole := head
	for cut := 0; cut < utf8.UTFMax && len(whole) == look-cut && !utf8.Valid(whole); cut++ {
		whole = whole[:len(whole)-1] // the last character may be cut
	}
	switch strings.ToLower(charset) {
	case "gb18030", "gbk", "gb2312":
	case "", "utf-8", "utf8":
		if charset != "" || utf8.Valid(whole) {
			return in, nil
		}
	default:
		return nil, fault.Newf(fault.UnsupportedMediaType, "不支持字符集 %s，请用 utf-8 或 gb18030", "the charset %s is not supported; use utf-8 or gb18030", clip(charset))
	}
	return transform.NewReader(in, simplifiedchinese.GB18030.NewDecoder()), nil
}
