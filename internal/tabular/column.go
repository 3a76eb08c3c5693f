package tabular

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Kind is what the cells of a column hold.
type Kind string

// The kinds. Decimals are digits with a point and a minus; dates are 2023-09-30; moments
// are RFC 3339 in UTC; flags are true or false.
const (
	Text    Kind = "text"
	Decimal Kind = "decimal"
	Integer Kind = "integer"
	Date    Kind = "date"
	Moment  Kind = "moment"
	Flag    Kind = "flag"
)

// Column is one column of a table.
type Column struct {
	// Name is that of the field in JSON; of a field of an object, the object's name, an
	// underscore and its own.
	Name    string
	Heading fault.Text
	Kind    Kind
	// Scale is how many digits after the point a decimal has in Parquet, and is shown with
	// in a sheet where they are few.
	Scale int
	// Field is the field of the row that the column is, or is part of.
	Field string
	// Codes is the type of the codes that the cells hold, as the tag x-words names it; "" where
	// they hold none, or the heading says that it is codes that they hold.
	Codes string
	// Optional says that JSON leaves the field out where nobody asked for it (omitempty).
	Optional bool
}

// Cell is the text of a value as JSON has it, without quotes. The zero Cell is null.
type Cell struct {
	Text  string
	Given bool
}

// listSeparator stands between the texts of a list.
const listSeparator = "、"

// valueScale is the scale of decimals whose field names none.
const valueScale = 10

// Table are the columns of a type of row, and the way to its cells.
type Table struct {
	Columns []Column
	steps   []step
}

// step leads from a row to one of its cells.
type step struct {
	path []int
	read func(reflect.Value) Cell
}

var tables sync.Map // of *Table, by the type of row

// Of returns the columns of a row. T is a struct whose fields have a name in JSON and a
// Chinese heading in the tag zh; the headings of what an object consists of follow that of
// the object. A decimal has the tag swaggertype:"number", a date format:"date", a moment
// format:"date-time". Fields of an embedded struct are those of the row. The texts of a list
// are joined by 、. A list of objects is left out, unless the tag join says how to write one
// of them, as in join:"{namespace}:{code}".
//
// It panics for a type that is none of this: that is a mistake in the program.
func Of[T any]() *Table { return of(reflect.TypeFor[T]()) }

func of(row reflect.Type) *Table {
	if found, ok := tables.Load(row); ok {
		return found.(*Table)
	}
	t := &Table{}
	t.add(row, nil, Column{})
	found, _ := tables.LoadOrStore(row, t)
	return found.(*Table)
}

// add takes up the fields of a struct that stands at a path, in an object whose name and
// heading precede those of its fields.
func (t *Table) add(object reflect.Type, path []int, in Column) {
	for i := range object.NumField() {
		f := object.Field(i)
		at := append(append([]int(nil), path...), i)
		if f.Anonymous {
			t.add(f.Type, at, in)
			continue
		}
		name, how, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic(fmt.Sprintf("tabular: %s.%s has no name in JSON", object, f.Name))
		}
		c := Column{Name: name, Heading: fault.Text{ZH: f.Tag.Get("zh")}, Scale: valueScale, Field: name, Optional: how == "omitempty"}
		if in.Name != "" {
			c.Name, c.Heading.ZH, c.Field, c.Optional = in.Name+"_"+name, in.Heading.ZH+c.Heading.ZH, in.Field, in.Optional
		}
		if _, ok := f.Tag.Lookup("zh"); !ok {
			panic(fmt.Sprintf("tabular: %s.%s has no Chinese heading", object, f.Name))
		}
		c.Heading.EN = english(c.Name)
		if !strings.HasSuffix(c.Heading.ZH, "代码") {
			c.Codes = codesOf(f.Tag)
		}
		if s := f.Tag.Get("scale"); s != "" {
			c.Scale, _ = strconv.Atoi(s)
		}
		t.addField(f, at, c)
	}
}

// codesOf is the type of the codes of a field, "" where it has none.
func codesOf(tag reflect.StructTag) string {
	for extension := range strings.SplitSeq(tag.Get("extensions"), ",") {
		if codes, ok := strings.CutPrefix(extension, "x-words="); ok {
			return codes
		}
	}
	return ""
}

func (t *Table) addField(f reflect.StructField, at []int, c Column) {
	kind := f.Type
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	if kind.Kind() == reflect.Struct {
		t.add(kind, at, c)
		return
	}
	read := readerOf(kind, f)
	if read == nil {
		return
	}
	c.Kind = kindOf(kind, f.Tag)
	t.Columns = append(t.Columns, c)
	t.steps = append(t.steps, step{path: at, read: read})
}

func kindOf(kind reflect.Type, tag reflect.StructTag) Kind {
	switch {
	case kind.Kind() == reflect.Bool:
		return Flag
	case kind.Kind() == reflect.Int, kind.Kind() == reflect.Int64:
		return Integer
	case kind.Kind() != reflect.String:
		return Text
	case tag.Get("swaggertype") == "number":
		return Decimal
	case tag.Get("format") == "date":
		return Date
	case tag.Get("format") == "date-time":
		return Moment
	}
	return Text
}

// readerOf returns how a value is read, nil for one that has no cell.
func readerOf(kind reflect.Type, f reflect.StructField) func(reflect.Value) Cell {
	switch kind.Kind() {
	case reflect.String:
		return func(v reflect.Value) Cell { return Cell{v.String(), true} }
	case reflect.Bool:
		return func(v reflect.Value) Cell {
			if v.Bool() {
				return Cell{"true", true}
			}
			return Cell{"false", true}
		}
	case reflect.Int, reflect.Int64:
		return func(v reflect.Value) Cell { return Cell{strconv.FormatInt(v.Int(), 10), true} }
	case reflect.Slice:
		return listReader(kind.Elem(), f)
	}
	panic(fmt.Sprintf("tabular: %s has a type that no cell can hold", f.Name))
}

func listReader(element reflect.Type, f reflect.StructField) func(reflect.Value) Cell {
	write := func(b *strings.Builder, v reflect.Value) { b.WriteString(v.String()) }
	if element.Kind() == reflect.Struct {
		form := f.Tag.Get("join")
		if form == "" {
			return nil
		}
		write = joinerOf(element, form)
	}
	return func(v reflect.Value) Cell {
		var b strings.Builder
		for i := range v.Len() {
			if i > 0 {
				b.WriteString(listSeparator)
			}
			write(&b, v.Index(i))
		}
		return Cell{b.String(), true}
	}
}

// joinerOf reads a form such as {namespace}:{code}.
func joinerOf(element reflect.Type, form string) func(*strings.Builder, reflect.Value) {
	fields := make(map[string]int)
	parts := of(element)
	for i, c := range parts.Columns {
		fields[c.Name] = i
	}
	type piece struct {
		before string
		field  int
	}
	var pieces []piece
	for form != "" {
		before, rest, more := strings.Cut(form, "{")
		if !more {
			pieces = append(pieces, piece{before, -1})
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		i, ok := fields[name]
		if !ok {
			panic(fmt.Sprintf("tabular: %s has no field %q", element, name))
		}
		pieces = append(pieces, piece{before, i})
		form = after
	}
	return func(b *strings.Builder, v reflect.Value) {
		for _, p := range pieces {
			b.WriteString(p.before)
			if p.field >= 0 {
				b.WriteString(parts.steps[p.field].cell(v).Text)
			}
		}
	}
}

// english is the English heading of a column.
func english(name string) string {
	words := strings.ReplaceAll(name, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

func (s step) cell(v reflect.Value) Cell {
	for _, i := range s.path {
		v = v.Field(i)
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return Cell{}
			}
			v = v.Elem()
		}
	}
	return s.read(v)
}

// Chosen returns the table with the columns of some fields, in their order here. Without any
// named it has all but the optional ones, and of these those that are asked for.
func (t *Table) Chosen(fields, optional []string) *Table {
	some := &Table{}
	for i, c := range t.Columns {
		if len(fields) > 0 && !slices.Contains(fields, c.Field) ||
			len(fields) == 0 && c.Optional && !slices.Contains(optional, c.Field) {
			continue
		}
		some.Columns, some.steps = append(some.Columns, c), append(some.steps, t.steps[i])
	}
	return some
}

// cells appends those of a row, a pointer to the struct.
func (t *Table) cells(to []Cell, row any) []Cell {
	v := reflect.ValueOf(row).Elem()
	for _, s := range t.steps {
		to = append(to, s.cell(v))
	}
	return to
}
