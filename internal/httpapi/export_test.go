package httpapi

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Receipt is a receipt as a batch is answered with it, and as pages of them are.
func Receipt(r indicator.RowReceipt) (answered, paged []byte, err error) {
	if answered, err = appendRow(nil, r, "zh"); err != nil {
		return nil, nil, err
	}
	paged, err = json.Marshal(wireRow(r, "zh"))
	return answered, paged, err
}

// Progress is a progress as it is answered, with its working.
func Progress(p tracker.IndicatorProgress, lang string) v1.Progress {
	return wireProgress(p, lang, true)
}

// Statuses is the table from code to status, for the test of its wholeness.
func Statuses() map[fault.Code]int { return statuses }

var echoParameter = regexp.MustCompile(`:(\w+)`)

// Routes lists "METHOD /path/{parameter}" of every route that is served.
func Routes() []string {
	var routes []string
	for _, r := range newEcho(newServer(Options{Timeout: time.Second})).Routes() {
		if r.Method == "echo_route_not_found" {
			continue
		}
		routes = append(routes, r.Method+" "+echoParameter.ReplaceAllString(r.Path, "{$1}"))
	}
	return routes
}

// Permissions is the table of what routes ask for, with paths as Routes has
// them.
func Permissions() map[string]access.Permission {
	table := map[string]access.Permission{}
	for route, p := range permissions {
		table[echoParameter.ReplaceAllString(route, "{$1}")] = p
	}
	return table
}

// CheckPermissions holds a table of permissions against the routes of a service
// that has one route more.
func CheckPermissions(method, path string) {
	e := newEcho(newServer(Options{Timeout: time.Second}))
	e.Add(method, path, func(echo.Context) error { return nil })
	checkPermissions(e.Routes())
}

// MaxBuckets is how many callers have a bucket of their own.
const MaxBuckets = maxBuckets

// MostSpooled is how many bytes of bodies may be on the disk.
const MostSpooled = mostSpooled

// Spool keeps a body beside others that take so many bytes, gives it back, and says how
// many are taken then.
func Spool(body io.Reader, others int64) (left int64, err error) {
	var all atomic.Int64
	all.Store(others)
	s, err := spoolBody(context.Background(), body, &all)
	if err == nil {
		s.close()
	}
	return all.Load(), err
}

// Buckets are those of a limiter.
type Buckets struct{ l *limiter }

// NewBuckets returns a limiter's buckets.
func NewBuckets(l Limits, now func() time.Time) Buckets { return Buckets{newLimiter(l, now)} }

// Take counts a request of a caller and reports whether it is within the rate.
func (b Buckets) Take(caller string) bool { return b.l.take(caller).ok }

// Len is the number of buckets.
func (b Buckets) Len() int { return len(b.l.buckets) }

// WithTurns returns the handler with another patience for turns, and what takes all
// turns until its result is called.
func WithTurns(o Options, patience time.Duration) (_ http.Handler, hold func() (release func())) {
	s := newServer(o)
	s.turns.patience = patience
	return newEcho(s), func() func() {
		for _, line := range []chan struct{}{s.turns.plans, s.turns.workbooks, s.turns.bodies, s.turns.summaries} {
			for range cap(line) {
				line <- struct{}{}
			}
		}
		return func() {
			for _, line := range []chan struct{}{s.turns.plans, s.turns.workbooks, s.turns.bodies, s.turns.summaries} {
				for range cap(line) {
					<-line
				}
			}
		}
	}
}

// Validators is the table of what tells whether the answers of reads have changed, by
// routes as Routes has them: "ledger", "knowledge", "itself" or "nothing".
func Validators() map[string]string {
	table := map[string]string{}
	for path, v := range validators {
		table["GET "+echoParameter.ReplaceAllString(path, "{$1}")] = string(v)
	}
	return table
}

// WithExports returns the handler with another patience for turns, and what takes every place
// among the tables that are written until its result is called.
func WithExports(o Options, patience time.Duration) (_ http.Handler, hold func() (release func())) {
	s := newServer(o)
	s.turns.patience = patience
	return newEcho(s), func() func() {
		for range cap(s.turns.exports) {
			s.turns.exports <- struct{}{}
		}
		return func() {
			for range cap(s.turns.exports) {
				<-s.turns.exports
			}
		}
	}
}
