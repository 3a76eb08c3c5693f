package store

import (
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
			unit:     quantity.MustUnit(rapid.SampledFrom([]string{"个", "万亩", "套（间）", "%", "吨标煤"}).Draw(rt, "unit")), recorded: rapid.Int64().Draw(rt, "recorded"),
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
			foreign := append([]byte{stateFormat}, rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")...)
			if s, err := unpackState(foreign); err == nil && len(s.entries) > len(foreign) {
				rt.Fatalf("%d keys of %d bytes", len(s.entries), len(foreign))
			}
		})
	})
	for name, b := range map[string][]byte{
		"nothing at all":                    nil,
		"an unknown format":                 {stateWithShares + 1, 0},
		"more keys than there are bytes":    {stateFormat, 100},
		"more keys than can be counted":     binary.AppendUvarint([]byte{stateFormat}, math.MaxUint64),
		"a frequency that is none":          append([]byte{stateFormat, 1, 9, 0, 0, 2, 1, 0, 0, 0, 0}, make([]byte, sha256.Size)...),
		"a value that is none":              append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 1, 'x', 3, 0xe4, 0xb8, 0xaa, 0}, make([]byte, sha256.Size)...),
		"a unit that is none":               append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 1, '1', 1, 0, 0}, make([]byte, sha256.Size)...),
		"a text longer than what is left":   append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0, 99}, make([]byte, sha256.Size)...),
		"a text of a length without number": append([]byte{stateFormat, 1, 1, 0, 0, 2, 1, 0}, binary.AppendUvarint(nil, math.MaxUint64)...),
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			if s, err := unpackState(b); err == nil {
				t.Errorf("read as %v", s.snapshot())
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

func TestRowHashTellsEveryDifference(t *testing.T) {
	whole := indicator.Measurement{
		ID: 7, Indicator: "p-1-1", Period: monthly(9, "").period, Basis: indicator.ThisPeriod,
		Value: quantity.MustNumber("1.50"), Unit: quantity.MustUnit("个"), SourceID: "s", Note: "n", EvidenceURL: "u",
		Revision: 2, RecordedAt: time.UnixMicro(1_700_000_000_000_000),
	}
	for name, change := range map[string]func(*indicator.Measurement){
		"the id":               func(m *indicator.Measurement) { m.ID = 8 },
		"the indicator":        func(m *indicator.Measurement) { m.Indicator = "p-1-2" },
		"the period":           func(m *indicator.Measurement) { m.Period = m.Period.Next() },
		"the basis":            func(m *indicator.Measurement) { m.Basis = indicator.Total },
		"a digit of the value": func(m *indicator.Measurement) { m.Value = quantity.MustNumber("1.5") },
		"the unit":             func(m *indicator.Measurement) { m.Unit = quantity.MustUnit("家") },
		"the source":           func(m *indicator.Measurement) { m.SourceID = "t" },
		"the note":             func(m *indicator.Measurement) { m.Note = "" },
		"the evidence":         func(m *indicator.Measurement) { m.EvidenceURL = "v" },
		"the revision":         func(m *indicator.Measurement) { m.Revision = 3 },
		"what it retracts":     func(m *indicator.Measurement) { m.Retracts = 1 },
		"the moment":           func(m *indicator.Measurement) { m.RecordedAt = m.RecordedAt.Add(time.Microsecond) },
		"where a text ends":    func(m *indicator.Measurement) { m.SourceID, m.Note = "sn", "" },
	} {
		t.Run(name, func(t *testing.T) {
			changed := whole
			change(&changed)
			if rowHash(changed) == rowHash(whole) {
				t.Error("two measurements have one hash")
			}
		})
	}
	t.Run("and no zone of the clock", func(t *testing.T) {
		moved := whole
		moved.RecordedAt = moved.RecordedAt.In(time.FixedZone("", 8*60*60))
		if rowHash(moved) != rowHash(whole) {
			t.Error("one moment has two hashes")
		}
	})
}

func drawReceipt(rt *rapid.T) indicator.Receipt {
	r := indicator.Receipt{Outcome: rapid.SampledFrom(outcomes).Draw(rt, "outcome")}
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
}
