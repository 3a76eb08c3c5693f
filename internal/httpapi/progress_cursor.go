package httpapi

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// progressPosition is what a cursor of progress holds: the settled moment, which reproduces
// the same list, so that pages neither skip nor repeat while reports come in, and the last
// position of the page before.
type progressPosition struct {
	On     string    `json:"on"`
	AsOf   time.Time `json:"as_of"`
	Sort   []string  `json:"sort,omitempty"`
	Values []string  `json:"values,omitempty"`
	Plan   int64     `json:"plan"`
	Task   int64     `json:"task"`
	Last   int64     `json:"last"`
}

func sortWords(keys []progress.SortKey) []string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = string(k.By)
		if k.Down {
			words[i] = "-" + words[i]
		}
	}
	return words
}

func progressState(last progress.SortPosition, at tracker.Moment, keys []progress.SortKey) string {
	state, _ := json.Marshal(progressPosition{ //nolint:errchkjson // texts and numbers
		On: at.On.String(), AsOf: at.AsOf.UTC(), Sort: sortWords(keys), Values: last.Values,
		Plan: last.Place.Plan, Task: last.Place.Task, Last: last.Place.Indicator,
	})
	return string(state)
}

// progressCursor reads the cursor of a list of progress, which is one of the same order.
func (p *params) progressCursor(q *tracker.ProgressQuery) {
	cursor := p.text("cursor")
	if cursor == "" {
		return
	}
	var state progressPosition
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(raw, &state)
	}
	on, errOn := indicator.ParseDate(state.On)
	order := progress.OrderBy(q.Sort, progress.Profile{})
	plain := order.Takes(state.Values) && !slices.ContainsFunc(state.Values, func(s string) bool { return !isPlainWithin(s, mostCursor) })
	if err != nil || errOn != nil || !isModern(state.AsOf) || !plain || !slices.Equal(state.Sort, sortWords(q.Sort)) {
		p.badCursor()
		return
	}
	q.At, q.Settled = tracker.Moment{On: on, AsOf: state.AsOf}, true
	q.After = &progress.SortPosition{Values: state.Values, Place: indicator.Place{Plan: state.Plan, Task: state.Task, Indicator: state.Last}}
}
