package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// rivalry lets every client send the same reports, to two processes on one
// database in turns, and looks whether each was stored by exactly one and
// acknowledged alike to all.
func (t *torture) rivalry(ctx context.Context, reports int, out io.Writer) error {
	first, err := t.look(ctx)
	if err != nil {
		return err
	}
	second, err := service.Start(ctx, t.binary, t.database, t.log, t.token)
	if err != nil {
		return errors.Join(err, first.Kill())
	}
	began := time.Now()
	err = t.race(ctx, []*service.Service{first, second}, int64(reports))
	took := time.Since(began)
	if err = errors.Join(err, first.Stop(), second.Stop()); err != nil {
		return err
	}
	again, err := t.look(ctx)
	if err != nil {
		return err
	}
	if err := again.Stop(); err != nil {
		return err
	}
	if len(t.seen) != reports {
		return fmt.Errorf("of %d reports %d are there", reports, len(t.seen))
	}
	fmt.Fprintf(out, "%d clients sent the same %d reports to two processes: %d stored, once each; %d receipts, every one right; the audit chain is whole (%.0f requests a second)\n",
		t.clients, reports, len(t.seen), reports*t.clients, float64(reports*t.clients)/took.Seconds())
	return nil
}

// race sends and checks the receipts: one of each report says that it was stored
// and all others that it was there, under the same id.
func (t *torture) race(ctx context.Context, rivals []*service.Service, reports int64) error {
	t.next = reports
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	stored := map[string]bool{}
	check := func(n int64, status int, r receipt) error {
		mu.Lock()
		defer mu.Unlock()
		name := source(n)
		if r.Outcome == "superseded" && status == http.StatusOK { // by a later one of the same period
			later, err := t.checkSent(r.Measurement)
			if sent := t.reportOf(n); err == nil && (later <= n || r.Measurement.Indicator != sent.Indicator || r.Measurement.Period != sent.Period) {
				err = fmt.Errorf("%s is said to be superseded by %s", name, r.Measurement.SourceID)
			}
			return err
		}
		isNew := r.Outcome == "stored" || r.Outcome == "revised"
		switch id := t.acked[name]; {
		case isNew != (status == http.StatusCreated):
			return fmt.Errorf("%s is %s with status %d", name, r.Outcome, status)
		case isNew && stored[name]:
			return fmt.Errorf("%s was stored twice", name)
		case id != "" && id != r.Measurement.ID:
			return fmt.Errorf("%s was acknowledged as %s and as %s", name, id, r.Measurement.ID)
		}
		t.acked[name] = r.Measurement.ID
		stored[name] = stored[name] || isNew
		_, err := t.checkSent(r.Measurement)
		return err
	}
	var clients sync.WaitGroup
	for client := range t.clients {
		clients.Go(func() {
			s := rivals[client%len(rivals)]
			for n := int64(1); n <= reports && ctx.Err() == nil; n++ {
				status, r, err := t.send(ctx, s, n)
				if err == nil {
					err = check(n, status, r)
				}
				if err != nil {
					stop(err)
				}
			}
		})
	}
	clients.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if int64(len(stored)) != reports {
		return fmt.Errorf("of %d reports %d have a receipt", reports, len(stored))
	}
	for name, once := range stored {
		if !once {
			return fmt.Errorf("nobody was told that %s was stored", name)
		}
	}
	return nil
}
