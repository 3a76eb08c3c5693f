package board

import (
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// chineseDay are the signs between the parts of a date that people write beside hyphens.
var chineseDay = strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", " ", "：", ":")

// typedMoment is a day, and a time of it: 2023-10-8 9:05.
var typedMoment = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?:(?:T| +)(\d{1,2}:\d{2}(?::\d{2})?))?$`)

// readClocks puts the clocks of an address as the service takes them, however people typed them. What
// says no moment, or one to come, is left out and said beside its field: a page keeps its form then.
// What is fetched is left as it is, for nobody reads words beside a file.
func (v *visit) readClocks() {
	query := v.r.URL.Query()
	if v.r.Method != http.MethodGet || strings.HasPrefix(v.r.URL.Path, "/board/data/") || query.Get("on") == "" && query.Get("as_of") == "" {
		return
	}
	if day, err := time.Parse("2006-1-2", strings.TrimSpace(chineseDay.Replace(v.On))); err == nil {
		v.On = day.Format(time.DateOnly)
		query.Set("on", v.On)
	}
	if v.AsOf != "" {
		known, ok := v.knownAt(v.AsOf)
		if !ok {
			v.asOfTyped, v.AsOf = v.AsOf, ""
			v.ClockFault = v.T("应为不晚于现在的日期或时刻，如 2023-10-08 或 2023-10-08 10:15；下面是现在的情况", "a date or a time up to now is expected, such as 2023-10-08 or 2023-10-08 10:15; this is how it is now")
			v.Refused = &refusal{Status: http.StatusBadRequest, Title: fault.InvalidParameter.Title().In(v.Lang), Detail: v.ClockFault, Field: "as_of"}
			v.status = http.StatusBadRequest
			query.Del("as_of")
		} else {
			v.AsOf = known
			query.Set("as_of", known)
		}
	}
	v.r.URL.RawQuery = query.Encode()
}

// knownAt is a moment as the service takes it: a day as it is, and a time of a day where the days of the service begin.
func (v *visit) knownAt(typed string) (string, bool) {
	now := v.board.Now()
	if at, err := time.Parse(time.RFC3339Nano, strings.Replace(typed, " ", "+", 1)); err == nil { // + of an address is a blank
		return at.Format(time.RFC3339Nano), !at.After(now)
	}
	parts := typedMoment.FindStringSubmatch(strings.TrimSpace(chineseDay.Replace(typed)))
	if parts == nil {
		return "", false
	}
	if parts[2] == "" {
		day, err := time.Parse("2006-1-2", parts[1])
		return day.Format(time.DateOnly), err == nil && day.Format(time.DateOnly) <= v.Me.Today
	}
	if strings.Count(parts[2], ":") == 1 {
		parts[2] += ":00"
	}
	at, err := time.ParseInLocation("2006-1-2 15:04:05", parts[1]+" "+parts[2], v.place())
	return at.Format(time.RFC3339), err == nil && !at.After(now)
}

// place is where the days of the service begin.
func (v *visit) place() *time.Location {
	if place, err := time.LoadLocation(v.Me.Timezone); err == nil && v.Me.Timezone != "" {
		return place
	}
	return time.UTC
}

// AsOfField is the kind of field that can hold what is set: one of a day, unless a time is.
func (v *visit) AsOfField() string {
	if _, err := time.Parse(time.DateOnly, v.AsOfTyped()); v.AsOfTyped() != "" && err != nil {
		return "text"
	}
	return "date"
}

// AsOfTyped is the moment that is set as people write it; what was typed where it says none.
func (v *visit) AsOfTyped() string {
	at, err := time.Parse(time.RFC3339Nano, v.AsOf)
	if v.ClockFault != "" || err != nil || at.Nanosecond() != 0 || at.Second() != 0 {
		return v.asOfTyped + v.AsOf
	}
	return at.In(v.place()).Format("2006-01-02 15:04")
}
