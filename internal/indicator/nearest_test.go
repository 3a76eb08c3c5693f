package indicator_test

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestNearest(t *testing.T) {
	among := []string{"市工信局", "市发改局", "市工信局", "市工业和信息化局", "qingzhou-2023", "qingzhou-2024", "donghe-2023"}
	for name, want := range map[string][]string{
		"市工信委":          {"市工信局"},
		"市工信":           {"市工信局"},
		"qingzhou-2025": {"qingzhou-2023", "qingzhou-2024", "donghe-2023"},
		"qingzou-2023":  {"qingzhou-2023", "qingzhou-2024", "donghe-2023"},
		"没有":            {},
		"":              {},
	} {
		if got := indicator.Nearest(name, among, 5); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := indicator.Nearest("市工信委", among, 1); !slices.Equal(got, []string{"市工信局"}) {
		t.Errorf("one of them: %q", got)
	}
}
