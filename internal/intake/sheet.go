package intake

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// The most rows and columns of a sheet.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
)

// The most bytes and cells of one row of a table: cells may share one long text, and a
// row may have one cell far to the right.
const (
	mostInTableRow = 256 << 10
	mostCells      = 1024
)

// rowTooLarge refuses a row that is past its limits.
func rowTooLarge() *fault.Fault {
	return fault.Newf(fault.BodyTooLarge, "表格一行最多 %d 字节、%d 列", "a row of a table may have at most %d bytes and %d cells", mostInTableRow, mostCells)
}

// sheet are the rows of a sheet of a workbook.
type sheet struct {
	book  *book
	in    *xmlReader
	line  int64
	cells []cell
	size  int // bytes of the row's texts
	ended bool
}

func (b *book) sheet(part string) (*sheet, error) {
	in, err := b.open(part, mostUnpacked)
	return &sheet{book: b, in: in}, err
}

func (s *sheet) close() { s.in.close() }

// next implements records.
func (s *sheet) next() (record, *fault.Fault, error) {
	for !s.ended {
		token, err := s.in.token()
		switch {
		case errors.Is(err, io.EOF):
			return record{}, nil, notAWorkbook(io.ErrUnexpectedEOF)
		case err != nil:
			return record{}, nil, notAWorkbook(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "row" {
				whole, err := s.row(token)
				switch {
				case err != nil:
					return record{}, nil, notAWorkbook(err)
				case !whole:
					return record{line: s.line}, rowTooLarge(), nil
				}
				return record{s.line, s.cells}, nil, nil
			}
		case xml.EndElement:
			s.ended = token.Name.Local == "sheetData"
			s.ended = s.ended || token.Name.Local == "worksheet"
		}
	}
	return record{}, nil, io.EOF
}

// row reads the cells of a row, up to its limits; whole says that it keeps within them.
// A row or cell that does not say where it stands stands after the one before it.
func (s *sheet) row(start xml.StartElement) (whole bool, err error) {
	s.line++
	if at := attribute(start, "r"); at != "" {
		n, err := strconv.ParseInt(at, 10, 32)
		if err != nil || n < 1 {
			return false, errXML
		}
		s.line = n
	}
	if s.line > mostRows {
		return false, errXML
	}
	s.cells, s.size = s.cells[:0], 0
	whole = true
	for column := -1; ; {
		token, err := s.in.token()
		if err != nil {
			return false, unexpected(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local != "c" || !whole {
				if err := s.in.skip(); err != nil {
					return false, err
				}
				continue
			}
			if column, err = columnAt(attribute(token, "r"), column); err != nil {
				return false, err
			}
			c, err := s.cell(token)
			if err != nil {
				return false, err
			}
			whole = s.put(column, c)
		case xml.EndElement:
			return whole, nil
		}
	}
}

// put reports false where the row is past its limits.
func (s *sheet) put(column int, c cell) bool {
	if c.isBlank() && column >= len(s.cells) {
		return true
	}
	if s.size += len(c.text); column >= mostCells || s.size > mostInTableRow {
		return false
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, cell{})
	}
	s.cells[column] = c
	return true
}

// columnAt is the column, from 0, of a cell by its name.
func columnAt(name string, before int) (int, error) {
	if name == "" {
		if before+1 >= mostColumns {
			return 0, errXML
		}
		return before + 1, nil
	}
	n := 0
	for _, r := range strings.TrimRight(strings.ToUpper(name), "0123456789") {
		if r < 'A' || r > 'Z' || n > mostColumns {
			return 0, errXML
		}
		n = n*26 + int(r-'A') + 1
	}
	if n < 1 || n > mostColumns {
		return 0, errXML
	}
	return n - 1, nil
}

// cellParts are what the XML of a cell holds.
type cellParts struct {
	value, inline      string
	hasValue, computed bool
}

func (s *sheet) cell(start xml.StartElement) (cell, error) {
	p, err := s.parts()
	if err != nil {
		return cell{}, err
	}
	kind := attribute(start, "t")
	switch {
	case p.computed && (!p.hasValue || p.value == "" && kind != "str"):
		return cell{doubt: &phrase{zh: "是没有计算结果的公式，请用表格软件打开并保存后再发送", en: "is a formula without its result; open the workbook in a spreadsheet and save it"}}, nil
	case p.computed && s.book.stale:
		return cell{doubt: &phrase{zh: "的公式尚待重新计算，请用表格软件打开并保存后再发送", en: "is a formula that is still to be computed; open the workbook in a spreadsheet and save it"}}, nil
	}
	switch kind {
	case "inlineStr":
		return cell{text: p.inline}, nil
	case "str":
		return cell{text: p.value}, nil
	}
	value := strings.TrimSpace(p.value)
	if value == "" {
		return cell{}, nil
	}
	switch kind {
	case "s":
		text, err := s.book.strings.at(value)
		return cell{text: text}, err
	case "b":
		return cell{
			doubt:   &phrase{zh: "是逻辑值，不是数值或文字", en: "is TRUE or FALSE, not a number or a text"},
			logical: strconv.FormatBool(isOn(value)),
		}, nil
	case "e":
		return cell{doubt: &phrase{"是错误值 %s", "is the error %s", value}}, nil
	case "d":
		return cell{doubt: isDate}, nil
	case "", "n":
		format, err := s.book.formatOf(attribute(start, "s"))
		return cell{text: value, format: format}, err
	}
	return cell{}, errXML
}

// parts reads to the end of a cell.
func (s *sheet) parts() (p cellParts, err error) {
	for {
		token, err := s.in.token()
		if err != nil {
			return p, unexpected(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				p.hasValue = true
				p.value, err = s.in.text("")
			case "is":
				p.hasValue = true
				p.inline, err = s.in.text("t")
			default:
				p.computed = p.computed || token.Name.Local == "f"
				err = s.in.skip()
			}
			if err != nil {
				return p, err
			}
		case xml.EndElement:
			return p, nil
		}
	}
}
