package httpapi_test

import (
	"fmt"
	"testing"
)

// TestAnAnswerIsKeptUntilSomethingChanges holds an answer that is given again against the first,
// and against what is answered to another language and after a report.
func TestAnAnswerIsKeptUntilSomethingChanges(t *testing.T) {
	a := newAPI(t)
	a.seed()
	const path = "/api/v1/progress?limit=2&sort=name"
	first, again := a.get(path).want(200), a.get(path).want(200)
	if string(first.body) != string(again.body) || first.header.Get("Link") == "" {
		t.Errorf("%s\n%s", first.body, again.body)
	}
	for _, name := range []string{"Content-Type", "Content-Language", "Link", "ETag", "Cache-Control", "Vary"} {
		if first.header.Get(name) != again.header.Get(name) {
			t.Errorf("%s is %q, and %q in the answer that was kept", name, first.header.Get(name), again.header.Get(name))
		}
	}
	if first.header.Get("X-Request-Id") == again.header.Get("X-Request-Id") {
		t.Error("two requests have one id")
	}
	english := a.get(path, "Accept-Language", "en").want(200)
	if english.header.Get("Content-Language") != "en" || string(english.body) == string(first.body) {
		t.Errorf("in English: %s", english.body)
	}
	seen := map[string]bool{string(first.body): true}
	for n := range 3 {
		a.post("/api/v1/measurements", fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-0%d","value":1}`, n+1)).want(201)
		if now := string(a.get("/api/v1/progress?limit=500&sort=name").want(200).body); seen[now] {
			t.Errorf("after report %d nothing is new: %s", n, now)
		} else {
			seen[now] = true
		}
	}
}
