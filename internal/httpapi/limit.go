package httpapi

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Limits bound what one caller and all callers together may ask for. Zero
// values set no bound.
type Limits struct {
	Rate     int // requests a second for each key, and for each address without one, on the average
	Burst    int // requests at once after a pause; Rate when zero
	InFlight int // requests being served at a time, health and documentation apart
	// InFlightEach is how many of them one key may have, or one address without a key.
	InFlightEach int
}

// maxBuckets bounds the memory for callers: keys are few, but addresses need
// not be. Callers beyond it share one bucket.
const maxBuckets = 1 << 16

// limiter keeps a bucket of tokens for each caller.
type limiter struct {
	Limits
	now    func() time.Time
	policy string // the value of its header

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

func newLimiter(l Limits, now func() time.Time) *limiter {
	if l.Burst == 0 {
		l.Burst = l.Rate
	}
	limits := &limiter{Limits: l, now: now, buckets: map[string]*rate.Limiter{}}
	if l.Rate > 0 {
		limits.policy = fmt.Sprintf(`"%s";q=%d;w=%d`, policyName, l.Burst, seconds(limits.refill(l.Burst, 0)))
	}
	return limits
}

// allowance is what a caller has left.
type allowance struct {
	ok    bool
	left  int           // requests that can be made at once
	full  time.Duration // until the whole burst can be
	after time.Duration // until one request can be, 0 when it can now
}

// take counts one request of a caller.
func (l *limiter) take(caller string) allowance {
	now := l.now()
	bucket := l.bucket(caller, now)
	ok := bucket.AllowN(now, 1)
	tokens := bucket.TokensAt(now)
	a := allowance{ok: ok, left: max(0, int(tokens)), full: l.refill(l.Burst, tokens)}
	if tokens < 1 {
		a.after = l.refill(1, tokens)
	}
	return a
}

// refill is how long it takes from a number of tokens to another.
func (l *limiter) refill(to int, tokens float64) time.Duration {
	missing := float64(to) - tokens
	return time.Duration(missing / float64(l.Rate) * float64(time.Second))
}

func (l *limiter) bucket(caller string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := l.buckets[caller]; b != nil {
		return b
	}
	if len(l.buckets) >= maxBuckets && now.Sub(l.swept) >= time.Second {
		l.sweep(now)
	}
	if len(l.buckets) >= maxBuckets {
		caller = "" // nobody's name
		if b := l.buckets[caller]; b != nil {
			return b
		}
	}
	b := rate.NewLimiter(rate.Limit(l.Rate), l.Burst)
	l.buckets[caller] = b
	return b
}

// sweep forgets the buckets that are full: new ones would be the same. It looks
// at all of them and is not called for every request.
func (l *limiter) sweep(now time.Time) {
	l.swept = now
	for caller, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.Burst) {
			delete(l.buckets, caller)
		}
	}
}

// Headers of the IETF's draft-ietf-httpapi-ratelimit-headers.
const (
	headerRateLimit       = "RateLimit"
	headerRateLimitPolicy = "RateLimit-Policy"
	policyName            = "requests"
)

// limit counts a request of a caller, tells in headers what is left, and
// refuses when nothing is.
func (s *server) limit(c echo.Context, caller string) error {
	if s.limiter.Rate == 0 {
		return nil
	}
	a := s.limiter.take(caller)
	h := c.Response().Header()
	h.Set(headerRateLimitPolicy, s.limiter.policy)
	h.Set(headerRateLimit, `"`+policyName+`";r=`+strconv.Itoa(a.left)+`;t=`+strconv.Itoa(seconds(a.full)))
	if a.ok {
		return nil
	}
	wait := max(1, seconds(a.after))
	h.Set(echo.HeaderRetryAfter, strconv.Itoa(wait))
	return fault.Newf(fault.RateLimited,
		"每秒最多 %d 个请求，请 %d 秒后重试", "at most %d requests a second; try again in %d s", s.limiter.Rate, wait)
}

// seconds rounds up: who waits as long as told must not come too early.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
