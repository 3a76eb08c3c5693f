package delivery

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// Queue is the storage of what is on its way.
type Queue interface {
	LaggingWebhooks(ctx context.Context, now time.Time) ([]loop.Lagging, error)
	Dispatch(ctx context.Context, webhook int64, limit, most int, compose func(loop.Webhook, loop.Occurrence, int64) (loop.Delivery, bool)) (int, error)
	ClaimDeliveries(ctx context.Context, webhook int64, now, until time.Time, lease string, limit int) ([]loop.Delivery, error)
	KeepTried(ctx context.Context, webhook loop.Webhook, t loop.Tried) (disabled bool, err error)
	PruneDeliveries(ctx context.Context, before time.Time, limit int) (int64, error)
}

// Doer sends requests.
type Doer interface {
	Do(r *http.Request) (*http.Response, error)
}

// Runner dispatches what happened and delivers it. Any number may run over one database.
type Runner struct {
	Queue    Queue
	Client   Doer
	Now      func() time.Time
	Settings Settings
	Log      *slog.Logger
	// Disabled is told of a webhook that was disabled, and why; nil for nobody.
	Disabled func(ctx context.Context, w loop.Webhook, why string) error

	mu       sync.Mutex
	sending  map[int64]int // attempts under way, by webhooks
	running  sync.WaitGroup
	finished chan struct{}
	once     sync.Once
}

// Why a webhook is disabled.
const (
	ByHand  = "by_hand"
	Gone    = "gone"
	Failing = "failing"
)

func (r *Runner) prepare() {
	r.once.Do(func() { r.sending, r.finished = map[int64]int{}, make(chan struct{}, 1) })
}

// Run works at every tick, and as soon as an attempt has ended, until the context ends; attempts
// under way are broken off then, and made again by whoever comes next.
func (r *Runner) Run(ctx context.Context, ticks <-chan time.Time) {
	r.prepare()
	defer r.running.Wait()
	pruned := r.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		case <-r.finished:
		}
		err := fault.Guard(func() error { return r.Step(ctx) })
		if now := r.Now(); err == nil && now.Sub(pruned) > time.Hour {
			pruned = now
			_, err = r.Queue.PruneDeliveries(ctx, now.Add(-r.Settings.KeepFor), 1000)
		}
		if err != nil && ctx.Err() == nil {
			r.Log.Warn("webhooks were not served", "error", err)
		}
	}
}

// Step dispatches what happened since the last one and begins the attempts that are due.
func (r *Runner) Step(ctx context.Context) error {
	r.prepare()
	lagging, err := r.Queue.LaggingWebhooks(ctx, r.Now())
	if err != nil {
		return err
	}
	var failed []error
	for _, l := range lagging {
		if err := r.serve(ctx, l); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// mostPortions bounds what one webhook is given before the next has its turn.
const mostPortions = 10

func (r *Runner) serve(ctx context.Context, l loop.Lagging) error {
	for range mostPortions {
		if !l.Behind {
			break
		}
		passed, err := r.Queue.Dispatch(ctx, l.Webhook.ID, r.Settings.Portion, r.Settings.Backlog, Compose)
		if err != nil {
			return err
		}
		if passed == 0 {
			break
		}
	}
	r.mu.Lock()
	free := r.Settings.Together - r.sending[l.Webhook.ID]
	r.mu.Unlock()
	if free <= 0 {
		return nil
	}
	now, lease := r.Now(), rand.Text()
	due, err := r.Queue.ClaimDeliveries(ctx, l.Webhook.ID, now, now.Add(r.Settings.Lease), lease, free)
	if err != nil {
		return err
	}
	for _, d := range due {
		r.begin(ctx, l.Webhook, d, lease)
	}
	return nil
}

func (r *Runner) begin(ctx context.Context, w loop.Webhook, d loop.Delivery, lease string) {
	r.mu.Lock()
	r.sending[w.ID]++
	r.mu.Unlock()
	r.running.Go(func() {
		defer func() {
			r.mu.Lock()
			if r.sending[w.ID]--; r.sending[w.ID] == 0 {
				delete(r.sending, w.ID)
			}
			r.mu.Unlock()
			select {
			case r.finished <- struct{}{}:
			default:
			}
		}()
		if err := fault.Guard(func() error { return r.try(ctx, w, d, lease) }); err != nil && ctx.Err() == nil {
			r.Log.Warn("a delivery was not settled", "webhook", w.Code, "event", d.Event, "error", err)
		}
	})
}

// try makes an attempt and stores what became of it. One that the end of the service broke off
// says nothing about the receiver, and is made again when the lease is over.
func (r *Runner) try(ctx context.Context, w loop.Webhook, d loop.Delivery, lease string) error {
	bounded, cancel := context.WithTimeout(ctx, r.Settings.Timeout)
	defer cancel()
	a := send(bounded, r.Client, w, d, r.Now())
	if ctx.Err() != nil && a.failure != "" {
		return nil
	}
	t := r.Settings.judge(w, d, a, r.Now())
	t.Lease = lease
	disabled, err := r.Queue.KeepTried(context.WithoutCancel(ctx), w, t)
	if err != nil || !disabled {
		return err
	}
	r.Log.Warn("webhook disabled", "webhook", w.Code, "reason", t.Disable, "error", t.Error)
	if r.Disabled == nil {
		return nil
	}
	return r.Disabled(context.WithoutCancel(ctx), w, t.Disable)
}

// judge says what follows from an attempt.
func (s Settings) judge(w loop.Webhook, d loop.Delivery, a attempt, now time.Time) loop.Tried {
	t := loop.Tried{Delivery: d, At: now, State: loop.Delivered, Status: a.status, Error: a.failure}
	if a.failure == "" {
		return t
	}
	t.State, t.NextAt = loop.Pending, now.Add(max(s.Wait(d.Attempts+1), s.asked(a.header, now)))
	switch {
	case a.status == http.StatusGone:
		t.Disable = Gone
	case !w.FailingSince.IsZero() && now.Sub(w.FailingSince) >= s.GiveUp: // nothing at all arrives
		t.Disable = Failing
	case !d.TriedFrom.IsZero() && now.Sub(d.TriedFrom) >= s.GiveUp: // others do
		t.State = loop.Failed
	}
	return t
}
