package main

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// receipts are those of a batch that was written.
type receipts struct {
	indicator.BatchWriter
	list []indicator.Receipt
}

func (w receipts) Receipts(visit func(row int64, r indicator.Receipt) error) error {
	for i, r := range w.list {
		if err := visit(int64(i+1), r); err != nil {
			return err
		}
	}
	return nil
}

func TestImportsPrintWhatIsRefusedOrDoubtful(t *testing.T) {
	w := receipts{list: []indicator.Receipt{
		{Outcome: indicator.Stored},
		{Outcome: indicator.Stored, Cautions: []string{"total_falls", "magnitude"}},
		{Outcome: indicator.Refused, Refusal: fault.Newf(fault.Implausible, "超过100%%", "over 100%%").At("/value")},
		{Outcome: indicator.Stored, Cautions: []string{"magnitude"}, Origin: indicator.Origin{Sheet: "实绩", Line: 13, Indicator: "p-1"}},
	}}
	var out strings.Builder
	if err := printBatch(&out, indicator.Batch{ID: "B"}, w); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 6 || lines[2] != "“实绩”第13行 p-1 请核对 / check it: magnitude" || lines[0] != "第2行 请核对 / check it: total_falls, magnitude" || lines[1] != "第3行 implausible /value：超过100% / over 100%" {
		t.Errorf("%q", lines)
	}
}
