package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/scratch"
)

// Limits of a workbook: what is sent, what that may unpack to, and how much of it is
// held in memory. Sheets are unpacked while they are read.
const (
	MaxWorkbook   = 32 << 20
	mostUnpacked  = 512 << 20 // of all parts that are read, and of a sheet or the shared strings
	mostOfPart    = 16 << 20  // of any other part that is read
	mostParts     = 5000
	mostSheets    = 256
	mostInToken   = 512 << 10 // of XML; a cell holds at most 32,767 characters
	mostDepth     = 64        // of elements within each other
	mostFormats   = 1 << 16
	mostInFormat  = 1024    // bytes; spreadsheets take 255 characters
	mostOfStrings = 8 << 20 // in memory; the rest is in a file
	mostStrings   = 8 << 20
)

var (
	errNoPart = errors.New("the workbook has no such part")
	errXML    = errors.New("the XML of the workbook is not as that of a workbook is")
)

// book is a workbook: its sheets, and what their cells refer to.
type book struct {
	ctx     context.Context
	sent    *os.File             // the workbook as it came, where it did not come in a file
	parts   map[string]*zip.File // by lower-case name
	left    int64                // bytes that may still be unpacked
	sheets  []sheetEntry
	formats []*numberFormat // by the number that a cell has
	strings *sharedStrings
	// stale says that formulas are to be computed when the workbook is opened: what
	// it holds of them is not what it shows.
	stale bool
}

// sheetEntry is a sheet as the workbook lists it.
type sheetEntry struct {
	name   string
	part   string // empty when it has no cells
	hidden bool
}

// openBook reads the workbook from a file: from the one that it comes in, or from one of
// its own, which it is kept in first.
func openBook(ctx context.Context, r io.Reader) (b *book, err error) {
	b = &book{ctx: ctx, parts: map[string]*zip.File{}, left: mostUnpacked}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	from, isFile := r.(*os.File)
	if !isFile {
		if b.sent, err = scratch.Create(ctx); err != nil {
			return b, err
		}
		if _, err := io.Copy(b.sent, io.LimitReader(r, MaxWorkbook+1)); err != nil {
			return b, unreadable(err)
		}
		from = b.sent
	}
	directory := &signatures{}
	size, err := io.Copy(directory, io.NewSectionReader(from, 0, MaxWorkbook+1))
	switch {
	case err != nil:
		return b, err
	case size > MaxWorkbook:
		return b, beyond("工作簿最大 %d 字节", "a workbook may have at most %d bytes", MaxWorkbook)
	case directory.found > mostParts:
		return b, beyond("工作簿最多 %d 个部件", "a workbook may have at most %d parts", mostParts)
	}
	archive, err := zip.NewReader(from, size)
	if err != nil {
		return b, err
	}
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if b.parts[name] != nil {
			return b, fault.Newf(fault.UnreadableFile, "工作簿中名为 %s 的部件多于 1 个", "the workbook has more than 1 part of the name %s", clip(name))
		}
		b.parts[name] = f
	}
	return b, b.readParts()
}

// beyond is the fault of a workbook that is past one of its limits.
func beyond(zh, en string, limit int) error { return fault.Newf(fault.BodyTooLarge, zh, en, limit) }

func tooMuchUnpacked(limit int64) error {
	return beyond("工作簿解压后过大：全部部件最多 512 MiB，此处最多 %d 字节", "the workbook unpacks to too much: at most 512 MiB in all, and at most %d bytes here", int(limit))
}

// signatures counts the entries of a ZIP file's directory as its bytes go by. They are
// counted before the directory is read, because each costs far more read than packed.
type signatures struct {
	found int
	tail  []byte
}

var signature = []byte("PK\x01\x02")

// Write implements io.Writer.
func (s *signatures) Write(p []byte) (int, error) {
	seam := slices.Concat(s.tail, p[:min(len(p), len(signature)-1)])
	s.found += bytes.Count(seam, signature) + bytes.Count(p, signature)
	if len(p) < len(signature) {
		s.tail = bytes.Clone(seam[max(0, len(seam)-len(signature)+1):])
	} else {
		s.tail = bytes.Clone(p[len(p)-len(signature)+1:])
	}
	return len(p), nil
}

// The last words of the types of relations that matter here.
const (
	toBook    = "/officeDocument"
	toSheet   = "/worksheet"
	toStyles  = "/styles"
	toStrings = "/sharedStrings"
)

func (b *book) readParts() error {
	root, err := b.relations("")
	if err != nil {
		return err
	}
	main := root.first(toBook)
	if main == "" {
		return errNoPart
	}
	rels, err := b.relations(main)
	if err != nil {
		return err
	}
	if err := b.readSheets(main, rels); err != nil {
		return err
	}
	if part := rels.first(toStyles); part != "" {
		if err := b.readStyles(part); err != nil {
			return err
		}
	}
	if part := rels.first(toStrings); part != "" {
		b.strings, err = b.readStrings(part)
	}
	return err
}

func (b *book) close() (err error) {
	if b.strings != nil {
		err = b.strings.close()
	}
	if b.sent != nil {
		err, b.sent = errors.Join(err, b.sent.Close()), nil
	}
	return err
}

// relation ties a part to another.
type relation struct{ id, kind, target string }

type relations []relation

func (r relations) first(kind string) string {
	for _, one := range r {
		if strings.HasSuffix(one.kind, kind) {
			return one.target
		}
	}
	return ""
}

// relations are those of a part, "" for the whole.
func (b *book) relations(part string) (list relations, err error) {
	folder, name := path.Split(part)
	err = b.walk(folder+"_rels/"+name+".rels", mostOfPart, func(e xml.StartElement, _ *xmlReader) error {
		if e.Name.Local != "Relationship" || len(list) > mostParts {
			return nil
		}
		target := strings.ReplaceAll(attribute(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		list = append(list, relation{attribute(e, "Id"), attribute(e, "Type"), strings.TrimPrefix(target, "/")})
		return nil
	})
	return list, err
}

func (b *book) readSheets(main string, rels relations) error {
	return b.walk(main, mostOfPart, func(e xml.StartElement, _ *xmlReader) error {
		switch e.Name.Local {
		case "sheet":
			s := sheetEntry{name: attribute(e, "name")}
			state := attribute(e, "state")
			s.hidden = state != "" && state != "visible"
			for _, r := range rels {
				if r.id == attribute(e, "id") && strings.HasSuffix(r.kind, toSheet) {
					s.part = r.target
				}
			}
			if b.sheets = append(b.sheets, s); len(b.sheets) > mostSheets {
				return beyond("工作簿最多 %d 个工作表", "a workbook may have at most %d sheets", mostSheets)
			}
		case "calcPr":
			completed := attribute(e, "calcCompleted")
			b.stale = isOn(attribute(e, "fullCalcOnLoad")) || completed != "" && !isOn(completed)
		}
		return nil
	})
}

// readStyles reads the number format of each style that a cell may have.
func (b *book) readStyles(part string) error {
	named := map[int]*numberFormat{}
	inCells := false
	return b.walk(part, mostOfPart, func(e xml.StartElement, _ *xmlReader) error {
		switch e.Name.Local {
		case "numFmt":
			id, err := formatNumber(e)
			code := attribute(e, "formatCode")
			switch {
			case err != nil:
				return err
			case len(code) > mostInFormat:
				return beyond("数字格式最长 %d 字节", "a number format may have at most %d bytes", mostInFormat)
			case len(named) > mostFormats:
				return tooManyFormats()
			}
			if named[id] == nil {
				f := parseFormat(code)
				named[id] = &f
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if !inCells {
				return nil
			}
			id, err := formatNumber(e)
			if err != nil {
				return err
			}
			if named[id] == nil {
				f := formatNumbered(id)
				named[id] = &f
			}
			if b.formats = append(b.formats, named[id]); len(b.formats) > mostFormats {
				return tooManyFormats()
			}
		}
		return nil
	})
}

// formatNumber is the number of the format that an element names; 0 where it names none.
func formatNumber(e xml.StartElement) (int, error) {
	id := attribute(e, "numFmtId")
	if id == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return 0, errXML
	}
	return n, nil
}

func tooManyFormats() error {
	return beyond("工作簿最多 %d 种格式", "a workbook may have at most %d formats", mostFormats)
}

// formatOf is the format of a style.
func (b *book) formatOf(style string) (*numberFormat, error) {
	if style == "" {
		style = "0"
	}
	n, err := strconv.Atoi(style)
	switch {
	case err != nil || n < 0 || n >= max(len(b.formats), 1):
		return nil, errXML
	case len(b.formats) == 0:
		return &numberFormat{sections: []section{{general: true}}}, nil
	}
	return b.formats[n], nil
}

// open unpacks a part of at most as many bytes.
func (b *book) open(part string, most int64) (*xmlReader, error) {
	f := b.parts[strings.ToLower(part)]
	switch {
	case f == nil:
		return nil, fmt.Errorf("%w: %s", errNoPart, part)
	case f.UncompressedSize64 > uint64(most): //nolint:gosec // a limit of ours
		return nil, tooMuchUnpacked(most)
	}
	body, err := f.Open()
	if err != nil {
		return nil, err
	}
	in := &tokens{Reader: bufio.NewReader(&unpacking{body, b, most})}
	return &xmlReader{decoder: xml.NewDecoder(in), in: in, body: body}, nil
}

// walk visits the start of every element of a part of at most as many bytes.
func (b *book) walk(part string, most int64, visit func(xml.StartElement, *xmlReader) error) error {
	in, err := b.open(part, most)
	if err != nil {
		return err
	}
	defer in.close()
	for {
		token, err := in.token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if e, isStart := token.(xml.StartElement); isStart {
			if err := visit(e, in); err != nil {
				return err
			}
		}
	}
}

// unpacking fails once the part or the workbook has unpacked to more than it may, and
// when its request has ended. The sizes in the directory are not believed.
type unpacking struct {
	io.Reader
	book *book
	left int64 // of the part
}

func (u *unpacking) Read(p []byte) (int, error) {
	if err := u.book.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := u.Reader.Read(p)
	u.left -= int64(n)
	if u.book.left -= int64(n); u.book.left < 0 || u.left < 0 {
		return 0, tooMuchUnpacked(mostUnpacked)
	}
	return n, err
}

// tokens fails where one token of XML takes more than any does.
type tokens struct {
	*bufio.Reader
	n int
}

func (t *tokens) ReadByte() (byte, error) {
	if t.n++; t.n > mostInToken {
		return 0, tooLongInXML()
	}
	return t.Reader.ReadByte()
}

func tooLongInXML() error {
	return beyond("工作簿中一项文字最长 %d 字节", "a text in a workbook may have at most %d bytes", mostInToken)
}

// xmlReader reads the XML of a part.
type xmlReader struct {
	decoder *xml.Decoder
	in      *tokens
	body    io.Closer
	depth   int // open elements
}

func (x *xmlReader) token() (xml.Token, error) {
	x.in.n = 0
	token, err := x.decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > mostDepth {
			return nil, beyond("工作簿的 XML 最多嵌套 %d 层", "the XML of a workbook may be nested at most %d deep", mostDepth)
		}
	case xml.EndElement:
		x.depth--
	}
	return token, err
}

// skip reads to the end of the element whose start was read last.
func (x *xmlReader) skip() error {
	for around := x.depth - 1; x.depth > around; {
		if _, err := x.token(); err != nil {
			return unexpected(err)
		}
	}
	return nil
}

func (x *xmlReader) close() { _ = x.body.Close() } // it was read from memory

// text reads the texts up to the end of an element: those of its own and, within
// it, of elements of one name.
func (x *xmlReader) text(within string) (string, error) {
	var text strings.Builder
	open := []bool{within == ""}
	for {
		token, err := x.token()
		if err != nil {
			return "", unexpected(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "rPh" { // a reading aid beside the text is no part of it
				if err := x.skip(); err != nil {
					return "", err
				}
				continue
			}
			open = append(open, token.Name.Local == within)
		case xml.EndElement:
			if open = open[:len(open)-1]; len(open) == 0 {
				return unescaped(text.String()), nil
			}
		case xml.CharData:
			if open[len(open)-1] {
				text.Write(token)
			}
			if text.Len() > mostInToken {
				return "", tooLongInXML()
			}
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isOn(s string) bool { return s == "1" || s == "true" }
