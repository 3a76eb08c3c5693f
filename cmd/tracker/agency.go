package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type agencyCommand struct {
	List    agencyListCommand    `cmd:"" help:"List agencies with their other names."`
	Alias   agencyAliasCommand   `cmd:"" help:"Give an agency another name."`
	Rename  agencyRenameCommand  `cmd:"" help:"Give an agency another official name from a day on."`
	Merge   agencyMergeCommand   `cmd:"" help:"Make two agencies of a jurisdiction one."`
	Succeed agencySucceedCommand `cmd:"" help:"Pass the duties of an agency to another from a day on."`
	Events  agencyEventsCommand  `cmd:"" help:"List what was recorded about an agency."`
	Cancel  agencyCancelCommand  `cmd:"" help:"Cancel something that was recorded about an agency by mistake."`
}

// agencyFlags are shared by the commands about agencies.
type agencyFlags struct {
	databaseFlag
	Jurisdiction string `placeholder:"PLACE" help:"Place whose agencies are meant, such as 东河市; may be left out where the name is that of exactly one agency."`
}

// about runs a function with the agency that has a name.
func (f agencyFlags) about(s *session, name string, run func(service *tracker.Service, db *store.Store, id int64) error) error {
	return f.withPlans(s, func(service *tracker.Service, db *store.Store) error {
		found, err := db.AgenciesNamed(s.ctx, f.Jurisdiction, name)
		if err != nil {
			return err
		}
		if len(found) != 1 {
			return notOne(name, found)
		}
		return run(service, db, found[0].ID)
	})
}

// change finds the agency that has a name and prints what a function makes of it.
func (f agencyFlags) change(s *session, name string, change func(service *tracker.Service, id int64) (indicator.Agency, error)) error {
	return f.about(s, name, func(service *tracker.Service, _ *store.Store, id int64) error {
		changed, err := change(service, id)
		if err != nil {
			return err
		}
		return printAgencies(s.out, []indicator.Agency{changed})
	})
}

// notOne refuses a name that none or several agencies have.
func notOne(name string, found []indicator.Acting) error {
	if len(found) == 0 {
		return fault.Newf(fault.NotFound, "没有单位“%s”", "there is no agency %q", name)
	}
	places := make([]string, len(found))
	for i, a := range found {
		places[i] = a.Jurisdiction
	}
	return indicator.AmbiguousAgency(name, places).At("jurisdiction")
}

type agencyListCommand struct {
	agencyFlags
	AsOf string `placeholder:"TIME" help:"As they were known at this moment, such as 2024-01-01T00:00:00+08:00; by default now."`
}

// Run lists agencies.
func (c agencyListCommand) Run(s *session) error {
	q := indicator.AgencyQuery{Jurisdiction: c.Jurisdiction}
	if c.AsOf != "" {
		var err error
		if q.AsOf, err = time.Parse(time.RFC3339, c.AsOf); err != nil {
			return errors.New("--as-of: 应为 RFC 3339 时刻 / an RFC 3339 time is expected, such as 2024-01-01T00:00:00+08:00")
		}
	}
	return c.withPlans(s, func(service *tracker.Service, db *store.Store) error {
		if err := service.CheckKnown(s.ctx, q.AsOf); err != nil {
			return err
		}
		agencies, _, err := db.Agencies(s.ctx, q)
		if err != nil {
			return err
		}
		return printAgencies(s.out, agencies)
	})
}

func printAgencies(out io.Writer, agencies []indicator.Agency) error {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"编号", "辖区", "单位", "别名", "承接", "牵头任务", "参与任务", "指标"})
	for _, a := range agencies {
		passes := ""
		if a.Successor.ID != 0 {
			passes = fmt.Sprintf("%s（%s 起）", a.Successor.Name, a.Until.AddDays(1))
		}
		t.AppendRow(table.Row{
			a.ID, orDash(a.Jurisdiction), a.Name, strings.Join(a.Aliases, "\n"), passes,
			a.LeadTasks, a.ParticipatingTasks, a.Indicators,
		})
	}
	_, err := fmt.Fprintln(out, t.Render())
	return err
}

type agencyAliasCommand struct {
	agencyFlags
	Name  string `arg:"" help:"A name of the agency."`
	Alias string `arg:"" help:"Its other name."`
}

// Run gives an agency another name.
func (c agencyAliasCommand) Run(s *session) error {
	return c.change(s, c.Name, func(service *tracker.Service, id int64) (indicator.Agency, error) {
		return service.AliasAgency(s.ctx, id, c.Alias)
	})
}

type agencyRenameCommand struct {
	agencyFlags
	From string `placeholder:"DATE" help:"First day on which it is called so, such as 2024-01-01; by default today."`
	Name string `arg:"" help:"A name of the agency."`
	To   string `arg:"" help:"Its new official name."`
}

// Run renames an agency.
func (c agencyRenameCommand) Run(s *session) error {
	from, err := dayOrZero(c.From)
	if err != nil {
		return err
	}
	return c.change(s, c.Name, func(service *tracker.Service, id int64) (indicator.Agency, error) {
		return service.RenameAgency(s.ctx, id, c.To, from)
	})
}

type agencyMergeCommand struct {
	agencyFlags
	Name string `arg:"" help:"A name of the agency that is merged into the other."`
	Into string `arg:"" help:"A name of the other, which is the one that is left."`
}

// Run merges two agencies.
func (c agencyMergeCommand) Run(s *session) error {
	return c.change(s, c.Name, func(service *tracker.Service, id int64) (indicator.Agency, error) {
		return service.MergeAgencies(s.ctx, id, c.Into)
	})
}

type agencySucceedCommand struct {
	agencyFlags
	From string `placeholder:"DATE" help:"First day on which the other has the duties, such as 2024-01-01; by default today."`
	Name string `arg:"" help:"A name of the agency whose duties pass on."`
	By   string `arg:"" help:"A name of the agency that has them then; one that nobody has yet makes an agency."`
}

// Run passes the duties of an agency to another.
func (c agencySucceedCommand) Run(s *session) error {
	from, err := dayOrZero(c.From)
	if err != nil {
		return err
	}
	return c.change(s, c.Name, func(service *tracker.Service, id int64) (indicator.Agency, error) {
		return service.SucceedAgency(s.ctx, id, c.By, from)
	})
}

func dayOrZero(text string) (indicator.Date, error) {
	if text == "" {
		return indicator.Date{}, nil
	}
	day, err := indicator.ParseDate(text)
	return day, fault.At(err, "from")
}

// printMatches lists the names that may be other names of agencies; nothing without any.
func printMatches(out io.Writer, matches []indicator.AgencyMatch, plan string) error {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"匹配", "计划所写", "可能是"})
	for _, m := range matches {
		if m.State == indicator.MatchOpen {
			number := "—"
			if m.ID != 0 {
				number = fmt.Sprint(m.ID)
			}
			t.AppendRow(table.Row{number, m.Name, m.Agency.Name})
		}
	}
	if t.Length() == 0 {
		return nil
	}
	_, err := fmt.Fprintf(out, "%s\n单位名称待核对，未确认前各为单独的单位 / names to be checked, agencies of their own until they are confirmed: "+
		"tracker plan review --code %s --confirm-match N --reject-match N\n", t.Render(), plan)
	return err
}
