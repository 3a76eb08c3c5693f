package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

const (
	assessed = "/api/v1/plans/donghe-2023/assessment"
	official = "/api/v1/plans/donghe-2023/assessments"
)

// seedAssessment fills a year of reports: piles of 市工信局 in every month, but for May, and
// fields of 市农业农村局 in June alone.
func (a *api) seedAssessment() {
	a.t.Helper()
	a.seed()
	a.setClock(time.Date(2024, 1, 10, 2, 0, 0, 0, time.UTC))
	for month := 1; month <= 12; month++ {
		if month != 5 {
			a.report("donghe-2023-1-1", fmt.Sprintf(`"period":"2023-%02d","value":%d,"basis":"increment"`, month, 15+month%2))
		}
	}
	a.report("donghe-2023-1-2", `"period":"2023-06","value":15000`, `"period":"2023-12","missing":"not_available","note":"系统升级"`)
	a.report("donghe-2023-2-1", `"period":"2023-06","value":44.2`)
}

func (a *api) sendJSON(method, path, body string) answer {
	a.t.Helper()
	return a.send(method, path, body, "Content-Type", "application/json")
}

func scoreOf(t *testing.T, r v1.Assessment, agency string) v1.AgencyScore {
	t.Helper()
	for _, s := range r.Items {
		if s.Agency.Name == agency {
			return s
		}
	}
	t.Fatalf("no score of %s", agency)
	return v1.AgencyScore{}
}

func TestAnAssessmentExplainsEachPoint(t *testing.T) {
	a := newAPI(t)
	a.seedAssessment()
	a.sendJSON("POST", assessed+"/entries", `{"what":"opinion","agency":"市工信局","points":90,"by":"市政协","reason":"年度评议","on":"2023-12-20"}`).want(201)
	whole := read[v1.Assessment](a.get(assessed + "?on=2023-12-31&explain=true").want(200))
	if whole.Indicators != 5 || len(whole.CutOffs) != 12 || !whole.Explained || len(whole.Items) != 3 {
		t.Errorf("%d indicators, cut-offs %v, %d items", whole.Indicators, whole.CutOffs, len(whole.Items))
	}
	one := read[v1.Assessment](a.get(assessed + "?on=2023-12-31&explain=true&agency=%E5%B8%82%E5%B7%A5%E4%BF%A1%E5%B1%80").want(200))
	if len(one.Items) != 1 {
		t.Fatalf("%d items", len(one.Items))
	}
	alone, err := json.MarshalIndent(one.Items[0], "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	among, err := json.MarshalIndent(scoreOf(t, whole, "市工信局"), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(alone, among) {
		t.Error("the agency alone is another than among all")
	}
	want, err := os.ReadFile("testdata/assessment.golden.json")
	if err != nil {
		t.Error(err)
	}
	if alone = append(alone, '\n'); !bytes.Equal(alone, want) {
		t.Errorf("testdata/assessment.golden.json has another answer than\n%s", alone)
	}
}

func TestAFrozenAssessmentNeverChanges(t *testing.T) {
	a := newAPI(t)
	a.seedAssessment()
	at := a.post(official, `{"title":"2023年度考核","on":"2023-12-31"}`, "Content-Type", "application/json").want(201)
	frozen := read[v1.FrozenAssessment](at)
	path := at.header.Get("Location")
	first := a.get(path).want(200)
	if !bytes.Equal(first.body, at.body) {
		t.Error("what was made official is read back otherwise")
	}
	if d := read[v1.AssessmentDifference](a.get(path + "/difference").want(200)); len(d.Items) != 0 || d.More {
		t.Errorf("nothing happened, and different are %+v", d.Items)
	}

	a.report("donghe-2023-1-1", `"period":"2023-05","value":60,"basis":"increment"`) // late
	a.report("donghe-2023-2-1", `"period":"2023-06","value":40`)                     // a correction
	a.sendJSON("PUT", assessed+"/scheme", `{"weights":{"attainment":100,"pace":0,"reporting":0,"matters":0,"opinion":0}}`).want(200)
	a.sendJSON("POST", assessed+"/entries", `{"what":"veto","agency":"市交通局","by":"市政府","reason":"事故","on":"2023-12-01"}`).want(201)

	if again := a.get(path).want(200); !bytes.Equal(again.body, first.body) {
		t.Errorf("it was\n%s\nand is\n%s", first.body, again.body)
	}
	asThen := a.get(assessed + "?explain=true&on=2023-12-31&as_of=" + frozen.AsOf).want(200)
	if !bytes.Equal(bytes.TrimSpace(asThen.body), frozen.Result) {
		t.Errorf("as of then it is\n%s\nofficial is\n%s", asThen.body, frozen.Result)
	}
	d := read[v1.AssessmentDifference](a.get(path + "/difference").want(200))
	causes := map[string]string{}
	for _, item := range d.Items {
		for _, c := range item.Causes {
			causes[item.Agency.Name] += c.What + " "
		}
	}
	for agency, want := range map[string]string{"市工信局": "report ", "市交通局": "report entered ", "市农业农村局": "correction "} {
		if causes[agency] != want {
			t.Errorf("%s differs by %q, want %q", agency, causes[agency], want)
		}
	}
	if list := read[v1.FrozenAssessmentPage](a.get(official).want(200)); len(list.Items) != 1 || list.Items[0].Title != "2023年度考核" {
		t.Errorf("%+v", list.Items)
	}
	if v, err := a.db.Verify(t.Context(), ledger.VerifyOptions{}); err != nil {
		t.Errorf("%+v: %v", v, err)
	}
}

func TestATrialStoresNothing(t *testing.T) {
	a := newAPI(t)
	a.seedAssessment()
	before := a.get(assessed + "?on=2023-12-31").want(200)
	tried := read[v1.Assessment](a.sendJSON("POST", assessed+"/trial?on=2023-12-31", `{"name":"试","weights":{"attainment":100,"pace":0,"reporting":0,"matters":0,"opinion":0}}`).want(200))
	if s := scoreOf(t, tried, "市工信局"); !tried.Tried || tried.Scheme != "试" || len(s.Parts) != 1 {
		t.Errorf("%+v", tried)
	}
	if after := a.get(assessed + "?on=2023-12-31").want(200); !bytes.Equal(after.body, before.body) {
		t.Error("a trial changed the assessment")
	}
	if s := read[v1.AssessmentScheme](a.get(assessed + "/scheme").want(200)); s.Version != 0 {
		t.Errorf("the scheme is of version %d", s.Version)
	}
}

func TestSchemesAndEntriesAreAsOfThen(t *testing.T) {
	a := newAPI(t)
	a.seedAssessment()
	made := read[v1.AssessmentEntry](a.sendJSON("POST", assessed+"/entries", `{"what":"deduction","agency":"市工信局","points":3,"by":"督查室","reason":"迟报","on":"2023-12-01"}`).want(201))
	set := read[v1.AssessmentScheme](a.sendJSON("PUT", assessed+"/scheme", `{"name":"甲","deduction":{"most":2}}`).want(200))
	between := *set.Since
	if same := read[v1.AssessmentScheme](a.sendJSON("PUT", assessed+"/scheme", `{"name":"甲","deduction":{"most":2.0}}`).want(200)); same.Version > 2 {
		t.Errorf("version %d", same.Version)
	}
	a.sendJSON("PUT", assessed+"/scheme", `{"name":"乙"}`).want(200)
	gone := read[v1.AssessmentEntry](a.sendJSON("POST", assessed+"/entries/"+made.ID+"/withdraw", `{"reason":"误录"}`).want(200))
	if gone.WithdrawnAt == nil || *gone.WhyNot != "误录" || gone.By != "督查室" {
		t.Errorf("%+v", gone)
	}
	a.sendJSON("POST", assessed+"/entries/"+made.ID+"/withdraw", `{"reason":"误录"}`).wantProblem(409, "superseded", "")
	now := read[v1.Assessment](a.get(assessed + "?on=2023-12-31").want(200))
	then := read[v1.Assessment](a.get(assessed + "?on=2023-12-31&as_of=" + between).want(200))
	if got := scoreOf(t, now, "市工信局").Deduction.Points; now.Scheme != "乙" || got != "0.00" {
		t.Errorf("now by %s with %s off", now.Scheme, got)
	}
	if got := scoreOf(t, then, "市工信局").Deduction.Points; then.Scheme != "甲" || then.SchemeVersion != 1 || got != "2.00" {
		t.Errorf("then by %s (%d) with %s off", then.Scheme, then.SchemeVersion, got)
	}
	if early := read[v1.Assessment](a.get(assessed + "?on=2023-11-30&as_of=" + between).want(200)); scoreOf(t, early, "市工信局").Deduction.Points != "0.00" {
		t.Error("an entry counts before its day")
	}
	if list := read[v1.AssessmentEntryPage](a.get(assessed + "/entries").want(200)); len(list.Items) != 1 || list.Items[0].WithdrawnAt == nil {
		t.Errorf("%+v", list.Items)
	}
	if list := read[v1.AssessmentEntryPage](a.get(assessed + "/entries?as_of=" + between).want(200)); len(list.Items) != 1 || list.Items[0].WithdrawnAt != nil {
		t.Errorf("then: %+v", list.Items)
	}
}

func TestAssessmentRefusals(t *testing.T) {
	a := newAPI(t)
	a.seedAssessment()
	_, lead := a.key(access.Reporter, "市工信局")
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		code, field        string
	}{
		"weights that are not 100":    {"PUT", assessed + "/scheme", `{"weights":{"attainment":60}}`, 422, "invalid_value", "/weights"},
		"an unknown member":           {"PUT", assessed + "/scheme", `{"weight":{}}`, 400, "unknown_field", "/weight"},
		"a member twice":              {"PUT", assessed + "/scheme", `{"name":"a","name":"b"}`, 400, "duplicate_field", "/name"},
		"a text for a number":         {"POST", assessed + "/trial", `{"bonus":{"most":"many"}}`, 422, "invalid_number", "/bonus/most"},
		"a negative weight":           {"POST", assessed + "/trial", `{"weights":{"attainment":-1}}`, 422, "invalid_value", "/weights/attainment"},
		"an agency in two groups":     {"POST", assessed + "/trial", `{"groups":[{"name":"a","agencies":["x"]},{"name":"b","agencies":["x"]}]}`, 422, "invalid_value", "/groups/1/agencies/0"},
		"grades that rise":            {"POST", assessed + "/trial", `{"grades":{"levels":[{"grade":"a","label":{"zh":"a","en":"a"},"from":60},{"grade":"b","label":{"zh":"b","en":"b"},"from":80},{"grade":"poor","label":{"zh":"c","en":"c"}}]}}`, 422, "invalid_value", "/grades/levels/1/from"},
		"a veto without a grade":      {"POST", assessed + "/trial", `{"veto":{"grade":"x"}}`, 422, "invalid_value", "/veto/grade"},
		"no scheme":                   {"POST", assessed + "/trial", `{}`, 422, "required_field", "/weights"},
		"an entry without reason":     {"POST", assessed + "/entries", `{"what":"bonus","agency":"市工信局","points":1,"by":"甲"}`, 422, "required_field", "/reason"},
		"an entry of an unknown kind": {"POST", assessed + "/entries", `{"what":"gift","agency":"市工信局","points":1,"by":"甲","reason":"乙"}`, 422, "invalid_value", "/what"},
		"an entry of no agency":       {"POST", assessed + "/entries", `{"what":"bonus","agency":"市火星局","points":1,"by":"甲","reason":"乙"}`, 422, "unknown_agency", "/agency"},
		"a veto with points":          {"POST", assessed + "/entries", `{"what":"veto","agency":"市工信局","points":1,"by":"甲","reason":"乙"}`, 422, "invalid_value", "/points"},
		"more than 100 points":        {"POST", assessed + "/entries", `{"what":"opinion","agency":"市工信局","points":101,"by":"甲","reason":"乙"}`, 422, "invalid_value", "/points"},
		"an entry that is not there":  {"POST", assessed + "/entries/999/withdraw", `{"reason":"x"}`, 404, "not_found", ""},
		"a result without a title":    {"POST", official, `{"on":"2023-12-31"}`, 422, "required_field", "/title"},
		"a result of no day":          {"POST", official, `{"title":"x","on":"2023-13-01"}`, 422, "invalid_date", "/on"},
		"a result of no moment":       {"POST", official, `{"title":"x","as_of":"soon"}`, 400, "invalid_parameter", "/as_of"},
		"a plan that is not there":    {"POST", "/api/v1/plans/none/assessments", `{"title":"x"}`, 404, "not_found", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			a.sendJSON(c.method, c.path, c.body).wantProblem(c.status, c.code, c.field)
		})
	}
	a.t = t
	a.get(official+"/999").wantProblem(404, "not_found", "")
	a.get(official+"/x/difference").wantProblem(404, "not_found", "")
	a.get(assessed+"?agency=none").wantProblem(422, "unknown_agency", "agency")
	a.get("/api/v1/plans/none/assessment").wantProblem(404, "not_found", "")
	if resp := a.send("POST", official, `{"title":"x"}`, "Content-Type", "application/json", "Authorization", "Bearer "+lead); resp.status != http.StatusForbidden {
		t.Errorf("a reporter freezes: %d", resp.status)
	}
	if table := a.get(assessed + "?format=csv&on=2023-12-31").want(200); !strings.Contains(string(table.body), "市工信局") {
		t.Errorf("%s", table.body)
	}
}
