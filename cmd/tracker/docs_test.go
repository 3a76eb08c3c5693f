package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var (
	docFile    = regexp.MustCompile("(?s)```text (\\S+)\n(.*?)```")
	docSession = regexp.MustCompile("(?s)```console\n\\$ tracker ([^\n]+)\n(.*?)```")
)

// pageOf is a page of docs/.
func pageOf(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// TestPagesAreAsPrinted carries out the commands of each page, in its order
// and with the files it shows, and compares what they print.
func TestPagesAreAsPrinted(t *testing.T) {
	for name, commands := range map[string]int{"reviewing-and-amending.md": 5, "importing-plans.md": 4, "agencies.md": 6, "command-line.md": 2} {
		t.Run(name, func(t *testing.T) {
			page := pageOf(t, name)
			t.Chdir(t.TempDir())
			for _, m := range docFile.FindAllStringSubmatch(page, -1) {
				if err := os.WriteFile(m[1], []byte(m[2]), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			sessions := docSession.FindAllStringSubmatch(page, -1)
			if len(sessions) != commands {
				t.Fatalf("%d commands", len(sessions))
			}
			for _, m := range sessions {
				var out, errOut bytes.Buffer
				if status := run(t.Context(), strings.Fields(m[1]), &out, &errOut); status != exitOK {
					t.Fatalf("tracker %s: %s", m[1], errOut.String())
				}
				printed, cut := strings.CutPrefix(m[2], "…\n")
				if got := out.String(); got != printed && !(cut && strings.HasSuffix(got, printed)) {
					t.Errorf("tracker %s prints\n%s", m[1], got)
				}
			}
		})
	}
}

// rowsUnder are the cells of every table with a heading, row by row.
func rowsUnder(page, heading string) [][]string {
	var rows [][]string
	for _, part := range strings.Split(page, heading+"\n")[1:] {
		_, body, _ := strings.Cut(part, "\n")
		for line := range strings.Lines(body) {
			if !strings.HasPrefix(line, "| ") {
				break
			}
			rows = append(rows, strings.Split(strings.Trim(line, "| \n"), " | "))
		}
	}
	return rows
}

// readAlone is a sentence that stands alone in a task of a plan for 2024.
func readAlone(t *testing.T, sentence string) tracker.ImportedPlan {
	t.Helper()
	read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Data: []byte("东河市2024年重点工作任务\n一、重点工作\n1.抓好落实。" + sentence + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// readInTerm is a sentence that stands alone in a task of a plan for five years.
func readInTerm(t *testing.T, sentence string) tracker.ImportedPlan {
	t.Helper()
	read, err := tracker.ReadPlan(t.Context(), tracker.PlanFile{Data: []byte("东河市“十五五”发展规划（2026—2030年）\n一、主要目标\n1.抓好落实。" + sentence + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// checkCells holds each row of a table to what its sentence is read as, and
// returns the number of rows.
func checkCells(t *testing.T, page, heading string, read func(*testing.T, string) tracker.ImportedPlan, cellsOf func(indicator.Indicator) []string) int {
	t.Helper()
	rows := rowsUnder(page, heading)
	for _, row := range rows {
		t.Run(row[0], func(t *testing.T) {
			cells := make([][]string, len(row)-1)
			for _, in := range read(t, row[0]).Indicators {
				for i, cell := range cellsOf(in) {
					cells[i] = append(cells[i], cell)
				}
			}
			for i, cell := range cells {
				if got := strings.Join(cell, "<br>"); got != row[i+1] {
					t.Errorf("%s is read, %s is written", got, row[i+1])
				}
			}
		})
	}
	return len(rows)
}

func TestImportingPlansSaysWhatIsRead(t *testing.T) {
	page := pageOf(t, "importing-plans.md")

	readings := checkCells(t, page, "| 写法 | 指标 | 目标 | 类型 | 时限 |", readAlone, func(in indicator.Indicator) []string {
		return []string{in.Name, phrase(in.Target), string(in.Kind), in.DueOn.String()}
	})
	if readings < 15 {
		t.Fatalf("%d readings", readings)
	}
	meanings := checkCells(t, page, "| 写法 | 指标 | 方向 | 依据 | 置信度 |", readAlone, func(in indicator.Indicator) []string {
		return []string{in.Name, string(in.Direction), string(in.DirectionBy), string(in.Confidence)}
	})
	meanings += checkCells(t, page, "| 写法 | 指标 | 进程 | 依据 |", readAlone, func(in indicator.Indicator) []string {
		return []string{in.Name, string(in.Course), string(in.CourseBy)}
	})
	meanings += checkCells(t, page, "| 写法 | 指标 | 类型 | 期间 | 报送 | 起止 |", readInTerm, func(in indicator.Indicator) []string {
		during := "–"
		switch {
		case in.Over != "":
			during = "over " + string(in.Over)
		case in.Each != "":
			during = "each " + string(in.Each)
		}
		return []string{in.Name, string(in.Kind), during, string(in.Frequency), in.StartsOn.String() + "—" + in.DueOn.String()}
	})
	steps := rowsUnder(page, "| 写法 | 节点 | 时限 |")
	if len(steps) < 4 {
		t.Fatalf("%d dated steps", len(steps))
	}
	for _, row := range steps {
		t.Run(row[0], func(t *testing.T) {
			var titles, days []string
			for _, m := range readAlone(t, row[0]).Plan.Milestones {
				titles, days = append(titles, m.Title), append(days, m.DueOn.String())
			}
			if got := []string{strings.Join(titles, "<br>"), strings.Join(days, "<br>")}; !slices.Equal(got, row[1:]) {
				t.Errorf("%q is read, %q is written", got, row[1:])
			}
		})
	}
	if meanings < 15 {
		t.Fatalf("%d meanings", meanings)
	}

	warnings := rowsUnder(page, "| code | such as | why |")
	if len(warnings) < 7 {
		t.Fatalf("%d warnings", len(warnings))
	}
	for _, row := range warnings {
		t.Run(row[0], func(t *testing.T) {
			read := readAlone(t, row[1])
			if w := read.Plan.Warnings; len(w) != 1 || "`"+string(w[0].Code)+"`" != row[0] || len(read.Indicators) != 0 {
				t.Errorf("warnings %v, %d indicators", w, len(read.Indicators))
			}
		})
	}

	left := rowsUnder(page, "| such as | what it is |")
	if len(left) < 7 {
		t.Fatalf("%d sentences", len(left))
	}
	for _, row := range left {
		t.Run(row[0], func(t *testing.T) {
			if read := readAlone(t, row[0]); len(read.Indicators) != 0 || len(read.Plan.Warnings) != 0 {
				t.Errorf("indicators %v, warnings %v", read.Indicators, read.Plan.Warnings)
			}
		})
	}
}
