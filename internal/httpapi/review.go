package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reviewPlan
//
// @Summary     审核指标 · Review a plan's indicators
// @Description 在一个事务里确认 `confirm`、驳回 `reject` 所列指标，`confirm_rest=true` 再确认其余待审核的；任一代码有误则全部不改。重复提交不再产生变化。已有实绩的指标不能驳回（409）。
// @Description
// @Description In one transaction confirms the indicators in `confirm`, rejects those in `reject`, and with `confirm_rest=true` confirms all other drafts; one wrong code and nothing changes. Sending it again changes nothing more. An indicator with measurements cannot be rejected (409).
// @Tags        plans
// @ID          reviewPlan
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       plan     path string true "计划代码 · plan code" example(qingzhou-2023)
// @Param       decision body v1.ReviewRequest true "决定 · the decision"
// @Success     200 {object} v1.ReviewResult "审核结果 · what the review did"
// @Failure     409 {object} v1.Problem "已有实绩或已停用 · has measurements, or is withdrawn: indicator_has_measurements, indicator_withdrawn"
// @Failure     422 {object} v1.Problem "代码有误或重复 · a code is wrong or listed twice: unknown_indicator, invalid_value"
// @Router      /api/v1/plans/{plan}/review [post]
func (s *server) reviewPlan(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.ReviewRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	plan := c.Param("plan")
	done, err := s.Service.ReviewPlan(c.Request().Context(), plan, indicator.Decision{
		Confirm: req.Confirm, Reject: req.Reject, ConfirmRest: req.ConfirmRest,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.ReviewResult{Plan: plan, Review: wireReview(done.Review), Changed: list(done.Changed)})
}
