package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const (
	firmsPlan = "东河市2024年重点工作\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n"
	firms     = "firms-2024-1-1"
)

// attempt runs a command line and returns its exit status and what it prints.
func attempt(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), args, &o, &e)
	return status, o.String(), e.String()
}

// written makes a file and returns its path.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// withFirms is a database that holds one plan with one confirmed indicator.
func withFirms(t *testing.T) string {
	t.Helper()
	database := filepath.Join(t.TempDir(), "tracker.db")
	command(t, "plan", "import", "--database", database, "--code", "firms-2024", "--confirm", written(t, "plan.txt", firmsPlan))
	return database
}

// altered changes a database behind the program's back.
func altered(t *testing.T, database, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite3", database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// countOf is the one number that a query gives.
func countOf(t *testing.T, database, query string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// says fails the test unless every text is in what was printed.
func says(t *testing.T, printed string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(printed, text) {
			t.Errorf("%q is not in\n%s", text, printed)
		}
	}
}

func workbook(t *testing.T, rows ...[]any) string {
	t.Helper()
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", "实绩"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := book.SetSheetRow("实绩", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "m.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMeasurementsImportTakesEachFormat(t *testing.T) {
	sheet := "指标代码,报告期,实绩\n" + firms + ",2024-03,12\n" + firms + ",2024-04,多\n"
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().String(sheet)
	if err != nil {
		t.Fatal(err)
	}
	good := `{"indicator":"` + firms + `","period":"2024-03","value":12}`
	bad := strings.Replace(strings.Replace(good, "12", `"多"`, 1), "-03", "-04", 1)
	for name, file := range map[string]string{
		"a JSON array":                    written(t, "m.json", "["+good+","+bad+"]"),
		"NDJSON":                          written(t, "m.ndjson", good+"\n"+bad+"\n"),
		"NDJSON by its other ending":      written(t, "m.jsonl", good+"\n"+bad),
		"CSV":                             written(t, "m.csv", sheet),
		"CSV with its ending in capitals": written(t, "M.CSV", sheet),
		"CSV in GB18030":                  written(t, "gb.csv", gb18030),
		"a workbook":                      workbook(t, []any{"指标代码", "报告期", "实绩"}, []any{firms, "2024-03", "12"}, []any{firms, "2024-04", "多"}),
	} {
		t.Run(name, func(t *testing.T) {
			database := withFirms(t)
			status, out, errOut := attempt(t, "measurements", "import", "--quiet", "--database", database, file)
			if status != exitFailed {
				t.Errorf("exit %d: %s", status, errOut)
			}
			says(t, errOut, "rows were refused: 1")
			says(t, out, "行 "+firms+" invalid_number /value：", "2 rows: 1 stored, 0 revised, 0 unchanged, 0 superseded, 1 refused", "批次 / batch: ")
			says(t, command(t, "verify", "--database", database), "2 entries, 1 measurements")
		})
	}
}

func TestMeasurementsImportCountsWhatBecameOfRows(t *testing.T) {
	database := withFirms(t)
	head := "指标代码,报告期,实绩\n"
	steps := []struct{ name, rows, flag, count string }{
		{"a dry run stores nothing", firms + ",2024-03,12\n", "--dry-run", "1 rows: 1 stored, 0 revised, 0 unchanged, 0 superseded, 0 refused"},
		{"so that the rows are new after it", firms + ",2024-03,12\n", "", "1 rows: 1 stored, 0 revised, 0 unchanged, 0 superseded, 0 refused"},
		{"another value is a correction", firms + ",2024-03,13\n", "", "1 rows: 0 stored, 1 revised, 0 unchanged, 0 superseded, 0 refused"},
		{"atomic stores good rows", firms + ",2024-05,1\n" + firms + ",2024-06,2\n", "--atomic", "2 rows: 2 stored, 0 revised, 0 unchanged, 0 superseded, 0 refused"},
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			args := []string{"measurements", "import", "--quiet", "--database", database, written(t, "m.csv", head+s.rows)}
			if s.flag != "" {
				args = append(args, s.flag)
			}
			says(t, command(t, args...), s.count)
		})
	}
	t.Run("a sheet of headings alone is refused", func(t *testing.T) {
		status, _, errOut := attempt(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", head))
		if status != exitFailed {
			t.Errorf("exit %d", status)
		}
		says(t, errOut, "there is no row to report")
	})
	t.Run("atomic fails with one bad row, shows it and stores none", func(t *testing.T) {
		rows := firms + ",2024-07,1\n" + firms + ",2025-01,2\n"
		status, out, errOut := attempt(t, "measurements", "import", "--quiet", "--atomic", "--database", database, written(t, "m.csv", head+rows))
		if status != exitFailed {
			t.Errorf("exit %d", status)
		}
		says(t, out, "第3行 "+firms+" period_outside_term /period")
		says(t, errOut, "nothing was stored")
		says(t, command(t, "verify", "--database", database), " 4 measurements")
	})
}

func TestMeasurementsImportRefusesFiles(t *testing.T) {
	database := withFirms(t)
	for _, c := range []struct {
		name, file, text, want string
	}{
		{"of an ending that says nothing", "m.dat", "x", "text/csv"},
		{"that are empty", "m.json", "", "the file is empty"},
		{"that are empty, of lines", "m.ndjson", "", "the file is empty"},
		{"that are empty, of cells", "m.csv", "", "the file is empty"},
		{"that are empty, of sheets", "m.xlsx", "", "the file is empty"},
		{"of blanks alone", "m.json", " \n", "empty"},
		{"that hold no list", "m.json", "{}", "array"},
		{"whose columns are unknown", "m.csv", "指标代码,报告期,颜色\n", "颜色"},
		{"without a column that must be", "m.csv", "指标代码,报告期\n", "value"},
		{"that call themselves workbooks", "m.xlsx", "PK", "tracker:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errOut := attempt(t, "measurements", "import", "--quiet", "--database", database, written(t, c.file, c.text))
			if status != exitFailed || out != "" {
				t.Errorf("exit %d, prints %s", status, out)
			}
			says(t, errOut, c.want)
			if n := countOf(t, database, "SELECT COUNT(*) FROM batches"); n != 0 {
				t.Errorf("%d batches", n)
			}
			says(t, command(t, "verify", "--database", database), " 0 measurements")
		})
	}
	t.Run("that are not there, as not understood", func(t *testing.T) {
		if status, _, errOut := attempt(t, "measurements", "import", "--database", database, "missing.csv"); status != exitUsage {
			t.Errorf("exit %d: %s", status, errOut)
		}
	})
	t.Run("cut short, and keeps what came before", func(t *testing.T) {
		cut := `[{"indicator":"` + firms + `","period":"2024-03","value":12},{"indicator"`
		status, out, _ := attempt(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.json", cut))
		if status != exitFailed {
			t.Errorf("exit %d", status)
		}
		says(t, out, "1 stored")
	})
}

func TestMeasurementsImportShowsAHundredRefusals(t *testing.T) {
	rows := "指标代码,报告期,实绩\n" + strings.Repeat(firms+",2024-03,多\n", 130)
	status, out, errOut := attempt(t, "measurements", "import", "--quiet", "--database", withFirms(t), written(t, "m.csv", rows))
	if status != exitFailed {
		t.Errorf("exit %d: %s", status, errOut)
	}
	if got := strings.Count(out, "invalid_number"); got != 100 {
		t.Errorf("shows %d refusals", got)
	}
	says(t, out, "第100行", "130 rows: 0 stored, 0 revised, 0 unchanged, 0 superseded, 130 refused")
}

func TestMeasurementsImportDrawsItsProgress(t *testing.T) {
	for _, c := range []struct {
		name              string
		rows, done, whole int64
		want              string
	}{
		{"nothing read", 0, 0, 90, "\r[" + strings.Repeat("·", 30) + "]   0%  0 行 / rows"},
		{"a third", 7, 30, 90, "\r[" + strings.Repeat("█", 10) + strings.Repeat("·", 20) + "]  33%  7 行 / rows"},
		{"all of it", 9, 90, 90, "\r[" + strings.Repeat("█", 30) + "] 100%  9 行 / rows"},
		{"a file that grew meanwhile", 9, 200, 90, "\r[" + strings.Repeat("█", 30) + "] 100%  9 行 / rows"},
		{"a file whose size is not known", 9, 200, 0, "\r[" + strings.Repeat("█", 30) + "] 100%  9 行 / rows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if bar(&out, c.rows, c.done, c.whole); out.String() != c.want {
				t.Errorf("draws %q, want %q", out.String(), c.want)
			}
		})
	}
}

var chainHash = regexp.MustCompile(`(?m)^[0-9a-f]{64}$`)

func TestVerifyFindsWhatWasAltered(t *testing.T) {
	const open = "DROP TRIGGER audit_log_keep_update; DROP TRIGGER audit_log_keep_delete; DROP TRIGGER measurements_keep_update;"
	for name, change := range map[string]string{
		"an entry that was changed":       "UPDATE audit_log SET action = 'plan.removed' WHERE seq = 1",
		"an entry that was taken out":     "DELETE FROM audit_log WHERE seq = 1",
		"the last entry, taken off":       "DELETE FROM audit_log WHERE seq = (SELECT MAX(seq) FROM audit_log)",
		"a measurement that was improved": "UPDATE measurements SET note = 'another'",
	} {
		t.Run(name, func(t *testing.T) {
			database := withFirms(t)
			command(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", "indicator,period,value\n"+firms+",2024-03,12\n"))
			hash := chainHash.FindString(command(t, "verify", "--database", database))
			if hash == "" {
				t.Fatal("no hash is printed")
			}
			command(t, "verify", "--database", database, "--hash", hash)
			altered(t, database, open+change)
			status, out, errOut := attempt(t, "verify", "--database", database)
			if status != exitFailed || out == "" || chainHash.MatchString(out) {
				t.Errorf("exit %d, prints %s", status, out)
			}
			says(t, errOut, "not as it was recorded")
		})
	}
}

func TestVerifyWhileTheServiceRuns(t *testing.T) {
	database := withFirms(t)
	admin := command(t, "key", "create", "--database", database, "--name", "a", "--role", "admin")
	base, _, stop := serve(t, "--database", database)
	if got := ask(t, "POST", base+"/api/v1/measurements", admin, `{"indicator":"`+firms+`","period":"2024-03","value":1}`); got != 201 {
		t.Fatalf("report: %d", got)
	}
	says(t, command(t, "verify", "--database", database), "all is as it was recorded")
	stop()

	t.Run("prints JSON for programs", func(t *testing.T) {
		altered(t, database, "UPDATE access_keys SET role = 'viewer'")
		status, out, _ := attempt(t, "verify", "--json", "--database", database)
		var printed verification
		if err := json.Unmarshal([]byte(out), &printed); err != nil || status != exitFailed {
			t.Fatalf("exit %d: %s: %v", status, out, err)
		}
		if printed.Whole || len(printed.Findings) != 1 || printed.Findings[0].Kind != "key" || printed.Found["key"] != 1 || !strings.Contains(admin, printed.Findings[0].Name) {
			t.Errorf("%+v", printed)
		}
	})
}

func TestBackupOfADatabaseInUse(t *testing.T) {
	database := withFirms(t)
	admin := command(t, "key", "create", "--database", database, "--name", "a", "--role", "admin")
	base, _, stop := serve(t, "--database", database)
	report := func(base, period string) int {
		return ask(t, "POST", base+"/api/v1/measurements", admin, `{"indicator":"`+firms+`","period":"`+period+`","value":1}`)
	}
	if got := report(base, "2024-03"); got != 201 {
		t.Fatalf("report before: %d", got)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	says(t, command(t, "backup", "--database", database, copied), "backed up: "+copied)
	if got := report(base, "2024-04"); got != 201 {
		t.Errorf("report after: %d", got)
	}
	stop()

	t.Run("is readable by its owner alone", func(t *testing.T) {
		info, err := os.Stat(copied)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	})
	t.Run("holds what was stored until then, whole", func(t *testing.T) {
		says(t, command(t, "verify", "--database", copied), " 1 measurements")
		says(t, command(t, "verify", "--database", database), " 2 measurements")
	})
	t.Run("is served in its place, with the same keys", func(t *testing.T) {
		again, _, stop := serve(t, "--database", copied)
		defer stop()
		if got := report(again, "2024-04"); got != 201 {
			t.Errorf("report: %d", got)
		}
	})
	t.Run("is not written over", func(t *testing.T) {
		before, err := os.ReadFile(copied)
		if err != nil {
			t.Fatal(err)
		}
		status, _, errOut := attempt(t, "backup", "--database", database, copied)
		after, err := os.ReadFile(copied)
		if err != nil || status != exitFailed || !bytes.Equal(before, after) {
			t.Errorf("exit %d, %v: %s", status, err, errOut)
		}
	})
	t.Run("goes to no folder that is missing", func(t *testing.T) {
		if status, _, _ := attempt(t, "backup", "--database", database, filepath.Join(t.TempDir(), "no", "copy.db")); status != exitFailed {
			t.Errorf("exit %d", status)
		}
	})
}

func TestMigrateSaysWhatItDid(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	first := command(t, "migrate", "--database", database)
	step := regexp.MustCompile(`^schema 0 → ([1-9]\d*)$`).FindStringSubmatch(first)
	if step == nil {
		t.Fatalf("prints %q", first)
	}
	if again := command(t, "migrate", "--database", database); again != "schema "+step[1]+" → "+step[1] {
		t.Errorf("again prints %q", again)
	}
	t.Run("and leaves a file alone that is no database", func(t *testing.T) {
		other := written(t, "notes.db", strings.Repeat("no database\n", 100))
		if status, out, errOut := attempt(t, "migrate", "--database", other); status != exitFailed || out != "" || errOut == "" {
			t.Errorf("exit %d: %s%s", status, out, errOut)
		}
		if kept, err := os.ReadFile(other); err != nil || string(kept) != strings.Repeat("no database\n", 100) {
			t.Errorf("it was changed, %v", err)
		}
	})
}

// TestVerifyHoldsStandingsAgainstWhatTheyFollowFrom lets lists go by a figure that nobody reported.
func TestVerifyHoldsStandingsAgainstWhatTheyFollowFrom(t *testing.T) {
	database := withFirms(t)
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := tracker.New(db, time.Now, time.UTC, progress.DefaultProfile()).JudgeStandings(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d made, %v", n, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if status, out, errOut := attempt(t, "verify", "--database", database); status != 0 {
		t.Fatalf("%s%s", out, errOut)
	}
	altered(t, database, "UPDATE standings SET status = 'attained'")
	status, out, _ := attempt(t, "verify", "--database", database)
	if status == 0 {
		t.Error("all is said to be whole")
	}
	says(t, out, firms, "当前进度", "status")
}
