package httpapi

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

func (s *server) serveWebhooks(v1 *echo.Group) {
	v1.GET("/webhooks", s.listWebhooks)
	v1.POST("/webhooks", s.createWebhook)
	v1.GET("/webhooks/:id", s.readWebhook)
	v1.PATCH("/webhooks/:id", s.changeWebhook)
	v1.DELETE("/webhooks/:id", s.deleteWebhook, bodiless)
	v1.POST("/webhooks/:id/rotate", s.rotateWebhook, bodiless)
	v1.POST("/webhooks/:id/enable", s.enableWebhook, bodiless)
	v1.POST("/webhooks/:id/test", s.testWebhook, bodiless)
	v1.GET("/webhooks/:id/deliveries", s.listDeliveries)
	v1.POST("/webhooks/:id/deliveries/:delivery/redeliver", s.redeliver, bodiless)
}

// createWebhook
//
// @Summary     新建推送 · Create a webhook
// @Description 自此刻起，所订事件推送到该地址，按 Standard Webhooks 签名；签名密钥 `secret` 只在本次回答中出现。不能推送到内部地址，除非服务启动时以 --webhook-allow 允许。
// @Description
// @Description From now on the events are posted to the address, signed after Standard Webhooks; the `secret` appears in this answer only. Addresses of inner networks are refused unless the service was started with --webhook-allow.
// @Tags        webhooks
// @ID          createWebhook
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       webhook body v1.WebhookRequest true "推送 · the webhook"
// @Success     201 {object} v1.WebhookCreated "已建立 · created"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, unknown_plan"
// @Router      /api/v1/webhooks [post]
func (s *server) createWebhook(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.WebhookRequest
	if err := s.decode(c, &req); err != nil {
		return err
	}
	made, err := s.Delivery.Create(c.Request().Context(), loop.Webhook{
		URL: req.URL, Description: req.Description, Events: req.Events, Plans: req.Plans, Format: loop.Format(req.Format), RobotSecret: req.RobotSecret,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, v1.WebhookCreated{Webhook: wireWebhook(made), Secret: made.Secret})
}

// listWebhooks
//
// @Summary     推送列表 · List webhooks
// @Description 按建立先后；不含签名密钥。 In the order of creation, without secrets.
// @Tags        webhooks
// @ID          listWebhooks
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.WebhookPage "一页推送 · one page of webhooks"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @x-table   true
// @Router      /api/v1/webhooks [get]
func (s *server) listWebhooks(c echo.Context) error {
	p := query(c, append(tableParams, "limit", "cursor")...)
	as := p.shape(c, nil)
	page := p.pageOf(as)
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.Webhook]{
		name: "webhooks", title: fault.Text{ZH: "推送", EN: "Webhooks"},
		read: pages(&page, func(ctx context.Context) ([]loop.Webhook, int64, error) { return s.Delivery.List(ctx, page) }, wireWebhook),
	})
}

// readWebhook
//
// @Summary     推送 · A webhook
// @Description 不含签名密钥。 Without its secret.
// @Tags        webhooks
// @ID          readWebhook
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       id path string true "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Success     200 {object} v1.Webhook "推送 · the webhook"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @Router      /api/v1/webhooks/{id} [get]
func (s *server) readWebhook(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	w, err := s.Delivery.Get(c.Request().Context(), c.Param("id"))
	return answerWebhook(c, w, err)
}

// changeWebhook
//
// @Summary     修改推送 · Change a webhook
// @Description 只改写明的字段；`disabled: true` 停用，恢复用 enable。 Changes the fields that are given; `disabled: true` stops it, and enable starts it again.
// @Tags        webhooks
// @ID          changeWebhook
// @Security    BearerAuth
// @Accept      json
// @Produce     json,application/problem+json
// @Param       id     path string          true "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Param       change body v1.WebhookPatch true "要改的字段 · what changes"
// @Success     200 {object} v1.Webhook "修改后的推送 · the webhook as changed"
// @Failure     422 {object} v1.Problem "字段的值不能成立 · a value cannot stand: required_field, invalid_value, unknown_plan"
// @Router      /api/v1/webhooks/{id} [patch]
func (s *server) changeWebhook(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	var req v1.WebhookPatch
	if err := s.decode(c, &req); err != nil {
		return err
	}
	if req.Disabled != nil && !*req.Disabled {
		return fault.Newf(fault.InvalidValue, "恢复推送请用 POST …/enable", "POST …/enable starts it again").At("/disabled")
	}
	w, err := s.Delivery.Change(c.Request().Context(), c.Param("id"), func(w *loop.Webhook) {
		replace(&w.URL, req.URL)
		replace(&w.Description, req.Description)
		replace(&w.Events, req.Events)
		replace(&w.Plans, req.Plans)
		replace(&w.RobotSecret, req.RobotSecret)
		if req.Format != nil {
			w.Format = loop.Format(*req.Format)
		}
		if req.Disabled != nil {
			s.Delivery.Disable(w)
		}
	})
	return answerWebhook(c, w, err)
}

// replace gives a field the value that was sent, if one was.
func replace[T any](field, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

func answerWebhook(c echo.Context, w loop.Webhook, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireWebhook(w))
}

// deleteWebhook
//
// @Summary     删除推送 · Delete a webhook
// @Description 连同其投递记录一并删除；审计记录保留。 With its deliveries; the audit log keeps that it was there.
// @Tags        webhooks
// @ID          deleteWebhook
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Success     204 "已删除 · deleted"
// @Router      /api/v1/webhooks/{id} [delete]
func (s *server) deleteWebhook(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	if err := s.Delivery.Delete(c.Request().Context(), c.Param("id")); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// rotateWebhook
//
// @Summary     更换签名密钥 · Rotate the secret of a webhook
// @Description 新密钥只在本次回答中出现；宽限期内同时以新旧两个密钥签名。 The new secret appears in this answer only; for the grace messages are signed with both.
// @Tags        webhooks
// @ID          rotateWebhook
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id          path  string true  "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Param       grace_hours query int    false "旧密钥仍参与签名的小时数 · hours for which the old secret signs too" minimum(0) maximum(168) default(24) example(24)
// @Success     200 {object} v1.WebhookCreated "推送与新密钥 · the webhook with its new secret"
// @Router      /api/v1/webhooks/{id}/rotate [post]
func (s *server) rotateWebhook(c echo.Context) error {
	p := query(c, "grace_hours")
	hours := 0
	if p.text("grace_hours") != "0" {
		hours = cmp.Or(p.number("grace_hours"), defaultGraceHours)
	}
	hours = min(hours, int(delivery.MaxGrace.Hours())+1) // so that no number of hours is too long to count
	if p.err != nil {
		return p.err
	}
	w, err := s.Delivery.Rotate(c.Request().Context(), c.Param("id"), time.Duration(hours)*time.Hour)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.WebhookCreated{Webhook: wireWebhook(w), Secret: w.Secret})
}

// enableWebhook
//
// @Summary     恢复推送 · Enable a webhook
// @Description 从停用处接着推送；`skip=true` 则停用期间发生的不再推送。 Goes on where it stopped; with `skip=true` what happened meanwhile is not told.
// @Tags        webhooks
// @ID          enableWebhook
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id   path  string true  "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Param       skip query bool   false "略过停用期间的事件 · leave out what happened meanwhile" default(false) example(false)
// @Success     200 {object} v1.Webhook "推送 · the webhook"
// @Router      /api/v1/webhooks/{id}/enable [post]
func (s *server) enableWebhook(c echo.Context) error {
	p := query(c, "skip")
	skip := p.flag("skip")
	if p.err != nil {
		return p.err
	}
	w, err := s.Delivery.Enable(c.Request().Context(), c.Param("id"), skip)
	return answerWebhook(c, w, err)
}

// testWebhook
//
// @Summary     试推一条 · Send a test message
// @Description 立即发送一条 `webhook.ping`，不留记录，回答说明是否送达。 Sends a `webhook.ping` at once, keeps nothing of it, and says whether it arrived.
// @Tags        webhooks
// @ID          testWebhook
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id path string true "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Success     200 {object} v1.WebhookTest "结果 · what became of it"
// @Router      /api/v1/webhooks/{id}/test [post]
func (s *server) testWebhook(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	status, failure, err := s.Delivery.Test(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.WebhookTest{Delivered: failure == "", Status: status, Error: failure})
}

// listDeliveries
//
// @Summary     投递记录 · List deliveries
// @Description 新的在前；送达或放弃 30 天后删除。 The newest first; those that ended are dropped after 30 days.
// @Tags        webhooks
// @ID          listDeliveries
// @Security    BearerAuth
// @x-no-validator true
// @Produce     json,application/problem+json
// @Param       id     path  string true  "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Param       state  query string false "状态 · state" Enums(pending, delivered, failed) example(failed)
// @Param       limit  query int    false "每页条数，最大 500 · rows a page, at most 500" minimum(1) default(50) example(50)
// @Param       cursor query string false "上一页的 next_cursor · next_cursor of the page before"
// @Success     200 {object} v1.DeliveryPage "一页投递 · one page of deliveries"
// @Failure     403 {object} v1.Problem "只限 admin · for admins: forbidden"
// @x-table   true
// @Router      /api/v1/webhooks/{id}/deliveries [get]
func (s *server) listDeliveries(c echo.Context) error {
	p := query(c, append(tableParams, "state", "limit", "cursor")...)
	as := p.shape(c, nil)
	page, state := p.pageOf(as), word(p, "state", loop.DeliveryStates)
	if p.err != nil {
		return p.err
	}
	return answerRows(s, c, as, listing[v1.Delivery]{
		name: "deliveries", title: fault.Text{ZH: "投递", EN: "Deliveries"},
		read: pages(&page, func(ctx context.Context) ([]loop.Delivery, int64, error) {
			return s.Delivery.Deliveries(ctx, c.Param("id"), state, page)
		}, wireDelivery),
	})
}

// redeliver
//
// @Summary     重新投递 · Deliver again
// @Description 同一事件编号再发一次，先于该事由尚未送达的。 Sends the same event again, with the same id, before what is pending of its subject.
// @Tags        webhooks
// @ID          redeliver
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       id       path string true "推送编号 · webhook id" example(wh_k3v7q2mxw4ab)
// @Param       delivery path string true "投递编号 · delivery id" example(1207)
// @Success     200 {object} v1.Delivery "待投递 · the delivery, pending"
// @Router      /api/v1/webhooks/{id}/deliveries/{delivery}/redeliver [post]
func (s *server) redeliver(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	id, err := strconv.ParseInt(c.Param("delivery"), 10, 64)
	if err != nil {
		return fault.Newf(fault.NotFound, "没有投递 %s", "there is no delivery %s", c.Param("delivery"))
	}
	d, err := s.Delivery.Redeliver(c.Request().Context(), c.Param("id"), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wireDelivery(d))
}

func wireWebhook(w loop.Webhook) v1.Webhook {
	return v1.Webhook{
		ID: w.Code, URL: w.URL, Description: w.Description, Events: list(w.Events), Plans: list(w.Plans), Format: string(w.Format),
		CreatedBy: w.CreatedBy, CreatedAt: moment(w.CreatedAt), PreviousUntil: momentOrNull(w.PreviousUntil),
		DisabledAt: momentOrNull(w.DisabledAt), DisabledReason: w.DisabledWhy, FailingSince: momentOrNull(w.FailingSince),
	}
}

func wireDelivery(d loop.Delivery) v1.Delivery {
	next := d.NextAt
	if d.State != loop.Pending {
		next = time.Time{}
	}
	return v1.Delivery{
		ID: wireID(d.ID), Event: d.Event, Type: d.Type, Subject: d.Subject, Seq: d.Seq, State: string(d.State), Attempts: d.Attempts,
		LastStatus: d.LastStatus, LastError: d.LastError, CreatedAt: moment(d.CreatedAt), NextAt: momentOrNull(next), DeliveredAt: momentOrNull(d.DeliveredAt),
	}
}
