package tabular

import (
	"fmt"
	"io"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Format is a form that a table can have.
type Format string

// The formats.
const (
	NDJSON  Format = "ndjson"
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	Parquet Format = "parquet"
	SDMXCSV Format = "sdmx-csv"
)

// Formats are all of them.
var Formats = []Format{NDJSON, CSV, XLSX, Parquet, SDMXCSV}

// MediaType is what a file of the format is called over HTTP.
func (f Format) MediaType() string {
	switch f {
	case NDJSON:
		return "application/x-ndjson"
	case CSV:
		return "text/csv"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case Parquet:
		return "application/vnd.apache.parquet"
	case SDMXCSV:
		return "application/vnd.sdmx.data+csv"
	}
	return "application/octet-stream"
}

// Extension is how the name of a file of the format ends.
func (f Format) Extension() string {
	if f == SDMXCSV {
		return ".sdmx.csv"
	}
	return "." + string(f)
}

// Compresses says that the bytes of the format are worth compressing on their way.
func (f Format) Compresses() bool { return f == NDJSON || f == CSV || f == SDMXCSV }

// Headings are what the first row of a table calls its columns.
type Headings string

// The headings: the names that fields have in JSON, or words.
const (
	Names   Headings = "names"
	Chinese Headings = "zh"
	English Headings = "en"
)

// AllHeadings are all of them.
var AllHeadings = []Headings{Names, Chinese, English}

func (h Headings) of(c Column) string {
	switch h {
	case Chinese:
		return c.Heading.ZH
	case English:
		return c.Heading.EN
	}
	return c.Name
}

// About says what a table shows.
type About struct {
	// Title says what the rows are.
	Title fault.Text
	// Selection are the pairs of what was asked, in their order.
	Selection [][2]string
	// On is the date judged and AsOf the moment whose knowledge was used; empty where the
	// table has none.
	On, AsOf string
	// Profile is the version of the profile that judged; "" where none did.
	Profile string
	// Program made the table.
	Program string
}

// Options say how a table is written.
type Options struct {
	// Fields are those to be written; all when empty. SDMX-CSV has those of its structure.
	Fields []string
	// Optional are the fields that are written beside those that every row has.
	Optional []string
	Headings Headings
	// Words says what a code of a type means, as Chinese headings ask for in CSV and in workbooks;
	// a code without words stays as it is.
	Words func(codes, code string) fault.Text
	// BOM begins a CSV with a byte-order mark.
	BOM bool
	// Language is that of the sheet about a workbook: zh or en.
	Language string
	About    About
	// Structure is that of SDMX-CSV.
	Structure *Structure
}

// Writer writes rows of cells, as many as the table has columns.
type Writer interface {
	Row(cells []Cell) error
	// Close ends the table. A table that was not closed is no whole file.
	Close() error
}

// Rows writes rows.
type Rows[T any] interface {
	Write(row *T) error
	// Close ends the table. A table that was not closed is no whole file.
	Close() error
}

// New begins a table of rows in a format. It writes as the rows come; w is not closed.
func New[T any](w io.Writer, format Format, o Options) (Rows[T], error) {
	table := Of[T]().Chosen(o.Fields, o.Optional)
	if format == NDJSON {
		return &lines[T]{w: w, fields: o.Fields}, nil
	}
	if format == SDMXCSV {
		table = Of[T]()
	}
	to, err := NewWriter(w, format, table.Columns, o)
	if err != nil {
		return nil, err
	}
	r := &rows[T]{table: table, to: to}
	if o.Headings == Chinese && (format == CSV || format == XLSX) {
		r.words = o.Words
	}
	return r, nil
}

// NewWriter begins a table of cells in a format other than NDJSON.
func NewWriter(w io.Writer, format Format, columns []Column, o Options) (Writer, error) {
	switch format {
	case CSV:
		return newCSV(w, columns, o)
	case XLSX:
		return newWorkbook(w, columns, o)
	case Parquet:
		return newParquet(w, columns, o)
	case SDMXCSV:
		return newSDMX(w, columns, o.Structure)
	}
	return nil, fmt.Errorf("no table of cells can be written as %q", format)
}

// rows turns rows into cells.
type rows[T any] struct {
	table *Table
	to    Writer
	words func(codes, code string) fault.Text // nil where codes stay
	cells []Cell
}

// Write implements Rows.
func (r *rows[T]) Write(row *T) error {
	r.cells = r.table.cells(r.cells[:0], row)
	if r.words != nil {
		for i, c := range r.table.Columns {
			if c.Codes != "" && r.cells[i].Text != "" {
				r.cells[i].Text = r.inWords(c.Codes, r.cells[i].Text)
			}
		}
	}
	return r.to.Row(r.cells)
}

// inWords is a cell of one code, or of a list of them, in Chinese words.
func (r *rows[T]) inWords(codes, text string) string {
	list := strings.Split(text, listSeparator)
	for i, code := range list {
		if words := r.words(codes, code).ZH; words != "" {
			list[i] = words
		}
	}
	return strings.Join(list, listSeparator)
}

// Close implements Rows.
func (r *rows[T]) Close() error { return r.to.Close() }
