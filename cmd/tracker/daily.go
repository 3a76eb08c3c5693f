package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// lookEvery is how often the service looks whether the run of a day is due.
const lookEvery = time.Minute

// dailyOff switches the daily run off where an empty setting would mean the default.
const dailyOff = "off"

// daily says at which times of the day the daily run is due; nil for never.
type daily struct{ times cron.Schedule }

// parseDaily reads an hour (02:00) or the five fields of a cron expression; "" and off are never.
// An expression has no zone: days begin where the profile says.
func parseDaily(text string) (*daily, error) {
	if text == "" || text == dailyOff {
		return nil, nil
	}
	bad := fault.Newf(fault.InvalidParameter, "“%s”不是时刻（02:00），也不是 cron 表达式（0 2 * * *）", "%q is neither an hour (02:00) nor a cron expression (0 2 * * *)", text).At("daily-at")
	if clock, err := time.Parse("15:04", text); err == nil {
		text = fmt.Sprintf("%d %d * * *", clock.Minute(), clock.Hour())
	}
	if strings.ContainsAny(text, "=@") { // zones, of which some make the parser panic, and intervals
		return nil, bad
	}
	times, err := cron.ParseStandard(text)
	if err != nil {
		return nil, bad.Because(err)
	}
	if times.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() { // such as 30 February
		return nil, bad
	}
	return &daily{times}, nil
}

// due is the day of the last time that the run was due up to a moment; false where that is more than
// a month ago. Times are those of a clock on the wall: an hour that is left out when clocks go
// forward has come once they have.
func (d *daily) due(now time.Time, place *time.Location) (indicator.Date, bool) {
	wall := now.In(place)
	at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.UTC)
	for _, back := range []int{1, 8, oversight.MostMadeUp} {
		var last time.Time
		for t := d.times.Next(at.AddDate(0, 0, -back).Add(-time.Second)); !t.IsZero() && !t.After(at); t = d.times.Next(t) {
			last = t
		}
		if !last.IsZero() {
			return indicator.DateIn(last, time.UTC), true
		}
	}
	return indicator.Date{}, false
}

// dailyRunner carries out daily runs.
type dailyRunner interface {
	RunUntil(ctx context.Context, q oversight.RunRequest) (loop.Run, error)
}

// keepDaily looks at every tick whether a run is due and not finished, be it that its hour has come, that
// the service was down then, or that another process stands still in it, and carries it out.
func keepDaily(ctx context.Context, runner dailyRunner, d *daily, clock func() (time.Time, *time.Location), ticks <-chan time.Time, log *slog.Logger) {
	worker, done := workerName(), indicator.Date{}
	onTicks(ctx, ticks, func() {
		day, ok := d.due(clock())
		if !ok || day == done {
			return
		}
		try(ctx, log, "the daily run was not finished", func() error {
			run, err := runner.RunUntil(ctx, oversight.RunRequest{On: day, Worker: worker})
			switch {
			case fault.Is(err, fault.RunOutOfOrder): // a later day was run by hand
				done = day
				return nil
			case err != nil:
				return err
			case !run.Finished.IsZero() && run.On == day:
				done = day
				log.Info("daily run", "on", run.On.String(), "appended", run.Appended(), "taken", run.Taken)
			}
			return nil
		})
	})
}

// workerName names this process among all that may work on a run.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text()[:8])
}

type cycleCommand struct {
	Run cycleRunCommand `cmd:"" help:"Do what the service does by rule once a day: issues are raised, escalated and proposed to be closed."`
}

type cycleRunCommand struct {
	databaseFlag
	On            string        `placeholder:"DATE" help:"Day to be run; those before it that were missed are run first (default: today)."`
	TakeOverAfter time.Duration `default:"2m" help:"How long a run of another process may stand still before this one goes on with it (default: ${default})."`
}

// errElsewhere ends a command whose run is under way in another process.
var errElsewhere = errors.New("the run is under way in another process; ask GET /api/v1/runs how far it has come")

// Run carries out the run of a day and prints how it goes.
func (c cycleRunCommand) Run(s *session) error {
	var on indicator.Date
	if c.On != "" {
		var err error
		if on, err = indicator.ParseDate(c.On); err != nil {
			return fault.At(err, "on")
		}
	}
	return c.withPlans(s, func(figures *tracker.Service, db *store.Store) error {
		service := oversight.New(db, figures, time.Now)
		shown := indicator.Date{}
		run, err := service.RunUntil(s.ctx, oversight.RunRequest{
			On: on, Worker: workerName(), StandsStill: c.TakeOverAfter,
			Told: func(r loop.Run) {
				if shown != r.On {
					shown = r.On
					fmt.Fprintf(s.out, "%s  截至 / as of %s\n", r.On, r.AsOf.UTC().Format(time.RFC3339))
				}
				printRun(s, r)
			},
		})
		switch {
		case err != nil:
			return err
		case run.Finished.IsZero():
			return errElsewhere
		}
		_, err = fmt.Fprintf(s.out, "%s  已完成，新增记录 %[2]d / finished, %[2]d events\n", run.On, run.Appended())
		return err
	})
}

// printRun prints the step that a run is in.
func printRun(s *session, r loop.Run) {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if step := r.Steps[i]; step.Begun && !step.Done {
			fmt.Fprintf(s.out, "  %s: 第 %[2]d 批，已查看 %[3]d / portion %[2]d, %[3]d looked at\n", step.Name, step.Portions, step.Looked)
			return
		}
	}
}
