package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tracker": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestCommands runs the scripts under testdata, each a session at a terminal.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata"})
}

// screen is what a running command has printed so far.
type screen struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

var served = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// serve starts the service and returns its address, and a function that stops
// it and gives its exit status.
func serve(t *testing.T, args ...string) (base string, out *screen, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out = &screen{}
	logs := &screen{}
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), out, logs)
		close(exit) // stop must not wait for a status that was read already
	}()
	stop = sync.OnceValue(func() int { cancel(); return <-exit })
	t.Cleanup(func() { stop() })
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if base = served.FindString(out.String()); base != "" {
			return base, out, stop
		}
		select {
		case status := <-exit:
			t.Fatalf("exit %d before serving: %s", status, logs)
		default:
		}
	}
	t.Fatalf("no address within 2 minutes: %s%s", out, logs)
	return "", nil, nil
}

func get(t *testing.T, url string) (status int, body []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err = io.ReadAll(resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

func TestServeDemo(t *testing.T) {
	database := filepath.Join(t.TempDir(), "data", "tracker.db")
	base, out, stop := serve(t, "--demo", "--database", database)

	t.Run("prints what to open, and all of it works", func(t *testing.T) {
		urls := regexp.MustCompile(`http://[^\s']+`).FindAllString(out.String(), -1)
		if len(urls) < 5 {
			t.Fatalf("prints %v", urls)
		}
		for _, url := range urls {
			if status, body := get(t, url); status != http.StatusOK {
				t.Errorf("%s: %d %.200s", url, status, body)
			}
		}
	})

	progress := base + "/api/v1/indicators/qingzhou-2023-14-1/progress?on=2023-09-30&explain=true"
	t.Run("answers how far the charging piles are", func(t *testing.T) {
		_, body := get(t, progress)
		for _, want := range []string{`"percent":76.02`, `"pace":74.79`, `"status":"on_track"`, `221个`} {
			if !strings.Contains(string(body), want) {
				t.Errorf("%s is not in %s", want, body)
			}
		}
	})

	t.Run("stops when told, and a second start changes nothing", func(t *testing.T) {
		_, before := get(t, base+"/api/v1/indicators/qingzhou-2023-14-1/measurements")
		if status := stop(); status != exitOK {
			t.Fatalf("exit %d", status)
		}
		again, _, _ := serve(t, "--demo", "--database", database)
		_, after := get(t, again+"/api/v1/indicators/qingzhou-2023-14-1/measurements")
		if !bytes.Equal(before, after) {
			t.Errorf("before %s\nafter %s", before, after)
		}
		var plans struct{ Items []json.RawMessage }
		_, body := get(t, again+"/api/v1/plans")
		if err := json.Unmarshal(body, &plans); err != nil || len(plans.Items) != 2 {
			t.Errorf("plans %s, %v", body, err)
		}
	})
}

// TestServeDemoIsRefusedBesideOtherPlans starts the example over plans that are real, one of which
// has the code of an example plan.
func TestServeDemoIsRefusedBesideOtherPlans(t *testing.T) {
	for code, text := range map[string]string{
		"donghe-2024": "东河市2024年重点工作\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n",
		demo.PlanCode: string(demo.PlanText()) + "86.壮大企业。新增企业30家（市科技局）。\n",
	} {
		t.Run(code, func(t *testing.T) {
			database := filepath.Join(t.TempDir(), "tracker.db")
			command(t, "plan", "import", "--database", database, "--code", code, written(t, "plan.txt", text))
			status, _, errOut := attempt(t, "serve", "--demo", "--addr", "127.0.0.1:0", "--database", database)
			if status != exitFailed {
				t.Errorf("exit %d", status)
			}
			says(t, errOut, code, "--database demo.db")
			base, _, _ := serve(t, "--public-read", "--database", database)
			if _, body := get(t, base+"/api/v1/plans?fields=code"); strings.Count(string(body), `"code"`) != 1 {
				t.Errorf("the example was added to a database in use: %s", body)
			}
			if _, body := get(t, base+"/api/v1/measurements"); !strings.Contains(string(body), `"items":[]`) {
				t.Errorf("reports were made up: %.300s", body)
			}
		})
	}
}

func TestServeDemoGoesOnBesideAPlanThatWasTried(t *testing.T) {
	database := withExamples(t)
	command(t, "plan", "import", "--database", database, "--code", "firms-2024", written(t, "plan.txt", firmsPlan))
	base, _, _ := serve(t, "--demo", "--database", database)
	if _, body := get(t, base+"/api/v1/plans?fields=code"); strings.Count(string(body), `"code"`) != 3 {
		t.Errorf("there are %s", body)
	}
}

// withExamples is a database with the example plans, without what officials did about them.
func withExamples(t *testing.T) string {
	t.Helper()
	database := filepath.Join(t.TempDir(), "demo.db")
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = loadDemo(t.Context(), db, tracker.New(db, time.Now, time.UTC, progress.DefaultProfile()), nil)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return database
}

func TestServeDemoHasADatabaseOfItsOwn(t *testing.T) {
	t.Chdir(t.TempDir())
	command(t, "plan", "import", "--code", "firms-2024", written(t, "plan.txt", firmsPlan))
	examples := withExamples(t)
	for _, suffix := range []string{"", "-wal"} { // so that no year is played
		if data, err := os.ReadFile(examples + suffix); err == nil {
			if err := os.WriteFile("demo.db"+suffix, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	base, out, stop := serve(t, "--demo", "--timezone", "UTC")
	says(t, out.String(), "demo.db")
	if _, body := get(t, base+"/api/v1/plans"); strings.Contains(string(body), "firms-2024") {
		t.Errorf("the example is served from the default database: %s", body)
	}
	stop()
	refused := func(args ...string) {
		t.Helper()
		status, _, errOut := attempt(t, append([]string{"serve", "--demo", "--addr", "127.0.0.1:0"}, args...)...)
		if status != exitFailed {
			t.Errorf("%v: exit %d", args, status)
		}
		says(t, errOut, "firms-2024")
	}
	refused("--database", "tracker.db") // which was named, and so is looked at
	t.Setenv("TRACKER_DATABASE", "tracker.db")
	refused()
}

func TestTheNameAloneSaysWhatToTry(t *testing.T) {
	status, out, errOut := attempt(t)
	if status != exitOK || errOut != "" {
		t.Errorf("exit %d: %s", status, errOut)
	}
	says(t, out, "tracker serve --demo", "tracker --help", "示例计划", "example plans")
}

func TestServeSaysNoPassword(t *testing.T) {
	var out bytes.Buffer
	c := serveCommand{keyFlags: keyFlags{databaseFlag: databaseFlag{Database: "postgres://tracker@db.example/plans?password=secret"}}}
	c.greet(&session{out: &out}, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}, false, c.howToMakeAKey("first"))
	if !strings.Contains(out.String(), "postgres://db.example/plans\n") || strings.Contains(out.String(), "secret") {
		t.Errorf("says %s", &out)
	}
}

func TestHealth(t *testing.T) {
	base, _, stop := serve(t, "--database", filepath.Join(t.TempDir(), "tracker.db"))
	addr := strings.TrimPrefix(base, "http://")
	var out, errOut bytes.Buffer
	if status := run(t.Context(), []string{"health", "--addr", addr}, &out, &errOut); status != exitOK || out.String() != "ready\n" {
		t.Errorf("while serving: %d %q %q", status, out.String(), errOut.String())
	}
	stop()
	if status := run(t.Context(), []string{"health", "--addr", addr}, &out, &errOut); status != exitFailed {
		t.Errorf("after stopping: %d", status)
	}
}
