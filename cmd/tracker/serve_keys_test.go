package main

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// command runs a command line that must succeed and returns what it prints.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if status := run(t.Context(), args, &out, &errOut); status != exitOK {
		t.Fatalf("%v: exit %d: %s", args, status, errOut.String())
	}
	return strings.TrimSpace(out.String())
}

// ask makes a request with a token, unless that is empty, and returns the
// status.
func ask(t *testing.T, method, url, token, body string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	return resp.StatusCode
}

func TestServeAsksForKeys(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	base, out, stop := serve(t, "--database", database)
	plans := base + "/api/v1/plans"
	is := func(t *testing.T, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("status %d, want %d", got, want)
		}
	}

	t.Run("says in words how to make the first", func(t *testing.T) {
		if !strings.Contains(out.String(), "tracker key create --name first --role admin --database '"+database+"'") {
			t.Errorf("prints %s", out)
		}
		is(t, ask(t, "GET", plans, "", ""), http.StatusUnauthorized)
	})
	admin := command(t, "key", "create", "--database", database, "--name", "a", "--role", "admin")
	analyst := command(t, "key", "create", "--database", database, "--name", "b", "--role", "analyst")
	id := strings.Split(analyst, "_")[1]

	t.Run("takes one that was made while it runs", func(t *testing.T) {
		is(t, ask(t, "GET", plans, admin, ""), http.StatusOK)
		is(t, ask(t, "GET", base+"/api/v1/keys", admin, ""), http.StatusOK)
		is(t, ask(t, "GET", base+"/api/v1/keys", analyst, ""), http.StatusForbidden)
	})
	t.Run("takes the old token of a rotated key for the grace", func(t *testing.T) {
		rotated := command(t, "key", "rotate", "--database", database, "--grace", "1h", id)
		if rotated == analyst || !strings.HasPrefix(rotated, "trk_"+id+"_") {
			t.Errorf("rotated to %s", rotated)
		}
		is(t, ask(t, "GET", plans, rotated, ""), http.StatusOK)
		is(t, ask(t, "GET", plans, analyst, ""), http.StatusOK)
	})
	t.Run("refuses a key within five seconds of another process revoking it", func(t *testing.T) {
		is(t, ask(t, "GET", plans, analyst, ""), http.StatusOK)
		if said := command(t, "key", "revoke", "--database", database, id); !strings.Contains(said, id) {
			t.Errorf("says %s", said)
		}
		deadline := time.Now().Add(5 * time.Second)
		for ask(t, "GET", plans, analyst, "") != http.StatusUnauthorized {
			if time.Now().After(deadline) {
				t.Fatal("still let in")
			}
			time.Sleep(100 * time.Millisecond)
		}
		if listed := command(t, "key", "list", "--database", database); !strings.Contains(listed, "已吊销") {
			t.Errorf("list %s", listed)
		}
	})
	t.Run("notes the last use when it stops, and then need not say how to make a key", func(t *testing.T) {
		if status := stop(); status != exitOK {
			t.Fatalf("exit %d", status)
		}
		for line := range strings.SplitSeq(command(t, "key", "list", "--database", database), "\n") {
			if strings.Contains(line, " admin ") && strings.Count(line, "—") != 1 { // it never expires, and was used
				t.Errorf("list %s", line)
			}
		}
		_, again, _ := serve(t, "--database", database)
		if strings.Contains(again.String(), "key create") {
			t.Errorf("prints %s", again)
		}
	})
}

func TestServeOpensWhatItIsToldTo(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	const key = `{"name":"n","role":"analyst"}`
	for _, c := range []struct {
		flag        string
		read, write int
	}{
		{"--public-read", http.StatusOK, http.StatusUnauthorized},
		{"--insecure-no-auth", http.StatusOK, http.StatusCreated},
	} {
		t.Run(c.flag, func(t *testing.T) {
			base, _, stop := serve(t, "--database", database, c.flag)
			defer stop()
			if got := ask(t, "GET", base+"/api/v1/plans", "", ""); got != c.read {
				t.Errorf("reading: %d", got)
			}
			if got := ask(t, "POST", base+"/api/v1/keys", "", key); got != c.write {
				t.Errorf("writing: %d", got)
			}
		})
	}
}

func TestDemoMakesAKeyOnce(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	base, out, stop := serve(t, "--demo", "--database", database)
	key := printedKey.FindStringSubmatch(out.String())
	if key == nil {
		t.Fatalf("prints %s", out)
	}
	if got := ask(t, "GET", base+"/api/v1/keys", key[1], ""); got != http.StatusOK {
		t.Errorf("the key is not an admin's: %d", got)
	}
	if got := ask(t, "GET", base+"/api/v1/plans", "", ""); got != http.StatusOK {
		t.Errorf("reads are not open: %d", got)
	}
	stop()
	if got := keyEntries(t, database, strings.Split(key[1], "_")[1]); got != "key.created by local" {
		t.Errorf("the audit log says %q", got)
	}
	again, out, _ := serve(t, "--demo", "--database", database)
	if printedKey.MatchString(out.String()) || !strings.Contains(out.String(), "tracker key create --name demo --role admin") {
		t.Errorf("the second start prints %s", out)
	}
	if got := ask(t, "GET", again+"/api/v1/keys", key[1], ""); got != http.StatusOK {
		t.Errorf("the first key no longer works: %d", got)
	}
}

func TestServeBoundsTheRate(t *testing.T) {
	base, _, _ := serve(t, "--database", filepath.Join(t.TempDir(), "tracker.db"), "--insecure-no-auth", "--rate", "1", "--burst", "2")
	got := []int{}
	for range 3 {
		got = append(got, ask(t, "GET", base+"/api/v1/plans", "", ""))
	}
	if got[0] != 200 || got[1] != 200 || got[2] != http.StatusTooManyRequests {
		t.Errorf("statuses %v", got)
	}
}

func TestDemoOpensNothingOfARealDatabase(t *testing.T) {
	database := withFirms(t)
	status, out, _ := attempt(t, "serve", "--demo", "--addr", "127.0.0.1:0", "--database", database)
	if status != exitFailed || strings.Contains(out, "http://") {
		t.Errorf("exit %d, it was served: %s", status, out)
	}
	if keys := command(t, "key", "list", "--database", database); strings.Contains(keys, "demo") {
		t.Errorf("a key was made: %s", keys)
	}
}
