package progress

import (
	"fmt"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// indicator reads KIND COMPARATOR TARGET FIRST..DUE and the options after it.
func (r *scriptReader) indicator(rest string) error {
	words := strings.Fields(rest)
	if r.open.in.Code != "" || len(words) < 4 {
		return fmt.Errorf("a case has one indicator: kind, comparator, target with its unit, first..due date")
	}
	in := indicator.Indicator{
		Code: "case", Name: r.open.name, Binding: indicator.Committed, Frequency: indicator.Monthly,
	}
	var err error
	if in.Kind, err = indicator.ParseWord(words[0], indicator.Kinds); err != nil {
		return err
	}
	if in.Target.Comparator, err = indicator.ParseWord(words[1], indicator.Comparators); err != nil {
		return err
	}
	if err = readTarget(&in.Target, words[2]); err != nil {
		return err
	}
	if err = readTerm(&in, words[3]); err != nil {
		return err
	}
	if err = readOptions(&in, words[4:]); err != nil {
		return err
	}
	if in.Direction == "" && in.Target.ValueHigh == nil && in.Target.Value.Sign() >= 0 {
		in.Direction, in.DirectionBy = indicator.Increase, indicator.ByText
	}
	in.Settle()
	r.open.in = in
	return in.Check()
}

// readTarget reads 221个, or 5..6% for a range.
func readTarget(target *indicator.Target, s string) error {
	low, high, isRange := strings.Cut(s, "..")
	if !isRange {
		var err error
		target.Value, target.Unit, err = amount(s)
		return err
	}
	n, u, err := amount(high)
	if err != nil {
		return err
	}
	target.ValueHigh, target.Unit = &n, u
	target.Value, err = quantity.ParseNumber(low)
	return err
}

func readTerm(in *indicator.Indicator, s string) error {
	first, due, _ := strings.Cut(s, "..")
	var err error
	if in.StartsOn, err = indicator.ParseDate(first); err != nil {
		return err
	}
	in.DueOn, err = indicator.ParseDate(due)
	in.TermEndsOn = in.DueOn
	return err
}

func readOptions(in *indicator.Indicator, words []string) error {
	for len(words) > 0 {
		switch words[0] {
		case "increase", "decrease", "within":
			in.Direction, in.DirectionBy, words = indicator.Direction(words[0]), indicator.ByText, words[1:]
			continue
		case "unsettled":
			in.Direction, in.DirectionBy, words = indicator.Increase, indicator.Assumed, words[1:]
			continue
		}
		if len(words) < 2 {
			return fmt.Errorf("%q is no option, or its value is missing", words[0])
		}
		if err := readOption(in, words[0], words[1]); err != nil {
			return err
		}
		words = words[2:]
	}
	return nil
}

func readOption(in *indicator.Indicator, option, value string) error {
	var err error
	switch option {
	case "baseline":
		var n quantity.Number
		n, err = quantity.ParseNumber(value)
		in.Baseline = &n
	case "every":
		in.Frequency, err = indicator.ParseWord(value, indicator.Frequencies)
	case "course":
		in.CourseBy = indicator.ByPerson
		in.Course, err = indicator.ParseWord(value, indicator.Courses)
	case "words":
		in.CourseBy = indicator.ByText
		in.Course, err = indicator.ParseWord(value, indicator.Courses)
	case "over":
		in.Over, err = indicator.ParseWord(value, indicator.Overs)
	case "each":
		in.Each, err = indicator.ParseWord(value, indicator.Everies)
	case "term":
		in.TermEndsOn, err = indicator.ParseDate(value)
	case "curve":
		in.Curve, err = indicator.ParseCurve(value)
	default:
		return fmt.Errorf("%q is no option of an indicator", option)
	}
	return err
}

func TestScriptErrorsNameTheLine(t *testing.T) {
	const good = "case 甲\nindicator increment ge 221个 2023-01-01..2023-12-31\nreport 2023-09 total 168个\non 2023-09-30\nexpect percent 76.02\n"
	if _, err := parseScript("s.txt", good); err != nil {
		t.Fatalf("a good script fails: %v", err)
	}
	cases := []struct{ name, script, want string }{
		{"an empty script", "# nothing\n", "s.txt: there is no case"},
		{"a line of no known word", "cas 甲\n", "s.txt:1: a line cannot begin"},
		{"a report before the case", "report 2023-09 total 168个\n", "s.txt:1: \"report\" comes before the first case"},
		{"a report before the indicator", "case 甲\nreport 2023-09 total 168个\n", "s.txt:2: \"report\" comes before the indicator"},
		{"a case without a name", "case\n", "s.txt:1: the case name"},
		{"a name used twice", good + "\n" + good, "s.txt:7: the case name"},
		{"a case without a date", good + "case 乙\nindicator ratio ge 5% 2023-01-01..2023-12-31\n", "s.txt:7: the case \"乙\""},
		{"a date of which nothing is expected", good + "on 2023-10-31\n", "s.txt:6: nothing is expected"},
		{"a date that does not exist", good + "on 2023-02-30\n", "s.txt:6: invalid_date"},
		{"a second indicator", good + "indicator ratio ge 5% 2023-01-01..2023-12-31\n", "s.txt:6: a case has one indicator"},
		{"an unknown kind", "case 甲\nindicator total ge 5% 2023-01-01..2023-12-31\n", "s.txt:2: invalid_value"},
		{"a target without a unit", "case 甲\nindicator ratio ge 5 2023-01-01..2023-12-31\n", "s.txt:2: \"5\" has no unit"},
		{"a term that ends before it begins", "case 甲\nindicator ratio ge 5% 2023-12-31..2023-01-01\n", "s.txt:2: /due_on"},
		{"an unknown option", "case 甲\nindicator ratio ge 5% 2023-01-01..2023-12-31 falling yes\n", "s.txt:2: \"falling\" is no option"},
		{"a report outside the term", good + "report 2024-01 total 5个\n", "s.txt:6: /period"},
		{"a report in a unit of another dimension", good + "report 2023-10 total 5公里\n", "s.txt:6: /unit"},
		{"a report with a word too many", good + "report 2023-10 total 5个 final\n", "s.txt:6: report takes"},
		{"an expectation of nothing known", good + "expect procent 5\n", "s.txt:6: nothing is called"},
		{"half a pair", good + "expect percent\n", "s.txt:6: expect takes pairs"},
		{"an unknown word of a profile", good + "profile strict\n", "s.txt:6: a profile has no"},
		{"a tolerance above 1", good + "profile tolerance 5\n", "s.txt:6: /tolerance"},
	}
	for _, c := range cases {
		t.Run("refuses "+c.name, func(t *testing.T) {
			_, err := parseScript("s.txt", c.script)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
