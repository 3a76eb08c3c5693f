package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a request that the service did not do.
type Error struct {
	Status int    // of HTTP
	Code   string // stable, such as unit_mismatch; "" where a proxy answered
	Title  string // what the code means
	Detail string // what is wrong, in the language of the answer
	Field  string // the field or parameter that is at fault, such as /unit; "" for none
	// Measurement is the id of the one that stands in the way; "" for none.
	Measurement string
	RequestID   string // by which the service's log has it
	// RetryAfter is how long the service asks to wait; 0 where it does not say.
	RetryAfter time.Duration
	Attempts   int // how often the request was sent
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", e.Status)
	if e.Code != "" {
		b.WriteString(" " + e.Code)
	}
	if e.Field != "" {
		b.WriteString(" at " + e.Field)
	}
	if said := firstOf(e.Detail, e.Title); said != "" {
		b.WriteString(": " + said)
	}
	if e.RequestID != "" {
		b.WriteString(" (request " + e.RequestID + ")")
	}
	return b.String()
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// HasCode reports whether an error is a refusal with the code, such as "period_overlap".
func HasCode(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// mostOfProblem is how much of a refusal is read, in bytes.
const mostOfProblem = 1 << 20

// refusal reads the answer to a request that the service did not do.
func refusal(resp *http.Response, now time.Time) *Error {
	defer resp.Body.Close()
	e := &Error{Status: resp.StatusCode, RequestID: resp.Header.Get("X-Request-Id"), RetryAfter: retryAfter(resp.Header.Get("Retry-After"), now)}
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostOfProblem))
	var p struct {
		Code, Title, Detail, Field string
		Measurement                *string
		RequestID                  string `json:"request_id"`
	}
	if err != nil || json.Unmarshal(body, &p) != nil || p.Code == "" {
		e.Title = http.StatusText(resp.StatusCode)
		return e
	}
	e.Code, e.Title, e.Detail, e.Field = p.Code, p.Title, p.Detail, p.Field
	e.RequestID = firstOf(p.RequestID, e.RequestID)
	if p.Measurement != nil {
		e.Measurement = *p.Measurement
	}
	return e
}

// retryAfter reads the header of that name, which has seconds or a date; 0 without one.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
