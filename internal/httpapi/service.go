package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// health
//
// @Summary     存活 · Is the process alive
// @Description 进程在运行即为 200，不检查数据库。 200 while the process runs; the database is not asked.
// @Tags        service
// @ID          health
// @Produce     json,application/problem+json
// @Success     200 {object} v1.Health "存活 · alive"
// @Failure     500 {object} v1.Problem "服务内部错误 · the service failed: internal"
// @Router      /healthz [get]
func (s *server) health(c echo.Context) error {
	return c.JSON(http.StatusOK, s.healthy())
}

// healthy is the answer of a service that serves.
func (s *server) healthy() v1.Health {
	h := v1.Health{Status: "ok", Version: s.Version}
	if s.AnchorState != nil {
		h.AuditAnchor = string(s.AnchorState())
	}
	return h
}

// ready
//
// @Summary     就绪 · Can requests be served
// @Description 数据库可读为 200，否则 503。 200 when the database can be read, else 503.
// @Tags        service
// @ID          ready
// @Produce     json,application/problem+json
// @Success     200 {object} v1.Health "就绪 · ready"
// @Failure     500 {object} v1.Problem "服务内部错误 · the service failed: internal"
// @Failure     503 {object} v1.Problem "暂不可用或超时 · away or too slow: unavailable, timeout"
// @Router      /readyz [get]
func (s *server) ready(c echo.Context) error {
	if err := s.Reader.Ready(c.Request().Context()); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.healthy())
}
