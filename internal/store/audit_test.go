package store_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

// unguarded is a store without the triggers that keep rows, with the entries:
// 1 the plan, 2 and 3 the indicator, 4 to 6 a measurement each.
func unguarded(t *testing.T) *store.Store {
	t.Helper()
	s := opened(t, newFile(t))
	code := filled(t, s)
	append1(t, s, code)
	append1(t, s, code)
	execute(t, s, dropSQLite, "DROP TRIGGER measurements_keep_delete")
	return s
}

func execute(t *testing.T, s *store.Store, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		if _, err := s.Writer().ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func verified(t *testing.T, s *store.Store, earlier string) (store.Verification, string) {
	t.Helper()
	v, err := s.Verify(t.Context(), store.VerifyOptions{Earlier: earlier})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range v.Findings {
		if f.Says.ZH == "" || f.Says.ZH == f.Says.EN {
			t.Errorf("%q is said in one language", f.Says.EN)
		}
		found = append(found, f.Says.EN)
	}
	return v, strings.Join(found, " | ")
}

func TestVerifyNames(t *testing.T) {
	for _, c := range []struct {
		name  string
		done  []string
		finds []string
	}{
		{"the entry whose moment was altered", []string{"UPDATE audit_log SET at = '2023-01-01T00:00:00.000000Z' WHERE seq = 2"}, []string{"entry 2 was altered"}},
		{"the entry whose action was altered", []string{"UPDATE audit_log SET action = 'x' WHERE seq = 3"}, []string{"entry 3 was altered"}},
		{"the entry whose target was altered", []string{"UPDATE audit_log SET target = 'x' WHERE seq = 1"}, []string{"entry 1 was altered"}},
		{"the entry whose address was altered", []string{"UPDATE audit_log SET from_address = '10.0.0.9' WHERE seq = 6"}, []string{"entry 6 was altered"}},
		{"the entry whose hash was altered, and its follower", []string{"UPDATE audit_log SET hash = zeroblob(32) WHERE seq = 2"}, []string{"entry 2 was altered", "entry 3 was altered"}},
		{"the end when the last hash was altered", []string{"UPDATE audit_log SET hash = zeroblob(32) WHERE seq = 6"}, []string{"entry 6 was altered", "should end with entry 6"}},
		{"the first entry when it is missing", []string{"DELETE FROM audit_log WHERE seq = 1"}, []string{"entries 1 to 1 are missing", "entry 2 was altered"}},
		{"all entries of a gap", []string{"DELETE FROM audit_log WHERE seq BETWEEN 2 AND 3"}, []string{"entries 2 to 3 are missing", "entry 4 was altered"}},
		{"both entries that changed places", []string{
			"UPDATE audit_log SET seq = -2 WHERE seq = 2", "UPDATE audit_log SET seq = 2 WHERE seq = 3", "UPDATE audit_log SET seq = 3 WHERE seq = -2",
		}, []string{"entry 2 was altered", "entry 3 was altered", "entry 4 was altered", "what entry 2 says", "what entry 3 says"}},
		{"the end when all entries are gone", []string{"DELETE FROM audit_log"}, []string{"should end with entry 6"}},
		{"the end when the ledger was set back", []string{"UPDATE ledger SET audit_seq = 5"}, []string{"should end with entry 5"}},
		{"the measurement whose value was altered", []string{"UPDATE measurements SET value = '9.10' WHERE id = 1"}, []string{"measurements 1 to 1 of entry 4"}},
		{"the measurement that was made a share", []string{"UPDATE measurements SET numerator = '1', denominator = '2' WHERE id = 2"}, []string{"measurements 2 to 2 of entry 5"}},
		{"the measurement that was removed", []string{"DELETE FROM measurements WHERE id = 3"}, []string{"measurements 3 to 3 of entry 6", "state of the indicator p-1-1 is not as the measurement 2"}},
		{"measurements that no entry speaks of", []string{
			"INSERT INTO measurements (indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at) " +
				"SELECT indicator_id, period, basis, 9, value, unit, '', '', '', 0, recorded_at FROM measurements WHERE id = 3",
		}, []string{"the measurement 4", "state of the indicator p-1-1 is not as the measurement 4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := unguarded(t)
			if _, found := verified(t, s, ""); found != "" {
				t.Fatalf("before: %s", found)
			}
			execute(t, s, c.done...)
			_, found := verified(t, s, "")
			for _, want := range c.finds {
				if !strings.Contains(found, want) {
					t.Errorf("found %q, want %q in it", found, want)
				}
			}
			if n := strings.Count(found, " | ") + 1; n > len(c.finds) {
				t.Errorf("%d findings, want %d: %s", n, len(c.finds), found)
			}
		})
	}
}

// forge alters an entry and makes the chain anew from it on, ledger and all.
func forge(t *testing.T, s *store.Store, from int64) {
	t.Helper()
	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var before []byte
	for _, e := range entries {
		if e.Seq >= from {
			e.Actor.Name = "forged"
			e.Hash = store.Link(before, e)
			if _, err := s.Writer().ExecContext(t.Context(), "UPDATE audit_log SET actor_name = $1, hash = $2 WHERE seq = $3", e.Actor.Name, e.Hash, e.Seq); err != nil {
				t.Fatal(err)
			}
		}
		before = e.Hash
	}
	if _, err := s.Writer().ExecContext(t.Context(), "UPDATE ledger SET audit_hash = $1", before); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyAgainstAnEarlierHash(t *testing.T) {
	s := unguarded(t)
	v, _ := verified(t, s, "")
	noted := hex.EncodeToString(v.Hash)
	t.Run("finds nothing while the chain only grows", func(t *testing.T) {
		append1(t, s, "p-1-1")
		now, found := verified(t, s, noted)
		if found != "" || now.Entries != 7 || now.Measurements != 4 || hex.EncodeToString(now.Hash) == noted {
			t.Errorf("%+v: %s", now, found)
		}
	})
	t.Run("still finds nothing when what came later was made anew", func(t *testing.T) {
		forge(t, s, 7)
		if _, found := verified(t, s, noted); found != "" {
			t.Error(found)
		}
	})
	t.Run("finds a chain that was made anew from before it", func(t *testing.T) {
		forge(t, s, 3)
		if _, found := verified(t, s, ""); found != "" {
			t.Fatalf("the forgery is not whole: %s", found)
		}
		if _, found := verified(t, s, noted); !strings.Contains(found, noted+" is not in the chain") {
			t.Errorf("found %q", found)
		}
	})
}

func TestVerifyBoundsItsFindings(t *testing.T) {
	s := unguarded(t)
	for range 40 {
		append1(t, s, "p-1-1")
	}
	execute(t, s, "UPDATE audit_log SET actor_name = 'x' WHERE seq > 6")
	if v, _ := verified(t, s, ""); len(v.Findings) != 20 || v.Entries != 46 {
		t.Errorf("%d findings over %d entries", len(v.Findings), v.Entries)
	}
}

func TestLinkTellsEveryDifference(t *testing.T) {
	text := rapid.StringN(0, 6, -1)
	entry := rapid.Custom(func(rt *rapid.T) indicator.AuditEntry {
		return indicator.AuditEntry{
			Seq: rapid.Int64Range(1, 3).Draw(rt, "seq"), At: time.UnixMicro(rapid.Int64Range(0, 3).Draw(rt, "at")),
			FirstID: rapid.Int64Range(0, 3).Draw(rt, "first"), LastID: rapid.Int64Range(0, 3).Draw(rt, "last"),
			Actor:  indicator.Actor{Key: text.Draw(rt, "key"), Name: text.Draw(rt, "name"), From: text.Draw(rt, "from"), RequestID: text.Draw(rt, "request")},
			Action: text.Draw(rt, "action"), Target: text.Draw(rt, "target"),
			Before: []byte(text.Draw(rt, "before")), After: []byte(text.Draw(rt, "after")),
		}
	})
	rapid.Check(t, func(rt *rapid.T) {
		one, other := entry.Draw(rt, "one"), entry.Draw(rt, "other")
		a, b := text.Draw(rt, "hash before one"), text.Draw(rt, "hash before other")
		same := a == b && fmt.Sprintf("%#v", one) == fmt.Sprintf("%#v", other)
		if equal := string(store.Link([]byte(a), one)) == string(store.Link([]byte(b), other)); equal != same {
			rt.Fatalf("hashes equal %t, entries equal %t", equal, same)
		}
	})
	for name, shift := range map[string]func(*indicator.AuditEntry){
		"key and name":      func(e *indicator.AuditEntry) { e.Actor.Key, e.Actor.Name = "ab", "" },
		"action and target": func(e *indicator.AuditEntry) { e.Action, e.Target = "cd", "" },
		"before and after":  func(e *indicator.AuditEntry) { e.Before, e.After = []byte("ef"), nil },
	} {
		t.Run("as does the border between "+name, func(t *testing.T) {
			e := indicator.AuditEntry{Seq: 1, Actor: indicator.Actor{Key: "a", Name: "b"}, Action: "c", Target: "d", Before: []byte("e"), After: []byte("f")}
			before := store.Link(nil, e)
			shift(&e)
			if string(store.Link(nil, e)) == string(before) {
				t.Error("two entries have one hash")
			}
		})
	}
}
