package httpapi

import (
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Watcher is told of requests and of what they are answered with.
type Watcher interface {
	RequestBegan()
	// RequestEnded is told the template of the route, and unmatched where there is none.
	RequestEnded(method, route string, status int, took time.Duration)
	ProblemAnswered(code string)
	// ReportRefused is told of a report that came alone and was refused.
	ReportRefused()
}

// unmatched stands for the route of a request for an address at which there is nothing.
const unmatched = "unmatched"

// problemKey is where the code of a problem that was answered is kept.
const problemKey = "problem"

// watch tells the watcher of every request, also of one whose answer was broken off.
func (s *server) watch(next echo.HandlerFunc) echo.HandlerFunc {
	if s.Watcher == nil {
		return next
	}
	return func(c echo.Context) error {
		began, method := time.Now(), methodOf(c.Request())
		s.Watcher.RequestBegan()
		defer func() {
			route := c.Path()
			if route == "" {
				route = unmatched
			}
			s.Watcher.RequestEnded(method, route, c.Response().Status, time.Since(began))
			if code, ok := c.Get(problemKey).(fault.Code); ok {
				s.Watcher.ProblemAnswered(string(code))
			}
		}()
		return next(c)
	}
}

// noteRefusal tells the watcher of a report that came alone and was refused for what it says.
func (s *server) noteRefusal(err error) error {
	if err != nil && s.Watcher != nil && !asFault(err).Code.IsService() {
		s.Watcher.ReportRefused()
	}
	return err
}
