package tabular

import (
	"encoding/csv"
	"io"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

const byteOrderMark = "\ufeff"

// csvWriter writes RFC 4180: commas, quotes where they are needed, lines that end in CR LF,
// and a first line of headings. Null is an empty field. A text that a spreadsheet would take
// for a formula, and no other cell, has an apostrophe before it.
type csvWriter struct {
	to      *csv.Writer
	isText  []bool
	records []string
}

func newCSV(w io.Writer, columns []Column, o Options) (*csvWriter, error) {
	if o.BOM {
		if _, err := io.WriteString(w, byteOrderMark); err != nil {
			return nil, err
		}
	}
	c := &csvWriter{to: csv.NewWriter(w), isText: make([]bool, len(columns)), records: make([]string, len(columns))}
	c.to.UseCRLF = true
	for i, column := range columns {
		c.isText[i], c.records[i] = column.Kind == Text, o.Headings.of(column)
	}
	return c, c.to.Write(c.records)
}

// Row implements Writer.
func (c *csvWriter) Row(cells []Cell) error {
	for i, cell := range cells {
		c.records[i] = cell.Text
		if c.isText[i] {
			c.records[i] = indicator.GuardText(cell.Text)
		}
	}
	return c.to.Write(c.records)
}

// Close implements Writer.
func (c *csvWriter) Close() error {
	c.to.Flush()
	return c.to.Error()
}
