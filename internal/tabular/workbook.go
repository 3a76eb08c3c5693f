package tabular

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const (
	// sheetRows is how many rows a sheet can hold, the headings among them.
	sheetRows = 1 << 20
	// sheetBytes is how long a sheet may be: beyond 4 GB a workbook needs what not every
	// program reads.
	sheetBytes = 3 << 30
	// mostColours is how many fills a workbook is given; what comes after them stays plain.
	mostColours = 64
)

var (
	dataSheet  = fault.Text{ZH: "数据", EN: "Data"}
	aboutSheet = fault.Text{ZH: "说明", EN: "About"}
)

// workbook writes sheets of rows and a sheet about them. The rows go straight into the
// archive as they come, without a temporary file and without being held; the library writes
// the rest, which is small, when they are all there.
type workbook struct {
	archive *zip.Writer
	file    *excelize.File
	columns []Column
	o       Options
	rows    int // most rows of a sheet

	sheet   *bufio.Writer
	count   *counter
	sheets  int
	at      int // row of the sheet
	written int // rows of the table

	heading, date, moment int // styles
	fixed                 map[int]int
	fills                 map[string]int
	colour                int    // the column that has a colour; -1 for none
	painted               []bool // the columns that are painted with it
	letters               []string
}

func newWorkbook(w io.Writer, columns []Column, o Options) (*workbook, error) {
	b := &workbook{
		archive: zip.NewWriter(w), file: excelize.NewFile(), columns: columns, o: o, rows: sheetRows,
		fixed: make(map[int]int), fills: make(map[string]int), colour: -1, painted: make([]bool, len(columns)),
	}
	b.archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	for i, c := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		b.letters = append(b.letters, letter)
		switch c.Name {
		case "color":
			b.colour = i
		case "status", "label":
			b.painted[i] = true
		}
	}
	date, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	var errs [3]error
	b.heading, errs[0] = b.file.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.date, errs[1] = b.file.NewStyle(&excelize.Style{CustomNumFmt: &date})
	b.moment, errs[2] = b.file.NewStyle(&excelize.Style{CustomNumFmt: &moment})
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return b, b.begin()
}

// counter counts what is written through it.
type counter struct {
	w io.Writer
	n int64
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// begin begins a sheet: its headings stay in sight, and its columns have the width of what
// they hold.
func (b *workbook) begin() error {
	b.sheets++
	part, err := b.archive.Create(partOf(b.sheets))
	if err != nil {
		return err
	}
	b.count = &counter{w: part}
	b.sheet, b.at = bufio.NewWriterSize(b.count, 64<<10), 1
	b.print(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range b.columns {
		b.print(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, widthOf(c)))
	}
	b.print(`</cols><sheetData><row r="1">`)
	for i, c := range b.columns {
		b.text(i, b.heading, b.o.Headings.of(c))
	}
	b.print(`</row>`)
	return nil
}

func partOf(sheet int) string { return "xl/worksheets/sheet" + strconv.Itoa(sheet) + ".xml" }

// widthOf is how wide a column is, in characters.
func widthOf(c Column) int {
	switch {
	case c.Kind == Date || c.Kind == Flag || c.Kind == Integer:
		return 12
	case c.Kind == Moment:
		return 20
	case c.Kind == Decimal:
		return 14
	case c.Name == "name" || c.Name == "title":
		return 40
	}
	return 18
}

// print writes to the sheet; what the buffer cannot pass on it says at the end of the row.
func (b *workbook) print(s string) { _, _ = b.sheet.WriteString(s) }

func (b *workbook) end() error {
	b.print(`</sheetData></worksheet>`)
	return b.sheet.Flush()
}

// Row implements Writer.
func (b *workbook) Row(cells []Cell) error {
	if b.at >= b.rows || b.count.n > sheetBytes {
		if err := b.end(); err != nil {
			return err
		}
		if err := b.begin(); err != nil {
			return err
		}
	}
	b.at++
	b.written++
	b.print(`<row r="` + strconv.Itoa(b.at) + `">`)
	fill := b.fillOf(cells)
	for i, cell := range cells {
		if cell.Given && cell.Text != "" {
			b.cell(i, cell.Text, fill)
		}
	}
	_, err := b.sheet.WriteString(`</row>`)
	return err
}

// Close implements Writer: it writes the sheet about the table and all that makes sheets a
// workbook.
func (b *workbook) Close() error {
	if err := b.end(); err != nil {
		return err
	}
	if err := b.frame(); err != nil {
		return err
	}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &frameWriter{archive: b.archive, sheets: b.sheets} })
	return errors.Join(b.file.Write(io.Discard), b.file.Close())
}

// frame makes what the sheets stand in.
func (b *workbook) frame() error {
	names := dataSheet.In(b.o.Language)
	if err := b.file.SetSheetName(b.file.GetSheetName(0), names); err != nil {
		return err
	}
	for i := 2; i <= b.sheets; i++ {
		if _, err := b.file.NewSheet(names + " " + strconv.Itoa(i)); err != nil {
			return err
		}
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Creator: b.o.About.Program, Title: b.o.About.Title.In(b.o.Language)}); err != nil {
		return err
	}
	return b.about()
}

// about writes the sheet that says what the table shows.
func (b *workbook) about() error {
	lang, about := b.o.Language, b.o.About
	sheet := aboutSheet.In(lang)
	if _, err := b.file.NewSheet(sheet); err != nil {
		return err
	}
	lines := [][2]string{{about.Title.In(lang), ""}}
	add := func(name fault.Text, value string) {
		if value != "" {
			lines = append(lines, [2]string{name.In(lang), value})
		}
	}
	add(fault.Text{ZH: "评判日期", EN: "Date judged"}, about.On)
	add(fault.Text{ZH: "按此刻已知的数据", EN: "Known by"}, about.AsOf)
	add(fault.Text{ZH: "评判标准版本", EN: "Version of the profile"}, about.Profile)
	add(fault.Text{ZH: "行数", EN: "Rows"}, strconv.Itoa(b.written))
	add(fault.Text{ZH: "数据工作表", EN: "Sheets of rows"}, strconv.Itoa(b.sheets))
	add(fault.Text{ZH: "时刻", EN: "Moments"}, fault.Text{ZH: "均为 UTC", EN: "are in UTC"}.In(lang))
	add(fault.Text{ZH: "数值", EN: "Numbers"}, fault.Text{ZH: "超过 15 位有效数字的以文本保存，不丢位数", EN: "those of more than 15 digits are texts, so that none is lost"}.In(lang))
	add(fault.Text{ZH: "制表程序", EN: "Made by"}, about.Program)
	for _, pair := range about.Selection {
		lines = append(lines, [2]string{fault.Text{ZH: "筛选 ", EN: "Selection "}.In(lang) + pair[0], pair[1]})
	}
	if err := b.file.SetColWidth(sheet, "A", "B", 32); err != nil {
		return err
	}
	for i, line := range lines {
		for j, text := range line {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := b.file.SetCellStr(sheet, cell, text); err != nil {
				return err
			}
		}
	}
	return b.file.SetCellStyle(sheet, "A1", "A1", b.heading)
}

// frameWriter puts what the library writes into the archive, but for the sheets that are
// there already.
type frameWriter struct {
	archive *zip.Writer
	sheets  int
}

// Create implements excelize.ZipWriter.
func (f *frameWriter) Create(name string) (io.Writer, error) {
	for i := 1; i <= f.sheets; i++ {
		if name == partOf(i) {
			return io.Discard, nil
		}
	}
	return f.archive.Create(name)
}

// AddFS implements excelize.ZipWriter.
func (f *frameWriter) AddFS(files fs.FS) error { return f.archive.AddFS(files) }

// Close implements excelize.ZipWriter.
func (f *frameWriter) Close() error { return f.archive.Close() }
