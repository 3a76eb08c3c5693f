package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var keyBehaviours = []behaviour{
	{"key: gives back what was stored", keyRoundTrip},
	{"key: says that there is none", keyMissing},
	{"key: lists in the order of creation, page by page", keyPages},
	{"key: rotation keeps the digest before until the moment given", keyRotated},
	{"key: neither an expired nor a revoked key can be rotated", keyInactive},
	{"key: revoking twice keeps the first moment", keyRevoked},
	{"key: the last use only moves forward", keyTouched},
	{"key: an id is given once", keyTwice},
	{"key: who made, rotated and revoked it is in the audit log", keyAudited},
	{"key: entries hold nothing of its tokens", keyAuditSecret},
	{"key: what was refused or changed nothing leaves no entry", keyAuditNothing},
	{"key: of rotations at once each takes up where another left", keyAuditAtOnce},
	{"setting: all that ask at once get the same", settingShared},
}

func sampleKey(id string) access.Key {
	return access.Key{ID: id, Name: "路政系统 'x'", Role: access.Reporter, Agencies: []string{"路政局", "河务局"}, Jurisdiction: "示范县", Digest: "d-" + id, CreatedBy: "local", Namespace: "erp"}
}

func withKey(t *testing.T, s *store.Store, k access.Key) access.Key {
	t.Helper()
	return must(s.CreateKey(t.Context(), k))(t)
}

func keyRoundTrip(t *testing.T, s *store.Store) {
	k := sampleKey("a")
	k.ExpiresAt = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	made := withKey(t, s, k)
	if made.CreatedAt.IsZero() {
		t.Error("no moment of creation")
	}
	k.CreatedAt, k.Jurisdiction, k.Bound = made.CreatedAt, "", boundTo(t, s, "示范县", "路政局", "河务局")
	for _, ref := range k.Bound {
		k.Acting = append(k.Acting, indicator.Acting{AgencyRef: ref, AnswersFor: []int64{ref.ID}})
	}
	equal(t, "made", made, k)
	equal(t, "read", must(s.Key(t.Context(), "a"))(t), k)
	admin := withKey(t, s, access.Key{ID: "b", Name: "n", Role: access.Admin, Digest: "e"})
	equal(t, "without agencies", must(s.Key(t.Context(), "b"))(t), admin)
}

func keyMissing(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	_, err := s.Key(t.Context(), "A")
	refused(t, err, fault.NotFound, "")
	_, err = s.RotateKey(t.Context(), "b", "x", time.Now())
	refused(t, err, fault.NotFound, "")
	_, err = s.RevokeKey(t.Context(), "b")
	refused(t, err, fault.NotFound, "")
	if err := s.TouchKeys(t.Context(), map[string]time.Time{"b": time.Now()}); err != nil {
		t.Error(err)
	}
	if k := must(s.Key(t.Context(), "a"))(t); k.Digest != "d-a" || !k.RevokedAt.IsZero() || !k.LastUsedAt.IsZero() {
		t.Errorf("another key changed: %+v", k)
	}
}

func keyPages(t *testing.T, s *store.Store) {
	for i := range 5 {
		withKey(t, s, sampleKey(fmt.Sprint(9-i)))
	}
	var ids []string
	page := indicator.Page{Limit: 2}
	for {
		keys, next, err := s.Keys(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			ids = append(ids, k.ID)
			equal(t, "agencies", k.Agencies, []string{"路政局", "河务局"})
		}
		if page.After = next; next == 0 {
			break
		}
	}
	equal(t, "ids", ids, []string{"9", "8", "7", "6", "5"})
}

func keyRotated(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	withKey(t, s, sampleKey("b"))
	until := time.Date(2023, 8, 1, 0, 0, 0, 5000, time.UTC)
	must(s.RotateKey(t.Context(), "a", "second", until.Add(-time.Hour)))(t)
	rotated := must(s.RotateKey(t.Context(), "a", "third", until))(t)
	if rotated.Digest != "third" || rotated.PreviousDigest != "second" || !rotated.PreviousUntil.Equal(until) {
		t.Errorf("rotated %+v", rotated)
	}
	equal(t, "read", must(s.Key(t.Context(), "a"))(t), rotated)
	if other := must(s.Key(t.Context(), "b"))(t); other.Digest != "d-b" || other.PreviousDigest != "" {
		t.Errorf("another key was rotated: %+v", other)
	}
}

func keyInactive(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("revoked"))
	must(s.RevokeKey(t.Context(), "revoked"))(t)
	old := sampleKey("expired")
	old.ExpiresAt = time.Date(2023, 7, 1, 0, 0, 0, 0, time.UTC) // in the night before the ticking clock began
	withKey(t, s, old)
	for _, id := range []string{"revoked", "expired"} {
		_, err := s.RotateKey(t.Context(), id, "x", time.Now())
		refused(t, err, fault.KeyInactive, "")
		if k := must(s.Key(t.Context(), id))(t); k.Digest != "d-"+id {
			t.Errorf("%s was rotated: %+v", id, k)
		}
	}
}

func keyRevoked(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	first := must(s.RevokeKey(t.Context(), "a"))(t)
	if first.RevokedAt.IsZero() {
		t.Error("not revoked")
	}
	equal(t, "again", must(s.RevokeKey(t.Context(), "a"))(t), first)
}

func keyTouched(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	withKey(t, s, sampleKey("b"))
	at := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	for _, moment := range []time.Time{at, at.Add(time.Minute), at.Add(-time.Minute)} {
		if err := s.TouchKeys(t.Context(), map[string]time.Time{"a": moment}); err != nil {
			t.Fatal(err)
		}
	}
	if k := must(s.Key(t.Context(), "a"))(t); !k.LastUsedAt.Equal(at.Add(time.Minute)) {
		t.Errorf("last used %s", k.LastUsedAt)
	}
	if k := must(s.Key(t.Context(), "b"))(t); !k.LastUsedAt.IsZero() {
		t.Errorf("another key was touched at %s", k.LastUsedAt)
	}
}

func keyTwice(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	_, err := s.CreateKey(t.Context(), sampleKey("a"))
	refused(t, err, fault.Internal, "")
	equal(t, "agencies", must(s.Key(t.Context(), "a"))(t).Agencies, []string{"路政局", "河务局"})
}

func audited(t *testing.T, s *store.Store) []indicator.AuditEntry {
	t.Helper()
	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{})
	must(0, err)(t)
	v := must(s.Verify(t.Context(), store.VerifyOptions{}))(t)
	equal(t, "findings", len(v.Findings), 0)
	equal(t, "entries", v.Entries, int64(len(entries)))
	return entries
}

func keyAudited(t *testing.T, s *store.Store) {
	actors := []indicator.Actor{
		{Key: "local"},
		{Key: "k1", Name: "局管理员", From: "10.0.0.1", RequestID: "r1"},
		{Key: "k2", Name: "值班", From: "10.0.0.2", RequestID: "r2"},
	}
	as := func(i int) context.Context { return indicator.WithActor(t.Context(), actors[i]) }
	k := sampleKey("a")
	k.Agencies = []string{}
	k.Role, k.ExpiresAt = access.Admin, time.Date(2024, 1, 1, 0, 0, 0, 0, time.FixedZone("", 8*60*60))
	made := must(s.CreateKey(as(0), k))(t)
	if err := s.TouchKeys(t.Context(), map[string]time.Time{"a": made.CreatedAt.Add(time.Minute)}); err != nil {
		t.Fatal(err)
	}
	must(s.RotateKey(as(1), "a", "second", made.CreatedAt.Add(time.Hour)))(t)
	must(s.RevokeKey(as(2), "a"))(t)

	entries := audited(t, s)
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	for i, action := range []string{"key.created", "key.rotated", "key.revoked"} {
		e := entries[i]
		equal(t, "action", e.Action, action)
		equal(t, "target", e.Target, "a")
		equal(t, "actor", e.Actor, actors[i])
		equal(t, "no measurement", e.FirstID+e.LastID, int64(0))
		equal(t, "length of the hash after", len(e.After), 32)
		if i == 0 {
			equal(t, "nothing before the first", len(e.Before), 0)
			continue
		}
		equal(t, "takes up where the entry before left", e.Before, entries[i-1].After)
		equal(t, "says that something changed", string(e.Before) != string(e.After), true)
	}
	found, _, err := s.Audit(t.Context(), indicator.AuditQuery{Action: "key.revoked", Target: "a", ActorKey: "k2"})
	equal(t, "selected", must(found, err)(t), entries[2:])
}

func keyAuditSecret(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	until := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	must(s.RotateKey(t.Context(), "a", "d-second", until))(t)
	must(s.RotateKey(t.Context(), "a", "d-third", until))(t)
	entries := audited(t, s)
	if len(entries) != 3 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		if text := fmt.Sprintf("%+v", e); strings.Contains(text, "d-") {
			t.Errorf("a digest is in %s", text)
		}
	}
	equal(t, "the digest has no part in what is hashed", entries[2].After, entries[2].Before)
}

func keyAuditNothing(t *testing.T, s *store.Store) {
	withKey(t, s, sampleKey("a"))
	must(s.RevokeKey(t.Context(), "a"))(t)
	must(s.RevokeKey(t.Context(), "a"))(t)
	_, err := s.RotateKey(t.Context(), "a", "x", time.Now())
	refused(t, err, fault.KeyInactive, "")
	_, err = s.RotateKey(t.Context(), "b", "x", time.Now())
	refused(t, err, fault.NotFound, "")
	_, err = s.RevokeKey(t.Context(), "b")
	refused(t, err, fault.NotFound, "")
	_, err = s.CreateKey(t.Context(), sampleKey("a"))
	refused(t, err, fault.Internal, "")
	if err := s.TouchKeys(t.Context(), map[string]time.Time{"a": time.Now()}); err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range audited(t, s) {
		actions = append(actions, e.Action)
	}
	equal(t, "actions", actions, []string{"key.created", "key.revoked"})
}

func keyAuditAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	withKey(t, s, sampleKey("a"))
	until := time.Date(2023, 8, 1, 0, 0, 0, 0, time.UTC)
	atOnce(12, func(i int) {
		if i%3 == 0 {
			appended(t, s, increment(in.Code, fmt.Sprintf("2023-%02d", 1+i), "1"))
			return
		}
		if _, err := s.RotateKey(t.Context(), "a", fmt.Sprint(i), until.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Error(err)
		}
	})
	var last indicator.AuditEntry
	count := 0
	for _, e := range audited(t, s) {
		if e.Target != "a" {
			continue
		}
		if count++; count > 1 {
			equal(t, "takes up where the entry before left", e.Before, last.After)
		}
		last = e
	}
	equal(t, "how many", count, 9)
}

func settingShared(t *testing.T, s *store.Store) {
	got := make([]string, 8)
	atOnce(len(got), func(i int) {
		value, err := s.Setting(t.Context(), "secret", fmt.Sprint(i))
		if err != nil {
			t.Error(err)
		}
		got[i] = value
	})
	for _, value := range got {
		if value == "" || value != got[0] {
			t.Errorf("settings %q", got)
		}
	}
	equal(t, "another", must(s.Setting(t.Context(), "other", "y"))(t), "y")
}
