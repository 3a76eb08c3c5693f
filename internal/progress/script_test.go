package progress

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

const scriptFolder = "../../testdata/progress"

// script is one file of cases; its README describes the format.
type script struct {
	cases []*scriptCase
}

// scriptCase is an indicator with what was reported, and checks in between.
type scriptCase struct {
	name    string
	in      indicator.Indicator
	profile Profile
	reports []indicator.Measurement
	checks  []check
}

// check is one date with what is expected on it.
type check struct {
	where   string // file:line of the date
	on      indicator.Date
	reports int // how many of the case's reports were in by then
	want    []expectation
	says    []string
}

type expectation struct{ where, key, value string }

// TestScripts runs every case of every script.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(scriptFolder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts in %s: %v", scriptFolder, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := parseScript(filepath.Base(file), string(data))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		for _, c := range s.cases {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, c.run)
		}
	}
}

func (c *scriptCase) run(t *testing.T) {
	for _, check := range c.checks {
		r := Compute(c.in, c.reports[:check.reports], check.on, c.profile)
		for _, want := range check.want {
			if got := expectKeys[want.key](r); got != want.value {
				t.Errorf("%s: on %s %s is %s, expected %s", want.where, check.on, want.key, got, want.value)
			}
		}
		for _, text := range check.says {
			if !slices.ContainsFunc(r.Explanation.Steps, func(s fault.Text) bool {
				return strings.Contains(s.ZH, text) || strings.Contains(s.EN, text)
			}) {
				t.Errorf("%s: on %s no step says %q; they are:\n%s", check.where, check.on, text, steps(r))
			}
		}
	}
}

func steps(r Result) string {
	var b strings.Builder
	for _, s := range r.Explanation.Steps {
		fmt.Fprintf(&b, "  %s\n  %s\n", s.ZH, s.EN)
	}
	return b.String()
}

// expectKeys are the words an expect line may use, and what they look at.
var expectKeys = map[string]func(Result) string{
	"actual":      func(r Result) string { return orNone(r.Actual) },
	"percent":     func(r Result) string { return orNone(r.Percent) },
	"capped":      func(r Result) string { return orNone(r.PercentCapped) },
	"pace":        func(r Result) string { return r.Pace.String() },
	"gap":         func(r Result) string { return orNone(r.Gap) },
	"status":      func(r Result) string { return string(r.Status) },
	"attained":    func(r Result) string { return yesNo(r.Attained) },
	"provisional": func(r Result) string { return yesNo(r.Provisional) },
	"missing":     func(r Result) string { return yesNo(r.ReportMissing) },
	"cut_off":     func(r Result) string { return wordOrNone(r.CutOff.String()) },
	"reason":      func(r Result) string { return wordOrNone(string(r.Reason)) },
	"rule":        func(r Result) string { return r.Explanation.Rule },
	"due":         func(r Result) string { return orNone(r.AmountDue) },
	"short":       func(r Result) string { return orNone(r.Shortfall) },
	"due_gap":     func(r Result) string { return orNone(r.DueGap) },
	"reached":     func(r Result) string { return wordOrNone(r.AttainedOn.String()) },
	"late":        func(r Result) string { return yesNo(r.Late) },
	"left":        func(r Result) string { return strconv.Itoa(r.DaysLeft) },
	"overdue":     func(r Result) string { return strconv.Itoa(r.DaysLate) },
	"label":       func(r Result) string { return r.Label.ZH },
	"counted": func(r Result) string {
		ids := make([]string, len(r.Explanation.Measurements))
		for i, id := range r.Explanation.Measurements {
			ids[i] = strconv.FormatInt(id, 10)
		}
		return wordOrNone(strings.Join(ids, "+"))
	},
	"caution": func(r Result) string {
		words := make([]string, len(r.Cautions))
		for i, c := range r.Cautions {
			words[i] = string(c)
		}
		return wordOrNone(strings.Join(words, "+"))
	},
}

func orNone(n *quantity.Number) string {
	if n == nil {
		return "none"
	}
	return n.String()
}

func wordOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// scriptReader parses one script line by line.
type scriptReader struct {
	where  string // file:line
	script script
	open   *scriptCase
	names  map[string]bool
}

func parseScript(file, text string) (script, error) {
	r := &scriptReader{names: map[string]bool{}}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		r.where = fmt.Sprintf("%s:%d", file, n)
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := r.line(line); err != nil {
			return script{}, fmt.Errorf("%s: %w", r.where, err)
		}
	}
	if err := r.close(); err != nil {
		return script{}, fmt.Errorf("%s: %w", r.where, err)
	}
	if len(r.script.cases) == 0 {
		return script{}, fmt.Errorf("%s: there is no case", file)
	}
	return r.script, lines.Err()
}

func (r *scriptReader) line(line string) error {
	verb, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if verb == "case" {
		return r.begin(rest)
	}
	verbs := map[string]func(string) error{
		"indicator": r.indicator, "profile": r.profile, "report": r.report, "on": r.on, "expect": r.expect, "says": r.says,
	}
	read, known := verbs[verb]
	switch {
	case !known:
		return fmt.Errorf("a line cannot begin with %q", verb)
	case r.open == nil:
		return fmt.Errorf("%q comes before the first case", verb)
	case verb != "indicator" && r.open.in.Code == "":
		return fmt.Errorf("%q comes before the indicator of the case", verb)
	}
	return read(rest)
}

func (r *scriptReader) begin(name string) error {
	if err := r.close(); err != nil {
		return err
	}
	if name == "" || r.names[name] {
		return fmt.Errorf("the case name %q is empty or used before", name)
	}
	r.names[name] = true
	r.open = &scriptCase{name: name, profile: DefaultProfile()}
	r.script.cases = append(r.script.cases, r.open)
	return nil
}

// close refuses a case that checks nothing.
func (r *scriptReader) close() error {
	if r.open == nil {
		return nil
	}
	if len(r.open.checks) == 0 {
		return fmt.Errorf("the case %q before this line has no date", r.open.name)
	}
	return r.closeCheck()
}

func (r *scriptReader) closeCheck() error {
	if n := len(r.open.checks); n > 0 && len(r.open.checks[n-1].want) == 0 {
		return fmt.Errorf("nothing is expected of the date at %s", r.open.checks[n-1].where)
	}
	return nil
}

func (r *scriptReader) on(rest string) error {
	if err := r.closeCheck(); err != nil {
		return err
	}
	day, err := indicator.ParseDate(rest)
	if err != nil {
		return err
	}
	r.open.checks = append(r.open.checks, check{where: r.where, on: day, reports: len(r.open.reports)})
	return nil
}

func (r *scriptReader) expect(rest string) error {
	words := strings.Fields(rest)
	if len(r.open.checks) == 0 || len(words) == 0 || len(words)%2 != 0 {
		return fmt.Errorf("expect takes pairs of a word and a value, after a date")
	}
	last := &r.open.checks[len(r.open.checks)-1]
	for pair := range slices.Chunk(words, 2) {
		if expectKeys[pair[0]] == nil {
			return fmt.Errorf("nothing is called %q", pair[0])
		}
		last.want = append(last.want, expectation{r.where, pair[0], pair[1]})
	}
	return nil
}

func (r *scriptReader) says(rest string) error {
	if len(r.open.checks) == 0 || rest == "" {
		return fmt.Errorf("says takes a text, after a date")
	}
	last := &r.open.checks[len(r.open.checks)-1]
	last.says = append(last.says, rest)
	return nil
}

func (r *scriptReader) report(rest string) error {
	words := strings.Fields(rest)
	if len(words) < 3 || len(words)%2 == 0 {
		return fmt.Errorf("report takes a period, a basis, a value with its unit and, if wanted, revision N, sent DATE and provisional yes")
	}
	m := indicator.Measurement{ID: int64(len(r.open.reports) + 1), Indicator: r.open.in.Code, Revision: 1}
	var err error
	if m.Period, err = indicator.ParsePeriod(words[0]); err != nil {
		return err
	}
	if m.Basis, err = indicator.ParseWord(words[1], indicator.Bases); err != nil {
		return err
	}
	if err = readReported(&m, words[2]); err != nil {
		return err
	}
	for pair := range slices.Chunk(words[3:], 2) {
		switch pair[0] {
		case "revision":
			m.Revision, err = strconv.Atoi(pair[1])
		case "sent":
			m.RecordedAt, err = time.Parse(time.DateOnly, pair[1])
		case "provisional":
			m.Provisional = pair[1] == "yes"
		default:
			err = fmt.Errorf("report takes revision, sent and provisional, not %q", pair[0])
		}
		if err != nil {
			return err
		}
	}
	r.open.reports = append(r.open.reports, m)
	return m.CheckFor(r.open.in)
}

// readReported reads 168个, the two figures of a share, 30/40%, or the word that there
// is no figure.
func readReported(m *indicator.Measurement, s string) error {
	if missing := indicator.Missing(s); slices.Contains(indicator.Missings, missing) {
		m.Missing, m.Note = missing, "暂无"
		return nil
	}
	over, under, isShare := strings.Cut(s, "/")
	numerator, err := quantity.ParseNumber(over)
	if !isShare || err != nil { // the unit may have a stroke too: 35微克/立方米
		m.Value, m.Unit, err = amount(s)
		return err
	}
	denominator, unit, err := amount(under)
	if err != nil {
		return err
	}
	m.Share, m.Unit = &indicator.Share{Numerator: numerator, Denominator: denominator}, unit
	m.Value = m.Share.Rounded(m.Unit)
	return nil
}

// amount splits a number from the unit written after it.
func amount(s string) (quantity.Number, quantity.Unit, error) {
	digits := strings.IndexFunc(s, func(c rune) bool { return !strings.ContainsRune("-.0123456789", c) })
	if digits < 0 {
		return quantity.Number{}, quantity.Unit{}, fmt.Errorf("%q has no unit; an index has the unit 指数", s)
	}
	n, err := quantity.ParseNumber(s[:digits])
	if err != nil {
		return n, quantity.Unit{}, err
	}
	if s[digits:] == "指数" {
		return n, quantity.Unit{}, nil
	}
	u, err := quantity.ParseUnit(s[digits:])
	return n, u, err
}

func (r *scriptReader) profile(rest string) error {
	words := strings.Fields(rest)
	for len(words) > 0 {
		used := 1
		switch {
		case words[0] == "months":
			r.open.profile.PaceBy = ByMonths
		case words[0] == "exact":
			r.open.profile.EqualIsExact = true
		case words[0] == "refuse" && len(words) > 1:
			r.open.profile.Refused, used = append(r.open.profile.Refused, Caution(words[1])), 2
		case words[0] == "tolerance" && len(words) > 1:
			n, err := quantity.ParseNumber(words[1])
			if err != nil {
				return err
			}
			r.open.profile.Tolerance, used = n, 2
		default:
			return fmt.Errorf("a profile has no %q", words[0])
		}
		words = words[used:]
	}
	return r.open.profile.Validate()
}
