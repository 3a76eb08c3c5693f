package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// maxWords is the most characters that a code, a name or words to look for can
// have.
const maxWords = 200

// isPlain reports whether a text can be looked for at all: no database holds
// NUL or broken UTF-8, and longer patterns are more than one will match.
func isPlain(s string) bool { return isPlainWithin(s, maxWords) }

func isPlainWithin(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unicode.IsControl)
}

// plainCode refuses a code in a body that cannot be anyone's.
func plainCode(field, s string) error {
	if isPlain(s) {
		return nil
	}
	return fault.Newf(fault.InvalidValue, "最长 %d 个字符，不能含有控制字符", "at most %d characters and no control characters are allowed", maxWords).At(field)
}

// plainPath unescapes the parameters of an address that was written with
// escapes, which echo leaves as they are, and answers 404 where one of them can
// be no name.
func plainPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		values := c.ParamValues()
		for i, value := range values {
			if c.Request().URL.RawPath != "" {
				plain, err := url.PathUnescape(value)
				if err != nil {
					return noAddress()
				}
				values[i] = plain
			}
			if !isPlain(values[i]) {
				return noAddress()
			}
		}
		c.SetParamValues(values...)
		return next(c)
	}
}

// ownPagesOnly refuses writes that a browser sends for a page of a site that is
// not one of those named. A service may have been told to ask for no keys, and a
// page needs no permission to send it text or a form.
func ownPagesOnly(trusted []string) echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic(err) // a mistake in the program, which checks origins as it reads them
		}
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return fault.Newf(fault.CrossOrigin,
					"其他网站的页面不能写入本服务", "pages of other sites may not write to this service").Because(err)
			}
			return next(c)
		}
	}
}

type headKey struct{}

// answerHead serves HEAD as GET; net/http keeps the body back, as it goes by
// the request that it read itself.
func answerHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(context.WithValue(r.Context(), headKey{}, true))
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// methodOf is the method as it was asked for.
func methodOf(r *http.Request) string {
	if r.Context().Value(headKey{}) != nil {
		return http.MethodHead
	}
	return r.Method
}
