package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// row is an object of an answer, whose numbers keep their digits.
type row map[string]json.RawMessage

// nothing stands for what there is not.
const nothing = "—"

// text is a field as people read it.
func (r row) text(name string) string { return shown(r[name]) }

// object is a field that is an object; empty when it is none.
func (r row) object(name string) (inner row) {
	if json.Unmarshal(r[name], &inner) != nil {
		return nil
	}
	return inner
}

// shown is a JSON value as people read it: quantities with their unit, lists joined.
func shown(value json.RawMessage) string {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || string(value) == "null" {
		return nothing
	}
	switch value[0] {
	case '"':
		var s string
		if json.Unmarshal(value, &s) == nil {
			return clean(s)
		}
	case '[':
		var items []json.RawMessage
		if json.Unmarshal(value, &items) == nil {
			if len(items) == 0 {
				return nothing
			}
			words := make([]string, len(items))
			for i, item := range items {
				words[i] = shown(item)
			}
			return strings.Join(words, "、")
		}
	case '{':
		var quantity struct {
			Value json.Number
			Unit  *string
		}
		if json.Unmarshal(value, &quantity) == nil && quantity.Unit != nil && quantity.Value != "" {
			return strings.TrimSpace(quantity.Value.String() + " " + *quantity.Unit)
		}
	}
	return clean(string(value))
}

// clean keeps what a terminal would obey out of a table.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0:
			return -1
		}
		return r
	}, s)
}

// column is a column of a table of rows.
type column struct {
	heading string
	width   int // in columns of a terminal, which a Chinese character takes two of
	right   bool
	cell    func(row) string
}

// lines joins what stands in one cell, a line each.
func lines(texts ...string) string { return strings.Join(texts, "\n") }

// tableOf is a table of rows that is as wide as its columns at most.
func tableOf(columns []column, rows []row) string {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateRows = true
	t.Style().Format.Header = text.FormatDefault
	var header table.Row
	var configs []table.ColumnConfig
	for i, c := range columns {
		header = append(header, c.heading)
		config := table.ColumnConfig{Number: i + 1, WidthMax: c.width}
		if c.right {
			config.Align, config.AlignHeader = text.AlignRight, text.AlignRight
		}
		configs = append(configs, config)
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		var cells table.Row
		for _, c := range columns {
			cells = append(cells, c.cell(r))
		}
		t.AppendRow(cells)
	}
	return t.Render()
}

// tableWidth is how wide tables are at most.
const tableWidth = 100

// columnsOf are columns of the fields of rows, of one width each.
func columnsOf(fields []string, rows []row) []column {
	width := max(6, (tableWidth-1)/len(fields)-3)
	columns := make([]column, len(fields))
	for i, name := range fields {
		isNumber := slices.ContainsFunc(rows, func(r row) bool { return isDigits(r[name]) || isDigits(r.object(name)["value"]) })
		columns[i] = column{name, width, isNumber, func(r row) string { return r.text(name) }}
	}
	return columns
}

// isDigits says of a JSON value whether it is a number.
func isDigits(value json.RawMessage) bool {
	return len(value) > 0 && (value[0] == '-' || value[0] >= '0' && value[0] <= '9')
}

// leaf is a value within an object, by the names on the way to it.
type leaf struct{ path, value string }

// leavesOf are the values of an object in their order, those of objects within it by their
// names: target.value.
func leavesOf(object json.RawMessage, prefix string) (leaves []leaf, err error) {
	dec := json.NewDecoder(bytes.NewReader(object))
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return nil, fmt.Errorf("an object is expected: %w", err)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		path := prefix + fmt.Sprint(name)
		if value[0] != '{' {
			leaves = append(leaves, leaf{path, shown(value)})
			continue
		}
		inner, err := leavesOf(value, path+".")
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, inner...)
	}
	return leaves, nil
}
