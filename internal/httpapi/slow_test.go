package httpapi_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// sender is a client that writes the body of one request as it likes.
type sender struct {
	t        *testing.T
	conn     net.Conn
	answered chan answer // which is read as soon as it comes
	failed   chan error
}

// sends begins a request with a body of unknown length.
func sends(t *testing.T, conn net.Conn, method, path, token string, header ...string) *sender {
	t.Helper()
	t.Cleanup(func() { _ = conn.Close() })
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n", method, path, token, intake.NDJSON)
	for i := 0; i < len(header); i += 2 {
		head += header[i] + ": " + header[i+1] + "\r\n"
	}
	s := &sender{t, conn, make(chan answer, 1), make(chan error, 1)}
	if !s.write(head + "\r\n") {
		t.Fatal("the request is not taken")
	}
	go func() {
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			s.failed <- err
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			s.failed <- err
			return
		}
		s.answered <- answer{t: t, status: resp.StatusCode, header: resp.Header, body: body}
	}()
	return s
}

func (s *sender) write(text string) bool {
	_, err := io.WriteString(s.conn, text)
	return err == nil
}

// part sends a part of the body, and reports whether it was taken.
func (s *sender) part(text string) bool { return s.write(fmt.Sprintf("%x\r\n%s\r\n", len(text), text)) }

// answer ends the body, unless it was broken off, and gives the answer.
func (s *sender) answer() answer {
	s.t.Helper()
	s.write("0\r\n\r\n")
	select {
	case got := <-s.answered:
		return got
	case err := <-s.failed:
		s.t.Fatal(err)
	}
	return answer{}
}

// served is the service at an address, and what waits until a request is done with.
func (a *api) served() (dial func() net.Conn, done <-chan struct{}) {
	a.t.Helper()
	ended := make(chan struct{}, 100)
	handler := a.handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { ended <- struct{}{} }()
		handler.ServeHTTP(w, r)
	}))
	a.t.Cleanup(server.Close)
	return func() net.Conn {
		conn, err := new(net.Dialer).DialContext(a.t.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			a.t.Fatal(err)
		}
		return conn
	}, ended
}

func monthly(month int) string {
	return fmt.Sprintf(`{"indicator":"donghe-2023-1-1","period":"2023-%02d","value":%d}`+"\n", month, month)
}

func (a *api) stored() int {
	a.t.Helper()
	ms, _, _, err := a.db.Feed(a.t.Context(), indicator.FeedSelection{}, indicator.Page{})
	if err != nil {
		a.t.Fatal(err)
	}
	return len(ms)
}

func TestNobodyWaitsForASlowSender(t *testing.T) {
	for query, want := range map[string]struct{ status, stored int }{"mode=atomic": {401, 1}, "dry_run=true": {200, 1}, "mode=partial": {401, 1}} {
		t.Run(query, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			dial, _ := a.served()
			slow, token := a.key(access.Reporter, "市工信局")
			s := sends(t, dial(), "POST", batchPath+"?"+query, token)
			s.part(strings.Repeat(`{"indicator":"none","period":"2023-08","value":1}`+"\n", 10_001)) // more than is judged together
			time.Sleep(300 * time.Millisecond)                                                       // for what was sent to be judged, were it judged now

			a.post("/api/v1/measurements", strings.TrimSpace(monthly(3))).want(201)
			a.send("DELETE", "/api/v1/keys/"+slow.ID, "").want(200)
			s.part(monthly(4))
			if got := s.answer().want(want.status); query == "dry_run=true" && !strings.Contains(string(got.body), `"rows":10002`) {
				t.Errorf("%.300s", got.body)
			}
			if got := a.stored(); got != want.stored {
				t.Errorf("%d stored, want %d", got, want.stored)
			}
		})
	}
}

func TestWhatASenderWhoLeftHadSentIsStored(t *testing.T) {
	a := newAPI(t)
	a.seed()
	dial, done := a.served()
	s := sends(t, dial(), "POST", batchPath, a.token, "Idempotency-Key", "k")
	body := monthly(1) + monthly(2) + monthly(3)
	s.part(body + `{"indicator":"donghe-2023-1-1","period":"2023-04","value":4`)
	_ = s.conn.Close()
	<-done
	if got := a.stored(); got != 3 {
		t.Errorf("%d stored, want 3", got)
	}
	again := a.send("POST", batchPath, body+monthly(4), "Content-Type", intake.NDJSON, "Idempotency-Key", "k").want(200)
	if !strings.Contains(string(again.body), `"rows":4,"stored":4`) || a.stored() != 4 {
		t.Errorf("%d stored, %.300s", a.stored(), again.body)
	}
	for _, query := range []string{"?mode=atomic", "?dry_run=true"} {
		s := sends(t, dial(), "POST", batchPath+query, a.token)
		s.part(monthly(5))
		_ = s.conn.Close()
		<-done
	}
	if got := a.stored(); got != 4 {
		t.Errorf("%d stored, want 4", got)
	}
}

func TestSendersWhoTakeTheirTimeHoldLittleMemory(t *testing.T) {
	a := newAPI(t)
	a.seed()
	dial, _ := a.served()
	inUse := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const senders, each = 100, 512 << 10 // bytes
	before := inUse()
	var slow []*sender
	for range senders {
		s := sends(t, dial(), "POST", batchPath, a.token)
		s.part(monthly(1))
		slow = append(slow, s)
	}
	time.Sleep(time.Second) // for their first rows to be read
	if grown := inUse() - before; grown > senders*each {
		t.Errorf("%d senders of one row each hold %d bytes", senders, grown)
	}
	for _, s := range slow {
		s.answer().want(200)
	}
}

// piped serves over pipes, whose deadlines go by the clock of the test's bubble. The
// times are those of `tracker serve`.
func (a *api) piped() (dial func() net.Conn) {
	l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: a.handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second, WriteTimeout: 60 * time.Second}
	var running sync.WaitGroup
	running.Go(func() { _ = server.Serve(l) })
	a.t.Cleanup(func() { _ = server.Close(); running.Wait() })
	return func() net.Conn {
		client, conn := net.Pipe()
		l.conns <- conn
		return client
	}
}

type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// bubble runs a test in a time of its own, in which minutes take none.
func bubble(t *testing.T, name string, test func(a *api, dial func() net.Conn)) {
	t.Run(name, func(t *testing.T) {
		t.Setenv("TRACKER_TEST_POSTGRES", "") // a server's time is another
		synctest.Test(t, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			test(a, a.piped())
		})
	})
}

func TestABatchMayTakeItsTimeAsLongAsItMoves(t *testing.T) {
	filling := strings.Repeat(" ", 5<<10) + "\n"
	for _, query := range []string{"", "?mode=atomic", "?dry_run=true"} {
		bubble(t, "at a few kilobytes a second "+query, func(a *api, dial func() net.Conn) {
			s := sends(a.t, dial(), "POST", batchPath+query, a.token)
			for range 200 {
				time.Sleep(time.Second)
				if !s.part(filling) {
					break
				}
			}
			s.part(monthly(1))
			if got := s.answer().want(200); !strings.Contains(string(got.body), `"rows":1,"stored":1`) {
				a.t.Errorf("%.300s", got.body)
			}
		})
	}
	bubble(t, "and is cut when it creeps, with what came stored", func(a *api, dial func() net.Conn) {
		s := sends(a.t, dial(), "POST", batchPath, a.token)
		for month := 1; month <= 9; month++ { // not a hundred bytes every ten seconds
			if time.Sleep(10 * time.Second); !s.part(monthly(month)) {
				break
			}
		}
		s.answer().wantProblem(503, "timeout", "")
		if got := a.stored(); got < 5 || got > 7 {
			a.t.Errorf("%d stored", got)
		}
	})
	bubble(t, "and is cut when it stands still", func(a *api, dial func() net.Conn) {
		s := sends(a.t, dial(), "POST", batchPath+"?mode=atomic", a.token)
		for range 200 {
			s.part(filling)
		}
		time.Sleep(61 * time.Second)
		s.answer().wantProblem(503, "timeout", "")
	})
}

func TestALongAnswerMayBeReadSlowly(t *testing.T) {
	text := "东河市2024年重点工作\n一、产业\n1.壮大企业。新增企业30家（牵头单位：市科技局）。\n" + strings.Repeat("说明文字。\n", 40_000)
	read := func(a *api, dial func() net.Conn, pause time.Duration) (int, error) {
		a.send("POST", "/api/v1/plans?code=long", text, "Content-Type", plain).want(201)
		conn := dial()
		a.t.Cleanup(func() { _ = conn.Close() })
		if _, err := fmt.Fprintf(conn, "GET /api/v1/plans/long/document HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nAccept: text/plain\r\n\r\n", a.token); err != nil {
			a.t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReaderSize(conn, 16), nil)
		if err != nil {
			a.t.Fatal(err)
		}
		defer resp.Body.Close()
		total := 0
		for piece := make([]byte, 5<<10); ; {
			time.Sleep(pause)
			n, err := resp.Body.Read(piece)
			total += n
			switch {
			case errors.Is(err, io.EOF):
				return total, nil
			case err != nil:
				return total, err
			}
		}
	}
	bubble(t, "as long as it moves", func(a *api, dial func() net.Conn) {
		if n, err := read(a, dial, time.Second); err != nil || n < len(text) {
			a.t.Errorf("%d of %d bytes, %v", n, len(text), err)
		}
	})
	bubble(t, "and is broken off when it does not", func(a *api, dial func() net.Conn) {
		if n, err := read(a, dial, 2*time.Minute); err == nil {
			a.t.Errorf("%d bytes", n)
		}
	})
}

func TestNobodyTakesAllPlaces(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.handler = a.with(func(o *httpapi.Options) { o.Limits.InFlight, o.Limits.InFlightEach = 16, 4 })
	dial, done := a.served()
	var tokens []string
	for range 4 {
		_, token := a.key(access.Reporter, "市工信局")
		tokens = append(tokens, token)
	}
	begin := func(token string) *sender {
		s := sends(t, dial(), "POST", batchPath, token)
		s.part(monthly(1))
		return s
	}
	var running []*sender
	for range 4 {
		running = append(running, begin(tokens[0]))
	}
	time.Sleep(300 * time.Millisecond) // for them to have their places
	for _, method := range []string{"GET", "POST"} {
		resp := a.send(method, "/api/v1/measurements", "{}", "Content-Type", "application/json", "Authorization", "Bearer "+tokens[0])
		if p := resp.wantProblem(429, "rate_limited", ""); resp.header.Get("Retry-After") == "" || !strings.Contains(p.Detail, "4") {
			t.Errorf("%s: %+v", method, p)
		}
	}
	a.get("/api/v1/measurements", "Authorization", "Bearer "+tokens[1]).want(200)

	for _, token := range tokens[1:3] {
		for range 4 {
			running = append(running, begin(token))
		}
	}
	time.Sleep(300 * time.Millisecond)
	row := strings.TrimSpace(monthly(2))
	a.post("/api/v1/measurements", row, "Authorization", "Bearer "+tokens[3]).wantProblem(503, "overloaded", "")
	a.get("/api/v1/measurements", "Authorization", "Bearer "+tokens[3]).want(200)
	a.get("/api/v1/keys").want(200)
	for _, s := range running {
		s.answer().want(200)
		<-done
	}
	for range 5 {
		a.post("/api/v1/measurements", row, "Authorization", "Bearer "+tokens[0]).want(201)
	}
	a.post("/api/v1/measurements", row, "Authorization", "Bearer "+tokens[3]).want(201)
}

func TestBodiesOnTheDiskAreBoundedAndLeaveNothing(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	broken := errors.New("the line is dead")
	for name, c := range map[string]struct {
		body   io.Reader
		others int64
		wanted func(error) bool
	}{
		"a body":               {strings.NewReader("rows"), httpapi.MostSpooled - 4, func(err error) bool { return err == nil }},
		"more than there may":  {strings.NewReader("rows"), httpapi.MostSpooled - 3, func(err error) bool { return fault.Is(err, fault.Overloaded) }},
		"one that breaks off":  {io.MultiReader(strings.NewReader("ro"), iotest.ErrReader(broken)), 7, func(err error) bool { return errors.Is(err, broken) }},
		"one of an empty body": {strings.NewReader(""), 7, func(err error) bool { return err == nil }},
	} {
		if left, err := httpapi.Spool(c.body, c.others); !c.wanted(err) || left != c.others {
			t.Errorf("%s: %v, %d bytes of %d stay", name, err, left, c.others)
		}
	}
	if found, err := os.ReadDir(folder); err != nil || len(found) > 0 {
		t.Errorf("left behind: %v, %v", found, err)
	}
	t.Setenv("TMPDIR", filepath.Join(folder, "none"))
	if _, err := httpapi.Spool(strings.NewReader("rows"), 0); !fault.Is(err, fault.Unavailable) {
		t.Errorf("without a disk: %v", err)
	}
}
