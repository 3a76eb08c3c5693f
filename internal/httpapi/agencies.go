package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// listAgencies
//
// @Summary     单位列表 · List agencies
// @Description 各计划提到的单位，附辖区、编号，牵头、参与任务数和指标数；不同辖区的同名单位是不同单位。 The agencies that plans name, with their jurisdiction and id, their tasks and indicators counted; those of one name in two jurisdictions are two.
// @Tags        agencies
// @ID          listAgencies
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       jurisdiction query string false "辖区 · jurisdiction" example(青州市)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.AgencyPage "一页单位 · one page of agencies"
// @Router      /api/v1/agencies [get]
func (s *server) listAgencies(c echo.Context) error {
	p := query(c, "jurisdiction", "limit", "cursor")
	jurisdiction := p.text("jurisdiction")
	page := p.page()
	if p.err != nil {
		return p.err
	}
	agencies, next, err := s.Reader.Agencies(c.Request().Context(), jurisdiction, page)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.AgencyPage{Items: each(agencies, wireAgency), NextCursor: nextCursor(c, next)})
}
