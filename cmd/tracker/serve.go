package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"
	_ "time/tzdata" // zones work in an image that has none

	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// databaseFlag is shared by the commands that open the database.
type databaseFlag struct {
	Database string `default:"tracker.db" placeholder:"PATH|postgres://…" help:"SQLite file, created when missing, or a PostgreSQL address (default: ${default})."`
}

type serveCommand struct {
	databaseFlag
	Addr           string        `default:"127.0.0.1:8080" help:"Address to listen on (default: ${default})."`
	Demo           bool          `help:"Fill an empty database with the example plan and a year of reports."`
	InsecureNoAuth bool          `help:"Allow an address other machines can reach, although anyone there can read and write."`
	Timezone       string        `default:"Asia/Shanghai" help:"Where the service's days begin (default: ${default})."`
	Profile        string        `type:"existingfile" placeholder:"FILE" help:"JSON file with thresholds, tolerance, labels and colours."`
	LogFormat      string        `enum:"text,json" default:"text" help:"text or json (default: ${default})."`
	StopWithin     time.Duration `default:"15s" help:"How long requests may finish after a signal to stop (default: ${default})."`
}

// Run serves until a signal, then lets running requests finish, then closes
// the database.
func (c serveCommand) Run(s *session) error {
	if err := c.checkAddress(); err != nil {
		return err
	}
	place, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return fmt.Errorf("--timezone: %w", err)
	}
	profile, err := c.readProfile()
	if err != nil {
		return err
	}
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	tuneMemory()
	forgetting, stop := context.WithCancel(s.ctx)
	defer stop()
	go forgetAnswers(forgetting, db, c.logger(s))
	service := tracker.New(db, time.Now, place, profile)
	err = c.listen(s, db, service)
	return errors.Join(err, db.Close())
}

// checkAddress keeps a service without keys off the network unless told
// otherwise.
func (c serveCommand) checkAddress() error {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() || c.InsecureNoAuth {
		return nil
	}
	return fmt.Errorf("--addr %s can be reached by other machines and the service has no keys yet, so anyone could write: listen on 127.0.0.1, or accept that with --insecure-no-auth", c.Addr)
}

func (c serveCommand) readProfile() (progress.Profile, error) {
	if c.Profile == "" {
		return progress.DefaultProfile(), nil
	}
	data, err := os.ReadFile(c.Profile)
	if err != nil {
		return progress.Profile{}, err
	}
	return progress.ParseProfile(data)
}

func (c serveCommand) logger(s *session) *slog.Logger {
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(s.errOut, nil))
	}
	return slog.New(slog.NewTextHandler(s.errOut, nil))
}

func (c serveCommand) listen(s *session, db *store.Store, service *tracker.Service) error {
	log := c.logger(s)
	listener, err := new(net.ListenConfig).Listen(s.ctx, "tcp", c.Addr)
	if err != nil {
		return err
	}
	hasDemo := false
	if c.Demo {
		if hasDemo, err = loadDemo(s.ctx, db, service); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	server := &http.Server{
		Handler:           httpapi.New(httpapi.Options{Reader: db, Service: service, Log: log, Now: time.Now, Version: version}),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       60 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	c.greet(s, listener.Addr(), hasDemo)
	return serveUntil(s.ctx, server, listener, c.StopWithin, log)
}

// greet prints what to open and, where the example plan is, what to try.
func (c serveCommand) greet(s *session, addr net.Addr, hasDemo bool) {
	base := "http://" + addr.String()
	fmt.Fprintf(s.out, "指标跟踪服务已启动 / tracker is serving\n  接口文档 / docs      %s/swagger/\n  接口合同 / contract  %s/openapi.json\n  数据库   / database  %s\n", base, base, store.Shown(c.Database))
	if hasDemo {
		fmt.Fprintf(s.out, "试一试 / try\n"+
			"  curl '%[1]s/api/v1/indicators?plan=qingzhou-2023&q=充电桩'\n"+
			"  curl '%[1]s/api/v1/indicators/qingzhou-2023-14-1/progress?on=2023-09-30&explain=true'\n"+
			"  curl '%[1]s/api/v1/progress?plan=qingzhou-2023&on=2023-09-30&sort=gap&limit=5'\n", base)
	}
}

// serveUntil serves until the context ends, then stops gracefully within the
// time given.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, within time.Duration, log *slog.Logger) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping", "within", within)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return fmt.Errorf("requests were still running after %s: %w", within, err)
	}
	log.Info("stopped")
	return nil
}
