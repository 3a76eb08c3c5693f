package httpapi

import (
	"bytes"
	"io"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// assistantsRoute is where assistants speak the Model Context Protocol, which is no part of
// the contract: what they ask is asked of the routes that are.
const assistantsRoute = "/mcp"

// maxMessage is how long a message of an assistant may be, in bytes. It is held in memory.
const maxMessage = smallBody

// assist lets an assistant ask. What it sends has passed the bounds of every request, and what
// is asked for it passes them again, under the key that it shows.
func (s *server) assist(c echo.Context) error {
	if s.assistants == nil {
		return noAddress()
	}
	if err := wantMediaType(c, echo.MIMEApplicationJSON); err != nil {
		return err
	}
	message, err := s.readBody(c, maxMessage, nil)
	if err != nil {
		return err
	}
	if text := bytes.TrimLeft(message, " \t\r\n"); len(text) > 0 && text[0] == '[' { // one request must not stand for many
		return fault.Newf(fault.MalformedRequest, "一次请求只能有一条消息", "a request holds one message")
	}
	r := c.Request()
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(message)), int64(len(message))
	s.assistants.ServeHTTP(c.Response(), r)
	return nil
}
