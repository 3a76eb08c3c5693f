package httpapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// reads are the routes that are read with a key, with what their answers hang on.
func reads(t *testing.T) map[string]string {
	t.Helper()
	table, declared := map[string]string{}, httpapi.Validators()
	for _, route := range httpapi.Routes() {
		if strings.HasPrefix(route, "GET /api/") {
			if declared[route] == "" {
				t.Errorf("it is not declared what tells whether the answers of %s have changed", route)
			}
			table[route] = declared[route]
		}
	}
	if len(table) != len(declared) {
		t.Errorf("%d reads, %d declarations", len(table), len(declared))
	}
	return table
}

// readable is an address of a route that is read, of what is stored. Ids of agencies are
// those of the key given.
func (a *api) readable(route string, of access.Key, measurement string) string {
	path := strings.TrimPrefix(route, "GET ")
	if strings.Contains(path, "/agencies/{id}") {
		path = strings.Replace(path, "{id}", fmt.Sprint(of.Bound[0].ID), 1)
	}
	if strings.HasSuffix(path, "/statement") {
		path += "?on=2023-09-30"
	}
	if strings.Contains(path, "/bulletin") {
		path += "?period=2023-09"
	}
	for _, made := range [][3]string{
		{"/issues/{id}", "/api/v1/issues", `{"indicator":"donghe-2023-1-1","title":"问题","text":"用地未批"}`},
		{"/notices/{id}", "/api/v1/notices", theNotice},
		{"/assessments/{id}", "/api/v1/plans/donghe-2023/assessments", `{"title":"半年"}`},
	} {
		if !strings.Contains(path, made[0]) {
			continue
		}
		found := read[struct{ Items []struct{ ID string } }](a.get(made[1]).want(200)).Items
		if len(found) == 0 {
			found = append(found, read[struct{ ID string }](a.post(made[1], made[2]).want(201)))
		}
		path = strings.Replace(path, "{id}", found[0].ID, 1)
	}
	return strings.NewReplacer("{plan}", "donghe-2023", "{period}", "2023-09", "{code}", "donghe-2023-1-1", "{agency}", url.PathEscape("市工信局"), "/measurements/{id}", measurement).Replace(path)
}

func TestAnUnchangedAnswerIsNotSentAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.underAProfile()
	of, reporter := a.key(access.Reporter, "市工信局")
	_, other := a.key(access.Admin)
	measurement := strings.TrimPrefix(a.post("/api/v1/measurements", piles).want(201).header.Get("Location"), "/api/v1")
	admin, now, n := a.token, a.clock(), 0
	for route, how := range reads(t) {
		if how == "nothing" {
			continue
		}
		t.Run(route, func(t *testing.T) {
			a.t, a.token = t, admin
			a.setClock(now)
			path := a.readable(route, of, measurement)
			first := a.get(path).want(200)
			tag := first.header.Get("ETag")
			if tag == "" || (how == "ledger" || how == "knowledge") != strings.HasPrefix(tag, `W/"`) {
				t.Fatalf("ETag %q", tag)
			}
			for _, known := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/")} {
				same := a.get(path, "If-None-Match", known).want(304)
				if len(same.body) > 0 || same.header.Get("ETag") != tag {
					t.Errorf("If-None-Match: %s: %q %s", known, same.header.Get("ETag"), same.body)
				}
				for _, resp := range []answer{first, same} {
					if resp.header.Get("Cache-Control") != "private, no-cache" || !slices.Contains(resp.header.Values("Vary"), "Authorization") || !slices.Contains(resp.header.Values("Vary"), "Accept-Language") {
						t.Errorf("%d: %v", resp.status, resp.header)
					}
				}
			}
			a.get(path, "If-None-Match", `W/"another"`).want(200)
			if how != "itself" {
				for what, header := range map[string][]string{
					"another key": {"Authorization", "Bearer " + other}, "another language": {"Accept-Language", "en"}, "another format": {"Accept", "text/csv"},
				} {
					if resp := a.get(path, append(header, "If-None-Match", tag)...); resp.status == 304 {
						t.Errorf("%s is told that the answer to others has not changed", what)
					}
				}
				if !strings.HasSuffix(path, "/agency-matches") && !strings.HasSuffix(path, "/events") {
					a.get(path, "Authorization", "Bearer "+reporter, "If-None-Match", tag).want(200)
				}
				a.setClock(now.Add(24 * time.Hour))
				a.get(path, "If-None-Match", tag).want(200)
				a.setClock(now)
			}
			n++
			a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":%d}`, 170+n)).want(201)
			in := a.get("/api/v1/indicators/donghe-2023-1-1").want(200)
			a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", fmt.Sprintf(`{"name":"指标%d"}`, n), "Content-Type", "application/json", "If-Match", in.header.Get("ETag")).want(200)
			if next := a.get(path, "If-None-Match", tag).want(200); next.header.Get("ETag") == tag || next.header.Get("ETag") == "" {
				t.Errorf("after a write the ETag is %q", next.header.Get("ETag"))
			}
		})
	}
}

// TestEveryWriteMovesTheMoment holds that an ETag made of the ledger's moment ends with every
// write that answers may hang on.
func TestEveryWriteMovesTheMoment(t *testing.T) {
	a := newAPI(t)
	a.seed()
	n := 0
	for route, permission := range httpapi.Permissions() {
		method, path, _ := strings.Cut(route, " ")
		if method == http.MethodGet || permission == access.Public || strings.HasPrefix(path, "/api/v1/keys/{id}") ||
			strings.HasSuffix(path, "/redeliver") { // of which there must be a delivery
			continue
		}
		t.Run(route, func(t *testing.T) {
			a.t = t
			n++
			write := a.matrixRequest(route, n)
			tag := a.get("/api/v1/indicators").want(200).header.Get("ETag")
			a.get("/api/v1/indicators", "If-None-Match", tag).want(304)
			if resp := write(); resp.status/100 != 2 {
				t.Fatalf("%d %s", resp.status, resp.body)
			}
			changed := a.get("/api/v1/indicators", "If-None-Match", tag)
			if preview := strings.HasSuffix(path, "/amendment") || strings.HasSuffix(path, "/trial") || strings.HasSuffix(path, "}/test") || path == "/mcp"; (changed.status == 304) != preview || !preview && changed.status != 200 {
				t.Errorf("%d after it", changed.status)
			}
		})
	}
	t.Run("an amendment that is confirmed", func(t *testing.T) {
		a.t = t
		text := "东河市2023年重点工作\n一、产业\n1.充电设施。新增公共充电桩300个（牵头单位：市工信局）。\n"
		a.send("POST", "/api/v1/plans?code=tongzhou-2023&confirm=true", text, "Content-Type", plain).want(201)
		newer := strings.Replace(text, "300", "310", 1)
		tag := a.get("/api/v1/plans/tongzhou-2023").want(200).header.Get("ETag")
		preview := a.send("POST", "/api/v1/plans/tongzhou-2023/amendment", newer, "Content-Type", plain).want(200)
		a.get("/api/v1/plans/tongzhou-2023", "If-None-Match", tag).want(304)
		a.send("POST", "/api/v1/plans/tongzhou-2023/amendment?confirm="+*read[v1.Amendment](preview).Token, newer, "Content-Type", plain).want(200)
		a.get("/api/v1/plans/tongzhou-2023", "If-None-Match", tag).want(200)
	})
	t.Run("a profile", func(t *testing.T) {
		a.t = t
		tag := a.get("/api/v1/progress").want(200).header.Get("ETag")
		a.underAProfile()
		a.get("/api/v1/progress", "If-None-Match", tag).want(200)
	})
}

func TestThePastHasAnETagThatStays(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.underAProfile()
	a.post("/api/v1/measurements", piles).want(201)
	asOf := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress").want(200)).AsOf
	_, reporter := a.key(access.Reporter, "市工信局")
	then := "on=2023-09-30&as_of=" + url.QueryEscape(asOf)
	type kept struct{ path, token, tag, body string }
	var all []kept
	for route, how := range reads(t) {
		if how != "knowledge" {
			continue
		}
		for _, token := range []string{a.token, reporter} {
			path := a.readable(route, access.Key{}, "") + "?" + then
			resp := a.get(path, "Authorization", "Bearer "+token).want(200)
			all = append(all, kept{path, token, resp.header.Get("ETag"), string(resp.body)})
		}
	}
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1}`).want(201)
	a.setClock(a.clock().Add(48 * time.Hour))
	for _, k := range all {
		resp := a.get(k.path, "Authorization", "Bearer "+k.token, "If-None-Match", k.tag)
		if k.token == a.token {
			resp.want(304)
			if again := a.get(k.path).want(200); string(again.body) != k.body || again.header.Get("ETag") != k.tag {
				t.Errorf("%s\n%s\nwas\n%s", k.path, again.body, k.body)
			}
			continue
		}
		resp.want(200) // what a reporter sees of the past hangs on what is its business now
	}
	path := "/api/v1/progress?on=2023-09-30"
	tag := a.get(path).want(200).header.Get("ETag")
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":2}`).want(201)
	a.get(path, "If-None-Match", tag).want(200)
}

func TestWhatIsUnchangedIsNotRead(t *testing.T) {
	a := newAPI(t)
	a.seed()
	tag := a.get("/api/v1/plans").want(200).header.Get("ETag")
	a.handler = a.over(struct{ httpapi.Reader }{}) // which has nothing to read from
	a.get("/api/v1/plans", "If-None-Match", tag).want(304)
	a.get("/api/v1/plans").want(500)
	a.handler = a.with(func(o *httpapi.Options) { o.Version = "newer" })
	a.get("/api/v1/plans", "If-None-Match", tag).want(200)
}

func TestRefusalsHaveNoETag(t *testing.T) {
	a := newAPI(t)
	a.seed()
	for path, status := range map[string]int{"/api/v1/plans/none": 404, "/api/v1/progress?plan=none": 422, "/api/v1/plans?x=y": 400, "/api/v1/keys": 200, "/api/v1/me": 200} {
		if resp := a.get(path, "If-None-Match", "*").want(status); resp.header.Get("ETag") != "" || resp.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, resp.header)
		}
	}
}

// TestAnIndicatorsETagEndsWithAMerger shows an indicator whose agencies became others while its
// version stayed.
func TestAnIndicatorsETagEndsWithAMerger(t *testing.T) {
	const path = "/api/v1/indicators/donghe-2023-1-1"
	a := newAPI(t)
	a.seed()
	made, _ := a.key(access.Reporter, "市工信局")
	before := a.get(path).want(200)
	tag := before.header.Get("ETag")
	a.get(path, "If-None-Match", tag).want(304)
	a.post(fmt.Sprintf("/api/v1/agencies/%d/merge", made.Bound[0].ID), `{"into":"市交通局"}`).want(200)
	if after := a.get(path, "If-None-Match", tag).want(200); string(after.body) == string(before.body) {
		t.Error("the merger changed nothing: the test shows nothing")
	}
	changed := a.send("PATCH", path, `{"name":"桩"}`, "Content-Type", "application/json", "If-Match", tag).want(200)
	a.get(path, "If-None-Match", changed.header.Get("ETag")).want(304)
}

// TestAHeadOfWhatIsUnchanged asks with HEAD, which is served as GET.
func TestAHeadOfWhatIsUnchanged(t *testing.T) {
	a := newAPI(t)
	a.seed()
	tag := a.get("/api/v1/progress").want(200).header.Get("ETag")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodHead, "/api/v1/progress", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+a.token)
	r.Header.Set("If-None-Match", tag)
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified || w.Header().Get("ETag") != tag {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// TestTheContractSaysWhatIsConditional holds the contract against the table.
func TestTheContractSaysWhatIsConditional(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	for route, how := range reads(t) {
		op := doc.Paths.Value(strings.TrimPrefix(route, "GET ")).Get
		asks := op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "If-None-Match") != nil
		tells := op.Responses.Value("304") != nil && op.Responses.Value("200").Value.Headers["ETag"] != nil
		if want := how != "nothing"; asks != want || tells != want {
			t.Errorf("%s hangs on %s; in the contract it takes If-None-Match: %v, and answers 304: %v", route, how, asks, tells)
		}
	}
}
