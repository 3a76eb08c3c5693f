package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// signingKey is the key that signs answers which have to hold without the database.
func (s *server) signingKey() (signing.Key, error) {
	if s.Signing.IsZero() {
		return signing.Key{}, fault.Newf(fault.NoSigningKey,
			"服务没有签名密钥：请用 tracker signing-key --make --signing-key FILE 生成，并以 serve --signing-key FILE（或 TRACKER_SIGNING_KEY）启动；各进程须用同一密钥",
			"the service has no signing key: make one with tracker signing-key --make --signing-key FILE, and start it with serve --signing-key FILE or TRACKER_SIGNING_KEY, the same for every process")
	}
	return s.Signing, nil
}

// answerSigned answers with a record as one line, which can be kept as it is. The same
// content has the same signature, which therefore is its ETag too.
func answerSigned(c echo.Context, record signing.Record) error {
	line, err := record.Line()
	if err != nil {
		return err
	}
	tag := fmt.Sprintf("%q", record.Signature)
	tagExactly(c, tag)
	known := entityTags(strings.Join(c.Request().Header.Values("If-None-Match"), ","))
	if slices.ContainsFunc(known, func(k string) bool { return k == "*" || strings.TrimPrefix(k, "W/") == tag }) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.JSONBlob(http.StatusOK, append(line, '\n'))
}
