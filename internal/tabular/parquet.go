package tabular

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/parquet-go/parquet-go"
)

const (
	// groupRows is how many rows a row group has, which is what is held until it is written.
	groupRows = 20_000
	// batchRows is how many rows are handed on together.
	batchRows = 64
	// precision is the most that a DECIMAL of 16 bytes holds with every digit.
	precision    = 38
	decimalBytes = 16
)

// BeyondDecimal is the column that a Parquet file has last: null, or an object of the
// decimals of the row that do not fit into their columns, by the names of these, with all
// their digits. They are null where they belong.
const BeyondDecimal = "beyond_decimal"

// parquetWriter writes columns that may all be null: texts, DECIMAL(38, the column's scale),
// INT64, DATE, TIMESTAMP of microseconds in UTC, BOOLEAN.
type parquetWriter struct {
	to      *parquet.GenericWriter[any]
	columns []Column
	rows    []parquet.Row
	fitter  fitter
}

// inOrder is a group whose fields keep the order they are given in, which that of the
// library does not.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (g inOrder) Fields() []parquet.Field { return g.fields }

func newParquet(w io.Writer, columns []Column, o Options) (*parquetWriter, error) {
	group := parquet.Group{BeyondDecimal: parquet.Optional(parquet.String())}
	for _, c := range columns {
		if _, twice := group[c.Name]; twice {
			return nil, fmt.Errorf("two columns are called %s", c.Name)
		}
		group[c.Name] = parquet.Optional(nodeOf(c))
	}
	byName := make(map[string]parquet.Field, len(group))
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	ordered := inOrder{Group: group}
	for _, c := range columns {
		ordered.fields = append(ordered.fields, byName[c.Name])
	}
	ordered.fields = append(ordered.fields, byName[BeyondDecimal])
	options := []parquet.WriterOption{
		parquet.NewSchema("rows", ordered), parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(groupRows),
		parquet.CreatedBy(o.About.Program, "", ""),
		parquet.KeyValueMetadata("title", o.About.Title.EN), parquet.KeyValueMetadata("on", o.About.On),
		parquet.KeyValueMetadata("as_of", o.About.AsOf), parquet.KeyValueMetadata("profile_version", o.About.Profile),
	}
	for _, pair := range o.About.Selection {
		options = append(options, parquet.KeyValueMetadata("selection."+pair[0], pair[1]))
	}
	return &parquetWriter{to: parquet.NewGenericWriter[any](w, options...), columns: columns}, nil
}

func nodeOf(c Column) parquet.Node {
	switch c.Kind {
	case Decimal:
		return parquet.Decimal(c.Scale, precision, parquet.FixedLenByteArrayType(decimalBytes))
	case Integer:
		return parquet.Int(64)
	case Date:
		return parquet.Date()
	case Moment:
		return parquet.Timestamp(parquet.Microsecond)
	case Flag:
		return parquet.Leaf(parquet.BooleanType)
	case Text:
	}
	return parquet.String()
}

// Row implements Writer.
func (p *parquetWriter) Row(cells []Cell) error {
	row := make(parquet.Row, 0, len(cells)+1)
	var beyond map[string]string
	for i, cell := range cells {
		c := p.columns[i]
		value, fits, err := p.value(c, cell)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		if !fits {
			if beyond == nil {
				beyond = make(map[string]string)
			}
			beyond[c.Name] = cell.Text
		}
		row = append(row, leveled(value, i))
	}
	last := parquet.NullValue()
	if beyond != nil {
		object, err := json.Marshal(beyond, json.Deterministic(true))
		if err != nil {
			return err
		}
		last = parquet.ByteArrayValue(object)
	}
	row = append(row, leveled(last, len(cells)))
	p.rows = append(p.rows, row)
	if len(p.rows) < batchRows {
		return nil
	}
	return p.flush()
}

func (p *parquetWriter) flush() error {
	_, err := p.to.WriteRows(p.rows)
	p.rows = p.rows[:0]
	return err
}

// leveled puts a value into a column; null is a level below what is there.
func leveled(v parquet.Value, column int) parquet.Value {
	if v.IsNull() {
		return v.Level(0, 0, column)
	}
	return v.Level(0, 1, column)
}

// value is a cell as Parquet has it; a decimal that does not fit is null.
func (p *parquetWriter) value(c Column, cell Cell) (value parquet.Value, fits bool, err error) {
	if !cell.Given {
		return parquet.NullValue(), true, nil
	}
	switch c.Kind {
	case Decimal:
		bytes, ok := p.fitter.decimal(cell.Text, c.Scale)
		if !ok {
			return parquet.NullValue(), false, nil
		}
		return parquet.FixedLenByteArrayValue(bytes), true, nil
	case Integer:
		n, err := strconv.ParseInt(cell.Text, 10, 64)
		return parquet.Int64Value(n), true, err
	case Date:
		day, err := time.Parse(time.DateOnly, cell.Text)
		return parquet.Int32Value(int32(day.Unix() / (24 * 60 * 60))), true, err //nolint:gosec // four digits of a year are within 32 bits of days
	case Moment:
		at, err := time.Parse(time.RFC3339Nano, cell.Text)
		return parquet.Int64Value(at.UnixMicro()), true, err
	case Flag:
		return parquet.BooleanValue(cell.Text == "true"), true, nil
	case Text:
	}
	return parquet.ByteArrayValue([]byte(cell.Text)), true, nil
}

// Close implements Writer.
func (p *parquetWriter) Close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.to.Close()
}

// fitter makes whole numbers of decimals.
type fitter struct{ n big.Int }

var bits = new(big.Int).Lsh(big.NewInt(1), 8*decimalBytes)

// decimal is a number times ten to the power of a scale, in two's complement. It reports
// false when digits would be lost: those after the point beyond the scale, unless they are
// zeros, or those of a number that is too large.
func (f *fitter) decimal(number string, scale int) ([]byte, bool) {
	digits, negative := strings.CutPrefix(number, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(fraction) > scale {
		if strings.Trim(fraction[scale:], "0") != "" {
			return nil, false
		}
		fraction = fraction[:scale]
	}
	digits = strings.TrimLeft(whole+fraction+strings.Repeat("0", scale-len(fraction)), "0")
	if len(digits) > precision {
		return nil, false
	}
	if digits == "" {
		digits = "0"
	}
	if _, ok := f.n.SetString(digits, 10); !ok {
		return nil, false
	}
	if negative && f.n.Sign() != 0 {
		f.n.Sub(bits, &f.n)
	}
	return f.n.FillBytes(make([]byte, decimalBytes)), true
}
