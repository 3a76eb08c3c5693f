package httpapi_test

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// cities are two places whose plans have the same agencies, tasks and codes but for
// the plan's.
var cities = map[string]string{"donghe": "东河市", "xishan": "西山市"}

const cityPlan = "%s2023年重点工作\n一、产业\n1.充电设施。新增公共充电桩221个（牵头单位：市工信局；配合单位：市交通局）。\n2.企业。新增企业30家（牵头单位：市工信局）。\n"

// twoCities imports a plan of each, whose second indicator is a draft, and makes a key
// of 市工信局 in each.
func twoCities(t *testing.T) (a *api, keys map[string]string) {
	a, keys = newAPI(t), map[string]string{}
	for code, city := range cities {
		a.post("/api/v1/plans?code="+code+"&confirm=true", fmt.Sprintf(cityPlan, city), "Content-Type", plain).want(201)
		a.send("PATCH", "/api/v1/indicators/"+code+"-2-1", `{"state":"draft"}`, "Content-Type", "application/json", "If-Match", `"1"`).want(200)
		made := read[v1.KeyCreated](a.post("/api/v1/keys", `{"name":"工信","role":"reporter","agencies":["市工信局"],"jurisdiction":"`+city+`"}`).want(201))
		if b := made.Key.BoundAgencies; len(b) != 1 || b[0].Jurisdiction != city || b[0].Name != "市工信局" {
			t.Errorf("bound to %+v", b)
		}
		keys[code] = made.Token
	}
	return a, keys
}

// TestTwoJurisdictions holds that a key of one city neither writes to nor reads drafts
// of the other, whose agencies have the same names.
func TestTwoJurisdictions(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	for own := range cities {
		for code := range cities {
			t.Run("a key of "+own+" and the plan of "+code, func(t *testing.T) {
				a.t, a.token = t, admin
				stored := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", strings.Replace(report(code+"-1-1", 7), "08", "07", 1)).want(201))
				t.Cleanup(func() { a.send("DELETE", "/api/v1/measurements/"+stored.Measurement.ID+"?reason=x", "") })
				a.token = keys[own]
				t.Cleanup(func() { a.token = admin })
				if own == code {
					a.ownPlan(code)
				} else {
					a.send("DELETE", "/api/v1/measurements/"+stored.Measurement.ID+"?reason=x", "").wantProblem(403, "forbidden", "/indicator")
					a.plansOfOthers(code)
				}
			})
		}
	}
}

func (a *api) ownPlan(code string) {
	confirmed, draft := code+"-1-1", code+"-2-1"
	stored := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", report(confirmed, 1)).want(201))
	a.send("DELETE", "/api/v1/measurements/"+stored.Measurement.ID+"?reason=x", "").want(200)
	for name, resp := range a.batches(confirmed) {
		if got := outcomesOf(read[v1.BatchReceipts](resp.want(200)).Receipts); got == "" || strings.Contains(got, "refused") {
			a.t.Errorf("%s: %s", name, got)
		}
	}
	a.get("/api/v1/indicators/" + draft).want(200)
	a.post("/api/v1/measurements", report(draft, 1)).wantProblem(409, "indicator_not_confirmed", "/indicator")
	rows := fmt.Sprint(a.sheetOf("市工信局", ""))
	for other := range cities {
		if got := strings.Contains(rows, other+"-1-1"); got != (other == code) {
			a.t.Errorf("the template shows %s: %v", other, got)
		}
	}
}

func (a *api) plansOfOthers(code string) {
	confirmed, draft, none := code+"-1-1", code+"-2-1", code+"-9-9"
	a.post("/api/v1/measurements", report(confirmed, 1)).wantProblem(403, "forbidden", "/indicator")
	for name, resp := range a.batches(confirmed) {
		if got := outcomesOf(read[v1.BatchReceipts](resp.want(200)).Receipts); got != "refused forbidden/indicator" {
			a.t.Errorf("%s: %s", name, got)
		}
	}
	a.post("/api/v1/measurements/batch?mode=atomic", "["+report(confirmed, 1)+"]").want(422)
	a.send("PATCH", "/api/v1/indicators/"+confirmed, `{"name":"改"}`, "Content-Type", "application/json", "If-Match", `"1"`).wantProblem(403, "forbidden", "")
	for _, tail := range []string{"", "/progress", "/measurements"} {
		a.get("/api/v1/indicators/" + confirmed + tail).want(200)
		looksLike(a.t, a.get("/api/v1/indicators/"+draft+tail), a.get("/api/v1/indicators/"+none+tail), draft, none)
	}
	looksLike(a.t, a.post("/api/v1/measurements", report(draft, 1)), a.post("/api/v1/measurements", report(none, 1)), draft, none)
	for _, path := range []string{
		"/api/v1/indicators?plan=" + code, "/api/v1/indicators?state=draft", "/api/v1/indicators?agency=" + url.QueryEscape("市工信局"),
		"/api/v1/progress?plan=" + code, "/api/v1/measurements",
	} {
		if body := string(a.get(path).want(200).body); strings.Contains(body, draft) {
			a.t.Errorf("%s shows %s", path, draft)
		}
	}
	if p := read[v1.Plan](a.get("/api/v1/plans/" + code).want(200)); p.Review.Draft != 0 {
		a.t.Errorf("drafts are counted: %+v", p.Review)
	}
}

func report(code string, value int) string {
	return fmt.Sprintf(`{"indicator":"%s","period":"2023-08","value":%d}`, code, value)
}

// batches sends one report of an indicator in each form that batches have.
func (a *api) batches(code string) map[string]answer {
	book := bookOf(a.t)
	book.set("Sheet1", "A2", code, "2023-08", 4, "个")
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		a.t.Fatal(err)
	}
	send := func(body, mediaType string) answer {
		return a.send("POST", "/api/v1/measurements/batch", body, "Content-Type", mediaType)
	}
	return map[string]answer{
		"JSON":     send("["+report(code, 2)+"]", "application/json"),
		"NDJSON":   send(report(code, 3), "application/x-ndjson"),
		"CSV":      send("indicator,period,value\n"+code+",2023-08,5\n", "text/csv"),
		"workbook": send(file.String(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
	}
}

func TestAgenciesOfJurisdictions(t *testing.T) {
	a, _ := twoCities(t)
	all := read[v1.AgencyPage](a.get("/api/v1/agencies").want(200)).Items
	ids := map[string]string{}
	for _, agency := range all {
		ids[agency.Jurisdiction+agency.Name] = agency.ID
	}
	if len(all) != 4 || len(ids) != 4 || ids["东河市市工信局"] == ids["西山市市工信局"] {
		t.Fatalf("agencies %+v", all)
	}
	of := read[v1.AgencyPage](a.get("/api/v1/agencies?jurisdiction=" + url.QueryEscape("西山市")).want(200)).Items
	if len(of) != 2 || of[0].Jurisdiction != "西山市" || of[1].Jurisdiction != "西山市" {
		t.Errorf("of 西山市: %+v", of)
	}
	for code, city := range cities {
		in := read[v1.Indicator](a.get("/api/v1/indicators/" + code + "-1-1").want(200))
		task := read[v1.TaskPage](a.get("/api/v1/plans/" + code + "/tasks").want(200)).Items[0]
		for _, got := range [][]string{in.LeadAgencyIDs, task.LeadAgencyIDs} {
			if len(got) != 1 || got[0] != ids[city+"市工信局"] {
				t.Errorf("%s is led by %v, want %s", code, got, ids[city+"市工信局"])
			}
		}
		if in.LeadAgencies[0] != "市工信局" || in.ParticipatingAgencyIDs[0] != ids[city+"市交通局"] {
			t.Errorf("%s: %+v", code, in)
		}
		if p := read[v1.Plan](a.get("/api/v1/plans/" + code).want(200)); p.Jurisdiction != city {
			t.Errorf("%s is of %q", code, p.Jurisdiction)
		}
	}
	template := "/api/v1/agencies/" + url.PathEscape("市工信局") + "/template.xlsx"
	p := a.get(template).wantProblem(422, "ambiguous_agency", "jurisdiction")
	if !strings.Contains(p.Detail, "东河市") || !strings.Contains(p.Detail, "西山市") {
		t.Errorf("%+v", p)
	}
	if rows := fmt.Sprint(a.sheetOf("市工信局", "?jurisdiction="+url.QueryEscape("西山市"))); strings.Contains(rows, "donghe") || !strings.Contains(rows, "xishan-1-1") {
		t.Errorf("rows %s", rows)
	}
}

func TestKeysWithoutAJurisdiction(t *testing.T) {
	a, _ := twoCities(t)
	key := func(agency, more string) answer {
		return a.post("/api/v1/keys", `{"name":"n","role":"reporter","agencies":["`+agency+`"]`+more+`}`)
	}
	p := key("市工信局", "").wantProblem(422, "ambiguous_agency", "/jurisdiction")
	if !strings.Contains(p.Detail, "东河市") || !strings.Contains(p.Detail, "西山市") {
		t.Errorf("%+v", p)
	}
	key("市新设局", "").wantProblem(422, "required_field", "/jurisdiction")
	key("市新设局", `,"jurisdiction":" 北林市"`).wantProblem(422, "invalid_value", "/jurisdiction")
	made := read[v1.KeyCreated](key("市新设局", `,"jurisdiction":"北林市"`).want(201)).Key
	if again := read[v1.KeyCreated](key("市新设局", "").want(201)).Key; again.BoundAgencies[0] != made.BoundAgencies[0] {
		t.Errorf("%+v and %+v", made.BoundAgencies, again.BoundAgencies)
	}
	a.send("POST", "/api/v1/keys/"+made.ID+"/narrow?jurisdiction="+url.QueryEscape("东河市"), "").wantProblem(422, "invalid_value", "jurisdiction")
	a.send("POST", "/api/v1/keys/"+made.ID+"/narrow", "").wantProblem(422, "invalid_value", "jurisdiction")
}

func TestJurisdictionOfAnImport(t *testing.T) {
	a := newAPI(t)
	body := fmt.Sprintf(cityPlan, "东河市")
	imported := read[v1.PlanImport](a.post("/api/v1/plans?code=p&dry_run=true", body, "Content-Type", plain).want(200))
	if imported.Plan.Jurisdiction != "东河市" || len(imported.Indicators[0].LeadAgencyIDs) != 0 {
		t.Errorf("%+v", imported.Plan)
	}
	given := url.QueryEscape("江南省东河市")
	imported = read[v1.PlanImport](a.post("/api/v1/plans?code=p&jurisdiction="+given, body, "Content-Type", plain).want(201))
	if imported.Plan.Jurisdiction != "江南省东河市" || len(imported.Tasks[0].LeadAgencyIDs) != 1 || len(imported.Indicators[0].LeadAgencyIDs) != 1 {
		t.Errorf("%+v", imported)
	}
	a.post("/api/v1/plans?code=q&jurisdiction=%20x", body, "Content-Type", plain).wantProblem(422, "invalid_value", "jurisdiction")
	amended := strings.Replace(body, "221", "222", 1)
	first := read[v1.Amendment](a.post("/api/v1/plans/p/amendment", amended, "Content-Type", plain).want(200))
	a.post("/api/v1/plans/p/amendment?confirm="+*first.Token, amended, "Content-Type", plain).want(200)
	if p := read[v1.Plan](a.get("/api/v1/plans/p").want(200)); p.Version != 2 || p.Jurisdiction != "江南省东河市" {
		t.Errorf("%+v", p)
	}
}

// TestAnAgencyNameIsUnescapedOnce asks for an agency whose name reads like an escape.
func TestAnAgencyNameIsUnescapedOnce(t *testing.T) {
	a, _ := twoCities(t)
	a.send("PATCH", "/api/v1/indicators/donghe-1-1", `{"lead_agencies":["甲%41局"]}`, "Content-Type", "application/json", "If-Match", "*").want(200)
	a.get("/api/v1/agencies/" + url.PathEscape("甲%41局") + "/template.xlsx").want(200)
	a.get("/api/v1/agencies/" + url.PathEscape("甲A局") + "/template.xlsx").want(404)
}
