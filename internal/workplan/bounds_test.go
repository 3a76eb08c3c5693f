package workplan

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// cutAfter is a context that ends once it was asked so often whether it has.
type cutAfter struct {
	context.Context //nolint:containedctx // it is one

	asked, most int
}

func (c *cutAfter) Err() error {
	if c.asked++; c.asked > c.most {
		return context.Canceled
	}
	return nil
}

var long = map[string]string{
	"many items":                 strings.Repeat("1.抓好落实。新增企业3家。\n", 10_000),
	"one item of many sentences": "1.抓好落实。" + strings.Repeat("新增企业3家。", 10_000),
	"paragraphs without numbers": strings.Repeat("新增企业3家。\n\n", 10_000),
}

func TestReadingStopsWithItsContext(t *testing.T) {
	for name, text := range long {
		t.Run(name, func(t *testing.T) {
			const most = 50
			ctx := &cutAfter{Context: t.Context(), most: most}
			draft, err := ReadWithin(ctx, text, indicator.Date{}, indicator.Date{})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v", err)
			}
			if len(draft.Indicators) > most || ctx.asked > most+1 {
				t.Errorf("%d targets were read, asked %d times", len(draft.Indicators), ctx.asked)
			}
			if _, err := ReadWithin(t.Context(), text, indicator.Date{}, indicator.Date{}); err != nil {
				t.Errorf("read whole: %v", err)
			}
		})
	}
}

func TestMoreThanAnyPlanHas(t *testing.T) {
	for name, text := range map[string]string{
		"tasks":    strings.Repeat("一、甲\n", 30_000),
		"targets":  "1.抓好落实。" + strings.Repeat("新增企业3家。", 30_000),
		"warnings": "1.抓好落实。" + strings.Repeat("新增若干企业3。", 30_000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadWithin(t.Context(), text, indicator.Date{}, indicator.Date{})
			if !fault.Is(err, fault.UnreadableFile) || !strings.Contains(err.Error(), "20000 tasks, targets or warnings") {
				t.Errorf("err = %v", err)
			}
		})
	}
}

// TestMemoryGrowsWithTheText doubles texts: twice the text takes twice the memory.
func TestMemoryGrowsWithTheText(t *testing.T) {
	allocated := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Read(text)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, unit := range map[string]string{
		"one long line":       "抓好落实新增企业",
		"digits":              "1234567890",
		"quantities":          "新增企业3家",
		"dates":               "2023年9月、",
		"agencies":            "(市发改局、市工信局)",
		"lines":               "甲\n",
		"columns":             "甲 | ",
		"marks of quotations": "“",
	} {
		t.Run(name, func(t *testing.T) {
			const bytes = 100_000
			once, twice := allocated(strings.Repeat(unit, bytes/len(unit))), allocated(strings.Repeat(unit, 2*bytes/len(unit)))
			if 10*twice > 25*once {
				t.Errorf("%d bytes for the text, %d for twice the text", once, twice)
			}
			if most := uint64(2 * bytes * 1000); twice > most {
				t.Errorf("%d bytes for %d of text", twice, 2*bytes)
			}
		})
	}
}

func TestListThatIsTooLongForAName(t *testing.T) {
	found := read(strings.Repeat("甲收入、", 200) + "乙收入分别增长5%、6%。")
	if len(found) != 2 || found[0].Name != "乙收入增长" {
		t.Errorf("%v", found)
	}
}
