package workplan

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/demo"
)

var (
	itemNumber = regexp.MustCompile(`(?m)^[0-9]+\.`)
	amountIn   = regexp.MustCompile(`[1-9][0-9]*(?:[^0-9.年月日—]|$)`)
)

// longPlan is the plan of the demonstration over and over, with items that
// count on and numbers that are new in every copy, cut at a line's end to no
// more than size bytes.
func longPlan(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	plan := string(demo.PlanText())
	var b strings.Builder
	item := 0
	for b.Len() < size {
		copied := amountIn.ReplaceAllStringFunc(plan, func(s string) string {
			rest := strings.TrimLeft(s, "0123456789")
			digits := []byte(s[:len(s)-len(rest)])
			for i := range digits {
				digits[i] = byte('1' + random.IntN(9))
			}
			return string(digits) + rest
		})
		b.WriteString(itemNumber.ReplaceAllStringFunc(copied, func(string) string {
			item++
			return fmt.Sprintf("%d.", item)
		}))
		b.WriteByte('\n')
	}
	text := b.String()[:size]
	return text[:strings.LastIndexByte(text, '\n')]
}

func BenchmarkRead(b *testing.B) {
	for _, megabytes := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("%dMB", megabytes), func(b *testing.B) {
			text := longPlan(megabytes * 1_000_000)
			b.SetBytes(int64(len(text)))
			targets := 0
			for b.Loop() {
				targets = len(Read(text).Indicators)
			}
			if targets < 1000*megabytes {
				b.Fatalf("%d targets: the text is not read", targets)
			}
		})
	}
}
