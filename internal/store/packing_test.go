package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func drawKey(rt *rapid.T) key {
	freq := rapid.SampledFrom(indicator.Frequencies).Draw(rt, "frequency")
	day := indicator.DateOf(1965, 1, 1).AddDays(rapid.IntRange(0, 30_000).Draw(rt, "day"))
	return key{indicator.PeriodOf(freq, day), rapid.SampledFrom(indicator.Bases).Draw(rt, "basis")}
}

func drawState(rt *rapid.T) *state {
	s := newState()
	for range rapid.IntRange(0, 30).Draw(rt, "keys") {
		e := entry{
			key: drawKey(rt),
			id:  rapid.Int64().Draw(rt, "id"), revision: rapid.IntRange(1, math.MaxInt).Draw(rt, "revision"),
			retracts: rapid.Int64().Draw(rt, "retracts"),
			value:    quantity.MustNumber(rapid.StringMatching(`-?[1-9][0-9]{0,20}(\.[0-9]{1,9})?`).Draw(rt, "value")),
			recorded: rapid.Int64().Draw(rt, "recorded"),
		}
		if unit := rapid.SampledFrom([]string{"个", "万亩", "套（间）", "%", "吨标煤", ""}).Draw(rt, "unit"); unit != "" {
			e.unit = quantity.MustUnit(unit)
		}
		if rapid.IntRange(0, 9).Draw(rt, "a share in ten") == 0 {
			figure := rapid.StringMatching(`-?[1-9][0-9]{0,12}(\.[0-9]{1,4})?`)
			e.share = &indicator.Share{Numerator: quantity.MustNumber(figure.Draw(rt, "numerator")), Denominator: quantity.MustNumber(figure.Draw(rt, "denominator"))}
		}
		e.provisional = rapid.IntRange(0, 9).Draw(rt, "provisional in ten") == 0
		if rapid.IntRange(0, 9).Draw(rt, "missing in ten") == 0 {
			e.missing = rapid.SampledFrom(indicator.Missings).Draw(rt, "missing")
			e.value, e.share, e.provisional = quantity.Number{}, nil, false
		}
		copy(e.hash[:], rapid.SliceOfN(rapid.Byte(), sha256.Size, sha256.Size).Draw(rt, "hash"))
		s.put(e)
	}
	return s
}

func TestPackedState(t *testing.T) {
	t.Run("reads back as it was, keys in their order", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			s := drawState(rt)
			back, err := unpackState(s.pack())
			if err != nil {
				rt.Fatal(err)
			}
			if !slices.EqualFunc(back.entries, s.entries, func(a, b *entry) bool { return reflect.DeepEqual(a, b) }) || !maps.Equal(back.places, s.places) {
				rt.Fatalf("got %v, want %v", back.snapshot(), s.snapshot())
			}
		})
	})
	t.Run("is refused when it is cut short anywhere", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			whole := drawState(rt).pack()
			if back, err := unpackState(whole[:rapid.IntRange(0, len(whole)-1).Draw(rt, "length")]); err == nil {
				rt.Fatalf("read as %d keys", len(back.entries))
			}
		})
	})
	t.Run("never panics on bytes of another origin", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			foreign := append([]byte{rapid.SampledFrom([]byte{stateFormat, stateWithShares, stateWithReporters, stateWithStatuses}).Draw(rt, "format")}, rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")...)
			if s, err := unpackState(foreign); err == nil && len(s.entries) > len(foreign) {
				rt.Fatalf("%d keys of %d bytes", len(s.entries), len(foreign))
			}
		})
	})
	hash := make([]byte, sha256.Size)
	for name, b := range map[string][]byte{
		"nothing at all":                    nil,
		"an unknown format":                 {stateWithStatuses + 1, 0},
		"more keys than there are bytes":    {stateFormat, 100},
		"more keys than can be counted":     binary.AppendUvarint([]byte{stateFormat}, math.MaxUint64),
		"a frequency that is none":          append([]byte{stateFormat, 1, 9, 0, 0, 2, 1, 0, 0, 0, 0}, hash...),
		"a value that is none":              append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 1, 'x', 3, 0xe4, 0xb8, 0xaa, 0}, hash...),
		"a unit that is none":               append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 1, '1', 1, 0, 0}, hash...),
		"a share in the format without":     append(append([]byte{stateFormat, 1, 1, 3, 0, 2, 1, 0, 1, '1', 0, 0}, hash...), 1, '2', 1, '3'),
		"a reporter in the format without":  append(append([]byte{stateWithShares, 1, 1, 4, 0, 2, 1, 0, 1, '1', 0, 0}, hash...), 2),
		"a status in the format without":    append([]byte{stateWithReporters, 1, 1, 8, 0, 2, 1, 0, 1, '1', 0, 0}, hash...),
		"a missing figure with a value":     append([]byte{stateWithStatuses, 1, 1, 16, 0, 2, 1, 0, 1, '1', 0, 0}, hash...),
		"a missing provisional figure":      append([]byte{stateWithStatuses, 1, 1, 24, 0, 2, 1, 0, 0, 0, 0}, hash...),
		"two causes of a missing figure":    append([]byte{stateWithStatuses, 1, 1, 48, 0, 2, 1, 0, 0, 0, 0}, hash...),
		"a flag that is none":               append([]byte{stateWithStatuses, 1, 1, 64, 0, 2, 1, 0, 1, '1', 0, 0}, hash...),
		"a numerator that is none":          append(append([]byte{stateWithShares, 1, 1, 3, 0, 2, 1, 0, 1, '1', 0, 0}, hash...), 1, 'x', 1, '3'),
		"a denominator that is none":        append(append([]byte{stateWithShares, 1, 1, 3, 0, 2, 1, 0, 1, '1', 0, 0}, hash...), 1, '2', 1, 'x'),
		"a text longer than what is left":   append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 99}, hash...),
		"a text of a length without number": append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0}, binary.AppendUvarint(nil, math.MaxUint64)...),
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			if s, err := unpackState(b); err == nil {
				t.Errorf("read as %v", s.snapshot())
			}
		})
	}
}

// TestPackedStateKeepsItsBytes holds what is stored to what it was stored as.
func TestPackedStateKeepsItsBytes(t *testing.T) {
	type status struct {
		missing     indicator.Missing
		provisional bool
	}
	bytesOf := func(share *indicator.Share, of, value, unit string, basis indicator.Basis, st status) string {
		p, err := indicator.ParsePeriod(of)
		if err != nil {
			t.Fatal(err)
		}
		e := entry{key: key{p, basis}, id: 7, revision: 2, share: share, missing: st.missing, provisional: st.provisional, recorded: 1}
		if value != "" {
			e.value = quantity.MustNumber(value)
		}
		if e.unit, err = unitOf(unit); err != nil {
			t.Fatal(err)
		}
		s := newState()
		s.put(e)
		packed := s.pack()
		back, err := unpackState(packed)
		if err != nil || !reflect.DeepEqual(*back.entries[0], *s.entries[0]) {
			t.Errorf("%s reads back as %+v, %v", of, back, err)
		}
		return fmt.Sprintf("% x", bytes.Replace(packed, make([]byte, sha256.Size), []byte{'#'}, 1))
	}
	two := shareOf("2", "3.0")
	for _, c := range []struct {
		of, value, unit string
		basis           indicator.Basis
		share           *indicator.Share
		status          status
		want            string
	}{
		{"1970-01-02", "5", "个", indicator.ThisPeriod, nil, status{}, "01 01 00 00 02 0e 02 00 01 35 03 e4 b8 aa 02 23"},
		{"1970-02", "5", "%", indicator.Total, nil, status{}, "01 01 01 01 3e 0e 02 00 01 35 01 25 02 23"},
		{"1970-Q1", "5", "%", indicator.Total, nil, status{}, "01 01 02 01 00 0e 02 00 01 35 01 25 02 23"},
		{"1970-H1", "5", "%", indicator.Total, nil, status{}, "01 01 03 01 00 0e 02 00 01 35 01 25 02 23"},
		{"1970", "5", "%", indicator.Total, nil, status{}, "01 01 04 01 00 0e 02 00 01 35 01 25 02 23"},
		{"1970-W02", "5", "", indicator.Total, nil, status{}, "01 01 05 01 08 0e 02 00 01 35 00 02 23"},
		{"1970-02", "5", "%", indicator.Total, two, status{}, "02 01 01 03 3e 0e 02 00 01 35 01 25 02 23 01 32 03 33 2e 30"},
		{"1970-02", "5", "%", indicator.ThisPeriod, two, status{}, "02 01 01 02 3e 0e 02 00 01 35 01 25 02 23 01 32 03 33 2e 30"},
		{"1970-02", "5", "%", indicator.Total, nil, status{provisional: true}, "04 01 01 09 3e 0e 02 00 01 35 01 25 02 23"},
		{"1970-02", "", "", indicator.Total, nil, status{missing: indicator.NotAvailable}, "04 01 01 11 3e 0e 02 00 00 00 02 23"},
		{"1970-02", "", "", indicator.ThisPeriod, nil, status{missing: indicator.NotApplicable}, "04 01 01 20 3e 0e 02 00 00 00 02 23"},
	} {
		t.Run(c.of, func(t *testing.T) {
			if got := bytesOf(c.share, c.of, c.value, c.unit, c.basis, c.status); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func monthly(month time.Month, basis indicator.Basis) key {
	return key{indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, month, 1)), basis}
}

func TestStateSnapshot(t *testing.T) {
	s := newState()
	reported := func(month time.Month, value, unit string, e entry) {
		e.key = monthly(month, indicator.ThisPeriod)
		e.value, e.unit = quantity.MustNumber(value), quantity.MustUnit(unit)
		s.put(e)
	}
	reported(9, "3", "个", entry{id: 1, revision: 1, recorded: 10})
	reported(7, "1.50", "万个", entry{id: 2, revision: 1, recorded: 30})
	reported(8, "2", "个", entry{id: 3, revision: 2, retracts: 9, recorded: 20})
	before := s.snapshot()
	reported(9, "7", "个", entry{id: 4, revision: 2, recorded: 40})

	t.Run("lists what counts by the end of its period, and no retraction", func(t *testing.T) {
		ms := before.current("p-1-1")
		var got []string
		for _, m := range ms {
			got = append(got, fmt.Sprint(m.Indicator, " ", m.Period, " ", m.Value, m.Unit, " ", m.Revision, " ", m.RecordedAt.UnixMicro()))
		}
		if want := []string{"p-1-1 2023-07 1.50 万个 1 30", "p-1-1 2023-09 3 个 1 10"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
	t.Run("stays as it was when its state goes on", func(t *testing.T) {
		september := func(e *entry) bool { return e.id == 1 }
		if !slices.ContainsFunc(before, september) || before.newest() != 30 {
			t.Errorf("%v, newest %d", before, before.newest())
		}
		if now := s.snapshot(); len(now) != 3 || now[0].id != 4 || now.newest() != 40 {
			t.Errorf("the state itself: %v", now)
		}
	})
	t.Run("knows which keys are near, without what was retracted", func(t *testing.T) {
		for period, want := range map[string]int{"2023-Q3": 2, "2023-08": 0, "2023-09-30": 1, "2023-10": 0, "2023": 2, "2023-H1": 0} {
			p, err := indicator.ParsePeriod(period)
			if err != nil {
				t.Fatal(err)
			}
			if near := s.near(p); len(near) != want {
				t.Errorf("%s: %v, want %d", period, near, want)
			}
		}
	})
}

func shareOf(numerator, denominator string) *indicator.Share {
	return &indicator.Share{Numerator: quantity.MustNumber(numerator), Denominator: quantity.MustNumber(denominator)}
}

func drawReceipt(rt *rapid.T) indicator.Receipt {
	r := indicator.Receipt{Outcome: rapid.SampledFrom(outcomes).Draw(rt, "outcome"), Origin: indicator.Origin{
		Sheet:     rapid.SampledFrom([]string{"", "实绩", "一季度"}).Draw(rt, "sheet"),
		Line:      rapid.SampledFrom([]int64{0, 1, 2, 3, 4, 1_048_576}).Draw(rt, "line"),
		Indicator: rapid.SampledFrom([]string{"", "p-1", "p-2", "实绩"}).Draw(rt, "code"),
		External: rapid.SampledFrom([]indicator.ExternalCode{
			{}, {Code: "p-1"}, {Code: "A-17"}, {Namespace: "erp", Code: "A-17"}, {Namespace: "erp", Code: "A-18"},
		}).Draw(rt, "external"),
	}}
	if r.Outcome == vacated {
		r.Outcome, r.Vacant = indicator.Superseded, true
	}
	if r.Outcome == indicator.Refused {
		text := rapid.String()
		detail := fault.Text{ZH: text.Draw(rt, "zh"), EN: text.Draw(rt, "en")}
		r.Refusal = fault.New(rapid.SampledFrom([]fault.Code{fault.PeriodOverlap, fault.UnknownIndicator}).Draw(rt, "code"), detail)
		r.Refusal = r.Refusal.At(text.Draw(rt, "field"))
		return r
	}
	r.Measurement.ID, r.Measurement.Revision = rapid.Int64().Draw(rt, "id"), rapid.Int().Draw(rt, "revision")
	return r
}

func TestPackedReceipts(t *testing.T) {
	unpacked := func(b []byte) (list []indicator.Receipt, err error) {
		err = eachReceipt(b, func(i int64, r indicator.Receipt) error {
			if list = append(list, r); i != int64(len(list)-1) {
				t.Errorf("receipt %d is called %d", len(list)-1, i)
			}
			return nil
		})
		return list, err
	}
	t.Run("read back as they were", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			receipts := rapid.SliceOfN(rapid.Custom(drawReceipt), 0, 20).Draw(rt, "receipts")
			back, err := unpacked(packReceipts(receipts))
			if err != nil || len(back) != len(receipts) {
				rt.Fatalf("%d of %d, %v", len(back), len(receipts), err)
			}
			for i, r := range back {
				if diff := cmp.Diff(receipts[i], r, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
					rt.Fatalf("receipt %d: %s", i, diff)
				}
			}
		})
	})
	t.Run("are refused when the last is cut short", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			last := packReceipts([]indicator.Receipt{drawReceipt(rt)})
			if got, err := unpacked(last[:rapid.IntRange(1, len(last)-1).Draw(rt, "length")]); !errors.Is(err, errTorn) {
				rt.Fatalf("read as %+v, %v", got, err)
			}
		})
	})
	t.Run("are refused with an outcome that is none", func(t *testing.T) {
		if got, err := unpacked([]byte{byte(len(outcomes)), 2, 2}); !errors.Is(err, errTorn) {
			t.Errorf("read as %+v, %v", got, err)
		}
	})
	t.Run("keep the byte that each outcome was stored as", func(t *testing.T) {
		for i, o := range []indicator.Outcome{"stored", "revised", "unchanged", "retracted", "refused", "not_stored"} {
			if got := packReceipts([]indicator.Receipt{{Outcome: o}}); got[0] != byte(i) {
				t.Errorf("%s is stored as %d, was %d", o, got[0], i)
			}
		}
	})
	t.Run("are read as they were written before they had an origin", func(t *testing.T) {
		got, err := unpacked([]byte{0, 6, 2, cautioned | 1, 8, 4, 1, 1, 'x', 2, 8, 4})
		want := []indicator.Receipt{{Outcome: indicator.Stored}, {Outcome: indicator.Revised, Cautions: []string{"x"}}, {Outcome: indicator.Unchanged}}
		for i, m := range []indicator.Measurement{{ID: 3, Revision: 1}, {ID: 4, Revision: 2}, {ID: 4, Revision: 2}} {
			want[i].Measurement = m
		}
		if diff := cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" || err != nil {
			t.Errorf("%s, %v", diff, err)
		}
	})
	t.Run("take no byte for an origin that goes on from the one before, and one for a code that was there", func(t *testing.T) {
		size := func(codes ...string) (n int) {
			list := make([]indicator.Receipt, 1000)
			for i := range list {
				list[i] = indicator.Receipt{Outcome: indicator.Stored, Origin: indicator.Origin{Line: int64(i + 1), Indicator: codes[i%len(codes)]}}
			}
			return len(packReceipts(list))
		}
		many := make([]string, 1000)
		for i := range many {
			many[i] = fmt.Sprintf("donghe-2023-%d-%d", 1+i/10, 1+i%10)
		}
		one, two, all := size("donghe-2023-1-1"), size("donghe-2023-1-1", "donghe-2023-1-2"), size(many...)
		if one > 3*1000+20 || two > 4*1000+40 || all > 9*1000 {
			t.Errorf("%d, %d and %d bytes", one, two, all)
		}
	})
	t.Run("are refused with a text that was never spelt, or not that far", func(t *testing.T) {
		for _, b := range [][]byte{{originated, 9 << 1, 2, 2}, {originated, 1 << 1, 1, 1, 'a', 2, 2}} {
			if got, err := unpacked(b); !errors.Is(err, errTorn) {
				t.Errorf("read as %+v, %v", got, err)
			}
		}
	})
}
