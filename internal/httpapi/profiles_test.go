package httpapi_test

import (
	"testing"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// TestProfilesCanBeReadAgain follows profile_version of a figure to what judged it.
func TestProfilesCanBeReadAgain(t *testing.T) {
	a := newAPI(t)
	a.seed()
	if list := read[v1.ProfileVersions](a.get("/api/v1/profiles").want(200)).Items; len(list) != 0 {
		t.Errorf("%+v", list)
	}
	strict := progress.DefaultProfile()
	strict.Name = "从严"
	for _, p := range []progress.Profile{progress.DefaultProfile(), strict} {
		service := tracker.New(a.db, a.clock, time.UTC, p)
		if _, err := service.UseProfile(t.Context(), &p, time.UTC, true); err != nil {
			t.Fatal(err)
		}
	}
	judged := read[v1.ProgressPage](a.get("/api/v1/progress?limit=1").want(200)).Items[0]
	list := read[v1.ProfileVersions](a.get("/api/v1/profiles").want(200)).Items
	if len(list) != 2 || judged.ProfileVersion != 2 {
		t.Fatalf("%+v, judged by %d", list, judged.ProfileVersion)
	}
	p, err := progress.ParseProfile(list[judged.ProfileVersion-1].Profile)
	if err != nil || p.Name != strict.Name || list[1].Since.Before(list[0].Since) || list[1].Timezone == "" {
		t.Errorf("%+v, %v, of %+v", p, err, list[1])
	}
}
