package intake

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Limits of a workbook: what is sent, and what that may unpack to. Larger
// sheets are unpacked to a file while they are read.
const (
	MaxWorkbook  = 32 << 20
	mostUnpacked = 512 << 20
	mostInMemory = 16 << 20
)

// sheet are the rows of the first sheet of a workbook.
type sheet struct {
	file    *excelize.File
	rows    *excelize.Rows
	columns []field
}

func newWorkbook(r io.Reader) (*sheet, error) {
	file, err := excelize.OpenReader(io.LimitReader(r, MaxWorkbook+1), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostInMemory,
	})
	if err != nil {
		return nil, notAWorkbook(err)
	}
	s := &sheet{file: file}
	if s.rows, err = file.Rows(file.GetSheetName(0)); err != nil {
		return nil, errors.Join(notAWorkbook(err), file.Close())
	}
	if !s.rows.Next() {
		return nil, errors.Join(fault.Newf(fault.EmptyBody, "工作表没有内容", "the sheet is empty"), file.Close())
	}
	names, err := s.rows.Columns()
	if err != nil {
		return nil, errors.Join(notAWorkbook(err), file.Close())
	}
	if s.columns, err = columnsOf(names); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return s, nil
}

func notAWorkbook(err error) error {
	return fault.Newf(fault.UnreadableFile, "无法读取工作簿，请以 .xlsx 格式保存，不加密，最大 %d 字节",
		"the workbook cannot be read; save it as .xlsx, without a password, at most %d bytes", MaxWorkbook).Because(err)
}

// Next implements tracker.Rows.
func (s *sheet) Next() (tracker.Report, *fault.Fault, error) {
	for s.rows.Next() {
		cells, err := s.rows.Columns()
		if err != nil {
			return tracker.Report{}, nil, errors.Join(notAWorkbook(err), s.close())
		}
		if refusal := tooWide(s.columns, cells); refusal != nil {
			return tracker.Report{}, refusal, nil
		}
		if r, blank := report(s.columns, cells); !blank {
			return r, nil, nil
		}
	}
	if err := s.rows.Error(); err != nil {
		return tracker.Report{}, nil, errors.Join(notAWorkbook(err), s.close())
	}
	if err := s.close(); err != nil {
		return tracker.Report{}, nil, err
	}
	return tracker.Report{}, nil, io.EOF
}

func (s *sheet) close() error { return errors.Join(s.rows.Close(), s.file.Close()) }

// A text that begins with one of these is a formula to a spreadsheet that reads
// it out of a CSV; the mark before it keeps it a text.
const (
	formulaStarts = "=+-@\t\r"
	textMark      = "'"
)

func guard(s string) string {
	if s != "" && strings.Contains(formulaStarts, s[:1]) {
		return textMark + s
	}
	return s
}

// unguard takes the mark away again.
func unguard(s string) string {
	if rest, marked := strings.CutPrefix(s, textMark); marked && rest != "" && strings.Contains(formulaStarts, rest[:1]) {
		return rest
	}
	return s
}
