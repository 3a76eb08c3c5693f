package httpapi

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// serializer is echo's JSON serializer.
type serializer struct{}

func (serializer) Serialize(c echo.Context, v any, indent string) error {
	if indent == "" {
		return json.MarshalWrite(c.Response(), v)
	}
	return json.MarshalWrite(c.Response(), v, jsontext.WithIndent(indent))
}

// Deserialize is not used: bodies are read by decode, which is strict.
func (serializer) Deserialize(_ echo.Context, _ any) error { return errors.ErrUnsupported }

// decode reads a JSON body into v. Unknown and repeated fields, wrong types, a
// null in any field but the nullable ones (JSON pointers), bad UTF-8, text after
// the end, an empty body and one over the limit are faults that name the field
// where there is one.
func (s *server) decode(c echo.Context, v any, nullable ...string) error {
	body, err := s.readJSON(c)
	if err != nil {
		return err
	}
	return intake.Decode(body, v, nullable...)
}

// readJSON reads a body that must be JSON by its media type.
func (s *server) readJSON(c echo.Context) ([]byte, error) {
	if err := wantMediaType(c, echo.MIMEApplicationJSON); err != nil {
		return nil, err
	}
	return s.readBody(c, maxJSON, nil)
}

// readBody reads a body as whole does.
func (s *server) readBody(c echo.Context, limit int64, line chan struct{}) ([]byte, error) {
	r := c.Request()
	if err := wantNoCoding(r); err != nil {
		return nil, err
	}
	if r.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	body, err := s.whole(c, http.MaxBytesReader(c.Response(), r.Body, limit), line)
	var tooBig *http.MaxBytesError
	var known *fault.Fault
	switch {
	case errors.As(err, &known):
		return nil, err
	case c.Request().Context().Err() != nil:
		return nil, c.Request().Context().Err()
	case errors.As(err, &tooBig):
		return nil, tooLarge(limit)
	case err != nil:
		return nil, fault.Newf(fault.MalformedRequest, "请求体没有传完", "the request body did not arrive whole").Because(err)
	case len(body) == 0:
		return nil, fault.Newf(fault.EmptyBody, "请求体为空", "the request body is empty")
	}
	return body, nil
}

// bodiless refuses a body where none is read: what stands in it would go unheeded,
// while its sender believes it settled. An empty object says nothing and is let pass.
func bodiless(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var start [len("{ }") + 1]byte
		n, err := io.ReadFull(c.Request().Body, start[:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fault.Newf(fault.MalformedRequest, "请求体没有传完", "the request body did not arrive whole").Because(err)
		}
		if sent := strings.Join(strings.Fields(string(start[:n])), ""); sent != "" && (sent != "{}" || n == len(start)) {
			return fault.Newf(fault.MalformedRequest, "此操作不读取请求体，参数写在地址里", "this operation reads no body; its parameters stand in the address")
		}
		return next(c)
	}
}

// wantNoCoding refuses a body that is compressed: no coding is undone here.
func wantNoCoding(r *http.Request) error {
	coding := r.Header.Get(echo.HeaderContentEncoding)
	if coding == "" || strings.EqualFold(coding, "identity") {
		return nil
	}
	return fault.Newf(fault.UnsupportedMediaType,
		"不支持 Content-Encoding: %s，请发送未压缩的内容", "Content-Encoding: %s is not supported; send the body uncompressed", coding)
}

func wantMediaType(c echo.Context, want string) error {
	got, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err == nil && got == want {
		return nil
	}
	return fault.Newf(fault.UnsupportedMediaType,
		"请以 Content-Type: %s 发送，收到的是“%s”", "send Content-Type: %s; %q was received",
		want, c.Request().Header.Get(echo.HeaderContentType))
}
