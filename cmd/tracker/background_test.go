package main

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// breaking panics the first time that it is asked to do something.
type breaking struct{ asked int }

func (b *breaking) do() {
	if b.asked++; b.asked == 1 {
		panic("broken once")
	}
}

func (b *breaking) ForgetAnswers(context.Context) (int64, error) { b.do(); return 0, nil }

func (b *breaking) Note(context.Context) error { b.do(); return nil }

func (b *breaking) Write(p []byte) (int, error) { b.do(); return len(p), nil }

func (b *breaking) Accept() (net.Conn, error) { b.do(); return nil, net.ErrClosed }

func (b *breaking) Close() error { return nil }

func (b *breaking) Addr() net.Addr { return &net.TCPAddr{} }

// wantStack fails unless a log shows where the panic came from.
func wantStack(t *testing.T, log string) {
	t.Helper()
	if strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, "broken once") || !strings.Contains(log, "(*breaking).do") {
		t.Errorf("log: %s", log)
	}
}

func TestAPanicBesideRequestsIsLoggedAndDoneAgain(t *testing.T) {
	for name, c := range map[string]struct {
		run   func(context.Context, *breaking, <-chan time.Time, *slog.Logger)
		times int
	}{
		"forgetting answers": {func(ctx context.Context, b *breaking, ticks <-chan time.Time, log *slog.Logger) {
			forgetAnswers(ctx, b, ticks, log)
		}, 3},
		"noting uses": {func(ctx context.Context, b *breaking, ticks <-chan time.Time, log *slog.Logger) {
			noteUses(ctx, b, ticks, log)
		}, 4}, // at the end too
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				b, ticks, log := &breaking{}, make(chan time.Time), &bytes.Buffer{}
				go c.run(ctx, b, ticks, slog.New(slog.NewTextHandler(log, nil)))
				for range 3 {
					ticks <- time.Now()
				}
				cancel()
				synctest.Wait()
				if b.asked != c.times {
					t.Errorf("done %d times", b.asked)
				}
				wantStack(t, log.String())
			})
		})
	}
}

func TestALogThatCannotBeWrittenDoesNotEndTheService(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := &breaking{}
		log, end := serveCommand{}.logger(&session{errOut: out})
		defer end()
		for range 3 {
			log.Info("line")
			time.Sleep(2 * logEvery)
			synctest.Wait()
		}
		if out.asked < 3 {
			t.Errorf("written %d times", out.asked)
		}
	})
}

func TestAListenerThatPanicsStopsTheServiceInOrder(t *testing.T) {
	log := &bytes.Buffer{}
	server := &http.Server{ReadHeaderTimeout: time.Second}
	err := serveUntil(t.Context(), server, &breaking{}, time.Second, slog.New(slog.NewTextHandler(log, nil)))
	if err == nil || !strings.Contains(err.Error(), "broken once") {
		t.Errorf("%v", err)
	}
	wantStack(t, log.String())
}
