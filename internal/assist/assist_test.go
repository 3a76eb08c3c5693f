package assist_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/indicator-tracker/tracker/api/openapi"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/assist"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

const plan = `东河市2024年重点工作任务
一、产业发展
1.培育企业。新增规上工业企业30家。（市工信局牵头）
2.建设充电桩。新增公共充电桩120个。（市发改局牵头）
`

const firms = "donghe-2024-1-1"

// service is a service over a real database with one plan and one report, which assistants
// reach over HTTP.
type service struct {
	t     *testing.T
	base  string
	keys  *access.Keyring
	token string
}

func newService(t *testing.T, change func(*httpapi.Options)) *service {
	t.Helper()
	var reads atomic.Int64
	clock := func() time.Time {
		return time.Date(2024, 7, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(reads.Add(1)) * time.Millisecond)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "tracker.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	uses := tracker.New(db, clock, time.UTC, progress.DefaultProfile())
	if _, err := uses.ImportPlan(t.Context(), tracker.PlanFile{Code: "donghe-2024", Data: []byte(plan)}); err != nil {
		t.Fatal(err)
	}
	if _, err := uses.ReviewPlan(t.Context(), "donghe-2024", indicator.Decision{ConfirmRest: true}); err != nil {
		t.Fatal(err)
	}
	keys, err := access.NewKeyring(t.Context(), db, "", clock, rand.Text)
	if err != nil {
		t.Fatal(err)
	}
	o := httpapi.Options{Reader: db, Service: uses, Oversight: oversight.New(db, uses, clock), Keys: keys, Log: slog.New(slog.DiscardHandler), Now: clock, Assistants: assist.Handler("test")}
	if change != nil {
		change(&o)
	}
	server := httptest.NewServer(httpapi.New(o))
	t.Cleanup(server.Close)
	s := &service{t: t, base: server.URL, keys: keys}
	s.token = s.key(access.Admin)
	s.post(s.token, "/api/v1/measurements", `{"indicator":"`+firms+`","period":"2024-05","value":12}`)
	return s
}

func (s *service) key(role access.Role) string {
	s.t.Helper()
	_, token, err := s.keys.Create(s.t.Context(), access.Key{Name: "k", Role: role})
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// post sends a body and returns the answer.
func (s *service) post(token, path, body string) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.base+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// bearer shows a key with every request.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if b != "" {
		r.Header.Set("Authorization", "Bearer "+string(b))
	}
	return http.DefaultTransport.RoundTrip(r)
}

// connect is an assistant that shows a key.
func (s *service) connect(token string) (*mcp.ClientSession, error) {
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	return client.Connect(s.t.Context(), &mcp.StreamableClientTransport{
		Endpoint: s.base + "/mcp", HTTPClient: &http.Client{Transport: bearer(token)}, DisableStandaloneSSE: true,
	}, nil)
}

// ask calls a tool and returns its structured answer.
func ask(t *testing.T, session *mcp.ClientSession, tool string, arguments map[string]any) (map[string]any, bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	answer, ok := result.StructuredContent.(map[string]any)
	if !ok {
		t.Fatalf("%s answers %v", tool, result.StructuredContent)
	}
	if text := result.Content[0].(*mcp.TextContent).Text; !result.IsError {
		var said map[string]any
		if err := json.Unmarshal([]byte(text), &said); err != nil || fmt.Sprint(said) != fmt.Sprint(answer) {
			t.Errorf("%s: the text is not the structure: %v %s", tool, err, text)
		}
	}
	return answer, result.IsError
}

func (s *service) assistant(token string) *mcp.ClientSession {
	s.t.Helper()
	session, err := s.connect(token)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = session.Close() })
	return session
}

func TestToolsReadAndTakeWhatTheContractDeclares(t *testing.T) {
	s := newService(t, nil)
	listed, err := s.assistant(s.token).ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	reads := map[string]string{
		"find_indicators": "listIndicators", "progress": "listProgress", "summary": "readSummary", "series": "listSeries", "changes_since": "readMeasurementFeed",
	}
	if len(listed.Tools) != len(reads) {
		t.Fatalf("%d tools", len(listed.Tools))
	}
	for _, tool := range listed.Tools {
		if !tool.Annotations.ReadOnlyHint || !strings.Contains(tool.Description, "\n\n") {
			t.Errorf("%s: %+v %q", tool.Name, tool.Annotations, tool.Description)
		}
		schema, _ := tool.InputSchema.(map[string]any)
		properties, _ := schema["properties"].(map[string]any)
		for _, p := range openapi.Reading(reads[tool.Name]).Query {
			property, there := properties[p.Name].(map[string]any)
			if tool.Name == "changes_since" && slices.Contains([]string{"recorded_from", "fields"}, p.Name) || slices.Contains([]string{"format", "headings", "bom"}, p.Name) {
				if there {
					t.Errorf("%s takes %s", tool.Name, p.Name)
				}
				continue
			}
			if text, _ := property["description"].(string); !strings.Contains(text, " · ") {
				t.Errorf("%s: %s is %v", tool.Name, p.Name, property)
			}
		}
		if limit, ok := properties["limit"].(map[string]any); ok && limit["maximum"] == nil {
			t.Errorf("%s: limit is %v", tool.Name, limit)
		}
	}
}

func TestToolsAnswerWithTheMomentAndALinkToTheSameAnswer(t *testing.T) {
	s := newService(t, nil)
	session := s.assistant(s.token)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		says      string
		hasOn     bool
	}{
		{"find_indicators", map[string]any{"q": "工业企业"}, `"code":"` + firms + `"`, false},
		{"progress", map[string]any{"indicator": []string{firms}, "on": "2024-06-30", "explain": true}, `"percent":40`, true},
		{"progress", map[string]any{"indicator": firms, "fields": []string{"indicator", "percent"}}, `"percent":40`, true},
		{"progress", map[string]any{"gap_min": 1000}, `"items":[]`, true},
		{"summary", map[string]any{"group_by": []string{"agency", "status"}, "on": "2024-06-30"}, "市工信局", true},
		{"series", map[string]any{"indicator": firms, "from": "2024-04-01"}, `"period":"2024-05"`, true},
	} {
		answer, failed := ask(t, session, c.tool, c.arguments)
		if failed {
			t.Errorf("%s: %v", c.tool, answer)
			continue
		}
		link, _ := answer["url"].(string)
		status, body := s.get(link)
		if status != http.StatusOK || !strings.Contains(body, c.says) {
			t.Errorf("%s: %s: %d %s", c.tool, link, status, body)
		}
		var same map[string]any
		if err := json.Unmarshal([]byte(body), &same); err != nil {
			t.Fatal(err)
		}
		for name, want := range same {
			if fmt.Sprint(answer[name]) != fmt.Sprint(want) {
				t.Errorf("%s: %s is %v, at the link %v", c.tool, name, answer[name], want)
			}
		}
		asked, _ := url.Parse(link)
		if asked.Query().Get("as_of") == "" || asked.Query().Get("as_of") != answer["as_of"] || c.hasOn && asked.Query().Get("on") != answer["on"] {
			t.Errorf("%s: as of %v, on %v, and the link is %s", c.tool, answer["as_of"], answer["on"], link)
		}
	}
}

func (s *service) get(address string) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestChangesSinceAMoment(t *testing.T) {
	s := newService(t, nil)
	session := s.assistant(s.token)
	before, failed := ask(t, session, "changes_since", map[string]any{"since": "2024-07-01T00:00:00Z"})
	if failed {
		t.Fatal(before)
	}
	part := func(answer map[string]any, name string) (items []any, link string) {
		list, _ := answer[name].(map[string]any)
		items, _ = list["items"].([]any)
		link, _ = list["url"].(string)
		return items, link
	}
	reported, link := part(before, "measurements")
	changed, _ := part(before, "indicators")
	if len(reported) != 1 || len(changed) != 2 || before["url"] != link {
		t.Errorf("%d reports and %d indicators in %v", len(reported), len(changed), before)
	}
	if status, body := s.get(link); status != http.StatusOK || !strings.Contains(body, `"value":12`) {
		t.Errorf("%s: %d %s", link, status, body)
	}

	s.post(s.token, "/api/v1/measurements", `{"indicator":"`+firms+`","period":"2024-06","value":3}`)
	after, failed := ask(t, session, "changes_since", map[string]any{"since": before["as_of"], "plan": "donghe-2024"})
	reported, _ = part(after, "measurements")
	changed, _ = part(after, "indicators")
	if failed || len(changed) != 0 || !strings.Contains(fmt.Sprint(reported), "value:3") {
		t.Errorf("%v", after)
	}
	list, _ := after["measurements"].(map[string]any)
	on, failed := ask(t, session, "changes_since", map[string]any{"since": before["as_of"], "updated_after": list["next_cursor"]})
	if reported, _ := part(on, "measurements"); failed || len(reported) != 0 || on["indicators"] != nil {
		t.Errorf("%v", on)
	}
}

func TestProblemsComeBackWithTheirCodeAndField(t *testing.T) {
	s := newService(t, nil)
	session := s.assistant(s.token)
	for _, c := range []struct {
		tool        string
		arguments   map[string]any
		code, field string
	}{
		{"progress", map[string]any{"on": "yesterday"}, "invalid_parameter", "on"},
		{"progress", map[string]any{"kind": []string{"nothing"}}, "invalid_parameter", "kind"},
		{"progress", map[string]any{"format": "csv"}, "invalid_parameter", "format"},
		{"progress", map[string]any{"plan": map[string]any{}}, "invalid_parameter", "plan"},
		{"progress", map[string]any{"agency": "市工业局"}, "unknown_agency", "agency"},
		{"summary", map[string]any{"group_by": "colour"}, "invalid_parameter", "group_by"},
		{"changes_since", map[string]any{}, "invalid_parameter", "since"},
		{"changes_since", map[string]any{"since": "2024"}, "invalid_parameter", "recorded_from"},
	} {
		answer, failed := ask(t, session, c.tool, c.arguments)
		if !failed || answer["code"] != c.code || answer["field"] != c.field || answer["detail"] == "" {
			t.Errorf("%s %v: %v", c.tool, c.arguments, answer)
		}
	}
}

func TestPagesAreBounded(t *testing.T) {
	s := newService(t, nil)
	session := s.assistant(s.token)
	first, failed := ask(t, session, "find_indicators", map[string]any{"limit": 1})
	if items, _ := first["items"].([]any); failed || len(items) != 1 {
		t.Fatal(first)
	}
	next, failed := ask(t, session, "find_indicators", map[string]any{"limit": 1, "cursor": first["next_cursor"], "as_of": first["as_of"]})
	if failed || strings.Contains(fmt.Sprint(next["items"]), firms) || next["next_cursor"] != nil {
		t.Errorf("%v", next)
	}
	many, failed := ask(t, session, "find_indicators", map[string]any{"limit": 100000})
	if link, _ := many["url"].(string); failed || !strings.Contains(link, "limit=50") {
		t.Errorf("%v", many)
	}
}

func TestAnAssistantMayWhatItsKeyMay(t *testing.T) {
	s := newService(t, nil)
	t.Run("nothing without one", func(t *testing.T) {
		if session, err := s.connect(""); err == nil {
			_ = session.Close()
			t.Error("an assistant without a key was let in")
		}
		if status, body := s.post("", "/mcp", `{}`); status != http.StatusUnauthorized || !strings.Contains(body, "unauthorized") {
			t.Errorf("%d %s", status, body)
		}
	})
	t.Run("what its role may", func(t *testing.T) {
		if _, failed := ask(t, s.assistant(s.key(access.Analyst)), "progress", map[string]any{}); failed {
			t.Error("an analyst's assistant reads nothing")
		}
	})
	t.Run("what everybody may where reads are open", func(t *testing.T) {
		open := newService(t, func(o *httpapi.Options) { o.PublicRead = true })
		if _, failed := ask(t, open.assistant(""), "progress", map[string]any{}); failed {
			t.Error("a visitor's assistant reads nothing")
		}
	})
	t.Run("and no more often", func(t *testing.T) {
		few := newService(t, func(o *httpapi.Options) { o.Limits = httpapi.Limits{Rate: 1, Burst: 8} })
		call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"summary","arguments":{}}}`
		refused := false
		for range 8 {
			status, body := few.post(few.token, "/mcp", call)
			refused = refused || status == http.StatusTooManyRequests || strings.Contains(body, "rate_limited")
		}
		if !refused {
			t.Error("eight calls passed a bound of eight requests that each takes two of")
		}
	})
	t.Run("nor more at a time", func(t *testing.T) {
		one := newService(t, func(o *httpapi.Options) { o.Limits = httpapi.Limits{InFlightEach: 1} })
		status, body := one.post(one.token, "/mcp", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"summary","arguments":{}}}`)
		if status != http.StatusOK || !strings.Contains(body, "rate_limited") {
			t.Errorf("%d %s", status, body)
		}
	})
}

func TestMessagesAreBounded(t *testing.T) {
	s := newService(t, nil)
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"long":   {`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"` + strings.Repeat("a", 70<<10) + `"}}`, http.StatusRequestEntityTooLarge},
		"many":   {` [{"jsonrpc":"2.0","id":1,"method":"ping"}]`, http.StatusBadRequest},
		"broken": {`{`, http.StatusBadRequest},
	} {
		if status, body := s.post(s.token, "/mcp", c.body); status != c.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, body := s.get(s.base + "/mcp"); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d %s", status, body)
	}
}

// TestNobodyListensForever: of what the protocol has, subscriptions would hold their request
// for as long as the assistant likes.
func TestNobodyListensForever(t *testing.T) {
	s := newService(t, func(o *httpapi.Options) { o.Timeout = time.Second })
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{`+
		`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"a","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}},`+
		`"notifications":{"toolsListChanged":true}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "Authorization": "Bearer " + s.token,
		"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": "subscriptions/listen",
	} {
		r.Header.Set(name, value)
	}
	client := &http.Client{Timeout: 20 * time.Second}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("%s: %v %s", answer.Status, err, said)
	}
}

func TestAnAssistantOnTheStandardStreams(t *testing.T) {
	s := newService(t, nil)
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		ended <- assist.Serve(ctx, "test", assist.Service{
			Client: http.DefaultClient, Address: s.base, Links: s.base, Header: http.Header{"Authorization": {"Bearer " + s.token}},
		}, in, out)
	}()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.IOTransport{Reader: fromServer, Writer: toServer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, failed := ask(t, session, "progress", map[string]any{"indicator": firms})
	if link, _ := answer["url"].(string); failed || !strings.HasPrefix(link, s.base+"/api/v1/progress?") {
		t.Errorf("%v", answer)
	}
	if err := session.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestNothingIsKeptBetweenRequests(t *testing.T) {
	s := newService(t, nil)
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"summary","arguments":{}}}`
	s.post(s.token, "/mcp", call)
	before := runtime.NumGoroutine()
	for range 100 {
		if status, body := s.post(s.token, "/mcp", call); status != http.StatusOK || !strings.Contains(body, `"isError":false`) && strings.Contains(body, "isError") {
			t.Fatalf("%d %s", status, body)
		}
		s.post(s.token, "/mcp", `{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}`)
	}
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+10; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines after 200 requests, %d before", runtime.NumGoroutine(), before)
		}
	}
}

func TestCallsOnTheStandardStreamsAreAnsweredAFewAtATime(t *testing.T) {
	var at, most atomic.Int64
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for now := at.Add(1); ; {
			if highest := most.Load(); now <= highest || most.CompareAndSwap(highest, now) {
				break
			}
		}
		<-release
		at.Add(-1)
		_, _ = io.WriteString(w, `{"on":"2024-06-30","as_of":"2024-07-02T00:00:00Z"}`)
	}))
	t.Cleanup(slow.Close)
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() {
		_ = assist.Serve(t.Context(), "test", assist.Service{Client: http.DefaultClient, Address: slow.URL}, in, out)
	}()
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.IOTransport{Reader: fromServer, Writer: toServer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const calls = 12
	done := make(chan error, calls)
	for range calls {
		go func() {
			_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "summary"})
			done <- err
		}()
	}
	for most.Load() < 4 {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond) // those that wait would have come by now
	close(release)
	for range calls {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 4 {
		t.Errorf("%d calls were answered at a time", most.Load())
	}
}

func TestAnAnswerThatIsTooLongIsRefusedByWhatToDo(t *testing.T) {
	long := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"as_of":"2024-07-02T00:00:00Z","a":"`+strings.Repeat("a", 600<<10)+`"}`)
	}))
	t.Cleanup(long.Close)
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() {
		_ = assist.Serve(t.Context(), "test", assist.Service{Client: http.DefaultClient, Address: long.URL}, in, out)
	}()
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.IOTransport{Reader: fromServer, Writer: toServer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, failed := ask(t, session, "summary", nil); !failed || answer["code"] != "selection_too_large" {
		t.Errorf("%v", answer["code"])
	}
}
