package indicator_test

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func share(numerator, denominator string) *indicator.Share {
	return &indicator.Share{Numerator: quantity.MustNumber(numerator), Denominator: quantity.MustNumber(denominator)}
}

func TestHashTellsEveryDifference(t *testing.T) {
	whole := indicator.Measurement{
		ID: 7, Indicator: "p-1-1", Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, 9, 1)), Basis: indicator.ThisPeriod,
		Value: quantity.MustNumber("1.50"), Unit: quantity.MustUnit("个"), SourceID: "s", Note: "n", EvidenceURL: "u",
		Revision: 2, RecordedAt: time.UnixMicro(1_700_000_000_000_000),
	}
	for name, change := range map[string]func(*indicator.Measurement){
		"the id":                 func(m *indicator.Measurement) { m.ID = 8 },
		"the indicator":          func(m *indicator.Measurement) { m.Indicator = "p-1-2" },
		"the period":             func(m *indicator.Measurement) { m.Period = m.Period.Next() },
		"the basis":              func(m *indicator.Measurement) { m.Basis = indicator.Total },
		"a digit of the value":   func(m *indicator.Measurement) { m.Value = quantity.MustNumber("1.5") },
		"the unit":               func(m *indicator.Measurement) { m.Unit = quantity.MustUnit("家") },
		"the source":             func(m *indicator.Measurement) { m.SourceID = "t" },
		"the note":               func(m *indicator.Measurement) { m.Note = "" },
		"the evidence":           func(m *indicator.Measurement) { m.EvidenceURL = "v" },
		"the revision":           func(m *indicator.Measurement) { m.Revision = 3 },
		"what it retracts":       func(m *indicator.Measurement) { m.Retracts = 1 },
		"that it is a share":     func(m *indicator.Measurement) { m.Share = share("3", "2") },
		"that it is provisional": func(m *indicator.Measurement) { m.Provisional = true },
		"that it is missing":     func(m *indicator.Measurement) { m.Missing = indicator.NotAvailable },
		"the moment":             func(m *indicator.Measurement) { m.RecordedAt = m.RecordedAt.Add(time.Microsecond) },
		"who was reported for":   func(m *indicator.Measurement) { m.ReportedBy.Agency = "甲局" },
		"the key":                func(m *indicator.Measurement) { m.ReportedBy.Key = "k" },
		"the name of the key":    func(m *indicator.Measurement) { m.ReportedBy.Name = "k" },
		"where a text ends":      func(m *indicator.Measurement) { m.SourceID, m.Note = "sn", "" },
	} {
		t.Run(name, func(t *testing.T) {
			changed := whole
			change(&changed)
			if changed.Hash() == whole.Hash() {
				t.Error("two measurements have one hash")
			}
		})
	}
	t.Run("and every digit of a share, wherever its figures end", func(t *testing.T) {
		seen := map[[sha256.Size]byte]bool{}
		for _, figures := range []*indicator.Share{nil, share("3", "2"), share("3.0", "2"), share("3", "2.0"), share("2", "3"), share("32", "1"), share("3", "21")} {
			m := whole
			m.Share = figures
			if h := m.Hash(); seen[h] {
				t.Errorf("%+v has the hash of another", figures)
			} else {
				seen[h] = true
			}
		}
	})
	t.Run("and why a figure is missing", func(t *testing.T) {
		there, none := whole, whole
		there.Missing, none.Missing = indicator.NotAvailable, indicator.NotApplicable
		if there.Hash() == none.Hash() {
			t.Error("two causes have one hash")
		}
	})
	t.Run("and is what it was before there were shares", func(t *testing.T) {
		if got := fmt.Sprintf("%x", whole.Hash()); got != "15ca4e5747bbfaa1df39f763a2cbbfa48d17b1b14ec759584ad8706b2046a030" {
			t.Error(got)
		}
	})
	t.Run("and no zone of the clock", func(t *testing.T) {
		moved := whole
		moved.RecordedAt = moved.RecordedAt.In(time.FixedZone("", 8*60*60))
		if moved.Hash() != whole.Hash() {
			t.Error("one moment has two hashes")
		}
	})
}
