package main

import (
	"bytes"
	"context"
	"encoding/json"
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
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if base = served.FindString(out.String()); base != "" {
			return base, out, stop
		}
		select {
		case status := <-exit:
			t.Fatalf("exit %d before serving: %s", status, logs)
		default:
		}
	}
	t.Fatalf("no address within 30 s: %s%s", out, logs)
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

func TestServeDemoLeavesOtherPlansAlone(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	plan := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(plan, []byte("东河市2024年重点工作\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if status := run(t.Context(), []string{"plan", "import", "--database", database, "--code", "donghe-2024", plan}, &out, &errOut); status != exitOK {
		t.Fatalf("import: %s", errOut.String())
	}
	base, said, _ := serve(t, "--demo", "--public-read", "--database", database)
	if _, body := get(t, base+"/api/v1/plans"); strings.Contains(string(body), "qingzhou") {
		t.Errorf("the example was added to a database in use: %s", body)
	}
	if strings.Contains(said.String(), "curl") {
		t.Errorf("what is not there is to be tried: %s", said)
	}
}

func TestServeDemoWritesNothingIntoARealPlanOfTheSameCode(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	plan := filepath.Join(t.TempDir(), "plan.txt")
	if err := os.WriteFile(plan, append(demo.PlanText(), "86.壮大企业。新增企业30家（市科技局）。\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	if status := run(t.Context(), []string{"plan", "import", "--database", database, "--code", demo.PlanCode, plan}, &out, &errOut); status != exitOK {
		t.Fatalf("import: %s", errOut.String())
	}
	base, said, _ := serve(t, "--demo", "--insecure-no-auth", "--database", database)
	if _, body := get(t, base+"/api/v1/indicators/qingzhou-2023-14-1/measurements"); !strings.Contains(string(body), `"items":[]`) {
		t.Errorf("reports were made up: %.300s", body)
	}
	if strings.Contains(said.String(), "curl") {
		t.Errorf("what is not there is to be tried: %s", said)
	}
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
