package httpapi_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// The permission matrix: what every route answers to every caller. The
// indicator reported on is led by 市工信局, and 市交通局 takes part in it.
//
//	none     no key                                    lead     reporter of 市工信局
//	super    a supervisor
//	public   no key, service started with --public-read part     reporter of 市交通局
//	ended    a key that was revoked                    other    reporter of 市农业农村局
//	noauth   no key, service started with --insecure-no-auth
const matrix = `
route                                              none   public ended  analyst super  lead   part   other  admin  noauth

GET /                                              302    302    302    302    302    302    302    302    302    302
GET /healthz                                       200    200    200    200    200    200    200    200    200    200
GET /readyz                                        200    200    200    200    200    200    200    200    200    200
GET /openapi.json                                  200    200    200    200    200    200    200    200    200    200
GET /openapi.yaml                                  200    200    200    200    200    200    200    200    200    200
GET /swagger                                       301    301    301    301    301    301    301    301    301    301
GET /swagger/*                                     200    200    200    200    200    200    200    200    200    200

POST /mcp                                          401    200    401    200    200    200    200    200    200    200

GET /api/v1/plans                                  401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}                           401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/tasks                     401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/document                  401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/summary                   401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators                             401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators/{code}                      401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators/{code}/progress             401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators/{code}/series               401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators/{code}/statement            401    200    401    200    200    200    200    200    200    200
GET /api/v1/indicators/{code}/measurements         401    200    401    200    200    200    200    200    200    200
GET /api/v1/progress                               401    200    401    200    200    200    200    200    200    200
GET /api/v1/series                                 401    200    401    200    200    200    200    200    200    200
GET /api/v1/summary                                401    200    401    200    200    200    200    200    200    200
GET /api/v1/profiles                               401    200    401    200    200    200    200    200    200    200
GET /api/v1/sdmx/structure                         401    200    401    200    200    200    200    200    200    200
GET /api/v1/agencies                               401    200    401    200    200    200    200    200    200    200
GET /api/v1/agencies/{agency}/template.xlsx        401    200    401    200    200    200    200    200    200    200
GET /api/v1/measurements                           401    200    401    200    200    200    200    200    200    200
GET /api/v1/measurements/{id}                      401    200    401    200    200    200    200    200    200    200
GET /api/v1/me                                     401    200    401    200    200    200    200    200    200    200
GET /api/v1/measurements/batches/{id}              401    404    401    404    200    404    404    404    200    200
GET /api/v1/measurements/batches/{id}/receipts     401    404    401    404    200    404    404    404    200    200

GET /api/v1/plans/{plan}/cycles                    401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/cycles/{period}           401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/cycles/{period}/exceptions 401    401    401    403    201    403    403    403    201    201
POST /api/v1/plans/{plan}/cycles/{period}/events   401    401    401    403    200    403    403    403    200    200

GET /api/v1/plans/{plan}/register                  401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/updates                   401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/tasks/{number}/updates   401    401    401    403    201    201    403    403    201    201
GET /api/v1/plans/{plan}/milestones                401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/tasks/{number}/milestones 401    401    401    403    201    403    403    403    201    201
POST /api/v1/milestones/{id}/events                401    401    401    403    200    200    403    403    200    200
GET /api/v1/notices                                401    200    401    200    200    200    200    200    200    200
POST /api/v1/notices                               401    401    401    403    201    403    403    403    201    201
GET /api/v1/notices/{id}                           401    200    401    200    200    200    200    200    200    200
GET /api/v1/notices/{id}/print                     401    200    401    200    200    200    200    200    200    200
POST /api/v1/notices/{id}/events                   401    401    401    403    200    200    200    403    200    200
GET /api/v1/plans/{plan}/bulletin                  401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/bulletin/print            401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/bulletin/document         401    200    401    200    200    200    200    200    200    200

POST /api/v1/measurements                          401    401    401    403    403    201    201    403    201    201
POST /api/v1/measurements/batch                    401    401    401    403    403    200    200    200    200    200
DELETE /api/v1/measurements/{id}                   401    401    401    403    403    200    200    403    200    200

POST /api/v1/plans                                 401    401    401    403    403    403    403    403    201    201
POST /api/v1/plans/{plan}/review                   401    401    401    403    403    403    403    403    200    200
POST /api/v1/plans/{plan}/amendment                401    401    401    403    403    403    403    403    200    200
POST /api/v1/indicators                            401    401    401    403    403    403    403    403    201    201
PATCH /api/v1/indicators/{code}                    401    401    401    403    403    403    403    403    200    200
PUT /api/v1/external-codes                         401    401    401    403    403    403    403    403    200    200
GET /api/v1/plans/{plan}/agency-matches            401    401    401    403    403    403    403    403    200    200
POST /api/v1/plans/{plan}/agency-matches           401    401    401    403    403    403    403    403    200    200
PUT /api/v1/plans/{plan}/jurisdiction              401    401    401    403    403    403    403    403    200    200

POST /api/v1/agencies/{id}/aliases                 401    401    401    403    403    403    403    403    200    200
POST /api/v1/agencies/{id}/rename                  401    401    401    403    403    403    403    403    200    200
POST /api/v1/agencies/{id}/merge                   401    401    401    403    403    403    403    403    200    200
POST /api/v1/agencies/{id}/succeed                 401    401    401    403    403    403    403    403    200    200
POST /api/v1/agencies/{id}/cancel                  401    401    401    403    403    403    403    403    200    200
GET /api/v1/agencies/{id}/events                   401    401    401    403    403    403    403    403    200    200

GET /api/v1/issues                                 401    200    401    200    200    200    200    200    200    200
GET /api/v1/issues/{id}                            401    200    401    200    200    200    200    200    200    200
POST /api/v1/issues                                401    401    401    403    201    201    201    403    201    201
POST /api/v1/issues/{id}/events                    401    401    401    403    200    200    403    403    200    200
GET /api/v1/runs                                   401    200    401    200    200    200    200    200    200    200

GET /api/v1/audit                                  401    401    401    403    403    403    403    403    200    200
GET /api/v1/audit/head                             401    401    401    403    403    403    403    403    200    200
POST /api/v1/keys                                  401    401    401    403    403    403    403    403    201    201
GET /api/v1/keys                                   401    401    401    403    403    403    403    403    200    200
POST /api/v1/keys/{id}/rotate                      401    401    401    403    403    403    403    403    200    200
POST /api/v1/keys/{id}/narrow                      401    401    401    403    403    403    403    403    200    200
DELETE /api/v1/keys/{id}                           401    401    401    403    403    403    403    403    200    200
GET /api/v1/plans/{plan}/assessment                401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/assessment/trial         401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/assessment/scheme         401    200    401    200    200    200    200    200    200    200
PUT /api/v1/plans/{plan}/assessment/scheme         401    401    401    403    200    403    403    403    200    200
GET /api/v1/plans/{plan}/assessment/entries        401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/assessment/entries       401    401    401    403    201    403    403    403    201    201
POST /api/v1/plans/{plan}/assessment/entries/{id}/withdraw 401    401    401    403    200    403    403    403    200    200
GET /api/v1/plans/{plan}/assessments               401    200    401    200    200    200    200    200    200    200
POST /api/v1/plans/{plan}/assessments              401    401    401    403    201    403    403    403    201    201
GET /api/v1/plans/{plan}/assessments/{id}          401    200    401    200    200    200    200    200    200    200
GET /api/v1/plans/{plan}/assessments/{id}/difference 401    200    401    200    200    200    200    200    200    200

GET /calendar/{secret}                             404    404    404    404    404    404    404    404    404    404
GET /board                                         301    301    301    301    301    301    301    301    301    301
GET /board/*                                       404    404    404    404    404    404    404    404    404    404
POST /board/*                                      404    404    404    404    404    404    404    404    404    404
POST /api/v1/agencies/{id}/calendar                401    401    401    403    201    403    403    403    201    201
DELETE /api/v1/agencies/{id}/calendar              401    401    401    403    204    403    403    403    204    204

GET /api/v1/webhooks                               401    401    401    403    403    403    403    403    200    200
POST /api/v1/webhooks                              401    401    401    403    403    403    403    403    201    201
GET /api/v1/webhooks/{id}                          401    401    401    403    403    403    403    403    200    200
PATCH /api/v1/webhooks/{id}                        401    401    401    403    403    403    403    403    200    200
DELETE /api/v1/webhooks/{id}                       401    401    401    403    403    403    403    403    204    204
POST /api/v1/webhooks/{id}/rotate                  401    401    401    403    403    403    403    403    200    200
POST /api/v1/webhooks/{id}/enable                  401    401    401    403    403    403    403    403    200    200
POST /api/v1/webhooks/{id}/test                    401    401    401    403    403    403    403    403    200    200
GET /api/v1/webhooks/{id}/deliveries               401    401    401    403    403    403    403    403    200    200
POST /api/v1/webhooks/{id}/deliveries/{delivery}/redeliver 401    401    401    403    403    403    403    403    404    404
`

// bodies of the routes that take one; {n} is another number each time, {day} another day.
var matrixBodies = map[string]struct{ query, body, contentType string }{
	"POST /mcp": {"", `{"n":{n}}`, "application/json"},
	"POST /api/v1/plans/{plan}/cycles/{period}/exceptions":       {"", `{"agency":"市工信局","until":"2023-12-31","reason":"补录{n}"}`, "application/json"},
	"POST /api/v1/plans/{plan}/cycles/{period}/events":           {"", `{"type":"dated","due_on":"2023-10-16","reason":"假期顺延{n}"}`, "application/json"},
	"POST /api/v1/plans/{plan}/tasks/{number}/updates":           {"", `{"period":"2023-09","text":"第{n}次填写"}`, "application/json"},
	"POST /api/v1/plans/{plan}/tasks/{number}/milestones":        {"", `{"title":"节点{n}","due_on":"2023-10-31"}`, "application/json"},
	"POST /api/v1/milestones/{id}/events":                        {"", `{"type":"done","done_on":"2023-10-01"}`, "application/json"},
	"POST /api/v1/measurements":                                  {"", `{"indicator":"donghe-2023-1-1","period":"{day}","value":{n}}`, "application/json"},
	"POST /api/v1/measurements/batch":                            {"", `[{"indicator":"donghe-2023-1-1","period":"{day}","value":{n}}]`, "application/json"},
	"DELETE /api/v1/measurements/{id}":                           {"?reason=x", "", ""},
	"POST /api/v1/plans":                                         {"?code=new-{n}", "东河市2024年重点工作任务\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n", plain},
	"POST /api/v1/plans/{plan}/review":                           {"", `{"confirm_rest":true}`, "application/json"},
	"POST /api/v1/plans/{plan}/amendment":                        {"", "东河市2023年重点工作\n一、产业\n1.充电设施。新增公共充电桩{n}个（牵头单位：市工信局）。\n", plain},
	"POST /api/v1/indicators":                                    {"", `{"plan":"donghe-2023","task":"1","name":"指标{n}","kind":"increment","target":{"comparator":"eq","value":1,"unit":"个"}}`, "application/json"},
	"PATCH /api/v1/indicators/{code}":                            {"", `{"name":"名{n}"}`, "application/json"},
	"PUT /api/v1/external-codes":                                 {"?external_namespace=erp", `[{"indicator":"donghe-2023-1-1","external_code":"{n}"}]`, "application/json"},
	"POST /api/v1/plans/{plan}/agency-matches":                   {"", `{}`, "application/json"},
	"PUT /api/v1/plans/{plan}/jurisdiction":                      {"", `{"jurisdiction":"东河市"}`, "application/json"},
	"POST /api/v1/agencies/{id}/aliases":                         {"", `{"name":"别名{n}"}`, "application/json"},
	"POST /api/v1/agencies/{id}/rename":                          {"", `{"name":"新名{n}"}`, "application/json"},
	"POST /api/v1/agencies/{id}/merge":                           {"", `{"into":"市水务局"}`, "application/json"},
	"POST /api/v1/agencies/{id}/succeed":                         {"", `{"by":"市水务局"}`, "application/json"},
	"POST /api/v1/agencies/{id}/cancel":                          {"", `{"event":"{event}"}`, "application/json"},
	"POST /api/v1/keys/{id}/narrow":                              {"?jurisdiction=%E4%B8%9C%E6%B2%B3%E5%B8%82", "", ""},
	"POST /api/v1/keys":                                          {"", `{"name":"名{n}","role":"analyst"}`, "application/json"},
	"POST /api/v1/issues":                                        {"", `{"indicator":"donghe-2023-1-1","title":"问题{n}"}`, "application/json"},
	"POST /api/v1/issues/{id}/events":                            {"", `{"type":"commented","text":"第{n}次说明"}`, "application/json"},
	"POST /api/v1/plans/{plan}/assessment/trial":                 {"", `{"name":"试算{n}"}`, "application/json"},
	"PUT /api/v1/plans/{plan}/assessment/scheme":                 {"", `{"name":"方案{n}"}`, "application/json"},
	"POST /api/v1/plans/{plan}/assessment/entries":               {"", `{"what":"bonus","agency":"市工信局","points":1,"by":"市政府","reason":"表彰{n}"}`, "application/json"},
	"POST /api/v1/plans/{plan}/assessment/entries/{id}/withdraw": {"", `{"reason":"误录"}`, "application/json"},
	"POST /api/v1/plans/{plan}/assessments":                      {"", `{"title":"结果{n}"}`, "application/json"},
	"POST /api/v1/webhooks":                                      {"", webhookBody, "application/json"},
	"PATCH /api/v1/webhooks/{id}":                                {"", `{"description":"名{n}"}`, "application/json"},
	"POST /api/v1/notices":                                       {"", theNotice, "application/json"},
	"POST /api/v1/notices/{id}/events":                           {"", `{"type":"comment","text":"已知悉"}`, "application/json"},
	"GET /api/v1/plans/{plan}/bulletin":                          {"?period=2023-09", "", ""},
	"GET /api/v1/plans/{plan}/bulletin/print":                    {"?period=2023-09", "", ""},
	"GET /api/v1/plans/{plan}/bulletin/document":                 {"?period=2023-09", "", ""},
}

// caller is a column of the matrix.
type caller struct {
	token   string
	handler http.Handler
}

func (a *api) callers() map[string]caller {
	token := func(role access.Role, agencies ...string) string {
		_, token := a.key(role, agencies...)
		return token
	}
	ended, endedToken := a.key(access.Admin)
	if _, err := a.keys.Revoke(a.t.Context(), ended.ID); err != nil {
		a.t.Fatal(err)
	}
	return map[string]caller{
		"none":    {"", a.handler},
		"public":  {"", a.with(func(o *httpapi.Options) { o.PublicRead = true })},
		"ended":   {endedToken, a.with(func(o *httpapi.Options) { o.PublicRead = true })},
		"analyst": {token(access.Analyst), a.handler},
		"super":   {token(access.Supervisor), a.handler},
		"lead":    {token(access.Reporter, "市农业农村局", "市工信局"), a.handler},
		"part":    {token(access.Reporter, "市交通局"), a.handler},
		"other":   {token(access.Reporter, "市农业农村局"), a.handler},
		"admin":   {a.token, a.handler},
		"noauth":  {"", a.with(func(o *httpapi.Options) { o.NoAuth = true })},
	}
}

func TestPermissionMatrix(t *testing.T) {
	a := newAPI(t)
	a.seed()
	callers, admin := a.callers(), a.token
	lines := strings.FieldsFunc(matrix, func(r rune) bool { return r == '\n' })
	columns := strings.Fields(lines[0])[1:]
	var rows []string
	for i, line := range lines[1:] {
		cells := strings.Fields(line)
		route := cells[0] + " " + cells[1]
		rows = append(rows, route)
		for j, want := range cells[2:] {
			t.Run(route+" for "+columns[j], func(t *testing.T) {
				a.t, a.token, a.handler = t, admin, callers["admin"].handler
				request := a.matrixRequest(route, i*len(columns)+j+1)
				a.token, a.handler = callers[columns[j]].token, callers[columns[j]].handler
				resp := request()
				if got := fmt.Sprint(resp.status); got != want {
					t.Errorf("%s, want %s: %s", got, want, resp.body)
				}
				if challenge := resp.header.Get("WWW-Authenticate"); (resp.status == 401) != strings.HasPrefix(challenge, "Bearer ") {
					t.Errorf("WWW-Authenticate %q", challenge)
				}
			})
		}
		if len(cells) != len(columns)+2 {
			t.Errorf("%s: %d cells of %d", route, len(cells)-2, len(columns))
		}
	}
	served := httpapi.Routes()
	slices.Sort(served)
	slices.Sort(rows)
	if !slices.Equal(served, rows) {
		t.Errorf("the matrix has\n%s\nserved are\n%s", strings.Join(rows, "\n"), strings.Join(served, "\n"))
	}
}

// matrixRequest prepares a request that an admin's key would be served, and
// returns the sending of it.
func (a *api) matrixRequest(route string, n int) func() answer {
	a.t.Helper()
	method, path, _ := strings.Cut(route, " ")
	r := matrixBodies[route]
	number := strings.NewReplacer("{n}", fmt.Sprint(n), "{day}", indicator.DateOf(2023, 1, 1).AddDays(n%280).String())
	var header []string
	if r.contentType != "" {
		header = append(header, "Content-Type", r.contentType)
	}
	if strings.HasPrefix(path, "/api/v1/webhooks") {
		return a.webhookRequest(method, path, number.Replace(r.body), header)
	}
	if method == http.MethodPatch {
		header = append(header, "If-Match", a.get("/api/v1/indicators/donghe-2023-2-1").want(200).header.Get("ETag"))
	}
	code := "donghe-2023-1-1"
	if method == http.MethodPatch {
		code = "donghe-2023-2-1"
	}
	switch {
	case strings.Contains(path, "measurements/batches/"):
		path = strings.Replace(path, "{id}", a.post("/api/v1/measurements/batch", `[{"period":"2023-09"}]`).want(200).header.Get("Batch-Id"), 1)
	case strings.Contains(path, "measurements/{id}"):
		made := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", number.Replace(matrixBodies["POST /api/v1/measurements"].body)).want(201))
		path = strings.Replace(path, "{id}", made.Measurement.ID, 1)
	case strings.Contains(path, "/agencies/{id}"):
		made, _ := a.key(access.Reporter, fmt.Sprint("单位", n), "市水务局")
		path = strings.Replace(path, "{id}", fmt.Sprint(made.Bound[0].ID), 1)
		if method == http.MethodDelete {
			a.post(path, "").want(201)
		}
		if strings.HasSuffix(path, "/cancel") {
			of := strings.TrimSuffix(path, "cancel")
			a.post(of+"aliases", number.Replace(`{"name":"误名{n}"}`), "Content-Type", "application/json").want(200)
			events := read[v1.AgencyEvents](a.get(of + "events").want(200)).Items
			number = strings.NewReplacer("{event}", events[len(events)-1].ID)
		}
	case strings.Contains(path, "/assessment"):
		for part, made := range map[string]string{"/assessment/entries/{id}": "POST /api/v1/plans/{plan}/assessment/entries", "/assessments/{id}": "POST /api/v1/plans/{plan}/assessments"} {
			if strings.Contains(path, part) {
				at := strings.Replace(strings.TrimPrefix(made, "POST "), "{plan}", "donghe-2023", 1)
				record := read[struct{ ID string }](a.post(at, number.Replace(matrixBodies[made].body), "Content-Type", "application/json").want(201))
				path = strings.Replace(path, "{id}", record.ID, 1)
			}
		}
	case strings.Contains(path, "/narrow"):
		made, _ := a.key(access.Reporter, "市工信局")
		path = strings.Replace(path, "{id}", made.ID, 1)
	case strings.Contains(path, "/milestones/{id}"):
		set := a.post("/api/v1/plans/donghe-2023/tasks/1/milestones", number.Replace(`{"title":"待完成{n}","due_on":"2023-10-31"}`)).want(201)
		path = strings.Replace(path, "{id}", read[v1.Milestone](set).ID, 1)
	case strings.Contains(path, "/issues/{id}"):
		made := a.post("/api/v1/issues", number.Replace(`{"indicator":"donghe-2023-1-1","title":"问题{n}"}`)).want(201)
		path = strings.Replace(path, "{id}", read[v1.Issue](made).ID, 1)
	case strings.Contains(path, "/notices/{id}"):
		path = strings.Replace(path, "{id}", read[v1.Notice](a.post("/api/v1/notices", theNotice).want(201)).ID, 1)
	case strings.Contains(path, "{id}"):
		made, _ := a.key(access.Analyst)
		path = strings.Replace(path, "{id}", made.ID, 1)
	}
	path = strings.NewReplacer("{plan}", "donghe-2023", "{number}", "1", "{period}", "2023-09", "{code}", code, "{agency}", "%E5%B8%82%E5%B7%A5%E4%BF%A1%E5%B1%80", "*", "").Replace(path) + number.Replace(r.query)
	return func() answer { return a.send(method, path, number.Replace(r.body), header...) }
}

func TestContractDemandsKeysWhereTheServiceDoes(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	permissions := httpapi.Permissions()
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			wanted := permissions[method+" "+path]
			if secured := op.Security != nil && len(*op.Security) > 0; secured != (wanted != access.Public) {
				t.Errorf("%s %s asks for %s, and with a key in the contract: %v", method, path, wanted, secured)
			}
			for status, want := range map[string]bool{
				"401": wanted != access.Public, "429": wanted != access.Public, "403": wanted != access.Public && (wanted != access.Read || method != http.MethodGet), // pages of other sites may not post
			} {
				if (op.Responses.Value(status) != nil) != want {
					t.Errorf("%s %s: a %s in the contract: %v", method, path, status, !want)
				}
			}
		}
	}
}

func TestRefusalsLeakNothing(t *testing.T) {
	a := newAPI(t)
	a.seed()
	gone, goneToken := a.key(access.Admin)
	if _, err := a.keys.Revoke(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	same := func(t *testing.T, answers ...answer) {
		t.Helper()
		for _, resp := range answers {
			p := read[v1.Problem](resp)
			p.RequestID = ""
			first := read[v1.Problem](answers[0])
			first.RequestID = ""
			if p != first || resp.header.Get("WWW-Authenticate") != answers[0].header.Get("WWW-Authenticate") {
				t.Errorf("%+v and %+v", p, first)
			}
		}
	}
	t.Run("every bad key gets the same answer", func(t *testing.T) {
		a.t = t
		var answers []answer
		for _, header := range []string{
			"Bearer " + goneToken, "Bearer x", "Basic dTpw", "bearer trk_aaaaaaaaaaaa_" + strings.Repeat("A", 52), a.token,
		} {
			resp := a.get("/api/v1/plans", "Authorization", header)
			resp.wantProblem(401, "unauthorized", "")
			answers = append(answers, resp)
		}
		same(t, answers...)
	})
	t.Run("without a key, what there is and what there is not look the same", func(t *testing.T) {
		a.t = t
		var answers []answer
		for _, path := range []string{"/api/v1/plans/donghe-2023", "/api/v1/plans/none", "/api/v1/nothing", "/api/v1/indicators/x/y/z"} {
			answers = append(answers, a.get(path, "Authorization", ""))
		}
		answers = append(answers, a.send("DELETE", "/api/v1/plans", "", "Authorization", ""))
		same(t, answers...)
	})
	t.Run("a role that may not do something does not learn whether it could be done", func(t *testing.T) {
		a.t = t
		_, analyst := a.key(access.Analyst)
		same(t,
			a.send("DELETE", "/api/v1/keys/"+gone.ID, "", "Authorization", "Bearer "+analyst),
			a.send("DELETE", "/api/v1/keys/none", "", "Authorization", "Bearer "+analyst),
		)
		same(t,
			a.send("PATCH", "/api/v1/indicators/none", "{", "Authorization", "Bearer "+analyst),
			a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", "{", "Authorization", "Bearer "+analyst),
		)
		same(t,
			a.post("/api/v1/measurements", "nonsense", "Authorization", "Bearer "+analyst),
			a.post("/api/v1/measurements", piles, "Authorization", "Bearer "+analyst),
		)
	})
	t.Run("the scheme's case and the space around the token do not matter", func(t *testing.T) {
		a.t = t
		a.get("/api/v1/plans", "Authorization", "bEARER  "+a.token+" ").want(200)
	})
	t.Run("no token is logged", func(t *testing.T) {
		if log := a.log.String(); strings.Contains(log, a.token[20:]) || strings.Contains(log, goneToken[20:]) {
			t.Errorf("log: %s", log)
		}
	})
}

// TestDraftsOfOthers shows what callers learn of an indicator of 市农业农村局
// that nobody has confirmed: those it is no business of learn what they learn
// of one that is not there.
func TestDraftsOfOthers(t *testing.T) {
	for _, state := range []indicator.State{indicator.Draft, indicator.Rejected} {
		t.Run(string(state), func(t *testing.T) { draftsOfOthers(t, state) })
	}
}

func draftsOfOthers(t *testing.T, state indicator.State) {
	const code, none = "donghe-2023-2-2", "donghe-2023-9-9"
	a := newAPI(t)
	a.seed()
	before := a.clock().UTC().Format("2006-01-02T15:04:05.999Z")
	a.send("PATCH", "/api/v1/indicators/"+code, `{"state":"`+string(state)+`"}`, "Content-Type", "application/json", "If-Match", `"1"`).want(200)
	callers := a.callers()
	callers["own"] = callers["other"] // the reporter of 市农业农村局
	for name, sees := range map[string]bool{"lead": true, "own": true, "admin": true, "analyst": true, "noauth": true, "part": false, "public": false} {
		t.Run("for "+name, func(t *testing.T) {
			a.t, a.token, a.handler = t, callers[name].token, callers[name].handler
			for _, tail := range []string{"", "/progress", "/measurements"} {
				got, missing := a.get("/api/v1/indicators/"+code+tail), a.get("/api/v1/indicators/"+none+tail)
				if sees {
					got.want(200)
					continue
				}
				looksLike(t, got, missing, code, none)
			}
			for path, want := range map[string]bool{
				"/api/v1/indicators?plan=donghe-2023":                                              sees,
				"/api/v1/indicators?plan=donghe-2023&state=" + string(state):                       sees,
				"/api/v1/indicators?q=%E6%B0%B4%E5%9C%9F":                                          sees,
				"/api/v1/indicators?agency=%E5%B8%82%E5%86%9C%E4%B8%9A%E5%86%9C%E6%9D%91%E5%B1%80": sees,
				"/api/v1/progress?plan=donghe-2023":                                                false,
				"/api/v1/progress?plan=donghe-2023&as_of=" + before:                                true, // it was confirmed then
			} {
				if got := strings.Contains(string(a.get(path).want(200).body), code); got != want {
					t.Errorf("%s shows it: %v", path, got)
				}
			}
			review := read[v1.Plan](a.get("/api/v1/plans/donghe-2023").want(200)).Review
			if counted := review.Draft+review.Rejected == 1; counted != (sees && name != "lead" && name != "own") {
				t.Errorf("review %+v", review)
			}
		})
	}
	t.Run("and who reports on it", func(t *testing.T) {
		report := func(caller, code string) answer {
			a.t, a.token, a.handler = t, callers[caller].token, callers[caller].handler
			return a.post("/api/v1/measurements", `{"indicator":"`+code+`","period":"2023-08","value":1}`)
		}
		report("own", code).wantProblem(409, "indicator_not_confirmed", "/indicator")
		report("part", none).wantProblem(422, "unknown_indicator", "/indicator")
		looksLike(t, report("part", code), report("part", none), code, none)
	})
}

// looksLike fails the test when the answer about one code could be told from
// that about another.
func looksLike(t *testing.T, got, other answer, code, otherCode string) {
	t.Helper()
	p, q := read[v1.Problem](got), read[v1.Problem](other)
	p.RequestID, q.RequestID = "", ""
	q.Detail = strings.ReplaceAll(q.Detail, otherCode, code)
	if p != q || p.Status < 400 {
		t.Errorf("%+v and %+v", p, q)
	}
}

func TestAnEarlierDraftStaysOutOfSight(t *testing.T) {
	const code = "donghe-2023-2-2"
	a := newAPI(t)
	a.seed()
	put := func(state, version string) {
		a.send("PATCH", "/api/v1/indicators/"+code, `{"state":"`+state+`"}`, "Content-Type", "application/json", "If-Match", version).want(200)
	}
	put("draft", `"1"`)
	drafted := a.clock().UTC().Format("2006-01-02T15:04:05.999Z")
	put("confirmed", `"2"`)
	path := "/api/v1/indicators/" + code + "/progress?as_of=" + drafted
	a.get(path).want(200)
	_, a.token = a.key(access.Reporter, "市交通局")
	a.get("/api/v1/indicators/" + code + "/progress").want(200)
	a.get(path).wantProblem(404, "not_found", "")
}
