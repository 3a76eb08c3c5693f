package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// turnable is a clock that shows the time, or is set to another and goes on from there by a
// millisecond with each look.
type turnable struct {
	mu sync.Mutex
	at time.Time // zero for the time
}

// Now is what the clock shows.
func (c *turnable) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	c.at = c.at.Add(time.Millisecond)
	return c.at
}

// Turn sets the clock; the zero time lets it show the time again.
func (c *turnable) Turn(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// year carries out a script of what officials did about a plan, day by day: see
// testdata/loop/README.md for how a script is written.
type year struct {
	plan    string
	reports []indicator.Measurement // that the script sends, in the order they are sent
	handler http.Handler            // of the service, which lets the program itself do everything
	service *tracker.Service
	loops   *oversight.Service
	db      *store.Store
	clock   *turnable
	daily   bool // there is a daily run on every day

	sent   map[int]bool      // places in reports
	labels map[string]string // what a script calls a matter, to its id
	day    indicator.Date    // that the script has come to
}

// scriptLine is a line of a script.
type scriptLine struct {
	number int
	on     indicator.Date
	verb   string
	fields map[string]string
	text   string
}

// parseScript reads the lines of a script: a day, what happens, what it happens to as name=value, and a
// text after a colon. Lines that begin with # are remarks.
func parseScript(script string) (lines []scriptLine, err error) {
	var last indicator.Date
	for n, raw := range strings.Split(script, "\n") {
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		head, text, _ := strings.Cut(raw, "：")
		words := strings.Fields(head)
		if len(words) < 2 {
			return nil, fmt.Errorf("line %d: a day and what happens are expected", n+1)
		}
		l := scriptLine{number: n + 1, verb: words[1], fields: map[string]string{}, text: strings.TrimSpace(text)}
		if l.on, err = indicator.ParseDate(words[0]); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if l.on.Before(last) {
			return nil, fmt.Errorf("line %d: %s is before the line before it", n+1, l.on)
		}
		last = l.on
		for _, word := range words[2:] {
			name, value, ok := strings.Cut(word, "=")
			if _, twice := l.fields[name]; !ok || twice {
				return nil, fmt.Errorf("line %d: %s should be name=value, each name once", n+1, word)
			}
			l.fields[name] = value
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// play carries out a script. expect is given the lines that say what there has to be.
func (y *year) play(ctx context.Context, script string, expect func(scriptLine) error) error {
	lines, err := parseScript(script)
	if err != nil {
		return err
	}
	y.sent, y.labels = map[int]bool{}, map[string]string{}
	for _, l := range lines {
		if err := y.goTo(ctx, l.on); err != nil {
			return fmt.Errorf("line %d: %w", l.number, err)
		}
		do, ok := yearVerbs[l.verb]
		switch {
		case l.verb == "应有":
			err = expect(l)
		case !ok:
			err = fmt.Errorf("there is no %q", l.verb)
		default:
			err = do(y, ctx, l)
		}
		if err != nil {
			return fmt.Errorf("line %d, %s %s: %w", l.number, l.on, l.verb, err)
		}
	}
	return nil
}

// goTo moves the clock to nine in the morning of a day, with the daily runs on the way.
func (y *year) goTo(ctx context.Context, on indicator.Date) error {
	if y.day == on {
		return nil
	}
	for day := y.day; y.daily && !day.IsZero() && day.Before(on); {
		day = day.AddDays(1)
		y.turn(day, 2)
		if err := y.run(ctx); err != nil {
			return err
		}
	}
	y.day = on
	y.turn(on, 9)
	return nil
}

func (y *year) turn(on indicator.Date, hour int) {
	y.clock.Turn(time.Date(on.Year(), on.Month(), on.Day(), hour, 0, 0, 0, y.service.Place()))
}

// run carries out the daily run of the day that the clock shows.
func (y *year) run(ctx context.Context) error {
	_, err := y.loops.RunUntil(ctx, oversight.RunRequest{Worker: "script"})
	return err
}

// post sends a request in somebody's name and gives the id of what comes of it.
func (y *year) post(ctx context.Context, by, path string, body any) (id string, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return "", err
	}
	ctx = indicator.WithActor(ctx, indicator.Actor{Key: indicator.AtCommandLine, Name: by})
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, path, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	return y.answer(r)
}

// answer is the id in the answer to a request; it fails with what the service refuses it with.
func (y *year) answer(r *http.Request) (id string, err error) {
	w := httptest.NewRecorder()
	y.handler.ServeHTTP(w, r)
	var made struct{ ID, Detail string }
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil {
		return "", fmt.Errorf("%s %s: %d %s", r.Method, r.URL, w.Code, w.Body)
	}
	if w.Code >= http.StatusBadRequest {
		return "", fmt.Errorf("%s %s: %d %s", r.Method, r.URL, w.Code, made.Detail)
	}
	return made.ID, nil
}

// ask reads what a route answers.
func (y *year) ask(ctx context.Context, path string, query url.Values, into any) error {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path+"?"+query.Encode(), nil)
	w := httptest.NewRecorder()
	y.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return fmt.Errorf("%s: %d %s", r.URL, w.Code, w.Body)
	}
	return json.Unmarshal(w.Body.Bytes(), into)
}
