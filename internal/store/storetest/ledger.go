package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
)

var ledgerBehaviours = []behaviour{
	{"source: the same content is unchanged while it stands, and superseded after other revisions", sourceAfterOthers},
	{"source: an id of one period is refused for another until it is retracted", sourceMoves},
	{"source: what it said before is said anew while its own word stands, whatever it took back elsewhere", sourceTurnsBack},
	{"source: names that are stored are found among new ones, wherever they stand", sourceAmongOthers},
	{"source: a report checked against an older version of its indicator is refused", sourceStale},
	{"retraction: the key counts no more, and a later report is a revision", retractionFallsBack},
	{"retraction: makes room for a period that overlapped", retractionMakesRoom},
	{"retraction: of an older revision or of nothing is refused", retractionRefused},
	{"trial: a report is judged as it would be, and nothing is stored", trialStoresNothing},
	{"revisions: each names the one that took its place", successors},
	{"key: the stored answer comes back, another payload is refused", keyReplayed},
	{"key: of many at a time one is stored", keyAtOnce},
	{"key: an answer that has expired is forgotten", keyExpires},
	{"feed: read to the end while writers write, it misses and repeats nothing", feedWhileWriting},
	{"audit: every write leaves an entry, and the chain is whole", auditWhole},
	{"audit: selects by actor, action, target and time", auditSelects},
	{"list: refused rows of a partial list leave the others", listPartial},
	{"list: is stored after something new was said of a cycle", listAfterACycleWasChanged},
}

func sourced(code, of, value, source string) indicator.Measurement {
	m := increment(code, of, value)
	m.SourceID = source
	return m
}

func sourceAfterOthers(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	first := appended(t, s, sourced(in.Code, "2023-09", "1", "a"))
	again, outcome, err := Report(t.Context(), s, sourced(in.Code, "2023-09", "1.0", "a"))
	equal(t, "returned", must(again, err)(t), first)
	equal(t, "outcome", outcome, indicator.Unchanged)
	second := appended(t, s, sourced(in.Code, "2023-09", "2", "b"))
	again, outcome, err = Report(t.Context(), s, sourced(in.Code, "2023-09", "1.0", "a"))
	equal(t, "returned", must(again, err)(t), second)
	equal(t, "outcome", outcome, indicator.Superseded)
	equal(t, "what counts", newest(t, s, in.Code)[0].Value.String(), "2")
}

// sourceAmongOthers repeats one stored name in lists of new ones that sort around it.
func sourceAmongOthers(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	appended(t, s, sourced(in.Code, "2023-09", "1", "镇-5"))
	for i, names := range [][2]string{{"镇-6", "镇-7"}, {"镇-1", "镇-2"}, {"镇-3", "镇-8"}, {"9", "~"}} {
		period := fmt.Sprintf("2022-%02d", i+1)
		rows := rowsOf(
			sourced(in.Code, period, "2", names[0]),
			sourced(in.Code, "2023-09", "1", "镇-5"),
			sourced(in.Code, period, "3", names[1]),
		)
		receipts := must(s.Append(t.Context(), rows, indicator.Partial))(t)
		for row, want := range []indicator.Outcome{indicator.Stored, indicator.Unchanged, indicator.Revised} {
			equal(t, fmt.Sprintf("%v, row %d", names, row), receipts[row].Outcome, want)
		}
	}
	equal(t, "how many", len(listed(t, s, in.Code)), 9)
}

func sourceMoves(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	first := appended(t, s, sourced(in.Code, "2023-09", "1", "a"))
	_, _, err := Report(t.Context(), s, sourced(in.Code, "2023-10", "1", "a"))
	refused(t, err, fault.SourceIDTaken, "/source_id")
	appended(t, s, sourced(other.Code, "2023-10", "1", "a")) // the key is the indicator's own

	_, err = s.Retract(t.Context(), first.ID, "报告期有误", indicator.Reporter{}, 0, indicator.RowCycle{})
	must(0, err)(t)
	_, outcome, err := Report(t.Context(), s, sourced(in.Code, "2023-10", "1", "a"))
	equal(t, "outcome", must(outcome, err)(t), indicator.Stored)
}

func sourceStale(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	must(s.UpdateIndicator(t.Context(), in))(t)
	_, _, err := s.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-09", "1"), Version: 1}, indicator.Idempotency{})
	refused(t, err, fault.PreconditionFailed, "/indicator")
	receipt, _, err := s.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-09", "1"), Version: 2}, indicator.Idempotency{})
	equal(t, "outcome", must(receipt, err)(t).Outcome, indicator.Stored)
	equal(t, "inputs", len(receipt.Current), 1)
}

func retractionFallsBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	appended(t, s, sourced(in.Code, "2023-09", "1", "a"))
	second := appended(t, s, sourced(in.Code, "2023-09", "2", "a"))
	october := appended(t, s, increment(in.Code, "2023-10", "3"))

	actor := indicator.WithActor(t.Context(), indicator.Actor{Key: "k"})
	done := must(s.Retract(actor, second.ID, "重复统计", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	equal(t, "outcome", done.Outcome, indicator.Retracted)
	equal(t, "retracts", done.Measurement.Retracts, second.ID)
	equal(t, "reason", done.Measurement.Note, "重复统计")
	equal(t, "what counts", newest(t, s, in.Code), []indicator.Measurement{october})
	equal(t, "inputs", current(t, s, in.Code, time.Time{}), []int64{october.ID})
	equal(t, "before it", current(t, s, in.Code, done.Measurement.RecordedAt.Add(-time.Microsecond)), []int64{second.ID, october.ID})
	equal(t, "history", len(listed(t, s, in.Code)), 4)

	again := must(s.Retract(t.Context(), second.ID, "另一原因", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	equal(t, "again", again.Outcome, indicator.Unchanged)
	equal(t, "the same", again.Measurement, done.Measurement)

	stands, outcome, err := Report(t.Context(), s, sourced(in.Code, "2023-09", "2", "a"))
	equal(t, "sent again, what stands", must(stands, err)(t), done.Measurement)
	equal(t, "outcome", outcome, indicator.Superseded)
	equal(t, "does not count", current(t, s, in.Code, time.Time{}), []int64{october.ID})

	row := indicator.Row{Measurement: sourced(in.Code, "2023-09", "2", "a"), Replaces: done.Measurement.ID}
	receipt, _, err := s.Submit(t.Context(), row, indicator.Idempotency{})
	back := must(receipt, err)(t).Measurement
	equal(t, "revision", back.Revision, 4)
	equal(t, "outcome", receipt.Outcome, indicator.Revised)
	equal(t, "counts again", current(t, s, in.Code, time.Time{}), []int64{back.ID, october.ID})
}

// sourceTurnsBack has the last record of a source in another period than what stands of
// it: what is known of nobody is of every agency.
func sourceTurnsBack(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	report := func(of, value string, by indicator.Reporter) indicator.Receipt {
		m := sourced(in.Code, of, value, "b")
		m.ReportedBy = by
		receipt, _, err := s.Submit(t.Context(), indicator.Row{Measurement: m}, indicator.Idempotency{})
		return must(receipt, err)(t)
	}
	bureau := indicator.Reporter{Agency: "甲局", Key: "a"}
	october := report("2023-10", "5", bureau).Measurement
	report("2023-09", "1", indicator.Reporter{})
	report("2023-09", "2", indicator.Reporter{})
	must(s.Retract(t.Context(), october.ID, "误报", bureau, 0, indicator.RowCycle{}))(t)

	equal(t, "outcome", report("2023-09", "2", bureau).Outcome, indicator.Unchanged)
	again := report("2023-09", "1", bureau)
	equal(t, "outcome", again.Outcome, indicator.Revised)
	equal(t, "counts", current(t, s, in.Code, time.Time{}), []int64{again.Measurement.ID})
}

func trialStoresNothing(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	first := appended(t, s, sourced(in.Code, "2023-09", "1", "a"))
	before := must(s.Head(t.Context()))(t)
	try := func(m indicator.Measurement) indicator.Receipt {
		return must(s.Try(t.Context(), indicator.Row{Measurement: m}))(t)
	}
	made := try(sourced(in.Code, "2023-09", "2", "b"))
	equal(t, "outcome", made.Outcome, indicator.Revised)
	equal(t, "revision", made.Measurement.Revision, 2)
	equal(t, "id", made.Measurement.ID, int64(0))
	equal(t, "inputs", made.Current[0].Value.String(), "2")
	equal(t, "known", made.At, before.Moment)
	equal(t, "a repetition", try(sourced(in.Code, "2023-09", "1", "a")).Measurement, first)
	_, err := s.Try(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-Q3", "3")})
	refused(t, err, fault.PeriodOverlap, "/period")
	_, err = s.Try(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-10", "3"), Version: in.Version + 1})
	refused(t, err, fault.PreconditionFailed, "/indicator")

	equal(t, "history", listed(t, s, in.Code), []indicator.Measurement{first})
	equal(t, "head", must(s.Head(t.Context()))(t), before)
	second := appended(t, s, sourced(in.Code, "2023-09", "3", "b"))
	equal(t, "the next revision", second.Revision, 2)
	equal(t, "superseded", try(sourced(in.Code, "2023-09", "1", "a")).Measurement, second)
}

func successors(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	first := appended(t, s, increment(in.Code, "2023-09", "1"))
	october := appended(t, s, increment(in.Code, "2023-10", "1"))
	second := appended(t, s, increment(in.Code, "2023-09", "2"))
	back := must(s.Retract(t.Context(), second.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t).Measurement
	for of, want := range map[indicator.Measurement]indicator.Measurement{first: second, second: back, back: {}, october: {}} {
		equal(t, fmt.Sprint("after ", of.ID), must(s.Successor(t.Context(), of))(t), want)
	}
}

func current(t *testing.T, s *store.Store, code string, at time.Time) []int64 {
	t.Helper()
	var ids []int64
	for _, m := range must(s.Current(t.Context(), []string{code}, at))(t)[code] {
		ids = append(ids, m.ID)
	}
	return ids
}

func retractionMakesRoom(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	quarter := appended(t, s, increment(in.Code, "2023-Q3", "9"))
	_, _, err := Report(t.Context(), s, increment(in.Code, "2023-09", "3"))
	refused(t, err, fault.PeriodOverlap, "/period")
	must(s.Retract(t.Context(), quarter.ID, "应按月报送", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)
	appended(t, s, increment(in.Code, "2023-09", "3"))
	_, _, err = Report(t.Context(), s, increment(in.Code, "2023-Q3", "9")) // its key is known and must not slip past
	refused(t, err, fault.PeriodOverlap, "/period")
}

func retractionRefused(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	first := appended(t, s, increment(in.Code, "2023-09", "1"))
	second := appended(t, s, increment(in.Code, "2023-09", "2"))
	_, err := s.Retract(t.Context(), first.ID, "x", indicator.Reporter{}, 0, indicator.RowCycle{})
	refused(t, err, fault.Superseded, "")
	_, err = s.Retract(t.Context(), second.ID+1000, "x", indicator.Reporter{}, 0, indicator.RowCycle{})
	refused(t, err, fault.NotFound, "")
	_, err = s.Retract(t.Context(), second.ID, "x", indicator.Reporter{}, in.Version+1, indicator.RowCycle{})
	refused(t, err, fault.PreconditionFailed, "/indicator")
	equal(t, "history", len(listed(t, s, in.Code)), 2)
}

func key(scope, payload string) indicator.Idempotency {
	return indicator.Idempotency{Scope: scope, Fingerprint: []byte(payload), ExpiresAt: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func keyReplayed(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	row := indicator.Row{Measurement: increment(in.Code, "2023-09", "1.50")}
	receipt, replay, err := s.Submit(t.Context(), row, key("k", "1"))
	equal(t, "outcome", must(receipt, err)(t).Outcome, indicator.Stored)
	equal(t, "no replay", replay == nil, true)

	// What comes after it is not part of what is told again.
	must(0, s.AppendMeasurements(t.Context(), []indicator.Measurement{increment(in.Code, "2023-09", "2"), increment(in.Code, "2023-10", "3")}))(t)
	changed := in
	changed.Name = "乙"
	must(s.UpdateIndicator(t.Context(), changed))(t)
	want := &indicator.Answered{Receipt: receipt, Indicator: in}
	_, replay, err = s.Submit(t.Context(), row, key("k", "1"))
	equal(t, "replay", must(replay, err)(t), want)
	equal(t, "looked up", must(s.Replay(t.Context(), key("k", "1")))(t), want)
	_, _, err = s.Submit(t.Context(), row, key("k", "2"))
	refused(t, err, fault.KeyReused, "")
	_, err = s.Replay(t.Context(), key("k", "2"))
	refused(t, err, fault.KeyReused, "")
	equal(t, "stored once", len(listed(t, s, in.Code)), 3)

	// A refused report leaves the key free.
	_, _, err = s.Submit(t.Context(), indicator.Row{Measurement: increment("p-9-9", "2023-09", "1")}, key("l", "1"))
	refused(t, err, fault.UnknownIndicator, "/indicator")
	_, replay, err = s.Submit(t.Context(), row, key("l", "2"))
	equal(t, "free", must(replay == nil, err)(t), true)
}

func keyAtOnce(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	atOnce(16, func(int) {
		if _, _, err := s.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-09", "1")}, key("k", "1")); err != nil {
			t.Error(err)
		}
	})
	equal(t, "how many", len(listed(t, s, in.Code)), 1)
}

func keyExpires(t *testing.T, s *store.Store) {
	past := key("k", "1")
	past.ExpiresAt = time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, k := range []indicator.Idempotency{past, key("l", "1")} {
		if err := s.SaveIdempotentBatch(t.Context(), k, "b"); err != nil {
			t.Fatal(err)
		}
	}
	found, err := s.Replay(t.Context(), past)
	equal(t, "expired", must(found == nil, err)(t), true)
	equal(t, "forgotten", must(s.ForgetAnswers(t.Context()))(t), int64(1))
	equal(t, "kept", must(s.Replay(t.Context(), key("l", "1")))(t).Batch, "b")
}

// readFeed reads on from a position until a page has no more.
func readFeed(t *testing.T, s *store.Store, after int64, limit int) (ids []int64) {
	t.Helper()
	for {
		page, next, more, err := s.Feed(t.Context(), indicator.FeedSelection{}, indicator.Page{After: after, Limit: limit})
		for _, m := range must(page, err)(t) {
			ids = append(ids, m.ID)
		}
		if after = next; !more {
			return ids
		}
	}
}

func feedWhileWriting(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	const writers, each = 8, 25
	writing, stop := context.WithCancel(t.Context())
	var seen []int64
	var reading sync.WaitGroup
	reading.Go(func() {
		for after := int64(0); ; {
			ended := writing.Err() != nil
			ids := readFeed(t, s, after, 7)
			seen = append(seen, ids...)
			if len(ids) > 0 {
				after = ids[len(ids)-1]
			}
			if ended {
				return
			}
		}
	})
	atOnce(writers, func(w int) {
		for i := range each {
			switch {
			case w == 0:
				stored := appended(t, s, increment(other.Code, "2023-09", fmt.Sprint(i)))
				if _, err := s.Retract(t.Context(), stored.ID, "x", indicator.Reporter{}, 0, indicator.RowCycle{}); err != nil {
					t.Error(err)
				}
			case w == 1:
				rows := []indicator.Row{{Measurement: increment(in.Code, "2023-08", "1")}, {Measurement: increment(in.Code, "2023-09", "1")}}
				if _, err := s.Append(t.Context(), rows, indicator.Atomic); err != nil {
					t.Error(err)
				}
			default:
				appended(t, s, increment(in.Code, fmt.Sprintf("2023-%02d", w), fmt.Sprint(i)))
			}
		}
	})
	stop()
	reading.Wait()
	equal(t, "seen", len(seen), (writers+2)*each)
	for i, id := range seen {
		if i > 0 && id <= seen[i-1] {
			t.Fatalf("id %d after %d", id, seen[i-1])
		}
	}
}

func auditWhole(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	in = must(s.UpdateIndicator(t.Context(), in))(t)
	stored := appended(t, s, increment(in.Code, "2023-09", "1"))
	appended(t, s, increment(in.Code, "2023-10", "1"))
	must(s.Append(t.Context(), []indicator.Row{{Measurement: increment(in.Code, "2023-09", "2")}, {Measurement: increment(in.Code, "2023-10", "2")}}, indicator.Partial))(t)
	_, err := s.Retract(t.Context(), stored.ID, "x", indicator.Reporter{}, 0, indicator.RowCycle{})
	refused(t, err, fault.Superseded, "")
	must(s.Retract(t.Context(), stored.ID+3, "x", indicator.Reporter{}, 0, indicator.RowCycle{}))(t)

	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{})
	var actions []string
	for _, e := range must(entries, err)(t) {
		actions = append(actions, e.Action)
		if len(e.After) != 32 || len(e.Hash) != 32 || e.At.IsZero() {
			t.Errorf("entry %+v", e)
		}
	}
	equal(t, "actions", actions, []string{
		"plan.imported", "indicator.created", "indicator.changed", "measurement.stored", "measurement.stored",
		"measurements.appended", "measurement.retracted",
	})
	equal(t, "before a change is after the creation", entries[2].Before, entries[1].After)
	v := must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t)
	equal(t, "findings", len(v.Findings), 0)
	equal(t, "entries", v.Entries, int64(7))
	equal(t, "measurements", v.Measurements, int64(5))
}

func auditSelects(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	alice := indicator.WithActor(t.Context(), indicator.Actor{Key: "k1", Name: "市工信局", From: "10.0.0.1", RequestID: "r1"})
	if _, _, err := Report(alice, s, increment(in.Code, "2023-09", "1")); err != nil {
		t.Fatal(err)
	}
	all, _, err := s.Audit(t.Context(), indicator.AuditQuery{})
	last := must(all, err)(t)[2]
	equal(t, "actor", last.Actor, indicator.Actor{Key: "k1", Name: "市工信局", From: "10.0.0.1", RequestID: "r1"})
	for _, c := range []struct {
		q    indicator.AuditQuery
		want int
	}{
		{indicator.AuditQuery{ActorKey: "k1"}, 1},
		{indicator.AuditQuery{ActorKey: "k2"}, 0},
		{indicator.AuditQuery{Action: "indicator.created"}, 1},
		{indicator.AuditQuery{Target: in.Code}, 2},
		{indicator.AuditQuery{From: last.At}, 1},
		{indicator.AuditQuery{To: last.At}, 2},
	} {
		found, _, err := s.Audit(t.Context(), c.q)
		equal(t, fmt.Sprintf("%+v", c.q), len(must(found, err)(t)), c.want)
	}
	page, next, err := s.Audit(t.Context(), indicator.AuditQuery{Page: indicator.Page{Limit: 2}})
	equal(t, "page", len(must(page, err)(t)), 2)
	page, _, err = s.Audit(t.Context(), indicator.AuditQuery{Page: indicator.Page{After: next, Limit: 2}})
	equal(t, "rest", must(page, err)(t), []indicator.AuditEntry{last})
}

func listPartial(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	rows := []indicator.Row{
		{Measurement: sourced(in.Code, "2023-09", "1", "a")},
		{Measurement: increment("p-9-9", "2023-09", "1")},
		{Measurement: sourced(in.Code, "2023-09", "1", "a")},
		{Refusal: fault.Newf(fault.WrongType, "x", "x")},
		{Measurement: sourced(in.Code, "2023-09", "2", "a")},
		{Measurement: increment(in.Code, "2023-Q3", "1")},
	}
	rows[0].Measurement.Unit = quantity.MustUnit("公里")
	var outcomes []indicator.Outcome
	for _, r := range must(s.Append(t.Context(), rows, indicator.Partial))(t) {
		outcomes = append(outcomes, r.Outcome)
	}
	equal(t, "outcomes", outcomes, []indicator.Outcome{
		indicator.Stored, indicator.Refused, indicator.Unchanged, indicator.Refused, indicator.Revised, indicator.Refused,
	})
	equal(t, "history", len(listed(t, s, in.Code)), 2)
}

// listAfterACycleWasChanged has what judging takes change between the lists: it is read before their
// rows are on their way, for which the connection takes no query.
func listAfterACycleWasChanged(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	bureau := indicator.Reporter{Agency: "甲局", Key: "a"}
	for i, kind := range []string{loop.CycleLocked, loop.CycleReopened, loop.CycleLocked} {
		write(t, s, 0, loop.Draft{Kind: loop.KindCycle, Type: kind, Plan: "p", About: loop.AboutPeriod(period("2023-08")), Content: []byte(`{}`)})
		var rows []indicator.Row
		for _, of := range []string{"2023-08", "2023-09"} {
			m := increment(in.Code, of, fmt.Sprint(i+1))
			m.ReportedBy = bureau
			rows = append(rows, indicator.Row{Measurement: m, Cycle: indicator.RowCycle{Plan: "p", Period: period(of), Today: indicator.DateOf(2023, 10, 1)}})
		}
		receipts := must(s.Append(t.Context(), rows, indicator.Partial))(t)
		want := []indicator.Outcome{indicator.Refused, indicator.Revised}
		if kind == loop.CycleReopened {
			want[0] = indicator.Stored
		}
		if i == 0 {
			want[1] = indicator.Stored
		}
		equal(t, kind, []indicator.Outcome{receipts[0].Outcome, receipts[1].Outcome}, want)
	}
}
