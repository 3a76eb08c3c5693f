package intake

import (
	"context"
	"errors"
	"io"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// workbook are the reports of all visible sheets of a workbook that have headings.
type workbook struct {
	book   *book
	grids  []*grid // of the sheets still to be read
	parts  []string
	open   *sheet
	unread []string
}

func newWorkbook(ctx context.Context, r io.Reader, passOver []string) (*workbook, error) {
	b, err := openBook(ctx, r)
	if err != nil {
		return nil, notAWorkbook(err)
	}
	w := &workbook{book: b}
	if err := w.findGrids(passOver); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return w, nil
}

// notAWorkbook is the fault of a workbook that cannot be read. What has a fault of its
// own, such as one past its limits, keeps it; so does a request that has ended.
func notAWorkbook(err error) error {
	var known *fault.Fault
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Newf(fault.UnreadableFile, "无法读取工作簿，请以 .xlsx 格式保存，不加密，最大 %d 字节",
		"the workbook cannot be read; save it as .xlsx, without a password, at most %d bytes", MaxWorkbook).Because(err)
}

// findGrids finds the headings of every visible sheet. A sheet without any is
// unread, one whose headings are at fault refuses the workbook, and so does a
// workbook in which no sheet can be read.
func (w *workbook) findGrids(passOver []string) error {
	var why error
	for _, s := range w.book.sheets {
		if s.hidden || s.part == "" {
			w.unread = append(w.unread, s.name)
			continue
		}
		g, err := w.look(s, passOver)
		if err != nil {
			return err
		}
		if g.columns != nil {
			w.grids = append(w.grids, g.grid)
			w.parts = append(w.parts, s.part)
			continue
		}
		w.unread = append(w.unread, s.name)
		if why == nil {
			why = g.why
		}
	}
	switch {
	case len(w.grids) > 0:
		return nil
	case why != nil:
		return why
	}
	return fault.Newf(fault.EmptyBody, "没有可见的工作表", "no sheet is visible")
}

// looked is a sheet whose headings were looked for: why it has none.
type looked struct {
	*grid
	why error
}

// look finds the headings of a sheet, and whether anything stands beside them.
func (w *workbook) look(s sheetEntry, passOver []string) (looked, error) {
	in, err := w.book.sheet(s.part)
	if err != nil {
		return looked{}, notAWorkbook(err)
	}
	defer in.close()
	g := &grid{in: in, sheet: s.name, passed: passOver}
	found, err := g.findHeadings()
	switch {
	case fault.Is(err, fault.UnreadableFile), fault.Is(err, fault.BodyTooLarge) && !found, err != nil && found && isForReports(g.names):
		return looked{}, ofSheet(s.name, err)
	case err != nil || !found:
		g.columns = nil
		return looked{g, ofSheet(s.name, err)}, nil
	}
	err = g.lookAhead()
	g.in, g.ahead = nil, nil // read again when its turn comes, so that only one sheet is open
	return looked{g, nil}, ofSheet(s.name, err)
}

// ofSheet names the sheet that a fault is in.
func ofSheet(name string, err error) error {
	f := fault.From(err)
	if f == nil || f.Code == fault.UnreadableFile {
		return err
	}
	return fault.New(f.Code, fault.Text{ZH: "工作表“" + clip(name) + "”：" + f.Detail.ZH, EN: "sheet “" + clip(name) + "”: " + f.Detail.EN}).At(f.Field).Because(err)
}

// Next implements tracker.Rows.
func (w *workbook) Next() (tracker.Report, *fault.Fault, error) {
	for {
		if w.open == nil {
			if len(w.grids) == 0 {
				return tracker.Report{}, nil, errors.Join(io.EOF, w.book.close())
			}
			if err := w.turnTo(w.grids[0], w.parts[0]); err != nil {
				return tracker.Report{}, nil, errors.Join(err, w.book.close())
			}
		}
		r, refusal, err := w.grids[0].Next()
		if err == nil {
			return r, refusal, nil
		}
		w.open.close()
		w.open, w.grids, w.parts = nil, w.grids[1:], w.parts[1:]
		if !errors.Is(err, io.EOF) {
			return tracker.Report{}, nil, errors.Join(err, w.book.close())
		}
	}
}

// turnTo opens a sheet below its headings.
func (w *workbook) turnTo(g *grid, part string) (err error) {
	if w.open, err = w.book.sheet(part); err != nil {
		return notAWorkbook(err)
	}
	g.in = w.open
	for {
		r, _, err := w.open.next()
		if err != nil || r.line == g.line {
			return err
		}
	}
}
