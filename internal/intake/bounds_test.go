package intake_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/intake/intaketest"
	"github.com/indicator-tracker/tracker/internal/scratch"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// allocated is how many bytes are allocated while work is done.
func allocated(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// refusalsOf reads a body to its end: the first refusal of a row, and how it ended.
func refusalsOf(ctx context.Context, mediaType string, body io.Reader) (ofRow *fault.Fault, ended error) {
	in, err := intake.Open(ctx, mediaType, body)
	for err == nil {
		var refusal *fault.Fault
		if _, refusal, err = in.Next(); refusal != nil && ofRow == nil {
			ofRow = refusal
		}
	}
	return ofRow, err
}

// TestMemoryOfABodyIsBounded reads bodies of which each allocated from a hundred to some
// tens of thousands of megabytes when nothing was bounded.
func TestMemoryOfABodyIsBounded(t *testing.T) {
	for _, b := range append(intaketest.Texts(100<<20), intaketest.Workbooks(!testing.Short())...) {
		t.Run(b.Name, func(t *testing.T) {
			ctx, files := scratch.With(t.Context())
			defer files.Close()
			var ofRow *fault.Fault
			var ended error
			most := uint64(48 << 20)
			if strings.Contains(b.Name, "unpack") || strings.Contains(b.Name, "formats") || strings.Contains(b.Name, "far to") {
				most = 2 << 30 // what is read and let go piece by piece
			}
			if got := allocated(func() { ofRow, ended = refusalsOf(ctx, b.MediaType, b.Body()) }); got > most {
				t.Errorf("%d MiB were allocated", got>>20)
			}
			why := fault.From(ended)
			if b.OfRow {
				if why = ofRow; !errors.Is(ended, io.EOF) {
					t.Errorf("the rows end with %v", ended)
				}
			}
			if why == nil || !strings.Contains(why.Detail.EN, b.Says) || why.Code == fault.Internal {
				t.Errorf("refused with %v, want it to say %q", why, b.Says)
			}
		})
	}
}

func TestRowsWithinTheBoundsAreRead(t *testing.T) {
	long := strings.Repeat("长", 40_000)
	for name, c := range map[string]struct{ mediaType, body string }{
		"CSV":  {intake.CSV, "indicator,period,value,note\na,2023,1,\"" + long + "\"\n" + strings.Repeat("a,2023,1,x\n", 50_000)},
		"JSON": {intake.JSON, "[" + strings.Repeat(`{"indicator":"a","period":"2023","value":1,"note":"`+long[:60_000]+`"},`, 20) + `{"indicator":"a","period":"2023","value":1}]`},
	} {
		t.Run(name, func(t *testing.T) {
			if refusal, err := refusalsOf(t.Context(), c.mediaType, strings.NewReader(c.body)); refusal != nil || !errors.Is(err, io.EOF) {
				t.Errorf("%v, %v", refusal, err)
			}
		})
	}
	t.Run("workbook", func(t *testing.T) {
		readsRows(t, intake.Workbook, string(intaketest.Workbook()), tracker.Report{Indicator: "a", Period: "2023", Value: "1"})
	})
}

// TestWorkbookStopsWithItsRequest cuts a workbook short after its first row, as a request
// does that ends: it reads no further, and its files are closed.
func TestWorkbookStopsWithItsRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ctx, files := scratch.With(ctx)
	texts := intaketest.Repeated("<sst>", "<si><t>"+strings.Repeat("x", 1000)+"</t></si>", 20_000, "</sst>")
	many := intaketest.Workbook(intaketest.Part{Name: "xl/sharedStrings.xml", Body: texts}, intaketest.Part{Name: "xl/worksheets/sheet1.xml", Body: intaketest.Repeated(
		`<worksheet><sheetData><row><c t="inlineStr"><is><t>indicator</t></is></c><c t="inlineStr"><is><t>period</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row>`,
		`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>1</v></c></row>`, 50_000, `</sheetData></worksheet>`)})
	in, err := intake.Open(ctx, intake.Workbook, bytes.NewReader(many))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := in.Next(); err != nil {
		t.Fatal(err)
	}
	if openScratch(t) == 0 {
		t.Fatal("no file is open: the test shows nothing")
	}
	cancel()
	for rows := 0; err == nil; rows++ {
		if _, _, err = in.Next(); rows > 1000 {
			t.Fatal("it is read on")
		}
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := files.Close(); err != nil {
		t.Error(err)
	}
	if n := openScratch(t); n != 0 {
		t.Errorf("%d files are still open", n)
	}
}

// openScratch counts the temporary files that the process holds open.
func openScratch(t *testing.T) int {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("no list of open files: ", err)
	}
	n := 0
	for _, f := range open {
		if to, err := os.Readlink("/proc/self/fd/" + f.Name()); err == nil && strings.Contains(to, "/tracker-") {
			n++
		}
	}
	return n
}
