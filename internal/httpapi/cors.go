package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// Origins are the sites whose pages browsers may let use the service. A site that
// is named may read and write, with a key that its page shows itself. Pages of any
// other site may at most read, without a key. There are no cookies, so browsers
// are never told to send credentials of their own.
type Origins struct {
	anyone bool
	named  []string
}

// anyOrigin stands for every site.
const anyOrigin = "*"

// ParseOrigins reads origins as browsers send them, https://example.org or
// http://127.0.0.1:3000, and * for reads by pages of any site.
func ParseOrigins(list []string) (Origins, error) {
	var o Origins
	for _, origin := range list {
		if origin == anyOrigin {
			o.anyone = true
			continue
		}
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Contains(u.Host, "*") || origin != u.Scheme+"://"+strings.ToLower(u.Host) {
			return Origins{}, fmt.Errorf("%q is not an origin: write https://example.org, with its port if it has one and nothing after it, or *", origin)
		}
		o.named = append(o.named, origin)
	}
	return o, nil
}

// What pages of other sites may send and read beside what browsers always allow.
const (
	corsReads   = "GET, HEAD"
	corsWrites  = "GET, HEAD, POST, PATCH, DELETE"
	corsPlain   = "Accept-Language, If-None-Match, X-Request-Id"
	corsKeyed   = "Authorization, Content-Type, If-Match, Idempotency-Key, " + corsPlain
	corsExposed = "Batch-Id, Content-Disposition, ETag, Idempotency-Replayed, Link, Location, " +
		"RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id"
	corsRemember = "7200" // seconds that a browser need not ask again
)

// middleware lets browsers show answers to pages of the sites allowed, and answers
// what browsers ask before they send what a page wants to send.
func (o Origins) middleware(next echo.HandlerFunc) echo.HandlerFunc {
	if !o.anyone && len(o.named) == 0 {
		return next
	}
	return func(c echo.Context) error {
		r, h := c.Request(), c.Response().Header()
		vary(h, echo.HeaderOrigin)

		origin := r.Header.Get(echo.HeaderOrigin)
		named := slices.Contains(o.named, origin)
		if origin == "" || !named && !o.anyone {
			return next(c)
		}
		allowed, methods, headers := anyOrigin, corsReads, corsPlain
		if named {
			allowed, methods, headers = origin, corsWrites, corsKeyed
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, allowed)
		if r.Method != http.MethodOptions || r.Header.Get(echo.HeaderAccessControlRequestMethod) == "" {
			h.Set(echo.HeaderAccessControlExposeHeaders, corsExposed)
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowMethods, methods)
		h.Set(echo.HeaderAccessControlAllowHeaders, headers)
		h.Set(echo.HeaderAccessControlMaxAge, corsRemember)
		return c.NoContent(http.StatusNoContent)
	}
}
