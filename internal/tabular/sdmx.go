package tabular

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Role is what a component of a structure is.
type Role string

// The roles.
const (
	Dimension     Role = "dimension"
	TimeDimension Role = "time dimension"
	Measure       Role = "measure"
	Attribute     Role = "attribute"
)

// Codelist are the values that a coded component has.
type Codelist struct {
	ID    string
	Name  fault.Text
	Codes []Code
}

// Code is one of them. Its id has letters, digits, _ @ $ and - only.
type Code struct {
	ID   string
	Name fault.Text
}

// Component is a column of SDMX-CSV.
type Component struct {
	ID   string
	Name fault.Text
	Role Role
	// Columns are those of the table that it is made of.
	Columns []string
	// Value makes it of their cells, in this order; the first that is given when nil.
	Value func(cells []Cell) string
	// Codes are its values; any when nil.
	Codes *Codelist
	// Type is what its values are when they are not coded; texts by default.
	Type Kind
}

// Structure is a data structure definition and the dataflow of the same name: what rows of
// one kind are in SDMX.
type Structure struct {
	ID         string
	Name       fault.Text
	Components []Component
}

const (
	// sdmxAgency maintains the structures, in their version sdmxVersion. A component that is
	// renamed, or means something else, needs another.
	sdmxAgency  = "TRACKER"
	sdmxVersion = "1.0.0"
)

// sdmxWriter writes SDMX-CSV 2.0: the structure and the action in the first three columns,
// then the components by their ids. Rows are for information (I): they ask nobody to store
// or delete anything. Texts are as they are, without the mark that keeps a spreadsheet from
// taking them for formulas, since programs compare them with codes.
type sdmxWriter struct {
	to         *csv.Writer
	components []Component
	at         [][]int // of the columns of each component
	record     []string
	cells      []Cell
}

var errNoStructure = errors.New("SDMX-CSV needs a structure")

func newSDMX(w io.Writer, columns []Column, s *Structure) (*sdmxWriter, error) {
	if s == nil {
		return nil, errNoStructure
	}
	x := &sdmxWriter{to: csv.NewWriter(w), components: s.Components, record: []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}}
	x.to.UseCRLF = true
	for _, c := range s.Components {
		var at []int
		for _, name := range c.Columns {
			i := slices.IndexFunc(columns, func(column Column) bool { return column.Name == name })
			if i < 0 {
				return nil, fmt.Errorf("%s of %s: there is no column %s", c.ID, s.ID, name)
			}
			at = append(at, i)
		}
		x.at, x.record = append(x.at, at), append(x.record, c.ID)
	}
	if err := x.to.Write(x.record); err != nil {
		return nil, err
	}
	copy(x.record, []string{"dataflow", s.reference(), "I"})
	return x, nil
}

func (s *Structure) reference() string { return sdmxAgency + ":" + s.ID + "(" + sdmxVersion + ")" }

// Row implements Writer.
func (x *sdmxWriter) Row(cells []Cell) error {
	const before = 3
	for i, c := range x.components {
		x.cells = x.cells[:0]
		for _, at := range x.at[i] {
			x.cells = append(x.cells, cells[at])
		}
		if c.Value != nil {
			x.record[before+i] = c.Value(x.cells)
		} else {
			x.record[before+i] = firstOf(x.cells)
		}
	}
	return x.to.Write(x.record)
}

func firstOf(cells []Cell) string {
	for _, c := range cells {
		if c.Given {
			return c.Text
		}
	}
	return ""
}

// Close implements Writer.
func (x *sdmxWriter) Close() error {
	x.to.Flush()
	return x.to.Error()
}
