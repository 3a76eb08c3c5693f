package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var agencyEventBehaviours = []behaviour{
	{"agency: another name means it in plans, keys and filters", agencyAlias},
	{"agency: a new official name counts from its day, and the old one stays a name", agencyRename},
	{"agency: a merged one is the other from then on, and was not before", agencyMerge},
	{"agency: duties pass to another on their day", agencySucceed},
	{"agency: duties never come back in a ring", agencyRing},
	{"agency: what was recorded by mistake is cancelled, and was so before", agencyCancel},
	{"agency: who has the duties corrects what was reported before", agencyCorrects},
	{"agency: names that resemble known ones are proposed and decided", agencyProposals},
	{"agency: a plan of another jurisdiction names agencies of that", agencyCorrected},
	{"agency: at every moment all is as a plain model has it", agencyModel},
}

// markOf is a moment after all that was stored so far and before all that follows.
func markOf(t *testing.T, s *store.Store) time.Time {
	t.Helper()
	k := access.Key{ID: fmt.Sprint("mark", unique.Add(1)), Name: "n", Role: access.Analyst}
	return must(s.CreateKey(t.Context(), k))(t).CreatedAt
}

// Days before and after those of Ticking, with the moments at which they begin.
var (
	pastDay, pastBegins     = day("2023-06-01"), time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC)
	futureDay, futureBegins = day("2024-01-01"), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
)

// codesOf are the codes of the indicators that a filter by an agency's name shows at a
// moment (zero: now).
func codesOf(t *testing.T, s *store.Store, name string, asOf time.Time) []string {
	t.Helper()
	found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Agencies: []string{name}}, AsOf: asOf})
	codes := []string{}
	for _, in := range must(found, err)(t) {
		codes = append(codes, in.Code)
	}
	return codes
}

// agencyAt is an agency by one of its names at a moment (zero: now); zero when nobody is
// listed under it.
func agencyAt(t *testing.T, s *store.Store, name string, asOf time.Time) indicator.Agency {
	t.Helper()
	found, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Name: name, AsOf: asOf})
	if len(must(found, err)(t)) == 0 {
		return indicator.Agency{}
	}
	return found[0]
}

func actionsOn(t *testing.T, s *store.Store, target string) (actions []string) {
	t.Helper()
	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{Target: target})
	for _, e := range must(entries, err)(t) {
		actions = append(actions, e.Action)
	}
	return actions
}

func agencyAlias(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	id := agencyID(t, s, "东河市", "路政局")
	before := markOf(t, s)
	a := must(s.AliasAgency(t.Context(), id, "公路局"))(t)
	equal(t, "names", append([]string{a.Name}, a.Aliases...), []string{"路政局", "公路局"})
	equal(t, "again", must(s.AliasAgency(t.Context(), id, "公路局"))(t), a)
	equal(t, "audited once", actionsOn(t, s, fmt.Sprint(id)), []string{"agency.aliased"})

	in := sampleIndicator("p", "1", "甲")
	in.LeadAgencies, in.ParticipatingAgencies = []string{"公路局"}, nil
	made := must(s.CreateIndicator(t.Context(), in))(t)
	equal(t, "as the plan writes it", made.LeadAgencies, []string{"公路局"})
	equal(t, "whom it means", made.LeadAgencyIDs, []int64{id})
	for _, name := range []string{"路政局", "公路局"} {
		equal(t, "by "+name, codesOf(t, s, name, time.Time{})[0], "p-1-1")
		bound := boundTo(t, s, "东河市", name)
		equal(t, "a key of "+name, bound, []indicator.AgencyRef{{ID: id, Jurisdiction: "东河市", Name: "路政局"}})
	}
	equal(t, "a key of both names", len(boundTo(t, s, "东河市", "公路局", "路政局")), 1)
	equal(t, "in the other place", boundTo(t, s, "西山市", "公路局", "河务局")[0].ID == id, false)
	equal(t, "before", codesOf(t, s, "公路局", before), []string{})

	_, err := s.AliasAgency(t.Context(), id, "河务局")
	refused(t, err, fault.AgencyNameTaken, "/name")
	_, err = s.RenameAgency(t.Context(), id, "河务局", pastDay, pastBegins)
	refused(t, err, fault.AgencyNameTaken, "/name")
	_, err = s.AliasAgency(t.Context(), 9999, "新名局")
	refused(t, err, fault.NotFound, "")
}

func agencyRename(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	id := agencyID(t, s, "东河市", "路政局")
	before := markOf(t, s)
	later := must(s.RenameAgency(t.Context(), id, "交通局", futureDay, futureBegins))(t)
	equal(t, "until its day", append([]string{later.Name}, later.Aliases...), []string{"路政局", "交通局"})
	between := markOf(t, s)
	now := must(s.RenameAgency(t.Context(), id, "公路局", pastDay, pastBegins))(t)
	equal(t, "from its day", append([]string{now.Name}, now.Aliases...), []string{"公路局", "路政局", "交通局"})
	equal(t, "known later", agencyAt(t, s, "路政局", between).Name, "路政局")
	equal(t, "not known", agencyAt(t, s, "公路局", before).Name, "")
	equal(t, "then", agencyAt(t, s, "路政局", futureBegins.Add(time.Hour)).Name, "交通局")
	equal(t, "a key", boundTo(t, s, "东河市", "路政局")[0].Name, "公路局")
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	equal(t, "as the plan writes it", in.LeadAgencies[0], "路政局")
	equal(t, "whom it means", in.LeadAgencyIDs[0], id)
	equal(t, "called", must(s.AgencyNames(t.Context(), []int64{id}, between, between))(t), map[int64][]string{id: {"路政局"}})
	equal(t, "back", must(s.RenameAgency(t.Context(), id, "路政局", pastDay, pastBegins))(t).Name, "路政局")
	equal(t, "audited", actionsOn(t, s, fmt.Sprint(id)), []string{"agency.renamed", "agency.renamed", "agency.renamed"})
}

func agencyMerge(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	road, money := agencyID(t, s, "东河市", "路政局"), agencyID(t, s, "东河市", "财务局")
	k := access.Key{ID: "k", Name: "n", Role: access.Reporter, Agencies: []string{"财务局"}, Jurisdiction: "东河市"}
	withKey(t, s, k)
	before := markOf(t, s)
	equal(t, "nothing has changed", must(s.AgenciesChanged(t.Context()))(t), time.Time{})
	_, err := s.MergeAgencies(t.Context(), money, "无此局")
	refused(t, err, fault.InvalidValue, "/into")
	_, err = s.MergeAgencies(t.Context(), money, "财务局")
	refused(t, err, fault.InvalidValue, "/into")
	left := must(s.MergeAgencies(t.Context(), money, "路政局"))(t)
	changed := must(s.AgenciesChanged(t.Context()))(t)
	equal(t, "changed with the merger", changed.After(before) && !changed.After(must(s.Head(t.Context()))(t).Moment), true)
	equal(t, "left", left, indicator.Agency{
		AgencyRef: indicator.AgencyRef{ID: road, Jurisdiction: "东河市", Name: "路政局"}, Aliases: []string{"财务局"}, LeadTasks: 1, Indicators: 1,
	})
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	equal(t, "names as they are written", in.LeadAgencies, []string{"路政局", "财务局"})
	equal(t, "whom they mean", in.LeadAgencyIDs, []int64{road, road})
	task := must(s.Task(t.Context(), "p", "1"))(t)
	equal(t, "in the task", task.LeadAgencyIDs, []int64{road, road})
	key := must(s.Key(t.Context(), "k"))(t)
	equal(t, "the key follows", key.Bound, []indicator.AgencyRef{left.AgencyRef})
	equal(t, "and answers for both", key.Acting[0].AnswersFor, []int64{road, money})
	equal(t, "the key is settled", key.Unsettled(), false)
	then := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Agencies: []string{"财务局"}, Jurisdictions: []string{"东河市"}}}, before))(t)
	equal(t, "before", then[0].LeadAgencyIDs, []int64{road, money})
	equal(t, "two of them", agencyAt(t, s, "财务局", before).Name, "财务局")
	equal(t, "in the other place", agencyID(t, s, "西山市", "财务局") != 0, true)
	equal(t, "audited", actionsOn(t, s, fmt.Sprint(road)), []string{"agency.merged"})
	equal(t, "by the id of before", must(s.AliasAgency(t.Context(), money, "公路局"))(t).ID, road)
}

func agencySucceed(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	road := agencyID(t, s, "东河市", "路政局")
	for id, name := range map[string]string{"old": "路政局", "new": "数据局"} {
		withKey(t, s, access.Key{ID: id, Name: "n", Role: access.Reporter, Agencies: []string{name}, Jurisdiction: "东河市"})
	}
	answers := func(id string) bool {
		return slices.Contains(must(s.Key(t.Context(), id))(t).Acting[0].AnswersFor, road)
	}
	before := markOf(t, s)
	a := must(s.SucceedAgency(t.Context(), road, "数据局", futureDay, futureBegins))(t)
	equal(t, "changes on the day", must(s.AgenciesChanged(t.Context()))(t).UTC(), futureBegins)
	equal(t, "until", a.Until, day("2023-12-31"))
	equal(t, "by", a.Successor.Name, "数据局")
	equal(t, "before the day", []bool{answers("old"), answers("new")}, []bool{true, false})
	equal(t, "the successor shows nothing yet", codesOf(t, s, "数据局", time.Time{}), []string{})
	equal(t, "then it will", codesOf(t, s, "数据局", futureBegins), []string{"p-1-1"})

	must(s.SucceedAgency(t.Context(), road, "数据局", pastDay, pastBegins))(t)
	equal(t, "from the day on", []bool{answers("old"), answers("new")}, []bool{false, true})
	equal(t, "the successor shows it", codesOf(t, s, "数据局", time.Time{}), []string{"p-1-1"})
	equal(t, "and the one that is named", codesOf(t, s, "路政局", time.Time{}), []string{"p-1-1"})
	equal(t, "not before it was known", codesOf(t, s, "数据局", before), []string{})
	equal(t, "counts", agencyAt(t, s, "数据局", time.Time{}).Indicators, 1)
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	equal(t, "the plan still names it", in.LeadAgencyIDs[0], road)
	equal(t, "who answers for the name", must(s.AnsweringFor(t.Context(), "p", "路政局"))(t).Name, "数据局")

	_, err := s.MergeAgencies(t.Context(), road, "财务局")
	refused(t, err, fault.AgencySucceeded, "")
	_, err = s.MergeAgencies(t.Context(), agencyID(t, s, "东河市", "财务局"), "路政局")
	refused(t, err, fault.AgencySucceeded, "")
	equal(t, "audited", actionsOn(t, s, fmt.Sprint(road)), []string{"agency.succeeded", "agency.succeeded"})
}

func agencyRing(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	road, money := agencyID(t, s, "东河市", "路政局"), agencyID(t, s, "东河市", "财务局")
	_, err := s.SucceedAgency(t.Context(), road, "路政局", pastDay, pastBegins)
	refused(t, err, fault.InvalidValue, "/by")
	must(s.SucceedAgency(t.Context(), road, "财务局", futureDay, futureBegins))(t)
	must(s.SucceedAgency(t.Context(), money, "河务局", pastDay, pastBegins))(t)
	_, err = s.SucceedAgency(t.Context(), agencyID(t, s, "东河市", "河务局"), "路政局", pastDay, pastBegins)
	refused(t, err, fault.InvalidValue, "/by")
	must(s.SucceedAgency(t.Context(), road, "财务局", pastDay, pastBegins))(t)
	equal(t, "through both", must(s.AnsweringFor(t.Context(), "p", "路政局"))(t).Name, "河务局")
}

func agencyCancel(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	road, money := agencyID(t, s, "东河市", "路政局"), agencyID(t, s, "东河市", "财务局")
	must(s.SucceedAgency(t.Context(), road, "数据局", pastDay, pastBegins))(t)
	must(s.RenameAgency(t.Context(), road, "公路局", pastDay, pastBegins))(t)
	must(s.MergeAgencies(t.Context(), money, "河务局"))(t)
	before := markOf(t, s)
	for _, e := range must(s.AgencyEvents(t.Context(), road))(t) {
		if e.Kind != indicator.AgencyAliased { // the rename brought it
			must(s.CancelAgencyEvent(t.Context(), road, e.ID))(t)
		}
	}
	merged := must(s.AgencyEvents(t.Context(), money))(t)
	equal(t, "the merge", []string{merged[0].Agency, merged[0].Other}, []string{"财务局", "河务局"})
	must(s.CancelAgencyEvent(t.Context(), money, merged[0].ID))(t)
	now, then := agencyAt(t, s, "路政局", time.Time{}), agencyAt(t, s, "路政局", before)
	equal(t, "now", []string{now.Name, now.Successor.Name}, []string{"路政局", ""})
	equal(t, "then", []string{then.Name, then.Successor.Name}, []string{"公路局", "数据局"})
	equal(t, "the name is gone", len(now.Aliases), 0)
	equal(t, "two again", agencyAt(t, s, "财务局", time.Time{}).Name, "财务局")
	equal(t, "one then", agencyAt(t, s, "财务局", before).Name, "河务局")
	_, err := s.CancelAgencyEvent(t.Context(), road, merged[0].ID)
	refused(t, err, fault.NotFound, "/event")
}

// reportBy stores a report of the indicator p-1-1 that is sent for the agency with a name.
func reportBy(t *testing.T, s *store.Store, name, value string) error {
	t.Helper()
	m := increment("p-1-1", "2023-06", value)
	a := must(s.AnsweringFor(t.Context(), "p", name))(t)
	m.ReportedBy = indicator.Reporter{Agency: a.Name, AgencyID: a.ID, Key: "k" + a.Name, Name: "n"}
	_, _, err := Report(t.Context(), s, m)
	return err
}

func agencyCorrects(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	if err := reportBy(t, s, "路政局", "1"); err != nil {
		t.Fatal(err)
	}
	refused(t, reportBy(t, s, "财务局", "2"), fault.ReportedByAnother, "/replaces")
	must(s.SucceedAgency(t.Context(), agencyID(t, s, "东河市", "路政局"), "财务局", pastDay, pastBegins))(t)
	if err := reportBy(t, s, "财务局", "3"); err != nil {
		t.Fatal(err)
	}
	refused(t, reportBy(t, s, "河务局", "4"), fault.ReportedByAnother, "/replaces")
	must(s.MergeAgencies(t.Context(), agencyID(t, s, "东河市", "河务局"), "财务局"))(t)
	if err := reportBy(t, s, "河务局", "5"); err != nil {
		t.Errorf("what is one agency now: %v", err)
	}
	must(s.RenameAgency(t.Context(), agencyID(t, s, "东河市", "财务局"), "新财局", pastDay, pastBegins))(t)
	if err := reportBy(t, s, "新财局", "6"); err != nil {
		t.Errorf("the same agency by its new name: %v", err)
	}
	all, _, err := s.Measurements(t.Context(), "p-1-1", indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	var who []string
	for _, m := range must(all, err)(t) {
		who = append(who, m.ReportedBy.Agency)
	}
	equal(t, "who reported, by the names of then", who, []string{"路政局", "财务局", "财务局", "新财局"})
	// Rows of one portion may have been checked before and after a rename.
	rows := rowsOf(sourced("p-1-1", "2023-01", "1", "s"), sourced("p-1-1", "2023-02", "1", "s"))
	for i, name := range []string{"财务局", "新财局"} {
		rows[i].Measurement.ReportedBy = indicator.Reporter{Agency: name, AgencyID: must(s.AnsweringFor(t.Context(), "p", name))(t).ID, Key: "k", Name: "n"}
	}
	_, lines := taken(t, s, indicator.Partial, false, rows)
	equal(t, "one source under two names", lines, []string{"1 stored 1", "2 refused source_id_taken/source_id"})
}

// withAgenciesOf stores a plan of 东河市 whose only task names agencies.
func withAgenciesOf(t *testing.T, s *store.Store, code string, names ...string) {
	t.Helper()
	p := samplePlan(code)
	p.Jurisdiction, p.Tasks = "东河市", []indicator.Task{{Plan: code, Number: "1", Section: 1, Title: "改造村道", LeadAgencies: names}}
	in := sampleIndicator(code, "1", code)
	in.LeadAgencies, in.ParticipatingAgencies = names, nil
	if err := s.CreatePlan(t.Context(), p, []indicator.Indicator{in}); err != nil {
		t.Fatal(err)
	}
}

// proposals lists what a plan proposes, as "name=agency state".
func proposals(matches []indicator.AgencyMatch) []string {
	list := []string{}
	for _, m := range matches {
		list = append(list, fmt.Sprintf("%s=%s %s", m.Name, m.Agency.Name, m.State))
	}
	return list
}

func agencyProposals(t *testing.T, s *store.Store) {
	withAgenciesOf(t, s, "p", "市工信局", "市工商局", "市教育局")
	fresh := []string{"市工业和信息化局", "市教体局", "市工业信息化和商务局", "市工业和信息化局", "区教育局"}
	want := []string{"市工业和信息化局=市工信局 open", "市工业信息化和商务局=市工信局 open", "市工业信息化和商务局=市工商局 open"}
	equal(t, "none at first", proposals(must(s.AgencyMatches(t.Context(), "p"))(t)), []string{})
	dry := must(s.ProposedMatches(t.Context(), "东河市", fresh))(t)
	equal(t, "without storing", proposals(dry), want)
	withAgenciesOf(t, s, "q", fresh[0], fresh[1], fresh[2], fresh[4])
	found := must(s.AgencyMatches(t.Context(), "q"))(t)
	equal(t, "stored", proposals(found), want)
	equal(t, "counted", must(s.Plan(t.Context(), "q"))(t).Review.Matches, 3)
	gongxin, full := agencyID(t, s, "东河市", "市工信局"), agencyID(t, s, "东河市", fresh[0])
	equal(t, "of its own till then", full != gongxin && full != 0, true)

	decide := func(d indicator.MatchDecision) ([]indicator.AgencyMatch, error) {
		return s.DecideMatches(t.Context(), "q", d)
	}
	_, err := decide(indicator.MatchDecision{Confirm: []int64{found[0].ID, 9999}})
	refused(t, err, fault.InvalidValue, "/confirm/1")
	_, err = decide(indicator.MatchDecision{Confirm: []int64{found[0].ID}, Reject: []int64{found[0].ID}})
	refused(t, err, fault.InvalidValue, "/reject/0")
	_, err = decide(indicator.MatchDecision{Confirm: []int64{found[1].ID, found[2].ID}})
	refused(t, err, fault.InvalidValue, "/confirm/1") // one name is not two agencies
	equal(t, "nothing was done", proposals(must(s.AgencyMatches(t.Context(), "q"))(t)), want)
	_, err = s.DecideMatches(t.Context(), "none", indicator.MatchDecision{})
	refused(t, err, fault.NotFound, "")
	_, err = s.DecideMatches(t.Context(), "p", indicator.MatchDecision{Confirm: []int64{found[0].ID}})
	refused(t, err, fault.InvalidValue, "/confirm/0")

	before := markOf(t, s)
	done := must(decide(indicator.MatchDecision{Confirm: []int64{found[0].ID}, Reject: []int64{found[1].ID}}))(t)
	equal(t, "decided", proposals(done), []string{"市工业和信息化局=市工信局 confirmed", "市工业信息化和商务局=市工信局 rejected", "市工业信息化和商务局=市工商局 open"})
	equal(t, "again", proposals(must(decide(indicator.MatchDecision{Confirm: []int64{found[0].ID}, Reject: []int64{found[1].ID}}))(t)), proposals(done))
	_, err = decide(indicator.MatchDecision{Reject: []int64{found[0].ID}})
	refused(t, err, fault.InvalidValue, "/reject/0")
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "q-1-1"))(t)
	equal(t, "names as the plan writes them", in.LeadAgencies[0], "市工业和信息化局")
	equal(t, "whom they mean", in.LeadAgencyIDs[0], gongxin)
	equal(t, "by the short name", codesOf(t, s, "市工信局", time.Time{}), []string{"p-1-1", "q-1-1"})
	equal(t, "before", codesOf(t, s, "市工信局", before), []string{"p-1-1"})
	equal(t, "audited", actionsOn(t, s, fmt.Sprint(gongxin)), []string{"agency.aliased"})

	third := agencyID(t, s, "东河市", fresh[2])
	must(s.MergeAgencies(t.Context(), third, "市教育局"))(t)
	equal(t, "what was settled otherwise", proposals(must(s.AgencyMatches(t.Context(), "q"))(t))[2], "市工业信息化和商务局=市教育局 settled")
	withAgenciesOf(t, s, "r", fresh[0])
	equal(t, "what is known is not proposed again", proposals(must(s.AgencyMatches(t.Context(), "r"))(t)), []string{})
}

func agencyCorrected(t *testing.T, s *store.Store) {
	withPlanOf(t, s, "p", "东河市")
	withPlanOf(t, s, "q", "西山市")
	east, west := agencyID(t, s, "东河市", "路政局"), agencyID(t, s, "西山市", "路政局")
	if err := reportBy(t, s, "路政局", "1"); err != nil {
		t.Fatal(err)
	}
	was := must(s.Plan(t.Context(), "p"))(t)
	before := markOf(t, s)
	refused(t, s.CorrectJurisdiction(t.Context(), "none", "西山市"), fault.NotFound, "")
	for range 2 { // the second changes nothing
		if err := s.CorrectJurisdiction(t.Context(), "p", "西山市"); err != nil {
			t.Fatal(err)
		}
	}
	now := must(s.Plan(t.Context(), "p"))(t)
	equal(t, "place and version", fmt.Sprint(now.Jurisdiction, now.Version), "西山市2")
	equal(t, "sections", now.Sections, was.Sections)
	equal(t, "warnings", now.Warnings, was.Warnings)
	equal(t, "milestones", now.Milestones, was.Milestones)
	equal(t, "parts", now.Parts, sampleParts())
	equal(t, "document", must(s.Document(t.Context(), "p", 2))(t), must(s.Document(t.Context(), "p", 1))(t))
	in := must(s.Indicator(t.Context(), indicator.AllVisible(), "p-1-1"))(t)
	equal(t, "led by", in.LeadAgencyIDs[0], west)
	equal(t, "version", in.Version, 2)
	equal(t, "task", must(s.Task(t.Context(), "p", "1"))(t).LeadAgencyIDs, in.LeadAgencyIDs)
	equal(t, "tasks", len(tasksAll(t, s, "p")), 3)
	then := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Jurisdictions: []string{"东河市"}}}, before))(t)
	equal(t, "before", then[0].LeadAgencyIDs[0], east)
	for place, want := range map[string]int{"东河市": 0, "西山市": 2} {
		found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Jurisdictions: indicator.Only(place)}})
		equal(t, "indicators of "+place, len(must(found, err)(t)), want)
		plans, _, err := s.Plans(t.Context(), indicator.PlanSelection{Jurisdictions: indicator.Only(place)}, indicator.Page{})
		equal(t, "plans of "+place, len(must(plans, err)(t)), want)
	}
	equal(t, "no longer named", agencyID(t, s, "东河市", "路政局"), int64(0))
	refused(t, reportBy(t, s, "路政局", "2"), fault.ReportedByAnother, "/replaces") // of one name, and not the one that reported
	equal(t, "audited", slices.Contains(actionsOn(t, s, "p"), "plan.jurisdiction_corrected"), true)
}

func tasksAll(t *testing.T, s *store.Store, plan string) []indicator.Task {
	t.Helper()
	tasks, _, err := s.Tasks(t.Context(), plan, indicator.TaskSelection{}, indicator.Page{})
	return must(tasks, err)(t)
}
