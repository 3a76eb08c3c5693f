package httpapi

import (
	"crypto/sha256"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const (
	headerKey      = "Idempotency-Key"
	headerReplayed = "Idempotency-Replayed"
)

// claim takes the idempotency key of a request for itself until released; a
// request without one gets an empty key. It fails with fault.KeyInUse while
// another request with the key is being answered.
func (s *server) claim(c echo.Context, payload []byte) (indicator.Idempotency, func(), error) {
	header := c.Request().Header.Values(headerKey)
	if len(header) == 0 {
		return indicator.Idempotency{}, func() {}, nil
	}
	name := header[0]
	if quoted, ok := strings.CutPrefix(name, `"`); ok {
		name = strings.TrimSuffix(quoted, `"`)
	}
	if len(header) > 1 {
		name = "" // which is none
	}
	r := c.Request()
	key, err := indicator.NewIdempotency(name, s.Now(), indicator.ActorFrom(r.Context()).Key, r.Method, r.URL.Path)
	if err != nil {
		return indicator.Idempotency{}, nil, fault.At(err, headerKey)
	}
	if payload != nil {
		key.Fingerprint = indicator.Fingerprint(sha256.Sum256(payload), r.URL.RawQuery)
	}
	if _, taken := s.running.LoadOrStore(key.Scope, true); taken {
		return indicator.Idempotency{}, nil, fault.Newf(fault.KeyInUse,
			"同一 Idempotency-Key 的请求正在处理，请稍后重发", "a request with this Idempotency-Key is being processed; send it again in a moment")
	}
	return key, func() { s.running.Delete(key.Scope) }, nil
}
