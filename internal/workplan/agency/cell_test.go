package agency

import (
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

func TestInCell(t *testing.T) {
	for text, want := range map[string][2][]string{
		"市人社局负责":          {{"市人社局"}, nil},
		"主办：市人社局 协办：市教育局": {{"市人社局"}, {"市教育局"}},
		"市民政局（牵头） 市卫健委":   {{"市民政局"}, {"市卫健委"}},
	} {
		s := prose.NewSource(text)
		lead, joint, ok := InCell(prose.NewSegment(s, s.Lines))
		if !ok || !slices.Equal(lead, want[0]) || !slices.Equal(joint, want[1]) {
			t.Errorf("%q lead and %q join in %q, want %q", lead, joint, text, want)
		}
	}
}
