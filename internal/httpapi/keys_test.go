package httpapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
)

func TestKeysAreInTheAuditLog(t *testing.T) {
	a := newAPI(t)
	mine, _, _ := strings.Cut(strings.TrimPrefix(a.token, "trk_"), "_")
	made := read[v1.KeyCreated](a.post("/api/v1/keys", `{"name":"工信","role":"reporter","agencies":["市工信局"],"jurisdiction":"东河市"}`).want(201))
	rotated := read[v1.KeyCreated](a.send("POST", "/api/v1/keys/"+made.Key.ID+"/rotate", "").want(200))
	revoked := a.send("DELETE", "/api/v1/keys/"+made.Key.ID, "").want(200)
	a.send("DELETE", "/api/v1/keys/"+made.Key.ID, "").want(200)

	listed := a.get("/api/v1/audit?target=" + made.Key.ID).want(200)
	entries := read[v1.AuditPage](listed).Items
	if len(entries) != 3 {
		t.Fatalf("%d entries: %s", len(entries), listed.body)
	}
	for i, action := range []string{"key.created", "key.rotated", "key.revoked"} {
		e := entries[i]
		if e.Action != action || e.Actor.Key != mine || e.Actor.Name != "admin" || e.Actor.From == "" || e.FirstID != nil || len(e.After) != 64 {
			t.Errorf("entry %+v", e)
		}
		if i > 0 && e.Before != entries[i-1].After {
			t.Errorf("%s takes up after %s, the entry before left %s", action, e.Before, entries[i-1].After)
		}
	}
	if got := entries[2].Actor.RequestID; got == "" || got != revoked.header.Get("X-Request-Id") {
		t.Errorf("request %q", got)
	}
	for _, token := range []string{made.Token, rotated.Token} {
		if secret := token[strings.LastIndex(token, "_")+1:]; strings.Contains(string(listed.body), secret) {
			t.Errorf("a token is in %s", listed.body)
		}
	}
	if own := read[v1.AuditPage](a.get("/api/v1/audit?action=key.created").want(200)).Items; len(own) != 2 || own[0].Target != mine || own[1].Target != made.Key.ID {
		t.Errorf("created %+v", own)
	}
}

func TestKeys(t *testing.T) {
	a := newAPI(t)
	admin := "Bearer " + a.token
	a.token = "" // every request shows which key it means
	create := func(body string) answer { return a.post("/api/v1/keys", body, "Authorization", admin) }
	opens := func(token string, status int) {
		a.t.Helper()
		a.get("/api/v1/plans", "Authorization", "Bearer "+token).want(status)
	}

	t.Run("are made with a token that is never shown again", func(t *testing.T) {
		a.t = t
		made := read[v1.KeyCreated](create(`{"name":"工信","role":"reporter","agencies":["市工信局"],"jurisdiction":"东河市"}`).want(201))
		if made.Key.Name != "工信" || made.Key.State != "active" || made.Key.ExpiresAt != nil || made.Key.CreatedBy == "" {
			t.Errorf("%+v", made)
		}
		opens(made.Token, 200)
		listed := a.get("/api/v1/keys", "Authorization", admin).want(200)
		secret := made.Token[strings.LastIndex(made.Token, "_")+1:]
		if body := string(listed.body); strings.Contains(body, secret) || strings.Contains(body, "digest") || !strings.Contains(body, made.Key.ID) {
			t.Errorf("list %s", body)
		}
	})
	t.Run("rotate with a grace for the old token", func(t *testing.T) {
		a.t = t
		made := read[v1.KeyCreated](create(`{"name":"n","role":"analyst"}`).want(201))
		rotate := func(query string) answer {
			return a.send("POST", "/api/v1/keys/"+made.Key.ID+"/rotate"+query, "", "Authorization", admin)
		}
		rotated := read[v1.KeyCreated](rotate("").want(200))
		if rotated.Key.ID != made.Key.ID || rotated.Token == made.Token || rotated.Key.PreviousUntil == nil {
			t.Errorf("%+v", rotated)
		}
		until, err := time.Parse(time.RFC3339, *rotated.Key.PreviousUntil)
		if grace := until.Sub(a.clock()).Round(time.Minute); err != nil || grace != 24*time.Hour {
			t.Errorf("grace %s, %v", grace, err)
		}
		opens(made.Token, 200)
		opens(rotated.Token, 200)
		last := read[v1.KeyCreated](rotate("?grace_hours=0").want(200))
		opens(rotated.Token, 401)
		opens(last.Token, 200)
		for _, bad := range []string{"721", "-1", "x", "9999999999999"} {
			rotate("?grace_hours="+bad).wantProblem(400, "invalid_parameter", "grace_hours")
		}
	})
	t.Run("end when they are revoked, for good", func(t *testing.T) {
		a.t = t
		made := read[v1.KeyCreated](create(`{"name":"n","role":"analyst"}`).want(201))
		opens(made.Token, 200)
		path := "/api/v1/keys/" + made.Key.ID
		revoked := read[v1.Key](a.send("DELETE", path, "", "Authorization", admin).want(200))
		if revoked.State != "revoked" || revoked.RevokedAt == nil {
			t.Errorf("%+v", revoked)
		}
		opens(made.Token, 401)
		again := read[v1.Key](a.send("DELETE", path, "", "Authorization", admin).want(200))
		if *again.RevokedAt != *revoked.RevokedAt {
			t.Errorf("%s, then %s", *revoked.RevokedAt, *again.RevokedAt)
		}
		a.send("POST", path+"/rotate", "", "Authorization", admin).wantProblem(409, "key_inactive", "")
		a.send("DELETE", "/api/v1/keys/none", "", "Authorization", admin).wantProblem(404, "not_found", "")
		a.send("POST", "/api/v1/keys/none/rotate", "", "Authorization", admin).wantProblem(404, "not_found", "")
	})
	t.Run("are good through their last day, as days are at the service's place", func(t *testing.T) {
		a.t = t
		a.handler = a.with(func(o *httpapi.Options) { o.Place = time.FixedZone("", 8*3600) })
		made := read[v1.KeyCreated](create(`{"name":"n","role":"analyst","expires_on":"2023-10-31"}`).want(201))
		if *made.Key.ExpiresAt != "2023-10-31T16:00:00Z" {
			t.Errorf("expires at %s", *made.Key.ExpiresAt)
		}
		a.setClock(time.Date(2023, 10, 31, 15, 59, 59, 0, time.UTC))
		opens(made.Token, 200)
		a.setClock(time.Date(2023, 10, 31, 16, 0, 0, 0, time.UTC))
		opens(made.Token, 401)
	})
	t.Run("are refused where they cannot stand", func(t *testing.T) {
		a.t = t
		create(`{"name":"n","role":"reporter"}`).wantProblem(422, "invalid_value", "/agencies")
		create(`{"name":"n","role":"root"}`).wantProblem(422, "invalid_value", "/role")
		create(`{"role":"admin"}`).wantProblem(422, "required_field", "/name")
		create(`{"name":"n","role":"admin","expires_on":"tomorrow"}`).wantProblem(422, "invalid_date", "/expires_on")
		create(`{"name":"n","role":"admin","expires_on":"2020-01-01"}`).wantProblem(422, "invalid_value", "/expires_on")
		create(`{"name":"n","role":"admin","token":"trk_mine"}`).wantProblem(400, "unknown_field", "/token")
	})
	t.Run("say when they were last used", func(t *testing.T) {
		a.t = t
		made := read[v1.KeyCreated](create(`{"name":"n","role":"analyst"}`).want(201))
		opens(made.Token, 200)
		if err := a.keys.Note(t.Context()); err != nil {
			t.Fatal(err)
		}
		page := read[v1.KeyPage](a.get("/api/v1/keys?limit=500", "Authorization", admin).want(200))
		if last := page.Items[len(page.Items)-1]; last.ID != made.Key.ID || last.LastUsedAt == nil {
			t.Errorf("%+v", last)
		}
	})
	t.Run("are listed page by page", func(t *testing.T) {
		a.t = t
		var ids []string
		for path := "/api/v1/keys?limit=2"; ; {
			page := read[v1.KeyPage](a.get(path, "Authorization", admin).want(200))
			for _, k := range page.Items {
				ids = append(ids, k.ID)
			}
			if page.NextCursor == nil {
				break
			}
			path = fmt.Sprintf("/api/v1/keys?limit=2&cursor=%s", *page.NextCursor)
		}
		all := read[v1.KeyPage](a.get("/api/v1/keys?limit=500", "Authorization", admin).want(200))
		if len(ids) != len(all.Items) || len(ids) < 5 {
			t.Errorf("%d in pages, %d at once", len(ids), len(all.Items))
		}
	})
}

// What a body says would go unheeded where none is read: a grace of no hours, say.
func TestABodyIsRefusedWhereNoneIsRead(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	a := newAPI(t)
	_, a.token = a.key(access.Admin)
	tried := 0
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if method == http.MethodGet || op.RequestBody != nil {
				continue
			}
			tried++
			path := strings.NewReplacer("{id}", "k3v7q2mxw4ab", "{delivery}", "1").Replace(path)
			for body, refused := range map[string]bool{`{"grace_hours":0}`: true, "hours=0": true, "{": true, "": false, "{}": false, "[]": true} {
				w := a.send(method, path, body, "Content-Type", "application/json")
				if said := strings.Contains(string(w.body), "不读取请求体"); said != refused || refused && w.status != 400 {
					t.Errorf("%s %s with %q: %d %s", method, path, body, w.status, w.body)
				}
			}
		}
	}
	if tried < 10 {
		t.Errorf("%d operations without a body were tried", tried)
	}
}
