package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// serveBoard serves the pages that people look at. They are no part of the contract: what they
// ask is asked of the routes that are, under the key of their reader.
func (s *server) serveBoard(e *echo.Echo) {
	e.GET("/board", func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, "/board/") })
	e.GET("/board/*", s.showBoard)
	e.POST("/board/*", s.showBoard)
}

func (s *server) showBoard(c echo.Context) error {
	if s.board == nil {
		return noAddress()
	}
	s.board.ServeHTTP(c.Response(), c.Request())
	return nil
}

// start leads to the pages or, without them, to that of the contract.
func (s *server) start(c echo.Context) error {
	if s.board == nil {
		return c.Redirect(http.StatusFound, "/swagger/")
	}
	return c.Redirect(http.StatusFound, "/board/")
}
