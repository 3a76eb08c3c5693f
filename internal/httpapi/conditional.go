package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
)

// validator says what the answers of a route hang on beside the request: what tells whether
// one that was given before still holds.
type validator string

const (
	// byLedger: on what is stored, whose every change moves the ledger's moment, on the day,
	// and on who asks.
	byLedger validator = "ledger"
	// byKnowledge: as byLedger, but for a day and a moment that are given, which are answered
	// the same ever after.
	byKnowledge validator = "knowledge"
	// byItself: the handler gives a validator of the thing itself.
	byItself validator = "itself"
	// byNothing: on what changes without the ledger's moment, so that there is no validator.
	byNothing validator = "nothing"
)

// validators is the one table of what tells whether the answers of a read have changed. A
// route that is not in it has no validator, and a test keeps it in.
var validators = map[string]validator{
	"/api/v1/plans":                                  byLedger,
	"/api/v1/plans/:plan":                            byLedger,
	"/api/v1/plans/:plan/tasks":                      byLedger,
	"/api/v1/plans/:plan/document":                   byLedger,
	"/api/v1/plans/:plan/summary":                    byKnowledge,
	"/api/v1/plans/:plan/agency-matches":             byLedger,
	"/api/v1/plans/:plan/register":                   byKnowledge,
	"/api/v1/plans/:plan/cycles":                     byKnowledge,
	"/api/v1/plans/:plan/cycles/:period":             byKnowledge,
	"/api/v1/plans/:plan/updates":                    byLedger,
	"/api/v1/plans/:plan/milestones":                 byLedger,
	"/api/v1/issues":                                 byLedger,
	"/api/v1/issues/:id":                             byLedger,
	"/api/v1/runs":                                   byLedger,
	"/api/v1/indicators":                             byLedger,
	"/api/v1/indicators/:code":                       byItself, // by its version, as If-Match has it
	"/api/v1/indicators/:code/progress":              byKnowledge,
	"/api/v1/indicators/:code/series":                byKnowledge,
	"/api/v1/indicators/:code/statement":             byItself,
	"/api/v1/indicators/:code/measurements":          byLedger,
	"/api/v1/progress":                               byKnowledge,
	"/api/v1/series":                                 byKnowledge,
	"/api/v1/summary":                                byKnowledge,
	"/api/v1/profiles":                               byLedger,
	"/api/v1/sdmx/structure":                         byLedger,
	"/api/v1/agencies":                               byLedger,
	"/api/v1/agencies/:agency/template.xlsx":         byLedger,
	"/api/v1/agencies/:id/events":                    byLedger,
	"/api/v1/measurements":                           byLedger,
	"/api/v1/measurements/:id":                       byLedger,
	"/api/v1/plans/:plan/assessment":                 byKnowledge,
	"/api/v1/plans/:plan/assessment/scheme":          byLedger,
	"/api/v1/plans/:plan/assessment/entries":         byLedger,
	"/api/v1/plans/:plan/assessments":                byLedger,
	"/api/v1/plans/:plan/assessments/:id":            byLedger,
	"/api/v1/plans/:plan/assessments/:id/difference": byLedger,
	"/api/v1/notices":                                byLedger,
	"/api/v1/notices/:id":                            byLedger,
	"/api/v1/notices/:id/print":                      byLedger,
	"/api/v1/plans/:plan/bulletin":                   byLedger,
	"/api/v1/plans/:plan/bulletin/print":             byLedger,
	"/api/v1/plans/:plan/bulletin/document":          byLedger,

	"/api/v1/measurements/batches/:id":          byNothing, // rows that store nothing count too
	"/api/v1/measurements/batches/:id/receipts": byNothing,
	"/api/v1/audit":      byNothing, // a revocation may be chained later
	"/api/v1/audit/head": byItself,
	"/api/v1/keys":       byNothing, // the last use of a key, and its state by the clock
	"/api/v1/me":         byNothing,

	"/api/v1/webhooks":                byNothing, // failures, and what is on its way
	"/api/v1/webhooks/:id":            byNothing,
	"/api/v1/webhooks/:id/deliveries": byNothing,
}

// conditional gives the answers of reads a validator, and answers 304 before any other work
// where the caller has the answer already. The moment is read before the handler reads
// anything, so that what changes meanwhile has another one.
func (s *server) conditional(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		how := validators[c.Path()]
		if c.Request().Method != http.MethodGet || how == "" || how == byNothing {
			return next(c)
		}
		tag := ""
		if how != byItself {
			var err error
			if tag, err = s.entityTag(c, how); err != nil {
				return next(c) // which meets the same, and says so
			}
		}
		c.Response().Before(func() {
			if status := c.Response().Status; status == http.StatusOK || status == http.StatusNotModified {
				markValid(c.Response().Header(), tag)
			}
		})
		if tag != "" && isKnown(c, tag) {
			return c.NoContent(http.StatusNotModified)
		}
		if tag == "" {
			return next(c)
		}
		if answered, err := s.answerKept(c, tag); answered {
			return err
		}
		return s.keepAnswer(c, tag, next)
	}
}

// markValid lets the caller keep an answer, and has it ask each time whether it still holds.
// An answer with a validator of its own keeps that.
func markValid(h http.Header, tag string) {
	if tag != "" {
		h.Set("ETag", tag)
	}
	h.Set("Cache-Control", "private, no-cache")
	for _, name := range []string{"Accept", "Accept-Language", echo.HeaderAuthorization} {
		vary(h, name)
	}
}

// isKnown reports whether If-None-Match has an ETag.
func isKnown(c echo.Context, tag string) bool {
	known := entityTags(strings.Join(c.Request().Header.Values("If-None-Match"), ","))
	return slices.ContainsFunc(known, func(k string) bool { return strings.TrimPrefix(k, "W/") == strings.TrimPrefix(tag, "W/") })
}

// entityTag hashes all that an answer hangs on. It is weak, since the same may be written in
// other bytes, and is none of another caller's, language or address.
func (s *server) entityTag(c echo.Context, how validator) (string, error) {
	head, today, err := s.Service.HeadToday(c.Request().Context())
	if err != nil {
		return "", err
	}
	moment, profile, day := head.Moment.UnixMicro(), head.Profile, today.String()
	if how == byKnowledge && isSettled(c, head.Moment) {
		moment, profile, day = 0, 0, ""
	}
	r := c.Request()
	caller, _ := access.From(r.Context())
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %q\n", s.Version, r.URL.RequestURI(), r.Header.Values("Accept"), languageOf(c))
	fmt.Fprintf(sum, "%d %d %s\n", moment, profile, day)
	fmt.Fprintf(sum, "%q %q %v\n", caller.Key, caller.Role, caller.Acting)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18]) + `"`, nil
}

// isSettled reports whether a request asks for a day as it was known at a moment that is
// over, by a caller who sees everything: what others see of the past hangs on what is
// theirs now.
func isSettled(c echo.Context, last time.Time) bool {
	q := c.QueryParams()
	isOver := func(moment string) bool {
		at, err := time.Parse(time.RFC3339, moment)
		return err == nil && !at.After(last)
	}
	compared := q.Get("compare_as_of")
	return isOver(q.Get("as_of")) && q.Get("on") != "" && (compared == "" || isOver(compared)) && access.Visibility(c.Request().Context()).All()
}
