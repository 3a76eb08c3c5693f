package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/indicator-tracker/tracker/api/client"
	"github.com/indicator-tracker/tracker/api/client/contract"
)

func demoClient(t *testing.T) *client.Client {
	t.Helper()
	address, key, stop := startDemo()
	t.Cleanup(stop)
	c, err := client.New(address, key)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestListsAreReadToTheirEnd(t *testing.T) {
	c, ctx := demoClient(t), t.Context()
	codes := map[string]int{}
	for in, err := range c.Indicators(ctx, contract.ListIndicatorsParams{Limit: new(7), State: &[]contract.ListIndicatorsParamsState{contract.ListIndicatorsParamsStateConfirmed}}) {
		if err != nil {
			t.Fatal(err)
		}
		codes[in.Code]++
	}
	rows := 0
	for p, err := range c.Progress(ctx, contract.ListProgressParams{Limit: new(10)}) {
		if err != nil || codes[p.Indicator] != 1 {
			t.Fatalf("%s is in %d rows: %v", p.Indicator, codes[p.Indicator], err)
		}
		rows++
	}
	if len(codes) < 60 || rows != len(codes) {
		t.Errorf("%d indicators, %d of progress", len(codes), rows)
	}
	for range c.Indicators(ctx, contract.ListIndicatorsParams{}) {
		break // asks for no more
	}
	for _, err := range c.Indicators(ctx, contract.ListIndicatorsParams{Plan: &[]string{"none"}}) {
		if !client.HasCode(err, "unknown_plan") {
			t.Error(err)
		}
	}
}

func TestOtherListsAreReadAlike(t *testing.T) {
	c, ctx := demoClient(t), t.Context()
	counts := map[string]int{}
	count := func(name string, err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		counts[name]++
	}
	for _, err := range c.Plans(ctx, contract.ListPlansParams{}) {
		count("plans", err)
	}
	for _, err := range c.Tasks(ctx, "qingzhou-2023", contract.ListTasksParams{Limit: new(10)}) {
		count("tasks", err)
	}
	for _, err := range c.Agencies(ctx, contract.ListAgenciesParams{Limit: new(10)}) {
		count("agencies", err)
	}
	for _, err := range c.Measurements(ctx, "qingzhou-2023-14-1", contract.ListMeasurementsParams{Limit: new(2)}) {
		count("measurements", err)
	}
	for _, err := range c.Series(ctx, contract.ListSeriesParams{Plan: &[]string{"qingzhou-2023"}, Task: &[]string{"14"}}) {
		count("series", err)
	}
	made, err := c.RecordBatchWithResponse(ctx, &contract.RecordBatchParams{}, []contract.MeasurementRequest{{Period: "2023-09"}, {Period: "2023-10"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Receipts(ctx, *made.JSON200.Batch.ID, contract.ListReceiptsParams{Limit: new(1)}) {
		count("receipts", err)
	}
	for _, err := range client.List[contract.AuditEntry](ctx, c, func(server string) (*http.Request, error) {
		return contract.NewListAuditRequest(server, &contract.ListAuditParams{Limit: new(1)})
	}) {
		count("audit", err)
	}
	for _, name := range []string{"plans", "tasks", "agencies", "measurements", "series", "receipts", "audit"} {
		if least := map[string]int{"plans": 1, "receipts": 2, "series": 1}[name]; counts[name] < max(least, 1) {
			t.Errorf("%s: %d rows", name, counts[name])
		}
	}
	if counts["tasks"] < 20 || counts["receipts"] != 2 {
		t.Errorf("%v", counts)
	}
}

func TestTheFeedIsReadOnFromItsCursor(t *testing.T) {
	c, ctx := demoClient(t), t.Context()
	var ids []string
	cursor := ""
	for change, err := range c.Changes(ctx, "") {
		if err != nil {
			t.Fatal(err)
		}
		ids, cursor = append(ids, change.ID), change.Cursor
	}
	if len(ids) < 100 || !slices.IsSortedFunc(ids, byNumber) {
		t.Fatalf("%d changes, in order: %v", len(ids), slices.IsSortedFunc(ids, byNumber))
	}
	next := func() (got []string) {
		for change, err := range c.Changes(ctx, cursor) {
			if err != nil {
				t.Fatal(err)
			}
			got, cursor = append(got, change.ID), change.Cursor
		}
		return got
	}
	if got := next(); got != nil {
		t.Errorf("after the end there are %v", got)
	}
	stored, err := c.Report(ctx, contract.MeasurementRequest{Indicator: new("qingzhou-2023-14-1"), Period: "2023-09", Basis: new("total"), Value: new(json.Number("199"))})
	if err != nil {
		t.Fatal(err)
	}
	if got := next(); !slices.Equal(got, []string{stored.Measurement.ID}) {
		t.Errorf("after a report there are %v", got)
	}
}

func byNumber(a, b string) int {
	var x, y int
	_, _ = fmt.Sscan(a, &x)
	_, _ = fmt.Sscan(b, &y)
	return x - y
}

// TestAnInterruptedReaderOfTheFeedMissesNothing stops in the middle of a page.
func TestAnInterruptedReaderOfTheFeedMissesNothing(t *testing.T) {
	page := func(from int, more bool) mood {
		items := ""
		for i := range 3 {
			items += fmt.Sprintf(`,{"id":"%d"}`, from+i)
		}
		return says(200, fmt.Sprintf(`{"items":[%s],"next_cursor":"after-%d","has_more":%v}`, items[1:], from+2, more))
	}
	c, _, _ := calling(t, []mood{page(1, true), page(4, true), page(4, false)})
	cursor, read := "", map[string]bool{}
	for change, err := range c.Changes(t.Context(), cursor) {
		if err != nil {
			t.Fatal(err)
		}
		read[change.ID], cursor = true, change.Cursor
		if change.ID == "5" {
			break
		}
	}
	if cursor != "after-3" {
		t.Errorf("in the middle of the second page the cursor is %q", cursor)
	}
	for change, err := range c.Changes(t.Context(), cursor) {
		if err != nil {
			t.Fatal(err)
		}
		read[change.ID] = true
	}
	if len(read) != 6 {
		t.Errorf("read %v", read)
	}
}

func TestAListThatStandsStillEnds(t *testing.T) {
	still := says(200, `{"items":[],"next_cursor":"x"}`)
	c, _, _ := calling(t, []mood{still, still})
	var last error
	for _, err := range c.Plans(t.Context(), contract.ListPlansParams{}) {
		last = err
	}
	if last == nil {
		t.Error("no error")
	}
}
