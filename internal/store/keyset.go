package store

import (
	"strings"

	"gorm.io/gorm"
)

// sortColumn is an expression that rows are ordered by. Every row has a value of it.
type sortColumn struct {
	expr string
	down bool
}

// keyset is an order of rows by columns, the last of which no two rows share, so that the place of
// a row in it is the values that the row has of them.
type keyset []sortColumn

// order is the list of an ORDER BY.
func (k keyset) order() string {
	terms := make([]string, len(k))
	for i, c := range k {
		if terms[i] = c.expr; c.down {
			terms[i] += " DESC"
		}
	}
	return strings.Join(terms, ", ")
}

// after narrows a selection to the rows that follow the one with some values, one for each column.
func (k keyset) after(tx *gorm.DB, values []any) *gorm.DB {
	condition, args := k.following(values)
	return tx.Where(condition, args...)
}

// following is the condition of after: that the first column is beyond its value, or has it while
// the rest follow.
func (k keyset) following(values []any) (condition string, args []any) {
	c, value := k[0], values[0]
	beyond := c.expr + " > ?"
	if c.down {
		beyond = c.expr + " < ?"
	}
	if len(k) == 1 {
		return beyond, []any{value}
	}
	rest, more := k[1:].following(values[1:])
	return "(" + beyond + " OR (" + c.expr + " = ? AND " + rest + "))", append([]any{value, value}, more...)
}
