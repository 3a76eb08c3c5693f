package board

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loopback"
)

// Sessions are what lets a browser act as a key without holding it.
type Sessions interface {
	BeginSession(ctx context.Context, keyToken string) (access.Session, string, error)
	EndSession(ctx context.Context, token string) error
}

// Options configure the pages.
type Options struct {
	Sessions Sessions
	Log      *slog.Logger
	// Text gives random texts as crypto/rand.Text does.
	Text func() string
	// Now is the time.
	Now func() time.Time
}

type board struct {
	Options
	service *http.Client
	pages   map[string]*template.Template
	static  map[string]asset
	sent    sentForms
}

// Handler returns what answers every path below /board, given the service's own handler to ask.
// Bodies of requests are bounded here; requests of other sites' pages have to be kept out before.
func Handler(o Options) func(service http.Handler) http.Handler {
	return func(service http.Handler) http.Handler {
		b := &board{Options: o, sent: sentForms{known: map[sentForm]*outcome{}}, service: &http.Client{
			Transport: loopback.Transport{Handler: service},
			// Answers of the service lead nowhere: a redirect would be a page of its own.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}}
		b.static = readAssets()
		b.pages = readPages(b.static)
		return b.routes()
	}
}

func (b *board) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /board/static/{name}", b.serveAsset)
	for pattern, show := range pages() {
		m.Handle(pattern, b.visited(show))
	}
	m.Handle("/board/", b.visited(func(*visit) error {
		return notFound()
	}))
	return m
}

// pages are all pages by their patterns; those of each kind stand in the file of that kind.
func pages() map[string]func(*visit) error {
	all := map[string]func(*visit) error{}
	for _, some := range []map[string]func(*visit) error{figurePages, sessionPages, eachOnce(loopPages), reviewPages, reportingPages, helpPages} {
		maps.Copy(all, some)
	}
	return all
}

func notFound() error {
	return pageProblem{
		status: http.StatusNotFound, title: fault.Text{ZH: "没有这个页面", EN: "There is no such page"},
		detail: fault.Text{ZH: "网址可能不完整，或者页面已经不在了。", EN: "The address may be cut short, or the page is gone."},
	}
}

func problemOf(status int, code fault.Code, detail fault.Text) error {
	return pageProblem{status: status, title: code.Title(), detail: detail}
}

// problemAt is a refusal of a field of a form.
func problemAt(field string, code fault.Code, detail fault.Text) error {
	return pageProblem{status: http.StatusUnprocessableEntity, title: code.Title(), detail: detail, field: field}
}

// pageProblem is a refusal of the board itself.
type pageProblem struct {
	status        int
	title, detail fault.Text
	field         string // empty for none
}

// Error implements error.
func (p pageProblem) Error() string { return p.detail.EN }

// serveProblem answers with the page of a problem.
func (b *board) serveProblem(v *visit, err error) {
	shown := v.refusalOf(err)
	if shown == nil {
		return
	}
	if shown.RetryAfter != "" {
		v.w.Header().Set("Retry-After", shown.RetryAfter)
	}
	b.write(v, shown.Status, "problem", shown.Title, shown)
}

// refusalOf is a failure as a page shows it; nil where its reader has gone.
func (v *visit) refusalOf(err error) *refusal {
	var p problem
	var own pageProblem
	shown := refusal{Status: http.StatusInternalServerError, Title: v.T("服务出错", "The service failed"), Detail: v.T("请稍后再试", "try again later")}
	switch {
	case errors.As(err, &p):
		shown = refusal{Status: p.Status, Title: p.Title, Detail: p.Detail, Field: p.Field, Code: p.Code, RequestID: p.RequestID, RetryAfter: p.retryAfter, Measurement: textOf(p.Measurement)}
	case errors.As(err, &own):
		shown = refusal{Status: own.status, Title: own.title.In(v.Lang), Detail: own.detail.In(v.Lang), Field: own.field}
	case errors.Is(err, context.Canceled):
		return nil
	default:
		v.board.Log.Error("board", "path", v.r.URL.Path, "error", err)
	}
	if shown.Status == 0 {
		shown.Status = http.StatusInternalServerError
	}
	return &shown
}

// refusal is a problem as a page shows it.
type refusal struct {
	Status                                            int
	Title, Detail, Field, Code, RequestID, RetryAfter string
	// Measurement is the report that stands in the way; empty for none.
	Measurement string
}
