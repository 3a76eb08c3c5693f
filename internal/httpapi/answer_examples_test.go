package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var answerFile = filepath.Join("testdata", "shown", "answers.json")

const answerMedia = "application/json"

// largestShown is as much of an answer as a page can show and a person reads: what is more is asked
// for more narrowly.
const largestShown = 6 << 10

// unshown are operations whose success has no example, and why.
var unshown = map[string]string{
	"testWebhook": "it says what another system answered, or how this machine did not reach it",
}

// byChance are the fields that are given by chance or follow from it, and what they look like. The
// rest of an answer is the same each time, but for parts of seconds.
var byChance = map[string]*regexp.Regexp{
	"id":         regexp.MustCompile(`^([a-z2-7]{12}|wh_[a-z2-7]{12}|[A-Z2-7]{26})$`),
	"key":        regexp.MustCompile(`^[a-z2-7]{12}$`),
	"created_by": regexp.MustCompile(`^[a-z2-7]{12}$`),
	"event":      regexp.MustCompile(`^msg_[0-9a-f]{24}$`),
	"token":      regexp.MustCompile(`^trk_[a-z0-9]{12}_[A-Z2-7]{52}$`),
	"secret":     regexp.MustCompile(`^whsec_`),
	"path":       regexp.MustCompile(`^/calendar/[A-Z2-7]{52}\.ics$`),
	"target":     regexp.MustCompile(`^[a-z2-7]{12}$`),
	"after":      regexp.MustCompile(`^[0-9a-f]{64}$`),
	"hash":       regexp.MustCompile(`^[0-9a-f]{64}$`),
	"signature":  regexp.MustCompile(`^[A-Za-z0-9+/]{86}==$`),
}

var partsOfSecond = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$`)

// TestEveryAnswerThatIsShownIsAnswered makes each operation succeed and holds what the contract shows
// of that against the answer: an operation that answers otherwise fails, and so does one of which
// nothing is shown.
func TestEveryAnswerThatIsShownIsAnswered(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[string]map[string]json.RawMessage{} // of the operations that are not run now, what is there
	if text, err := os.ReadFile(answerFile); err != nil {
		t.Fatal(err)
	} else if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		for method, op := range doc.Paths.Value(path).Operations() {
			known[op.OperationID] = true
			if unshown[op.OperationID] != "" {
				continue
			}
			for status, ref := range op.Responses.Map() {
				if status >= "300" || ref.Value.Content.Get(answerMedia) == nil {
					continue
				}
				t.Run(op.OperationID+" "+status, func(t *testing.T) {
					got := succeed(t, method, path, status, op)
					before := recorded[op.OperationID]
					if before == nil {
						before = map[string]json.RawMessage{}
						recorded[op.OperationID] = before
					}
					if *update {
						if before[status] == nil || steady(t, before[status]) != steady(t, got) {
							before[status] = got
						}
						return
					}
					shown := shownAnswer(t, method, path, status)
					if steady(t, shown) != steady(t, got) {
						t.Errorf("the contract shows %s, answered is %s (go test -run %s -update, then make generate)", shown, got, "TestEveryAnswerThatIsShownIsAnswered")
					}
				})
			}
		}
	}
	for id := range unshown {
		if !known[id] {
			t.Errorf("%s is no operation", id)
		}
	}
	if !*update {
		return
	}
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	if err := to.Encode(recorded); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(answerFile, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// shownAnswer is the example of an answer in the contract, its numbers digit by digit.
func shownAnswer(t *testing.T, method, path, status string) json.RawMessage {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct {
				Content map[string]struct{ Example json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal(openapi.JSON(), &doc); err != nil {
		t.Fatal(err)
	}
	shown := doc.Paths[path][strings.ToLower(method)].Responses[status].Content[answerMedia].Example
	if shown == nil {
		return json.RawMessage("null")
	}
	return shown
}

// succeed has an operation answer with a status, in no more than can be shown and with something in it.
func succeed(t *testing.T, method, path, status string, op *openapi3.Operation) json.RawMessage {
	t.Helper()
	a := newExampleAPI(t)
	r := a.exampleRequest(method, path, op)
	if method == http.MethodGet && op.Parameters.GetByInAndName(openapi3.ParameterInQuery, "limit") != nil {
		r.target, _, _ = strings.Cut(r.target, "?")
		r.target += "?limit=1"
	}
	way := successes[op.OperationID]
	if own := successes[op.OperationID+" "+status]; own != nil {
		way = own
	}
	if way == nil {
		way = asItIs
	}
	resp := way(a, r)
	if fmt.Sprint(resp.status) != status || !strings.HasPrefix(resp.header.Get("Content-Type"), answerMedia) {
		t.Fatalf("%s %s answers %d, not %s: %s", r.method, r.target, resp.status, status, resp.body)
	}
	if len(resp.body) > largestShown {
		t.Errorf("%s %s answers %d bytes: ask for less", r.method, r.target, len(resp.body))
	}
	if list := read[map[string]json.RawMessage](resp)["items"]; string(list) == "[]" {
		t.Errorf("%s %s answers an empty list", r.method, r.target)
	}
	return resp.body
}

// steady is an answer without what differs each time.
func steady(t *testing.T, text []byte) string {
	t.Helper()
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	var body any
	if err := from.Decode(&body); err != nil {
		t.Fatal(err)
	}
	steadied, err := json.Marshal(withoutChance("", body))
	if err != nil {
		t.Fatal(err)
	}
	return string(steadied)
}

func withoutChance(field string, value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			value[name] = withoutChance(name, inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = withoutChance(field, inner)
		}
	case string:
		if looks := byChance[field]; looks != nil && looks.MatchString(value) {
			return "by chance"
		}
		return partsOfSecond.ReplaceAllString(value, "${1}Z")
	}
	return value
}

// successes are the ways to have an operation succeed, by its id or that and the status, where its
// examples alone do not lead there, or to nothing that is worth showing or too much of it.
var successes = map[string]attempt{
	"aliasAgency":              toAnother("/agencies/12/", "/agencies/19/"),
	"renameAgency":             toAnother("/agencies/12/", "/agencies/19/"),
	"reviewPlan":               afterProposal(withBody(`{"confirm":["qingzhou-2024-1-1"]}`)),
	"amendPlan":                ofASmallPlan(amended),
	"decideAgencyMatches":      afterProposal(withBody(`{"confirm":["1"]}`)),
	"freezeAssessment":         ofASmallPlan(asItIs),
	"importPlan 201":           withQuery("dry_run", "false"),
	"listAgencyEvents":         eventful,
	"listAgencyMatches":        afterProposal(asItIs),
	"listAssessmentEntries":    after(http.MethodPost, "/api/v1/plans/qingzhou-2023/assessment/entries", `{"what":"veto","agency":"市工信局","by":"市政府","reason":"事故"}`, asItIs),
	"listDeliveries":           told,
	"listFrozenAssessments":    after(http.MethodPost, "/api/v1/plans/qingzhou-2023/assessments", `{"title":"2023年考核结果"}`, asItIs),
	"listIssues":               after(http.MethodPost, "/api/v1/issues", `{"indicator":"qingzhou-2023-14-1","title":"点位用地未落实"}`, asItIs),
	"listMilestones":           after(http.MethodPost, "/api/v1/plans/qingzhou-2023/tasks/31/milestones", `{"title":"完成主体工程","due_on":"2023-10-31"}`, asItIs),
	"listNotices":              after(http.MethodPost, "/api/v1/notices", `{"plan":"qingzhou-2023","title":"督办","asked":"答复","lead_agency":"市工信局","tasks":["14"]}`, asItIs),
	"listProfiles":             judged,
	"listRuns":                 ran,
	"listUpdates":              after(http.MethodPost, "/api/v1/plans/qingzhou-2023/tasks/14/updates", `{"period":"2023-09","agency":"市工信局","text":"点位已全部落实。"}`, asItIs),
	"listWebhooks":             after(http.MethodPost, "/api/v1/webhooks", webhookBody, asItIs),
	"readAssessment":           ofASmallPlan(asItIs),
	"readAssessmentDifference": ofASmallPlan(corrected),
	"readBulletin":             ofASmallPlan(asItIs),
	"readFrozenAssessment":     ofASmallPlan(frozen),
	"readMeasurementFeed":      withQuery("plan", "qingzhou-2023"),
	"readStatement":            ofASmallPlan(asItIs),
	"recordMeasurement 200":    twice,
	"setMilestone 200":         twice,
	"tryAssessment":            ofASmallPlan(asItIs),
	"writeUpdate 200":          twice,
	"readSummary":              asking("on=2023-09-30&plan=qingzhou-2023&section=2&group_by=status"),
}

// asking sends the request with this query alone.
func asking(query string) attempt {
	return func(a *api, r request) answer {
		r.target, _, _ = strings.Cut(r.target, "?")
		r.target += "?" + query
		return a.ask(r)
	}
}

// ofASmallPlan sends the request of a plan of one indicator, with one report, in place of the example.
func ofASmallPlan(then attempt) attempt {
	return func(a *api, r request) answer {
		a.namesakes()
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":18,"basis":"total"}`).want(http.StatusCreated)
		r.target = strings.NewReplacer("qingzhou-2023-14-1", "donghe-2023-1-1", "qingzhou-2023", "donghe-2023", "agency="+url.QueryEscape("市工信局")+"&", "").Replace(r.target)
		return then(a, r)
	}
}

// amended sends a text that asks the small plan for more.
func amended(a *api, r request) answer {
	r.body = "东河市2023年重点工作\n一、产业\n1.壮大企业。新增企业36家（市工信局）。\n"
	return a.ask(r)
}

// frozen reads the result of the small plan in place of that of the example.
func frozen(a *api, r request) answer {
	list, _, _ := strings.Cut(r.target, "/assessments/")
	r.target = list + "/assessments/" + a.freeze(list)
	return a.ask(r)
}

// freeze freezes what the assessment of a plan comes to and gives the id of that.
func (a *api) freeze(plan string) string {
	a.t.Helper()
	return read[struct{ ID string }](a.post(plan+"/assessments", `{"title":"2023年考核结果"}`).want(http.StatusCreated)).ID
}

// corrected reads how a frozen result differs once a report of that time is revised.
func corrected(a *api, r request) answer {
	list, _, _ := strings.Cut(r.target, "/assessments/")
	id := a.freeze(list)
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":24,"basis":"total"}`).want(http.StatusCreated)
	r.target = list + "/assessments/" + id + "/difference"
	return a.ask(r)
}

// afterProposal has a second plan of the city write an agency by another name.
func afterProposal(then attempt) attempt {
	const second = "青州市2024年重点工作\n一、产业\n1.壮大企业。新增企业30家（市工业和信息化局）。\n"
	return func(a *api, r request) answer {
		a.send(http.MethodPost, "/api/v1/plans?code=qingzhou-2024&jurisdiction="+url.QueryEscape("青州市"), second, "Content-Type", "text/plain; charset=utf-8").want(http.StatusCreated)
		r.target = strings.Replace(r.target, "qingzhou-2023", "qingzhou-2024", 1)
		return then(a, r)
	}
}

// eventful asks for the events of an agency once there is one.
func eventful(a *api, r request) answer {
	r.target = strings.Replace(r.target, "/agencies/12/", "/agencies/19/", 1)
	agency, _, _ := strings.Cut(r.target, "/events")
	a.post(agency+"/aliases", `{"name":"市工业和信息化局"}`).want(http.StatusOK)
	return a.ask(r)
}

// told asks for the deliveries of a webhook that was told of an event.
func told(a *api, r request) answer {
	webhook := regexp.MustCompile(`wh_\w+`).FindString(r.target)
	a.delivered(webhook)
	return a.ask(r)
}

// judged asks for the profiles once one is in use.
func judged(a *api, r request) answer {
	p := progress.DefaultProfile()
	if _, err := tracker.New(a.db, a.clock, time.UTC, p).UseProfile(a.t.Context(), &p, time.UTC, true); err != nil {
		a.t.Fatal(err)
	}
	return a.ask(r)
}

// ran asks for the daily runs after one.
func ran(a *api, r request) answer {
	if _, err := a.oversight().RunUntil(a.t.Context(), oversight.RunRequest{Worker: "test"}); err != nil {
		a.t.Fatal(err)
	}
	return a.ask(r)
}
