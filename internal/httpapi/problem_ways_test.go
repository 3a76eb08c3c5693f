package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/intake/intaketest"
)

// ownWays are the ways to have a status of one operation, by its id and the status, where the common
// ones do not lead there or another problem is more telling.
var ownWays = map[string]map[string]attempt{
	"readTemplate": {"422": func(a *api, r request) answer {
		a.namesakes()
		r.target, _, _ = strings.Cut(r.target, "?")
		return a.ask(r)
	}},
	"aliasAgency":   {"409": withBody(`{"name":"市工信局"}`)},
	"renameAgency":  {"409": withBody(`{"name":"市工信局"}`)},
	"mergeAgencies": {"409": afterSuccession},
	"cancelAgencyEvent": {"409": func(a *api, r request) answer {
		agency := strings.TrimSuffix(r.target, "/cancel")
		a.post(agency+"/merge", `{"into":"市工信局"}`).want(http.StatusOK)
		merge := a.lastEvent(strings.TrimPrefix(agency, "/api/v1/agencies/"), "merge")
		a.post(agency+"/aliases", `{"name":"工业和信息化"}`).want(http.StatusOK)
		return withBody(`{"event":"`+merge+`"}`)(a, r)
	}},
	"decideAgencyMatches": {"409": afterProposal(func(a *api, r request) answer {
		a.post("/api/v1/agencies/19/succeed", `{"by":"市数据局","from":"2024-01-01"}`).want(http.StatusOK)
		return withBody(`{"confirm":["1"]}`)(a, r)
	}), "422": withBody(`{"confirm":["999999"]}`)},
	"health":           {"500": brokenAnchor},
	"ready":            {"500": brokenAnchor},
	"mapExternalCodes": {"422": withBody(`[{"indicator":"taihe-2023-1-1","external_code":"A-17"}]`)},
	"createIndicator":  {"422": withBody(`{"plan":"qingzhou-2023","task":"999","name":"重点产业链数","kind":"cumulative","target":{"comparator":"ge","value":300,"unit":"家"}}`)},
	"patchIndicator": {
		"409": withBody(`{"starts_on":"2023-04-01"}`),
		"422": withBody(`{"target":{"comparator":"ge","value":300,"unit":"牛"}}`),
	},
	"raiseIssue":    {"409": openedTwice},
	"stepIssue":     {"409": withBody(`{"type":"reopened","text":"误销"}`), "422": withBody(`{"type":"handed_over","text":"请接办","agency":"市气象局"}`)},
	"narrowKey":     {"422": toAnother(url.QueryEscape("青州市"), url.QueryEscape("东河市"))},
	"rotateKey":     {"409": after(http.MethodDelete, "/api/v1/keys/k3v7q2mxw4ab", "", asItIs)},
	"importPlan":    {"409": withQuery("code", "qingzhou-2023"), "413": withBodyOf("text/plain", strings.Repeat(" ", 16<<20+1)), "422": withBody(" \n")},
	"amendPlan":     {"400": withBody(""), "412": withQuery("confirm", "guess"), "413": withBodyOf("text/plain", strings.Repeat(" ", 16<<20+1)), "422": withBody(" \n")},
	"stepCycle":     {"409": withBody(`{"type":"reopened","reason":"补录"}`)},
	"changeWebhook": {"422": withBody(`{"plans":["taihe-2023"]}`)},
	"createWebhook": {"422": withBody(`{"url":"https://hooks.example.org/tracker","plans":["taihe-2023"]}`)},
	"reviewPlan": {
		"409": withBody(`{"reject":["qingzhou-2023-14-1"]}`),
		"422": withBody(`{"confirm":["taihe-2023-1-1"]}`),
	},
	"recordMeasurement": {
		"409": withBody(`{"indicator":"qingzhou-2023-14-1","period":"2023-Q3","value":60,"unit":"个"}`),
		"422": withBody(`{"indicator":"qingzhou-2023-14-1","period":"2023-09","value":60,"unit":"吨"}`),
	},
	"recordBatch": {
		"413": withBodyOf(intake.Workbook, "PK\x03\x04"+strings.Repeat(" ", 32<<20)),
		"409": atOnce,
		"422": withBody(`[]`),
		"503": func(a *api, r request) answer {
			defer a.holdTurns()()
			return withBodyOf(intake.Workbook, string(intaketest.Workbook()))(a, r)
		},
	},
	"retractMeasurement": {"409": afterRevision},
}

// asItIs sends the request as the examples have it.
func asItIs(a *api, r request) answer { return a.ask(r) }

func toAnother(old, other string) attempt {
	return func(a *api, r request) answer {
		r.target = strings.Replace(r.target, old, other, 1)
		return a.ask(r)
	}
}

// atOnce has another process of the service take in the same batch while this one reads it.
func atOnce(a *api, r request) answer {
	r.header = append(r.header, "Idempotency-Key", "2023-09")
	body := &interrupted{Reader: strings.NewReader(r.body), meanwhile: func() {
		mine := a.handler
		a.handler = a.over(a.db)
		a.ask(r).want(http.StatusOK)
		a.handler = mine
	}}
	req := httptest.NewRequestWithContext(a.t.Context(), r.method, r.target, body)
	req.Header.Set("Authorization", "Bearer "+a.token)
	for i := 0; i < len(r.header); i += 2 {
		req.Header.Set(r.header[i], r.header[i+1])
	}
	rec := httptest.NewRecorder()
	a.handler.ServeHTTP(rec, req)
	return answer{t: a.t, status: rec.Code, header: rec.Header(), body: rec.Body.Bytes()}
}

// interrupted is a body during whose reading something else happens, at its end.
type interrupted struct {
	io.Reader
	meanwhile func()
}

func (b *interrupted) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF && b.meanwhile != nil {
		then := b.meanwhile
		b.meanwhile = nil
		then()
	}
	return n, err
}

// brokenAnchor has the service fail where it reads how the audit chain is anchored.
func brokenAnchor(a *api, r request) answer {
	a.handler = a.with(func(o *httpapi.Options) { o.AnchorState = func() anchor.State { panic("the anchor is broken") } })
	return a.ask(r)
}

// afterSuccession merges an agency whose duties another has.
func afterSuccession(a *api, r request) answer {
	a.send(http.MethodPost, strings.TrimSuffix(r.target, "merge")+"succeed", `{"by":"市数据局","from":"2023-09-01"}`, "Content-Type", "application/json").want(http.StatusOK)
	return a.ask(r)
}

// openedTwice raises an issue of a cause that is open once at a time.
func openedTwice(a *api, r request) answer {
	r.body = `{"indicator":"qingzhou-2023-14-1","cause":"behind","title":"进度滞后"}`
	return twice(a, r)
}

// afterRevision retracts a measurement that has been revised.
func afterRevision(a *api, r request) answer {
	before, _, _ := strings.Cut(r.target, "?")
	old := read[v1.MeasurementRecord](a.get(before).want(http.StatusOK)).Measurement
	a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":%q,"period":%q,"value":0.5,"source_id":%q,"basis":%q}`, old.Indicator, old.Period, old.SourceID, old.Basis)).want(http.StatusCreated)
	return a.ask(r)
}

// namesakes gives two jurisdictions an agency of a name.
func (a *api) namesakes() {
	a.t.Helper()
	const other = "东河市2023年重点工作\n一、产业\n1.壮大企业。新增企业30家（市工信局）。\n"
	a.send(http.MethodPost, "/api/v1/plans?confirm=true&code=donghe-2023&jurisdiction="+url.QueryEscape("东河市"), other, "Content-Type", "text/plain; charset=utf-8").want(http.StatusCreated)
}
