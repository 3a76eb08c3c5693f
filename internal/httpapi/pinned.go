package httpapi

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// pinned is a page of a list all of whose pages are of the moment of the first.
type pinned struct {
	at      tracker.Moment
	settled bool // at is that of the first page
	page    indicator.Page
}

// pinnedState is what a cursor holds of such a list: the moment, and a place.
func pinnedState(at tracker.Moment, after int64) string {
	return fmt.Sprintf("%s|%s|%d", at.On, moment(at.AsOf), after)
}

// pinnedCursor reads the cursor of such a list, where one is given.
func (p *params) pinnedCursor(q *pinned) {
	cursor := p.text("cursor")
	if cursor == "" {
		return
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	on, rest, _ := strings.Cut(string(raw), "|")
	asOf, after, _ := strings.Cut(rest, "|")
	day, errOn := indicator.ParseDate(on)
	known, errAsOf := time.Parse(time.RFC3339Nano, asOf)
	place, errPlace := strconv.ParseInt(after, 10, 64)
	if err != nil || errOn != nil || errAsOf != nil || errPlace != nil || place < 1 || !isModern(known) {
		p.badCursor()
		return
	}
	q.at, q.settled, q.page.After = tracker.Moment{On: day, AsOf: known}, true, place
}
