package httpapi

import (
	"regexp"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Statuses is the table from code to status, for the test of its wholeness.
func Statuses() map[fault.Code]int { return statuses }

var echoParameter = regexp.MustCompile(`:(\w+)`)

// Routes lists "METHOD /path/{parameter}" of every route that is served.
func Routes() []string {
	var routes []string
	for _, r := range newEcho(&server{Options: Options{Timeout: time.Second}}).Routes() {
		if r.Method == "echo_route_not_found" {
			continue
		}
		routes = append(routes, r.Method+" "+echoParameter.ReplaceAllString(r.Path, "{$1}"))
	}
	return routes
}
