package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

// What waits for whom. Where these fail, they hang or end by the limit that soon has.
var waitBehaviours = []together{
	{"waits: nobody waits for a dry run, nor it for whoever writes", waitsDryRun},
	{"waits: a dry run of many chunks says what the batch then does", waitsDryRunSays},
	{"waits: a revocation does not wait for a batch in one transaction, of this process or another", waitsRevocation},
	{"waits: a batch stores nothing more once its key is revoked", waitsRevoked},
	{"waits: a batch that was taken up by another request does not go back when the first one ends", waitsTakenUp},
	{"waits: batches that wait for the ledger leave connections to others", waitsConnections},
}

// soon bounds a call that must not wait for another.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func waitsDryRun(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	dry := opened(t, a, indicator.Partial, true, indicator.Idempotency{}, rowsOf(increment(in.Code, "2023-01", "1")))
	for i, s := range []*store.Store{a, b} {
		must(0, second(Report(soon(t), s, increment(in.Code, fmt.Sprintf("2023-%02d", 2+i), "1"))))(t)
	}
	// What was stored since the dry run began is nothing to it.
	must(0, dry.Write(t.Context(), rowsOf(increment(in.Code, "2023-02", "2"))))(t)
	_, lines := ended(t, dry)
	equal(t, "receipts", lines, []string{"1 stored 1", "2 stored 1"})

	whole := opened(t, a, indicator.Atomic, false, indicator.Idempotency{}, rowsOf(increment(in.Code, "2023-04", "1")))
	for _, s := range []*store.Store{a, b} {
		w := must(s.OpenBatch(soon(t), indicator.Atomic, true, indicator.Idempotency{}))(t)
		must(0, w.Write(soon(t), rowsOf(increment(in.Code, "2023-02", "1"))))(t)
		_, lines := ended(t, w)
		equal(t, "beside a batch", lines, []string{"1 revised 2"})
	}
	ended(t, whole)
	equal(t, "stored", len(listed(t, a, in.Code)), 3)
}

func waitsDryRunSays(t *testing.T, s, _ *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	appended(t, s, sourced(in.Code, "2023-01", "1", "old"))
	appended(t, s, sourced(in.Code, "2023-02", "1", "corrected"))
	appended(t, s, sourced(in.Code, "2023-02", "2", "by this"))
	of := func(period, value, source, note string) indicator.Measurement {
		m := sourced(in.Code, period, value, source)
		m.Note, m.ReportedBy = note, indicator.Reporter{Agency: "路政局", Key: "k", Name: "n"}
		return m
	}
	chunks := [][]indicator.Row{
		rowsOf(sourced(in.Code, "2023-01", "1", "old"), of("2023-03", "1.0", "a", ""), of("2023-04", "1", "b", "x")),
		rowsOf(of("2023-03", "1", "a", ""), of("2023-03", "1", "a", "another note"), of("2023-05", "1", "a", ""), of("2023-03", "1", "", "")),
		rowsOf(of("2023-04", "1", "b", "x"), of("2023-02", "1", "corrected", ""), of("2023-04", "2", "b", "x"), of("2023-06", "1", "c", "")),
	}
	_, dry := taken(t, s, indicator.Partial, true, chunks...)
	equal(t, "stored by the dry run", len(listed(t, s, in.Code)), 3)
	_, stored := taken(t, s, indicator.Partial, false, chunks...)
	equal(t, "receipts", dry, stored)
	equal(t, "of a row again", stored[3], "4 unchanged 1")
}

func waitsRevocation(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	withKey(t, a, sampleKey("mine"))
	withKey(t, a, sampleKey("another"))
	ctx := indicator.WithActor(t.Context(), indicator.Actor{Key: "mine"})
	w := must(a.OpenBatch(ctx, indicator.Atomic, false, indicator.Idempotency{}))(t)
	defer w.Discard()
	must(0, w.Write(ctx, rowsOf(increment(in.Code, "2023-01", "1"))))(t)
	revoked := make(chan error, 1)
	go func() {
		_, err := a.RevokeKey(soon(t), "another")
		revoked <- err
	}()
	var err error
	for waiting, n := true, 0; waiting; n++ { // the batch goes on meanwhile, and may have to give way
		select {
		case failed := <-revoked:
			must(0, failed)(t)
			waiting = false
		case <-time.After(10 * time.Millisecond):
			if err == nil {
				err = w.Write(ctx, rowsOf(increment(in.Code, dayAfter("2023-05-31", 1+n%100), "1")))
			}
		}
	}
	if err != nil && !errors.Is(err, indicator.ErrGaveWay) {
		t.Fatal(err)
	}
	if k := must(b.Key(t.Context(), "another"))(t); k.RevokedAt.IsZero() {
		t.Error("the other process takes it for good")
	}
	if err == nil {
		ended(t, w)
	}
	w.Discard()
	entry := func() []indicator.AuditEntry {
		found, _, err := a.Audit(t.Context(), indicator.AuditQuery{Action: "key.revoked", Target: "another"})
		return must(found, err)(t)
	}
	for deadline := time.Now().Add(20 * time.Second); len(entry()) == 0 && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	equal(t, "entries", len(entry()), 1)
	must(a.RevokeKey(t.Context(), "another"))(t)
	equal(t, "entries", len(entry()), 1)
	audited(t, b)
}

func waitsRevoked(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	months := func(n int) []indicator.Row { return rowsOf(increment(in.Code, fmt.Sprintf("2023-%02d", n), "1")) }
	for i, how := range []struct {
		mode indicator.Mode
		by   *store.Store
	}{{indicator.Partial, a}, {indicator.Partial, b}, {indicator.Atomic, b}} {
		id := fmt.Sprint("k", i)
		withKey(t, a, sampleKey(id))
		ctx := indicator.WithActor(t.Context(), indicator.Actor{Key: id})
		w := must(a.OpenBatch(ctx, how.mode, false, indicator.Idempotency{}))(t)
		if how.mode == indicator.Partial {
			must(0, w.Write(ctx, months(1+i)))(t)
		}
		must(how.by.RevokeKey(soon(t), id))(t)
		refused(t, w.Write(ctx, months(5+i)), fault.Unauthorized, "")
		w.Discard()
	}
	equal(t, "stored", len(listed(t, a, in.Code)), 2)
	appended(t, b, increment(in.Code, "2023-12", "1"))
}

// waitsTakenUp is about a body that ended early and whose request ended late.
func waitsTakenUp(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	rows := monthly(in.Code)
	early := opened(t, a, indicator.Partial, false, key("k", ""), rows[:2])
	late := opened(t, b, indicator.Partial, false, key("k", ""), rows[:2], rows[2:])
	_, err := early.Close(t.Context())
	refused(t, err, fault.KeyInUse, "")
	batch, lines := ended(t, late)
	found := must(b.Batch(t.Context(), batch.ID))(t)
	equal(t, "tally", found.Tally, indicator.Tally{Rows: 5, Stored: 4, Refused: 1})
	equal(t, "receipts", again(t, a, batch.ID, 10), lines)
}

func waitsConnections(t *testing.T, a, b *store.Store) {
	withPlan(t, a, "p")
	in := withIndicator(t, a, "甲")
	whole := opened(t, b, indicator.Atomic, false, indicator.Idempotency{}, rowsOf(increment(in.Code, "2023-04", "1")))
	const waiting = 40
	results := make(chan error, waiting)
	for i := range waiting {
		w := must(a.OpenBatch(t.Context(), indicator.Partial, false, indicator.Idempotency{}))(t)
		t.Cleanup(w.Discard)
		go func() {
			results <- w.Write(t.Context(), rowsOf(increment(in.Code, dayAfter("2023-05-31", 1+i), "1")))
		}()
	}
	time.Sleep(100 * time.Millisecond) // for them to be waiting
	for range 5 {
		_, err := a.Indicator(soon(t), indicator.AllVisible(), in.Code)
		must(0, err)(t)
	}
	ended(t, whole)
	for range waiting {
		must(0, <-results)(t)
	}
}
