package httpapi

import (
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// purpose is what a request takes a place for. Each has places that the others leave
// it, so that slow uploads keep nobody from reading, and neither keeps those who look
// after keys from doing so.
type purpose int

const (
	toRead purpose = iota
	toWrite
	toAdminister
	purposes
)

func purposeOf(wanted access.Permission, method string) purpose {
	switch {
	case wanted == access.Administer:
		return toAdminister
	case method == http.MethodGet || method == http.MethodHead:
		return toRead
	}
	return toWrite
}

// places counts the requests that are being served.
type places struct {
	all  int // 0 for no bound
	each int // of one caller; 0 for no bound

	mu    sync.Mutex
	taken [purposes]int
	by    map[string]int // callers that have any
}

func newPlaces(l Limits) *places {
	return &places{all: l.InFlight, each: l.InFlightEach, by: map[string]int{}}
}

// enter takes a place, false when there is none. Reading and writing take three
// quarters each at most, and together leave a sixteenth to administration.
func (p *places) enter(f purpose) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all > 0 {
		others := p.taken[toRead] + p.taken[toWrite]
		switch {
		case others+p.taken[toAdminister] >= p.all:
			return false
		case f != toAdminister && (p.taken[f] >= p.all-p.all/4 || others >= p.all-p.all/16):
			return false
		}
	}
	p.taken[f]++
	return true
}

func (p *places) leave(f purpose) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken[f]--
}

// share takes one of a caller's places, false when there is none.
func (p *places) share(caller string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.each > 0 && p.by[caller] >= p.each {
		return false
	}
	p.by[caller]++
	return true
}

func (p *places) giveBack(caller string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.by[caller]--; p.by[caller] == 0 {
		delete(p.by, caller)
	}
}

// noPlace is the answer when as many requests as can be are being served.
func noPlace(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderRetryAfter, "1")
	return fault.Newf(fault.Overloaded, "同时处理的请求已达上限，请稍后重试", "as many requests as can be are being served; try again soon")
}

// noShare is the answer when as many requests of one caller as can be are being served.
func (p *places) noShare(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderRetryAfter, "1")
	return fault.Newf(fault.RateLimited, "每个密钥（无密钥时每个地址）同时最多 %d 个请求，请待其中一些完成后重试",
		"at most %d requests of one key, or of one address without a key, are served at a time; try again when some have ended", p.each)
}
