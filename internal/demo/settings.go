package demo

import (
	"fmt"
	"io"
	"strings"

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
		for pair := range strings.FieldsSeq(row[1]) {
			field, value, _ := strings.Cut(pair, "=")
			set, err := setterOf(field, value)
			if err != nil {
				return nil, fmt.Errorf("line %d: %s: %w", i+2, field, err)
			}
			s.apply = append(s.apply, set)
		}
		all = append(all, s)
	}
	return all, nil
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
		curve, err := curveOf(value)
		return func(in *indicator.Indicator) error { in.Curve = curve; return nil }, err
	}
	return nil, fmt.Errorf("no such field")
}

// curveOf reads 2023-06-30=48,2023-09-30=48.
func curveOf(s string) ([]indicator.CurvePoint, error) {
	var curve []indicator.CurvePoint
	for point := range strings.SplitSeq(s, ",") {
		day, percent, _ := strings.Cut(point, "=")
		on, err := indicator.ParseDate(day)
		if err != nil {
			return nil, err
		}
		n, err := quantity.ParseNumber(percent)
		if err != nil {
			return nil, err
		}
		curve = append(curve, indicator.CurvePoint{On: on, Percent: n})
	}
	return curve, nil
}
