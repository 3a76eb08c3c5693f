package httpapi

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// params reads query parameters strictly and keeps the first fault, so that a
// handler reads all it needs and checks once.
type params struct {
	values url.Values
	err    error
}

// query refuses a parameter that is not known here, or given twice.
func query(c echo.Context, known ...string) *params { return queryOf(c, nil, known...) }

// queryOf is query with lists, which are parameters that may be given more than once and whose
// values their reader checks.
func queryOf(c echo.Context, lists []string, single ...string) *params {
	known := slices.Concat(single, lists)
	p := &params{}
	values, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		p.err = fault.Newf(fault.InvalidParameter, "查询串格式不正确", "the query string is malformed").Because(err)
		return p
	}
	p.values = values
	for _, name := range slices.Sorted(maps.Keys(values)) {
		switch {
		case len(known) == 0:
			p.fail(name, "没有这个查询参数，这里不用查询参数", "there is no such parameter; none are known here")
		case !slices.Contains(known, name):
			p.fail(name, "没有这个查询参数，可用的有：%s", "there is no such parameter; those known here are: %s", strings.Join(known, ", "))
		case len(values[name]) > 1 && !slices.Contains(lists, name):
			p.fail(name, "查询参数只能出现一次", "the parameter may be given once")
		case !slices.Contains(lists, name) && !isPlainWithin(values.Get(name), mostOf(name)):
			p.failPlain(name, mostOf(name))
		case slices.ContainsFunc(values[name], func(s string) bool { return !isPlainWithin(s, len(s)) }):
			p.failPlain(name, mostOf(name))
		}
	}
	return p
}

// mostCursor is the most characters of a cursor, which holds a text for each sort key.
const mostCursor = 16 << 10

// mostOf is the most characters of a parameter.
func mostOf(name string) int {
	switch name {
	case "jurisdiction":
		return indicator.MaxJurisdiction
	case "cursor", "after":
		return mostCursor
	}
	return maxWords
}

func (p *params) fail(name, zh, en string, args ...any) {
	if p.err == nil {
		p.err = fault.Newf(fault.InvalidParameter, zh, en, args...).At(name)
	}
}

func (p *params) keep(name string, err error) {
	if p.err == nil && err != nil {
		f := fault.From(err)
		p.err = fault.New(fault.InvalidParameter, f.Detail).At(name).Because(err)
	}
}

func (p *params) text(name string) string { return p.values.Get(name) }

// either is what is given as a parameter or in the body, in one of the two.
func (p *params) either(name, inBody string) string {
	s := p.text(name)
	if s != "" && inBody != "" {
		p.fail(name, "只能给出一次：作为参数，或写在请求体中", "this may be given once, as a parameter or in the body")
	}
	return s + inBody
}

// given is a parameter that means something when it is empty; nil when it is left out.
func (p *params) given(name string) *string {
	if !p.values.Has(name) {
		return nil
	}
	s := p.text(name)
	return &s
}

// words are the parts of a parameter that may be given more than once, or hold
// several separated by commas.
func (p *params) words(name string) (list []string) {
	for _, s := range p.values[name] {
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' }) {
			list = append(list, strings.TrimSpace(word))
		}
	}
	return list
}

func (p *params) date(name string) indicator.Date {
	s := p.text(name)
	if s == "" {
		return indicator.Date{}
	}
	d, err := indicator.ParseDate(s)
	p.keep(name, err)
	return d
}

// asOf is the moment whose knowledge is used: one that is given, or the end of a day as the
// service's days are; the zero time for now, and for a day that is not over yet.
func (s *server) asOf(p *params) time.Time { return s.knownAt(p, "as_of") }

// knownAt reads a moment, or a date: the end of that day, and the zero time, which is now, for today.
func (s *server) knownAt(p *params, name string) time.Time {
	text := p.text(name)
	if text == "" {
		return time.Time{}
	}
	if day, err := indicator.ParseDate(text); err == nil {
		if day == s.Service.Today() {
			return time.Time{}
		}
		next := day.AddDays(1)
		return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, s.Service.Place()).Add(-time.Microsecond)
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		p.fail(name, "应为日期，如 2023-10-08，或 RFC 3339 时刻，如 2023-10-08T10:15:00+08:00（+ 须写作 %%2B）",
			"a date is expected, such as 2023-10-08, or an RFC 3339 time, such as 2023-10-08T10:15:00+08:00 (write + as %%2B)")
	}
	if err == nil && !isModern(t) {
		p.fail(name, "应在 1900 年至 2999 年之间", "a year from 1900 to 2999 is expected")
	}
	return t
}

// isModern bounds moments as dates are bounded: not every database has others.
func isModern(t time.Time) bool {
	year := t.UTC().Year()
	return year >= 1900 && year <= 2999
}

func (p *params) flag(name string) bool {
	switch p.text(name) {
	case "", "false":
		return false
	case "true":
		return true
	}
	p.fail(name, "应为 true 或 false", "true or false is expected")
	return false
}

// number reads a whole number from 1 up; 0 stands for none given.
func (p *params) number(name string) int {
	s := p.text(name)
	if s == "" {
		return 0
	}
	return p.positive(name, s)
}

// pathID reads the id in a path of a thing that is called so.
func pathID(c echo.Context, of fault.Text) (int64, error) {
	text := c.Param("id")
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, fault.Newf(fault.NotFound, "没有%[1]s %[3]s", "there is no %[2]s %[3]s", of.ZH, of.EN, clipped(text))
	}
	return id, nil
}

func word[W ~string](p *params, name string, allowed []W) W {
	s := p.text(name)
	if s == "" {
		return ""
	}
	w, err := indicator.ParseWord(s, allowed)
	p.keep(name, err)
	return w
}

// Page sizes. A larger limit is clamped, as a courtesy to callers who ask for
// "all"; the cursor carries them on.
const (
	defaultLimit = 50
	maxLimit     = 500
)

func (p *params) limit() int {
	s := p.text("limit")
	if s == "" {
		return defaultLimit
	}
	n, err := strconv.Atoi(s) // at its end of the range when out of it
	if err != nil && !errors.Is(err, strconv.ErrRange) || n < 1 {
		p.fail("limit", "应为正整数，最大 %d", "a positive whole number is expected, at most %d", maxLimit)
		return defaultLimit
	}
	return min(n, maxLimit)
}

// page reads limit and a cursor that holds a position.
func (p *params) page() indicator.Page {
	page := indicator.Page{Limit: p.limit()}
	if s := p.text("cursor"); s != "" {
		raw, err := base64.RawURLEncoding.DecodeString(s)
		if err == nil {
			page.After, err = strconv.ParseInt(string(raw), 10, 64)
		}
		if err != nil || page.After < 1 {
			p.badCursor()
		}
	}
	return page
}

// pageOf is page for rows in a shape.
func (p *params) pageOf(as shape) indicator.Page {
	page := p.page()
	page.Limit = as.size(page.Limit)
	return page
}

func (p *params) badCursor() {
	p.fail("cursor", "游标无效，请使用上一页返回的 next_cursor", "the cursor is not valid; use the next_cursor of the page before")
}

// positionState is what a cursor holds of a position, "" at the end.
func positionState(next int64) string {
	if next == 0 {
		return ""
	}
	return strconv.FormatInt(next, 10)
}

// linkAfter is the cursor of a place in a list, nil at its end, and the Link header with it.
// parameter takes it; cursor when that is "".
func linkAfter(c echo.Context, parameter, state string) *string {
	if state == "" {
		return nil
	}
	cursor := base64.RawURLEncoding.EncodeToString([]byte(state))
	u := *c.Request().URL
	q := u.Query()
	q.Set(cmp.Or(parameter, "cursor"), cursor)
	u.RawQuery = q.Encode()
	c.Response().Header().Set("Link", fmt.Sprintf(`<%s>; rel="next"`, u.RequestURI()))
	return &cursor
}
