package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// walked are the codes of a list, read in pages of three.
func walked(a *api, path string) (codes []string) {
	a.t.Helper()
	for cursor := ""; ; {
		page := read[struct {
			Items []struct {
				Code      string `json:"code"`
				Indicator string `json:"indicator"`
			} `json:"items"`
			NextCursor *string `json:"next_cursor"`
		}](a.get(path + "&limit=3&cursor=" + cursor).want(200))
		for _, item := range page.Items {
			codes = append(codes, item.Code+item.Indicator)
		}
		if page.NextCursor == nil {
			return codes
		}
		cursor = *page.NextCursor
	}
}

// TestListsAreTheSameWhateverStandingsAreMade holds lists, in every order, with none, some and
// all of the standings made, against each other, and against the order of their rows.
func TestListsAreTheSameWhateverStandingsAreMade(t *testing.T) {
	a := newAPI(t)
	a.drawPlan(rand.New(rand.NewPCG(7, 11)), "east", 23)
	a.drawPlan(rand.New(rand.NewPCG(3, 5)), "west", 9)
	service := tracker.New(a.db, a.clock, time.UTC, progress.DefaultProfile())
	office := url.QueryEscape("市工信局")
	var lists []string
	for _, by := range []string{"code", "name", "due_on", "updated_at"} {
		lists = append(lists, "/api/v1/indicators?sort="+by, "/api/v1/indicators?plan=east&sort=-"+by)
	}
	for _, by := range progress.SortsBy {
		key := string(by)
		if by == progress.ByTarget {
			key += "&unit=" + url.QueryEscape("个")
		}
		lists = append(lists, "/api/v1/progress?sort="+key, "/api/v1/progress?sort=-"+key, "/api/v1/progress?status=behind,no_data&plan=east&sort=-"+key)
	}
	lists = append(lists, "/api/v1/indicators?", "/api/v1/indicators?kind=increment", "/api/v1/indicators?q=1",
		"/api/v1/progress?plan=west", "/api/v1/progress?due_from=2023-04-01&sort=gap", "/api/v1/progress?percent_min=1&sort=-gap,name", "/api/v1/progress?gap_max=50&sort=due_on",
		"/api/v1/progress?status=behind,no_data,missed&sort=name", "/api/v1/progress?sort=gap&agency="+office, "/api/v1/progress?role=lead&sort=-percent&agency="+office,
		"/api/v1/indicators?sort=due_on&agency="+office, "/api/v1/indicators?due_to=2023-09-30&sort=-name&unit="+url.QueryEscape("个"), "/api/v1/progress?gap_max=-10&report_missing=true&sort=due_on,-percent",
		"/api/v1/progress?unit="+url.QueryEscape("个")+"&percent_min=10&percent_max=90", "/api/v1/progress?section=1&sort=status,-gap")
	all := func() map[string][]string {
		codes := map[string][]string{}
		for _, path := range lists {
			codes[path] = walked(a, path)
		}
		return codes
	}
	hold := func(when string, want map[string][]string) {
		for path, got := range all() {
			if !slices.Equal(got, want[path]) {
				t.Errorf("%s, %s:\n%q, want\n%q", path, when, got, want[path])
			}
		}
	}
	judge := func() {
		for n := 1; n > 0; {
			var err error
			if n, err = service.JudgeStandings(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	none := all()
	if len(none["/api/v1/progress?sort=gap"]) < 20 || len(none["/api/v1/indicators?"]) < len(none["/api/v1/progress?sort=gap"]) {
		t.Fatalf("%q", none)
	}
	judge()
	hold("all made", none)
	a.db.LookAmong(3)
	hold("gone through in their order", none)
	for _, code := range none["/api/v1/progress?sort=gap"][:3] {
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":"2023-09","value":7777,"basis":"total"}`, code))
	}
	a.patchOf(none["/api/v1/indicators?"][1], `{"name":"甲","due_on":"2023-11-30"}`).want(200)
	some := all()
	if slices.Equal(some["/api/v1/progress?sort=gap"], none["/api/v1/progress?sort=gap"]) || slices.Equal(some["/api/v1/indicators?sort=name"], none["/api/v1/indicators?sort=name"]) {
		t.Error("nothing has changed")
	}
	judge()
	hold("made again", some)
}

// TestCursorsAreTakenBackWhateverTheySay walks lists whose cursors are long, and sends some
// that no list has given.
func TestCursorsAreTakenBackWhateverTheySay(t *testing.T) {
	a := newAPI(t)
	a.drawPlan(rand.New(rand.NewPCG(7, 11)), "east", 12)
	a.patchOf(walked(a, "/api/v1/progress?")[2], `{"name":"`+strings.Repeat("长", 190)+`"}`).want(200)
	for _, sort := range []string{"name", "-status,name,-gap", "name,percent,gap,due_on,status,last_report,updated_at"} {
		if got, all := walked(a, "/api/v1/progress?sort="+sort), walked(a, "/api/v1/progress?"); len(got) != len(all) {
			t.Errorf("%s: %d of %d", sort, len(got), len(all))
		}
	}
	for _, state := range []string{
		`{"on":"2023-10-08","as_of":"2023-10-08T02:00:00Z","sort":["percent"],"plan":1,"task":1,"last":1}`,
		`{"on":"2023-10-08","as_of":"2023-10-08T02:00:00Z","sort":["percent"],"values":["1","2"],"plan":1,"task":1,"last":1}`,
	} {
		a.get("/api/v1/progress?sort=percent&cursor="+base64.RawURLEncoding.EncodeToString([]byte(state))).wantProblem(400, "invalid_parameter", "cursor")
	}
	bad := `{"on":"2023-10-08","as_of":"2023-10-08T02:00:00Z","sort":["due_on"],"values":["zzz"],"plan":1,"task":1,"last":1}`
	a.get("/api/v1/progress?sort=due_on&cursor="+base64.RawURLEncoding.EncodeToString([]byte(bad))).wantProblem(400, "invalid_parameter", "cursor")
}
