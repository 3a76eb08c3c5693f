// Package demo holds the data that an empty database is filled with for a
// trial: two plans written for this software, one of a year after public facts
// and one of five years that is invented, what an official would settle of their
// indicators, and invented reports. Some indicators run ahead, some fall behind,
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

// The codes the plans are imported under; the data names indicators by them.
const (
	PlanCode     = "qingzhou-2023"
	FiveYearCode = "donghe-2021-2025"
)

var (
	//go:embed plan.txt
	planText string
	//go:embed year.txt
	yearScript string
	//go:embed five.txt
	fiveYearText string
	//go:embed settings.csv
	settingsCSV string
	//go:embed byhand.csv
	byHandCSV string
	//go:embed measurements.csv
	measurementsCSV string
	//go:embed retractions.csv
	retractionsCSV string
)

// Plan is one of the example plans with all that belongs to it.
type Plan struct {
	Code        string
	Text        []byte
	Settings    []Setting
	ByHand      []indicator.Indicator   // what a person adds, for the text cannot be read as such
	Reports     []indicator.Measurement // in the order they were sent
	Retractions map[string]string       // source_id to the reason why the report was taken back
}

// Setting is what an official has settled of an indicator, and why.
type Setting struct {
	Indicator string
	Why       string
	apply     []func(*indicator.Indicator) error
}

// Apply writes what was settled over a record.
func (s Setting) Apply(in *indicator.Indicator) error {
	for _, set := range s.apply {
		if err := set(in); err != nil {
			return fmt.Errorf("%s: %w", s.Indicator, err)
		}
	}
	return nil
}

// Plans are the example plans. An error means that the program was built with
// broken data.
func Plans() ([]Plan, error) {
	plans := []Plan{{Code: PlanCode, Text: PlanText()}, {Code: FiveYearCode, Text: []byte(fiveYearText)}}
	settings, err := readSettings(strings.NewReader(settingsCSV))
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	byHand, err := readByHand(strings.NewReader(byHandCSV))
	if err != nil {
		return nil, fmt.Errorf("by hand: %w", err)
	}
	reports, err := readMeasurements(strings.NewReader(measurementsCSV))
	if err != nil {
		return nil, fmt.Errorf("measurements: %w", err)
	}
	retractions, err := readTable(strings.NewReader(retractionsCSV), []string{"source_id", "reason"})
	if err != nil {
		return nil, fmt.Errorf("retractions: %w", err)
	}
	for i := range plans {
		p := &plans[i]
		own := func(code string) bool { return strings.HasPrefix(code, p.Code+"-") }
		p.Settings = slices.DeleteFunc(slices.Clone(settings), func(s Setting) bool { return !own(s.Indicator) })
		p.ByHand = slices.DeleteFunc(slices.Clone(byHand), func(in indicator.Indicator) bool { return !own(in.Code) })
		for k := range p.ByHand {
			p.ByHand[k].Plan = p.Code
		}
		p.Reports = slices.DeleteFunc(slices.Clone(reports), func(m indicator.Measurement) bool { return !own(m.Indicator) })
		p.Retractions = map[string]string{}
		for _, row := range retractions {
			if slices.ContainsFunc(p.Reports, func(m indicator.Measurement) bool { return m.SourceID == row[0] }) {
				p.Retractions[row[0]] = row[1]
			}
		}
	}
	return plans, nil
}

// PlanText is the plan of one year as a UTF-8 text file without a byte-order
// mark: 85 tasks in 12 sections, for the term 2023. The caller owns the bytes.
func PlanText() []byte { return []byte(planText) }

// Year is what officials did about the plan of one year, as a script: see testdata/loop/README.md.
func Year() string { return yearScript }

// Measurements are the reports of the plan of one year in the order they were
// sent, which is the order to record them in: a later report of the same
// indicator, period and basis is a correction. ID, Revision and RecordedAt are
// left for the store to give. The slice is new on each call.
func Measurements() ([]indicator.Measurement, error) {
	plans, err := Plans()
	if err != nil {
		return nil, err
	}
	return plans[0].Reports, nil
}

// readTable reads a table with a heading; the error names the line.
func readTable(r io.Reader, columns []string) ([][]string, error) {
	rows := csv.NewReader(r)
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	if !slices.Equal(head, columns) {
		return nil, fmt.Errorf("the header is %q, not %q", head, columns)
	}
	var all [][]string
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
}

func readMeasurements(r io.Reader) ([]indicator.Measurement, error) {
	rows, err := readTable(r, []string{"indicator", "period", "basis", "value", "unit", "source_id", "note"})
	if err != nil {
		return nil, err
	}
	var all []indicator.Measurement
	for i, row := range rows {
		m, err := measurementOf(row)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// measurementOf reads a row of as many fields as there are columns. A share is
// written as its two figures: 2/11. No unit means that of the indicator.
func measurementOf(row []string) (indicator.Measurement, error) {
	m := indicator.Measurement{Indicator: row[0], SourceID: row[5], Note: row[6]}
	var err error
	if m.Period, err = indicator.ParsePeriod(row[1]); err != nil {
		return m, fault.At(err, "/period")
	}
	if m.Basis, err = indicator.ParseWord(row[2], indicator.Bases); err != nil {
		return m, fault.At(err, "/basis")
	}
	over, under, isShare := strings.Cut(row[3], "/")
	if row[4] != "" || isShare {
		if m.Unit, err = quantity.ParseUnit(row[4]); err != nil {
			return m, fault.At(err, "/unit")
		}
	}
	if !isShare {
		m.Value, err = quantity.ParseNumber(row[3])
		return m, fault.At(err, "/value")
	}
	m.Share = &indicator.Share{}
	if m.Share.Numerator, err = quantity.ParseNumber(over); err != nil {
		return m, fault.At(err, "/numerator")
	}
	if m.Share.Denominator, err = quantity.ParseNumber(under); err != nil || m.Share.Denominator.Sign() <= 0 {
		return m, fault.Newf(fault.InvalidNumber, "分母“%s”不是大于 0 的数", "the denominator %q is no number above 0", under).At("/denominator")
	}
	m.Value = m.Share.Rounded(m.Unit)
	return m, nil
}
