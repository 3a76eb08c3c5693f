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

// eventsOf are what was recorded about an agency, by its id.
func (a *api) eventsOf(id string) []v1.AgencyEvent {
	a.t.Helper()
	return read[v1.AgencyEvents](a.get("/api/v1/agencies/" + id + "/events").want(200)).Items
}

// lastEvent is the newest event of an agency that is not cancelled.
func (a *api) lastEvent(id, change string) string {
	a.t.Helper()
	for _, e := range slices.Backward(a.eventsOf(id)) {
		if e.Change == change && e.CancelledAt == nil {
			return e.ID
		}
	}
	a.t.Fatalf("no %s of %s", change, id)
	return ""
}

func (a *api) cancelEvent(id, event string) answer {
	a.t.Helper()
	return a.post("/api/v1/agencies/"+id+"/cancel", `{"event":"`+event+`"}`, "Content-Type", jsonBody)
}

func (a *api) mark() string { return a.clock().UTC().Format(time.RFC3339Nano) }

// TestCancelledSuccession takes back a succession that was recorded by mistake.
func TestCancelledSuccession(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	_, heir := a.keyOf("东河市", access.Reporter, "市数据局")
	id := a.agencyOf("东河市", "市工信局").ID
	send := func(token string, value int) answer {
		a.token = token
		defer func() { a.token = admin }()
		return a.post("/api/v1/measurements", report("donghe-1-1", value))
	}
	a.toAgency("东河市", "市工信局", "succeed", `{"by":"市数据局","from":"2023-09-01"}`).want(200)
	send(keys["donghe"], 1).wantProblem(403, "forbidden", "/indicator")
	then := a.mark()
	event := a.lastEvent(id, "succeed")
	if got := read[v1.Agency](a.cancelEvent(id, event).want(200)); got.Successor != nil || got.Until != nil {
		t.Errorf("%+v", got)
	}
	send(keys["donghe"], 2).want(201)
	send(heir, 3).wantProblem(403, "forbidden", "/indicator")
	by := url.QueryEscape("市数据局")
	for path, want := range map[string]bool{
		"/api/v1/agencies?name=" + by: false, "/api/v1/agencies?name=" + by + "&as_of=" + then: true, "/api/v1/indicators?agency=" + by + "&as_of=" + then: true,
	} {
		if body := string(a.get(path).want(200).body); strings.Contains(body, `"items":[{`) != want {
			t.Errorf("%s: %s", path, body)
		}
	}
	a.get("/api/v1/indicators?agency="+by).wantProblem(422, "unknown_agency", "agency")
	a.cancelEvent(id, event).want(200)
	a.auditHas("agency.cancelled", 1)
	if got := a.eventsOf(id); len(got) != 1 || got[0].CancelledAt == nil || got[0].Agency != "市工信局" || got[0].Other != "市数据局" || *got[0].From != "2023-09-01" {
		t.Errorf("%+v", got)
	}
}

// TestCancelledLastWord holds that the word before the one that is cancelled counts again,
// unless duties would come back in a ring.
func TestCancelledLastWord(t *testing.T) {
	a, _ := twoCities(t)
	id := a.agencyOf("东河市", "市工信局").ID
	succeed := func(id, by string) v1.Agency {
		body := `{"by":"` + by + `","from":"2023-09-01"}`
		return read[v1.Agency](a.post("/api/v1/agencies/"+id+"/succeed", body, "Content-Type", jsonBody).want(200))
	}
	data := succeed(id, "市数据局").Successor.ID
	succeed(id, "市交通局")
	wrong := a.lastEvent(id, "succeed")
	succeed(data, "市工信局")
	ring := a.lastEvent(data, "succeed")
	p := a.cancelEvent(id, wrong).wantProblem(409, "agency_event_in_use", "/event")
	if !strings.Contains(p.Detail, ring) {
		t.Errorf("%q names no %s", p.Detail, ring)
	}
	a.cancelEvent(data, ring).want(200)
	if got := read[v1.Agency](a.cancelEvent(id, wrong).want(200)); got.Successor == nil || got.Successor.Name != "市数据局" {
		t.Errorf("%+v", got)
	}
}

// TestCancelledMerge parts two agencies again, and refuses while something rests on them
// as one.
func TestCancelledMerge(t *testing.T) {
	a, keys := twoCities(t)
	admin := a.token
	_, traffic := a.keyOf("东河市", access.Reporter, "市交通局")
	own := a.agencyOf("东河市", "市交通局").ID
	left := read[v1.Agency](a.toAgency("东河市", "市交通局", "merge", `{"into":"市工信局"}`).want(200)).ID
	merge := a.lastEvent(left, "merge")
	a.toAgency("东河市", "市工信局", "aliases", `{"name":"工信"}`).want(200)
	alias := a.lastEvent(left, "alias")
	refusedFor := func(what string) {
		t.Helper()
		if p := a.cancelEvent(left, merge).wantProblem(409, "agency_event_in_use", "/event"); !strings.Contains(p.Detail, what) {
			t.Errorf("%q does not name %s", p.Detail, what)
		}
	}
	refusedFor(alias)
	a.cancelEvent(left, alias).want(200)
	made, _ := a.keyOf("东河市", access.Reporter, "市交通局")
	refusedFor(made.ID)
	a.send("DELETE", "/api/v1/keys/"+made.ID, "").want(200)
	then := a.mark()
	if got := read[v1.Agency](a.cancelEvent(own, merge).want(200)); got.ID != own || got.Name != "市交通局" {
		t.Errorf("%+v", got)
	}
	city := "/api/v1/agencies?jurisdiction=" + url.QueryEscape("东河市")
	for asOf, want := range map[string]int{"": 2, "&as_of=" + then: 1} {
		if got := read[v1.AgencyPage](a.get(city + asOf).want(200)).Items; len(got) != want {
			t.Errorf("%d agencies %s, want %d", len(got), asOf, want)
		}
	}
	for _, token := range []string{keys["donghe"], traffic} { // both take part in the indicator
		a.token = token
		a.get("/api/v1/indicators/donghe-1-1").want(200)
	}
	a.token = admin
	a.cancelEvent(left, "9999").wantProblem(404, "not_found", "/event")
	a.cancelEvent(left, "x").wantProblem(404, "not_found", "/event")
	a.post("/api/v1/agencies/"+left+"/cancel", `{}`, "Content-Type", jsonBody).wantProblem(422, "required_field", "/event")
	a.cancelEvent(a.agencyOf("西山市", "市工信局").ID, merge).wantProblem(404, "not_found", "/event")
}

// TestCancelledNames takes a wrong name back, and one that came with a new official name.
func TestCancelledNames(t *testing.T) {
	a, _ := twoCities(t)
	id := a.agencyOf("东河市", "市工信局").ID
	a.toAgency("东河市", "市工信局", "rename", `{"name":"市产业局","from":"2023-06-01"}`).want(200)
	wrongName := a.lastEvent(id, "alias")
	a.cancelEvent(id, wrongName).wantProblem(409, "agency_event_in_use", "/event")
	got := read[v1.Agency](a.cancelEvent(id, a.lastEvent(id, "rename")).want(200))
	if got.Name != "市工信局" || len(got.Aliases) != 0 {
		t.Errorf("%+v", got)
	}
	// A name that two renames have stays with the other.
	for _, from := range []string{"2023-03-01", "2023-08-01"} {
		a.toAgency("东河市", "市工信局", "rename", `{"name":"市工业局","from":"`+from+`"}`).want(200)
	}
	var renames []string
	for _, e := range a.eventsOf(id) {
		if e.Change == "rename" && e.CancelledAt == nil {
			renames = append(renames, e.ID)
		}
	}
	got = read[v1.Agency](a.cancelEvent(id, renames[0]).want(200))
	if got.Name != "市工业局" || !slices.Equal(got.Aliases, []string{"市工信局"}) {
		t.Errorf("%+v", got)
	}
}

// TestCancelledMatch parts a name again that a review made another one of an agency.
func TestCancelledMatch(t *testing.T) {
	a, _ := twoCities(t)
	const full = "市工业和信息化局"
	text := strings.ReplaceAll(fmt.Sprintf(cityPlan, "东河市"), "市工信局", full)
	imported := read[v1.PlanImport](a.post("/api/v1/plans?code=second&confirm=true", text, "Content-Type", plain).want(201))
	path := "/api/v1/plans/second/agency-matches"
	a.post(path, `{"confirm":["`+*imported.AgencyMatches[0].ID+`"]}`, "Content-Type", jsonBody).want(200)
	id := a.agencyOf("东河市", full).ID
	a.cancelEvent(id, a.lastEvent(id, "merge")).want(200)
	if got := a.agencyOf("东河市", full); got.Name != full {
		t.Errorf("%+v", got)
	}
	if got := read[v1.AgencyMatches](a.get(path).want(200)).Items; got[0].State != "rejected" {
		t.Errorf("%+v", got)
	}
}
