// Package demo holds the data that an empty database is filled with for a
// trial: a plan written for this software after public facts, and a year of
// invented reports against it. Some indicators run ahead, some fall behind,
// some stop reporting and some never start, so that every status is met.
package demo

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// PlanCode is the code the plan is imported under; Measurements names its
// indicators by it.
const PlanCode = "qingzhou-2023"

//go:embed plan.txt
var planText string

//go:embed measurements.csv
var measurementsCSV string

var columns = []string{"indicator", "period", "basis", "value", "unit", "source_id", "note"}

// PlanText is the plan as a UTF-8 text file without a byte-order mark: 85
// tasks in 12 sections, for the term 2023. The caller owns the bytes.
func PlanText() []byte { return []byte(planText) }

// Measurements are the reports of 2023 in the order they were sent, which is
// the order to record them in: a later report of the same indicator, period
// and basis is a correction. ID, Revision and RecordedAt are left for the
// store to give. The slice is new on each call. An error means that the
// program was built with broken data.
func Measurements() ([]indicator.Measurement, error) {
	return readMeasurements(strings.NewReader(measurementsCSV))
}

func readMeasurements(r io.Reader) ([]indicator.Measurement, error) {
	rows := csv.NewReader(r)
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	if !slices.Equal(head, columns) {
		return nil, fmt.Errorf("the header is %q, not %q", head, columns)
	}
	var all []indicator.Measurement
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		m, err := measurementOf(row)
		if err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		all = append(all, m)
	}
}

// measurementOf reads a row of as many fields as there are columns.
func measurementOf(row []string) (indicator.Measurement, error) {
	m := indicator.Measurement{Indicator: row[0], SourceID: row[5], Note: row[6]}
	var err error
	if m.Period, err = indicator.ParsePeriod(row[1]); err != nil {
		return m, fault.At(err, "/period")
	}
	if m.Basis, err = indicator.ParseWord(row[2], indicator.Bases); err != nil {
		return m, fault.At(err, "/basis")
	}
	if m.Value, err = quantity.ParseNumber(row[3]); err != nil {
		return m, fault.At(err, "/value")
	}
	if m.Unit, err = quantity.ParseUnit(row[4]); err != nil {
		return m, fault.At(err, "/unit")
	}
	return m, nil
}
