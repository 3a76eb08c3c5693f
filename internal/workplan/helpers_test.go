package workplan

import (
	"strconv"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// inYear puts sentences under the title of a plan for 2023, as its one task.
func inYear(sentences string) string {
	return inPlanFor(2023, sentences)
}

// inPlanFor puts sentences under the title of a plan for a year, as its one task.
func inPlanFor(year int, sentences string) string {
	return "澜江市" + strconv.Itoa(year) + "年重点工作任务\n一、重点工作\n1.抓好落实。" + sentences
}

// read returns the targets of sentences in a plan for 2023.
func read(sentences string) []indicator.Indicator {
	return Read(inYear(sentences)).Indicators
}

// readOne returns the only target of sentences in a plan for 2023.
func readOne(t *testing.T, sentences string) indicator.Indicator {
	t.Helper()
	found := read(sentences)
	if len(found) != 1 {
		t.Fatalf("%s: %d targets, want 1: %v", sentences, len(found), values(found))
	}
	return found[0]
}

// values writes targets shortly: value, upper value and unit, or the reference
// that the value waits for.
func values(found []indicator.Indicator) []string {
	var all []string
	for _, in := range found {
		if in.Target.Waits {
			all = append(all, in.Target.Reference+"?"+in.Target.Unit.String())
			continue
		}
		text := in.Target.Value.String()
		if in.Target.ValueHigh != nil {
			text += "-" + in.Target.ValueHigh.String()
		}
		all = append(all, text+in.Target.Unit.String())
	}
	return all
}

// eachBlock reads a text and hands over each of its blocks with what it says.
func eachBlock(text string, see func(*reader, *block, *findings)) Draft {
	r := newReader(text, term{}, func(Draft, int) error { return nil })
	_ = r.read(func(g *block, found *findings) {
		r.keep(g, found)
		see(r, g, found)
	})
	return r.draft
}

// reasons says what became of each number of sentences in a plan for 2023, by
// the number as written.
func reasons(sentences string) map[string]string {
	all := map[string]string{}
	eachBlock(inYear(sentences), func(r *reader, g *block, found *findings) {
		if g.number != "1" {
			return
		}
		for _, v := range found.verdicts {
			all[string(r.source.Raw[v.start:v.end])] = v.reason
		}
	})
	return all
}

// checkReasons expects each number to be settled as given.
func checkReasons(t *testing.T, cases map[string]map[string]string) {
	t.Helper()
	for sentence, want := range cases {
		t.Run(sentence, func(t *testing.T) {
			got := reasons(sentence)
			for number, reason := range want {
				if got[number] != reason {
					t.Errorf("%s is %q, want %q (all: %v)", number, got[number], reason, got)
				}
			}
		})
	}
}
