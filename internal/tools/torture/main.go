// Command torture kills the service at random moments under load and looks,
// after each restart, whether every measurement that was acknowledged is there
// exactly once, whether each says what was sent, and whether the audit chain is
// whole.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

const indicators = 40

type torture struct {
	binary   string
	database string
	log      string
	token    string
	clients  int
	codes    []string

	next  int64             // number of the last report that was made
	acked map[string]string // source_id to measurement id, since the last look
	seen  map[string]bool   // source_ids found in the feed
	after string            // where the feed was read to
	sums  map[string]map[string]int64
}

// options are the flags.
type options struct {
	binary   string
	postgres string
	kills    int
	clients  int
	longest  time.Duration
	rivals   int
}

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "../../bin/tracker", "the program to kill")
	flag.StringVar(&o.postgres, "postgres", os.Getenv("TRACKER_TORTURE_POSTGRES"), "address of a PostgreSQL database whose search_path is a schema for this run, made anew and dropped in the end; SQLite when empty")
	flag.IntVar(&o.kills, "kills", 200, "how many times to kill")
	flag.IntVar(&o.clients, "clients", 64, "clients at a time")
	flag.DurationVar(&o.longest, "longest", 1500*time.Millisecond, "longest life of a process under load")
	flag.IntVar(&o.rivals, "rivals", 0, "kill nothing; let every client send the same number of reports, half of them to a second process on the same database")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	dir, err := os.MkdirTemp("", "tracker-torture-*")
	if err != nil {
		return err
	}
	t := newTorture(o.clients)
	t.database, t.log = o.postgres, filepath.Join(dir, "service.log")
	if t.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	if o.postgres == "" {
		t.database = filepath.Join(dir, "tracker.db")
	} else if err := freshSchema(ctx, o.postgres); err != nil {
		return err
	} else if text, err := exec.CommandContext(ctx, t.binary, "migrate", "--database", o.postgres).CombinedOutput(); err != nil { //nolint:gosec // the program to kill
		return fmt.Errorf("%w: %s", err, text)
	}
	if o.rivals > 0 {
		if err := t.rivalry(ctx, o.rivals, out); err != nil {
			return fmt.Errorf("%w; see %s", err, dir)
		}
		return os.RemoveAll(dir)
	}
	total := 0
	for kill := range o.kills {
		n, err := t.life(ctx, time.Duration(rand.Int64N(int64(o.longest)))) //nolint:gosec // when to kill is no secret
		if err != nil {
			return fmt.Errorf("after %d kills: %w; see %s", kill, err, dir)
		}
		total += n
	}
	s, err := t.look(ctx)
	if err != nil {
		return fmt.Errorf("after the last kill: %w; see %s", err, dir)
	}
	if err := s.Stop(); err != nil {
		return err
	}
	fmt.Fprintf(out, "killed %d times under load of %d clients: %d reports acknowledged, %d stored, each exactly once; the audit chain is whole\n",
		o.kills, o.clients, total, len(t.seen))
	return os.RemoveAll(dir)
}

func newTorture(clients int) *torture {
	return &torture{
		clients: clients, acked: map[string]string{}, seen: map[string]bool{}, sums: map[string]map[string]int64{},
	}
}

// freshSchema makes the schema of an address anew and empty.
func freshSchema(ctx context.Context, address string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	schema := conn.Config().RuntimeParams["search_path"]
	if schema == "" || schema == "public" {
		return errors.New("the address names no search_path of its own")
	}
	name := pgx.Identifier{schema}.Sanitize()
	_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+name+" CASCADE; CREATE SCHEMA "+name)
	return err
}

// life starts the service, looks whether all is there, loads it and kills it.
func (t *torture) life(ctx context.Context, lasts time.Duration) (acked int, err error) {
	s, err := t.look(ctx)
	if err != nil {
		return 0, err
	}
	loading, stop := context.WithTimeout(ctx, lasts)
	defer stop()
	var mu sync.Mutex
	var clients sync.WaitGroup
	var wrong error
	for range t.clients {
		clients.Go(func() {
			for loading.Err() == nil {
				mu.Lock()
				t.next++
				n := t.next
				mu.Unlock()
				id, err := t.post(ctx, s, n)
				mu.Lock()
				switch {
				case id != "":
					t.acked[source(n)] = id
				case err != nil:
					wrong = err
				}
				mu.Unlock()
			}
		})
	}
	<-loading.Done()
	err = s.Kill() // while the clients wait for their answers
	clients.Wait()
	return len(t.acked), errors.Join(err, wrong)
}

const sourcePrefix = "kj-"

func source(n int64) string { return fmt.Sprintf(sourcePrefix+"%08d", n) }

// reportOf is the nth report.
func (t *torture) reportOf(n int64) measurement {
	return measurement{
		Indicator: t.codes[n%int64(len(t.codes))], Period: fmt.Sprintf("2023-%02d", 1+n/int64(len(t.codes))%12),
		Value: json.Number(strconv.FormatInt(n, 10)), SourceID: source(n),
	}
}

// post sends a report and gives its id once it is acknowledged. A connection
// that breaks off is no error: what became of the report is not known then.
func (t *torture) post(ctx context.Context, s *service.Service, n int64) (id string, err error) {
	status, r, err := t.send(ctx, s, n)
	if status == 0 {
		return "", nil
	}
	if err == nil && status != http.StatusCreated {
		return "", fmt.Errorf("%s was answered with %d %s", source(n), status, r.Outcome)
	}
	return r.Measurement.ID, err
}

// receipt is the answer to a report.
type receipt struct {
	Outcome     string
	Measurement measurement
}

// send posts a report. The status is 0 when no answer came.
func (t *torture) send(ctx context.Context, s *service.Service, n int64) (status int, r receipt, err error) {
	m := t.reportOf(n)
	body := fmt.Appendf(nil, `{"indicator":%q,"period":%q,"value":%s,"unit":"家","basis":"increment","source_id":%q}`,
		m.Indicator, m.Period, m.Value, m.SourceID)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Base+"/api/v1/measurements", bytes.NewReader(body))
	if err != nil {
		return 0, r, err
	}
	s.Sign(req)
	req.Header.Set("Content-Type", "application/json")
	resp, err := s.Client.Do(req)
	if err != nil {
		return 0, r, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, r, err
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return resp.StatusCode, r, fmt.Errorf("%s: %s", resp.Status, text)
	}
	return resp.StatusCode, r, json.Unmarshal(text, &r)
}

type measurement struct {
	ID        string      `json:"id"`
	Indicator string      `json:"indicator"`
	Period    string      `json:"period"`
	Value     json.Number `json:"value"`
	SourceID  string      `json:"source_id"`
}

// look starts the service again and checks what it holds.
func (t *torture) look(ctx context.Context) (*service.Service, error) {
	s, err := service.Start(ctx, t.binary, t.database, t.log, t.token)
	if err != nil {
		return nil, err
	}
	t.token = s.Token
	if t.codes == nil {
		if t.codes, err = s.Seed(ctx, "torture", indicators); err != nil {
			return nil, errors.Join(err, s.Kill())
		}
	}
	for _, check := range []func(context.Context, *service.Service) error{t.readFeed, t.checkSums, t.checkAudit} {
		if err := check(ctx, s); err != nil {
			return nil, errors.Join(err, s.Kill())
		}
	}
	return s, nil
}

// readFeed reads what was stored since the last look.
func (t *torture) readFeed(ctx context.Context, s *service.Service) error {
	for {
		var page struct {
			Items      []measurement
			NextCursor string `json:"next_cursor"`
			HasMore    bool   `json:"has_more"`
		}
		if err := s.Call(ctx, http.MethodGet, "/api/v1/measurements?limit=500&updated_after="+t.after, "", nil, &page); err != nil {
			return err
		}
		for _, m := range page.Items {
			if t.seen[m.SourceID] {
				return fmt.Errorf("%s is there twice", m.SourceID)
			}
			t.seen[m.SourceID] = true
			if id, acked := t.acked[m.SourceID]; acked && id != m.ID {
				return fmt.Errorf("%s was acknowledged as %s and is %s", m.SourceID, id, m.ID)
			}
			delete(t.acked, m.SourceID)
			value, err := t.checkSent(m)
			if err != nil {
				return err
			}
			if t.sums[m.Indicator] == nil {
				t.sums[m.Indicator] = map[string]int64{}
			}
			t.sums[m.Indicator][m.Period] = value
		}
		if t.after = page.NextCursor; !page.HasMore {
			break
		}
	}
	for missing, id := range t.acked {
		return fmt.Errorf("%s was acknowledged as %s and is gone, with %d others", missing, id, len(t.acked)-1)
	}
	return nil
}

// checkSent holds a measurement against the report of its name, and gives its
// value.
func (t *torture) checkSent(m measurement) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(m.SourceID, sourcePrefix), 10, 64)
	if err != nil || n < 1 || n > t.next || m.SourceID != source(n) {
		return 0, fmt.Errorf("%q is there and was never sent", m.SourceID)
	}
	sent := t.reportOf(n)
	if sent.ID = m.ID; sent != m {
		return 0, fmt.Errorf("%s was sent as %+v and is %+v", m.SourceID, sent, m)
	}
	return n, nil
}

// checkSums holds what progress counts against the reports in the feed.
func (t *torture) checkSums(ctx context.Context, s *service.Service) error {
	for code, periods := range t.sums {
		var want int64
		for _, value := range periods {
			want += value
		}
		var p struct {
			Actual struct{ Value json.Number }
		}
		if err := s.Call(ctx, http.MethodGet, "/api/v1/indicators/"+code+"/progress?on=2024-01-01", "", nil, &p); err != nil {
			return err
		}
		if p.Actual.Value.String() != strconv.FormatInt(want, 10) {
			return fmt.Errorf("%s counts %s, and the reports add up to %d", code, p.Actual.Value, want)
		}
	}
	return nil
}

func (t *torture) checkAudit(ctx context.Context, _ *service.Service) error {
	text, err := exec.CommandContext(ctx, t.binary, "verify", "--database", t.database).CombinedOutput() //nolint:gosec // the program to kill
	if err != nil {
		return fmt.Errorf("%w: %s", err, text)
	}
	return nil
}
