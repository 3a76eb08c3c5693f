package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

func readExternalCodes(codes []v1.ExternalCodeInput) []indicator.ExternalCode {
	return each(codes, func(c v1.ExternalCodeInput) indicator.ExternalCode {
		return indicator.ExternalCode{Namespace: c.Namespace, Code: c.Code}
	})
}

// mapExternalCodes
//
// @Summary     外部代码对照表 · Set what the codes of a namespace mean
// @Description 以对照表整体替换一个命名空间的外部代码：表中未列的代码不再有所指。请求体为 JSON 数组，或带表头“指标代码、外部代码”的 CSV（UTF-8 或 GB18030）。全部保存或全部不保存；不成立的行在 detail 中逐行说明（最多 50 行）。已驳回或停用的指标让出代码。代码有变动的指标各有一个新版本。dry_run=true 只检查并计数。
// @Description
// @Description Replaces the external codes of a namespace by a table: a code that it leaves out means nothing any more. The body is a JSON array, or CSV (UTF-8 or GB18030) with the headings indicator and external_code. All is stored or nothing; the detail tells of each row that cannot stand (of 50 at most). Indicators that were rejected or withdrawn yield their codes. Each indicator whose codes are others gets a new version. dry_run=true checks and counts.
// @Tags        indicators
// @ID          mapExternalCodes
// @Security    BearerAuth
// @Accept      json,text/csv
// @Produce     json,application/problem+json
// @Param       external_namespace query string true "命名空间，空为公用 · the namespace, empty for the shared one" example(gxj-erp)
// @Param       dry_run query bool false "只检查，不保存 · check and store nothing"
// @Param       allow_empty query bool false "没有数据行的表清空该命名空间，否则 422 empty_batch · a table without rows empties the namespace, else it is 422 empty_batch"
// @Param       ignore_columns query []string false "CSV 中不读的列：表头，无表头的列写列标；可重复或以逗号分隔 · columns of a CSV to pass over, by their headings or, without one, by their letters; repeated or separated by commas" collectionFormat(multi)
// @Param       rows    body  []v1.ExternalCodeRowInput true "对照表 · the table"
// @Success     200 {object} v1.ExternalCodesMapped "已生效 · in force"
// @Failure     409 {object} v1.Problem "对照期间指标已有变动 · an indicator changed meanwhile: indicator_not_confirmed"
// @Failure     422 {object} v1.Problem "有行不成立，整表未保存 · rows cannot stand, nothing was stored: batch_refused, empty_batch, required_field, invalid_value, unknown_indicator"
// @Router      /api/v1/external-codes [put]
func (s *server) mapExternalCodes(c echo.Context) error {
	p := queryOf(c, []string{"ignore_columns"}, "external_namespace", "dry_run", "allow_empty")
	namespace, dryRun, allowEmpty := p.given("external_namespace"), p.flag("dry_run"), p.flag("allow_empty")
	if namespace == nil {
		p.fail("external_namespace", "请写明命名空间，公用的写为空", "name the namespace; the shared one is empty")
	} else {
		p.keep("external_namespace", indicator.CheckNamespace(*namespace))
	}
	if p.err != nil {
		return p.err
	}
	body, err := s.readBody(c, maxJSON, nil)
	if err != nil {
		return err
	}
	rows, err := intake.Codes(c.Request().Header.Get(echo.HeaderContentType), body, p.words("ignore_columns")...)
	if err != nil {
		return err
	}
	done, err := s.Service.MapExternalCodes(c.Request().Context(), *namespace, rows, dryRun, allowEmpty)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.ExternalCodesMapped{
		Namespace: done.Namespace, DryRun: dryRun, Codes: done.Codes,
		Added: done.Added, Moved: done.Moved, Removed: done.Removed, Indicators: done.Indicators,
	})
}
