package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/indicator-tracker/tracker/api/client"
	"github.com/indicator-tracker/tracker/api/client/contract"
)

// A month is posted, and the progress read that it leads to.
func Example() {
	address, key, stop := startDemo()
	defer stop()
	ctx := context.Background()
	tracker, err := client.New(address, key, client.WithLanguage("en"))
	if err != nil {
		log.Panic(err)
	}

	const code = "qingzhou-2023-14-1"
	report := contract.MeasurementRequest{
		Indicator: new(code), Period: "2023-09", Value: new(json.Number("199")), Basis: new("total"), SourceID: new("erp-2023-09"),
	}
	for range 2 { // what is sent twice counts once
		receipt, err := tracker.Report(ctx, report)
		if err != nil {
			log.Panic(err)
		}
		fmt.Println(receipt.Outcome, "revision", receipt.Measurement.Revision)
	}

	on := types.Date{Time: time.Date(2023, 9, 30, 0, 0, 0, 0, time.UTC)}
	progress, err := tracker.ReadProgressWithResponse(ctx, code, &contract.ReadProgressParams{On: &on})
	if err != nil {
		log.Panic(err)
	}
	fmt.Println(*progress.JSON200.Percent, "percent,", progress.JSON200.Status)

	report.Unit = new("吨")
	_, err = tracker.Report(ctx, report)
	var refused *client.Error
	if errors.As(err, &refused) {
		fmt.Println(refused.Status, refused.Code, "at", refused.Field)
	}
	// Output:
	// revised revision 2
	// unchanged revision 2
	// 90.05 percent, on_track
	// 422 unit_mismatch at /unit
}

// All indicators of a plan are read, page after page.
func ExampleClient_Progress() {
	address, key, stop := startDemo()
	defer stop()
	tracker, err := client.New(address, key)
	if err != nil {
		log.Panic(err)
	}
	on := types.Date{Time: time.Date(2023, 9, 30, 0, 0, 0, 0, time.UTC)}
	counts := map[string]int{}
	for row, err := range tracker.Progress(context.Background(), contract.ListProgressParams{Plan: &[]string{"qingzhou-2023"}, On: &on}) {
		if err != nil {
			log.Panic(err)
		}
		counts[row.Status]++
	}
	fmt.Println(counts["on_track"], "are on track and", counts["behind"], "behind")
	// Output:
	// 40 are on track and 9 behind
}
