package httpapi

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/scratch"
)

// How many bodies that take much memory are read at a time, of all requests together. A
// plan's text takes some hundred times its bytes while it is read, a workbook its shared
// strings.
const (
	plansAtOnce     = 1
	workbooksAtOnce = 2
	bodiesAtOnce    = 8 // other bodies of more than smallBody
)

const (
	// summariesAtOnce is how many summaries, each of any number of indicators, are made at a
	// time, a page of them in memory.
	summariesAtOnce = 4
	// exportsAtOnce is how many tables of more than a page are written at a time, each with a
	// page in memory, for as long as their readers take.
	exportsAtOnce = 4
)

const (
	// smallBody is how much of a body is held in memory while the rest of it comes. A
	// longer one is kept on the disk until it is whole, so that senders who take their
	// time take no memory.
	smallBody = 64 << 10
	// turnPatience is how long a request waits for its turn.
	turnPatience = 10 * time.Second
	// turnAgain is when to try again after that, in seconds.
	turnAgain = "5"
)

// turns are the places of bodies that are being read, and of answers that read much.
type turns struct {
	plans, workbooks, bodies, summaries, exports chan struct{}
	patience                                     time.Duration
}

func newTurns() turns {
	return turns{
		plans: make(chan struct{}, plansAtOnce), workbooks: make(chan struct{}, workbooksAtOnce), bodies: make(chan struct{}, bodiesAtOnce),
		summaries: make(chan struct{}, summariesAtOnce), exports: make(chan struct{}, exportsAtOnce), patience: turnPatience,
	}
}

const turnKey = "turn"

// await waits for a request's turn, which it has until it is answered: who reads the
// answer slowly holds no turn. It fails with fault.Overloaded when the turn does not come
// soon.
func (t turns) await(c echo.Context, line chan struct{}) error {
	if err := t.wait(c, line); err != nil {
		return err
	}
	end := sync.OnceFunc(func() { <-line })
	c.Set(turnKey, end)
	c.Response().Before(end)
	return nil
}

// wait takes a place in a line.
func (t turns) wait(c echo.Context, line chan struct{}) error {
	late := time.NewTimer(t.patience)
	defer late.Stop()
	select {
	case line <- struct{}{}:
		return nil
	case <-c.Request().Context().Done():
		return c.Request().Context().Err()
	case <-late.C:
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, turnAgain)
	return fault.Newf(fault.Overloaded, "正在处理的同类大请求已达上限（%d 个），请稍后重试",
		"as many large requests of this kind as can be (%d) are being worked on; try again soon", cap(line))
}

// export waits for a place among the tables that are being written, which the request has
// until it leaves it. Whatever turn it had before is over.
func (t turns) export(c echo.Context) (leave func(), err error) {
	if end, has := c.Get(turnKey).(func()); has {
		end()
	}
	if err := t.wait(c, t.exports); err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { <-t.exports }), nil
}

// endTurn gives the turn of a request back, should it end without an answer.
func endTurn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		defer func() {
			if end, has := c.Get(turnKey).(func()); has {
				end()
			}
		}()
		return next(c)
	}
}

// whole reads a body to its end, and then waits for its turn: in the line given or, when
// that is nil, among all bodies that are not small.
func (s *server) whole(c echo.Context, body io.Reader, line chan struct{}) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(body, smallBody))
	if err != nil {
		return nil, err
	}
	if len(data) < smallBody {
		if line == nil {
			return data, nil
		}
		return data, s.turns.await(c, line)
	}
	file, err := scratch.Create(c.Request().Context())
	if err != nil {
		return nil, unkept(err)
	}
	defer file.Close()
	if err := keep(file, data, body); err != nil {
		return nil, err
	}
	if line == nil {
		line = s.turns.bodies
	}
	if err := s.turns.await(c, line); err != nil {
		return nil, err
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, unkept(err)
	}
	data = make([]byte, size)
	if _, err := file.ReadAt(data, 0); err != nil {
		return nil, unkept(err)
	}
	return data, nil
}

// keep writes what has come of a body, and the rest of it, to a file.
func keep(file *os.File, head []byte, rest io.Reader) error {
	if _, err := file.Write(head); err != nil {
		return unkept(err)
	}
	to := &disk{file: file}
	if _, err := io.Copy(to, rest); err != nil {
		if to.err != nil {
			return unkept(to.err)
		}
		return err
	}
	return nil
}

// disk tells its own errors from those of what is copied to it.
type disk struct {
	file *os.File
	err  error
}

// Write implements io.Writer.
func (d *disk) Write(p []byte) (n int, err error) {
	n, d.err = d.file.Write(p)
	return n, d.err
}

func unkept(err error) error {
	return fault.Newf(fault.Unavailable, "服务器暂时无法接收请求体，请稍后重试", "the body cannot be kept for now; try again later").Because(err)
}
