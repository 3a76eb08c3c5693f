package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/oversight"
)

type assessCommand struct {
	databaseFlag
	outputFlags
	Plan   string `required:"" env:"-" placeholder:"CODE" help:"Code of the plan."`
	Scheme string `env:"-" type:"existingfile" placeholder:"FILE" help:"Try the scheme in this JSON file in the place of the plan's; nothing is stored."`

	kong.Plugins
	asked *queryFlags `kong:"-"`
}

func newAssessCommand() assessCommand {
	asked := flagsOf("readAssessment", "format", "headings", "bom")
	return assessCommand{Plugins: asked.plugins(), asked: asked}
}

// Help shows what can be asked.
func (assessCommand) Help() string {
	return `Examples:
  tracker assess --plan qingzhou-2023 --on 2023-12-31
  tracker assess --plan qingzhou-2023 --agency 市工信局 --explain
  tracker assess --plan qingzhou-2023 --on 2023-06-30 --scheme half-year.json
  tracker assess --plan qingzhou-2023 --format xlsx -o assessment.xlsx`
}

// assessmentJSON is what is read of an assessment.
type assessmentJSON struct {
	Scheme        string
	SchemeVersion int `json:"scheme_version"`
	Tried         bool
	Items         []row
}

// Run prints the scores of the agencies of a plan.
func (c assessCommand) Run(s *session) error {
	query := c.asked.query()
	list := listFlags{databaseFlag: c.databaseFlag, outputFlags: c.outputFlags, asked: c.asked}
	shown := *s
	if file, ok := s.errOut.(*os.File); ok && isTerminal(file) {
		shown.ctx = oversight.WithProgress(s.ctx, func(indicators int) {
			fmt.Fprintf(s.errOut, "\r已计算指标 / indicators counted: %d", indicators)
		})
		defer fmt.Fprintln(s.errOut)
	}
	path := strings.Replace(c.asked.reads.Path, "{plan}", url.PathEscape(c.Plan), 1)
	return list.open(s, query, func(l local) error {
		if c.Format != "" && c.Scheme == "" {
			return c.pass(&shown, l, path, query)
		}
		answer, err := c.answer(&shown, l, path, query)
		if err != nil {
			return err
		}
		return c.to(s, func(out io.Writer) error {
			if c.Format != "" {
				_, err := fmt.Fprintln(out, string(answer))
				return err
			}
			return printAssessment(out, answer)
		})
	})
}

// answer is the assessment by the plan's scheme or, where one is to be tried, by that.
func (c assessCommand) answer(s *session, l local, path string, query url.Values) (answer json.RawMessage, err error) {
	if c.Scheme == "" {
		return answer, l.read(s.ctx, path, query, &answer)
	}
	if c.Format != "" && c.Format != "json" {
		return nil, fault.Newf(fault.InvalidParameter, "--scheme 只与表格或 json 同用", "--scheme goes with a table or with json").At("--format")
	}
	body, err := os.ReadFile(c.Scheme)
	if err != nil {
		return nil, err
	}
	if len(body) > assessment.MaxScheme {
		_, err := assessment.ParseScheme(body)
		return nil, err
	}
	got, err := l.send(s.ctx, http.MethodPost, path+"/trial", query, http.Header{"Content-Type": {"application/json"}}, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer got.Body.Close()
	return answer, json.NewDecoder(got.Body).Decode(&answer)
}

func printAssessment(out io.Writer, answer json.RawMessage) error {
	var said row
	var a assessmentJSON
	if err := json.Unmarshal(answer, &a); err != nil {
		return err
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return err
	}
	if len(a.Items) == 0 {
		_, err := fmt.Fprintln(out, "没有可考核的单位 / there is no agency to assess")
		return err
	}
	if _, err := fmt.Fprintln(out, tableOf(assessmentColumns, a.Items)); err != nil {
		return err
	}
	for _, item := range a.Items {
		if err := printScore(out, item); err != nil {
			return err
		}
	}
	which := fmt.Sprintf("第 %[1]d 版 / version %[1]d", a.SchemeVersion)
	switch {
	case a.Tried:
		which = "试算 / tried"
	case a.SchemeVersion == 0:
		which = "默认 / the default"
	}
	if _, err := fmt.Fprintf(out, "方案 / scheme %s（%s），指标 / indicators %s\n", clean(a.Scheme), which, said.text("indicators")); err != nil {
		return err
	}
	return printMoment(out, said)
}

var assessmentColumns = []column{
	{"组别\ngroup", 12, false, func(r row) string { return r.text("group") }},
	{"名次\nrank", 6, true, func(r row) string { return r.text("rank") }},
	{"单位\nagency", 22, false, func(r row) string { return r.object("agency").text("name") }},
	{"总分\ntotal", 7, true, func(r row) string { return r.text("total") }},
	{"等级\ngrade", 8, false, func(r row) string { return r.object("label").text("zh") }},
	{"完成\n序时", 7, true, func(r row) string { return lines(pointsOf(r, "attainment"), pointsOf(r, "pace")) }},
	{"报送\n督办", 7, true, func(r row) string { return lines(pointsOf(r, "reporting"), pointsOf(r, "matters")) }},
	{"评议\n加/扣", 11, true, func(r row) string {
		return lines(pointsOf(r, "opinion"), r.object("bonus").text("points")+"/"+r.object("deduction").text("points"))
	}},
}

// partJSON is what is read of a part of a score.
type partJSON struct {
	Part  string
	Label struct{ ZH string }
	Text  struct{ ZH string }
	Terms []row
	row   row
}

func scoreParts(r row) (parts []partJSON) {
	var rows []row
	_ = json.Unmarshal(r["parts"], &parts)
	_ = json.Unmarshal(r["parts"], &rows)
	for i := range parts {
		parts[i].row = rows[i]
	}
	return parts
}

func pointsOf(r row, part string) string {
	for _, p := range scoreParts(r) {
		if p.Part == part {
			return p.row.text("points")
		}
	}
	return nothing
}

// printScore prints what a score was made of, where single terms were asked for.
func printScore(out io.Writer, item row) error {
	parts := scoreParts(item)
	explained := false
	for _, p := range parts {
		explained = explained || len(p.Terms) > 0 && p.Part != "opinion"
	}
	if !explained {
		return nil
	}
	if _, err := fmt.Fprintf(out, "%s %s\n", item.object("agency").text("name"), item.text("total")); err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := fmt.Fprintf(out, "  %s %s/%s：%s\n", clean(p.Label.ZH), p.row.text("points"), p.row.text("counted"), clean(p.Text.ZH)); err != nil {
			return err
		}
		for _, t := range p.Terms {
			if _, err := fmt.Fprintf(out, "    %s %s：%s\n", strings.TrimPrefix(t.text("indicator"), nothing), strings.TrimPrefix(t.text("name"), nothing), t.object("text").text("zh")); err != nil {
				return err
			}
		}
	}
	return nil
}
