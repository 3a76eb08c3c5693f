package main

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestImportsPrintWhatIsRefusedOrDoubtful(t *testing.T) {
	list := []indicator.Receipt{
		{Outcome: indicator.Stored},
		{Outcome: indicator.Stored, Cautions: []string{"total_falls", "magnitude"}},
		{Outcome: indicator.Refused, Refusal: fault.Newf(fault.Implausible, "超过100%%", "over 100%%").At("/value")},
		{Outcome: indicator.Stored, Cautions: []string{"magnitude"}, Origin: indicator.Origin{Sheet: "实绩", Line: 13, Indicator: "p-1"}},
		{Outcome: indicator.Stored, Cautions: []string{"magnitude"}, Origin: indicator.Origin{Line: 14, Indicator: "p-1", External: indicator.ExternalCode{Namespace: "erp", Code: "A"}}},
	}
	receipts := func(visit func(int64, indicator.Receipt) error) error {
		for i, r := range list {
			if err := visit(int64(i+1), r); err != nil {
				return err
			}
		}
		return nil
	}
	var out strings.Builder
	if err := printBatch(&out, indicator.Batch{ID: "B"}, receipts); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 7 || lines[3] != "第14行 p-1（erp/A） 请核对 / check it: magnitude" || lines[2] != "“实绩”第13行 p-1 请核对 / check it: magnitude" || lines[0] != "第2行 请核对 / check it: total_falls, magnitude" || lines[1] != "第3行 implausible /value：超过100% / over 100%" {
		t.Errorf("%q", lines)
	}
}
