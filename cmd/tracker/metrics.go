package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/metrics"
	"github.com/indicator-tracker/tracker/internal/store"
)

// metricsFlags say where metrics are offered.
type metricsFlags struct {
	MetricsAddr string `placeholder:"HOST:PORT" help:"Offer metrics to Prometheus at this address, at /metrics, to whoever asks; give one that others cannot reach. Off without it."`
}

func (f metricsFlags) checkMetrics() error {
	if f.MetricsAddr == "" {
		return nil
	}
	if _, _, err := net.SplitHostPort(f.MetricsAddr); err != nil {
		return fmt.Errorf("--metrics-addr: %w", err)
	}
	return nil
}

// meter is metrics as what they count tells of it.
type meter struct{ *metrics.Metrics }

// ReportRefused implements httpapi.Watcher.
func (c meter) ReportRefused() { c.Reported(metrics.Refused, 1) }

// Committed implements ledger.Watcher.
func (c meter) Committed(took time.Duration, t indicator.Tally) {
	c.CommitTook(took)
	for outcome, reports := range map[string]int64{
		metrics.Stored: t.Stored, metrics.Revised: t.Revised, metrics.Unchanged: t.Unchanged, metrics.Superseded: t.Superseded, metrics.Refused: t.Refused,
	} {
		if reports > 0 {
			c.Reported(outcome, reports)
		}
	}
}

// metrics counts what the service does from now on, nil where nobody asked for it.
func (c serveCommand) metrics(b backend) *meter {
	if c.MetricsAddr == "" {
		return nil
	}
	m := &meter{metrics.New(metrics.Options{
		Version: version, Read: c.readingOf(b),
		Problems: []string{string(fault.RateLimited), string(fault.Overloaded), string(fault.Unavailable), string(fault.Timeout), string(fault.Internal), string(fault.Unauthorized)},
	})}
	b.db.Watch(m)
	return m
}

// readingOf reads how the service stands.
func (c serveCommand) readingOf(b backend) metrics.Source {
	daily, _ := parseDaily(c.DailyAt) // checked before anything was opened
	return func(ctx context.Context) metrics.Reading {
		r := metrics.Reading{Waiting: b.db.Waiting(), WaitingLimit: ledger.MostWaiting, AnchorState: "off", DailyRuns: daily != nil}
		if b.keeper != nil {
			r.AnchorState = string(b.keeper.State())
		}
		if d, err := databaseReading(ctx, b); err == nil {
			r.Database = &d
		}
		return r
	}
}

func databaseReading(ctx context.Context, b backend) (d metrics.Database, err error) {
	began := time.Now()
	if err := b.db.Answers(ctx); err != nil {
		return d, err
	}
	d.Ping = time.Since(began)
	if d.Bytes, err = b.db.Size(ctx); err != nil {
		return d, err
	}
	var waits store.Backlog
	if waits, err = b.db.Backlog(ctx); err != nil {
		return d, err
	}
	d.StaleStandings, d.PendingDeliveries, d.FailedDeliveries = waits.Standings, waits.Pending, waits.Failed
	d.WorkingWebhooks, d.FailingWebhooks, d.DisabledWebhooks = waits.Webhooks-waits.FailingWebhooks, waits.FailingWebhooks, waits.DisabledWebhooks
	d.AuditHead, d.LastWrite = waits.LastAudit, waits.LastMomentSeconds
	runs, _, err := b.oversight.Runs(ctx, time.Time{}, indicator.Page{Limit: 2}) // of which the last may be under way
	if err != nil {
		return d, err
	}
	for _, run := range runs {
		if !run.Finished.IsZero() {
			d.LastRun, d.SinceLastRun = run.Finished, time.Since(run.Finished)
			break
		}
	}
	return d, nil
}

// serveMetrics offers metrics until what it returns is called.
func (c serveCommand) serveMetrics(s *session, m *meter, log *slog.Logger) (end func(), err error) {
	if m == nil {
		return func() {}, nil
	}
	listener, err := new(net.ListenConfig).Listen(s.ctx, "tcp", c.MetricsAddr)
	if err != nil {
		return nil, fmt.Errorf("--metrics-addr: %w", err)
	}
	server := &http.Server{
		Handler: m.Handler(log), ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 120 * time.Second,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are not offered any more", "error", err)
		}
	}()
	log.Info("metrics", "address", "http://"+listener.Addr().String()+metrics.Path)
	return func() {
		_ = server.Close() // a reading that is broken off is made again by whoever wants it
		<-ended
	}, nil
}
