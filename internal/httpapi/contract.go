package httpapi

import (
	"io/fs"
	"net/http"
	"path"

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
	page := echo.WrapHandler(http.StripPrefix("/swagger", openapi.Handler()))
	e.GET("/swagger/*", func(c echo.Context) error {
		if !isPageFile(c.Param("*")) {
			return noAddress()
		}
		return page(c)
	})
}

// isPageFile reports whether the page has the file; "" is the page itself.
func isPageFile(name string) bool {
	files := openapi.UI()
	for _, stored := range []string{name, name + ".gz"} {
		if info, err := fs.Stat(files, stored); err == nil {
			return !info.IsDir() && path.Ext(name) != ".gz"
		}
	}
	return name == ""
}
