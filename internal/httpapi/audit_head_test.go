package httpapi_test

import (
	"bytes"
	"encoding/hex"
	"net/http"
	"strconv"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// signingKey is the service's key, the same in every test.
func signingKey(t *testing.T) signing.Key {
	t.Helper()
	key, err := signing.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestTheHeadOfTheAuditChainIsSigned(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.reported(2)
	const path = "/api/v1/audit/head"
	resp := a.get(path).want(200)
	head, err := anchor.Open(resp.body, signingKey(t).Public())
	if err != nil {
		t.Fatalf("%v in %s", err, resp.body)
	}
	if bytes.Count(resp.body, []byte("\n")) != 1 || !bytes.HasSuffix(resp.body, []byte("\n")) {
		t.Errorf("it is not one line: %q", resp.body)
	}
	t.Run("and is that of the last entry", func(t *testing.T) {
		entries := read[v1.AuditPage](a.get("/api/v1/audit?limit=500").want(200)).Items
		last := entries[len(entries)-1]
		if strconv.FormatInt(head.Seq, 10) != last.Seq || hex.EncodeToString(head.Hash) != last.Hash {
			t.Errorf("head %+v, last entry %+v", head, last)
		}
	})
	t.Run("with what is stored, and its moment", func(t *testing.T) {
		feed := read[v1.MeasurementFeed](a.get("/api/v1/measurements").want(200)).Items
		last := feed[len(feed)-1]
		if strconv.FormatInt(head.LastMeasurement, 10) != last.ID || head.Plans != 1 || head.Indicators != 5 {
			t.Errorf("head %+v, last measurement %+v", head, last)
		}
		if said := read[v1.SignedAuditHead](resp).Content; said.Moment != last.RecordedAt {
			t.Errorf("moment %s, recorded at %s", said.Moment, last.RecordedAt)
		}
	})
	t.Run("the same while nothing changes, and known by its ETag", func(t *testing.T) {
		a.setClock(afterTheTerm)
		tag := resp.header.Get("ETag")
		if again := a.get(path).want(200); !bytes.Equal(again.body, resp.body) || again.header.Get("ETag") != tag || tag == "" {
			t.Errorf("%s, then %s", resp.body, again.body)
		}
		for _, known := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			if same := a.get(path, "If-None-Match", known).want(304); len(same.body) != 0 || same.header.Get("ETag") != tag {
				t.Errorf("If-None-Match: %s: %s", known, same.body)
			}
		}
	})
	t.Run("another after a write", func(t *testing.T) {
		a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1}`).want(201)
		next, err := anchor.Open(a.get(path, "If-None-Match", resp.header.Get("ETag")).want(200).body, signingKey(t).Public())
		if err != nil || next.Seq != head.Seq+1 || bytes.Equal(next.Hash, head.Hash) || !next.Moment.After(head.Moment) || next.LastMeasurement != head.LastMeasurement+1 {
			t.Errorf("%+v, %v", next, err)
		}
	})
	t.Run("for admins", func(t *testing.T) {
		_, token := a.key(access.Analyst)
		a.get(path, "Authorization", "Bearer "+token).wantProblem(http.StatusForbidden, "forbidden", "")
	})
	t.Run("and takes no parameters", func(t *testing.T) {
		a.get(path+"?limit=1").wantProblem(http.StatusBadRequest, "invalid_parameter", "limit")
	})
}

func TestWithoutASigningKeyNothingIsSigned(t *testing.T) {
	a := newAPI(t)
	a.handler = a.with(func(o *httpapi.Options) { o.Signing = signing.Key{} })
	p := a.get("/api/v1/audit/head", "Accept-Language", "en").wantProblem(http.StatusServiceUnavailable, "no_signing_key", "")
	if !bytes.Contains([]byte(p.Detail), []byte("TRACKER_SIGNING_KEY")) {
		t.Errorf("it does not say how to set one: %s", p.Detail)
	}
}
