package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type planReviewCommand struct {
	databaseFlag
	Code         string   `required:"" help:"The plan's code."`
	Confirm      []string `placeholder:"C,…" help:"Codes of indicators to confirm."`
	Reject       []string `placeholder:"C,…" help:"Codes of indicators to reject."`
	ConfirmMatch []int64  `placeholder:"N,…" help:"Numbers of proposals to confirm: the name is another name of the agency."`
	RejectMatch  []int64  `placeholder:"N,…" help:"Numbers of proposals to reject: the name is that of an agency of its own."`

	ConfirmAll bool `help:"Confirm all drafts that are not rejected here."`

	DirectionBy string `enum:",person,comparator,baseline,kind,text,assumed" default:"" placeholder:"WORD" help:"List only the drafts whose direction was settled so; assumed are those that nothing settled."`

	JSON bool `name:"json" help:"Print JSON instead of tables."`
}

// Validate refuses to decide about drafts that the list leaves out.
func (c planReviewCommand) Validate() error {
	if c.DirectionBy != "" && (c.ConfirmAll || len(c.Confirm)+len(c.Reject) > 0) {
		return errors.New("--direction-by lists drafts: decide about them by their codes, in a call of its own")
	}
	if len(c.ConfirmMatch)+len(c.RejectMatch) > 0 && (c.ConfirmAll || len(c.Confirm)+len(c.Reject) > 0 || c.DirectionBy != "") {
		return errors.New("--confirm-match and --reject-match decide about names of agencies: decide about indicators in a call of its own")
	}
	return nil
}

// Run prints the drafts of a plan or, told what to decide, decides it in one
// transaction and prints the counts.
func (c planReviewCommand) Run(s *session) error {
	return c.withPlans(s, func(service *tracker.Service, db *store.Store) error {
		if len(c.ConfirmMatch)+len(c.RejectMatch) > 0 {
			return c.decideMatches(s, service)
		}
		if len(c.Confirm)+len(c.Reject) == 0 && !c.ConfirmAll {
			return c.list(s, db)
		}
		done, err := service.ReviewPlan(s.ctx, c.Code, indicator.Decision{Confirm: c.Confirm, Reject: c.Reject, ConfirmRest: c.ConfirmAll})
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(s.out, reviewedJSON{c.Code, countsOf(done.Review), append([]string{}, done.Changed...)})
		}
		if _, err := fmt.Fprintf(s.out, "变更 %d 项 / %d changed\n", len(done.Changed), len(done.Changed)); err != nil {
			return err
		}
		return errors.Join(printReview(s.out, done.Review), c.warnAssumed(s, db, done.Changed))
	})
}

// warnAssumed names the indicators just confirmed of whose direction or course
// nothing in the plan says: figures are judged by them from now on.
func (c planReviewCommand) warnAssumed(s *session, db *store.Store, changed []string) error {
	confirmed, _, err := db.Indicators(s.ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{c.Code}}, States: []indicator.State{indicator.Confirmed}})
	if err != nil {
		return err
	}
	var assumed []string
	for _, in := range confirmed {
		if slices.Contains(changed, in.Code) && isAssumed(in) {
			assumed = append(assumed, in.Code)
		}
	}
	if len(assumed) == 0 {
		return nil
	}
	_, err = fmt.Fprintf(s.out, "已确认的有 %[1]d 项方向或进程为推定，请核对 / confirmed, with a direction or course that is assumed: %[1]d\n%[2]s\n",
		len(assumed), strings.Join(assumed, "\n"))
	return err
}

func (c planReviewCommand) list(s *session, db *store.Store) error {
	plan, err := db.Plan(s.ctx, c.Code)
	if err != nil {
		return err
	}
	drafts, _, err := db.Indicators(s.ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{c.Code}, DirectionsBy: indicator.Only(indicator.Settled(c.DirectionBy))}, States: []indicator.State{indicator.Draft}})
	if err != nil {
		return err
	}
	matches, err := db.AgencyMatches(s.ctx, c.Code)
	if err != nil {
		return err
	}
	if c.JSON {
		listed := draftsJSON{Plan: c.Code, Review: countsOf(plan.Review), Drafts: []draftJSON{}, Matches: matchesOf(matches)}
		for _, in := range drafts {
			listed.Drafts = append(listed.Drafts, draftJSON{in.Code, parseIndicator(in)})
		}
		return writeJSON(s.out, listed)
	}
	if len(drafts) > 0 {
		if _, err := fmt.Fprintln(s.out, draftTable(drafts)); err != nil {
			return err
		}
		if err := printMark(s.out, drafts); err != nil {
			return err
		}
	}
	if err := printMatches(s.out, matches, c.Code); err != nil {
		return err
	}
	return printReview(s.out, plan.Review)
}

// decideMatches decides about names of agencies and prints what became of each proposal.
func (c planReviewCommand) decideMatches(s *session, service *tracker.Service) error {
	matches, err := service.DecideMatches(s.ctx, c.Code, indicator.MatchDecision{Confirm: c.ConfirmMatch, Reject: c.RejectMatch})
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(s.out, matchesJSON{c.Code, matchesOf(matches)})
	}
	for _, m := range matches {
		if slices.Contains(slices.Concat(c.ConfirmMatch, c.RejectMatch), m.ID) {
			if _, err := fmt.Fprintf(s.out, "%d %s：%s（%s）\n", m.ID, m.Name, m.Agency.Name, m.State.Label().ZH); err != nil {
				return err
			}
		}
	}
	return nil
}

// quoteWidth is how much of a sentence a table shows, in columns of a terminal;
// a Chinese character takes two.
const quoteWidth = 48

func draftTable(drafts []indicator.Indicator) string {
	t := indicatorTable(table.Row{"代码", "指标\n原文", "目标\n时限", "方向\n进程", "置信度\n规则"},
		table.ColumnConfig{Number: 2, WidthMax: 24}, table.ColumnConfig{Number: 3, WidthMax: 16})
	for _, in := range drafts {
		t.AppendRow(table.Row{
			in.Code, in.Name + "\n" + shorten(in.Source.Quote), goalCell(in), meaningCell(in), string(in.Confidence) + "\n" + indicator.RuleLabel(in.Source.Rule).ZH,
		})
	}
	return t.Render()
}

// shorten puts a sentence on one line that fits a table.
func shorten(quote string) string {
	runes := []rune(quote)
	for i, r := range runes {
		if r == '\n' || r == '\r' || r == '\t' {
			runes[i] = ' '
		}
	}
	return text.Snip(string(runes), quoteWidth, "…")
}

func printReview(out io.Writer, r indicator.Review) error {
	_, err := fmt.Fprintf(out, "待审核 draft %d，已确认 confirmed %d，已驳回 rejected %d，已停用 withdrawn %d\n",
		r.Draft, r.Confirmed, r.Rejected, r.Withdrawn)
	return err
}

// The shapes of `plan review --json`.
type (
	countsJSON struct {
		Draft     int `json:"draft"`
		Confirmed int `json:"confirmed"`
		Rejected  int `json:"rejected"`
		Withdrawn int `json:"withdrawn"`
	}
	draftJSON struct {
		Code string `json:"code"`
		parsedIndicator
	}
	draftsJSON struct {
		Plan   string      `json:"plan"`
		Review countsJSON  `json:"review"`
		Drafts []draftJSON `json:"drafts"`
		// Matches are proposals about names of agencies.
		Matches []matchJSON `json:"agency_matches"`
	}
	matchJSON struct {
		ID       int64  `json:"id"`
		Name     string `json:"name"`
		AgencyID int64  `json:"agency_id"`
		Agency   string `json:"agency_name"`
		State    string `json:"state"`
	}
	matchesJSON struct {
		Plan    string      `json:"plan"`
		Matches []matchJSON `json:"agency_matches"`
	}
	reviewedJSON struct {
		Plan    string     `json:"plan"`
		Review  countsJSON `json:"review"`
		Changed []string   `json:"changed"`
	}
)

func matchesOf(matches []indicator.AgencyMatch) []matchJSON {
	list := make([]matchJSON, len(matches))
	for i, m := range matches {
		list[i] = matchJSON{m.ID, m.Name, m.Agency.ID, m.Agency.Name, string(m.State)}
	}
	return list
}

func countsOf(r indicator.Review) countsJSON {
	return countsJSON{r.Draft, r.Confirmed, r.Rejected, r.Withdrawn}
}

func writeJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
