package httpapi_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/intake/intaketest"
)

// temporary is a folder for temporary files of this test's own.
func temporary(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv("TMPDIR", folder)
	return folder
}

// nothingLeft says that no temporary file is there, with a name or held open without one.
func nothingLeft(t *testing.T, folder string) {
	t.Helper()
	left, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		t.Errorf("left behind: %s", f.Name())
	}
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return // no list of open files on this system
	}
	for _, f := range open {
		if to, err := os.Readlink("/proc/self/fd/" + f.Name()); err == nil && strings.HasPrefix(to, folder) {
			t.Errorf("still open: %s", to)
		}
	}
}

// sendStream sends a body that is made while it is sent.
func (a *api) sendStream(ctx context.Context, path, mediaType string, body io.Reader) *httptest.ResponseRecorder {
	req := httptest.NewRequestWithContext(ctx, http.MethodPost, path, body)
	req.Header.Set("Authorization", "Bearer "+a.token)
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("Accept-Language", "en")
	rec := httptest.NewRecorder()
	a.handler.ServeHTTP(rec, req)
	return rec
}

func TestHostileBatches(t *testing.T) {
	folder := temporary(t)
	a := newAPI(t)
	a.seed()
	for _, b := range append(intaketest.Texts(20<<20), intaketest.Workbooks(false)...) {
		for _, query := range []string{"", "?mode=atomic", "?dry_run=true"} {
			t.Run(b.Name+query, func(t *testing.T) {
				a.t = t
				rec := a.sendStream(t.Context(), batchPath+query, b.MediaType, b.Body())
				if refused := rec.Code >= 400 && rec.Code < 500; refused == (b.OfRow && query != "?mode=atomic") {
					t.Errorf("%d: %.300s", rec.Code, rec.Body)
				}
				if !strings.Contains(rec.Body.String(), b.Says) {
					t.Errorf("the answer does not say %q: %.300s", b.Says, rec.Body)
				}
				nothingLeft(t, folder)
				a.get("/api/v1/plans").want(200)
			})
		}
	}
}

func TestHostilePlans(t *testing.T) {
	folder := temporary(t)
	a := newAPI(t)
	const (
		plain = "text/plain; charset=utf-8"
		page  = "text/html"
		word  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	)
	for name, c := range map[string]struct {
		mediaType string
		body      func() io.Reader
		code      int
		says      string
	}{
		"more bytes than are taken":   {plain, func() io.Reader { return intaketest.Repeated("", "新增企业3家。", 1<<20, "") }, 413, "16777216 bytes"},
		"more characters than a plan": {plain, func() io.Reader { return intaketest.Repeated("", "新增企业3家。\n", 600_000, "") }, 422, "500000 characters"},
		"more tasks than a plan":      {plain, func() io.Reader { return intaketest.Repeated("", "1.新增3家。\n", 30_000, "") }, 422, "20000 tasks"},
		"a page of one paragraph":     {page, func() io.Reader { return intaketest.Repeated("<p>", "甲", 2<<20, "") }, 422, "500000 characters"},
		"a page of cells":             {page, func() io.Reader { return intaketest.Repeated("<table>", "<td>", 1<<20, "") }, 422, "500000 characters"},
		"a page of tables":            {page, func() io.Reader { return intaketest.Repeated("", "<table>", 1<<20, "") }, 422, "broken"},
		"a document that unfolds": {word, func() io.Reader {
			return bytes.NewReader(documenttest.DOCXBody(strings.Repeat(" ", 40<<20), nil))
		}, 422, "unfolds"},
	} {
		t.Run(name, func(t *testing.T) {
			a.t = t
			rec := a.sendStream(t.Context(), "/api/v1/plans?code=p&dry_run=true&starts_on=2023-01-01&due_on=2023-12-31", c.mediaType, c.body())
			if rec.Code != c.code || !strings.Contains(rec.Body.String(), c.says) {
				t.Errorf("%d %.300s, want %d saying %q", rec.Code, rec.Body, c.code, c.says)
			}
			nothingLeft(t, folder)
			a.get("/api/v1/plans").want(200)
		})
	}
}

// stalled is a body whose sender stops after its first part until it is released.
type stalled struct {
	io.Reader
	reached chan struct{}
	release chan struct{}
}

func (s *stalled) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		close(s.reached)
		<-s.release
	}
	return n, err
}

// holdTurns makes the service one that soon loses patience, and takes all of its turns.
func (a *api) holdTurns() (release func()) {
	var options httpapi.Options
	a.with(func(o *httpapi.Options) { o.Timeout = 30 * time.Second; options = *o })
	handler, hold := httpapi.WithTurns(options, 10*time.Millisecond)
	a.handler = handler
	return hold()
}

// TestLargeBodiesWaitForTheirTurn holds all turns, and looks who waits and who does not.
func TestLargeBodiesWaitForTheirTurn(t *testing.T) {
	folder := temporary(t)
	a := newAPI(t)
	a.seed()
	book := intaketest.Workbook()
	plan := "/api/v1/plans?code=p2&dry_run=true"
	text := "西山市2023年重点工作\n一、产业\n1.壮大企业。新增企业30家。\n"
	release := a.holdTurns()
	for path, c := range map[string]struct{ mediaType, body string }{
		batchPath: {intake.Workbook, string(book)}, plan: {"text/plain; charset=utf-8", text},
	} {
		rec := a.sendStream(t.Context(), path, c.mediaType, strings.NewReader(c.body))
		if rec.Code != 503 || rec.Header().Get("Retry-After") == "" || !strings.Contains(rec.Body.String(), "overloaded") {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	a.send("POST", batchPath, "indicator,period,value\ndonghe-2023-1-1,2023-08,1\n", "Content-Type", intake.CSV).want(200)
	nothingLeft(t, folder)
	release()
	for range 5 { // turns are given back
		a.send("POST", batchPath, string(book), "Content-Type", intake.Workbook).want(200)
		if got := read[v1.PlanImport](a.send("POST", plan, text, "Content-Type", "text/plain; charset=utf-8").want(200)); len(got.Indicators) != 1 {
			t.Errorf("%d targets", len(got.Indicators))
		}
	}
}

// TestSendersWhoTakeTheirTimeHoldNoTurn lets more workbooks and plans come slowly than are
// read at once: others are read meanwhile.
func TestSendersWhoTakeTheirTimeHoldNoTurn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	book := intaketest.Workbook()
	release := make(chan struct{})
	done := make(chan int, 8)
	for i := range 8 {
		path, mediaType, body := batchPath, intake.Workbook, string(book)
		if i%2 == 0 {
			path, mediaType, body = "/api/v1/plans?code=p3&dry_run=true", "text/plain; charset=utf-8", strings.Repeat("西山市2023年重点工作\n1.新增企业30家。\n", 10)
		}
		slow := &stalled{strings.NewReader(body), make(chan struct{}), release}
		go func() { done <- a.sendStream(context.WithoutCancel(t.Context()), path, mediaType, slow).Code }()
		<-slow.reached
	}
	a.send("POST", batchPath, string(book), "Content-Type", intake.Workbook).want(200)
	close(release)
	for range 8 {
		if code := <-done; code != 200 {
			t.Errorf("answered with %d", code)
		}
	}
}

// unread is the answer to somebody who does not read it until released.
type unread struct {
	*httptest.ResponseRecorder
	reached chan struct{}
	release chan struct{}
	once    sync.Once
}

func (u *unread) Write(p []byte) (int, error) {
	u.once.Do(func() { close(u.reached) })
	<-u.release
	return u.ResponseRecorder.Write(p)
}

// TestReadersWhoTakeTheirTimeHoldNoTurn lets more answers to workbooks and plans be unread
// than are read at once: others are read meanwhile.
func TestReadersWhoTakeTheirTimeHoldNoTurn(t *testing.T) {
	a := newAPI(t)
	a.seed()
	book := string(intaketest.Workbook())
	text := "西山市2023年重点工作\n1.新增企业30家。\n"
	release := make(chan struct{})
	var done sync.WaitGroup
	send := func(w http.ResponseWriter, path, mediaType, body string) {
		r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", mediaType)
		r.Header.Set("Authorization", "Bearer "+a.token)
		a.handler.ServeHTTP(w, r)
	}
	const plan = "/api/v1/plans?code=p4&dry_run=true"
	for i := range 6 {
		slow := &unread{ResponseRecorder: httptest.NewRecorder(), reached: make(chan struct{}), release: release}
		done.Go(func() {
			if i%2 == 0 {
				send(slow, plan, plain, text)
			} else {
				send(slow, batchPath+"?dry_run=true", intake.Workbook, book)
			}
		})
		<-slow.reached
	}
	a.send("POST", batchPath, book, "Content-Type", intake.Workbook).want(200)
	a.send("POST", plan, text, "Content-Type", plain).want(200)
	close(release)
	done.Wait()
}
