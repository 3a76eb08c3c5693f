package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// readMe
//
// @Summary     我是谁 · Who am I
// @Description 本次请求的密钥、角色、单位与权限，约束它的各项限额，以及服务当前的日期和时区。 The key of the request with its role, agencies and permissions, the limits that bind it, and the service's day and time zone.
// @Tags        keys
// @ID          readMe
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Success     200 {object} v1.Me "调用者 · the caller"
// @Router      /api/v1/me [get]
func (s *server) readMe(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	caller, _ := access.From(c.Request().Context())
	lang := languageOf(c)
	markLanguage(c, lang)
	me := v1.Me{
		Authentication: "key", Role: string(caller.Role), RoleLabel: caller.Role.Label().In(lang),
		Agencies:    each(caller.Acting, wireMyAgency),
		Permissions: each(caller.Role.Permissions(), func(p access.Permission) string { return string(p) }),
		Limits:      s.wireLimits(),
		Today:       s.Service.Today().String(), Timezone: s.Service.Place().String(), Version: s.Version,
	}
	switch {
	case s.NoAuth:
		me.Authentication = "off"
	case caller.Key == indicator.WithoutKey:
		me.Authentication = "public"
	default:
		me.Key = &v1.MyKey{ID: caller.Key, Name: caller.Name, Namespace: caller.Namespace}
	}
	return c.JSON(http.StatusOK, me)
}

func wireMyAgency(a indicator.Acting) v1.MyAgency {
	return v1.MyAgency{ID: wireID(a.ID), Jurisdiction: a.Jurisdiction, Name: a.Name, HeldBy: textOrNull(a.HeldBy)}
}

func (s *server) wireLimits() v1.MyLimits {
	l := v1.MyLimits{
		JSONBytes: maxJSON, DocumentBytes: maxDocument, BatchBytes: maxBatch, WorkbookBytes: intake.MaxWorkbook,
		BatchRows: indicator.MostRowsInOne, PageRows: maxLimit, DefaultPageRows: defaultLimit,
	}
	if s.limiter.Rate > 0 {
		l.RequestsPerSecond, l.Burst = &s.limiter.Rate, &s.limiter.Burst
	}
	if s.Limits.InFlightEach > 0 {
		l.InFlight = &s.Limits.InFlightEach
	}
	return l
}
