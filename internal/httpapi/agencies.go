package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// listAgencies
//
// @Summary     单位列表 · List agencies
// @Description 各计划提到的单位，附牵头、参与任务数和指标数。 The agencies that plans name, with their tasks and indicators counted.
// @Tags        agencies
// @ID          listAgencies
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.AgencyPage "一页单位 · one page of agencies"
// @Router      /api/v1/agencies [get]
func (s *server) listAgencies(c echo.Context) error {
	p := query(c, "limit", "cursor")
	page := p.page()
	if p.err != nil {
		return p.err
	}
	agencies, next, err := s.Reader.Agencies(c.Request().Context(), page)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.AgencyPage{Items: each(agencies, wireAgency), NextCursor: nextCursor(c, next)})
}
