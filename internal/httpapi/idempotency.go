package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

const (
	headerKey      = "Idempotency-Key"
	headerReplayed = "Idempotency-Replayed"
	// keepAnswers is how long an answer is kept for its key.
	keepAnswers = 24 * time.Hour
	longestKey  = 255
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
	if len(header) > 1 || name == "" || len(name) > longestKey || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) {
		return indicator.Idempotency{}, nil, fault.Newf(fault.InvalidParameter,
			"Idempotency-Key 应为 1 至 %d 个 ASCII 字符", "the Idempotency-Key is 1 to %d ASCII characters", longestKey).At(headerKey)
	}
	r := c.Request()
	scope := sha256.Sum256([]byte(strings.Join([]string{indicator.ActorFrom(r.Context()).Key, r.Method, r.URL.Path, name}, "\n")))
	key := indicator.Idempotency{Scope: hex.EncodeToString(scope[:]), ExpiresAt: s.Now().Add(keepAnswers)}
	if payload != nil {
		key.Fingerprint = fingerprint(r.URL.RawQuery, sha256.Sum256(payload))
	}
	if _, taken := s.running.LoadOrStore(key.Scope, true); taken {
		return indicator.Idempotency{}, nil, fault.Newf(fault.KeyInUse,
			"同一 Idempotency-Key 的请求正在处理，请稍后重发", "a request with this Idempotency-Key is being processed; send it again in a moment")
	}
	return key, func() { s.running.Delete(key.Scope) }, nil
}

func fingerprint(query string, payload [sha256.Size]byte) []byte {
	sum := sha256.Sum256(append(payload[:], query...))
	return sum[:]
}
