package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Reporters are agencies by whom reports are meant: by the ids of their names, and by the names
// themselves, which older reports have alone. The zero value is of everybody.
type Reporters struct {
	IDs   []int64
	Names []string
}

// conditions narrow a query of measurements m, with their reporters r and indicators i.
type conditions struct {
	sql  strings.Builder
	args []any
}

// and adds a condition, in which each ? stands for one of the arguments.
func (c *conditions) and(condition string, args ...any) {
	c.sql.WriteString(" AND ")
	for _, arg := range args {
		before, after, _ := strings.Cut(condition, "?")
		c.args = append(c.args, arg)
		c.sql.WriteString(before + "$" + strconv.Itoa(len(c.args)))
		condition = after
	}
	c.sql.WriteString(condition)
}

// anyOf adds that a column has one of some values; none are any.
func anyOf[V any](c *conditions, column string, values []V) {
	if len(values) == 0 {
		return
	}
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	c.and(column+" IN ("+marks(len(list))+")", list...)
}

// marks are so many marks for arguments.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// of adds what a selection asks for. The names of its agencies stand by reporters.
func (c *conditions) of(s indicator.MeasurementSelection, by Reporters) {
	if len(s.Agencies) > 0 {
		ids := make([]any, 0, len(by.IDs)+len(by.Names)+2)
		ids = append(ids, int64(-1)) // nobody's, so that no list is empty
		for _, id := range by.IDs {
			ids = append(ids, id)
		}
		known := "r.agency_id IN (" + marks(len(ids)) + ")"
		for _, name := range by.Names {
			ids = append(ids, name)
		}
		if len(by.Names) > 0 {
			known += " OR r.agency_id = 0 AND r.agency IN (" + marks(len(by.Names)) + ")"
		}
		c.and("("+known+")", ids...)
	}
	if !s.PeriodFrom.IsZero() || !s.PeriodTo.IsZero() {
		c.periods(s.PeriodFrom, s.PeriodTo)
	}
	if !s.RecordedFrom.IsZero() {
		c.and("m.recorded_at >= ?", database.MomentOf(s.RecordedFrom))
	}
	if !s.RecordedTo.IsZero() {
		c.and("m.recorded_at <= ?", database.MomentOf(s.RecordedTo))
	}
	if s.Revised != nil {
		c.and(negated(*s.Revised, "m.revision > 1"))
	}
	if s.Provisional != nil {
		c.and(negated(*s.Provisional, "m.observation_status = '"+indicator.StatusProvisional+"'"))
	}
	anyOf(c, "m.observation_status", s.Missing)
}

func negated(holds bool, condition string) string {
	if holds {
		return condition
	}
	return "NOT (" + condition + ")"
}

// periodForms are how periods of each length are told apart and ordered among themselves: by a
// whole number made of their digits, which sorts alike in every collation.
var periodForms = []struct {
	of           indicator.Frequency
	when, digits string
}{
	{indicator.Yearly, "length(m.period) = 4", "m.period"},
	{indicator.Daily, "length(m.period) = 10", "substr(m.period, 1, 4) || substr(m.period, 6, 2) || substr(m.period, 9, 2)"},
	{indicator.Weekly, "substr(m.period, 6, 1) = 'W'", "substr(m.period, 1, 4) || substr(m.period, 7, 2)"},
	{indicator.Quarterly, "substr(m.period, 6, 1) = 'Q'", "substr(m.period, 1, 4) || substr(m.period, 7, 1)"},
	{indicator.HalfYearly, "substr(m.period, 6, 1) = 'H'", "substr(m.period, 1, 4) || substr(m.period, 7, 1)"},
	{indicator.Monthly, "length(m.period) = 7", "substr(m.period, 1, 4) || substr(m.period, 6, 2)"},
}

// periods adds that a period lies within days, of which a zero one is no bound.
func (c *conditions) periods(from, to indicator.Date) {
	var condition strings.Builder
	var args []any
	condition.WriteString("CASE")
	for _, form := range periodForms {
		fmt.Fprintf(&condition, " WHEN %s THEN CAST(%s AS INTEGER) BETWEEN ? AND ?", form.when, form.digits)
		low, high := int64(0), int64(99999999)
		if !from.IsZero() {
			p := indicator.PeriodOf(form.of, from)
			if p.Start().Before(from) {
				p = indicator.PeriodOf(form.of, p.End().AddDays(1))
			}
			low = digitsOf(p)
		}
		if !to.IsZero() {
			p := indicator.PeriodOf(form.of, to)
			if p.End().After(to) {
				p = indicator.PeriodOf(form.of, p.Start().AddDays(-1))
			}
			high = digitsOf(p)
		}
		args = append(args, low, high)
	}
	condition.WriteString(" END")
	c.and(condition.String(), args...)
}

// digitsOf is the number that a period of one length is ordered by.
func digitsOf(p indicator.Period) int64 {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, p.String())
	n, _ := strconv.ParseInt(digits, 10, 64) // of a date, at most
	return n
}
