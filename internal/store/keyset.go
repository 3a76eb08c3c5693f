package store

import (
	"strings"

	"gorm.io/gorm"
)

// sortColumn is an expression that rows are ordered by. Rows without a value stand last, whichever
// way the others stand.
type sortColumn struct {
	expr     string
	down     bool
	nullable bool
}

// keyset is an order of rows by columns, the last of which no two rows share, so that the place of
// a row in it is the values that the row has of them.
type keyset []sortColumn

// order is the list of an ORDER BY.
func (k keyset) order() string {
	terms := make([]string, 0, len(k))
	for _, c := range k {
		if c.nullable {
			terms = append(terms, "("+c.expr+" IS NULL)")
		}
		if c.down {
			terms = append(terms, c.expr+" DESC")
		} else {
			terms = append(terms, c.expr)
		}
	}
	return strings.Join(terms, ", ")
}

// after narrows a selection to the rows that follow the one with some values, one for each column;
// nil is no value.
func (k keyset) after(tx *gorm.DB, values []any) *gorm.DB {
	condition, args := k.following(values)
	return tx.Where(condition, args...)
}

// following is the condition of after: that the first column is beyond its value, or has it while
// the rest follow.
func (k keyset) following(values []any) (condition string, args []any) {
	c, value := k[0], values[0]
	beyond, same := c.beyond(value)
	with := func(n int) (list []any) { // the value, where the condition has a mark for it
		if value == nil {
			return nil
		}
		for range n {
			list = append(list, value)
		}
		return list
	}
	if len(k) == 1 {
		return beyond, with(1)
	}
	rest, more := k[1:].following(values[1:])
	return "(" + beyond + " OR (" + same + " AND " + rest + "))", append(with(2), more...)
}

// beyond is the condition that a column stands after a value, and the one that it has it.
func (c sortColumn) beyond(value any) (beyond, same string) {
	if value == nil {
		return "1 = 0", c.expr + " IS NULL"
	}
	beyond, same = c.expr+" > ?", c.expr+" = ?"
	if c.down {
		beyond = c.expr + " < ?"
	}
	if c.nullable {
		beyond = "(" + beyond + " OR " + c.expr + " IS NULL)"
	}
	return beyond, same
}
