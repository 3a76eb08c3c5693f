package httpapi

import (
	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/statement"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// readStatement
//
// @Summary     进度证明 · Read a signed statement of an indicator's progress
// @Description 某日进度的全部依据与结果，以服务的 Ed25519 密钥签名，一行 JSON：计划原文、指标版本、计入的实绩及其报送者与散列、规则、计算过程、完成率、审计链末尾。保存后，用 `tracker statement verify --public-key FILE` 可在没有数据库、不联网的机器上重新推算并核对签名。数值以文本写出；无论何人读取，内容都相同。
// @Description
// @Description All that the progress at a date was derived from and what came of it, signed with the service's Ed25519 key, as one line of JSON: the plan's sentence, the indicator's version, the measurements that count with who sent them and their hashes, the profile, the working, the percent, the head of the audit chain. Keep it: `tracker statement verify --public-key FILE` derives the figures again and checks the signature, offline and without the database. Figures are texts; whoever reads it gets the same.
// @Tags        progress
// @ID          readStatement
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       code    path  string true  "指标代码 · indicator code" example(qingzhou-2023-14-1)
// @Param       on      query string false "评判日期，默认今天 · date judged, today by default" format(date) example(2023-09-30)
// @Param       as_of   query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Param       If-None-Match header string false "上次的 ETag · the ETag of the answer before"
// @Success     200 {object} v1.SignedStatement "签名的进度证明 · the signed statement"
// @Header      200 {string} ETag "签名 · the signature"
// @Success     304 "自上次以来未变 · not changed since"
// @Failure     503 {object} v1.Problem "没有签名密钥，或暂不可用或超时 · has no signing key, or is away or too slow: no_signing_key, unavailable, timeout, overloaded"
// @Router      /api/v1/indicators/{code}/statement [get]
func (s *server) readStatement(c echo.Context) error {
	p := query(c, "on", "as_of")
	at := tracker.Moment{On: p.date("on"), AsOf: s.asOf(p)}
	if p.err != nil {
		return p.err
	}
	key, err := s.signingKey()
	if err != nil {
		return err
	}
	facts, err := s.Service.StatementFacts(c.Request().Context(), c.Param("code"), at)
	if err != nil {
		return err
	}
	facts.Program = s.Version
	document, err := statement.Of(facts)
	if err != nil {
		return err
	}
	record, err := key.Seal(signing.Statement, document)
	if err != nil {
		return err
	}
	return answerSigned(c, record)
}
