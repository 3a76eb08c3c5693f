package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/api/openapi"
)

// serveContract serves the contract and the page that shows it. They describe
// the interface and are not part of it.
func (s *server) serveContract(e *echo.Echo) {
	e.GET("/openapi.json", func(c echo.Context) error {
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, openapi.JSON())
	})
	e.GET("/openapi.yaml", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/yaml", openapi.YAML())
	})
	e.GET("/swagger", func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, "/swagger/") })
	e.GET("/swagger/*", echo.WrapHandler(http.StripPrefix("/swagger", openapi.Handler())))
}
