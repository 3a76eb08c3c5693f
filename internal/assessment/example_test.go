package assessment_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

const page = "../../docs/assessment.md"

// tableOf reads the table of the page whose first heading is given, as rows by heading.
func tableOf(t *testing.T, first string) (rows []map[string]string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\n| "+first+" |")
	if !found {
		t.Fatalf("the page has no table of %s", first)
	}
	body, _, _ := strings.Cut("| "+first+" |"+after, "\n\n")
	cells := func(line string) (list []string) {
		for _, c := range strings.Split(strings.Trim(line, "|"), "|") {
			list = append(list, strings.TrimSpace(c))
		}
		return list
	}
	lines := strings.Split(body, "\n")
	names := cells(lines[0])
	for _, line := range lines[2:] {
		row := map[string]string{}
		for i, c := range cells(line) {
			row[names[i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

func count(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// exampleTallies are the agencies of the page's worked example.
func exampleTallies(t *testing.T, scheme assessment.Scheme) []*assessment.Tally {
	t.Helper()
	var list []*assessment.Tally
	of := map[string]*assessment.Tally{}
	for i, r := range tableOf(t, "agency") {
		tally := assessment.NewTally(assessment.Agency{ID: int64(i + 1), Name: r["agency"]}, scheme, true)
		tally.Reports = assessment.Reports{
			Expected: count(t, r["expected"]), OnTime: count(t, r["on time"]), Late: count(t, r["late"]), Missing: count(t, r["missing"]), Empty: count(t, r["empty"]),
		}
		tally.Issues = assessment.Issues{Open: count(t, r["open"]), Overdue: count(t, r["overdue"])}
		for _, level := range []string{"yellow", "red"} {
			if n := count(t, r[level]); n > 0 {
				tally.Notices = append(tally.Notices, assessment.Notices{Level: level, Count: n, Late: count(t, r[level+" late"])})
			}
		}
		list, of[tally.Agency.Name] = append(list, tally), tally
	}
	for _, r := range tableOf(t, "indicator") {
		in := assessment.Indicator{Code: r["indicator"], End: assessment.CutOff{On: indicator.DateOf(2023, 12, 31), Pace: quantity.MustNumber("100.00"), Status: r["Q4"]}}
		if r["percent"] != "" {
			percent := quantity.MustNumber(r["percent"])
			in.End.Percent = &percent
		}
		for q, name := range []string{"Q1", "Q2", "Q3", "Q4"} {
			in.CutOffs = append(in.CutOffs, assessment.CutOff{On: indicator.DateOf(2023, 3*1, 1).AddDays(91 * q), Status: r[name]})
		}
		of[r["lead"]].Add(indicator.Lead, in)
		if r["participating"] != "" {
			of[r["participating"]].Add(indicator.Participating, in)
		}
	}
	for i, r := range tableOf(t, "entry") {
		of[r["agency"]].Entries = append(of[r["agency"]].Entries, assessment.Entry{
			ID: int64(i + 1), Kind: assessment.EntryKind(r["entry"]), Points: quantity.MustNumber(r["points"]), By: r["by"], Reason: "例",
		})
	}
	return list
}

// TestTheWorkedExampleIsRight holds the tables of the page to the program, and the other way round.
func TestTheWorkedExampleIsRight(t *testing.T) {
	scheme := assessment.DefaultScheme()
	results := assessment.Compute(scheme, exampleTallies(t, scheme))
	want := tableOf(t, "score")
	if len(results) != len(want) {
		t.Fatalf("%d results for %d rows", len(results), len(want))
	}
	for i, r := range results {
		got := map[string]string{
			"score": r.Agency.Name, "bonus": r.Bonus.Points.String(), "deduction": r.Deduction.Points.String(), "total": r.Total.String(),
			"rank": strconv.Itoa(r.Rank), "grade": r.Grade,
		}
		for _, p := range r.Parts {
			got[string(p.Name)] = ""
			if p.Points != nil {
				got[string(p.Name)] = p.Points.String()
			}
		}
		var named []string
		for _, n := range r.Named {
			named = append(named, string(n.For))
		}
		got["named"] = strings.Join(named, " ")
		for name, value := range want[i] {
			if got[name] != value {
				t.Errorf("%s, %s: %q, and the page says %q", r.Agency.Name, name, got[name], value)
			}
		}
	}
}

// TestTheSchemeOnThePageIsTheDefault holds the page's scheme to the program.
func TestTheSchemeOnThePageIsTheDefault(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```json\n")
	body, _, _ := strings.Cut(after, "```")
	onPage, err := assessment.ParseScheme([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	got, err := onPage.JSON()
	if err != nil {
		t.Fatal(err)
	}
	want, err := assessment.DefaultScheme().JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page has\n%s\nthe default is\n%s", got, want)
	}
}
