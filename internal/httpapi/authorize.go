package httpapi

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// authorize lets a request through to its handler when there is room for it, when
// its caller is known and within the rate, and when the caller may do what the
// route does. Handlers find the caller in the request's context. Health and
// documentation are open and never wait in line.
func (s *server) authorize(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		wanted := permissionFor(c)
		if wanted == access.Public || s.Local {
			return next(c)
		}
		purpose := purposeOf(wanted, c.Request().Method)
		if !s.places.enter(purpose) {
			return noPlace(c)
		}
		defer s.places.leave(purpose)
		caller, err := s.caller(c, wanted)
		if err != nil {
			return err
		}
		name := s.countedAs(c, caller)
		if !s.places.share(name) {
			return s.places.noShare(c)
		}
		defer s.places.giveBack(name)
		if !caller.May(wanted) {
			may := access.RolesThatMay(wanted)
			return fault.Newf(fault.Forbidden, "本密钥的角色（%[1]s）不能进行此操作，可进行的角色：%[2]s", "the role of this key, %[3]s, does not permit this; those that do: %[4]s",
				caller.Role.Label().ZH, strings.Join(each(may, func(r access.Role) string { return r.Label().ZH }), "、"),
				caller.Role, strings.Join(each(may, func(r access.Role) string { return string(r) }), ", "))
		}
		identify(c, caller)
		return next(c)
	}
}

// countedAs names whom a request counts for: its key or, without one, the address that
// it comes from.
func (s *server) countedAs(c echo.Context, caller access.Principal) string {
	if s.NoAuth || caller.Key == "" {
		return "address " + c.RealIP()
	}
	return "key " + caller.Key
}

// caller finds out who makes the request and counts it against that caller's
// rate. Requests without a good key count against the address they come from.
func (s *server) caller(c echo.Context, wanted access.Permission) (access.Principal, error) {
	address := "address " + c.RealIP()
	if s.NoAuth {
		return access.Anyone(), s.limit(c, address)
	}
	token, shown := bearer(c.Request().Header.Get(echo.HeaderAuthorization))
	if !shown {
		if err := s.limit(c, address); err != nil {
			return access.Principal{}, err
		}
		if s.PublicRead && wanted == access.Read {
			return access.Visitor(), nil
		}
		return access.Principal{}, challenge(c, `Bearer realm="tracker"`, fault.Newf(fault.Unauthorized,
			"请以 Authorization: Bearer 请求头出示密钥", "show a key in the header Authorization: Bearer"))
	}
	caller, err := s.verify(c, token)
	if fault.Is(err, fault.Unauthorized) {
		err = explained(err, c.Request().Header.Get(echo.HeaderAuthorization))
		if limited := s.limit(c, address); limited != nil {
			return access.Principal{}, limited
		}
		return access.Principal{}, challenge(c, `Bearer realm="tracker", error="invalid_token"`, err)
	}
	if err != nil {
		return access.Principal{}, err
	}
	return caller, s.limit(c, s.countedAs(c, caller))
}

func (s *server) verify(c echo.Context, token string) (access.Principal, error) {
	if s.Keys == nil {
		return access.Principal{}, fault.New(fault.Unauthorized, fault.Unauthorized.Title())
	}
	return s.Keys.Verify(c.Request().Context(), token)
}

// challenge adds the header that RFC 9110 wants beside status 401.
func challenge(c echo.Context, header string, err error) error {
	c.Response().Header().Set(echo.HeaderWWWAuthenticate, header)
	return err
}

// bearer reads the token of an Authorization header, false when there is no
// such header. A header of another scheme has an empty token, which is no key.
func bearer(header string) (token string, shown bool) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", header != ""
	}
	return strings.TrimSpace(token), true
}

// identify puts the caller into the request's context, for what is permitted
// and for the record of who made a change.
func identify(c echo.Context, caller access.Principal) {
	r := c.Request()
	ctx := access.With(r.Context(), caller)
	ctx = indicator.WithActor(ctx, indicator.Actor{
		Key: caller.Key, Name: caller.Name, From: c.RealIP(),
		RequestID: c.Response().Header().Get(echo.HeaderXRequestID),
	})
	c.SetRequest(r.WithContext(ctx))
	c.Set(callerKey, caller.Key)
}

// callerKey names the caller's key for the request log.
const callerKey = "caller"

// explained says of a header that brings no token where that comes from, mostly: a variable of
// the shell that was set in another terminal.
func explained(err error, header string) error {
	if !strings.EqualFold(strings.TrimSpace(header), "Bearer") {
		return err
	}
	return fault.Newf(fault.Unauthorized, "Authorization: Bearer 之后没有密钥：本终端里设置了变量 KEY 吗？",
		"there is no token after Authorization: Bearer: is the variable KEY set in this terminal?")
}
