package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
)

const calendarRoute = "/calendar/:secret"

func (s *server) serveCalendars(v1 *echo.Group) {
	v1.POST("/agencies/:id/calendar", s.openCalendar, bodiless)
	v1.DELETE("/agencies/:id/calendar", s.closeCalendar, bodiless)
}

// openCalendar
//
// @Summary     开通日历订阅 · Open a calendar feed
// @Description 单位的日历订阅（iCalendar），列出该单位各事项的时限；地址含密钥，只在本次回答中出现，知道地址的人都能读。原有的地址随即失效。
// @Description
// @Description A feed (iCalendar) of what is due when for the agency. Its address holds a secret, which appears in this answer only; whoever knows it can read the feed. One that was there ends.
// @Tags        agencies
// @ID          openCalendar
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "单位编号 · id of the agency" example(12)
// @Success     201 {object} v1.CalendarAddress "地址 · the address"
// @Router      /api/v1/agencies/{id}/calendar [post]
func (s *server) openCalendar(c echo.Context) error {
	id, err := s.ownAgency(c)
	if err != nil {
		return err
	}
	secret, err := s.Delivery.OpenCalendar(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, v1.CalendarAddress{Path: "/calendar/" + secret + ".ics"})
}

// closeCalendar
//
// @Summary     撤销日历订阅 · Revoke a calendar feed
// @Description 该单位的订阅地址即刻失效。 The address of the agency's feed ends at once.
// @Tags        agencies
// @ID          closeCalendar
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "单位编号 · id of the agency" example(12)
// @Success     204 "已撤销 · revoked"
// @Router      /api/v1/agencies/{id}/calendar [delete]
func (s *server) closeCalendar(c echo.Context) error {
	id, err := s.ownAgency(c)
	if err != nil {
		return err
	}
	if err := s.Delivery.CloseCalendar(c.Request().Context(), id); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// ownAgency is the agency in the path, for which the caller may act.
func (s *server) ownAgency(c echo.Context) (int64, error) {
	if p := query(c); p.err != nil {
		return 0, p.err
	}
	id, err := agencyInPath(c)
	if err != nil {
		return 0, err
	}
	ctx := c.Request().Context()
	answers, err := s.Delivery.AnswersFor(ctx, id)
	if err != nil {
		return 0, err
	}
	if !access.ActsFor(ctx, answers...) {
		return 0, fault.Newf(fault.Forbidden, "本密钥只能开通或撤销本单位的日历订阅", "this key may open and revoke the feed of its own agencies only")
	}
	if _, err := s.Service.AgencyEvents(ctx, id); err != nil { // there is no such agency
		return 0, err
	}
	return id, nil
}

// readCalendar answers with a feed. Its address is all that its readers need: calendars send no
// key. It stands outside of the contract, as the pages of the documentation do.
func (s *server) readCalendar(c echo.Context) error {
	secret, isFeed := strings.CutSuffix(c.Param("secret"), ".ics")
	if !isFeed || s.Delivery == nil {
		return echo.ErrNotFound
	}
	feed, err := s.Delivery.Calendar(c.Request().Context(), secret)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(feed)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Referrer-Policy", "no-referrer")
	if isKnown(c, tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", feed)
}
