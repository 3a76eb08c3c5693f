package store

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// day is a date column: text in SQLite, date in PostgreSQL, NULL for no date.
type day struct{ indicator.Date }

// Value implements driver.Valuer.
func (d day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil // the driver's word for NULL
	}
	return d.String(), nil
}

// Scan implements sql.Scanner.
func (d *day) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		d.Date = indicator.Date{}
	case time.Time:
		d.Date = indicator.DateIn(v, time.UTC)
	case string:
		d.Date, err = indicator.ParseDate(v)
	default:
		err = fmt.Errorf("a date column holds %T", src)
	}
	return err
}

// momentLayout has a fixed width, so that text sorts as time does.
const momentLayout = "2006-01-02T15:04:05.000000Z"

// moment is a point in time in UTC, to the microsecond, which is what both
// engines keep: text in SQLite, timestamptz in PostgreSQL.
type moment struct{ time.Time }

func momentOf(t time.Time) moment { return moment{t.UTC().Truncate(time.Microsecond)} }

// Value implements driver.Valuer.
func (m moment) Value() (driver.Value, error) {
	return m.UTC().Format(momentLayout), nil
}

// Scan implements sql.Scanner.
func (m *moment) Scan(src any) (err error) {
	switch v := src.(type) {
	case time.Time:
		m.Time = v.UTC()
	case string:
		m.Time, err = time.Parse(momentLayout, v)
	default:
		err = fmt.Errorf("a column of moments holds %T", src)
	}
	return err
}

// momentOrNull keeps the zero time as NULL; OrZero is its inverse.
func momentOrNull(t time.Time) *moment {
	if t.IsZero() {
		return nil
	}
	m := momentOf(t)
	return &m
}

// OrZero is the time of a moment, the zero time of none.
func (m *moment) OrZero() time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.Time
}

// decimal is an exact number, kept digit for digit: text in SQLite, where a
// numeric column would become a float, numeric in PostgreSQL.
type decimal struct{ quantity.Number }

func decimalOf(n *quantity.Number) *decimal {
	if n == nil {
		return nil
	}
	return &decimal{*n}
}

// number is the inverse of decimalOf.
func (d *decimal) number() *quantity.Number {
	if d == nil {
		return nil
	}
	return &d.Number
}

// Value implements driver.Valuer.
func (d decimal) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements sql.Scanner.
func (d *decimal) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a column of decimals holds %T", src)
	}
	d.Number, err = quantity.ParseNumber(text)
	return err
}

// unit is a unit as it was written, empty for none.
type unit struct{ quantity.Unit }

// Value implements driver.Valuer.
func (u unit) Value() (driver.Value, error) { return u.String(), nil }

// Scan implements sql.Scanner.
func (u *unit) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a column of units holds %T", src)
	}
	if text == "" {
		u.Unit = quantity.Unit{}
		return nil
	}
	u.Unit, err = quantity.ParseUnit(text)
	return err
}

// period is a reporting period in its text form.
type period struct{ indicator.Period }

// Value implements driver.Valuer.
func (p period) Value() (driver.Value, error) { return p.String(), nil }

// Scan implements sql.Scanner.
func (p *period) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a column of periods holds %T", src)
	}
	p.Period, err = indicator.ParsePeriod(text)
	return err
}

// textOf is the text of a column of JSON, as either engine gives it.
func textOf(src any, what string) ([]byte, error) {
	switch v := src.(type) {
	case string:
		return []byte(v), nil
	case []byte:
		return v, nil
	}
	return nil, fmt.Errorf("a column of %s holds %T", what, src)
}
