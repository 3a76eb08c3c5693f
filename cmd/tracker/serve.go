package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
	_ "time/tzdata" // zones work in an image that has none

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/assist"
	"github.com/indicator-tracker/tracker/internal/board"
	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// databaseFlag is shared by the commands that open the database.
type databaseFlag struct {
	Database string `default:"tracker.db" placeholder:"PATH|postgres://…" help:"SQLite file, created when missing, or a PostgreSQL address (default: ${default})."`
}

// defaultTimezone is where days begin until the database has a profile that says it.
const defaultTimezone = "Asia/Shanghai"

type serveCommand struct {
	keyFlags
	signingFlag
	anchorFlags
	webhookFlags
	metricsFlags
	Timezone       string        `default:"${timezone}" help:"Where days begin (default: ${default})."`
	Addr           string        `default:"127.0.0.1:8080" help:"Address to listen on (default: ${default})."`
	Demo           bool          `help:"Fill an empty database, demo.db unless one is named, with the example plans and their reports; where these are, answer reads without a key, and make an admin key when there is none."`
	PublicRead     bool          `help:"Answer reads without a key."`
	InsecureNoAuth bool          `help:"Ask nobody for a key: whoever reaches the address can read and write."`
	CORSOrigin     []string      `name:"cors-origin" placeholder:"ORIGIN" help:"Let pages of this site (https://example.org), shown in a browser, use the service with a key; * lets pages of any site read without one. May be given more than once."`
	Rate           int           `default:"1000" help:"Requests a second for each key, and for each address without one; 0 for no bound (default: ${default})."`
	Burst          int           `default:"2000" help:"Requests at once after a pause (default: ${default})."`
	MaxInFlight    int           `default:"512" help:"Requests served at a time; those beyond are told to come back; 0 for no bound (default: ${default})."`
	InFlightEach   int           `name:"max-in-flight-each" default:"128" help:"Of these, requests of one key, or of one address without a key; 0 for no bound (default: ${default})."`
	Profile        string        `type:"existingfile" placeholder:"FILE" help:"JSON file with thresholds, tolerance, labels and colours; without it the newest profile of the database judges."`
	DailyAt        string        `default:"02:00" placeholder:"HH:MM|CRON" help:"When the daily run is due, where days begin: an hour, or a cron expression; off for never (default: ${default})."`
	AdoptProfile   bool          `help:"Where --profile or --timezone are not those of the database, make them so: figures are judged by them from now on, and what was known earlier as it was."`
	LogFormat      string        `enum:"text,json" default:"text" help:"text or json (default: ${default})."`
	ShareCommits   int           `hidden:"" default:"${together}" help:"How many single reports may share a commit; 1 gives each its own, to measure what sharing gains."`
	CPUProfile     string        `name:"cpu-profile" placeholder:"FILE" help:"Write where the time goes to this file, in the format of pprof, when the service stops."`
	StopWithin     time.Duration `default:"15s" help:"How long requests may finish after a signal to stop (default: ${default})."`
}

// backend is what the interface works with.
type backend struct {
	db        *store.Store
	service   *tracker.Service
	oversight *oversight.Service
	keys      *access.Keyring
	signing   signing.Key
	keeper    *anchor.Keeper // nil when no heads are kept
	place     *time.Location
	year      *year  // of the example plan, in an empty database
	metrics   *meter // nil when none are offered

	delivery *delivery.Service
	runner   *delivery.Runner
}

// Run serves until a signal, then lets running requests finish, then closes
// the database.
func (c serveCommand) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	place, err := time.LoadLocation(c.Timezone)
	if err != nil {
		return fmt.Errorf("--timezone: %w", err)
	}
	if place == time.Local {
		return fault.Newf(fault.InvalidParameter, "请写明时区的名称，如 Asia/Shanghai：Local 在另一台机器上是另一个时区",
			"name the zone, such as Asia/Shanghai: Local is another one on another machine").At("timezone")
	}
	profile, leftOut, err := c.readProfile()
	if err != nil {
		return err
	}
	clock := &turnable{}
	db, err := store.Open(s.ctx, c.Database, clock.Now)
	if err != nil {
		return err
	}
	db.ShareCommits(c.ShareCommits)
	tuneMemory()
	profiled, err := profileInto(c.CPUProfile)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	log, end := c.logger(s)
	defer end()
	forgetting, stop := context.WithCancel(s.ctx)
	defer stop()
	forgetTicks := time.NewTicker(forgetEvery)
	defer forgetTicks.Stop()
	go forgetAnswers(forgetting, db, forgetTicks.C, log)
	b := backend{db: db, service: tracker.New(db, clock.Now, place, progress.DefaultProfile()), place: place}
	b.oversight = oversight.New(db, b.service, clock.Now)
	if c.Demo {
		if b.year, err = newDemoYear(s, b, clock); err != nil {
			return errors.Join(err, db.Close(), profiled())
		}
	}
	if err = c.settleProfile(s.ctx, b.service, profile, place, log, leftOut); err == nil {
		b.keys, err = c.keyring(s, db)
	}
	if err == nil {
		b.signing, err = c.settleSigning(c.Database, log)
	}
	if err == nil {
		b.keeper, err = c.keeper(db, b.signing)
	}
	if err == nil {
		b.delivery, b.runner, err = c.webhooks(db, b.oversight, b.service.Today, log)
	}
	if err == nil {
		b.metrics = c.metrics(b)
		err = c.listen(s, b, log)
	}
	return errors.Join(err, db.Close(), profiled())
}

// check refuses flags that cannot stand before anything is opened.
func (c serveCommand) check() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	if c.Rate < 0 || c.MaxInFlight < 0 || c.InFlightEach < 0 || c.Rate > 0 && c.Burst < 1 {
		return errors.New("--rate, --max-in-flight and --max-in-flight-each must not be negative, and --burst must be 1 at least")
	}
	if _, err := delivery.ParsePolicy(c.WebhookAllow); err != nil {
		return fmt.Errorf("--webhook-allow: %w", err)
	}
	if _, err := httpapi.ParseOrigins(c.CORSOrigin); err != nil {
		return fmt.Errorf("--cors-origin: %w", err)
	}
	if c.AuditAnchor != "" && c.file(c.Database) == "" {
		return needsKey()
	}
	if _, err := parseDaily(c.DailyAt); err != nil {
		return err
	}
	if err := c.checkMetrics(); err != nil {
		return err
	}
	_, err := c.anchorPlace()
	return err
}

// readProfile reads the profile that is given, nil when none is, and what its file leaves out.
func (c serveCommand) readProfile() (given *progress.Profile, leftOut string, err error) {
	if c.Profile == "" {
		return nil, "", nil
	}
	data, err := os.ReadFile(c.Profile)
	if err != nil {
		return nil, "", err
	}
	p, err := progress.ParseProfile(data)
	if err != nil {
		return nil, "", err
	}
	leftOut, err = progress.LeftOut(data)
	return &p, leftOut, err
}

// settleProfile makes sure that the profile and the place are those of the database. What the file
// leaves out is as by default, whatever it was before, so that the log says so when it is adopted.
func (c serveCommand) settleProfile(ctx context.Context, service *tracker.Service, profile *progress.Profile, place *time.Location, log *slog.Logger, leftOut string) error {
	settled, err := service.UseProfile(ctx, profile, place, c.AdoptProfile)
	switch {
	case fault.Is(err, fault.InvalidParameter):
		differs := fault.From(err)
		return fault.Newf(differs.Code, "%[1]s；用 --adopt-profile 使其自此刻起生效，或去掉 --profile、改回 --timezone",
			"%[2]s; --adopt-profile makes that judge from now on, or leave --profile out and set --timezone back", differs.Detail.ZH, differs.Detail.EN).At(differs.Field)
	case err == nil && settled.Adopted:
		log.Info("profile adopted", "version", settled.Version)
		if leftOut != "" {
			log.Warn("the profile file leaves these out, so they are as by default", "members", leftOut)
		}
	}
	return err
}

// logger writes the log. What is called at its end lets nothing wait in memory.
func (c serveCommand) logger(s *session) (log *slog.Logger, end func()) {
	out := newLogBuffer(s.errOut)
	var handler slog.Handler = slog.NewTextHandler(out, nil)
	if c.LogFormat == "json" {
		handler = slog.NewJSONHandler(out, nil)
	}
	return slog.New(urgent{handler, out}), out.end
}

func (c serveCommand) listen(s *session, b backend, log *slog.Logger) error {
	listener, err := new(net.ListenConfig).Listen(s.ctx, "tcp", c.Addr)
	if err != nil {
		return err
	}
	hasDemo := false
	if c.Demo {
		if hasDemo, err = loadDemo(s.ctx, b.db, b.service, b.year); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	about, err := c.aboutKeys(s.ctx, b.keys, hasDemo)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	endMetrics, err := c.serveMetrics(s, b.metrics, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer endMetrics()
	server := &http.Server{
		Handler:           httpapi.New(c.options(b, hasDemo, log)),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       60 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	c.greet(s, listener.Addr(), hasDemo, about)
	var noting sync.WaitGroup
	defer noting.Wait()
	until, stop := context.WithCancel(s.ctx)
	defer stop()
	ticks := time.NewTicker(noteEvery)
	defer ticks.Stop()
	noting.Go(func() { noteUses(until, b.keys, ticks.C, log) })
	judgeTicks := time.NewTicker(judgeEvery)
	defer judgeTicks.Stop()
	noting.Go(func() { judgeStandings(until, b.service, judgeTicks.C, log) })
	dailyTicks := time.NewTicker(lookEvery)
	defer dailyTicks.Stop()
	if d, _ := parseDaily(c.DailyAt); d != nil { // checked before anything was opened
		clock := func() (time.Time, *time.Location) { return time.Now(), b.service.Place() }
		noting.Go(func() { keepDaily(until, b.oversight, d, clock, dailyTicks.C, log) })
	}
	webhookTicks := time.NewTicker(webhookEvery)
	defer webhookTicks.Stop()
	noting.Go(func() { b.runner.Run(until, webhookTicks.C) })
	defer c.keepAnchors(s.ctx, b.keeper, log)()
	return serveUntil(s.ctx, server, listener, c.StopWithin, log)
}

func (c serveCommand) options(b backend, openReads bool, log *slog.Logger) httpapi.Options {
	origins, _ := httpapi.ParseOrigins(c.CORSOrigin) // checked before anything was opened
	options := httpapi.Options{
		Reader: b.db, Service: b.service, Oversight: b.oversight, Delivery: b.delivery, Keys: b.keys, Signing: b.signing, Log: log, Now: time.Now, Place: b.place, Version: version,
		PublicRead: c.PublicRead || openReads, NoAuth: c.InsecureNoAuth,
		Origins: origins, Assistants: assist.Handler(version),
		Board:  board.Handler(board.Options{Sessions: b.keys, Log: log, Text: rand.Text, Now: time.Now}),
		Limits: httpapi.Limits{Rate: c.Rate, Burst: c.Burst, InFlight: c.MaxInFlight, InFlightEach: c.InFlightEach},
	}
	if b.metrics != nil {
		options.Watcher = b.metrics
	}
	if b.keeper != nil {
		options.AnchorState = b.keeper.State
	}
	return options
}

// greet prints what to open, what to try where the example plans are, and what there is to say about keys.
func (c serveCommand) greet(s *session, addr net.Addr, hasDemo bool, about string) {
	base := "http://" + addr.String()
	try := ""
	if hasDemo {
		try = fmt.Sprintf("试一试 / try\n"+
			"  curl '%[1]s/api/v1/indicators?plan=qingzhou-2023&q=充电桩'\n"+
			"  curl '%[1]s/api/v1/indicators/qingzhou-2023-14-1/progress?on=2023-09-30&explain=true'\n"+
			"  curl '%[1]s/api/v1/progress?plan=qingzhou-2023&on=2023-09-30&sort=gap&limit=5'\n", base)
	}
	fmt.Fprintf(s.out, "指标跟踪服务已启动 / tracker is serving\n  页面     / pages     %s/board/\n  接口文档 / docs      %s/swagger/\n  接口合同 / contract  %s/openapi.json\n  数据库   / database  %s\n%s%s",
		base, base, base, database.Shown(c.Database), try, about)
}

// serveUntil serves until the context ends, then stops gracefully within the
// time given.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener, within time.Duration, log *slog.Logger) error {
	failed := make(chan error, 1)
	go func() { failed <- fault.Guard(func() error { return server.Serve(listener) }) }()
	select {
	case err := <-failed:
		var panicked *fault.Panic
		if errors.As(err, &panicked) { // no request can come any more
			log.Error("panic", "panic", panicked.Value, "stack", string(panicked.Stack))
		}
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
