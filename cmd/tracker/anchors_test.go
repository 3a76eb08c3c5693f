package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/indicator-tracker/tracker/internal/anchor"
)

// refusing is a keeper that fails as often as it is told, and notes when it was asked.
type refusing struct {
	failures int
	with     error
	asked    []time.Duration // since the beginning
	began    time.Time
}

func (r *refusing) Keep(context.Context) error {
	r.asked = append(r.asked, time.Since(r.began))
	if len(r.asked) > r.failures {
		return nil
	}
	if r.with == nil {
		panic("broken once")
	}
	return r.with
}

// kept runs a keeper through one tick and to the end.
func kept(t *testing.T, r *refusing) (log string) {
	t.Helper()
	var text bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ticks := make(chan time.Time)
		r.began = time.Now()
		go keepHeads(ctx, r, ticks, slog.New(slog.NewTextHandler(&text, nil)))
		time.Sleep(time.Hour)
		ticks <- time.Now()
		synctest.Wait()
		cancel()
		synctest.Wait()
	})
	return text.String()
}

func TestHeadsAreKeptAtOnceAtEveryTickAndAtTheEnd(t *testing.T) {
	r := &refusing{}
	if log := kept(t, r); len(r.asked) != 3 || log != "" {
		t.Errorf("kept %v: %s", r.asked, log)
	}
}

func TestAHeadThatCouldNotBeKeptIsTriedAgain(t *testing.T) {
	t.Run("after a longer wait each time", func(t *testing.T) {
		r := &refusing{failures: 3, with: errors.New("no space left")}
		log := kept(t, r)
		if len(r.asked) != 6 || r.asked[1] != time.Second || r.asked[2] != 5*time.Second || r.asked[3] != 21*time.Second {
			t.Errorf("asked after %v", r.asked)
		}
		if strings.Count(log, "level=ERROR") != 3 {
			t.Errorf("log: %s", log)
		}
		says(t, log, "no space left")
	})
	t.Run("not for ever", func(t *testing.T) {
		r := &refusing{failures: 100, with: errors.New("no space left")}
		if kept(t, r); len(r.asked) != 8 { // 1, 4, 16, 64 and 256 s after the first; at the tick; at the end
			t.Errorf("asked after %v", r.asked)
		}
	})
	t.Run("after a panic too", func(t *testing.T) {
		r := &refusing{failures: 1}
		log := kept(t, r)
		if len(r.asked) != 4 {
			t.Errorf("asked after %v", r.asked)
		}
		says(t, log, "level=ERROR", "(*refusing).Keep")
	})
	t.Run("and a broken chain is said once, for it would not heal", func(t *testing.T) {
		r := &refusing{failures: 1, with: &anchor.BrokenError{Kept: 7, Now: 5}}
		if log := kept(t, r); len(r.asked) != 3 || strings.Count(log, "level=ERROR") != 1 {
			t.Errorf("asked %v: %s", r.asked, log)
		}
	})
}

// linesOf are the lines of a file of heads, none where it is missing.
func linesOf(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// seqOf is the entry that a line speaks of.
func seqOf(t *testing.T, line string) string {
	t.Helper()
	var said struct{ Content struct{ Seq string } }
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		t.Fatalf("%v in %q", err, line)
	}
	return said.Content.Seq
}

func TestServeKeepsHeadsInAFile(t *testing.T) {
	database := withFirms(t)
	admin := command(t, "key", "create", "--database", database, "--name", "a", "--role", "admin")
	file := filepath.Join(t.TempDir(), "heads.jsonl")
	flags := []string{"--database", database, "--audit-anchor", file}
	report := func(base, period string) {
		t.Helper()
		if got := ask(t, "POST", base+"/api/v1/measurements", admin, `{"indicator":"`+firms+`","period":"`+period+`","value":1}`); got != 201 {
			t.Fatalf("report: %d", got)
		}
	}
	base, _, stop := serve(t, flags...)
	report(base, "2024-03")
	for kept := false; !kept; { // until the test's own time is over
		status, body := get(t, base+"/readyz")
		kept = strings.Contains(string(body), `"audit_anchor":"ok"`)
		if status != 200 || !kept && !strings.Contains(string(body), `"audit_anchor":"pending"`) {
			t.Fatalf("%d %s", status, body)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if stop() != exitOK {
		t.Error("it did not stop in order")
	}
	lines := linesOf(t, file)
	if last := seqOf(t, lines[len(lines)-1]); last != "4" {
		t.Errorf("the last head is of entry %s, want 4: the plan, its review, the key, the report", last)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	t.Run("and none again that has not moved", func(t *testing.T) {
		_, _, stop := serve(t, flags...)
		stop()
		if again := linesOf(t, file); len(again) != len(lines) {
			t.Errorf("%d lines, then %d", len(lines), len(again))
		}
	})
	t.Run("behind what is there, be it half a line", func(t *testing.T) {
		half := strings.Join(lines, "\n") + "\n" + lines[0][:40]
		if err := os.WriteFile(file, []byte(half), 0o600); err != nil {
			t.Fatal(err)
		}
		base, _, stop := serve(t, flags...)
		report(base, "2024-04")
		stop()
		text, err := os.ReadFile(file)
		if err != nil || !strings.HasPrefix(string(text), half+"\n{") {
			t.Errorf("%v: %s", err, text)
		}
	})
}

func TestServeSendsHeadsToAnAddress(t *testing.T) {
	var mu sync.Mutex
	var got []string
	failures := 1
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		if failures > 0 {
			failures--
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		if r.Method == http.MethodPost && r.Header.Get("Content-Type") == "application/json" && r.URL.Path == "/secret-path" {
			got = append(got, string(body))
		}
	}))
	defer hook.Close()
	_, _, stop := serve(t, "--database", withFirms(t), "--audit-anchor", hook.URL+"/secret-path?token=secret")
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		mu.Lock()
		n := len(got)
		mu.Unlock()
		if n > 0 {
			break
		}
	}
	stop()
	if len(got) != 1 || seqOf(t, got[0]) != "2" {
		t.Errorf("sent %q", got)
	}
}

func TestServeRefusesAnAnchorThatCannotBe(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"an address of another kind":   {[]string{"--audit-anchor", "ftp://user:secret@host/x"}, "http(s):// address"},
		"an address without a host":    {[]string{"--audit-anchor", "https:///secret"}, "http(s):// address"},
		"an address that is malformed": {[]string{"--audit-anchor", "https://host:secret/x"}, "http(s):// address"},
		"no time between heads":        {[]string{"--audit-anchor", "heads", "--audit-anchor-every", "0s"}, "--audit-anchor-every"},
		"a database without a key":     {[]string{"--audit-anchor", "heads", "--database", "postgres://user:secret@127.0.0.1:1/tracker"}, "it needs a signing key"},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, errOut := attempt(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--database", database}, c.flags...)...)
			if status != exitFailed || strings.Contains(errOut, "secret") {
				t.Errorf("exit %d: %s", status, errOut)
			}
			says(t, errOut, c.says)
			if _, err := os.Stat(database); err == nil {
				t.Error("the database was made")
			}
		})
	}
}
