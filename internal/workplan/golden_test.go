package workplan

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

var update = flag.Bool("update", false, "rewrite the golden files from what is read now")

// TestGoldenPlans reads plans of every layout. Each .txt has beside it a
// .golden that a person can check line by line.
func TestGoldenPlans(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/plans/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(string(text), Read(string(text)))
			golden := strings.TrimSuffix(path, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("what is read has changed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTheWordFileReadsAsItsText holds the plan that the README lets people import, which is a Word file
// made of its text, to what is read of that.
func TestTheWordFileReadsAsItsText(t *testing.T) {
	const plan = "../../testdata/plans/donghe-2024"
	text, err := os.ReadFile(plan + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(plan+".docx", documenttest.DOCX(documenttest.Paragraphs(string(text))...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(plan + ".docx")
	if err != nil {
		t.Fatal(err)
	}
	read, err := document.Read(t.Context(), file, "")
	if err != nil {
		t.Fatal(err)
	}
	draft := func(text string) []string {
		d := Read(text)
		for i := range d.Warnings {
			d.Warnings[i].Line = 0 // the file has no blank lines
		}
		return strings.Split(describe(text, d), "\n")
	}
	if diff := cmp.Diff(draft(string(text)), draft(read.Content)); diff != "" {
		t.Errorf("(-text +file):\n%s", diff)
	}
}

// describe writes a draft as text, one record to a line.
func describe(text string, d Draft) string {
	var b strings.Builder
	fmt.Fprintf(&b, "plan | %s | %s | issued %s | %s to %s\n", d.Title, d.Issuer, d.IssuedOn, d.StartsOn, d.DueOn)
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "section %d | %s\n", s.Number, s.Heading)
	}
	for _, task := range d.Tasks {
		fmt.Fprintf(&b, "task %s | section %d | %s | %s\n", task.Number, task.Section, task.Title, agencies(task.LeadAgencies, task.ParticipatingAgencies))
	}
	for _, in := range slices.Concat(d.Indicators, d.Implied) {
		what := "target"
		if in.Source.IsImplied() {
			what = "implied"
		}
		fmt.Fprintf(&b, "%s %s | %s | %s %s | %s %s %s | %s | %s to %s | %s | %s | %s\n",
			what, in.Task, in.Name, in.Target.Comparator, amount(in), in.Kind, in.Direction, in.Binding, settled(in), in.StartsOn, in.DueOn,
			agencies(in.LeadAgencies, in.ParticipatingAgencies), in.Source.Rule, strings.ReplaceAll(in.Source.Quote, "\n", "⏎"))
	}
	for _, p := range d.Parts {
		in := p.Indicator
		fmt.Fprintf(&b, "part %s | %s of %s | %s | %s %s | %s | %s | %s\n", in.Task, p.Area, p.PartOf, in.Name, in.Target.Comparator, amount(in), in.Kind, in.DueOn,
			strings.ReplaceAll(in.Source.Quote, "\n", "⏎"))
	}
	for _, m := range d.Milestones {
		fmt.Fprintf(&b, "milestone %s | %s | %s | %s\n", m.Task, m.Title, m.DueOn, strings.ReplaceAll(m.Quote, "\n", "⏎"))
	}
	runes := []rune(text)
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning line %d | %s | %s\n", w.Line, w.Code, string(runes[w.Start:w.End]))
	}
	return b.String()
}

// settled writes what settled the direction and the course, and over or for
// each of which time a target is.
func settled(in indicator.Indicator) string {
	text := fmt.Sprintf("by %s, %s by %s", in.DirectionBy, in.Course, in.CourseBy)
	for what, time := range map[string]string{" over ": string(in.Over), " each ": string(in.Each)} {
		if time != "" {
			text += what + time
		}
	}
	if in.Frequency != indicator.Monthly {
		text += " reported by the " + string(in.Frequency)
	}
	return text
}

func amount(in indicator.Indicator) string {
	text := values([]indicator.Indicator{in})[0]
	if in.Baseline != nil {
		text += " from " + in.Baseline.String()
	}
	return text
}

func agencies(lead, joint []string) string {
	return strings.Join(lead, " ") + " / " + strings.Join(joint, " ")
}
