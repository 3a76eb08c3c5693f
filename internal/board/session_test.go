package board_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
)

// session is the value of a browser's session cookie; empty for none.
func (r *reader) session() string {
	u, err := url.Parse(r.base + "/board/")
	if err != nil {
		r.t.Fatal(err)
	}
	for _, c := range r.client.Jar.Cookies(u) {
		if c.Name == "tracker_session" {
			return c.Value
		}
	}
	return ""
}

func TestSigningIn(t *testing.T) {
	s := newSite(t).withPlan()
	token := s.key(access.Analyst)
	t.Run("is asked for where a key is needed, and leads back", func(t *testing.T) {
		r := s.visitor()
		to := r.get("/plans/donghe?on=2023-09-30").wants(http.StatusSeeOther).header.Get("Location")
		if to != "/board/sign-in?next=%2Fboard%2Fplans%2Fdonghe%3Fon%3D2023-09-30" {
			t.Errorf("led to %s", to)
		}
		if to := r.post("/sign-in", "key", token, "next", "/board/plans/donghe?on=2023-09-30").wants(http.StatusSeeOther).header.Get("Location"); to != "/board/plans/donghe?on=2023-09-30" {
			t.Errorf("led back to %s", to)
		}
		r.get("/plans/donghe").wants(http.StatusOK).says("东河市2023年重点任务")
	})
	t.Run("takes a key as it is pasted", func(t *testing.T) {
		for _, pasted := range []string{token, " " + token + "\n", "Bearer " + token, "bearer: " + token} {
			s.visitor().post("/sign-in", "key", pasted).wants(http.StatusSeeOther)
		}
	})
	t.Run("keeps the key out of the browser", func(t *testing.T) {
		r := s.visitor()
		cookie := r.post("/sign-in", "key", token).wants(http.StatusSeeOther).header.Get("Set-Cookie")
		for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/board", "Max-Age=43200"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s is not in %s", want, cookie)
			}
		}
		if strings.Contains(cookie, token) || strings.Contains(cookie, "trk_") {
			t.Errorf("the key is in the cookie: %s", cookie)
		}
		if cookie := r.send(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader("key="+token), "X-Forwarded-Proto", "https").header.Get("Set-Cookie"); !strings.Contains(cookie, "Secure") {
			t.Errorf("over TLS: %s", cookie)
		}
	})
	t.Run("refuses what is no key", func(t *testing.T) {
		r := s.visitor()
		for _, wrong := range []string{"", "trk_", "<script>alert(1)</script>", token[:len(token)-1]} {
			p := r.post("/sign-in", "key", wrong, "next", "/board/").wants(http.StatusUnauthorized).saysNot("<script>alert")
			if p.header.Get("Set-Cookie") != "" {
				t.Errorf("a cookie for %q: %s", wrong, p.header.Get("Set-Cookie"))
			}
		}
	})
	t.Run("leads to pages of the board only", func(t *testing.T) {
		for _, elsewhere := range []string{"https://evil.example/board/", "//evil.example/board/", "/board/../swagger", `/board/\evil.example`, "javascript:alert(1)", "/swagger/", "/board/\r\nX: y"} {
			to := s.visitor().post("/sign-in", "key", token, "next", elsewhere).wants(http.StatusSeeOther).header.Get("Location")
			if !strings.HasPrefix(to, "/board/") || strings.ContainsAny(to, "\\\r\n") || strings.Contains(to, "evil") {
				t.Errorf("%q leads to %q", elsewhere, to)
			}
		}
	})
}

func TestASessionEnds(t *testing.T) {
	s := newSite(t).withPlan()
	token := s.key(access.Analyst)
	t.Run("by signing out, at the service too", func(t *testing.T) {
		r := s.signedIn(token)
		session := r.session()
		r.post("/sign-out").wants(http.StatusSeeOther)
		if r.session() != "" {
			t.Error("the cookie stays")
		}
		stolen := s.visitor()
		stolen.send(http.MethodGet, "/plans/donghe", "", nil, "Cookie", "tracker_session="+session).wants(http.StatusSeeOther)
	})
	t.Run("when another begins in the same browser", func(t *testing.T) {
		r := s.signedIn(token)
		before := r.session()
		r.post("/sign-in", "key", token).wants(http.StatusSeeOther)
		if r.session() == before {
			t.Error("the session of before goes on")
		}
		s.visitor().send(http.MethodGet, "/plans/donghe", "", nil, "Cookie", "tracker_session="+before).wants(http.StatusSeeOther)
	})
	t.Run("at its time", func(t *testing.T) {
		r := s.signedIn(token)
		defer func(now time.Time) { s.now = now }(s.now)
		s.now = s.now.Add(access.SessionLength)
		r.get("/plans/donghe").wants(http.StatusSeeOther)
	})
}

func TestACookieThatWasPlantedIsNoSession(t *testing.T) {
	s := newSite(t).withPlan()
	for _, planted := range []string{s.key(access.Admin), "trs_aaaaaaaaaaaa_" + strings.Repeat("A", 52), "x", strings.Repeat("trs_", 1000)} {
		s.visitor().send(http.MethodGet, "/plans/donghe", "", nil, "Cookie", "tracker_session="+planted).wants(http.StatusSeeOther)
	}
}

func TestPagesOfOtherSitesCannotPost(t *testing.T) {
	s := newSite(t).withPlan()
	r := s.signedIn(s.key(access.Admin))
	form := "period=2023-09&value=5&action=send"
	code := "/reporting/donghe-1-1"
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		r.send(http.MethodPost, code, "application/x-www-form-urlencoded", strings.NewReader(form), headers...).wants(http.StatusForbidden)
	}
	r.get("/indicators/donghe-1-1").wants(http.StatusOK).says("还没有报送")
	r.send(http.MethodPost, code, "application/x-www-form-urlencoded", strings.NewReader(form), "Sec-Fetch-Site", "same-origin", "Origin", s.base).wants(http.StatusSeeOther)
}

func TestPagesAreWholeInThemselves(t *testing.T) {
	s := newSite(t, func(o *httpapi.Options) { o.PublicRead = true }).withPlan()
	for _, path := range []string{"/", "/plans/donghe", "/plans/donghe/indicators", "/indicators/donghe-1-1", "/sign-in", "/nothing"} {
		p := s.visitor().get(path)
		policy := p.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %q lacks %s", path, policy, want)
			}
		}
		if p.header.Get("X-Frame-Options") != "DENY" || p.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, p.header)
		}
		p.saysNot("style=", "onclick", "<style", "javascript:", `src="http`, `href="http`)
	}
}
