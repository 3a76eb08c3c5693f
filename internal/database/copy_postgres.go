package database

import (
	"context"
	"encoding/binary"
	"io"
	"iter"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// copyChunk is how many bytes of rows are sent at a time: what fits a message of
// the driver.
const copyChunk = 60 << 10

// copyRows sends rows by COPY in PostgreSQL's binary format. Its values are written
// here, since the driver looks up how to write each value anew: that takes longer
// than all else it does for a row.
func copyRows(ctx context.Context, c *Conn, t *Table, rows iter.Seq[[]any]) error {
	names := make([]string, len(t.Columns))
	for i, col := range t.Columns {
		names[i] = col.Name
	}
	in, out := io.Pipe()
	written := make(chan error, 1)
	go func() { // rows are judged as they are asked for, so a panic here may be any row's
		err := fault.Guard(func() error { return writeRows(out, t, rows) })
		_ = out.CloseWithError(err)
		written <- err
	}()
	err := c.conn.Raw(func(driver any) error {
		query := "COPY " + t.Name + " (" + strings.Join(names, ", ") + ") FROM STDIN BINARY"
		_, err := driver.(*stdlib.Conn).Conn().PgConn().CopyFrom(ctx, in, query)
		return err
	})
	_ = in.Close() // the writer ends where the reader did
	if unmade := <-written; fault.Is(unmade, fault.Internal) {
		return unmade // the server only knows that the rows broke off
	}
	return err
}

// writeRows writes rows of a table as a file of the binary format.
func writeRows(out io.Writer, t *Table, rows iter.Seq[[]any]) (err error) {
	b := make([]byte, 0, copyChunk+4096)
	b = append(b, "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	for row := range rows {
		b = binary.BigEndian.AppendUint16(b, uint16(len(row))) //nolint:gosec // a table has few columns
		for i, v := range row {
			b = appendValue(b, t.Columns[i].Kind, v)
		}
		if len(b) >= copyChunk {
			if _, err = out.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err = out.Write(append(b, "\xff\xff"...))
	return err
}

// appendValue writes a value with its length before it, which is -1 for NULL.
func appendValue(b []byte, k kind, v any) []byte {
	if v == nil {
		return binary.BigEndian.AppendUint32(b, math.MaxUint32)
	}
	switch k {
	case Int64:
		return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), uint64(v.(int64))) //nolint:gosec // two's complement, as it is read
	case Int32:
		return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, 4), uint32(v.(int64))) //nolint:gosec // fits, by its kind
	case Timestamp:
		return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(b, 8), uint64(v.(time.Time).UnixMicro()-year2000)) //nolint:gosec // two's complement, as it is read
	case Numeric:
		return appendNumeric(b, v.(string))
	case Bytes:
		return append(binary.BigEndian.AppendUint32(b, uint32(len(v.([]byte)))), v.([]byte)...) //nolint:gosec // far shorter
	default:
		return append(binary.BigEndian.AppendUint32(b, uint32(len(v.(string)))), v.(string)...) //nolint:gosec // far shorter
	}
}

// year2000 is where PostgreSQL's microseconds begin.
const year2000 = 946_684_800_000_000

// appendNumeric writes plain digits as PostgreSQL keeps them, with the same digits
// after the point: in groups of four, counted from the point in both directions.
func appendNumeric(b []byte, digits string) []byte {
	const negative, group = 0x4000, 4
	digits, minus := strings.CutPrefix(digits, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	before, after := (len(whole)+group-1)/group, (len(fraction)+group-1)/group
	var sign uint16
	if minus {
		sign = negative
	}
	b = binary.BigEndian.AppendUint32(b, uint32(2*(4+before+after)))                                            //nolint:gosec // numbers have at most 40 digits
	for _, part := range [...]uint16{uint16(before + after), uint16(before - 1), sign, uint16(len(fraction))} { //nolint:gosec // as above
		b = binary.BigEndian.AppendUint16(b, part)
	}
	for i := range before {
		end := len(whole) - group*(before-1-i)
		b = binary.BigEndian.AppendUint16(b, groupOf(whole[max(0, end-group):end]))
	}
	for i := range after {
		part := fraction[group*i : min(len(fraction), group*(i+1))]
		value := groupOf(part)
		for range group - len(part) {
			value *= 10
		}
		b = binary.BigEndian.AppendUint16(b, value)
	}
	return b
}

// groupOf is the number that at most four digits say.
func groupOf(digits string) (n uint16) {
	for _, d := range []byte(digits) {
		n = 10*n + uint16(d-'0')
	}
	return n
}
