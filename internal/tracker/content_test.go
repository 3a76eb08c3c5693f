package tracker_test

import (
	"encoding/hex"
	"testing"

	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestContentOfARow(t *testing.T) {
	value := tracker.Report{
		Indicator: "a-1-1", Period: "2023-09", Value: "75.4", Unit: "%", Basis: "total", SourceID: "s-1", Note: "注", EvidenceURL: "https://a.cn",
	}
	t.Run("without a share is hashed as in batches kept from before there were any", func(t *testing.T) {
		if got := hex.EncodeToString(tracker.ContentOf(value)); got != "78d9c699cc105097ad4cf7bfb7ddcb4ebe1e7990a3c5aaa8ce10c43891300cdc" {
			t.Errorf("%s", got)
		}
	})
	t.Run("differs with every figure", func(t *testing.T) {
		seen := map[string]string{}
		for name, change := range map[string]func(*tracker.Report){
			"the value":                          func(*tracker.Report) {},
			"no value":                           func(r *tracker.Report) { r.Value = "" },
			"a numerator":                        func(r *tracker.Report) { r.Value, r.Numerator = "", "1" },
			"a denominator":                      func(r *tracker.Report) { r.Value, r.Denominator = "", "1" },
			"a share":                            func(r *tracker.Report) { r.Value, r.Numerator, r.Denominator = "", "1", "2" },
			"the same share of more":             func(r *tracker.Report) { r.Value, r.Numerator, r.Denominator = "", "2", "4" },
			"the figures run together otherwise": func(r *tracker.Report) { r.Value, r.Numerator, r.Denominator = "", "12", "" },
		} {
			r := value
			change(&r)
			hash := string(tracker.ContentOf(r))
			if other, taken := seen[hash]; taken {
				t.Errorf("%s is hashed as %s", name, other)
			}
			seen[hash] = name
		}
	})
}

func TestContentTellsExternalCodesApart(t *testing.T) {
	shared, erp := "", "erp"
	seen := map[string]int{}
	for i, r := range []tracker.Report{
		{}, {External: "a"}, {External: "b"}, {Indicator: "a"}, {External: "a", Namespace: &shared}, {External: "a", Namespace: &erp},
		{Numerator: "external_code", Denominator: "a"}, {External: "a", Numerator: "1", Denominator: "2"},
	} {
		content := string(tracker.ContentOf(r))
		if before, taken := seen[content]; taken {
			t.Errorf("report %d has the content of report %d", i, before)
		}
		seen[content] = i
	}
}
