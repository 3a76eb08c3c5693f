package main

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/indicator-tracker/tracker/internal/tracker"
)

// judgeOf makes portions of standings, the last of them again and again, as where reports
// come all the time.
type judgeOf struct {
	portions []int
	made     int
}

func (j *judgeOf) JudgeStandings(context.Context) (int, error) {
	n := j.portions[min(j.made, len(j.portions)-1)]
	j.made++
	return n, nil
}

func TestStandingsAreMadeInWholePortionsAndThenOnceATick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		judge := &judgeOf{portions: []int{tracker.StandingsTogether, tracker.StandingsTogether, 3}}
		ticks := make(chan time.Time)
		ended := make(chan struct{})
		go func() {
			judgeStandings(ctx, judge, ticks, slog.New(slog.DiscardHandler))
			close(ended)
		}()
		for i, want := range []int{3, 4, 5} {
			ticks <- time.Time{}
			synctest.Wait()
			if judge.made != want {
				t.Errorf("%d portions after tick %d, want %d", judge.made, i, want)
			}
		}
		stop()
		<-ended
	})
}
