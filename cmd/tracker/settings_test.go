package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lenient judges by months and has every gap in one class.
const lenient = `{"name":"lenient","pace_by":"months","tolerance":0.05,"equal_is_exact":false,
"classes":[{"status":"on_track","label":{"zh":"不急","en":"No hurry"},"color":"#2e7d32"}],
"attained":{"label":{"zh":"已达标","en":"Attained"},"color":"#1565c0"},
"missed":{"label":{"zh":"未完成","en":"Missed"},"color":"#6a1b9a"},
"no_data":{"label":{"zh":"无数据","en":"No data"},"color":"#757575"}}`

// judged is how the firms' indicator is judged in the middle of its term.
func judged(t *testing.T, base string) (status, label, pace string) {
	t.Helper()
	code, body := get(t, base+"/api/v1/indicators/"+firms+"/progress?on=2024-06-30")
	if code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	var p struct {
		Status, Label string
		Pace          json.Number
	}
	if err := json.Unmarshal(body, &p); err != nil {
		t.Fatal(err)
	}
	return p.Status, p.Label, p.Pace.String()
}

// withReport is a database whose one indicator has a report far behind.
func withReport(t *testing.T) string {
	t.Helper()
	database := withFirms(t)
	command(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", "indicator,period,value\n"+firms+",2024-03,1\n"))
	return database
}

func TestServeJudgesByItsProfile(t *testing.T) {
	database := withReport(t)
	profile := written(t, "profile.json", lenient)
	t.Run("by default", func(t *testing.T) {
		base, _, stop := serve(t, "--public-read", "--database", database)
		defer stop()
		if status, label, pace := judged(t, base); status == "on_track" || label == "不急" || pace == "50" {
			t.Errorf("%s %s %s", status, label, pace)
		}
	})
	t.Run("not while the database has another", func(t *testing.T) {
		for _, other := range [][]string{{"--profile", profile}, {"--timezone", "America/Lima"}} {
			status, _, errOut := attempt(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--database", database}, other...)...)
			if status != exitFailed {
				t.Errorf("%v: exit %d", other, status)
			}
			says(t, errOut, "--adopt-profile")
		}
	})
	t.Run("not by a zone that every machine has another of", func(t *testing.T) {
		status, _, errOut := attempt(t, "serve", "--addr", "127.0.0.1:0", "--database", database, "--timezone", "Local")
		if status != exitFailed {
			t.Errorf("exit %d", status)
		}
		says(t, errOut, "Asia/Shanghai")
	})
	for _, c := range []struct {
		name  string
		env   string
		flags []string
	}{
		{"once it is adopted", "", []string{"--adopt-profile", "--profile", profile}},
		{"from the environment", profile, nil},
		{"which is the database's from then on", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("TRACKER_PROFILE", c.env)
			base, _, stop := serve(t, append(c.flags, "--public-read", "--database", database)...)
			defer stop()
			if status, label, pace := judged(t, base); status != "on_track" || label != "不急" || strings.TrimRight(pace, ".0") != "5" {
				t.Errorf("%s %s %s", status, label, pace)
			}
		})
	}
}

// What a profile file leaves out is not as it was before, but as by default: whoever adopts one
// is told of it.
func TestAdoptingAProfileTellsWhatItLeavesOut(t *testing.T) {
	database := withReport(t)
	adopt := func(t *testing.T, file string) string {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		out, logs, exit := &screen{}, &screen{}, make(chan int, 1)
		go func() {
			exit <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--public-read", "--database", database, "--adopt-profile", "--profile", written(t, "profile.json", file)}, out, logs)
		}()
		for deadline := time.Now().Add(30 * time.Second); served.FindString(out.String()) == "" && time.Now().Before(deadline) && len(exit) == 0; {
			time.Sleep(10 * time.Millisecond)
		}
		cancel()
		<-exit
		return logs.String()
	}
	log := adopt(t, lenient)
	says(t, log, "profile adopted")
	says(t, log, `\"attained_late\":`)
	says(t, log, `\"refused\":[]`)
	if strings.Contains(log, `\"classes\":`) {
		t.Errorf("it gives its classes: %s", log)
	}
	says(t, adopt(t, `{"tolerance":0.1}`), `\"classes\":[{\"status\":\"on_track\",\"from\":0`)
	refused := adopt(t, `{}`)
	says(t, refused, "classes")
	if strings.Contains(refused, "profile adopted") {
		t.Errorf("an empty profile was adopted: %s", refused)
	}
}

func TestSettingsHaveTwinsInTheEnvironment(t *testing.T) {
	database := withReport(t)
	t.Run("that commands take", func(t *testing.T) {
		t.Setenv("TRACKER_DATABASE", database)
		says(t, command(t, "verify"), " 1 measurements")
	})
	t.Run("that a flag is stronger than", func(t *testing.T) {
		t.Setenv("TRACKER_DATABASE", filepath.Join(t.TempDir(), "other.db"))
		says(t, command(t, "verify", "--database", database), " 1 measurements")
		if _, err := os.Stat(os.Getenv("TRACKER_DATABASE")); err == nil {
			t.Error("the database of the environment was made")
		}
	})
	t.Run("that switch", func(t *testing.T) {
		t.Setenv("TRACKER_PUBLIC_READ", "true")
		t.Setenv("TRACKER_DATABASE", database)
		base, _, stop := serve(t)
		defer stop()
		if got := ask(t, "GET", base+"/api/v1/plans", "", ""); got != http.StatusOK {
			t.Errorf("reading: %d", got)
		}
	})
	t.Run("that stand for the default when empty", func(t *testing.T) {
		for _, name := range []string{"TRACKER_PUBLIC_READ", "TRACKER_RATE", "TRACKER_STOP_WITHIN", "TRACKER_LOG_FORMAT"} {
			t.Setenv(name, "")
		}
		base, _, stop := serve(t, "--database", database)
		defer stop()
		if got := ask(t, "GET", base+"/api/v1/plans", "", ""); got != http.StatusUnauthorized {
			t.Errorf("reading: %d", got)
		}
	})
	t.Run("that are refused like flags", func(t *testing.T) {
		for name, value := range map[string]string{"TRACKER_RATE": "many", "TRACKER_STOP_WITHIN": "soon", "TRACKER_LOG_FORMAT": "xml", "TRACKER_PUBLIC_READ": "perhaps"} {
			t.Run(name, func(t *testing.T) {
				t.Setenv(name, value)
				if status, out, errOut := attempt(t, "serve", "--addr", "127.0.0.1:0", "--database", database); status != exitUsage || !strings.Contains(errOut, value) && !strings.Contains(errOut, "log-format") {
					t.Errorf("exit %d: %s%s", status, out, errOut)
				}
			})
		}
	})
}

func TestServeSharesItsSecretWithTheKeyCommands(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	t.Setenv("TRACKER_KEY_SECRET", strings.Repeat("secret-", 6))
	admin := command(t, "key", "create", "--database", database, "--name", "a", "--role", "admin")
	base, out, stop := serve(t, "--database", database)
	if got := ask(t, "GET", base+"/api/v1/keys", admin, ""); got != http.StatusOK {
		t.Errorf("status %d", got)
	}
	if strings.Contains(out.String(), "secret-") {
		t.Errorf("prints %s", out)
	}
	stop()
	t.Setenv("TRACKER_KEY_SECRET", strings.Repeat("another-", 6))
	status, _, errOut := attempt(t, "key", "list", "--database", database)
	if status != exitFailed || strings.Contains(errOut, "another-") {
		t.Errorf("exit %d: %s", status, errOut)
	}
	says(t, errOut, "another secret")
}

func TestServeTellsAnAddressInUse(t *testing.T) {
	base, _, stop := serve(t, "--database", filepath.Join(t.TempDir(), "one.db"))
	defer stop()
	addr := strings.TrimPrefix(base, "http://")
	status, out, errOut := attempt(t, "serve", "--addr", addr, "--database", filepath.Join(t.TempDir(), "two.db"))
	if status != exitFailed || out != "" {
		t.Errorf("exit %d, prints %s", status, out)
	}
	says(t, errOut, addr)
}

func TestServeShowsAnswersToPagesOfItsOrigins(t *testing.T) {
	t.Setenv("TRACKER_CORS_ORIGIN", "https://a.example,https://b.example")
	base, _, stop := serve(t, "--public-read", "--database", withFirms(t))
	defer stop()
	for origin, want := range map[string]string{"https://b.example": "https://b.example", "https://c.example": ""} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v1/plans", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", origin)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := resp.Header.Get("Access-Control-Allow-Origin"); resp.StatusCode != http.StatusOK || got != want {
			t.Errorf("%s: %d, shown to %q", origin, resp.StatusCode, got)
		}
	}
}
