package httpapi

import (
	"bufio"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/tabular"
)

// listing is a list that a handler answers with: it reads a page of rows, and then the next,
// and the answer follows in any format.
type listing[T any] struct {
	// name is that of the file, title of what the rows are.
	name  string
	title fault.Text
	// read reads the next page. What a cursor holds of the place after it is "" at the end.
	read func(ctx context.Context) (rows []T, next string, err error)
	// fields are those of the rows that are wanted, optional those beside what every row has.
	fields   fieldSet
	optional []string
	// language is that of the rows, "" where they have none.
	language string
	// after is the parameter that takes a cursor, when that is not cursor.
	after string
	// page is the answer in JSON where that is more than items and next_cursor.
	page func(rows []T, cursor *string) any
	// about says, once there are rows, of which moment they are.
	about func() tabular.About
}

// pages reads the pages of records after a position, which it moves.
func pages[D, T any](page *indicator.Page, read func(context.Context) ([]D, int64, error), wire func(D) T) func(context.Context) ([]T, string, error) {
	return func(ctx context.Context) ([]T, string, error) {
		records, next, err := read(ctx)
		page.After = next
		return each(records, wire), positionState(next), err
	}
}

// answerRows answers with rows: in JSON with one page, in any other format with all of them,
// or with a page where limit is given. A page is held at a time.
func answerRows[T any](s *server, c echo.Context, as shape, list listing[T]) error {
	rows, next, err := list.read(c.Request().Context())
	if err != nil {
		return err
	}
	if list.language != "" {
		markLanguage(c, list.language)
	}
	if as.table == "" {
		cursor := linkAfter(c, list.after, next)
		if list.page != nil {
			return c.JSON(http.StatusOK, list.page(rows, cursor))
		}
		return answerPage(c, list.fields, rows, cursor)
	}
	if as.limited {
		linkAfter(c, list.after, next)
		next = ""
	}
	return answerTable(s, c, as, list, rows, next)
}

// answerTable writes rows and all that come after them as a table.
//
// Once it has begun, what goes wrong cannot be said any more: the connection is cut, so that
// nobody takes the part for the whole.
func answerTable[T any](s *server, c echo.Context, as shape, list listing[T], rows []T, next string) error {
	if next != "" && !isHead(c.Request()) {
		leave, err := s.turns.export(c)
		if err != nil {
			return err
		}
		defer leave()
	}
	about := s.aboutOf(c, list.title)
	if list.about != nil {
		at := list.about()
		about.On, about.AsOf, about.Profile = at.On, at.AsOf, at.Profile
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, as.contentType())
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+list.name+"-"+s.dayOf(about)+as.table.Extension()+`"`)
	if isHead(c.Request()) {
		return c.NoContent(http.StatusOK)
	}
	ctx, done := sustained(c)
	defer done()
	out := bufio.NewWriterSize(c.Response(), 64<<10)
	to, err := tabular.New[T](out, as.table, tabular.Options{
		Fields: list.fields.names(), Optional: list.optional, Headings: as.headings, BOM: as.bom, Language: languageOf(c),
		Words: wordsOfCode, About: about, Structure: as.structure,
	})
	for err == nil {
		err = writeRows(to, rows)
		if err != nil || next == "" {
			break
		}
		if err = passOn(c, out); err != nil {
			break
		}
		rows, next, err = nextPage(ctx, s, list)
	}
	if err == nil {
		err = to.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return s.cut(c, err)
	}
	return nil
}

// passOn sends the reader what there is, so that a long table is seen to move.
func passOn(c echo.Context, out *bufio.Writer) error {
	if err := out.Flush(); err != nil {
		return err
	}
	if !c.Response().Committed { // by a format that holds its first rows; what is flushed has begun
		c.Response().WriteHeader(http.StatusOK)
	}
	if err := http.NewResponseController(c.Response().Writer).Flush(); !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}

func writeRows[T any](to tabular.Rows[T], rows []T) error {
	for i := range rows {
		if err := to.Write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// nextPage reads a page in the time that a request has.
func nextPage[T any](ctx context.Context, s *server, list listing[T]) ([]T, string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	return list.read(ctx)
}

// cut ends an answer that had begun. What was not sent yet can still become a problem.
func (s *server) cut(c echo.Context, err error) error {
	h := c.Response().Header()
	if !c.Response().Committed {
		h.Del(echo.HeaderContentDisposition)
		h.Del(echo.HeaderContentType)
		return err
	}
	s.Log.LogAttrs(c.Request().Context(), slog.LevelWarn, "table cut off",
		slog.String("request_id", h.Get(echo.HeaderXRequestID)), slog.String("uri", shortened(c.Request().RequestURI)),
		slog.Int64("bytes", c.Response().Size), slog.String("error", err.Error()))
	panic(http.ErrAbortHandler)
}

const connectionKey = "connection"

// keepConnection keeps the context that ends when the client goes away, which has no deadline.
func keepConnection(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Set(connectionKey, c.Request().Context())
		return next(c)
	}
}

// sustained is the context of an answer that may take as long as its reader goes on reading:
// that of the request, but for its deadline.
func sustained(c echo.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(c.Request().Context()))
	connection, ok := c.Get(connectionKey).(context.Context)
	if !ok {
		return ctx, cancel
	}
	stop := context.AfterFunc(connection, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

// aboutOf says what was asked.
func (s *server) aboutOf(c echo.Context, title fault.Text) tabular.About {
	about := tabular.About{Title: title, Program: "tracker " + s.Version}
	for i, name := range c.ParamNames() {
		about.Selection = append(about.Selection, [2]string{name, c.ParamValues()[i]})
	}
	for _, pair := range strings.Split(c.Request().URL.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		if name == "" || errName != nil || errValue != nil || slices.Contains(tableParams, name) || name == "cursor" {
			continue
		}
		about.Selection = append(about.Selection, [2]string{name, value})
	}
	return about
}

// dayOf is the day that the name of a file has: the one judged, or today.
func (s *server) dayOf(about tabular.About) string {
	if about.On != "" {
		return about.On
	}
	return s.Service.Today().String()
}
