package workplan

import (
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// unnamed is a target that the text gives no name to: nothing but signs stands
// where a name would.
const unnamed = "未命名指标"

// distinct gives every target of a task a name, and makes the names differ, by
// their deadline where that tells them apart.
func distinct(targets []*candidate) {
	dues := map[string]map[indicator.Date]bool{}
	years := map[int]bool{}
	for _, f := range targets {
		if f.name == "" {
			f.name = unnamed
		}
		if dues[f.name] == nil {
			dues[f.name] = map[indicator.Date]bool{}
		}
		dues[f.name][f.term.due] = true
		years[f.term.due.Year()] = true
	}
	taken := map[string]int{}
	for _, f := range targets {
		name := f.name
		if len(dues[name]) > 1 && !f.term.due.IsZero() {
			name += dueMark(f.term.due, len(years) > 1)
		}
		if taken[name] > 0 && f.binding == indicator.Expected {
			name += "（力争）"
		}
		base := name
		taken[base]++
		for taken[base] > 1 {
			if name = base + "（" + strconv.Itoa(taken[base]) + "）"; taken[name] == 0 {
				taken[name]++
				break
			}
			taken[base]++
		}
		f.name = name
	}
}

// distinctFrom makes the names of proposals differ from those of the targets of their task
// and from each other.
func distinctFrom(targets []*candidate, proposals []proposal) {
	taken := map[string]int{}
	for _, f := range targets {
		taken[f.name]++
	}
	for _, p := range proposals {
		base := p.found.name
		for name := base; ; name = base + "（" + strconv.Itoa(taken[base]) + "）" {
			if taken[name]++; taken[name] == 1 {
				p.found.name = name
				break
			}
			if name != base {
				taken[base]++
			}
		}
	}
}

func dueMark(due indicator.Date, byYear bool) string {
	text := due.String()
	if byYear {
		return "（" + text[:4] + "年）"
	}
	return "（" + strings.TrimPrefix(text[5:7], "0") + "月）"
}
