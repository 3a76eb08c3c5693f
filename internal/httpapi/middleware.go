package httpapi

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// A caller's own request id is kept when it is short and plain, so that it can
// stand in a log line.
var requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

func (s *server) middleware() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		s.watch,
		keepConnection,
		paceAnswers,
		requestID,
		s.logRequests(),
		s.recoverPanics,
		endTurn,
		secureHeaders,
		s.Origins.middleware,
		ownPagesOnly(s.Origins.named),
		middleware.ContextTimeoutWithConfig(middleware.ContextTimeoutConfig{Timeout: s.Timeout, Skipper: takesItsTime}),
		s.authorize,
		plainPath,
		s.conditional,
	}
}

func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if id == "" || !requestIDForm.MatchString(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		return next(c)
	}
}

func (s *server) logRequests() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogURI: true, LogRoutePath: true, LogStatus: true, LogLatency: true,
		LogRemoteIP: true, LogResponseSize: true, LogError: true,
		HandleError: true,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			level := slog.LevelInfo
			attrs := []slog.Attr{
				slog.String("request_id", c.Response().Header().Get(echo.HeaderXRequestID)),
				slog.String("method", methodOf(c.Request())), slog.String("uri", shortened(v.URI)), slog.String("route", v.RoutePath),
				slog.Int("status", v.Status), slog.Duration("latency", v.Latency),
				slog.String("remote_ip", v.RemoteIP), slog.Int64("bytes", v.ResponseSize),
			}
			if caller, ok := c.Get(callerKey).(string); ok {
				attrs = append(attrs, slog.String("key", caller))
			}
			if v.Error != nil {
				attrs = append(attrs, slog.String("error", v.Error.Error()))
				if v.Status >= http.StatusInternalServerError {
					level = slog.LevelError
				}
			}
			s.Log.LogAttrs(c.Request().Context(), level, "request", attrs...)
			return nil
		},
	})
}

// shortened cuts an address that would fill the log.
func shortened(uri string) string {
	const most = 500
	if len(uri) <= most {
		return uri
	}
	return uri[:most] + "…"
}

func (s *server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch r := recover(); {
			case r == nil:
			case errors.Is(asError(r), http.ErrAbortHandler):
				panic(r)
			default:
				err = fault.Panicked(r)
			}
		}()
		return next(c)
	}
}

func asError(r any) error {
	if err, ok := r.(error); ok {
		return err
	}
	return fmt.Errorf("%v", r)
}
