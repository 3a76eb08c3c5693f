package storetest

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var headBehaviours = []behaviour{
	{"head: is the last entry, with what is stored and the last moment", headOfChain},
	{"head: is of one snapshot while others write", headTogether},
	{"head: the chain goes on from every one that was kept", headKept},
}

func headOfChain(t *testing.T, s *store.Store) {
	empty := must(s.AuditHead(t.Context()))(t)
	equal(t, "entries before the first", empty.Seq, int64(0))
	equal(t, "hash before the first", len(empty.Hash), 0)
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	last := appended(t, s, increment(in.Code, "2023-09", "1"))
	head := must(s.AuditHead(t.Context()))(t)
	entries := audited(t, s)
	equal(t, "entries", head.Seq, int64(len(entries)))
	equal(t, "hash", string(head.Hash), string(entries[len(entries)-1].Hash))
	equal(t, "moment", head.Moment, last.RecordedAt)
	equal(t, "last measurement", head.LastMeasurement, last.ID)
	equal(t, "plans", head.Plans, int64(1))
	equal(t, "indicators", head.Indicators, int64(1))
	equal(t, "again", must(s.AuditHead(t.Context()))(t).Moment, head.Moment)
}

func headTogether(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	before := must(s.AuditHead(t.Context()))(t)
	const rows = 40
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := range rows {
			m := increment(in.Code, "2023-09", fmt.Sprint(i+1))
			if _, _, err := Report(t.Context(), s, m); err != nil {
				t.Error(err)
			}
		}
	})
	for head := before; head.LastMeasurement < rows; {
		next := must(s.AuditHead(t.Context()))(t)
		// One report at a time: an entry for each measurement, and neither without the other.
		equal(t, "measurements for the entries", next.LastMeasurement, next.Seq-before.Seq)
		if next.Seq < head.Seq || next.Moment.Before(head.Moment) {
			t.Errorf("head %+v after %+v", next, head)
		}
		head = next
	}
	wait.Wait()
}

func headKept(t *testing.T, s *store.Store) {
	kept := []indicator.KeptHead{{Line: 1, Head: must(s.AuditHead(t.Context()))(t)}}
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	for i := range 3 {
		appended(t, s, increment(in.Code, fmt.Sprintf("2023-%02d", i+1), "1"))
		kept = append(kept, indicator.KeptHead{Line: i + 2, Head: must(s.AuditHead(t.Context()))(t)})
	}
	found := func(heads ...indicator.KeptHead) (all []string) {
		t.Helper()
		for _, f := range must(s.Verify(t.Context(), store.VerifyOptions{Heads: heads}))(t).Findings {
			all = append(all, f.Kind+" "+f.Name+": "+f.Says.EN)
		}
		return all
	}
	equal(t, "findings", found(kept...), []string(nil))
	last := kept[3].Head
	for name, c := range map[string]struct {
		change func(h *indicator.KeptHead)
		says   string
	}{
		"an entry that is gone":        {func(h *indicator.KeptHead) { h.Head.Seq++ }, fmt.Sprintf("the audit chain had entry %d then, which is gone: it was cut, or the database was made anew", last.Seq+1)},
		"another hash":                 {func(h *indicator.KeptHead) { h.Head.Hash = bytes.Repeat([]byte{1}, 32) }, fmt.Sprintf("entry %d of the audit chain is not what it was then: the chain was rewritten, or the database was made anew", last.Seq)},
		"a later moment":               {func(h *indicator.KeptHead) { h.Head.Moment = h.Head.Moment.Add(time.Microsecond) }, fmt.Sprintf("its moment was %s, and the last one now is before that (%s)", last.Moment.Add(time.Microsecond).Format(time.RFC3339Nano), last.Moment.Format(time.RFC3339Nano))},
		"more measurements":            {func(h *indicator.KeptHead) { h.Head.LastMeasurement++ }, "the last id of a measurement was 4 and is 3"},
		"more plans":                   {func(h *indicator.KeptHead) { h.Head.Plans++ }, "the number of plans was 2 and is 1"},
		"more indicators":              {func(h *indicator.KeptHead) { h.Head.Indicators++ }, "the number of indicators was 2 and is 1"},
		"a line that was not accepted": {func(h *indicator.KeptHead) { h.Fault = fault.Newf(fault.InvalidValue, "甲", "no head") }, "no head"},
	} {
		changed := indicator.KeptHead{Line: 9, Head: last}
		c.change(&changed)
		equal(t, name, found(kept[1], changed, kept[3]), []string{"anchor 9: line 9: " + c.says})
	}
}
