package database

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Day is a date column: text in SQLite, date in PostgreSQL, NULL for no date.
type Day struct{ indicator.Date }

// Value implements driver.Valuer.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil // the driver's word for NULL
	}
	return d.String(), nil
}

// Scan implements sql.Scanner.
func (d *Day) Scan(src any) (err error) {
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

// MomentLayout has a fixed width, so that text sorts as time does.
const MomentLayout = "2006-01-02T15:04:05.000000Z"

// Moment is a point in time in UTC, to the microsecond, which is what both
// engines keep: text in SQLite, timestamptz in PostgreSQL.
type Moment struct{ time.Time }

// MomentOf is a time as the database keeps it.
func MomentOf(t time.Time) Moment { return Moment{t.UTC().Truncate(time.Microsecond)} }

// Value implements driver.Valuer.
func (m Moment) Value() (driver.Value, error) {
	return m.UTC().Format(MomentLayout), nil
}

// Scan implements sql.Scanner.
func (m *Moment) Scan(src any) (err error) {
	switch v := src.(type) {
	case time.Time:
		m.Time = v.UTC()
	case string:
		m.Time, err = time.Parse(MomentLayout, v)
	default:
		err = fmt.Errorf("a column of moments holds %T", src)
	}
	return err
}

// MomentOrNull keeps the zero time as NULL; OrZero is its inverse.
func MomentOrNull(t time.Time) *Moment {
	if t.IsZero() {
		return nil
	}
	m := MomentOf(t)
	return &m
}

// OrZero is the time of a moment, the zero time of none.
func (m *Moment) OrZero() time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.Time
}

// Decimal is an exact number, kept digit for digit: text in SQLite, where a
// numeric column would become a float, numeric in PostgreSQL.
type Decimal struct{ quantity.Number }

// DecimalOf is a number as a column, NULL for none; OrNil is its inverse.
func DecimalOf(n *quantity.Number) *Decimal {
	if n == nil {
		return nil
	}
	return &Decimal{*n}
}

// OrNil is the inverse of decimalOf.
func (d *Decimal) OrNil() *quantity.Number {
	if d == nil {
		return nil
	}
	return &d.Number
}

// Value implements driver.Valuer.
func (d Decimal) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements sql.Scanner.
func (d *Decimal) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a column of decimals holds %T", src)
	}
	d.Number, err = quantity.ParseNumber(text)
	return err
}

// Unit is a unit as it was written, empty for none.
type Unit struct{ quantity.Unit }

// Value implements driver.Valuer.
func (u Unit) Value() (driver.Value, error) { return u.String(), nil }

// Scan implements sql.Scanner.
func (u *Unit) Scan(src any) (err error) {
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

// Period is a reporting period in its text form.
type Period struct{ indicator.Period }

// Value implements driver.Valuer.
func (p Period) Value() (driver.Value, error) { return p.String(), nil }

// Scan implements sql.Scanner.
func (p *Period) Scan(src any) (err error) {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a column of periods holds %T", src)
	}
	p.Period, err = indicator.ParsePeriod(text)
	return err
}

// TextOf is the text of a column of JSON, as either engine gives it.
func TextOf(src any, what string) ([]byte, error) {
	switch v := src.(type) {
	case string:
		return []byte(v), nil
	case []byte:
		return v, nil
	}
	return nil, fmt.Errorf("a column of %s holds %T", what, src)
}
