package demo

import (
	"fmt"
	"io"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// readSettings reads a table of what was settled: field=value, with blanks
// between them.
func readSettings(r io.Reader) ([]Setting, error) {
	rows, err := readTable(r, []string{"indicator", "settings", "why"})
	if err != nil {
		return nil, err
	}
	var all []Setting
	for i, row := range rows {
		s := Setting{Indicator: row[0], Why: row[2]}
		if s.apply, err = settersOf(row[1]); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		all = append(all, s)
	}
	return all, nil
}

func settersOf(pairs string) ([]func(*indicator.Indicator) error, error) {
	var all []func(*indicator.Indicator) error
	for pair := range strings.FieldsSeq(pairs) {
		field, value, _ := strings.Cut(pair, "=")
		set, err := setterOf(field, value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field, err)
		}
		all = append(all, set)
	}
	return all, nil
}

// readByHand reads a table of indicators that a person adds.
func readByHand(r io.Reader) ([]indicator.Indicator, error) {
	rows, err := readTable(r, []string{"indicator", "task", "name", "kind", "comparator", "value", "value_high", "unit", "settings", "why"})
	if err != nil {
		return nil, err
	}
	var all []indicator.Indicator
	for i, row := range rows {
		in, err := byHandOf(row)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		all = append(all, in)
	}
	return all, nil
}

func byHandOf(row []string) (indicator.Indicator, error) {
	in := indicator.Indicator{Code: row[0], Task: row[1], Name: row[2]}
	var err error
	if in.Kind, err = indicator.ParseWord(row[3], indicator.Kinds); err != nil {
		return in, fault.At(err, "/kind")
	}
	if in.Target.Comparator, err = indicator.ParseWord(row[4], indicator.Comparators); err != nil {
		return in, fault.At(err, "/comparator")
	}
	if in.Target.Value, err = quantity.ParseNumber(row[5]); err != nil {
		return in, fault.At(err, "/value")
	}
	if row[6] != "" {
		high, err := quantity.ParseNumber(row[6])
		if err != nil {
			return in, fault.At(err, "/value_high")
		}
		in.Target.ValueHigh = &high
	}
	if row[7] != "" { // an index has none
		if in.Target.Unit, err = quantity.ParseUnit(row[7]); err != nil {
			return in, fault.At(err, "/unit")
		}
	}
	setters, err := settersOf(row[8])
	if err != nil {
		return in, err
	}
	return in, Setting{Indicator: in.Code, apply: setters}.Apply(&in)
}

// setterOf reads one field that a person settles.
func setterOf(field, value string) (func(*indicator.Indicator) error, error) {
	switch field {
	case "kind":
		kind, err := indicator.ParseWord(value, indicator.Kinds)
		return func(in *indicator.Indicator) error { in.Kind = kind; return nil }, err
	case "frequency":
		frequency, err := indicator.ParseWord(value, indicator.Frequencies)
		return func(in *indicator.Indicator) error { in.Frequency = frequency; return nil }, err
	case "direction":
		direction, err := indicator.ParseWord(value, indicator.Directions)
		return func(in *indicator.Indicator) error {
			in.Direction, in.DirectionBy = direction, indicator.ByPerson
			return nil
		}, err
	case "course":
		course, err := indicator.ParseWord(value, indicator.Courses)
		return func(in *indicator.Indicator) error {
			in.Course, in.CourseBy = course, indicator.ByPerson
			return nil
		}, err
	case "default_basis":
		basis, err := indicator.ParseWord(value, indicator.Bases)
		return func(in *indicator.Indicator) error { in.DefaultBasis = basis; return nil }, err
	case "baseline":
		baseline, err := quantity.ParseNumber(value)
		return func(in *indicator.Indicator) error { in.Baseline = &baseline; return nil }, err
	case "starts_on":
		day, err := indicator.ParseDate(value)
		return func(in *indicator.Indicator) error { in.StartsOn = day; return nil }, err
	case "due_on":
		day, err := indicator.ParseDate(value)
		return func(in *indicator.Indicator) error { in.DueOn = day; return nil }, err
	case "curve":
		curve, err := indicator.ParseCurve(value)
		return func(in *indicator.Indicator) error { in.Curve = curve; return nil }, err
	}
	return nil, fmt.Errorf("no such field")
}
