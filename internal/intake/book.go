package intake

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// Limits of a workbook: what is sent, what that may unpack to, and how much of it is
// held in memory. Sheets are unpacked while they are read.
const (
	MaxWorkbook   = 32 << 20
	mostUnpacked  = 512 << 20
	mostParts     = 5000
	mostInToken   = 1 << 20 // of XML; a cell holds at most 32,767 characters
	mostFormats   = 1 << 16
	mostOfStrings = 16 << 20 // in memory; the rest is in a file
	mostStrings   = 8 << 20
)

var (
	errTooLarge = errors.New("the workbook is larger than any that is read")
	errNoPart   = errors.New("the workbook has no such part")
	errXML      = errors.New("the XML of the workbook is not as that of a workbook is")
)

// book is a workbook: its sheets, and what their cells refer to.
type book struct {
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

func openBook(r io.Reader) (*book, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxWorkbook+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > MaxWorkbook, bytes.Count(data, []byte("PK\x01\x02")) > mostParts:
		return nil, errTooLarge
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	b := &book{parts: map[string]*zip.File{}, left: mostUnpacked}
	for _, f := range archive.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	return b, b.readParts()
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

func (b *book) close() error {
	if b.strings == nil {
		return nil
	}
	return b.strings.close()
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
	err = b.walk(folder+"_rels/"+name+".rels", func(e xml.StartElement, _ *xmlReader) error {
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
	return b.walk(main, func(e xml.StartElement, _ *xmlReader) error {
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
			if b.sheets = append(b.sheets, s); len(b.sheets) > mostParts {
				return errTooLarge
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
	named := map[string]*numberFormat{}
	inCells := false
	return b.walk(part, func(e xml.StartElement, _ *xmlReader) error {
		switch e.Name.Local {
		case "numFmt":
			if len(named) > mostFormats {
				return errTooLarge
			}
			if id := attribute(e, "numFmtId"); named[id] == nil {
				f := parseFormat(attribute(e, "formatCode"))
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
			id := attribute(e, "numFmtId")
			if named[id] == nil {
				n, err := strconv.Atoi(id)
				if err != nil && id != "" {
					return errXML
				}
				f := formatNumbered(n)
				named[id] = &f
			}
			if b.formats = append(b.formats, named[id]); len(b.formats) > mostFormats {
				return errTooLarge
			}
		}
		return nil
	})
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

// open unpacks a part.
func (b *book) open(part string) (*xmlReader, error) {
	f := b.parts[strings.ToLower(part)]
	if f == nil {
		return nil, fmt.Errorf("%w: %s", errNoPart, part)
	}
	body, err := f.Open()
	if err != nil {
		return nil, err
	}
	in := &tokens{Reader: bufio.NewReader(&unpacking{body, b})}
	return &xmlReader{Decoder: xml.NewDecoder(in), in: in, body: body}, nil
}

// walk visits the start of every element of a part.
func (b *book) walk(part string, visit func(xml.StartElement, *xmlReader) error) error {
	in, err := b.open(part)
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

// unpacking fails once the workbook has unpacked to more than it may. The sizes in
// its directory are not believed.
type unpacking struct {
	io.Reader
	book *book
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if u.book.left -= int64(n); u.book.left < 0 {
		return 0, errTooLarge
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
		return 0, errTooLarge
	}
	return t.Reader.ReadByte()
}

// xmlReader reads the XML of a part.
type xmlReader struct {
	*xml.Decoder
	in   *tokens
	body io.Closer
}

func (x *xmlReader) token() (xml.Token, error) {
	x.in.n = 0
	return x.Token()
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
			if len(open) > 8 {
				return "", errXML
			}
			if token.Name.Local == "rPh" { // a reading aid beside the text is no part of it
				if err := x.Skip(); err != nil {
					return "", unexpected(err)
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
				return "", errTooLarge
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
