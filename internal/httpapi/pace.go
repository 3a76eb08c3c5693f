package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	// patience is how long a body may bring, or the reader of an answer take, no byte.
	patience = 60 * time.Second
	// leastPace is how many bytes a second of a body must come, or of an answer be
	// taken, on the average and beyond the patience.
	leastPace = 1 << 10
)

// pace gives the deadline of what is on its way as it moves. Whoever keeps the least
// pace may take as long as it takes. Only the time counts in which the other side was
// waited for.
type pace struct {
	bytes  int64
	waited time.Duration
	set    time.Time // when the deadline was moved
}

// move moves bytes, and before that the deadline of doing so, unless it was moved just
// now.
func (p *pace) move(deadline func(time.Time) error, bytes func() (int, error)) (int, error) {
	began := time.Now()
	if began.Sub(p.set) >= time.Second {
		p.set = began
		_ = deadline(began.Add(p.left())) // a connection without deadlines, as in tests, has none to move
	}
	n, err := bytes()
	p.bytes += int64(n)
	p.waited += time.Since(began)
	return n, err
}

// left is how long the next bytes may take.
func (p *pace) left() time.Duration {
	earned := time.Duration(p.bytes) * time.Second / leastPace
	return min(patience, patience+earned-p.waited)
}

// steady is a response whose reader may take its time as long as it reads.
type steady struct {
	http.ResponseWriter
	pace
}

// paceAnswers moves the deadline of answers as they are taken, however long the work
// before them lasted.
func paceAnswers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Writer = &steady{ResponseWriter: c.Response().Writer}
		return next(c)
	}
}

// Write implements io.Writer. It writes little at a time, so that a long answer moves.
func (w *steady) Write(b []byte) (written int, err error) {
	const most = 64 << 10
	for {
		n, err := w.move(http.NewResponseController(w.ResponseWriter).SetWriteDeadline, func() (int, error) {
			return w.ResponseWriter.Write(b[:min(len(b), most)])
		})
		written += n
		if b = b[n:]; err != nil || len(b) == 0 {
			return written, err
		}
	}
}

// Unwrap lets http.ResponseController reach what is wrapped.
func (w *steady) Unwrap() http.ResponseWriter { return w.ResponseWriter }
