package httpapi

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// sortKeys reads the keys of a list's order, each once: a word, after - when the largest stands
// first.
func sortKeys[K ~string, S any](p *params, allowed []K, key func(by K, down bool) S) (keys []S) {
	var met []K
	for _, s := range p.words("sort") {
		name, down := strings.CutPrefix(s, "-")
		by, err := indicator.ParseWord(name, allowed)
		p.keep("sort", err)
		if slices.Contains(met, by) {
			p.fail("sort", "排序键“%[1]s”重复", "the sort key %[1]s is given twice", clipped(name))
		}
		met, keys = append(met, by), append(keys, key(by, down))
	}
	return keys
}

// A cursor of a sorted list holds the order and the place in it, so that it is refused where the
// order is another.
func sortedState(c echo.Context, place string) string {
	return strings.Join(c.QueryParams()["sort"], ",") + " " + place
}

// sortedAfter is the place that a cursor of a sorted list holds, or "" for the beginning.
func (p *params) sortedAfter() string {
	cursor := p.text("cursor")
	if cursor == "" {
		return ""
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	place, ok := strings.CutPrefix(string(raw), strings.Join(p.values["sort"], ",")+" ")
	if err != nil || !ok || place == "" {
		p.badCursor()
		return ""
	}
	return place
}
