package fault_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func explode(n []int) int { return n[3] }

func TestGuard(t *testing.T) {
	t.Run("gives a panic as an internal fault with the place it came from", func(t *testing.T) {
		err := fault.Guard(func() error { explode(nil); return nil })
		var p *fault.Panic
		if !fault.Is(err, fault.Internal) || !errors.As(err, &p) || !strings.Contains(string(p.Stack), "fault_test.explode") {
			t.Errorf("%v", err)
		}
		if f := fault.From(err); strings.Contains(f.Detail.ZH+f.Detail.EN, "index") || !strings.Contains(err.Error(), "index out of range") {
			t.Errorf("shown %v, logged %s", f.Detail, err)
		}
	})
	t.Run("gives an error, or none, as it is", func(t *testing.T) {
		failed := errors.New("x")
		if err := fault.Guard(func() error { return failed }); !errors.Is(err, failed) {
			t.Error(err)
		}
		if err := fault.Guard(func() error { return nil }); err != nil {
			t.Error(err)
		}
	})
}
