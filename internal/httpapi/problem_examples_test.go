package httpapi_test

import (
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
)

var update = flag.Bool("update", false, "record the problems that the contract shows; make generate then puts them into it")

var problemFile = filepath.Join("testdata", "shown", "problems.json")

const problemMedia = "application/problem+json"

// shownID is the id that requests come with, so that problems are the same each time.
const shownID = "4X2Q7ZK5M3V6T1RB"

// TestEveryProblemThatIsShownIsAnswered makes each operation answer with the problems that it
// declares, as far as provoke knows how, and holds what the contract shows of them against that: a
// problem that is shown and not answered fails, and so does one whose code the operation's own words
// do not name.
func TestEveryProblemThatIsShownIsAnswered(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[string]map[string]json.RawMessage{} // of the operations that are not run now, what is there
	if text, err := os.ReadFile(problemFile); err != nil {
		t.Fatal(err)
	} else if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		for method, op := range doc.Paths.Value(path).Operations() {
			t.Run(op.OperationID, func(t *testing.T) {
				recorded[op.OperationID] = map[string]json.RawMessage{}
				for status, got := range provokeAll(t, method, path, op) {
					ref := op.Responses.Value(status)
					if got != nil {
						recorded[op.OperationID][status] = got
					}
					holdExample(t, status, *ref.Value.Description, ref.Value.Content.Get(problemMedia).Example, got)
				}
			})
		}
	}
	if !*update {
		return
	}
	text, err := json.MarshalIndent(recorded, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(problemFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holdExample compares the example of a status with what was answered.
func holdExample(t *testing.T, status, description string, shown any, got json.RawMessage) {
	t.Helper()
	if got != nil {
		var p v1.Problem
		if err := json.Unmarshal(got, &p); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(regexp.MustCompile(`[a-z_]+`).FindAllString(description, -1), p.Code) {
			t.Errorf("%s: answered %s, which its description does not name: %s", status, p.Code, description)
		}
	}
	if *update {
		return
	}
	var answered any
	if got != nil {
		if err := json.Unmarshal(got, &answered); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(shown, answered) {
		t.Errorf("%s: the contract shows %v, answered is %s (go test -run %s -update, then make generate)", status, shown, got, "TestEveryProblemThatIsShownIsAnswered")
	}
}

// provokeAll are the problems that an operation answers with, by the statuses for which it declares
// any; nil where provoke knows of none. A service is used again while what it holds is not changed.
func provokeAll(t *testing.T, method, path string, op *openapi3.Operation) map[string]json.RawMessage {
	t.Helper()
	answered := map[string]json.RawMessage{}
	var last []string // those that leave a service that is of no more use
	for _, status := range slices.Sorted(maps.Keys(op.Responses.Map())) {
		if op.Responses.Value(status).Value.Content.Get(problemMedia) == nil {
			continue
		}
		answered[status] = nil
		if status == "429" || status == "503" {
			last = append(last, status)
		}
	}
	var a *api
	var r request
	prepare := func() {
		a = newExampleAPI(t)
		r = a.exampleRequest(method, path, op)
		r.header = append(r.header, "X-Request-Id", shownID)
	}
	prepare()
	for _, status := range append(slices.DeleteFunc(slices.Sorted(maps.Keys(answered)), func(s string) bool { return slices.Contains(last, s) }), last...) {
		ways, changes := provoke(method, path, status, op)
		for _, way := range ways {
			asker := *r.clone()
			token, handler := a.token, a.handler
			resp := way(a, asker)
			a.token, a.handler = token, handler
			if changes {
				prepare()
			}
			if fmt.Sprint(resp.status) == status && strings.HasPrefix(resp.header.Get("Content-Type"), problemMedia) {
				answered[status] = resp.body
				break
			}
			t.Logf("not %s: %d %s", status, resp.status, resp.body)
		}
	}
	return answered
}

// clone is a request whose headers can be added to.
func (r request) clone() *request {
	r.header = slices.Clone(r.header)
	return &r
}

// attempt changes the service or the request, and sends it.
type attempt func(a *api, r request) answer

// provoke are ways to have a status of an operation, the more telling first, and whether they change
// what the service holds.
func provoke(method, path, status string, op *openapi3.Operation) (ways []attempt, changes bool) {
	if own := ownWays[op.OperationID][status]; own != nil {
		return []attempt{own}, true
	}
	if status == "409" {
		return []attempt{twice}, true
	}
	return commonWays(method, path, status, op), false
}

func commonWays(method, path, status string, op *openapi3.Operation) []attempt {
	switch status {
	case "400":
		return []attempt{withParameter(op)}
	case "401":
		return []attempt{func(a *api, r request) answer { a.token = ""; return a.ask(r) }}
	case "403":
		return []attempt{byRole(access.Analyst), byRole(access.Reporter), fromAnotherSite}
	case "404":
		return namingNothing(path)
	case "406":
		return []attempt{withHeader("Accept", "application/pdf")}
	case "412":
		return []attempt{withHeader("If-Match", `"99"`)}
	case "413":
		return []attempt{withBody(strings.Repeat(" ", 1<<20+1))}
	case "415":
		return []attempt{withHeader("Content-Type", "application/xml")}
	case "422":
		if method == http.MethodGet {
			return []attempt{withQuery("plan", "taihe-2023"), withQuery("agency", "市气象局")}
		}
		return []attempt{withBody("{}")}
	case "428":
		return []attempt{withHeader("If-Match", "")}
	case "429":
		return []attempt{beyondTheRate}
	case "500":
		return []attempt{brokenClock}
	case "503":
		return []attempt{outOfTime, closedDatabase}
	}
	return nil
}

func withHeader(name, value string) attempt {
	return func(a *api, r request) answer {
		r.header = append(r.header, name, value)
		return a.ask(r)
	}
}

func withBody(body string) attempt {
	return func(a *api, r request) answer {
		r.body = body
		return a.ask(r)
	}
}

// withBodyOf is withBody of another media type.
func withBodyOf(media, body string) attempt {
	return func(a *api, r request) answer {
		r.body, r.header = body, append(r.header, "Content-Type", media)
		return a.ask(r)
	}
}

func withQuery(name, value string) attempt {
	return func(a *api, r request) answer {
		at, err := url.Parse(r.target)
		if err != nil {
			a.t.Fatal(err)
		}
		query := at.Query()
		query.Set(name, value)
		at.RawQuery = query.Encode()
		r.target = at.String()
		return a.ask(r)
	}
}

// withParameter gives a parameter of the operation a value that it cannot have, or one that it does
// not have; a body a field that it does not have.
func withParameter(op *openapi3.Operation) attempt {
	for _, wrong := range [][2]string{{"on", "2023-02-30"}, {"limit", "0"}, {"dry_run", "maybe"}, {"confirm", "maybe"}} {
		if op.Parameters.GetByInAndName(openapi3.ParameterInQuery, wrong[0]) != nil {
			return withQuery(wrong[0], wrong[1])
		}
	}
	if op.RequestBody != nil {
		return func(a *api, r request) answer {
			r.body = strings.Replace(r.body, "{", `{"colour":"red",`, 1)
			return a.ask(r)
		}
	}
	return withQuery("colour", "red")
}

// byRole sends the request with a key of an agency that it is none of its business.
func byRole(role access.Role) attempt {
	return func(a *api, r request) answer {
		if role == access.Reporter {
			_, a.token = a.keyOf("青州市", role, "市审计局")
		} else {
			_, a.token = a.key(role)
		}
		return a.ask(r)
	}
}

func fromAnotherSite(a *api, r request) answer {
	return withHeader("Sec-Fetch-Site", "cross-site")(a, r)
}

// namingNothing puts a name that nothing has for each of those in the path, the first one first.
func namingNothing(path string) (ways []attempt) {
	places := regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatchIndex(path, -1)
	for _, at := range places {
		part := strings.Count(path[:at[0]], "/")
		nothing := map[string]string{
			"plan": "taihe-2023", "code": "taihe-2023-1-1", "agency": "市气象局", "period": "2031-01", "number": "999",
		}[path[at[2]:at[3]]]
		if nothing == "" {
			nothing = "999999"
		}
		ways = append(ways, func(a *api, r request) answer {
			before, query, asks := strings.Cut(r.target, "?")
			parts := strings.Split(before, "/")
			parts[part] = url.PathEscape(nothing)
			r.target = strings.Join(parts, "/")
			if asks {
				r.target += "?" + query
			}
			return a.ask(r)
		})
	}
	return ways
}

func twice(a *api, r request) answer {
	a.ask(r)
	return a.ask(r)
}

func beyondTheRate(a *api, r request) answer {
	at := a.clock()
	a.handler = a.with(func(o *httpapi.Options) {
		o.Limits = httpapi.Limits{Rate: 1, Burst: 1}
		o.Now = func() time.Time { return at }
	})
	return twice(a, r)
}

// brokenClock has the service fail where it reads the time to know the key.
func brokenClock(a *api, r request) answer {
	broken := false
	keys, err := access.NewKeyring(a.t.Context(), a.db, "", func() time.Time {
		if broken {
			panic("the clock stopped")
		}
		return a.clock()
	}, rand.Text)
	if err != nil {
		a.t.Fatal(err)
	}
	broken = true
	a.handler = a.with(func(o *httpapi.Options) { o.Keys = keys })
	return a.ask(r)
}

// outOfTime gives a service that knows no key yet no time to look it up.
func outOfTime(a *api, r request) answer {
	keys, err := access.NewKeyring(a.t.Context(), a.db, "", a.clock, rand.Text)
	if err != nil {
		a.t.Fatal(err)
	}
	a.handler = a.with(func(o *httpapi.Options) { o.Keys, o.Timeout = keys, time.Nanosecond })
	return a.ask(r)
}

// closedDatabase has a service that knows no key yet ask a database that is gone.
func closedDatabase(a *api, r request) answer {
	keys, err := access.NewKeyring(a.t.Context(), a.db, "", a.clock, rand.Text)
	if err != nil {
		a.t.Fatal(err)
	}
	a.handler = a.with(func(o *httpapi.Options) { o.Keys = keys })
	if err := a.db.Close(); err != nil {
		a.t.Fatal(err)
	}
	return a.ask(r)
}

// after sends another request first, which must succeed.
func after(method, target, body string, then attempt) attempt {
	return func(a *api, r request) answer {
		a.t.Helper()
		if resp := a.send(method, target, body, "Content-Type", "application/json"); resp.status >= http.StatusMultipleChoices {
			a.t.Fatalf("%s %s answers %d: %s", method, target, resp.status, resp.body)
		}
		return then(a, r)
	}
}
