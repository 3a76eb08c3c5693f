// Package intaketest writes bodies of batches that would take far more memory than they
// have bytes, or as much as is sent, if nothing were bounded.
package intaketest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Bomb is a body that has to be refused.
type Bomb struct {
	Name      string
	MediaType string
	Body      func() io.Reader // written while it is read where it is long
	Says      string           // what the refusal says of the bound, in English
	// OfRow says that one row is refused and the others are read.
	OfRow bool
}

const (
	jsonType = "application/json"
	lineType = "application/x-ndjson"
	csvType  = "text/csv"
	bookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// Repeated is a text between two others, as often as given.
func Repeated(before, text string, times int, after string) io.Reader {
	return io.MultiReader(strings.NewReader(before), &repeater{text: text, left: int64(times) * int64(len(text))}, strings.NewReader(after))
}

type repeater struct {
	text string
	at   int
	left int64
}

// Read implements io.Reader.
func (r *repeater) Read(p []byte) (n int, err error) {
	for n < len(p) && r.left > 0 {
		k := copy(p[n:], r.text[r.at:])
		k = int(min(int64(k), r.left))
		n, r.left, r.at = n+k, r.left-int64(k), (r.at+k)%len(r.text)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Texts are bombs of every format but workbooks, of about as many bytes.
func Texts(size int) []Bomb {
	const heads = "indicator,period,value\n"
	body := func(before, text, after string) func() io.Reader {
		return func() io.Reader { return Repeated(before, text, size/len(text), after) }
	}
	return []Bomb{
		{Name: "CSV: commas in one row", MediaType: csvType, Body: body(heads, ",", "\n"), Says: "262144 bytes and 1024 cells"},
		{Name: "CSV: commas in the heading", MediaType: csvType, Body: body("", ",", "\n"), Says: "262144 bytes and 1024 cells"},
		{Name: "CSV: more cells than a row has", MediaType: csvType, Body: func() io.Reader { return Repeated(heads+"a,2023,1", ",", 2000, "\n") }, Says: "1024 cells", OfRow: true},
		{Name: "CSV: a quotation mark that is never closed", MediaType: csvType, Body: body(heads+`a,2023,"`, "1\n", ""), Says: "262144 bytes"},
		{Name: "JSON: one long string", MediaType: jsonType, Body: body(`[{"note":"`, "x", `"}]`), Says: "65536 bytes"},
		{Name: "JSON: one deep element", MediaType: jsonType, Body: body(`[`, "[", ""), Says: "not valid"},
		{Name: "JSON: one element of many", MediaType: jsonType, Body: body(`[[`, "1,", `1]]`), Says: "65536 bytes"},
		{Name: "JSON: an element that is too long", MediaType: jsonType, Body: func() io.Reader { return Repeated(`[{"note":"`, "x", 66_000, `"}]`) }, Says: "65536 bytes", OfRow: true},
		{Name: "JSON: one long object", MediaType: jsonType, Body: body(`{"note":"`, "x", `"}`), Says: "array"},
		{Name: "NDJSON: one long line", MediaType: lineType, Body: body(`{"note":"`, "x", `"}`), Says: "65536 bytes", OfRow: true},
	}
}

// Part is a part of an archive.
type Part struct {
	Name string
	Body io.Reader
}

// Names of the parts of a workbook.
const (
	rootRels  = "_rels/.rels"
	mainPart  = "xl/workbook.xml"
	mainRels  = "xl/_rels/workbook.xml.rels"
	sheetPart = "xl/worksheets/sheet1.xml"
	stylePart = "xl/styles.xml"
	textPart  = "xl/sharedStrings.xml"
)

const headings = `<row><c t="inlineStr"><is><t>indicator</t></is></c><c t="inlineStr"><is><t>period</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row>`

// Workbook is a workbook of one sheet with one report. The parts given take the place of
// its own, or stand beside them where several have one name.
func Workbook(others ...Part) []byte {
	relation := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id=%q Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target=%q/>`, id, kind, target)
	}
	given := map[string]bool{}
	for _, p := range others {
		given[p.Name] = true
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name string, body io.Reader) {
		to, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(to, body)
		}
		if err != nil {
			panic(err) // it is written to memory
		}
	}
	for _, own := range []struct{ name, text string }{
		{rootRels, `<Relationships>` + relation("r1", "officeDocument", mainPart) + `</Relationships>`},
		{mainPart, `<workbook><sheets><sheet name="甲" id="r1"/></sheets></workbook>`},
		{mainRels, `<Relationships>` + relation("r1", "worksheet", "worksheets/sheet1.xml") + relation("r2", "styles", "styles.xml") + relation("r3", "sharedStrings", "sharedStrings.xml") + `</Relationships>`},
		{stylePart, `<styleSheet><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>`},
		{textPart, `<sst><si><t>a</t></si></sst>`},
		{sheetPart, `<worksheet><sheetData>` + headings + `<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>2023</t></is></c><c><v>1</v></c></row></sheetData></worksheet>`},
	} {
		if !given[own.name] {
			add(own.name, strings.NewReader(own.text))
		}
	}
	for _, p := range others {
		add(p.Name, p.Body)
	}
	if err := w.Close(); err != nil {
		panic(err) // it is written to memory
	}
	return out.Bytes()
}

// Workbooks are workbooks that have to be refused; large ones unpack to hundreds of MiB.
func Workbooks(large bool) []Bomb {
	const open, shut = `<worksheet><sheetData>` + headings, `</sheetData></worksheet>`
	rows := func(before, text string, times int, after string) Part {
		return Part{sheetPart, Repeated(open+before, text, times, after+shut)}
	}
	bombs := []Bomb{
		book("formats of many sections", "1024 bytes", false, Part{stylePart, Repeated(`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="`, ";", 400_000, `"/></numFmts></styleSheet>`)}),
		book("more formats than there are", "65536 formats", false, Part{stylePart, Repeated(`<styleSheet><cellXfs>`, `<xf numFmtId="0"/>`, 70_000, `</cellXfs></styleSheet>`)}),
		book("a part of styles beyond its bound", "16777216 bytes", false, Part{stylePart, Repeated(`<styleSheet>`, ` `, 17<<20, `</styleSheet>`)}),
		book("parts of one name", "more than 1 part of the name xl/styles.xml", false, Part{stylePart, strings.NewReader(`<styleSheet/>`)}, Part{"XL/styles.xml", strings.NewReader(`<styleSheet/>`)}),
		book("elements within elements", "nested at most 64 deep", false, rows("", `<row><c><is>`, 1000, "")),
		book("elements within what is passed over", "nested at most 64 deep", false, rows(`<row><c><f>`, `<x>`, 100_000, "")),
		book("a row of cells that share a long text", "262144 bytes", true, Part{textPart, Repeated(`<sst><si><t>`, "x", 200_000, `</t></si></sst>`)}, rows("<row>", `<c t="s"><v>0</v></c>`, 1000, "</row>")),
		book("a cell far to the right", "1024 cells", true, rows("", `<row><c r="XFD2"><v>1</v></c></row>`, 1000, "")),
		book("a text longer than a cell has", "524288 bytes", false, rows(`<row><c t="inlineStr"><is><t>`, "x", 1<<20, `</t></is></c></row>`)),
		book("more sheets than there are", "256 sheets", false, Part{mainPart, Repeated(`<workbook><sheets>`, `<sheet name="甲" id="r1"/>`, 300, `</sheets></workbook>`)}),
		{Name: "workbook: more parts than there are", MediaType: bookType, Body: func() io.Reader { return Repeated(string(Workbook()), "PK\x01\x02", 6000, "") }, Says: "5000 parts"},
		{Name: "workbook: more bytes than are taken", MediaType: bookType, Body: func() io.Reader { return Repeated("PK\x03\x04", "x", 33<<20, "") }, Says: "33554432 bytes"},
	}
	if large {
		bombs = append(bombs,
			book("a sheet that unpacks to too much", "512 MiB", false, rows("", strings.Repeat(" ", 1<<16), 8300, "")))
	}
	return bombs
}

func book(name, says string, ofRow bool, parts ...Part) Bomb {
	body := Workbook(parts...)
	return Bomb{Name: "workbook: " + name, MediaType: bookType, Body: func() io.Reader { return bytes.NewReader(body) }, Says: says, OfRow: ofRow}
}
