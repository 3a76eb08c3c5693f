package httpapi_test

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/statement"
)

const pilesStatement = "/api/v1/indicators/donghe-2023-1-1/statement?on=2023-09-30"

func TestAStatementIsTheSameWhoeverAsks(t *testing.T) {
	a := newAPI(t)
	a.seed()
	key, lead := a.key(access.Reporter, "市工信局")
	_, analyst := a.key(access.Analyst)
	a.as(lead, piles120+"}").want(201)
	whole := a.get(pilesStatement).want(200)
	for name, token := range map[string]string{"the reporter": lead, "an analyst": analyst} {
		if got := a.get(pilesStatement, "Authorization", "Bearer "+token).want(200); !bytes.Equal(got.body, whole.body) {
			t.Errorf("to %s it is\n%s\nto an admin\n%s", name, got.body, whole.body)
		}
	}
	a.token, a.handler = "", a.with(func(o *httpapi.Options) { o.PublicRead = true })
	if got := a.get(pilesStatement).want(200); !bytes.Equal(got.body, whole.body) {
		t.Errorf("without a key it is\n%s", got.body)
	}
	if strings.Contains(string(whole.body), key.ID) {
		t.Errorf("it says the id of a key: %s", whole.body)
	}
	by := read[v1.SignedStatement](whole).Content.Measurements[0].ReportedBy
	if by.Agency != "市工信局" || by.KeyName != key.Name || by.By != "key" {
		t.Errorf("sent by %+v", by)
	}
	t.Run("and the id of the key derives the hashes too", func(t *testing.T) {
		if v := holds(t, whole.body); v.Withheld != 1 {
			t.Errorf("withheld %d", v.Withheld)
		}
		v, err := statement.Verify(whole.body, trusted(t), "another", key.ID)
		if err != nil || v.Withheld != 0 || len(v.Findings) > 0 {
			t.Errorf("withheld %d, %v, %v", v.Withheld, v.Findings, err)
		}
	})
	t.Run("and a reader who has the one before learns that it is the same", func(t *testing.T) {
		a.t = t
		a.get(pilesStatement, "If-None-Match", whole.header.Get("ETag")).want(304)
	})
}

func TestAStatementOfAnEarlierMomentIsGivenAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.underAProfile()
	_, lead := a.key(access.Reporter, "市工信局")
	first := read[v1.MeasurementReceipt](a.as(lead, piles120+"}").want(201)).Measurement
	before := a.get(pilesStatement).want(200)
	kept(t, "before-a-correction", before.body)
	asOf := read[v1.SignedStatement](before).Content.AsOf

	a.as(lead, strings.Replace(piles120, "120", "121", 1)+"}").want(201)
	corrected := a.get(pilesStatement).want(200)
	if m := read[v1.SignedStatement](corrected).Content.Measurements[0]; *m.Value != "121" || m.Revision != 2 {
		t.Errorf("after a correction it says %+v", m)
	}
	a.send("PATCH", "/api/v1/indicators/donghe-2023-1-1", `{"name":"公共充电桩","target":{"comparator":"eq","value":300,"unit":"个"}}`,
		"Content-Type", "application/json", "If-Match", a.get("/api/v1/indicators/donghe-2023-1-1").want(200).header.Get("ETag")).want(200)
	a.send("DELETE", reportPath+"/"+read[v1.SignedStatement](corrected).Content.Measurements[0].ID+"?reason=x", "").want(200)
	a.send("PUT", "/api/v1/plans/donghe-2023/jurisdiction", `{"jurisdiction":"西河市"}`, "Content-Type", "application/json").want(200)
	after := a.get(pilesStatement).want(200)
	kept(t, "after-a-retraction", after.body)
	if s := holds(t, after.body).Statement; len(s.Measurements) != 0 || s.Indicator.Version != 3 || s.Plan.Version != 2 || s.Plan.Jurisdiction != "西河市" || s.Progress.Status != "no_data" {
		t.Errorf("after a retraction it says %+v", s)
	}
	again := a.get(pilesStatement + "&as_of=" + url.QueryEscape(asOf)).want(200)
	if !bytes.Equal(again.body, before.body) {
		t.Errorf("first\n%s\nagain\n%s", before.body, again.body)
	}
	if head := holds(t, again.body).Statement.AuditHead; head == nil || !slices.ContainsFunc(a.auditHashes(), func(hash string) bool { return hash == head.Hash }) {
		t.Errorf("the chain has no entry %+v", head)
	}
	a.get(pilesStatement+"&as_of=2023-01-01T00:00:00Z").wantProblem(404, "not_found", "")
	a.get(pilesStatement+"&as_of=2099-01-01T00:00:00Z").wantProblem(400, "invalid_parameter", "as_of")
	if first.Revision != 1 {
		t.Errorf("the first is revision %d", first.Revision)
	}
}

// auditHashes are those of the entries of the audit log.
func (a *api) auditHashes() (hashes []string) {
	a.t.Helper()
	for _, e := range read[v1.AuditPage](a.get("/api/v1/audit?limit=500").want(200)).Items {
		hashes = append(hashes, e.Hash)
	}
	return hashes
}

func TestAStatementIsForWhoeverSeesTheProgress(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.underAProfile()
	a.send("PATCH", "/api/v1/indicators/donghe-2023-2-2", `{"state":"draft"}`, "Content-Type", "application/json",
		"If-Match", a.get("/api/v1/indicators/donghe-2023-2-2").want(200).header.Get("ETag")).want(200)
	const draft = "/api/v1/indicators/donghe-2023-2-2/statement?on=2023-06-30"
	text := a.get(draft).want(200).body
	kept(t, "draft", text)
	if s := holds(t, text).Statement; s.Indicator.State != "draft" || s.Progress.Status != "no_data" {
		t.Errorf("%+v", s)
	}
	_, lead := a.key(access.Reporter, "市农业农村局")
	_, other := a.key(access.Reporter, "市工信局")
	a.get(draft, "Authorization", "Bearer "+lead).want(200)
	refused := a.get(draft, "Authorization", "Bearer "+other).wantProblem(404, "not_found", "")
	unknown := a.get("/api/v1/indicators/donghe-2023-2-9/statement", "Authorization", "Bearer "+other).wantProblem(404, "not_found", "")
	if strings.ReplaceAll(refused.Detail, "2-2", "2-9") != unknown.Detail {
		t.Errorf("a draft is refused with %q, what is not there with %q", refused.Detail, unknown.Detail)
	}
	a.get(draft+"&explain=true").wantProblem(400, "invalid_parameter", "explain")
}

func TestWithoutASigningKeyNothingIsStated(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.handler = a.with(func(o *httpapi.Options) { o.Signing = signing.Key{} })
	a.get(pilesStatement).wantProblem(503, "no_signing_key", "")
}

func TestAStatementSaysWhoSentWithoutAKey(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.underAProfile()
	a.handler = a.with(func(o *httpapi.Options) { o.NoAuth = true })
	a.token = ""
	a.post(reportPath, piles120+"}").want(201)
	text := a.get(pilesStatement).want(200).body
	kept(t, "sent-without-a-key", text)
	v := holds(t, text)
	if by := v.Statement.Measurements[0].ReportedBy; by.By != "open" || v.Withheld != 0 {
		t.Errorf("sent by %+v, withheld %d", by, v.Withheld)
	}
}

func TestNothingStoredLaterComesIntoAStatement(t *testing.T) {
	a := newAPI(t)
	a.seed()
	_, lead := a.key(access.Reporter, "市工信局")
	a.as(lead, piles120+"}").want(201)
	asOf := a.clock().UTC().Format(time.RFC3339Nano) // after the last change: it is sealed
	path := pilesStatement + "&as_of=" + url.QueryEscape(asOf)
	first := a.get(path).want(200)
	a.as(lead, strings.Replace(piles120, "2023-08", "2023-09", 1)[:len(piles120)-len(`,"source_id":"gxj-8"`)]+"}").want(201)
	if again := a.get(path).want(200); !bytes.Equal(again.body, first.body) {
		t.Errorf("first\n%s\nagain\n%s", first.body, again.body)
	}
}
