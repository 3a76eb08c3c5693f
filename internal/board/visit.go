package board

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// visit is one request of a page: who asks, in which language, and at which moment.
type visit struct {
	board *board
	w     http.ResponseWriter
	r     *http.Request
	token string // of the session; empty for none

	Lang string
	Me   v1.Me
	// Plan is the plan that the page is about; its zero value for none.
	Plan v1.Plan
	// On and AsOf are the clocks that were set: the date judged, and the moment whose knowledge is used.
	On, AsOf string
	// labels are those of the fields of the form that was refused, by their names.
	labels map[string]string
	// numbers are those of notices by their ids, where a page has asked for them.
	numbers map[string]string
	// called are names of indicators by their codes, where a page has asked for them.
	called map[string]string
	// asOfTyped is what was typed for the latter where that says no moment, and ClockFault why.
	asOfTyped, ClockFault string
	// Section names the entry of the navigation.
	Section string
	// Refused is why what a form sent was refused; nil for a page that was asked for.
	Refused *refusal
	// against says that a form chose another direction than the plan's words say.
	against bool
	// isThere says that a form was to add what the plan seems to have already.
	isThere bool
	// DoneTo is the name of what was done something to; empty where the page names nothing.
	DoneTo string
	// status answers with the page; 0 for the one that the page has.
	status int
}

// Languages of the pages, as the cookie and the parameter lang name them.
const (
	languageZH = "zh"
	languageEN = "en"
)

// Cookies of the pages.
const (
	sessionCookie  = "tracker_session"
	languageCookie = "tracker_language"
)

// visited answers with a page for a reader whose key, language and moment are known.
func (b *board) visited(show func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{board: b, w: w, r: r, Lang: languageOf(r), On: r.URL.Query().Get("on"), AsOf: r.URL.Query().Get("as_of")}
		secure(w.Header())
		if wanted := r.URL.Query().Get("lang"); r.Method == http.MethodGet && (wanted == languageZH || wanted == languageEN) {
			v.setCookie(languageCookie, wanted, 365*24*60*60)
			http.Redirect(w, r, withoutLanguage(r.URL), http.StatusSeeOther) //nolint:gosec // to the same path, which begins with /board/
			return
		}
		if c, err := r.Cookie(sessionCookie); err == nil && strings.HasPrefix(c.Value, access.SessionPrefix) { // never a key
			v.token = c.Value
		}
		if err := v.meet(); err != nil { //nolint:contextcheck // a visit has the context of its request
			b.serveProblem(v, err)
			return
		}
		v.readClocks()
		err := show(v)
		if isProblem(err, http.StatusUnauthorized) && v.Me.Key == nil {
			v.toSignIn()
			return
		}
		if err != nil {
			b.serveProblem(v, err)
		}
	})
}

// meet finds out who the reader is. A session that has ended is that of nobody.
func (v *visit) meet() error {
	err := v.get(&v.Me, nil, "me")
	if isProblem(err, http.StatusUnauthorized) && v.token != "" {
		v.token = ""
		v.setCookie(sessionCookie, "", -1)
		err = v.get(&v.Me, nil, "me")
	}
	if isProblem(err, http.StatusUnauthorized) {
		return nil // pages that need a key ask for one
	}
	return err
}

// secure sets what every page has: nothing is fetched from elsewhere, run inline or framed.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Add("Vary", "Cookie")
	h.Add("Vary", "Accept-Language")
}

// languageOf is the language that was chosen before or, without a choice, that of the browser.
func languageOf(r *http.Request) string {
	if c, err := r.Cookie(languageCookie); err == nil && (c.Value == languageZH || c.Value == languageEN) {
		return c.Value
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(r.Header.Get("Accept-Language"))), languageEN) {
		return languageEN
	}
	return languageZH
}

func withoutLanguage(u *url.URL) string {
	query := u.Query()
	query.Del("lang")
	rest := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: query.Encode()}
	return rest.String()
}

// setCookie sets a cookie that scripts cannot read and other sites do not send with what they
// post; over TLS it is sent over TLS alone. A negative age removes it.
func (v *visit) setCookie(name, value string, seconds int) {
	http.SetCookie(v.w, &http.Cookie{ //nolint:gosec // a service without TLS within a network has to set its cookies, too
		Name: name, Value: value, Path: "/board", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https",
	})
}

// T is one of two texts, by the language of the page.
func (v *visit) T(zh, en string) string {
	if v.Lang == languageEN {
		return en
	}
	return zh
}

// May says whether the reader's role permits something.
func (v *visit) May(permission string) bool { return slices.Contains(v.Me.Permissions, permission) }

// SignedIn says whether the reader has shown a key.
func (v *visit) SignedIn() bool { return v.Me.Key != nil }

// Here is the address of this page, to come back to.
func (v *visit) Here() string {
	if v.r.Method != http.MethodGet {
		return "/board/"
	}
	return v.r.URL.RequestURI()
}

// Language is the address of this page in another language.
func (v *visit) Language(lang string) string {
	query := v.r.URL.Query()
	if v.r.Method != http.MethodGet {
		query = url.Values{}
	}
	query.Set("lang", lang)
	u := url.URL{Path: v.r.URL.Path, RawQuery: query.Encode()}
	return u.String()
}

// Link is the address of a page, whose parts are escaped, with the clocks as they are set and the
// parameters given as names and values.
func (v *visit) Link(parts ...string) string {
	return v.linkWith(url.Values{}, parts...)
}

func (v *visit) linkWith(query url.Values, parts ...string) string {
	var path strings.Builder
	path.WriteString("/board")
	for _, part := range parts {
		path.WriteString("/" + url.PathEscape(part))
	}
	if len(parts) == 0 {
		path.WriteString("/")
	}
	if v.On != "" {
		query.Set("on", v.On)
	}
	if v.AsOf != "" {
		query.Set("as_of", v.AsOf)
	}
	if len(query) > 0 {
		path.WriteString("?" + query.Encode())
	}
	return path.String()
}

// clocks are the parameters that every read of a page takes.
func (v *visit) clocks() url.Values {
	query := url.Values{}
	if v.On != "" {
		query.Set("on", v.On)
	}
	if v.AsOf != "" {
		query.Set("as_of", v.AsOf)
	}
	return query
}

// withClocks are parameters given as names and values, and the clocks.
func (v *visit) withClocks(pairs ...string) url.Values {
	query := v.clocks()
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Add(pairs[i], pairs[i+1])
	}
	return query
}

// meetPlan reads the plan that the page is about.
func (v *visit) meetPlan(code string) error {
	return v.get(&v.Plan, nil, "plans", code)
}
