package quantity_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

func TestSortKeysSortAsNumbersDo(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) quantity.Number {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,6})?`).Draw(t, "number")
		return quantity.MustNumber(text)
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		if got, want := strings.Compare(a.SortKey(), b.SortKey()), a.Cmp(b); got != want {
			t.Fatalf("%s has the key %q and %s has %q: they compare as %d, want %d", a, a.SortKey(), b, b.SortKey(), got, want)
		}
	})
	for _, same := range [][2]string{{"0", "-0"}, {"1.50", "1.5"}, {"-2.0", "-2"}} {
		if a, b := quantity.MustNumber(same[0]).SortKey(), quantity.MustNumber(same[1]).SortKey(); a != b {
			t.Errorf("%s and %s have the keys %q and %q", same[0], same[1], a, b)
		}
	}
}
