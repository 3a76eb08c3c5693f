package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-runewidth"

	"github.com/indicator-tracker/tracker/api/openapi"
)

const widePlan = `东河市2024年重点工作任务
一、产业发展与基础设施建设以及各类保障措施的全面推进
1.培育企业。新增规模以上工业企业和限额以上批发零售住宿餐饮企业合计30家。（市工业和信息化发展改革委员会、市商务和市场监督管理局牵头）
2.建设充电桩。新增公共充电桩123456789012个。（市发改局牵头）
二、民生
3.教育。新建幼儿园7所。（市教育局牵头）
`

// withWide is a database whose texts and numbers are longer than a terminal is wide.
func withWide(t *testing.T) string {
	t.Helper()
	database := filepath.Join(t.TempDir(), "tracker.db")
	code := "donghe-work-plan-of-the-year-2024"
	command(t, "plan", "import", "--database", database, "--code", code, "--confirm", written(t, "plan.txt", widePlan))
	command(t, "measurements", "import", "--quiet", "--database", database,
		written(t, "m.csv", "indicator,period,value\n"+code+"-2-1,2024-03,98765432101\n"+code+"-1-1,2024-03,3\n"))
	return database
}

func TestEveryParameterOfTheContractIsAFlag(t *testing.T) {
	for words, id := range map[string]string{"progress": "listProgress", "summary": "readSummary", "indicator list": "listIndicators", "assess": "readAssessment"} {
		_, help, _ := attempt(t, append(strings.Fields(words), "--help")...)
		for _, p := range openapi.Reading(id).Query {
			if p.Name != "format" && !(words == "assess" && slices.Contains([]string{"headings", "bom"}, p.Name)) && !strings.Contains(help, "--"+flagName(p.Name)) {
				t.Errorf("tracker %s has no flag for %s", words, p.Name)
			}
		}
		says(t, help, "Examples:", "--format", "--output", "--database")
	}
}

func TestTablesFitTheTerminal(t *testing.T) {
	database := withWide(t)
	for _, words := range []string{
		"progress", "progress --explain --sort gap", "progress --fields indicator,name,percent,status,actual,cautions", "summary", "summary --group-by section",
		"summary --group-by agency,section", "assess --plan donghe-work-plan-of-the-year-2024", "assess --explain --plan donghe-work-plan-of-the-year-2024", "summary --group-by task,month", "indicator list", "indicator show donghe-work-plan-of-the-year-2024-1-1",
	} {
		table := command(t, append(strings.Fields(words), "--database", database)...)
		for line := range strings.Lines(table) {
			line = strings.TrimRight(line, "\n")
			if isTable := strings.ContainsAny(line, "│┌├└"); isTable && runewidth.StringWidth(line) > tableWidth {
				t.Errorf("tracker %s is %d wide: %s", words, runewidth.StringWidth(line), line)
			}
		}
		if !strings.Contains(table, "┌") {
			t.Errorf("tracker %s prints no table:\n%s", words, table)
		}
	}
}

func TestProgressAtTheCommandLine(t *testing.T) {
	database := withReport(t)
	shown := command(t, "progress", "--database", database, "--on", "2024-06-30", "--explain")
	says(t, shown, firms, "新增企业数", "滞后", " 3.33 │", "1 家 │", "30 家 │", "评判日期 / on 2024-06-30", "完成率 = A ÷ T")
	t.Run("of a selection", func(t *testing.T) {
		says(t, command(t, "progress", "--database", database, "--on", "2024-06-30", "--gap-max=-10", "--report-missing", "--status", "behind", "--status", "at_risk"), firms)
		says(t, command(t, "progress", "--database", database, "--on", "2024-06-30", "--report-missing=false"), "nothing matches")
	})
	t.Run("is that of the service", func(t *testing.T) {
		base, _, stop := serve(t, "--public-read", "--database", database)
		defer stop()
		_, want := get(t, base+"/api/v1/progress?on=2024-06-30&kind=increment")
		got := command(t, "progress", "--database", database, "--on", "2024-06-30", "--kind", "increment", "--format", "json")
		if got != strings.TrimSpace(string(want)) {
			t.Errorf("%s\nat the service\n%s", got, want)
		}
	})
	t.Run("as it was known at a moment after the last change", func(t *testing.T) {
		at := time.Now().UTC().Format(time.RFC3339Nano)
		says(t, command(t, "progress", "--database", database, "--as-of", at), firms)
		says(t, command(t, "progress", "--database", database, "--as-of", "2024-01-01T00:00:00Z"), "nothing matches")
	})
	t.Run("changes nothing", func(t *testing.T) {
		says(t, command(t, "verify", "--database", database), " 1 measurements")
		before := countOf(t, database, "SELECT COUNT(*) FROM audit_log")
		command(t, "progress", "--database", database)
		if after := countOf(t, database, "SELECT COUNT(*) FROM audit_log"); after != before {
			t.Errorf("%d entries of the audit log, %d before", after, before)
		}
	})
}

func TestProblemsAtTheCommandLine(t *testing.T) {
	database := withFirms(t)
	for _, c := range []struct {
		words string
		says  []string
	}{
		{"progress --on yesterday", []string{"--on: ", "不是日期", " / ", "is not a date"}},
		{"progress --due-from 2024-06-01 --due-to 2024-05-01", []string{"--due-to: "}},
		{"progress --agency 科技局", []string{"--agency: ", "市科技局"}},
		{"progress --kind nothing", []string{"--kind: ", "increment"}},
		{"progress --format nothing", []string{"format"}},
		{"progress --all --format json", []string{"--all"}},
		{"summary --group-by colour", []string{"--group-by: "}},
		{"indicator show nothing", []string{"nothing", " / "}},
	} {
		status, out, errOut := attempt(t, append(strings.Fields(c.words), "--database", database)...)
		if status != exitFailed || out != "" {
			t.Errorf("tracker %s: exit %d, %s", c.words, status, out)
		}
		says(t, errOut, c.says...)
	}
	absent := filepath.Join(t.TempDir(), "absent.db")
	for _, words := range []string{"progress", "summary --as-of 2024-01-01T00:00:00Z", "indicator edit x --set name=y", "mcp"} {
		if status, _, errOut := attempt(t, append(strings.Fields(words), "--database", absent)...); status != exitFailed || !strings.Contains(errOut, "absent.db") {
			t.Errorf("tracker %s: exit %d, %s", words, status, errOut)
		}
	}
	if _, err := os.Stat(absent); err == nil {
		t.Error("a database was made")
	}
}

func TestPagesAtTheCommandLine(t *testing.T) {
	database := withWide(t)
	first := command(t, "indicator", "list", "--database", database, "--limit", "2")
	_, rest, more := strings.Cut(first, "--cursor ")
	if !more || strings.Contains(first, "幼儿园") {
		t.Fatalf("prints %s", first)
	}
	cursor, _, _ := strings.Cut(rest, "，")
	if second := command(t, "indicator", "list", "--database", database, "--limit", "2", "--cursor", cursor); !strings.Contains(second, "幼儿园") || strings.Contains(second, "--cursor") {
		t.Errorf("prints %s", second)
	}
	all := command(t, "progress", "--database", database, "--limit", "1", "--all")
	if strings.Count(all, "donghe-work-plan-of-the-year") < 3 && strings.Count(all, "┌") != 3 || strings.Contains(all, "--cursor") {
		t.Errorf("prints %s", all)
	}
}

func TestASummaryAtTheCommandLine(t *testing.T) {
	database := withReport(t)
	shown := command(t, "summary", "--database", database, "--on", "2024-06-30", "--group-by", "agency,status")
	says(t, shown, "市科技局", "滞后 1", "合计 total", "furthest behind", firms)
	says(t, command(t, "summary", "--database", database, "--plan", "firms-2024", "--format", "json"), `"counted_once":true`)
}

func TestOutputGoesToAFileOnceItIsWhole(t *testing.T) {
	database, folder := withReport(t), t.TempDir()
	file := filepath.Join(folder, "progress.json")
	if err := os.WriteFile(file, []byte("earlier"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := attempt(t, "progress", "--database", database, "--format", "nothing", "-o", file); status != exitFailed {
		t.Errorf("exit %d", status)
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != "earlier" {
		t.Errorf("a refusal left %q, %v", kept, err)
	}
	if out := command(t, "progress", "--database", database, "--format", "json", "-o", file); out != "" {
		t.Errorf("prints %s", out)
	}
	text, err := os.ReadFile(file)
	if err != nil || !json.Valid(text) {
		t.Errorf("%v %s", err, text)
	}
	if names, _ := os.ReadDir(folder); len(names) != 1 {
		t.Errorf("%v were left", names)
	}
	if format, ok := openapi.Reading("listProgress").Find("format"); ok && slices.Contains(format.Words, "csv") {
		says(t, command(t, "progress", "--database", database, "--format", "csv"), firms+",")
	}
}

func TestAnIndicatorIsEditedAtTheCommandLine(t *testing.T) {
	database := withFirms(t)
	edit := func(args ...string) []string {
		return append([]string{"indicator", "edit", firms, "--database", database}, args...)
	}
	shown := command(t, edit("--set", "name=新增科技企业数", "--set", "target.value=40", "--set", "lead_agencies=市科技局，市工信局")...)
	says(t, shown, "新增企业数", "新增科技企业数", "target.value", "│ 30", "│ 40", "市科技局、市工信局", "version")
	if strings.Contains(shown, "target.unit") {
		t.Errorf("shows what stayed as it was:\n%s", shown)
	}
	says(t, command(t, edit("--set", "name=新增科技企业数")...), "nothing changed")
	t.Run("is in the audit log as done at the machine", func(t *testing.T) {
		if n := countOf(t, database, "SELECT COUNT(*) FROM audit_log WHERE action = 'indicator.changed' AND actor_key = 'local'"); n != 1 {
			t.Errorf("%d entries", n)
		}
		command(t, "verify", "--database", database)
	})
	t.Run("unless it is another version by now", func(t *testing.T) {
		status, _, errOut := attempt(t, edit("--if-version", "1", "--set", "name=x")...)
		if status != exitFailed {
			t.Errorf("exit %d", status)
		}
		says(t, errOut, " / ")
		says(t, command(t, edit("--if-version", "2", "--set", "name=新名")...), "新名")
	})
	for setting, want := range map[string]string{
		"due_on=soon": "/due_on: ", "colour=red": "colour", "name": "--set: ", "curve=[": "--set: ", "target.colour=red": "colour", "state=gone": "/state: ",
	} {
		if status, _, errOut := attempt(t, edit("--set", setting)...); status != exitFailed || !strings.Contains(errOut, want) {
			t.Errorf("%s: exit %d, %s", setting, status, errOut)
		}
	}
	if status, _, errOut := attempt(t, edit("--set", "name=a", "--set", "name=b")...); status != exitFailed || !strings.Contains(errOut, "twice") {
		t.Errorf("exit %d, %s", status, errOut)
	}
}

func TestAnAssistantAsksTheServiceThatIsServed(t *testing.T) {
	base, _, stop := serve(t, "--public-read", "--database", withReport(t))
	defer stop()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/mcp", strings.NewReader(
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress","arguments":{"indicator":"`+firms+`","explain":true}}}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var said struct {
		Result struct {
			Structured struct{ URL string } `json:"structuredContent"`
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || !strings.HasPrefix(said.Result.Structured.URL, base+"/api/v1/progress?") {
		t.Errorf("%v %+v", err, said)
	}
	if status, body := get(t, said.Result.Structured.URL); status != http.StatusOK || !strings.Contains(string(body), "explain") {
		t.Errorf("%d %s", status, body)
	}
}
