package httpapi_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// nightly is what the system of an agency sends again and again.
func (a *api) nightly(token, code, period string, value int, source string) answer {
	admin := a.token
	a.token = token
	defer func() { a.token = admin }()
	return a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":%q,"value":%d,"source_id":%q}`, code, period, value, source))
}

func outcome(resp answer) string { return read[v1.MeasurementReceipt](resp).Outcome }

func TestASourceIsItsAgencysWhateverBecomesOfThat(t *testing.T) {
	for name, change := range map[string]func(a *api){
		"a rename": func(a *api) {
			a.toAgency("东河市", "市交通局", "rename", `{"name":"市交通运输局"}`).want(200)
		},
		"a merge": func(a *api) { a.toAgency("东河市", "市交通局", "merge", `{"into":"市工信局"}`).want(200) },
		"a merge the other way": func(a *api) {
			a.toAgency("东河市", "市工信局", "merge", `{"into":"市交通局"}`).want(200)
		},
		"a succession": func(a *api) {
			a.toAgency("东河市", "市交通局", "succeed", `{"by":"市工信局","from":"2023-10-01"}`).want(200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, keys := twoCities(t)
			_, traffic := a.keyOf("东河市", access.Reporter, "市交通局")
			const code = "donghe-1-1"
			taken := read[v1.MeasurementReceipt](a.nightly(traffic, code, "2023-01", 5, "n1").want(201))
			a.send("DELETE", "/api/v1/measurements/"+taken.Measurement.ID+"?reason=x", "").want(200)
			wrong := read[v1.MeasurementReceipt](a.nightly(traffic, code, "2023-02", 7, "n2").want(201))
			a.post("/api/v1/measurements", `{"indicator":"donghe-1-1","period":"2023-02","value":8,"replaces":"`+wrong.Measurement.ID+`"}`).want(201)
			a.nightly(traffic, code, "2023-03", 9, "n3").want(201)
			change(a)
			sender := traffic
			if name == "a succession" {
				sender = keys["donghe"] // which has the table of the other from now on
			}
			for source, c := range map[string]struct {
				period, want string
				value        int
			}{
				"n1": {"2023-01", "superseded", 5}, "n2": {"2023-02", "superseded", 7}, "n3": {"2023-03", "unchanged", 9},
			} {
				if got := outcome(a.nightly(sender, code, c.period, c.value, source).want(200)); got != c.want {
					t.Errorf("%s: %s, want %s", source, got, c.want)
				}
			}
			a.nightly(sender, code, "2023-04", 9, "n3").wantProblem(409, "source_id_taken", "/source_id")
		})
	}
}

func TestASourceIsNotThatOfTheSameNameElsewhere(t *testing.T) {
	a, keys := twoCities(t)
	cities := []string{"东河市", "西山市"}
	const code = "donghe-1-1"
	a.nightly(keys["donghe"], code, "2023-01", 3, "z1").want(201)
	taken := read[v1.MeasurementReceipt](a.nightly(keys["donghe"], code, "2023-03", 5, "z3").want(201))
	a.send("DELETE", "/api/v1/measurements/"+taken.Measurement.ID+"?reason=x", "").want(200)
	a.send("PUT", "/api/v1/plans/donghe/jurisdiction", `{"jurisdiction":"`+cities[1]+`"}`, "Content-Type", jsonBody).want(200)
	a.nightly(keys["xishan"], code, "2023-01", 3, "z1").wantProblem(409, "reported_by_another", "/replaces")
	a.nightly(keys["xishan"], code, "2023-04", 8, "z1").want(201)
	a.nightly(keys["xishan"], code, "2023-03", 5, "z3").want(201)
}

func TestDutiesAreThoseOfTheDayJudged(t *testing.T) {
	a, _ := twoCities(t)
	a.toAgency("东河市", "市交通局", "succeed", `{"by":"市数据局","from":"2023-11-01"}`).want(200)
	a.toAgency("东河市", "市工信局", "rename", `{"name":"市工业和信息化局","from":"2023-11-01"}`).want(200)
	a.setClock(time.Date(2023, 11, 1, 0, 0, 5, 0, time.UTC)) // and nobody has written anything since
	filtered := func(query string) bool {
		body := string(a.get("/api/v1/progress?agency=" + url.QueryEscape("市数据局") + query).want(200).body)
		return strings.Contains(body, "donghe-1-1")
	}
	if !filtered("") || filtered("&on=2023-10-31") {
		t.Errorf("by agency: %v today, %v the day before", filtered(""), filtered("&on=2023-10-31"))
	}
	summed := func(query string) string {
		var names []string
		for _, g := range read[v1.Summary](a.get("/api/v1/plans/donghe/summary?group_by=agency" + query).want(200)).Groups {
			names = append(names, fmt.Sprint(g.Key, g.Count))
		}
		return strings.Join(names, " ")
	}
	if got := summed(""); got != "市工业和信息化局1 市交通局1 市数据局1" {
		t.Errorf("today: %s", got)
	}
	if got := summed("&on=2023-10-31"); got != "市工信局1 市交通局1" {
		t.Errorf("the day before: %s", got)
	}
}
