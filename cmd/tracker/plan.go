package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type planCommand struct {
	Parse  planParseCommand  `cmd:"" help:"Print what would be imported, and store nothing."`
	Import planImportCommand `cmd:"" help:"Import a plan into the database."`
	Review planReviewCommand `cmd:"" help:"Print the drafts of a plan, or confirm and reject them."`
	Amend  planAmendCommand  `cmd:"" help:"Compare a newer text with a plan, and apply the difference."`

	Correct planCorrectCommand `cmd:"" help:"Make a plan that was imported under a wrong place one of another jurisdiction."`
}

// planTerm are the flags for texts that do not say when their term is.
type planTerm struct {
	StartsOn string `help:"First day of the term, such as 2023-01-01; by default what the text says." placeholder:"DATE"`
	DueOn    string `help:"Last day of the term, such as 2023-12-31; by default what the text says." placeholder:"DATE"`
}

func (t planTerm) read(file *tracker.PlanFile) (err error) {
	if t.StartsOn != "" {
		if file.StartsOn, err = indicator.ParseDate(t.StartsOn); err != nil {
			return err
		}
	}
	if t.DueOn != "" {
		file.DueOn, err = indicator.ParseDate(t.DueOn)
	}
	return err
}

type planParseCommand struct {
	planTerm
	JSON bool   `name:"json" help:"Print JSON instead of tables."`
	File string `arg:"" type:"existingfile" help:"The plan: text in UTF-8 or GB18030, docx, HTML or PDF; - is standard input."`
}

// Run reads a plan and prints what would be imported. A text without a term is
// printed all the same, with the dates left empty.
func (c planParseCommand) Run(s *session) error {
	file, err := s.openPlan(c.File, c.planTerm)
	if err != nil {
		return err
	}
	read, err := tracker.ReadPlan(s.ctx, file)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeParsed(s.out, read)
	}
	return printParsed(s.out, read)
}

func (s *session) openPlan(path string, term planTerm) (tracker.PlanFile, error) {
	data, err := s.readFile(path)
	if err != nil {
		return tracker.PlanFile{}, err
	}
	file := tracker.PlanFile{Data: data}
	return file, term.read(&file)
}

// readFile reads a file, or standard input where the path is "-".
func (s *session) readFile(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(s.in)
	}
	return os.ReadFile(path)
}

type planImportCommand struct {
	planTerm
	databaseFlag
	Code         string `required:"" help:"The plan's code, such as qingzhou-2023: lower-case letters, digits, hyphens."`
	Jurisdiction string `help:"Place whose agencies the plan names, such as 东河市; by default that of the issuer, else of the title." placeholder:"PLACE"`
	Confirm      bool   `help:"Confirm the indicators at once, without a review; targets that no figure states stay drafts."`
	DryRun       bool   `help:"Print what would be stored, and store nothing."`
	File         string `arg:"" type:"existingfile" help:"The plan: text in UTF-8 or GB18030, docx, HTML or PDF; - is standard input."`
}

// Run imports a plan. A file that is refused, or only tried, makes no database.
func (c planImportCommand) Run(s *session) error {
	file, err := s.openPlan(c.File, c.planTerm)
	if err != nil {
		return err
	}
	file.Code, file.Jurisdiction, file.Confirm, file.DryRun = c.Code, c.Jurisdiction, c.Confirm, c.DryRun
	imported, err := tracker.CheckPlan(s.ctx, file)
	if err == nil && !(c.DryRun && database.Absent(c.Database)) {
		imported, err = c.store(s, file)
	}
	if err != nil {
		return err
	}
	if err := printParsed(s.out, imported); err != nil {
		return err
	}
	if err := printMatches(s.out, imported.Matches, c.Code); err != nil {
		return err
	}
	done := "已导入 / imported"
	if c.DryRun {
		done = "试读，未保存 / dry run, nothing stored"
	}
	if _, err = fmt.Fprintf(s.out, "%s: %s，辖区 / of %s\n", done, c.Code, imported.Plan.Jurisdiction); err != nil || c.DryRun || imported.Plan.Review.Draft == 0 {
		return err
	}
	_, err = fmt.Fprintf(s.out, "指标待审核，确认后方可报送实绩 / drafts take no measurements until they are confirmed: tracker plan review --code %s\n", c.Code)
	return err
}

func (c planImportCommand) store(s *session, file tracker.PlanFile) (imported tracker.ImportedPlan, err error) {
	err = c.withService(s, func(service *tracker.Service, _ *store.Store) (err error) {
		imported, err = service.ImportPlan(s.ctx, file)
		return err
	})
	return imported, err
}

// withService runs a command against the database, by whose profile it judges and counts
// days.
func (d databaseFlag) withService(s *session, run func(service *tracker.Service, db *store.Store) error) (err error) {
	place, err := time.LoadLocation(defaultTimezone)
	if err != nil {
		return err
	}
	db, err := store.Open(s.ctx, d.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	service := tracker.New(db, time.Now, place, progress.DefaultProfile())
	if err := service.LoadProfile(s.ctx); err != nil {
		return err
	}
	return run(service, db)
}

// withPlans is withService for commands that need a plan to be there: a slip in
// a path makes no new database.
func (d databaseFlag) withPlans(s *session, run func(service *tracker.Service, db *store.Store) error) error {
	if database.Absent(d.Database) {
		return fault.Newf(fault.InvalidParameter, "没有数据库文件 %s", "there is no database %s", d.Database).At("database")
	}
	return d.withService(s, run)
}

// printParsed prints a plan for people: the indicators as a table, then what
// needs a second look.
func printParsed(out io.Writer, read tracker.ImportedPlan) error {
	p := read.Plan
	fmt.Fprintf(out, "%s\n%s 至 %s，篇章 %d，任务 %d，指标 %d，提示 %d\n",
		p.Title, orDash(p.StartsOn.String()), orDash(p.DueOn.String()), len(p.Sections), len(p.Tasks), len(read.Indicators), len(p.Warnings))
	t := indicatorTable(table.Row{"任务", "指标\n牵头单位", "类型", "目标\n时限", "方向\n进程"},
		table.ColumnConfig{Number: 2, WidthMax: 36}, table.ColumnConfig{Number: 4, WidthMax: 16})
	for _, in := range read.Indicators {
		t.AppendRow(table.Row{in.Task, nameCell(in) + "\n" + strings.Join(in.LeadAgencies, "、"), in.Kind.Label().ZH, goalCell(in), meaningCell(in)})
	}
	if _, err := fmt.Fprintln(out, t.Render()); err != nil {
		return err
	}
	if err := errors.Join(printMark(out, read.Indicators), printImplied(out, read.Indicators), printMilestones(out, p.Milestones), printParts(out, read)); err != nil {
		return err
	}
	for _, w := range p.Warnings {
		if _, err := fmt.Fprintf(out, "第%d行 %s：%s\n", w.Line, w.Code, w.Message); err != nil {
			return err
		}
	}
	return nil
}

// milestoneHeader heads the rows of milestoneRow.
var milestoneHeader = table.Row{"任务", "节点", "时限"}

func milestoneRow(m indicator.PlanMilestone) table.Row {
	return table.Row{m.Task, m.Title, m.DueOn.String()}
}

// printMilestones lists the dated steps of tasks.
func printMilestones(out io.Writer, all []indicator.PlanMilestone) error {
	if len(all) == 0 {
		return nil
	}
	t := indicatorTable(milestoneHeader, table.ColumnConfig{Number: 2, WidthMax: 48})
	for _, m := range all {
		t.AppendRow(milestoneRow(m))
	}
	_, err := fmt.Fprintln(out, t.Render())
	return err
}

func orDash(s string) string {
	if s == "" {
		return "（未写明）"
	}
	return s
}

// waitsMark stands behind the reference of a target whose value waits.
const waitsMark = "（待定）"

// signs stand before the values of targets.
var signs = map[indicator.Comparator]string{
	indicator.AtLeast: "≥", indicator.MoreThan: ">", indicator.AtMost: "≤",
	indicator.LessThan: "<", indicator.Equal: "=", indicator.About: "≈",
}

// phrase writes a target the way tables do: "≥ 30 家", "> 全省平均水平（待定）".
func phrase(t indicator.Target) string {
	sign := signs[t.Comparator]
	if t.Waits {
		return sign + " " + t.Reference + waitsMark
	}
	value := t.Value.String()
	if t.ValueHigh != nil {
		value += "—" + t.ValueHigh.String()
	}
	return strings.TrimSuffix(sign+" "+value+" "+t.Unit.String(), " ") // an index has no unit
}

type planCorrectCommand struct {
	databaseFlag
	Code         string `required:"" help:"The plan's code."`
	Jurisdiction string `required:"" placeholder:"PLACE" help:"Place whose agencies the plan names, such as 东河市."`
}

// Run corrects the jurisdiction of a plan.
func (c planCorrectCommand) Run(s *session) error {
	return c.withPlans(s, func(service *tracker.Service, db *store.Store) error {
		plan, others, err := service.CorrectJurisdiction(s.ctx, c.Code, c.Jurisdiction)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(s.out, "已更正 / corrected: %s，辖区 / of %s，第 %d 版 / version %[3]d\n", plan.Code, plan.Jurisdiction, plan.Version); err != nil {
			return err
		}
		for _, o := range others {
			if _, err := fmt.Fprintf(s.out, "注意：%s“%s”已报的 %d 项实绩仍记在其名下，更正时须以 replaces 指明 / note: %[3]d reports of %[1]s %[2]s stand as its own; whoever corrects one names it in replaces\n",
				orDash(o.Jurisdiction), o.Name, o.Reports); err != nil {
				return err
			}
		}
		matches, err := db.AgencyMatches(s.ctx, c.Code)
		if err != nil {
			return err
		}
		return printMatches(s.out, matches, c.Code)
	})
}
