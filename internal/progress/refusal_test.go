package progress

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// doubtful are values among which cautions are common.
var doubtful = []string{"1", "2", "3", "5", "8", "9", "12", "20", "40", "45", "100", "150", "0.5", "1.25", "10000", "120000", "300000000", "0", "-20"}

// drawDoubtful draws an indicator of a year and reports of it that often give
// rise to cautions, the last of them still to be stored.
func drawDoubtful(t *rapid.T) (in indicator.Indicator, stored []indicator.Measurement, sent indicator.Measurement) {
	kind := rapid.SampledFrom([]indicator.Kind{indicator.Increment, indicator.Increment, indicator.Cumulative, indicator.Ratio}).Draw(t, "kind")
	in = accepted(t, indicator.Indicator{
		Name: "存疑的实绩", Binding: indicator.Committed, Kind: kind, Frequency: indicator.Monthly,
		StartsOn: yearStart, DueOn: yearEnd, TermEndsOn: yearEnd,
		Target: indicator.Target{
			Comparator: rapid.SampledFrom(indicator.Comparators).Draw(t, "comparator"),
			Value:      quantity.FromInt(rapid.Int64Range(1, 60).Draw(t, "target")), Unit: quantity.MustUnit(unitsOf[kind][0]),
		},
	})
	for range rapid.IntRange(1, 9).Draw(t, "reports") {
		month := rapid.IntRange(1, 12).Draw(t, "month")
		m := indicator.Measurement{
			Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, time.Month(month), 1)), Basis: indicator.Total,
			Value: quantity.MustNumber(rapid.SampledFrom(doubtful).Draw(t, "value")), Unit: in.Target.Unit,
			RecordedAt: time.Date(2023, time.Month(month), rapid.IntRange(20, 45).Draw(t, "sent on"), 9, 0, 0, 0, time.UTC),
		}
		if kind == indicator.Increment && rapid.Bool().Draw(t, "this period alone") {
			m.Basis = indicator.ThisPeriod
		}
		if indicator.CheckOverlap(stored, m) != nil {
			continue
		}
		if !sent.Period.IsZero() {
			stored = store(stored, sent)
		}
		sent = m
	}
	return in, stored, sent
}

// store puts a report beside the newest of each period and basis, in place of the
// one that it revises.
func store(stored []indicator.Measurement, m indicator.Measurement) []indicator.Measurement {
	m.ID, m.Revision = 1, 1
	var kept []indicator.Measurement
	for _, other := range stored {
		m.ID = max(m.ID, other.ID+1)
		if other.Period == m.Period && other.Basis == m.Basis {
			m.Revision = other.Revision + 1
			continue
		}
		kept = append(kept, other)
	}
	return append(kept, m)
}

// saidAtTheEnd is all that is said of reports once the term is over, a line for
// each time, by caution.
func saidAtTheEnd(in indicator.Indicator, ms []indicator.Measurement, p Profile) map[Caution]string {
	said := map[Caution]string{}
	for _, c := range newJudgement(in, ms, in.TermEndsOn.AddDays(1), p).cautions() {
		said[c.code] += c.text().EN + "\n"
	}
	return said
}

func TestAReportIsRefusedOnlyForWhatItGivesRiseTo(t *testing.T) {
	refused := map[Caution]int{}
	for range 30 {
		rapid.Check(t, func(t *rapid.T) {
			in, stored, sent := drawDoubtful(t)
			if sent.Period.IsZero() {
				return
			}
			p := DefaultProfile()
			if err := Refusal(in, stored, sent, p); err != nil {
				t.Fatalf("a profile that refuses nothing: %v", err)
			}
			p.Refused = rapid.SliceOfNDistinct(rapid.SampledFrom(AboutReports), 1, len(AboutReports), rapid.ID[Caution]).Draw(t, "refused")
			without := slices.DeleteFunc(slices.Clone(stored), func(m indicator.Measurement) bool { return m.Period == sent.Period && m.Basis == sent.Basis })
			before, after := saidAtTheEnd(in, without, p), saidAtTheEnd(in, store(stored, sent), p)
			err := Refusal(in, stored, sent, p)
			if err == nil {
				for code, text := range saidAtTheEnd(in, store(nil, sent), p) {
					if ofItself := code == FractionOfCount || code == OverHundredPercent || code == PeriodNotOver; ofItself && slices.Contains(p.Refused, code) {
						t.Fatalf("%s is said of the report by itself, which is not refused: %s; stored %v", code, text, told(stored))
					}
				}
				return
			}
			var f *fault.Fault
			if !errors.As(err, &f) || f.Code != fault.Implausible {
				t.Fatalf("refused with %v", err)
			}
			code := codeOf(after, f.Detail)
			if code == "" || !slices.Contains(p.Refused, code) {
				t.Fatalf("refused for %q, which no refused caution says", f.Detail.EN)
			}
			_, byItself := saidAtTheEnd(in, store(nil, sent), p)[code]
			if before[code] == after[code] && !byItself {
				t.Fatalf("refused for %s, which is said without the report: %s; stored %v, sent %v", code, f.Detail.EN, told(stored), told([]indicator.Measurement{sent}))
			}
			if wantField := map[bool]string{true: "/period", false: "/value"}[code == PeriodNotOver || code == GapInSeries]; f.Field != wantField {
				t.Fatalf("refused for %s at %s", code, f.Field)
			}
			refused[code]++
		})
	}
	for _, code := range AboutReports {
		if refused[code] == 0 && code != LooksTotal { // which is too rare for draws: see below
			t.Errorf("no report was refused for %s", code)
		}
	}
}

func TestARunningTotalSentAsAnIncrementIsRefused(t *testing.T) {
	in := chargers()
	in.Target.Value = quantity.FromInt(100)
	in.Settle()
	p := DefaultProfile()
	p.Refused = []Caution{LooksTotal}
	var stored []indicator.Measurement
	for month := int64(1); month <= 5; month++ {
		stored = append(stored, reported(month, fmt.Sprintf("2023-%02d", month), indicator.ThisPeriod, fmt.Sprint(10*month), "个"))
	}
	err := Refusal(in, stored, reported(6, "2023-06", indicator.ThisPeriod, "60", "个"), p)
	if f := fault.From(err); f == nil || f.Code != fault.Implausible || f.Field != "/value" {
		t.Errorf("60 after 50: %v", err)
	}
	if err := Refusal(in, stored[:2], reported(6, "2023-03", indicator.ThisPeriod, "5", "个"), p); err != nil {
		t.Errorf("5 after 20: %v", err)
	}
}

func codeOf(said map[Caution]string, text fault.Text) Caution {
	for code, lines := range said {
		if strings.Contains(lines, text.EN+"\n") {
			return code
		}
	}
	return ""
}
