package intake

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// cell is what a cell shows. A text stands as it is; a number has a format; what
// can be neither has a doubt.
type cell struct {
	text   string
	format *numberFormat
	doubt  *phrase
	// logical is true or false of a cell that shows TRUE or FALSE, which is in doubt
	// wherever that is no answer.
	logical string
}

func (c cell) isBlank() bool { return c.doubt == nil && indicator.TrimText(c.text) == "" }

// record is one row of a table.
type record struct {
	line  int64
	cells []cell
}

// names are the texts of a record.
func (r record) names() []string {
	names := make([]string, len(r.cells))
	for i, c := range r.cells {
		if c.doubt == nil {
			names[i] = c.text
		}
	}
	return names
}

func (r record) isBlank() bool {
	for _, c := range r.cells {
		if !c.isBlank() {
			return false
		}
	}
	return true
}

// records gives the rows of a table. A refusal is of one row alone, of which the
// record has the line. The cells of a record are good until the next.
type records interface {
	next() (record, *fault.Fault, error)
}

// read is a record with its refusal, if it has one.
type read struct {
	record
	refusal *fault.Fault
}

// grid are the reports of a table.
type grid struct {
	in      records
	sheet   string // of a workbook
	line    int64  // of the headings
	names   []string
	columns []field
	letters *map[string]string // of the columns by their fields; nil but in workbooks
	ahead   []read             // already
	passed  []string           // headings to be passed over
}

// Where headings are looked for, and how far doubtful columns are looked through
// before the first report is read.
const (
	mostAbove      = 20
	mostAhead      = 1000
	mostAheadBytes = 1 << 20
	cellSize       = 40 // bytes of a cell beside its text
)

// findHeadings reads to the heading row, which may stand below a title. Where there
// is none it takes the first row that says something for one, which then tells
// what is wrong with it, and reports false.
func (g *grid) findHeadings() (found bool, err error) {
	var first *record
	for range mostAbove {
		r, refusal, err := g.in.next()
		switch {
		case errors.Is(err, io.EOF):
			return false, g.noHeadings(first)
		case err != nil:
			return false, err
		case refusal != nil:
			return false, refusal
		case isHeadingRow(r.names()):
			g.line, g.names = r.line, r.names()
			g.columns, err = columnsOf(g.names, g.passed)
			g.nameColumns()
			for i, name := range g.names { // all sheets of a workbook keep theirs
				g.names[i] = strings.Clone(clip(indicator.TrimText(name)))
			}
			return true, err
		case first == nil && !r.isBlank():
			first = &record{r.line, append([]cell{}, r.cells...)}
		}
	}
	return false, g.noHeadings(first)
}

// nameColumns notes the letters of the columns of a workbook.
func (g *grid) nameColumns() {
	if g.sheet == "" {
		return
	}
	letters := map[string]string{}
	for i, f := range g.columns {
		if pointers[f] != "" {
			letters[pointers[f]] = letterOf(i)
		}
	}
	g.letters = &letters
}

// noHeadings says what is wrong with a table without headings.
func (g *grid) noHeadings(first *record) error {
	switch {
	case first == nil && g.sheet != "":
		return fault.Newf(fault.EmptyBody, "工作表没有内容", "the sheet is empty")
	case first == nil:
		return fault.Newf(fault.EmptyBody, "文件没有内容", "the file is empty")
	}
	_, err := columnsOf(first.names(), nil)
	return err
}

// lookAhead refuses the table when something stands in a column without a known
// heading, as far as it looks; beyond, such rows are refused one by one.
func (g *grid) lookAhead() error {
	if !contains(g.columns, doubtful) {
		return nil
	}
	for size := 0; len(g.ahead) < mostAhead && size < mostAheadBytes; {
		r, refusal, err := g.in.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case refusal != nil:
			g.ahead = append(g.ahead, read{record{line: r.line}, refusal})
			continue
		}
		if column := g.lost(r); column >= 0 && column < len(g.columns) {
			return g.unheaded(r, column)
		}
		kept := record{r.line, append([]cell{}, r.cells...)}
		for _, c := range kept.cells {
			size += len(c.text) + cellSize
		}
		g.ahead = append(g.ahead, read{kept, nil})
	}
	return nil
}

func contains(columns []field, f field) bool {
	for _, c := range columns {
		if c == f {
			return true
		}
	}
	return false
}

// lost is the first column of a row with something that would be lost, −1 when
// there is none.
func (g *grid) lost(r record) int {
	for i, c := range r.cells {
		isLost := i >= len(g.columns) && !isPassedOver("", i, g.passed) || i < len(g.columns) && g.columns[i] == doubtful
		if isLost && !c.isBlank() {
			return i
		}
	}
	return -1
}

// unheaded refuses what stands in a column without a known heading.
func (g *grid) unheaded(r record, column int) *fault.Fault {
	if column < len(g.names) && indicator.TrimText(g.names[column]) != "" {
		f := unknownHeading(g.names[column])
		where := fault.Text{ZH: fmt.Sprintf("（第 %d 行该列有内容）", r.line), EN: fmt.Sprintf(" (line %d has something there)", r.line)}
		return fault.New(f.Code, fault.Text{ZH: f.Detail.ZH + where.ZH, EN: f.Detail.EN + where.EN})
	}
	letter := letterOf(column)
	return fault.Newf(fault.UnknownField,
		"%s列没有表头，第 %d 行该列却有内容，请写明表头，或把 %s 列入 ignore_columns",
		"column %s has no heading, yet line %d has something there; give it a heading, or name %s in ignore_columns", letter, r.line, letter)
}

// Next implements tracker.Rows.
func (g *grid) Next() (tracker.Report, *fault.Fault, error) {
	for {
		r, refusal, err := g.record()
		if err != nil {
			return tracker.Report{}, nil, err
		}
		if refusal == nil && r.isBlank() {
			continue
		}
		report, doubt := g.report(r)
		if refusal != nil {
			return report, refusal, nil
		}
		if doubt == nil && isSilent(report) {
			continue
		}
		return report, doubt, nil
	}
}

func (g *grid) record() (record, *fault.Fault, error) {
	if len(g.ahead) == 0 {
		return g.in.next()
	}
	r := g.ahead[0]
	g.ahead = g.ahead[1:]
	return r.record, r.refusal, nil
}
