// Package storetest holds the behaviour that every engine of the store must
// show, as one suite that the tests of each engine run.
package storetest

import (
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

type behaviour struct {
	name string
	run  func(t *testing.T, s *store.Store)
}

// together is a behaviour of two stores that are open on one database, as two
// processes have it.
type together struct {
	name string
	run  func(t *testing.T, a, b *store.Store)
}

// Run shows every behaviour on a database of its own. Each call of database must
// name an empty one.
func Run(t *testing.T, database func(t *testing.T) string) {
	shown := 0
	for _, group := range [][]behaviour{planBehaviours, indicatorBehaviours, queryBehaviours, sortBehaviours, measurementBehaviours, figuresBehaviours, missingBehaviours, historyBehaviours, ledgerBehaviours, headBehaviours, batchBehaviours, modelBehaviours, reviewBehaviours, amendmentBehaviours, externalBehaviours, keyBehaviours, sessionBehaviours, agencyBehaviours, agencyEventBehaviours, serviceBehaviours, momentBehaviours, loopBehaviours, watchBehaviours} {
		for _, b := range group {
			t.Run(b.name, func(t *testing.T) { b.run(t, open(t, database(t), Ticking())) })
			shown++
		}
	}
	for _, b := range slices.Concat(togetherBehaviours, panicBehaviours, waitBehaviours) {
		t.Run(b.name, func(t *testing.T) {
			address, clock := database(t), Ticking()
			b.run(t, open(t, address, clock), open(t, address, clock))
		})
		shown++
	}
	t.Logf("%d behaviours", shown)
}

func open(t *testing.T, database string, clock func() time.Time) *store.Store {
	t.Helper()
	s := must(store.Open(t.Context(), database, clock))(t)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// Ticking returns a clock that is a second and some nanoseconds later each time
// it is read, so that the moments of two records always differ.
func Ticking() func() time.Time {
	var mu sync.Mutex
	at := time.Date(2023, time.July, 1, 8, 0, 0, 0, time.FixedZone("", 8*60*60))
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(time.Second + 1234567*time.Nanosecond)
		return at
	}
}

// equal compares records digit for digit; nil and empty lists are the same.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	opts := cmp.Options{
		cmpopts.EquateEmpty(),
		cmp.Comparer(func(a, b quantity.Number) bool { return a.String() == b.String() }),
		cmp.Exporter(func(reflect.Type) bool { return true }),
	}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// refused checks the code and the field of an error.
func refused(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	f := fault.From(err)
	if f == nil || f.Code != code || f.Field != field {
		t.Errorf("error %v, want %s at %q", err, code, field)
	}
}

func must[V any](v V, err error) func(t *testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// atOnce runs n calls at the same time and waits for them.
func atOnce(n int, call func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { call(i) })
	}
	wg.Wait()
}

func day(s string) indicator.Date {
	d, err := indicator.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func period(s string) indicator.Period {
	p, err := indicator.ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

func number(s string) *quantity.Number {
	n := quantity.MustNumber(s)
	return &n
}
