package httpapi

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// defaultGraceHours is how long the old token of a rotated key stays good
// unless the caller says otherwise.
const defaultGraceHours = 24

// createKey
//
// @Summary     新建密钥 · Create a key
// @Description 令牌 `token` 只在本次回答中出现，请立即保存；服务只存其 HMAC。`reporter` 须写明单位，只能报送这些单位牵头或参与的指标；同名单位在几个辖区都有时，须写明辖区 `jurisdiction`。
// @Description
// @Description The `token` appears in this answer only: keep it now; the service stores its HMAC alone. A `reporter` names its agencies, and reports on the indicators that they lead or take part in; where several jurisdictions have an agency of a name, `jurisdiction` says which is meant.
// @Tags        keys
// @ID          createKey
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       key body v1.CreateKeyRequest true "密钥 · the key"
// @Success     201 {object} v1.KeyCreated "已建立 · created"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, invalid_date, ambiguous_agency"
// @Router      /api/v1/keys [post]
func (s *server) createKey(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.CreateKeyRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	key := access.Key{Name: req.Name, Role: access.Role(req.Role), Agencies: req.Agencies, Namespace: req.Namespace, Jurisdiction: req.Jurisdiction}
	if req.ExpiresOn != "" {
		last, err := indicator.ParseDate(req.ExpiresOn)
		if err != nil {
			return fault.At(err, "/expires_on")
		}
		key.ExpiresAt = access.EndOf(last, s.Place)
	}
	created, token, err := s.Keys.Create(c.Request().Context(), key)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, v1.KeyCreated{Key: s.wireKey(created), Token: token})
}

// listKeys
//
// @Summary     密钥列表 · List keys
// @Description 按建立先后，包括已过期和已吊销的；不含令牌。 In the order of creation, those expired and revoked too; without tokens.
// @Tags        keys
// @ID          listKeys
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.KeyPage "一页密钥 · one page of keys"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @x-table   true
// @Router      /api/v1/keys [get]
func (s *server) listKeys(c echo.Context) error {
	p := query(c, append(tableParams, "limit", "cursor")...)
	as := p.shape(c, nil)
	page := p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.Key]{
		name: "keys", title: fault.Text{ZH: "密钥", EN: "Keys"},
		read: pages(&page, func(ctx context.Context) ([]access.Key, int64, error) { return s.Keys.List(ctx, page) }, s.wireKey),
	})
}

// rotateKey
//
// @Summary     更换令牌 · Rotate a key
// @Description 给密钥换一个新令牌；旧令牌在宽限期内仍可用，更早的令牌立即失效。 Gives the key another token; the old one stays good for the grace, one older still ends at once.
// @Tags        keys
// @ID          rotateKey
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id          path  string true  "密钥编号 · key id" example(k3v7q2mxw4ab)
// @Param       grace_hours query int    false "旧令牌仍可用的小时数 · hours that the old token stays good" minimum(0) maximum(720) default(24) example(24)
// @Success     200 {object} v1.KeyCreated "密钥与新令牌 · the key with its new token"
// @Failure     409 {object} v1.Problem "密钥已过期或吊销 · expired or revoked: key_inactive"
// @Router      /api/v1/keys/{id}/rotate [post]
func (s *server) rotateKey(c echo.Context) error {
	p := query(c, "grace_hours")
	hours := 0
	if p.text("grace_hours") != "0" {
		hours = cmp.Or(p.number("grace_hours"), defaultGraceHours)
	}
	hours = min(hours, int(access.MaxGrace.Hours())+1) // so that no number of hours is too long to count
	if p.err != nil {
		return p.err
	}
	rotated, token, err := s.Keys.Rotate(c.Request().Context(), c.Param("id"), time.Duration(hours)*time.Hour)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.KeyCreated{Key: s.wireKey(rotated), Token: token})
}

// narrowKey
//
// @Summary     收窄密钥 · Narrow a key
// @Description 密钥只保留该辖区的单位；早期版本所建密钥，同名单位在几个辖区都有的，以此收窄。 Leaves a key those of its agencies that the jurisdiction has: for keys of an earlier release, whose names may mean agencies of several.
// @Tags        keys
// @ID          narrowKey
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id           path  string true "密钥编号 · key id" example(k3v7q2mxw4ab)
// @Param       jurisdiction query string true "辖区 · jurisdiction" maxLength(1000) example(青州市)
// @Success     200 {object} v1.Key "收窄后的密钥 · the key as narrowed"
// @Failure     422 {object} v1.Problem "密钥没有该辖区的单位 · the key has no agency of the jurisdiction: invalid_value"
// @Router      /api/v1/keys/{id}/narrow [post]
func (s *server) narrowKey(c echo.Context) error {
	p := query(c, "jurisdiction")
	jurisdiction := p.text("jurisdiction")
	if p.err != nil {
		return p.err
	}
	narrowed, err := s.Keys.Narrow(c.Request().Context(), c.Param("id"), jurisdiction)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.wireKey(narrowed))
}

// revokeKey
//
// @Summary     吊销密钥 · Revoke a key
// @Description 密钥在 5 秒内对所有进程失效，不能恢复，仍留在列表中；再次吊销没有影响。 The key ends for good, within 5 seconds for every process, and stays in the list; revoking it again changes nothing.
// @Tags        keys
// @ID          revokeKey
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "密钥编号 · key id" example(k3v7q2mxw4ab)
// @Success     200 {object} v1.Key "吊销后的密钥 · the key as revoked"
// @Router      /api/v1/keys/{id} [delete]
func (s *server) revokeKey(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	revoked, err := s.Keys.Revoke(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.wireKey(revoked))
}

func (s *server) wireKey(k access.Key) v1.Key {
	return v1.Key{
		ID: k.ID, Name: k.Name, Role: string(k.Role), Agencies: list(k.Agencies), BoundAgencies: each(k.Bound, wireAgencyRef), State: string(s.Keys.StateOf(k)),
		CreatedBy: k.CreatedBy, CreatedAt: moment(k.CreatedAt), ExpiresAt: momentOrNull(k.ExpiresAt),
		RevokedAt: momentOrNull(k.RevokedAt), LastUsedAt: momentOrNull(k.LastUsedAt), PreviousUntil: momentOrNull(k.PreviousUntil),
		Namespace: k.Namespace,
	}
}
