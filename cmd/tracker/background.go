package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// What the service does beside requests, and how often.
const (
	forgetEvery = 10 * time.Minute
	noteEvery   = time.Minute
	judgeEvery  = time.Second
)

// forgetter drops what idempotency keys kept when their time is over.
type forgetter interface {
	ForgetAnswers(ctx context.Context) (int64, error)
}

// forgetAnswers lets expired idempotency keys be forgotten at every tick.
func forgetAnswers(ctx context.Context, db forgetter, ticks <-chan time.Time, log *slog.Logger) {
	onTicks(ctx, ticks, func() {
		try(ctx, log, "answers that expired were not dropped", func() error {
			_, err := db.ForgetAnswers(ctx)
			return err
		})
	})
}

// noter stores when keys were last used.
type noter interface {
	Note(ctx context.Context) error
}

// noteUses stores when keys were last used, at every tick and at the end.
func noteUses(ctx context.Context, keys noter, ticks <-chan time.Time, log *slog.Logger) {
	const failure = "the last use of keys was not noted"
	onTicks(ctx, ticks, func() { try(ctx, log, failure, func() error { return keys.Note(ctx) }) })
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	try(ending, log, failure, func() error { return keys.Note(ending) })
}

// judge makes the standings of indicators.
type judge interface {
	JudgeStandings(ctx context.Context) (int, error)
}

// judgeStandings makes, at every tick, the standings that do not say how their indicators
// stand: whole portions of them until fewer are left, and what reports mark meanwhile at the next
// tick, so that an indicator that is reported all the time is judged once a tick. It rests between
// portions for a third of what one takes, so that reports and readers come on while the day turns.
func judgeStandings(ctx context.Context, service judge, ticks <-chan time.Time, log *slog.Logger) {
	onTicks(ctx, ticks, func() {
		try(ctx, log, "standings were not made", func() error {
			for {
				began := time.Now()
				judged, err := service.JudgeStandings(ctx)
				if err != nil || judged < tracker.StandingsTogether {
					return err
				}
				select {
				case <-time.After(time.Since(began) / 3):
				case <-ctx.Done():
					return nil
				}
			}
		})
	})
}

// onTicks calls a function at every tick until the context ends.
func onTicks(ctx context.Context, ticks <-chan time.Time, run func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			run()
		}
	}
}

// try logs why a function failed, or the stack where it panicked: what is done
// beside requests has nobody to tell, and the next tick tries again.
func try(ctx context.Context, log *slog.Logger, failure string, run func() error) {
	err := fault.Guard(run)
	var panicked *fault.Panic
	switch {
	case errors.As(err, &panicked):
		log.Error(failure, "panic", panicked.Value, "stack", string(panicked.Stack))
	case err != nil && ctx.Err() == nil:
		log.Warn(failure, "error", err)
	}
}
