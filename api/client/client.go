// Package client calls the Indicator Tracker from Go programs.
//
// Its types and calls are generated from the service's contract; they stand in package
// contract. What this package adds is what every program needs around them: requests
// that may be repeated are repeated with patience ([New]), posts carry an
// Idempotency-Key so that each counts once, lists and the change feed are read with
// range loops ([List], [Client.Changes]), and refusals are one type of error ([Error]).
package client

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/api/client/contract"
)

// Client calls one service. It has every call of the contract, by the names of
// contract.ClientWithResponses; each fails with *Error where the service refuses. It is safe
// for concurrent use.
type Client struct {
	*contract.ClientWithResponses

	server string // as the generated calls take it
	caller *caller
}

// Option changes how a client calls.
type Option func(*caller)

// WithHTTPClient makes requests by another client than http.DefaultClient.
func WithHTTPClient(h contract.HttpRequestDoer) Option { return func(c *caller) { c.http = h } }

// WithLanguage asks for answers in a language, as Accept-Language has it: "zh" or "en".
func WithLanguage(language string) Option { return func(c *caller) { c.language = language } }

// WithUserAgent says which program calls.
func WithUserAgent(agent string) Option { return func(c *caller) { c.agent = agent } }

// WithAttempts bounds how often one request is sent, 6 times unless told otherwise; 1 repeats
// nothing.
func WithAttempts(most int) Option { return func(c *caller) { c.attempts = max(1, most) } }

// WithLongestWait bounds the wait before a request is repeated, one minute unless told
// otherwise. Where the service asks for a longer one, its refusal is returned at once.
func WithLongestWait(longest time.Duration) Option {
	return func(c *caller) { c.longest = longest }
}

// WithoutIdempotencyKeys gives posts no Idempotency-Key of their own. They are then repeated
// only where the caller set one, or says that they may be (Repeatable).
func WithoutIdempotencyKeys() Option { return func(c *caller) { c.name = nil } }

// WithClock takes the time and waits by other means than the machine's clock, for tests.
// sleep returns early, with the context's error, when that ends.
func WithClock(now func() time.Time, sleep func(ctx context.Context, d time.Duration) error) Option {
	return func(c *caller) { c.now, c.sleep = now, sleep }
}

// WithRandom takes randomness from elsewhere, for tests: below gives a number from 0 up to,
// and not including, n; text gives one that nobody can guess.
func WithRandom(below func(n int64) int64, text func() string) Option {
	return func(c *caller) { c.below, c.name = below, text }
}

// New returns a client of the service at an address such as https://tracker.example.org, with
// a path where the service is below one. The key is the token that it was made with; ""
// shows none.
//
// Reads, and whatever else has the same effect however often it is done, are sent again
// when the connection breaks and when the service answers 429 or 503, or a proxy 502 or
// 504: after what Retry-After says, else after a pause that grows, both with jitter. Posts
// are repeated where they carry an Idempotency-Key, which those that take one get, where
// they are dry runs, and where the context says so (Repeatable).
func New(baseURL, key string, options ...Option) (*Client, error) {
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil, fmt.Errorf("the address of the service: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("%q is no address of a service, such as https://tracker.example.org", baseURL)
	}
	if strings.ContainsAny(key, "\r\n ") {
		return nil, errors.New("the key has a space or a line break in it")
	}
	c := &caller{
		http: http.DefaultClient, key: key, base: strings.TrimSuffix(u.Path, "/"), attempts: 6, longest: time.Minute,
		now: time.Now, sleep: sleep, below: mathrand.Int64N, name: rand.Text,
	}
	for _, o := range options {
		o(c)
	}
	calls, err := contract.NewClientWithResponses(baseURL, contract.WithHTTPClient(c))
	if err != nil {
		return nil, err
	}
	return &Client{ClientWithResponses: calls, server: strings.TrimSuffix(baseURL, "/") + "/", caller: c}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Report reports a measurement and returns its receipt, whose Outcome says what became of
// it. It is repeated as New says; so that it counts once even if this program is
// started anew, give it a SourceID.
func (c *Client) Report(ctx context.Context, m contract.MeasurementRequest) (*contract.MeasurementReceipt, error) {
	return c.report(ctx, nil, m)
}

// TryReport returns the receipt that a report would have, and stores nothing.
func (c *Client) TryReport(ctx context.Context, m contract.MeasurementRequest) (*contract.MeasurementReceipt, error) {
	dryRun := true
	return c.report(ctx, &dryRun, m)
}

func (c *Client) report(ctx context.Context, dryRun *bool, m contract.MeasurementRequest) (*contract.MeasurementReceipt, error) {
	if m.SourceID != nil && *m.SourceID != "" {
		ctx = Repeatable(ctx)
	}
	answer, err := c.RecordMeasurementWithResponse(ctx, &contract.RecordMeasurementParams{DryRun: dryRun}, m)
	if err != nil {
		return nil, err
	}
	if answer.JSON201 != nil {
		return answer.JSON201, nil
	}
	if answer.JSON200 == nil {
		return nil, fmt.Errorf("the service answered %s without a receipt", answer.Status())
	}
	return answer.JSON200, nil
}
