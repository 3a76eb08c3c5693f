package delivery_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// receiver takes messages, fails some of the calls, hangs in others, and holds what arrives
// against the order and the signature that are promised.
type receiver struct {
	mu       sync.Mutex
	secret   string
	ids      map[string]bool
	next     map[string]int64 // the number that a subject has next
	calls    int
	problems []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	r.calls++
	dice := rand.IntN(100)
	r.mu.Unlock()
	if dice < 5 {
		<-q.Context().Done()
		return
	}
	lost := dice < 20 // taken, and the answer fails: what arrives again is no other event
	if dice >= 20 && dice < 35 {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	r.take(q.Header, body)
	if lost {
		w.WriteHeader(http.StatusBadGateway)
	}
}

// take verifies a message with nothing of the sender's code.
func (r *receiver) take(h http.Header, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.secret, "whsec_"))
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", h.Get("webhook-id"), h.Get("webhook-timestamp"), body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); h.Get("webhook-signature") != want {
		r.problems = append(r.problems, "a signature does not hold")
	}
	var e v1.Event
	if err := json.Unmarshal(body, &e); err != nil {
		r.problems = append(r.problems, err.Error())
	}
	id := h.Get("webhook-id")
	if r.ids[id] {
		return
	}
	r.ids[id] = true
	if e.Data.Seq != r.next[e.Data.Subject]+1 {
		r.problems = append(r.problems, fmt.Sprintf("%s: %d after %d", e.Data.Subject, e.Data.Seq, r.next[e.Data.Subject]))
	}
	r.next[e.Data.Subject] = e.Data.Seq
}

func (r *receiver) arrived() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ids)
}

// eventsAtTheBar are 10,000 where the whole is asked for.
func eventsAtTheBar(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("TRACKER_TEST_DELIVERIES")); err == nil {
		return n
	}
	if testing.Short() {
		t.Skip("delivers for some seconds")
	}
	return 600
}

// database is a store with a plan of so many confirmed indicators.
func database(t *testing.T, indicators int) *store.Store {
	t.Helper()
	name := filepath.Join(t.TempDir(), "t.db")
	if server := os.Getenv("TRACKER_TEST_POSTGRES"); server != "" {
		name = schemas.Migrated(t, server)
	}
	s, err := store.Open(t.Context(), name, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p := indicator.Plan{
		Code: "p", Title: "安排", StartsOn: indicator.DateOf(2023, 1, 1), DueOn: indicator.DateOf(2023, 12, 31),
		Tasks: []indicator.Task{{Plan: "p", Number: "1", Title: "修路"}},
	}
	if err := s.CreatePlan(t.Context(), p, nil); err != nil {
		t.Fatal(err)
	}
	for i := range indicators {
		_, err := s.CreateIndicator(t.Context(), indicator.Indicator{
			Plan: "p", Task: "1", Name: "里程" + strconv.Itoa(i), LeadAgencies: []string{"路政局"}, State: indicator.Confirmed,
			Target: indicator.Target{Value: quantity.MustNumber("75.40"), Unit: quantity.MustUnit("公里")},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// happen stores reports and events of the loop, so many in all.
func happen(t *testing.T, s *store.Store, indicators, events int) {
	t.Helper()
	var rows []indicator.Row
	for i := range events / 2 {
		day := indicator.DateOf(2023, 1, 1).AddDays(i / indicators % 360)
		rows = append(rows, indicator.Row{Measurement: indicator.Measurement{
			Indicator: fmt.Sprintf("p-1-%d", i%indicators+1), Period: indicator.PeriodOf(indicator.Daily, day), Basis: indicator.ThisPeriod,
			Value: quantity.MustNumber(strconv.Itoa(i + 1)), Unit: quantity.MustUnit("公里"),
		}})
	}
	receipts, err := s.Append(t.Context(), rows, indicator.Partial)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range receipts {
		if r.Refusal != nil {
			t.Fatal(r.Refusal)
		}
	}
	err = s.WriteLoop(t.Context(), func(b loop.Book) error {
		threads := make([]int64, indicators)
		for i := range events - events/2 {
			e, _, err := b.Append(threads[i%indicators], loop.Draft{Kind: loop.KindIssue, Type: "raised", Plan: "p", About: loop.AboutIndicator("p-1-1")})
			if err != nil {
				return err
			}
			threads[i%indicators] = e.Thread
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryEventArrivesInOrder is the bar: every event reaches a receiver that fails and hangs and
// is restarted, in order for each subject, while dispatchers are killed and started again, two
// at a time.
func TestEveryEventArrivesInOrder(t *testing.T) {
	events := eventsAtTheBar(t)
	const indicators = 40
	s := database(t, indicators)
	to := &receiver{ids: map[string]bool{}, next: map[string]int64{}}
	server := httptest.NewServer(to)
	address := server.Listener.Addr().String()
	policy, err := delivery.ParsePolicy([]string{address})
	if err != nil {
		t.Fatal(err)
	}
	client := delivery.NewClient(policy, 100*time.Millisecond)
	made, err := delivery.New(s, client, policy, time.Now).Create(t.Context(), loop.Webhook{URL: "http://" + address, Events: []string{"*"}})
	if err != nil {
		t.Fatal(err)
	}
	to.secret = made.Secret
	happen(t, s, indicators, events)

	settings := delivery.Defaults
	settings.First, settings.Longest, settings.Timeout, settings.Lease = time.Millisecond, 20*time.Millisecond, 100*time.Millisecond, 400*time.Millisecond
	settings.Together, settings.Portion = 20, 150
	deadline := time.Now().Add(time.Duration(events)*20*time.Millisecond + 5*time.Second)
	for round := 0; to.arrived() < events; round++ {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d arrived in %d rounds", to.arrived(), events, round)
		}
		ctx, kill := context.WithTimeout(t.Context(), 500*time.Millisecond+time.Duration(rand.IntN(1000))*time.Millisecond)
		var processes sync.WaitGroup
		for range 2 {
			r := &delivery.Runner{Queue: s, Client: client, Now: time.Now, Settings: settings, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
			ticks := time.NewTicker(5 * time.Millisecond)
			processes.Go(func() { defer ticks.Stop(); r.Run(ctx, ticks.C) })
		}
		if round%3 == 1 { // the receiver is away for a while
			server.CloseClientConnections()
			_ = server.Listener.Close()
			time.Sleep(50 * time.Millisecond)
			server = restarted(t, address, to)
		}
		processes.Wait()
		kill()
	}
	server.CloseClientConnections()
	server.Close()
	if len(to.problems) > 0 {
		t.Errorf("%d problems, such as %s", len(to.problems), to.problems[0])
	}
	if to.arrived() != events {
		t.Errorf("%d arrived of %d", to.arrived(), events)
	}
	t.Logf("%d events in %d calls", events, to.calls)
}

func restarted(t *testing.T, address string, handler http.Handler) *httptest.Server {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	return server
}

var schemas storetest.Schemas

func TestMain(m *testing.M) { os.Exit(storetest.RunTests(m, &schemas)) }
