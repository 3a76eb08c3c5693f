package httpapi_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

const jsonBody = "application/json"

// agencyOf finds an agency of a jurisdiction by one of its names.
func (a *api) agencyOf(city, name string) v1.Agency {
	a.t.Helper()
	found := read[v1.AgencyPage](a.get("/api/v1/agencies?jurisdiction=" + url.QueryEscape(city) + "&name=" + url.QueryEscape(name)).want(200)).Items
	if len(found) != 1 {
		a.t.Fatalf("%s of %s: %+v", name, city, found)
	}
	return found[0]
}

// toAgency sends a change of an agency of a jurisdiction.
func (a *api) toAgency(city, name, change, body string) answer {
	a.t.Helper()
	return a.post("/api/v1/agencies/"+a.agencyOf(city, name).ID+"/"+change, body, "Content-Type", jsonBody)
}

// TestTwoJurisdictionsAfterChanges holds that whatever happens to agencies of one city, a
// key of either neither writes to nor reads drafts of the other.
func TestTwoJurisdictionsAfterChanges(t *testing.T) {
	for name, change := range map[string]func(a *api){
		"another name": func(a *api) {
			a.toAgency("东河市", "市工信局", "aliases", `{"name":"市工业和信息化局"}`).want(200)
		},
		"a new name": func(a *api) {
			a.toAgency("东河市", "市工信局", "rename", `{"name":"市工业和信息化局","from":"2023-10-01"}`).want(200)
		},
		"a merge": func(a *api) { a.toAgency("东河市", "市交通局", "merge", `{"into":"市工信局"}`).want(200) },
		"a merge the other way": func(a *api) {
			a.toAgency("东河市", "市工信局", "merge", `{"into":"市交通局"}`).want(200)
		},
		"a succession": func(a *api) {
			a.toAgency("东河市", "市交通局", "succeed", `{"by":"市工信局","from":"2023-10-01"}`).want(200)
		},
		"a succession to come": func(a *api) {
			a.toAgency("东河市", "市工信局", "succeed", `{"by":"市数据局","from":"2024-01-01"}`).want(200)
		},
		"a correction there and back": func(a *api) {
			for _, city := range []string{"北林市", "东河市"} {
				a.send("PUT", "/api/v1/plans/donghe/jurisdiction", `{"jurisdiction":"`+city+`"}`, "Content-Type", jsonBody).want(200)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, keys := twoCities(t)
			change(a)
			admin := a.token
			for own := range cities {
				for code := range cities {
					a.t, a.token = t, keys[own]
					if own == code {
						a.ownPlan(code)
					} else {
						a.plansOfOthers(code)
					}
					a.token = admin
				}
			}
		})
	}
}

func TestAliasesEverywhere(t *testing.T) {
	a, _ := twoCities(t)
	const long = "市工业和信息化局"
	if got := read[v1.Agency](a.toAgency("东河市", "市工信局", "aliases", `{"name":"`+long+`"}`).want(200)); got.Name != "市工信局" || !slices.Equal(got.Aliases, []string{long}) {
		t.Errorf("%+v", got)
	}
	a.toAgency("东河市", "市工信局", "aliases", `{"name":"市交通局"}`).wantProblem(409, "agency_name_taken", "/name")
	a.toAgency("东河市", "市工信局", "aliases", `{"name":" x"}`).wantProblem(422, "invalid_value", "/name")
	a.toAgency("东河市", "市工信局", "aliases", `{}`).wantProblem(422, "required_field", "/name")
	a.post("/api/v1/agencies/9999/aliases", `{"name":"x"}`, "Content-Type", jsonBody).wantProblem(404, "not_found", "")
	a.post("/api/v1/agencies/x/aliases", `{"name":"x"}`, "Content-Type", jsonBody).wantProblem(404, "not_found", "")

	by := url.QueryEscape(long)
	for _, path := range []string{"/api/v1/indicators?agency=" + by, "/api/v1/progress?agency=" + by + "&jurisdiction=" + url.QueryEscape("东河市")} {
		if body := string(a.get(path).want(200).body); !strings.Contains(body, "donghe-1-1") || strings.Contains(body, "xishan") {
			t.Errorf("%s: %s", path, body)
		}
	}
	rows := a.sheetOf(long, "")
	if text := fmt.Sprint(rows); !strings.Contains(text, "donghe-1-1") || strings.Contains(text, "xishan") {
		t.Errorf("template %s", text)
	}
	made := read[v1.KeyCreated](a.post("/api/v1/keys", `{"name":"n","role":"reporter","agencies":["`+long+`"]}`).want(201))
	if b := made.Key.BoundAgencies; len(b) != 1 || b[0].Name != "市工信局" || b[0].Jurisdiction != "东河市" {
		t.Errorf("bound to %+v", b)
	}
	for _, token := range []string{made.Token, a.token} {
		a.token = token
		for i, name := range []string{long, "市工信局"} {
			body := fmt.Sprintf(`{"indicator":"donghe-1-1","period":"2023-0%d","value":1,"agency":"%s"}`, i+1, name)
			got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", body).want(201))
			if by := got.Measurement.ReportedBy; by == nil || by.Agency == nil || *by.Agency != "市工信局" {
				t.Errorf("for %s: %+v", name, by)
			}
		}
		sheet := "指标代码,报告期,实绩,报送单位\ndonghe-1-1,2023-03,4," + long + "\ndonghe-1-1,2023-04,5,市教育局\n"
		receipts := read[v1.BatchReceipts](a.send("POST", "/api/v1/measurements/batch", sheet, "Content-Type", "text/csv").want(200)).Receipts
		if got := outcomesOf(receipts); !strings.HasSuffix(got, "refused invalid_value/agency") || strings.Count(got, "refused") != 1 {
			t.Errorf("batch: %s", got)
		}
	}
}

// TestMatchesInReview imports a second plan of a city that writes the full name of an
// agency the first calls by a short one.
func TestMatchesInReview(t *testing.T) {
	a, keys := twoCities(t)
	const full = "市工业和信息化局"
	text := strings.ReplaceAll(fmt.Sprintf(cityPlan, "东河市"), "市工信局", full)
	proposed := func(imported v1.PlanImport) string {
		var list []string
		for _, m := range imported.AgencyMatches {
			list = append(list, m.Name+"="+m.AgencyName+" "+m.State)
		}
		return strings.Join(list, ", ")
	}
	dry := read[v1.PlanImport](a.post("/api/v1/plans?code=second&dry_run=true", text, "Content-Type", plain).want(200))
	imported := read[v1.PlanImport](a.post("/api/v1/plans?code=second&confirm=true", text, "Content-Type", plain).want(201))
	for _, got := range []v1.PlanImport{dry, imported} {
		if proposed(got) != full+"=市工信局 open" {
			t.Errorf("proposed %q", proposed(got))
		}
	}
	if dry.AgencyMatches[0].ID != nil || imported.AgencyMatches[0].ID == nil || imported.Plan.Review.AgencyMatches != 1 {
		t.Errorf("%+v and %+v", dry.AgencyMatches, imported)
	}
	a.token, keys["admin"] = keys["donghe"], a.token
	if p := read[v1.Plan](a.get("/api/v1/plans/second").want(200)); p.Review.AgencyMatches != 0 {
		t.Errorf("a reporter sees %+v", p.Review)
	}
	a.post("/api/v1/measurements", report("second-1-1", 1)).wantProblem(403, "forbidden", "/indicator")
	a.get("/api/v1/plans/second/agency-matches").wantProblem(403, "forbidden", "")

	a.token = keys["admin"]
	decide := func(body string) answer {
		return a.post("/api/v1/plans/second/agency-matches", body, "Content-Type", jsonBody)
	}
	decide(`{"confirm":["x"]}`).wantProblem(422, "invalid_value", "/confirm/0")
	decide(`{"reject":["9999"]}`).wantProblem(422, "invalid_value", "/reject/0")
	a.get("/api/v1/plans/none/agency-matches").wantProblem(404, "not_found", "")
	before := a.clock().UTC().Format(time.RFC3339Nano)
	done := read[v1.AgencyMatches](decide(`{"confirm":["` + *imported.AgencyMatches[0].ID + `"]}`).want(200))
	if len(done.Items) != 1 || done.Items[0].State != "confirmed" {
		t.Errorf("%+v", done)
	}
	a.token = keys["donghe"]
	a.post("/api/v1/measurements", report("second-1-1", 1)).want(201)
	in := read[v1.Indicator](a.get("/api/v1/indicators/second-1-1").want(200))
	first := read[v1.Indicator](a.get("/api/v1/indicators/donghe-1-1").want(200))
	if in.LeadAgencies[0] != full || in.LeadAgencyIDs[0] != first.LeadAgencyIDs[0] {
		t.Errorf("%+v, and the first is led by %v", in, first.LeadAgencyIDs)
	}
	then := read[v1.IndicatorPage](a.get("/api/v1/indicators?plan=second&as_of=" + before).want(200)).Items
	if len(then) == 0 || then[0].LeadAgencyIDs[0] == first.LeadAgencyIDs[0] {
		t.Errorf("before: %+v", then)
	}
	a.token = keys["xishan"]
	a.post("/api/v1/measurements", report("second-1-1", 2)).wantProblem(403, "forbidden", "/indicator")
}

// TestMatchesAfterMerges holds that proposals name the agencies as they are now.
func TestMatchesAfterMerges(t *testing.T) {
	const full = "市工业和信息化局"
	for name, c := range map[string]struct{ merge, into, want string }{
		"those that a name may be":       {"市工商局", "市工信局", "市工业信息和商务局=市工信局 open, " + full + "=市工信局 open"},
		"one that a name may be into it": {"市工信局", full, "市工业信息和商务局=" + full + " open, 市工业信息和商务局=市工商局 open, " + full + "=" + full + " settled"},
		"a name into another":            {full, "市交通局", "市工业信息和商务局=市工信局 open, 市工业信息和商务局=市工商局 open, " + full + "=市交通局 settled"},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := twoCities(t)
			text := strings.ReplaceAll(fmt.Sprintf(cityPlan, "东河市"), "市工信局", "市工商局")
			a.post("/api/v1/plans?code=first&confirm=true", text, "Content-Type", plain).want(201)
			text = strings.ReplaceAll(text, "市工商局", "市工业信息和商务局、"+full)
			a.post("/api/v1/plans?code=second&confirm=true", text, "Content-Type", plain).want(201)
			a.toAgency("东河市", c.merge, "merge", `{"into":"`+c.into+`"}`).want(200)
			var got []string
			open := 0
			for _, m := range read[v1.AgencyMatches](a.get("/api/v1/plans/second/agency-matches").want(200)).Items {
				got = append(got, m.Name+"="+m.AgencyName+" "+m.State)
				if m.State == "open" {
					open++
				}
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("%v", got)
			}
			if p := read[v1.Plan](a.get("/api/v1/plans/second").want(200)); p.Review.AgencyMatches != open {
				t.Errorf("%d counted, %d open", p.Review.AgencyMatches, open)
			}
		})
	}
}

// TestSuccession follows the duties of an agency to another.
func TestSuccession(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	_, heir := a.keyOf("东河市", access.Reporter, "市数据局")
	send := func(token string, value int) answer {
		a.token = token
		defer func() { a.token = admin }()
		return a.post("/api/v1/measurements", report("donghe-1-1", value))
	}
	send(keys["donghe"], 1).want(201)
	send(heir, 2).wantProblem(403, "forbidden", "/indicator")
	before := a.clock().UTC().Format(time.RFC3339Nano)
	passed := read[v1.Agency](a.toAgency("东河市", "市工信局", "succeed", `{"by":"市数据局","from":"2023-10-01"}`).want(200))
	if passed.Successor == nil || passed.Successor.Name != "市数据局" || passed.Until == nil || *passed.Until != "2023-09-30" {
		t.Errorf("%+v", passed)
	}
	if p := send(keys["donghe"], 3).wantProblem(403, "forbidden", "/indicator"); !strings.Contains(p.Detail, "市数据局") {
		t.Errorf("%q names no successor", p.Detail)
	}
	corrected := read[v1.MeasurementReceipt](send(heir, 4).want(201))
	if corrected.Measurement.Revision != 2 || *corrected.Measurement.ReportedBy.Agency != "市数据局" {
		t.Errorf("%+v", corrected.Measurement)
	}
	all := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-1-1/measurements").want(200)).Items
	if *all[0].ReportedBy.Agency != "市工信局" {
		t.Errorf("what was reported before is now by %+v", all[0].ReportedBy)
	}
	for token, sees := range map[string]int{heir: 200, keys["donghe"]: 404, keys["xishan"]: 404} {
		a.token = token
		a.get("/api/v1/indicators/donghe-2-1").want(sees) // a draft
	}
	a.token = admin
	if rows := fmt.Sprint(a.sheetOf("市数据局", "")); !strings.Contains(rows, "donghe-1-1") {
		t.Errorf("the template shows %s", rows)
	}
	a.get("/api/v1/agencies/"+url.PathEscape("市工信局")+"/template.xlsx?plan=donghe").wantProblem(404, "not_found", "")
	by := url.QueryEscape("市数据局")
	for path, want := range map[string]bool{
		"/api/v1/progress?agency=" + by: true, "/api/v1/progress?agency=" + by + "&as_of=" + before: false,
		"/api/v1/indicators?agency=" + by: true, "/api/v1/indicators?agency=" + by + "&as_of=" + before: false,
		"/api/v1/agencies?name=" + by: true, "/api/v1/agencies?name=" + by + "&as_of=" + before: false,
	} {
		if body := string(a.get(path).want(200).body); strings.Contains(body, `"items":[{`) != want {
			t.Errorf("%s: %s", path, body)
		}
	}
	a.toAgency("东河市", "市工信局", "merge", `{"into":"市交通局"}`).wantProblem(409, "agency_succeeded", "")
	a.toAgency("东河市", "市数据局", "succeed", `{"by":"市工信局"}`).wantProblem(422, "invalid_value", "/by")
	a.toAgency("东河市", "市工信局", "succeed", `{"by":"市数据局","from":"2023-13-01"}`).wantProblem(422, "invalid_date", "/from")
	a.toAgency("东河市", "市工信局", "succeed", `{"by":"市数据局","from":"2024-01-01"}`).want(200)
	send(heir, 5).wantProblem(403, "forbidden", "/indicator") // it is to come only
	a.setClock(time.Date(2024, 1, 1, 0, 0, 10, 0, time.UTC))
	send(heir, 6).want(201)
	send(keys["donghe"], 7).wantProblem(403, "forbidden", "/indicator")
	a.auditHas("agency.succeeded", 2)
}

func (a *api) auditHas(action string, want int) {
	a.t.Helper()
	entries := read[v1.AuditPage](a.get("/api/v1/audit?limit=500").want(200)).Items
	if got := len(slices.DeleteFunc(entries, func(e v1.AuditEntry) bool { return e.Action != action })); got != want {
		a.t.Errorf("%d entries %s, want %d", got, action, want)
	}
}

// TestMergeAndRename holds what is one agency to be one everywhere, and two as of before.
func TestMergeAndRename(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	_, traffic := a.keyOf("东河市", access.Reporter, "市交通局")
	a.token = traffic
	a.post("/api/v1/measurements", report("donghe-1-1", 1)).want(201)
	a.token = keys["donghe"]
	a.post("/api/v1/measurements", report("donghe-1-1", 2)).wantProblem(409, "reported_by_another", "/replaces")
	a.token = admin
	before := a.clock().UTC().Format(time.RFC3339Nano)
	left := read[v1.Agency](a.toAgency("东河市", "市交通局", "merge", `{"into":"市工信局"}`).want(200))
	if left.Name != "市工信局" || !slices.Equal(left.Aliases, []string{"市交通局"}) {
		t.Errorf("%+v", left)
	}
	renamed := read[v1.Agency](a.toAgency("东河市", "市交通局", "rename", `{"name":"市产业局"}`).want(200))
	if renamed.ID != left.ID || renamed.Name != "市产业局" || len(renamed.Aliases) != 2 {
		t.Errorf("%+v", renamed)
	}
	for token, value := range map[string]int{keys["donghe"]: 3, traffic: 4} {
		a.token = token
		got := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", report("donghe-1-1", value)).want(201))
		if *got.Measurement.ReportedBy.Agency != "市产业局" {
			t.Errorf("reported by %+v", got.Measurement.ReportedBy)
		}
	}
	a.token = admin
	all := read[v1.MeasurementPage](a.get("/api/v1/indicators/donghe-1-1/measurements").want(200)).Items
	if len(all) != 3 || *all[0].ReportedBy.Agency != "市交通局" {
		t.Errorf("the history says %+v", all)
	}
	groups := func(asOf string) (labels []string) {
		for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe/summary?group_by=agency" + asOf).want(200)).Groups {
			labels = append(labels, fmt.Sprint(g.Label, g.Count))
		}
		return labels
	}
	if got := groups(""); !slices.Equal(got, []string{"市产业局1"}) {
		t.Errorf("groups %v", got)
	}
	if got := groups("&as_of=" + before); !slices.Equal(got, []string{"市工信局1", "市交通局1"}) {
		t.Errorf("groups before %v", got)
	}
	city := "?jurisdiction=" + url.QueryEscape("东河市")
	if got := len(read[v1.AgencyPage](a.get("/api/v1/agencies" + city).want(200)).Items); got != 1 {
		t.Errorf("%d agencies", got)
	}
	if got := len(read[v1.AgencyPage](a.get("/api/v1/agencies" + city + "&as_of=" + before).want(200)).Items); got != 2 {
		t.Errorf("%d agencies before", got)
	}
	a.get("/api/v1/agencies?as_of=2999-01-01T00:00:00Z").wantProblem(400, "invalid_parameter", "as_of")
	a.get("/api/v1/indicators?as_of=2999-01-01T00:00:00Z").wantProblem(400, "invalid_parameter", "as_of")
	a.toAgency("东河市", "市产业局", "merge", `{"into":"市产业局"}`).wantProblem(422, "invalid_value", "/into")
	a.auditHas("agency.merged", 1)
	a.auditHas("agency.renamed", 1)
}

// TestNamesByTheirDays holds that an agency is called on a day by the name whose day is the
// latest until then, whichever was recorded last.
func TestNamesByTheirDays(t *testing.T) {
	a, _ := twoCities(t)
	for _, r := range [][2]string{{"市产业局", "2023-09-01"}, {"市经信局", "2023-06-01"}} {
		a.toAgency("东河市", "市工信局", "rename", `{"name":"`+r[0]+`","from":"`+r[1]+`"}`).want(200)
	}
	if got := a.agencyOf("东河市", "市工信局"); got.Name != "市产业局" {
		t.Errorf("now %+v", got)
	}
	for on, want := range map[string]string{"2023-05-31": "市工信局", "2023-06-01": "市经信局", "2023-08-31": "市经信局", "2023-09-01": "市产业局"} {
		groups := read[v1.Summary](a.get("/api/v1/plans/donghe/summary?group_by=agency&on=" + on).want(200)).Groups
		if !slices.ContainsFunc(groups, func(g v1.SummaryGroup) bool { return g.Label == want }) {
			t.Errorf("on %s: %+v, want %s", on, groups, want)
		}
	}
}

// TestCorrectedJurisdiction moves a plan that was imported under a wrong place.
func TestCorrectedJurisdiction(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	a.token = keys["donghe"]
	stored := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", report("donghe-1-1", 1)).want(201))
	a.token = admin
	before := a.clock().UTC().Format(time.RFC3339Nano)
	correct := func(body string) answer {
		return a.send("PUT", "/api/v1/plans/donghe/jurisdiction", body, "Content-Type", jsonBody)
	}
	correct(`{"jurisdiction":" x"}`).wantProblem(422, "invalid_value", "/jurisdiction")
	correct(`{}`).wantProblem(422, "required_field", "/jurisdiction")
	a.send("PUT", "/api/v1/plans/none/jurisdiction", `{"jurisdiction":"西山市"}`, "Content-Type", jsonBody).wantProblem(404, "not_found", "")
	if p := read[v1.Plan](correct(`{"jurisdiction":"西山市"}`).want(200)); p.Jurisdiction != "西山市" || p.Version != 2 ||
		len(p.ReportsOfOthers) != 1 || p.ReportsOfOthers[0].Agency.Name != "市工信局" || p.ReportsOfOthers[0].Agency.Jurisdiction != "东河市" || p.ReportsOfOthers[0].Reports != 1 {
		t.Errorf("%+v", p)
	}
	a.token = keys["donghe"]
	a.post("/api/v1/measurements", report("donghe-1-1", 2)).wantProblem(403, "forbidden", "/indicator")
	a.get("/api/v1/indicators/donghe-2-1").want(404)
	if body := string(a.get("/api/v1/indicators?state=draft&as_of=" + before).want(200).body); strings.Contains(body, "donghe-2-1") {
		t.Errorf("the draft shows as of before: %s", body)
	}
	a.token = keys["xishan"]
	a.get("/api/v1/indicators/donghe-2-1").want(200)
	a.post("/api/v1/measurements", report("donghe-1-1", 3)).wantProblem(409, "reported_by_another", "/replaces")
	a.send("DELETE", "/api/v1/measurements/"+stored.Measurement.ID+"?reason=x", "").wantProblem(409, "reported_by_another", "/agency")
	a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"donghe-1-1","period":"2023-08","value":3,"replaces":"%s"}`, stored.Measurement.ID)).want(201)
	a.post("/api/v1/measurements", strings.Replace(report("donghe-1-1", 4), "08", "07", 1)).want(201)
	a.token = admin
	west := "jurisdiction=" + url.QueryEscape("西山市")
	for path, want := range map[string]int{
		"/api/v1/plans?" + west: 2, "/api/v1/progress?" + west: 2, "/api/v1/progress?" + west + "&as_of=" + before: 1,
		"/api/v1/indicators?state=confirmed&" + west: 2, "/api/v1/indicators?state=confirmed&" + west + "&as_of=" + before: 1,
	} {
		if got := strings.Count(string(a.get(path).want(200).body), `"donghe`) > 0; got != (want == 2) {
			t.Errorf("%s shows the plan: %v", path, got)
		}
	}
	a.auditHas("plan.jurisdiction_corrected", 1)
	a.send("DELETE", "/api/v1/measurements/"+stored.Measurement.ID+"?reason=x", "").want(409)
}

// TestIndicatorsAsOfInPages holds that pages of an earlier moment neither skip nor repeat.
func TestIndicatorsAsOfInPages(t *testing.T) {
	a, _ := twoCities(t)
	before := a.clock().UTC().Format(time.RFC3339Nano)
	a.post("/api/v1/plans?code=third&confirm=true", fmt.Sprintf(cityPlan, "东河市"), "Content-Type", plain).want(201)
	var codes []string
	for path := "/api/v1/indicators?limit=1&as_of=" + before; path != ""; {
		page := read[v1.IndicatorPage](a.get(path).want(200))
		for _, in := range page.Items {
			codes = append(codes, in.Code)
		}
		path = ""
		if page.NextCursor != nil {
			path = "/api/v1/indicators?limit=1&as_of=" + before + "&cursor=" + *page.NextCursor
		}
	}
	sorted := slices.Sorted(slices.Values(codes))
	if want := []string{"donghe-1-1", "donghe-2-1", "xishan-1-1", "xishan-2-1"}; !slices.Equal(sorted, want) {
		t.Errorf("%v", codes)
	}
}

func TestNobodyOpensACalendarOfAnAgencyThatIsNone(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/agencies/999999/calendar", "").wantProblem(404, "not_found", "")
}
