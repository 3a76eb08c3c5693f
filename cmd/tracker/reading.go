package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// listFlags are shared by the commands that read lists.
type listFlags struct {
	databaseFlag
	outputFlags
	All bool `env:"-" help:"Show every page, not the first alone."`

	kong.Plugins
	asked *queryFlags `kong:"-"`
}

func newListFlags(id string) listFlags {
	asked := flagsOf(id, "format")
	return listFlags{Plugins: asked.plugins(), asked: asked}
}

// page is one page of a list.
type page struct {
	Items []row   `json:"items"`
	Next  *string `json:"next_cursor"`
}

// list asks for a list and writes it: as it is in another format, or as tables of a page each,
// with what follows on a page.
func (c listFlags) list(s *session, columns []column, note func(out io.Writer, p page) error) error {
	query := c.asked.query()
	if c.All && c.Format != "" {
		return fault.Newf(fault.InvalidParameter, "--all 用于表格；json 为一页，其他格式本来就含全部各行", "--all goes with tables: json is a page, and other formats have all rows anyway").At("--all")
	}
	return c.open(s, query, func(l local) error {
		if c.Format != "" {
			return c.pass(s, l, c.asked.reads.Path, query)
		}
		if c.All && !query.Has("limit") {
			query.Set("limit", "500")
		}
		return c.to(s, func(out io.Writer) error { return c.pages(s, l, query, out, columns, note) })
	})
}

// open opens the database to look. What was known at a moment after its last change has to be
// kept as said, so that is asked of one that can be written to.
func (c listFlags) open(s *session, query url.Values, work func(local) error) error {
	if query.Get("as_of") != "" {
		return c.change(s, work)
	}
	return c.ask(s, work)
}

// pages writes pages as tables, one at a time.
func (c listFlags) pages(s *session, l local, query url.Values, out io.Writer, columns []column, note func(io.Writer, page) error) error {
	fields := strings.FieldsFunc(query.Get("fields"), func(r rune) bool { return r == ',' || r == '，' })
	for {
		var p page
		if err := l.read(s.ctx, c.asked.reads.Path, query, &p); err != nil {
			return err
		}
		if len(p.Items) == 0 {
			_, err := fmt.Fprintln(out, "没有符合条件的 / nothing matches")
			return err
		}
		if len(fields) > 0 {
			columns = columnsOf(fields, p.Items)
		}
		if _, err := fmt.Fprintln(out, tableOf(columns, p.Items)); err != nil {
			return err
		}
		if err := note(out, p); err != nil {
			return err
		}
		if p.Next == nil {
			return nil
		}
		if !c.All {
			_, err := fmt.Fprintf(out, "还有下一页 / there is more: --cursor %s，或 / or --all\n", *p.Next)
			return err
		}
		query.Set("cursor", *p.Next)
	}
}

type progressCommand struct{ listFlags }

// Help shows what can be asked.
func (progressCommand) Help() string {
	return `Examples:
  tracker progress --plan qingzhou-2023 --on 2023-09-30 --sort gap --limit 5
  tracker progress --agency 市工信局 --role lead --status behind --status at_risk
  tracker progress --indicator qingzhou-2023-14-1 --explain
  tracker progress --due-to 2023-06-30 --report-missing --all
  tracker progress --q 充电桩 --fields indicator,percent,label
  tracker progress --plan qingzhou-2023 --format json -o progress.json`
}

// Run prints progress.
func (c progressCommand) Run(s *session) error {
	return c.list(s, progressColumns, func(out io.Writer, p page) error {
		if err := printWorking(out, p.Items); err != nil {
			return err
		}
		if p.Items[0]["as_of"] == nil {
			return nil
		}
		return printMoment(out, p.Items[0])
	})
}

var progressColumns = []column{
	{"指标\nindicator", 28, false, func(r row) string { return lines(r.text("name"), r.text("indicator")) }},
	{"状态\nstatus", 10, false, func(r row) string { return r.text("label") }},
	{"完成率 %\n序时 pace", 9, true, func(r row) string { return lines(r.text("percent"), r.text("pace")) }},
	{"与应达之差\ndue_gap", 10, true, func(r row) string { return r.text("due_gap") }},
	{"实际\n目标", 15, true, func(r row) string { return lines(r.text("actual"), targetOf(r.object("target"))) }},
	{"时限\n剩余天数", 10, true, func(r row) string { return lines(r.text("due_on"), r.text("days_left")) }},
}

// targetOf is a target as tables show it: "≥ 30 家".
func targetOf(target row) string {
	sign := signs[indicator.Comparator(target.text("comparator"))]
	value := target.text("value")
	if value == nothing {
		return strings.TrimSpace(sign + " " + target.text("reference") + waitsMark)
	}
	if high := target.text("value_high"); high != nothing {
		value += "—" + high
	}
	return strings.TrimSpace(sign + " " + value + " " + strings.TrimPrefix(target.text("unit"), nothing))
}

// printMoment says of which date and moment figures are.
func printMoment(out io.Writer, r row) error {
	_, err := fmt.Fprintf(out, "评判日期 / on %s，当时已知 / as of %s\n", r.text("on"), r.text("as_of"))
	return err
}

// printWorking prints how figures came about, where that was asked for.
func printWorking(out io.Writer, rows []row) error {
	for _, r := range rows {
		var working struct {
			Steps  []string
			Source *struct{ Quote string }
		}
		if r["explain"] == nil || json.Unmarshal(r["explain"], &working) != nil {
			continue
		}
		if _, err := fmt.Fprintf(out, "%s %s\n", r.text("indicator"), r.text("name")); err != nil {
			return err
		}
		if working.Source != nil {
			working.Steps = append([]string{"原文 / the plan's words：" + working.Source.Quote}, working.Steps...)
		}
		for _, step := range working.Steps {
			if _, err := fmt.Fprintf(out, "  %s\n", clean(step)); err != nil {
				return err
			}
		}
	}
	return nil
}

type indicatorListCommand struct{ listFlags }

// Help shows what can be asked.
func (indicatorListCommand) Help() string {
	return `Examples:
  tracker indicator list --plan qingzhou-2023 --section 2
  tracker indicator list --q 充电桩
  tracker indicator list --state draft --confidence low --all
  tracker indicator list --agency 市工信局 --due-from 2023-06-01 --due-to 2023-06-30`
}

// Run prints indicators.
func (c indicatorListCommand) Run(s *session) error {
	return c.list(s, indicatorColumns, func(io.Writer, page) error { return nil })
}

var indicatorColumns = []column{
	{"指标\nindicator", 30, false, func(r row) string { return lines(r.text("name"), r.text("code")) }},
	{"目标\n时限 due", 17, true, func(r row) string { return lines(targetOf(r.object("target")), r.text("due_on")) }},
	{"类型\n方向", 10, false, func(r row) string {
		return lines(indicator.Kind(r.text("kind")).Label().ZH, indicator.Direction(r.text("direction")).Label().ZH)
	}},
	{"状态\nstate", 8, false, func(r row) string { return indicator.State(r.text("state")).Label().ZH }},
	{"牵头单位\nlead", 18, false, func(r row) string { return r.text("lead_agencies") }},
}

type summaryCommand struct {
	databaseFlag
	outputFlags

	kong.Plugins
	asked *queryFlags `kong:"-"`
}

func newSummaryCommand() summaryCommand {
	asked := flagsOf("readSummary", "format")
	return summaryCommand{Plugins: asked.plugins(), asked: asked}
}

// Help shows what can be asked.
func (summaryCommand) Help() string {
	return `Examples:
  tracker summary --plan qingzhou-2023 --group-by section --on 2023-09-30
  tracker summary --group-by agency,status --role lead --agency 市工信局
  tracker summary --group-by month --due-from 2023-01-01 --due-to 2023-12-31
  tracker summary --plan qingzhou-2023 --format json`
}

// summaryJSON is what is read of a summary.
type summaryJSON struct {
	ProfileVersion int      `json:"profile_version"`
	GroupBy        []string `json:"group_by"`
	Total          row      `json:"total"`
	Groups         []row    `json:"groups"`
	Ungrouped      int      `json:"ungrouped"`
	CountedOnce    bool     `json:"counted_once"`
}

// Run prints a summary.
func (c summaryCommand) Run(s *session) error {
	query := c.asked.query()
	list := listFlags{databaseFlag: c.databaseFlag, outputFlags: c.outputFlags, asked: c.asked}
	return list.open(s, query, func(l local) error {
		if c.Format != "" {
			return c.pass(s, l, c.asked.reads.Path, query)
		}
		var answer json.RawMessage
		if err := l.read(s.ctx, c.asked.reads.Path, query, &answer); err != nil {
			return err
		}
		var said row
		var summary summaryJSON
		if err := json.Unmarshal(answer, &summary); err != nil {
			return err
		}
		if err := json.Unmarshal(answer, &said); err != nil {
			return err
		}
		words, err := l.statusWords(s, summary.ProfileVersion)
		if err != nil {
			return err
		}
		return c.to(s, func(out io.Writer) error { return summary.print(out, said, words) })
	})
}

// statusWords are what a version of the profile calls statuses.
func (l local) statusWords(s *session, version int) (func(string) string, error) {
	var versions struct {
		Items []struct {
			Version int
			Profile json.RawMessage
		}
	}
	if err := l.read(s.ctx, "/api/v1/profiles", nil, &versions); err != nil {
		return nil, err
	}
	profile := progress.DefaultProfile()
	for _, v := range versions.Items {
		if v.Version != version {
			continue
		}
		var err error
		if profile, err = progress.ParseProfile(v.Profile); err != nil {
			return nil, err
		}
	}
	return func(status string) string {
		if label := profile.Label(progress.Status(status)).ZH; label != "" {
			return label
		}
		return status
	}, nil
}

func (x summaryJSON) print(out io.Writer, said row, words func(string) string) error {
	rows := slices.Clone(x.Groups)
	if len(x.GroupBy) == 0 || len(rows) > 0 {
		rows = append(rows, x.Total)
	}
	if _, err := fmt.Fprintln(out, tableOf(x.columns(words), rows)); err != nil {
		return err
	}
	if !x.CountedOnce {
		if _, err := fmt.Fprintln(out, "几个单位共同承担的，在各单位都计一次，合计只计一次 / an indicator of several agencies is in the group of each, and once in the total"); err != nil {
			return err
		}
	}
	if x.Ungrouped > 0 {
		if _, err := fmt.Fprintf(out, "不在任何一组的 / in no group: %d\n", x.Ungrouped); err != nil {
			return err
		}
	}
	var worst []row
	if json.Unmarshal(x.Total["worst"], &worst) == nil && len(worst) > 0 {
		if _, err := fmt.Fprintln(out, "与应达之差最小的 / furthest behind"); err != nil {
			return err
		}
		for _, w := range worst {
			if _, err := fmt.Fprintf(out, "  %s %s：%s，%s\n", w.text("indicator"), w.text("name"), w.text("due_gap"), w.text("label")); err != nil {
				return err
			}
		}
	}
	return printMoment(out, said)
}

// columns are a column for each grouping, and the figures.
func (x summaryJSON) columns(words func(string) string) []column {
	var columns []column
	widths := map[int][]int{1: {30}, 2: {17, 12}}[len(x.GroupBy)]
	for i, by := range x.GroupBy {
		columns = append(columns, column{by, widths[i], false, func(r row) string {
			var keys []struct{ Label string }
			if json.Unmarshal(r["keys"], &keys) != nil || len(keys) <= i {
				return []string{"合计 total", ""}[i]
			}
			return clean(keys[i].Label)
		}})
	}
	return append(columns,
		column{"个数\ncount", 8, true, func(r row) string { return r.text("count") }},
		column{"已报\n满一期", 8, true, func(r row) string { return lines(r.text("reported"), r.text("expected")) }},
		column{"均值 %\n含未报", 8, true, func(r row) string { return lines(r.text("mean_percent"), r.text("mean_percent_all")) }},
		column{"状态\nstatus", 24, false, func(r row) string {
			var counts []struct {
				Status string
				Count  int
			}
			_ = json.Unmarshal(r["statuses"], &counts)
			var texts []string
			for _, c := range counts {
				texts = append(texts, fmt.Sprintf("%s %d", words(c.Status), c.Count))
			}
			return strings.Join(texts, "，")
		}},
	)
}
