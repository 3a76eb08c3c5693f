package storetest

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/store"
)

var momentBehaviours = []behaviour{
	{"moments: the ledger's head is that of the last change, whatever it changed", momentOfHead},
	{"moments: after a seal everything is later", momentSealed},
	{"profile: versions follow one another, and one that is not the newest is not followed", profileVersions},
}

func head(t *testing.T, s *store.Store) indicator.LedgerHead {
	t.Helper()
	return must(s.Head(t.Context()))(t)
}

func momentOfHead(t *testing.T, s *store.Store) {
	equal(t, "the head of an empty ledger", head(t, s), indicator.LedgerHead{Moment: time.UnixMicro(0).UTC()})
	last := head(t, s).Moment
	later := func(what string, recorded time.Time) {
		t.Helper()
		now := head(t, s).Moment
		if !recorded.After(last) || recorded.After(now) {
			t.Errorf("%s was recorded at %s, after %s and with the head at %s", what, recorded, last, now)
		}
		last = now
	}
	withPlan(t, s, "p")
	later("the plan", must(s.Plan(t.Context(), "p"))(t).UpdatedAt)
	in := withIndicator(t, s, "甲")
	later("the indicator", in.UpdatedAt)
	m := appended(t, s, increment(in.Code, "2023-09", "1"))
	later("the report", m.RecordedAt)
	receipt := must(s.Retract(t.Context(), m.ID, "x", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	later("the retraction", receipt.Measurement.RecordedAt)
	in.Name = "乙"
	later("the change", must(s.UpdateIndicator(t.Context(), in))(t).UpdatedAt)
}

func momentSealed(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	ahead := head(t, s).Moment.Add(24 * time.Hour) // of the clock, too
	if err := s.Seal(t.Context(), ahead); err != nil {
		t.Fatal(err)
	}
	if err := s.Seal(t.Context(), ahead.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	equal(t, "the head", head(t, s).Moment, ahead)
	if m := appended(t, s, increment(in.Code, "2023-09", "1")); !m.RecordedAt.After(ahead) {
		t.Errorf("recorded at %s, not after %s", m.RecordedAt, ahead)
	}
	known := must(s.MeasurementsOf(t.Context(), []string{in.Code}, ahead))(t)
	equal(t, "known at the seal", len(known[in.Code]), 0)
}

func profileVersions(t *testing.T, s *store.Store) {
	first := indicator.ProfileVersion{Content: `{"name":"一"}`, Timezone: "Asia/Shanghai"}
	equal(t, "added", must(s.AddProfile(t.Context(), first))(t), true)
	equal(t, "added beside it", must(s.AddProfile(t.Context(), first))(t), false)
	second := indicator.ProfileVersion{Version: 1, Content: `{"name":"二"}`, Timezone: "UTC"}
	equal(t, "added after it", must(s.AddProfile(t.Context(), second))(t), true)
	list := must(s.Profiles(t.Context()))(t)
	equal(t, "versions", len(list), 2)
	if !list[1].Since.After(list[0].Since) {
		t.Errorf("since %s and %s", list[0].Since, list[1].Since)
	}
	second.Version, second.Since = 2, list[1].Since
	equal(t, "the second", list[1], second)
	equal(t, "the head's version", head(t, s).Profile, 2)
	found := must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t)
	equal(t, "faults of the chain", len(found.Findings), 0)
}
