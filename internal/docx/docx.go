// Package docx writes Word files (Office Open XML): a page that is made to be printed becomes a
// document of the same words, to be edited and sent on.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MediaType is that of the files.
const MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// FromPage writes a Word file with what an HTML page says: h1 is its title, h2 are its headings, and
// p and table its text. Tables have no merged cells; cells of the class n stand to the right, and a
// thead is repeated on each sheet of paper. Nothing else of the page is kept.
func FromPage(page []byte) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	var w writer
	w.walk(root)
	w.body.WriteString(section)
	return pack([]part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", fmt.Sprintf(coreProperties, escaped(w.title))},
		{"word/document.xml", `<w:document ` + namespaces + `><w:body>` + w.body.String() + `</w:body></w:document>`},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", styles},
		{"word/footer1.xml", footer},
	})
}

// writer turns the elements of a page into blocks of a document.
type writer struct {
	title string
	body  strings.Builder
}

func (w *writer) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Title:
			w.title = textOf(n)
			return
		case atom.Style, atom.Script:
			return
		case atom.H1:
			w.paragraph("Title", textOf(n))
			return
		case atom.H2:
			w.paragraph("Heading1", textOf(n))
			return
		case atom.P:
			w.paragraph("", textOf(n))
			return
		case atom.Table:
			w.table(n)
			return
		}
	}
	for child := range n.ChildNodes() {
		w.walk(child)
	}
}

func (w *writer) paragraph(style, text string) {
	w.body.WriteString(paragraphOf(style, text))
}

func paragraphOf(style, text string) string {
	properties := ""
	if style != "" {
		properties = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	if text == "" {
		return `<w:p>` + properties + `</w:p>`
	}
	return `<w:p>` + properties + `<w:r><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r></w:p>`
}

// row is one of a table.
type row struct {
	head  bool
	cells []cell
}

type cell struct {
	text   string
	number bool
}

// table writes a table. Columns are as wide as their longest texts want, within bounds, together as
// wide as the page.
func (w *writer) table(n *html.Node) {
	rows := rowsOf(n, false, nil)
	columns := 0
	for _, r := range rows {
		columns = max(columns, len(r.cells))
	}
	if columns == 0 {
		return
	}
	widths := widthsOf(rows, columns)
	fmt.Fprintf(&w.body, `<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, textWidth)
	for _, width := range widths {
		fmt.Fprintf(&w.body, `<w:gridCol w:w="%d"/>`, width)
	}
	w.body.WriteString(`</w:tblGrid>`)
	for _, r := range rows {
		w.row(r, widths)
	}
	w.body.WriteString(`</w:tbl>` + paragraphOf("", "")) // tables that follow each other would be one
}

func (w *writer) row(r row, widths []int) {
	w.body.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if r.head {
		w.body.WriteString(`<w:tblHeader/>`)
	}
	w.body.WriteString(`</w:trPr>`)
	for i, width := range widths {
		var c cell
		span := 1
		if i < len(r.cells) {
			c = r.cells[i]
		}
		if i == len(r.cells)-1 { // the last one has what is left
			span = len(widths) - i
			for _, more := range widths[i+1:] {
				width += more
			}
		}
		style := "Cell"
		switch {
		case r.head:
			style = "CellHead"
		case c.number:
			style = "CellNumber"
		}
		fmt.Fprintf(&w.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/></w:tcPr>%s</w:tc>`, width, span, paragraphOf(style, c.text))
		if span > 1 {
			break
		}
	}
	w.body.WriteString(`</w:tr>`)
}

// rowsOf are the rows below a node, in their order.
func rowsOf(n *html.Node, head bool, rows []row) []row {
	for child := range n.ChildNodes() {
		switch child.DataAtom {
		case atom.Thead:
			rows = rowsOf(child, true, rows)
		case atom.Tr:
			r := row{head: head}
			for c := range child.ChildNodes() {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					r.cells = append(r.cells, cell{textOf(c), hasClass(c, "n")})
				}
			}
			if len(r.cells) > 0 {
				rows = append(rows, r)
			}
		default:
			rows = rowsOf(child, head, rows)
		}
	}
	return rows
}

// Bounds of how wide a column wants to be, in characters.
const leastColumn, mostColumn = 6, 40

func widthsOf(rows []row, columns int) []int {
	wants, all := make([]int, columns), 0
	for i := range wants {
		wants[i] = leastColumn
		for _, r := range rows {
			if i < len(r.cells) && len(r.cells) == columns {
				wants[i] = max(wants[i], min(len([]rune(r.cells[i].text))+1, mostColumn))
			}
		}
		all += wants[i]
	}
	for i := range wants {
		wants[i] = wants[i] * textWidth / all
	}
	return wants
}

func hasClass(n *html.Node, class string) bool {
	for _, a := range n.Attr {
		if a.Key == "class" {
			for _, one := range strings.Fields(a.Val) {
				if one == class {
					return true
				}
			}
		}
	}
	return false
}

// textOf is the text of an element as a browser shows it: blanks that follow each other are one.
func textOf(n *html.Node) string {
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(text.String()), " ")
}

func escaped(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a builder takes everything
	return out.String()
}

// part is a file of the package.
type part struct{ name, content string }

// pack makes the package. It has no time in it, so that the same page is the same file.
func pack(parts []part) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := archive.Create(p.name)
		if err == nil {
			_, err = w.Write([]byte(xml.Header + p.content))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
