package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/api/client/contract"
)

// caller makes the requests of a client, again where that helps.
type caller struct {
	http            contract.HttpRequestDoer
	key             string // shown with every request
	base            string // path below which the service is
	language, agent string
	attempts        int
	longest         time.Duration
	now             func() time.Time
	sleep           func(context.Context, time.Duration) error
	below           func(int64) int64
	name            func() string // makes idempotency keys; nil for none
}

const headerKey = "Idempotency-Key"

// keyed are the posts that take an Idempotency-Key.
var keyed = map[string]bool{"/api/v1/measurements": true, "/api/v1/measurements/batch": true}

type repeatableKey struct{}

// Repeatable returns a context under which a post may be sent again when nobody can say
// whether the service has done it: because it does the same however often it is done.
func Repeatable(ctx context.Context) context.Context {
	return context.WithValue(ctx, repeatableKey{}, true)
}

// Do implements contract.HttpRequestDoer. It fails with *Error for an answer of 400 and more.
func (c *caller) Do(req *http.Request) (*http.Response, error) {
	c.prepare(req)
	repeatable := isRepeatable(req)
	for attempt := 1; ; attempt++ {
		resp, err := c.once(req)
		if err == nil {
			return resp, nil
		}
		var refused *Error
		if errors.As(err, &refused) {
			refused.Attempts = attempt
		}
		wait := c.pause(attempt, refused)
		if !repeatable || attempt >= c.attempts || wait > c.longest || !passes(refused) || req.Context().Err() != nil {
			return nil, err
		}
		if gaveUp := c.sleep(req.Context(), wait); gaveUp != nil {
			return nil, errors.Join(gaveUp, err)
		}
		if req.GetBody != nil {
			if req.Body, err = req.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}

// prepare gives a request what all have.
func (c *caller) prepare(req *http.Request) {
	set := func(name, value string) {
		if value != "" && req.Header.Get(name) == "" {
			req.Header.Set(name, value)
		}
	}
	if c.key != "" {
		set("Authorization", "Bearer "+c.key)
	}
	set("Accept-Language", c.language)
	set("User-Agent", c.agent)
	if c.name != nil && req.Method == http.MethodPost && keyed[strings.TrimPrefix(req.URL.Path, c.base)] && !isDryRun(req) {
		set(headerKey, c.name())
	}
}

func isDryRun(req *http.Request) bool { return req.URL.Query().Get("dry_run") == "true" }

// isRepeatable reports whether a request has the same effect however often it is sent, and
// can be sent again.
func isRepeatable(req *http.Request) bool {
	if req.Body != nil && req.Body != http.NoBody && req.GetBody == nil {
		return false
	}
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPut, http.MethodDelete:
		return true
	}
	said, _ := req.Context().Value(repeatableKey{}).(bool)
	return said || req.Header.Get(headerKey) != "" || isDryRun(req)
}

// once sends a request one time, and reads so much of the answer that most come whole
// or not at all.
func (c *caller) once(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return nil, refusal(resp, c.now())
	}
	const most = 8 << 20
	head, err := io.ReadAll(io.LimitReader(resp.Body, most))
	if err != nil {
		return nil, errors.Join(err, resp.Body.Close())
	}
	body := resp.Body
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), body), body}
	return resp, nil
}

// passes reports whether what a request failed with may be over soon. A connection that
// broke, where there is no refusal, may hold again.
func passes(refused *Error) bool {
	if refused == nil {
		return true
	}
	switch refused.Status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
		return true
	case http.StatusConflict: // the request before this one is still being answered
		return refused.Code == "idempotency_key_in_use"
	}
	return false
}

// The pause before the second attempt is about firstPause, and twice as long before each
// further one.
const (
	firstPause   = 500 * time.Millisecond
	longestPause = 30 * time.Second
)

// pause is how long to wait after an attempt: not less than the service asks for, and not
// the same for all who were refused together.
func (c *caller) pause(attempt int, refused *Error) time.Duration {
	pause := min(firstPause<<min(attempt-1, 10), longestPause)
	if refused != nil && refused.RetryAfter > 0 {
		return refused.RetryAfter + time.Duration(c.below(int64(firstPause)))
	}
	return pause/2 + time.Duration(c.below(int64(pause/2)))
}
