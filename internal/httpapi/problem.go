package httpapi

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// statuses is the one table from fault code to HTTP status: 400 for a request
// that cannot be read, 422 for one whose values cannot stand.
var statuses = map[fault.Code]int{
	fault.MalformedRequest:     http.StatusBadRequest,
	fault.EmptyBody:            http.StatusBadRequest,
	fault.TrailingData:         http.StatusBadRequest,
	fault.UnknownField:         http.StatusBadRequest,
	fault.DuplicateField:       http.StatusBadRequest,
	fault.WrongType:            http.StatusBadRequest,
	fault.InvalidEncoding:      http.StatusBadRequest,
	fault.InvalidParameter:     http.StatusBadRequest,
	fault.SelectionTooLarge:    http.StatusBadRequest,
	fault.BodyTooLarge:         http.StatusRequestEntityTooLarge,
	fault.UnsupportedMediaType: http.StatusUnsupportedMediaType,
	fault.NotAcceptable:        http.StatusNotAcceptable,

	fault.RequiredField:       http.StatusUnprocessableEntity,
	fault.InvalidValue:        http.StatusUnprocessableEntity,
	fault.InvalidNumber:       http.StatusUnprocessableEntity,
	fault.NumberTooLong:       http.StatusUnprocessableEntity,
	fault.InvalidDate:         http.StatusUnprocessableEntity,
	fault.InvalidPeriod:       http.StatusUnprocessableEntity,
	fault.PeriodOutsideTerm:   http.StatusUnprocessableEntity,
	fault.PeriodInFuture:      http.StatusUnprocessableEntity,
	fault.Implausible:         http.StatusUnprocessableEntity,
	fault.UnknownUnit:         http.StatusUnprocessableEntity,
	fault.UnitMismatch:        http.StatusUnprocessableEntity,
	fault.BasisMismatch:       http.StatusUnprocessableEntity,
	fault.UnknownIndicator:    http.StatusUnprocessableEntity,
	fault.UnknownTask:         http.StatusUnprocessableEntity,
	fault.UnknownPlan:         http.StatusUnprocessableEntity,
	fault.UnknownAgency:       http.StatusUnprocessableEntity,
	fault.UnknownJurisdiction: http.StatusUnprocessableEntity,
	fault.AmbiguousAgency:     http.StatusUnprocessableEntity,
	fault.UnreadableFile:      http.StatusUnprocessableEntity,
	fault.EmptyBatch:          http.StatusUnprocessableEntity,
	fault.EmptyDocument:       http.StatusUnprocessableEntity,

	fault.CrossOrigin:              http.StatusForbidden,
	fault.NotFound:                 http.StatusNotFound,
	fault.MethodNotAllowed:         http.StatusMethodNotAllowed,
	fault.PlanExists:               http.StatusConflict,
	fault.IndicatorExists:          http.StatusConflict,
	fault.PeriodOverlap:            http.StatusConflict,
	fault.SourceIDTaken:            http.StatusConflict,
	fault.ExternalCodeTaken:        http.StatusConflict,
	fault.Superseded:               http.StatusConflict,
	fault.ReportedByAnother:        http.StatusConflict,
	fault.DuplicateInBatch:         http.StatusConflict,
	fault.AgencyNameTaken:          http.StatusConflict,
	fault.AgencySucceeded:          http.StatusConflict,
	fault.PeriodLocked:             http.StatusConflict,
	fault.WrongState:               http.StatusConflict,
	fault.IssueOpen:                http.StatusConflict,
	fault.RunOutOfOrder:            http.StatusConflict,
	fault.AgencyEventInUse:         http.StatusConflict,
	fault.KeyInUse:                 http.StatusConflict,
	fault.KeyReused:                http.StatusUnprocessableEntity,
	fault.BatchRefused:             http.StatusUnprocessableEntity,
	fault.IndicatorNotConfirmed:    http.StatusConflict,
	fault.IndicatorHasMeasurements: http.StatusConflict,
	fault.IndicatorWithdrawn:       http.StatusConflict,
	fault.PreconditionRequired:     http.StatusPreconditionRequired,
	fault.PreconditionFailed:       http.StatusPreconditionFailed,

	fault.Unauthorized: http.StatusUnauthorized,
	fault.Forbidden:    http.StatusForbidden,
	fault.RateLimited:  http.StatusTooManyRequests,
	fault.KeyInactive:  http.StatusConflict,

	fault.Overloaded:  http.StatusServiceUnavailable,
	fault.Internal:    http.StatusInternalServerError,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.Timeout:     http.StatusServiceUnavailable,

	fault.NoSigningKey: http.StatusServiceUnavailable,
}

const problemType = "application/problem+json; charset=utf-8"

// handleError writes every error as a problem. It is echo's error handler.
func (s *server) handleError(err error, c echo.Context) {
	var panicked *fault.Panic // in the handler, or in a goroutine that worked for it
	if errors.As(err, &panicked) {
		s.Log.Error("panic", "request_id", c.Response().Header().Get(echo.HeaderXRequestID), "panic", panicked.Value, "stack", string(panicked.Stack))
	}
	if c.Response().Committed {
		return
	}
	f := asFault(err)
	status := statuses[f.Code]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	lang := languageOf(c)
	c.Set(problemKey, f.Code)
	h := c.Response().Header()
	markLanguage(c, lang)
	if status == http.StatusServiceUnavailable && h.Get(echo.HeaderRetryAfter) == "" {
		h.Set(echo.HeaderRetryAfter, "5")
	}
	problem := v1.Problem{
		Type:        "urn:tracker:problem:" + string(f.Code),
		Title:       f.Code.Title().In(lang),
		Status:      status,
		Detail:      strings.ToValidUTF8(s.told(f.Detail, lang), "\uFFFD"),
		Code:        string(f.Code),
		Field:       strings.ToValidUTF8(f.Field, "\uFFFD"),
		Measurement: idOrNull(f.Measurement),
		RequestID:   h.Get(echo.HeaderXRequestID),
	}
	body, err := json.Marshal(problem)
	if err == nil {
		err = c.Blob(status, problemType, body)
	}
	if err != nil {
		s.Log.Error("problem not written", "request_id", problem.RequestID, "error", err)
	}
}

// told is a text in the reader's language, or in both where that is the operator.
func (s *server) told(text fault.Text, lang string) string {
	if s.Local {
		return text.ZH + " / " + text.EN
	}
	return text.In(lang)
}

// asFault finds the fault in an error, whether the domain, echo or net/http
// made it.
func asFault(err error) *fault.Fault {
	var (
		f       *fault.Fault
		echoErr *echo.HTTPError
		tooBig  *http.MaxBytesError
	)
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &tooBig):
		return tooLarge(tooBig.Limit)
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Newf(fault.Timeout, "请求处理超过时限，请稍后重试", "the request took longer than allowed; try again later").Because(err)
	case errors.As(err, &echoErr):
		return fromEcho(echoErr)
	}
	return fault.From(err)
}

func fromEcho(err *echo.HTTPError) *fault.Fault {
	switch err.Code {
	case http.StatusNotFound:
		return noAddress()
	case http.StatusMethodNotAllowed:
		return fault.Newf(fault.MethodNotAllowed, "这个地址不支持该方法，可用方法见 Allow 响应头", "the method is not allowed here; the Allow header lists those that are")
	}
	return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
}

func noAddress() *fault.Fault {
	return fault.Newf(fault.NotFound, "没有这个地址，接口说明见 /swagger/", "there is nothing at this address; /swagger/ describes the interface")
}

func tooLarge(limit int64) *fault.Fault {
	return fault.Newf(fault.BodyTooLarge, "请求体最大 %d 字节", "the request body may be at most %d bytes", limit)
}

// languageOf picks Chinese, the default, or English for the answer: of the two the one
// that is wanted more, in whatever variety.
func languageOf(c echo.Context) string {
	wanted := c.Request().Header.Get("Accept-Language")
	if wanted == "" {
		return "zh"
	}
	tags, _, err := language.ParseAcceptLanguage(wanted)
	if err != nil {
		return "zh"
	}
	for _, tag := range tags { // the most wanted first
		switch base, _ := tag.Base(); base.String() {
		case "zh":
			return "zh"
		case "en":
			return "en"
		}
	}
	return "zh"
}

// markLanguage tells caches and readers which language an answer is in.
func markLanguage(c echo.Context, lang string) {
	h := c.Response().Header()
	vary(h, "Accept-Language")
	if lang == "en" {
		h.Set("Content-Language", "en")
		return
	}
	h.Set("Content-Language", "zh-CN")
}

// vary tells caches that an answer depends on a header of the request too.
func vary(h http.Header, name string) {
	if !slices.Contains(h.Values("Vary"), name) {
		h.Add("Vary", name)
	}
}
