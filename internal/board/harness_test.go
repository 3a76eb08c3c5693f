package board_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/board"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// planText is a plan of the year 2023, for 东河市.
const planText = `东河市2023年重点任务
一、产业
1.壮大市场主体。新增高新技术企业30家以上，新增公共充电桩221个。（牵头单位：市工信局；参与单位：市科技局）
2.稳定粮食生产。粮食播种面积44.16万亩以上。（牵头单位：市农业农村局）
二、民生
3.完善养老服务。新增养老床位200张，完成适老化改造的老年人家庭660户。（牵头单位：市民政局）
`

// site is a service with its pages over a database of its own, at a time that the test sets.
type site struct {
	t    *testing.T
	keys *access.Keyring
	base string
	now  time.Time
	log  bytes.Buffer
}

func newSite(t *testing.T, change ...func(*httpapi.Options)) *site {
	t.Helper()
	s := &site{t: t, now: time.Date(2023, 10, 8, 2, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return s.now }
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "tracker.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if s.keys, err = access.NewKeyring(t.Context(), db, "", clock, rand.Text); err != nil {
		t.Fatal(err)
	}
	signs, err := signing.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	service := tracker.New(db, clock, time.UTC, progress.DefaultProfile())
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	o := httpapi.Options{
		Reader: db, Service: service, Oversight: oversight.New(db, service, clock), Keys: s.keys, Signing: signs, Log: log, Now: clock, Version: "test",
		Delivery: delivery.New(db, delivery.NewClient(delivery.Policy{}, time.Second), delivery.Policy{}, clock),
		Board:    board.Handler(board.Options{Sessions: s.keys, Log: log, Text: rand.Text, Now: clock}),
	}
	for _, one := range change {
		one(&o)
	}
	server := httptest.NewServer(httpapi.New(o))
	t.Cleanup(server.Close)
	s.base = server.URL
	return s
}

// withPlan imports planText as the plan "donghe", all of it confirmed.
func (s *site) withPlan() *site {
	s.t.Helper()
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=donghe&jurisdiction=东河市&confirm=true", "text/plain", planText, nil)
	return s
}

// key makes a key, of agencies of 东河市, and returns its token.
func (s *site) key(role access.Role, agencies ...string) string {
	s.t.Helper()
	k := access.Key{Name: string(role), Role: role, Agencies: agencies}
	if len(agencies) > 0 {
		k.Jurisdiction = "东河市"
	}
	_, token, err := s.keys.Create(s.t.Context(), k)
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// call asks the interface itself, which has to succeed, and reads the answer where into is not nil.
func (s *site) call(token, method, path, mediaType, body string, into any) {
	s.t.Helper()
	address, err := url.Parse(s.base + "/api/v1" + path)
	if err != nil {
		s.t.Fatal(err)
	}
	address.RawQuery = address.Query().Encode()
	r, err := http.NewRequestWithContext(s.t.Context(), method, address.String(), strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", mediaType)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusBadRequest {
		s.t.Fatalf("%s %s: %s %s %v", method, path, answer.Status, text, err)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			s.t.Fatal(err)
		}
	}
}

// reader is a browser of somebody: it keeps cookies and does not follow redirects.
type reader struct {
	*site
	client *http.Client
}

// page is what a browser was answered.
type page struct {
	t      *testing.T
	status int
	header http.Header
	body   string
}

// visitor is a browser of nobody.
func (s *site) visitor() *reader {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &reader{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// signedIn is a browser that has signed in with a key.
func (s *site) signedIn(token string) *reader {
	s.t.Helper()
	r := s.visitor()
	r.post("/sign-in", "key", token).wants(http.StatusSeeOther)
	return r
}

// get asks for a page, whose path begins after /board.
func (r *reader) get(path string) page {
	r.t.Helper()
	return r.send(http.MethodGet, path, "", nil)
}

// post sends a form of names and values.
func (r *reader) post(path string, pairs ...string) page {
	r.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return r.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// postFile sends a form of names and values, and a file after them.
func (r *reader) postFile(path, name string, content []byte, pairs ...string) page {
	r.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			r.t.Fatal(err)
		}
	}
	file, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = file.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return r.send(http.MethodPost, path, form.FormDataContentType(), &body)
}

func (r *reader) send(method, path, mediaType string, body io.Reader, headers ...string) page {
	r.t.Helper()
	asked, err := http.NewRequestWithContext(r.t.Context(), method, r.base+"/board"+path, body)
	if err != nil {
		r.t.Fatal(err)
	}
	if mediaType != "" {
		asked.Header.Set("Content-Type", mediaType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		asked.Header.Set(headers[i], headers[i+1])
	}
	answer, err := r.client.Do(asked)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return page{r.t, answer.StatusCode, answer.Header, string(text)}
}

// wants holds an answer to its status.
func (p page) wants(status int) page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("answered %d, want %d: %s", p.status, status, p.body)
	}
	return p
}

// says holds a page to texts that it has.
func (p page) says(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.body, text) {
			p.t.Errorf("the page does not say %q:\n%s", text, p.body)
		}
	}
	return p
}

// saysNot holds a page to texts that it has not.
func (p page) saysNot(texts ...string) page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.body, text) {
			p.t.Errorf("the page says %q:\n%s", text, p.body)
		}
	}
	return p
}
