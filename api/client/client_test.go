package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/api/client"
	"github.com/indicator-tracker/tracker/api/client/contract"
	"github.com/indicator-tracker/tracker/api/openapi"
)

// moody is a service that answers each request as the next of its moods has it.
type moody struct {
	mu    sync.Mutex
	moods []mood
	seen  []seen
}

type mood func(w http.ResponseWriter)

type seen struct{ method, path, key, bearer, body string }

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	body, _ := io.ReadAll(r.Body)
	m.seen = append(m.seen, seen{r.Method, r.URL.Path, r.Header.Get("Idempotency-Key"), r.Header.Get("Authorization"), string(body)})
	next := m.moods[0]
	m.moods = m.moods[1:]
	m.mu.Unlock()
	next(w)
}

// says answers with a status and a body of JSON, with header names and values in turn.
func says(status int, body string, header ...string) mood {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func refuses(status int, code string, header ...string) mood {
	return says(status, `{"code":"`+code+`","title":"t","detail":"d","field":"/unit","request_id":"R1","measurement":null}`, header...)
}

// cuts breaks the connection off, before the answer or in the middle of it.
func cuts(after string) mood {
	return func(w http.ResponseWriter) {
		if after != "" {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, after)
			_ = http.NewResponseController(w).Flush()
		}
		panic(http.ErrAbortHandler)
	}
}

var (
	ok      = says(200, `{"status":"ok","version":"x"}`)
	receipt = says(201, `{"outcome":"stored","measurement":{"id":"1"}}`)
	noon    = time.Date(2023, 10, 8, 12, 0, 0, 0, time.UTC)
)

// calling is a client of a service with the moods, which notes how long it waited. Its
// randomness is the largest number there is.
func calling(t *testing.T, moods []mood, options ...client.Option) (c *client.Client, m *moody, waits *[]time.Duration) {
	t.Helper()
	m, waits = &moody{moods: moods}, &[]time.Duration{}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	now := noon
	names := 0
	c, err := client.New(server.URL, "trk_x", append([]client.Option{
		client.WithClock(func() time.Time { return now }, func(ctx context.Context, d time.Duration) error {
			*waits = append(*waits, d)
			now = now.Add(d)
			return ctx.Err()
		}),
		client.WithRandom(func(n int64) int64 { return n - 1 }, func() string { names++; return fmt.Sprint("key-", names) }),
	}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c, m, waits
}

func rounded(waits []time.Duration) (r []time.Duration) {
	for _, w := range waits {
		r = append(r, w.Round(time.Millisecond))
	}
	return r
}

func TestReadsAreRepeatedWithPatience(t *testing.T) {
	const half = 500 * time.Millisecond
	for name, test := range map[string]struct {
		moods []mood
		waits []time.Duration
	}{
		"what is done at once":          {[]mood{ok}, nil},
		"503":                           {[]mood{refuses(503, "unavailable"), refuses(503, "unavailable"), ok}, []time.Duration{half, 2 * half}},
		"429 with Retry-After":          {[]mood{refuses(429, "rate_limited", "Retry-After", "7"), ok}, []time.Duration{7*time.Second + half}},
		"503 with a date":               {[]mood{refuses(503, "overloaded", "Retry-After", noon.Add(9*time.Second).Format(http.TimeFormat)), ok}, []time.Duration{9*time.Second + half}},
		"a proxy without its service":   {[]mood{says(502, "<html>"), says(504, ""), ok}, []time.Duration{half, 2 * half}},
		"a connection cut off":          {[]mood{cuts(""), ok}, []time.Duration{half}},
		"a connection cut in an answer": {[]mood{cuts(`{"status":`), ok}, []time.Duration{half}},
	} {
		t.Run(name, func(t *testing.T) {
			c, m, waits := calling(t, test.moods)
			answer, err := c.ReadMeWithResponse(t.Context())
			if err != nil || answer.JSON200 == nil {
				t.Fatal(err)
			}
			if len(m.seen) != len(test.moods) || !slices.Equal(rounded(*waits), test.waits) {
				t.Errorf("%d requests after waits of %v, want %d after %v", len(m.seen), *waits, len(test.moods), test.waits)
			}
			if m.seen[0].bearer != "Bearer trk_x" || m.seen[0].key != "" {
				t.Errorf("%+v", m.seen[0])
			}
		})
	}
}

func TestWhatIsNotRepeated(t *testing.T) {
	for name, test := range map[string]struct {
		moods   []mood
		options []client.Option
		call    func(context.Context, *client.Client) error
	}{
		"a refusal that stays one": {[]mood{refuses(422, "unit_mismatch")}, nil, me},
		"a fault of the service":   {[]mood{refuses(500, "internal")}, nil, me},
		"beyond the attempts":      {[]mood{refuses(503, "unavailable"), refuses(503, "unavailable")}, []client.Option{client.WithAttempts(2)}, me},
		"a wait that is too long":  {[]mood{refuses(429, "rate_limited", "Retry-After", "61")}, nil, me},
		"a post without a key": {[]mood{refuses(503, "unavailable")}, nil, func(ctx context.Context, c *client.Client) error {
			_, err := c.CreateKeyWithResponse(ctx, contract.CreateKeyRequest{Name: "x", Role: "analyst"})
			return err
		}},
		"a report without source_id and key": {[]mood{cuts("")}, []client.Option{client.WithoutIdempotencyKeys()}, func(ctx context.Context, c *client.Client) error {
			_, err := c.Report(ctx, contract.MeasurementRequest{Period: "2023-09"})
			return err
		}},
		"a body that cannot be read again": {[]mood{refuses(503, "unavailable")}, nil, func(ctx context.Context, c *client.Client) error {
			_, err := c.RecordBatchWithBodyWithResponse(ctx, &contract.RecordBatchParams{}, "text/csv", io.MultiReader(strings.NewReader("x")))
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c, m, _ := calling(t, test.moods, test.options...)
			if err := test.call(t.Context(), c); err == nil || len(m.seen) != len(test.moods) {
				t.Errorf("%d requests, want %d; error %v", len(m.seen), len(test.moods), err)
			}
		})
	}
}

func me(ctx context.Context, c *client.Client) error {
	_, err := c.ReadMeWithResponse(ctx)
	return err
}

func TestAReportIsRepeatedUnderOneKey(t *testing.T) {
	c, m, waits := calling(t, []mood{
		cuts(""), refuses(409, "idempotency_key_in_use"), refuses(503, "timeout"), cuts(`{"outcome":`), receipt, receipt,
	})
	got, err := c.Report(t.Context(), contract.MeasurementRequest{Period: "2023-09", Value: new(json.Number("1.50"))})
	if err != nil || got.Measurement.ID != "1" || len(*waits) != 4 {
		t.Fatalf("%+v %v after %v", got, err, *waits)
	}
	for _, s := range m.seen {
		if s.key != "key-1" || s.body != m.seen[0].body || !strings.Contains(s.body, "1.50") {
			t.Errorf("sent again as %+v", s)
		}
	}
	if _, err := c.Report(t.Context(), contract.MeasurementRequest{Period: "2023-10"}); err != nil || m.seen[5].key != "key-2" {
		t.Errorf("the next report has the key %q: %v", m.seen[5].key, err)
	}
}

func TestASourceIDMakesAReportRepeatable(t *testing.T) {
	c, m, _ := calling(t, []mood{cuts(""), receipt}, client.WithoutIdempotencyKeys())
	if _, err := c.Report(t.Context(), contract.MeasurementRequest{Period: "2023-09", SourceID: new("a")}); err != nil || len(m.seen) != 2 || m.seen[0].key != "" {
		t.Errorf("%+v: %v", m.seen, err)
	}
}

func TestADryRunHasNoKeyAndIsRepeated(t *testing.T) {
	c, m, _ := calling(t, []mood{cuts(""), says(200, `{"outcome":"stored","dry_run":true}`)})
	got, err := c.TryReport(t.Context(), contract.MeasurementRequest{Period: "2023-09"})
	if err != nil || !got.DryRun || len(m.seen) != 2 || m.seen[1].key != "" {
		t.Errorf("%+v %+v: %v", got, m.seen, err)
	}
}

func TestACallersOwnKeyIsKept(t *testing.T) {
	c, m, _ := calling(t, []mood{receipt})
	params := &contract.RecordMeasurementParams{IdempotencyKey: new("mine")}
	if _, err := c.RecordMeasurementWithResponse(t.Context(), params, contract.MeasurementRequest{}); err != nil || m.seen[0].key != "mine" {
		t.Errorf("%+v: %v", m.seen, err)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, m, _ := calling(t, []mood{refuses(503, "unavailable")}, client.WithClock(time.Now, func(context.Context, time.Duration) error {
		cancel()
		return ctx.Err()
	}))
	err := me(ctx, c)
	if !errors.Is(err, context.Canceled) || !client.HasCode(err, "unavailable") || len(m.seen) != 1 {
		t.Errorf("%v after %d requests", err, len(m.seen))
	}
}

func TestRefusalsAreErrors(t *testing.T) {
	c, _, _ := calling(t, []mood{refuses(429, "rate_limited", "Retry-After", "120"), says(413, "<html>", "X-Request-Id", "P1")})
	var got *client.Error
	if err := me(t.Context(), c); !errors.As(err, &got) {
		t.Fatal(err)
	}
	want := client.Error{
		Status: 429, Code: "rate_limited", Title: "t", Detail: "d", Field: "/unit", RequestID: "R1", RetryAfter: 2 * time.Minute, Attempts: 1,
	}
	if *got != want {
		t.Errorf("%+v, want %+v", *got, want)
	}
	if text := got.Error(); text != "429 rate_limited at /unit: d (request R1)" {
		t.Error(text)
	}
	if err := me(t.Context(), c); !errors.As(err, &got) || got.Error() != "413: Request Entity Too Large (request P1)" {
		t.Error(err)
	}
}

func TestAddressesAndKeys(t *testing.T) {
	for _, address := range []string{"", "tracker.example.org", "ftp://x", "https://", "https://x?a=b", "https://x#y", "http://[::1"} {
		if _, err := client.New(address, ""); err == nil {
			t.Errorf("%q is taken for an address", address)
		}
	}
	if _, err := client.New("https://x", "a\nb"); err == nil {
		t.Error("a key of two lines is taken")
	}
	m := &moody{moods: []mood{receipt}}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	c, err := client.New(server.URL+"/city/", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Report(t.Context(), contract.MeasurementRequest{}); err != nil || m.seen[0].path != "/city/api/v1/measurements" || m.seen[0].key == "" || m.seen[0].bearer != "" {
		t.Errorf("%+v: %v", m.seen, err)
	}
}

// TestPostsThatTakeAKeyGetOne holds which posts get a key against the contract.
func TestPostsThatTakeAKeyGetOne(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	if err := json.Unmarshal(openapi.JSON(), &doc); err != nil {
		t.Fatal(err)
	}
	var want []string
	for path, item := range doc.Paths {
		for method, op := range item {
			for _, p := range op.Parameters {
				if p.Name == "Idempotency-Key" {
					want = append(want, method+" "+path)
				}
			}
		}
	}
	slices.Sort(want)
	got := slices.Sorted(maps.Keys(client.Keyed()))
	for i := range got {
		got[i] = "post " + got[i]
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v get a key, %v take one", got, want)
	}
}
