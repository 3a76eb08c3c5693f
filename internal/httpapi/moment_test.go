package httpapi_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// restless is a clock that steps back and forth by up to an hour.
func restless(seed uint64) func() time.Time {
	var mu sync.Mutex
	draw := rand.New(rand.NewPCG(seed, 7))
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return time.Date(2023, 10, 8, 12, 0, 0, 0, time.UTC).Add(time.Duration(draw.Int64N(int64(2*time.Hour))) - time.Hour)
	}
}

// process is a service of its own over the database of the test.
func (a *api) process(clock func() time.Time) http.Handler {
	db, err := store.Open(a.t.Context(), a.database, clock)
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { _ = db.Close() })
	return a.with(func(o *httpapi.Options) {
		o.Reader, o.Service = db, tracker.New(db, clock, time.UTC, progress.DefaultProfile())
		o.Log = slog.New(slog.DiscardHandler)
	})
}

// through sends a request to a process, from any goroutine.
func (a *api) through(h http.Handler, method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(a.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+a.token)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// answers is how many answers to "now" the test takes; more of them find more.
func answers() int {
	if n, err := strconv.Atoi(os.Getenv("TRACKER_TEST_ANSWERS")); err == nil {
		return n
	}
	return 300
}

// restlessPlan is a plan whose text is amended again and again.
const restlessPlan = `东河市2023年重点工作
一、产业
1.充电设施。新增公共充电桩%d个（牵头单位：市工信局；配合单位：市交通局）。
2.企业。新增高新技术企业%d家（牵头单位：市科技局）。
3.粮食。新增高标准农田%d亩（牵头单位：市农业农村局）。
4.住房。新增保障性租赁住房%d套（牵头单位：市住建局）。
`

var restlessIndicators = []string{"restless-1-1", "restless-2-1", "restless-3-1", "restless-4-1"}

// unrest reports, corrects, retracts, and changes names and the plan until it is stopped;
// it counts the amendments that went through.
func (a *api) unrest(h http.Handler, seed uint64, stop *atomic.Bool, amended *atomic.Int64) {
	draw := rand.New(rand.NewPCG(seed, 11))
	var last string
	for !stop.Load() {
		code := restlessIndicators[draw.IntN(len(restlessIndicators))]
		switch draw.IntN(8) {
		case 2:
			text := fmt.Sprintf(restlessPlan, 1+draw.IntN(300), 1+draw.IntN(300), 1+draw.IntN(300), 1+draw.IntN(300))
			var compared v1.Amendment
			const path = "/api/v1/plans/restless/amendment"
			w := a.through(h, "POST", path, text, "Content-Type", plain)
			if json.Unmarshal(w.Body.Bytes(), &compared) == nil && compared.Token != nil {
				w = a.through(h, "POST", path+"?confirm="+url.QueryEscape(*compared.Token), text, "Content-Type", plain)
				if w.Code == http.StatusOK {
					amended.Add(1)
				}
			}
		case 0:
			in := a.through(h, "GET", "/api/v1/indicators/"+code, "")
			change := fmt.Sprintf(`{"name":"指标%d"}`, draw.IntN(1000))
			a.through(h, "PATCH", "/api/v1/indicators/"+code, change, "If-Match", in.Header().Get("ETag"))
		case 1:
			if last != "" {
				a.through(h, "DELETE", "/api/v1/measurements/"+last+"?reason=x", "")
			}
		default:
			body := fmt.Sprintf(`{"indicator":%q,"period":"2023-%02d","value":%d}`, code, 1+draw.IntN(9), draw.IntN(90))
			var stored struct {
				Measurement v1.Measurement `json:"measurement"`
			}
			if w := a.through(h, "POST", "/api/v1/measurements", body); w.Code < 300 && json.Unmarshal(w.Body.Bytes(), &stored) == nil {
				last = stored.Measurement.ID
			}
		}
	}
}

// walk reads all pages of a list, and the moment that they tell.
func (a *api) walk(h http.Handler, query string) (codes []string, on, asOf string, err error) {
	path := "/api/v1/progress?" + query
	for {
		w := a.through(h, "GET", path, "")
		var page v1.ProgressPage
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != 200 {
			return nil, "", "", fmt.Errorf("%s: %d, %w", path, w.Code, err)
		}
		for _, p := range page.Items {
			codes, on, asOf = append(codes, p.Indicator+" "+p.Status), p.On, p.AsOf
		}
		if page.NextCursor == nil {
			return codes, on, asOf, nil
		}
		path = "/api/v1/progress?" + query + "&cursor=" + url.QueryEscape(*page.NextCursor)
	}
}

func TestWhatIsAnsweredNowIsAnsweredAgain(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 3, 0, 0, 0, 0, time.UTC))
	a.post("/api/v1/plans?code=restless&confirm=true", fmt.Sprintf(restlessPlan, 221, 30, 500, 90), "Content-Type", plain).want(201)
	_, a.token = a.key(access.Admin)
	processes := []http.Handler{a.process(restless(1)), a.process(restless(2))}

	var stop atomic.Bool
	var amended atomic.Int64
	var writers, readers sync.WaitGroup
	// A machine that is busy elsewhere may answer everything before a writer had its turn, so readers go on
	// until much has changed. The limit is for a service in which nothing can change: the test fails then.
	var changes sync.Map
	var changed atomic.Int64
	limit := time.Now().Add(time.Minute)
	settled := func() bool {
		return changed.Load() >= int64(answers()/20) && amended.Load() > 0 || time.Now().After(limit)
	}
	for i := range 16 {
		writers.Go(func() { a.unrest(processes[i%2], uint64(i), &stop, &amended) })
	}
	type answer struct{ path, body string }
	taken := make([][]answer, 4)
	walked := make([][][2]string, 4)
	for i := range taken {
		readers.Go(func() {
			h := processes[i%2]
			for n := 0; n < answers()/len(taken) || !settled(); n++ {
				path := []string{
					"/api/v1/indicators/" + restlessIndicators[n/6%4] + "/progress?explain=true", "/api/v1/progress?sort=-percent&limit=500",
					"/api/v1/plans/restless/summary?group_by=status",
					"/api/v1/indicators/" + restlessIndicators[n/6%4] + "/series?step=quarter", "/api/v1/series?plan=restless&projection=true",
					"/api/v1/summary?group_by=agency,status",
				}[n%6]
				w := a.through(h, "GET", path, "")
				var at struct {
					On    string `json:"on"`
					AsOf  string `json:"as_of"`
					Items []struct {
						On   string `json:"on"`
						AsOf string `json:"as_of"`
					} `json:"items"`
				}
				if err := json.Unmarshal(w.Body.Bytes(), &at); err != nil || w.Code != 200 {
					t.Errorf("%s: %d, %v", path, w.Code, err)
					return
				}
				if len(at.Items) > 0 {
					at.On, at.AsOf = at.Items[0].On, at.Items[0].AsOf
				}
				at.AsOf = url.QueryEscape(at.AsOf)
				if _, known := changes.LoadOrStore(w.Body.String(), true); !known {
					changed.Add(1)
					taken[i] = append(taken[i], answer{path + "&on=" + at.On + "&as_of=" + at.AsOf, w.Body.String()})
				}
				if n%10 == 0 {
					const query = "sort=percent&limit=1"
					codes, on, asOf, err := a.walk(h, query)
					if err != nil {
						t.Error(err)
						return
					}
					whole := "sort=percent&limit=500&on=" + on + "&as_of=" + url.QueryEscape(asOf)
					walked[i] = append(walked[i], [2]string{whole, strings.Join(codes, ", ")})
				}
			}
		})
	}
	readers.Wait()
	stop.Store(true)
	writers.Wait()

	for i, list := range taken {
		for _, first := range list {
			if again := a.through(processes[(i+1)%2], "GET", first.path, ""); again.Body.String() != first.body {
				t.Fatalf("%s\n%s\nwas\n%s", first.path, again.Body, first.body)
			}
		}
		for _, w := range walked[i] {
			if codes, _, _, err := a.walk(processes[i%2], w[0]); err != nil || strings.Join(codes, ", ") != w[1] {
				t.Fatalf("%s: %v, %v, by pages %s", w[0], codes, err, w[1])
			}
		}
	}
	if changed.Load() < int64(answers()/20) || amended.Load() == 0 {
		t.Errorf("%d different answers and %d amendments within a minute: nothing changed while they were taken", changed.Load(), amended.Load())
	}
}

func TestKnowledgeOfAMomentStaysWhatItWas(t *testing.T) {
	a := newAPI(t)
	a.setClock(time.Date(2023, 1, 3, 0, 0, 0, 0, time.UTC))
	a.seed()
	a.setClock(time.Date(2023, 10, 8, 12, 0, 0, 0, time.UTC))
	behind := a.process(func() time.Time { return time.Date(2023, 10, 8, 6, 0, 0, 0, time.UTC) })
	path := "/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&as_of=2023-10-08T09:00:00Z"
	before := a.get(path).want(200)

	// A process whose clock is hours behind stores a report: it is of a later moment.
	if w := a.through(behind, "POST", "/api/v1/measurements", piles); w.Code != 201 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if after := a.get(path).want(200); string(after.body) != string(before.body) {
		t.Errorf("%s\nwas\n%s", after.body, before.body)
	}
	now := read[v1.Progress](a.get("/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30").want(200))
	if now.Actual == nil || now.AsOf < "2023-10-08T12" {
		t.Errorf("now %+v", now)
	}
	// It answers its own "now" though that lies ahead of its clock, and nothing beyond.
	if w := a.through(behind, "GET", "/api/v1/indicators/donghe-2023-1-1/progress?on=2023-09-30&as_of="+url.QueryEscape(now.AsOf), ""); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := a.through(behind, "GET", "/api/v1/indicators/donghe-2023-1-1/progress?as_of=2023-10-08T18:00:00Z", ""); w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
