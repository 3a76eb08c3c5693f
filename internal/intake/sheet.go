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

// sheet are the rows of a sheet of a workbook.
type sheet struct {
	book  *book
	in    *xmlReader
	line  int64
	cells []cell
	ended bool
}

func (b *book) sheet(part string) (*sheet, error) {
	in, err := b.open(part)
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
				if err := s.row(token); err != nil {
					return record{}, nil, notAWorkbook(err)
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

// row reads the cells of a row. A row or cell that does not say where it stands
// stands after the one before it.
func (s *sheet) row(start xml.StartElement) error {
	s.line++
	if at := attribute(start, "r"); at != "" {
		n, err := strconv.ParseInt(at, 10, 32)
		if err != nil || n < 1 {
			return errXML
		}
		s.line = n
	}
	if s.line > mostRows {
		return errXML
	}
	s.cells = s.cells[:0]
	for column := -1; ; {
		token, err := s.in.token()
		if err != nil {
			return unexpected(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local != "c" {
				if err := s.in.Skip(); err != nil {
					return unexpected(err)
				}
				continue
			}
			if column, err = columnAt(attribute(token, "r"), column); err != nil {
				return err
			}
			c, err := s.cell(token)
			if err != nil {
				return err
			}
			s.put(column, c)
		case xml.EndElement:
			return nil
		}
	}
}

func (s *sheet) put(column int, c cell) {
	if c.isBlank() && column >= len(s.cells) {
		return
	}
	for len(s.cells) <= column {
		s.cells = append(s.cells, cell{})
	}
	s.cells[column] = c
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
				err = s.in.Skip()
			}
			if err != nil {
				return p, unexpected(err)
			}
		case xml.EndElement:
			return p, nil
		}
	}
}
