package documenttest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

const wordNamespace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// DOCX writes blocks as a Word file.
func DOCX(blocks ...Block) []byte {
	var body strings.Builder
	for _, b := range blocks {
		if b.Rows != nil {
			body.WriteString(docxTable(b.Rows))
			continue
		}
		list := ""
		if b.Number != "" {
			list = fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr></w:pPr>`, b.Level)
		}
		fmt.Fprintf(&body, `<w:p>%s<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, list, escape(b.Text))
	}
	return DOCXBody(body.String(), map[string]string{"word/numbering.xml": numberingPart})
}

// DOCXBody writes a Word file with the WordprocessingML of its body, in which
// the prefix w is bound, and with further parts by name. The values of parts
// are the content of the root element, which binds w as well, or, when they
// begin with "<?xml", the whole part.
func DOCXBody(body string, parts map[string]string) []byte {
	all := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>`,
		"_rels/.rels": `<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": "<w:body>" + body + "</w:body>",
	}
	for name, part := range parts {
		all[name] = part
	}
	for name, part := range all {
		if !strings.HasPrefix(part, "<?xml") {
			all[name] = `<?xml version="1.0" encoding="UTF-8"?>` + "\n<w:" + rootOf(name) + " " + wordNamespace + ">" + part + "</w:" + rootOf(name) + ">"
		}
	}
	return Zip(all)
}

// rootOf is the root element of a part, by which word processors know it: that of its name.
func rootOf(part string) string { return strings.TrimSuffix(path.Base(part), ".xml") }

// Zip packs parts, in the order that packages have them: types first.
func Zip(parts map[string]string) []byte {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	add := func(name string) {
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if _, ok := parts["[Content_Types].xml"]; ok {
		add("[Content_Types].xml")
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if name != "[Content_Types].xml" {
			add(name)
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// numberingPart numbers 一、 （一） and 1.; the last goes on over the headings.
const numberingPart = `<w:abstractNum w:abstractNumId="7">` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%3."/></w:lvl>` +
	`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`

func docxTable(rows [][]Cell) string {
	var b strings.Builder
	b.WriteString("<w:tbl>")
	covered := map[int]Cell{} // by column: the rows that the cell still covers
	for _, row := range rows {
		b.WriteString("<w:tr>")
		column := 0
		hang := func() {
			for covered[column].Rows > 0 {
				c := covered[column]
				covered[column] = Cell{Columns: c.Columns, Rows: c.Rows - 1}
				b.WriteString(docxCell(Cell{Columns: c.Columns}, "<w:vMerge/>"))
				column += max(1, c.Columns)
			}
		}
		for _, c := range row {
			hang()
			merge := ""
			if c.Rows > 1 {
				covered[column] = Cell{Columns: c.Columns, Rows: c.Rows - 1}
				merge = `<w:vMerge w:val="restart"/>`
			}
			b.WriteString(docxCell(c, merge))
			column += max(1, c.Columns)
		}
		hang()
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

func docxCell(c Cell, merge string) string {
	if c.Columns > 1 {
		merge = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, c.Columns) + merge
	}
	var b strings.Builder
	for line := range strings.SplitSeq(c.Text, "\n") {
		fmt.Fprintf(&b, `<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escape(line))
	}
	return "<w:tc><w:tcPr>" + merge + "</w:tcPr>" + b.String() + "</w:tc>"
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}
