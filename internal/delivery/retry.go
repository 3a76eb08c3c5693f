package delivery

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// Settings bound how webhooks are served.
type Settings struct {
	First    time.Duration // how long after the first failure the next attempt is made
	Longest  time.Duration // the most between two attempts
	GiveUp   time.Duration // how long attempts go on, and how long a webhook may fail
	Timeout  time.Duration // of one attempt
	Lease    time.Duration // after which another process may try what one has claimed
	Together int           // attempts at a time for one webhook
	Portion  int           // entries of a log that are read together
	Backlog  int           // deliveries that may be pending for one webhook
	KeepFor  time.Duration // how long deliveries that ended are listed
}

// Defaults are the settings of a service.
var Defaults = Settings{
	First: 5 * time.Second, Longest: 12 * time.Hour, GiveUp: 3 * 24 * time.Hour, Timeout: 15 * time.Second, Lease: time.Minute,
	Together: 8, Portion: 200, Backlog: 2000, KeepFor: 30 * 24 * time.Hour,
}

// Wait is how long to wait after an attempt, the first being 1, that failed: three times as long
// each time, give or take a fifth.
func (s Settings) Wait(attempt int) time.Duration {
	wait := s.First
	for i := 1; i < attempt && wait < s.Longest; i++ {
		wait *= 3
	}
	wait = min(wait, s.Longest)
	fifth := int64(wait / 5)
	if fifth < 1 {
		return wait
	}
	return wait + time.Duration(rand.Int64N(2*fifth)-fifth) //nolint:gosec // spreads attempts, and keeps no secret
}

// asked is how long a receiver asks to be left alone, within bounds; 0 where it does not.
func (s Settings) asked(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return max(0, min(time.Duration(min(seconds, 1<<20))*time.Second, s.Longest))
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, min(at.Sub(now), s.Longest))
	}
	return 0
}
