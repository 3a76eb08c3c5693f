package httpapi

import (
	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/anchor"
)

// readAuditHead
//
// @Summary     审计链末尾 · Read the head of the audit chain
// @Description 审计链最后一条的序号与散列、该时刻及当时的数量，以服务的 Ed25519 密钥签名，一行 JSON。将它存于别处，之后 `tracker verify --anchor FILE` 可证明今天的审计链由此延续：截尾、重写或重建数据库都会被发现。内容未变则签名与 ETag 不变。
// @Description
// @Description The number and hash of the last entry of the audit chain, its moment and what was stored then, signed with the service's Ed25519 key, as one line of JSON. Keep it elsewhere: later `tracker verify --anchor FILE` proves that the chain goes on from there, so that a cut end, a rewritten chain or a database made anew is found. While nothing changes, the signature and the ETag stay the same.
// @Tags        audit
// @ID          readAuditHead
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       If-None-Match header string false "上次的 ETag · the ETag of the answer before"
// @Success     200 {object} v1.SignedAuditHead "签名的链末尾 · the signed head"
// @Header      200 {string} ETag "签名 · the signature"
// @Success     304 "自上次以来未变 · not changed since"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @Failure     503 {object} v1.Problem "没有签名密钥，或暂不可用或超时 · has no signing key, or is away or too slow: no_signing_key, unavailable, timeout, overloaded"
// @Router      /api/v1/audit/head [get]
func (s *server) readAuditHead(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	key, err := s.signingKey()
	if err != nil {
		return err
	}
	head, err := s.Reader.AuditHead(c.Request().Context())
	if err != nil {
		return err
	}
	record, err := anchor.Seal(key, head)
	if err != nil {
		return err
	}
	return answerSigned(c, record)
}
