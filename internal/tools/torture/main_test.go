package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

func TestTortureOfTheService(t *testing.T) {
	binary, err := service.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	var out bytes.Buffer
	if err := run(t.Context(), options{binary: binary, kills: 2, clients: 8, longest: time.Second}, &out); err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^killed 2 times under load of 8 clients: \d+ reports acknowledged, \d+ stored, each exactly once; the audit chain is whole\n$`).Match(out.Bytes()) {
		t.Errorf("says %s", &out)
	}
}

// holding is a service that holds what the test says.
type holding struct {
	feed   []measurement
	counts map[string]string // by indicator, what progress counts
}

func (h *holding) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	code, isProgress := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/api/v1/indicators/"), "/progress")
	var answer any = map[string]any{"items": h.feed, "next_cursor": "end", "has_more": false}
	if isProgress {
		answer = map[string]any{"actual": map[string]any{"value": json.Number(h.counts[code])}}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func TestLookNotices(t *testing.T) {
	for _, c := range []struct {
		name  string
		done  func(h *holding)
		found string
	}{
		{"nothing where all is there", func(*holding) {}, ""},
		{"nothing in a report that was stored and not acknowledged", func(h *holding) {
			h.feed = append(h.feed, measurement{ID: "4", Indicator: "a", Period: "2023-03", Value: "4", SourceID: "kj-00000004"})
			h.counts["a"] = "6"
		}, ""},
		{"a report that was lost", func(h *holding) { h.feed = h.feed[:2] }, "kj-00000003 was acknowledged as 3 and is gone"},
		{"a report that is there twice", func(h *holding) { h.feed = append(h.feed, h.feed[1]) }, "kj-00000002 is there twice"},
		{"a report under another id", func(h *holding) { h.feed[0].ID = "9" }, "kj-00000001 was acknowledged as 1 and is 9"},
		{"an altered value", func(h *holding) { h.feed[0].Value, h.counts["b"] = "10", "13" }, "kj-00000001 was sent as"},
		{"an altered period", func(h *holding) { h.feed[0].Period = "2023-02" }, "kj-00000001 was sent as"},
		{"a report that moved to another indicator", func(h *holding) { h.feed[0].Indicator = "a" }, "kj-00000001 was sent as"},
		{"a report that nobody sent", func(h *holding) { h.feed[2].SourceID = "kj-00000077" }, `"kj-00000077" is there and was never sent`},
		{"a name that nobody gave", func(h *holding) { h.feed[2].SourceID = "kj-3" }, `"kj-3" is there and was never sent`},
		{"progress that counts a report too often", func(h *holding) { h.counts["b"] = "7" }, "b counts 7, and the reports add up to 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent := newTorture(1)
			sent.codes, sent.next = []string{"a", "b"}, 5
			h := &holding{counts: map[string]string{"a": "2", "b": "4"}}
			for n := int64(1); n <= 3; n++ {
				m := sent.reportOf(n)
				m.ID = m.Value.String()
				h.feed = append(h.feed, m)
				sent.acked[m.SourceID] = m.ID
			}
			c.done(h)
			server := httptest.NewServer(h)
			defer server.Close()
			s := &service.Service{Base: server.URL, Client: server.Client()}
			err := sent.readFeed(t.Context(), s)
			if err == nil {
				err = sent.checkSums(t.Context(), s)
			}
			switch {
			case c.found == "" && err != nil:
				t.Error(err)
			case c.found != "" && (err == nil || !strings.Contains(err.Error(), c.found)):
				t.Errorf("%v, want %q", err, c.found)
			}
		})
	}
	t.Run("an audit chain that is not whole", func(t *testing.T) {
		for program, whole := range map[string]bool{"true": true, "false": false} {
			path, err := exec.LookPath(program)
			if err != nil {
				t.Fatal(err)
			}
			if err := (&torture{binary: path}).checkAudit(t.Context(), nil); (err == nil) != whole {
				t.Errorf("%s: %v", program, err)
			}
		}
	})
}

func TestPostTellsARefusalFromABrokenConnection(t *testing.T) {
	for _, c := range []struct {
		name    string
		serve   http.HandlerFunc
		id      string
		refused bool
	}{
		{"acknowledged", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusCreated)
			_, _ = w.Write([]byte(`{"measurement":{"id":"7"}}`))
		}, "7", false},
		{"there already, which no report sent once can be", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"measurement":{"id":"7"}}`))
		}, "", true},
		{"refused", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "", true},
		{"cut off", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(c.serve)
			defer server.Close()
			sent := newTorture(1)
			sent.codes = []string{"a"}
			id, err := sent.post(t.Context(), &service.Service{Base: server.URL, Client: server.Client()}, 1)
			if id != c.id || (err != nil) != c.refused {
				t.Errorf("id %q, %v", id, err)
			}
		})
	}
}

func TestRivals(t *testing.T) {
	t.Run("store each report once", func(t *testing.T) {
		binary, err := service.Build(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv("TMPDIR", t.TempDir())
		var out bytes.Buffer
		if err := run(t.Context(), options{binary: binary, rivals: 30, clients: 6}, &out); err != nil {
			t.Fatal(err)
		}
		if want := "6 clients sent the same 30 reports to two processes: 30 stored, once each; 180 receipts, every one right"; !strings.HasPrefix(out.String(), want) {
			t.Errorf("says %s", &out)
		}
	})
	for _, c := range []struct {
		name   string
		answer func(asked int, m measurement) (status int, outcome, id string)
		found  string
	}{
		{"a report that two were told was stored", func(_ int, m measurement) (int, string, string) {
			return http.StatusCreated, "stored", m.Value.String()
		}, "stored twice"},
		{"a report that nobody was told was stored", func(_ int, m measurement) (int, string, string) {
			return http.StatusOK, "unchanged", m.Value.String()
		}, "nobody was told"},
		{"two ids of one report", func(asked int, _ measurement) (int, string, string) {
			if asked == 1 {
				return http.StatusCreated, "stored", "1"
			}
			return http.StatusOK, "unchanged", "2"
		}, "kj-00000001 was acknowledged as"},
		{"an outcome that its status denies", func(int, measurement) (int, string, string) {
			return http.StatusOK, "stored", "1"
		}, "with status 200"},
	} {
		t.Run("notice "+c.name, func(t *testing.T) {
			var mu sync.Mutex
			asked := map[string]int{}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				var m measurement
				if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
					t.Error(err)
				}
				asked[m.SourceID]++
				status, outcome, id := c.answer(asked[m.SourceID], m)
				m.ID = id
				w.WriteHeader(status)
				_ = json.NewEncoder(w).Encode(map[string]any{"outcome": outcome, "measurement": m})
			}))
			defer server.Close()
			sent := newTorture(2)
			sent.codes = []string{"a"}
			err := sent.race(t.Context(), []*service.Service{{Base: server.URL, Client: server.Client()}}, 1)
			if err == nil || !strings.Contains(err.Error(), c.found) {
				t.Errorf("found %v, want %q", err, c.found)
			}
		})
	}
}
