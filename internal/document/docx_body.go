package document

import (
	"encoding/xml"
)

// bodyReader turns the elements of a document's main part into a flow.
type bodyReader struct {
	flow       *flow
	styles     styles
	numbers    *numbering
	paragraphs []paragraphProperties // of the open paragraphs
	skipping   int                   // open elements, from the one that is not read
	hidden     bool                  // the open run is not shown, or struck out
	raised     bool                  // the open run stands above the line
}

// paragraphProperties are what a paragraph says of itself before its text.
type paragraphProperties struct {
	style   string
	list    string // w:numId, "" when only the style says
	level   int
	leveled bool // the paragraph itself says the level
}

// unread are the elements whose content is not part of the text: what was
// deleted or moved away, the second copy of a drawing for old programs, the
// reading above a character, and earlier formatting.
var unread = map[string]bool{
	"del": true, "moveFrom": true, "Fallback": true, "rt": true, "sectPr": true,
	"pPrChange": true, "rPrChange": true, "tcPrChange": true, "trPrChange": true, "numberingChange": true,
}

func (b *bodyReader) start(path elements, e xml.StartElement) error {
	name := e.Name.Local
	if name == "del" && path.parent(1) == "trPr" {
		b.flow.deleteRow()
	}
	if b.skipping > 0 || unread[name] {
		b.skipping++
		return nil
	}
	switch name {
	case "p":
		b.paragraphs = append(b.paragraphs, paragraphProperties{})
		b.flow.beginParagraph()
	case "r":
		b.hidden, b.raised = false, false
	case "tab", "br", "cr", "noBreakHyphen":
		if path.parent(1) == "r" && !b.hidden {
			return b.flow.text(signs[name])
		}
	case "vanish", "strike", "dstrike":
		if path.parent(1) == "rPr" && path.parent(2) == "r" {
			b.hidden = b.hidden || isOn(e)
		}
	case "vertAlign":
		b.raised = path.parent(1) == "rPr" && path.parent(2) == "r" && attribute(e, "val") == "superscript"
	case "tbl":
		b.flow.beginTable()
	case "tr":
		return b.flow.beginRow()
	case "tc":
		return b.flow.beginCell(tableCell{columns: 1, rows: 1})
	case "gridBefore":
		return b.flow.beginCell(tableCell{columns: value(e, 1), rows: 1})
	case "gridSpan", "vMerge":
		b.cellProperty(e)
	case "pStyle", "ilvl", "numId":
		b.paragraphProperty(path, e)
	}
	return nil
}

// signs are what the elements for them look like.
var signs = map[string]string{"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

func (b *bodyReader) cellProperty(e xml.StartElement) {
	c := b.flow.cell()
	if c == nil {
		return
	}
	if e.Name.Local == "gridSpan" {
		c.columns = max(1, value(e, 1))
		return
	}
	c.continues = attribute(e, "val") != "restart"
}

func (b *bodyReader) paragraphProperty(path elements, e xml.StartElement) {
	if len(b.paragraphs) == 0 {
		return
	}
	p := &b.paragraphs[len(b.paragraphs)-1]
	switch name, around := e.Name.Local, path.parent(1); {
	case name == "pStyle" && around == "pPr":
		p.style = attribute(e, "val")
	case name == "numId" && around == "numPr":
		p.list = attribute(e, "val")
	case name == "ilvl" && around == "numPr":
		p.level, p.leveled = value(e, 0), true
	}
}

func (b *bodyReader) end(path elements) error {
	if b.skipping > 0 {
		b.skipping--
		return nil
	}
	switch path.parent(0) {
	case "p":
		return b.endParagraph()
	case "tc":
		b.flow.endCell()
	case "tr":
		b.flow.endRow()
	case "tbl":
		return b.flow.endTable()
	}
	return nil
}

func (b *bodyReader) endParagraph() error {
	p := b.paragraphs[len(b.paragraphs)-1]
	b.paragraphs = b.paragraphs[:len(b.paragraphs)-1]
	if b.styles.isContents(p.style) {
		b.flow.dropParagraph()
		return nil
	}
	if c := b.flow.cell(); c != nil && c.continues {
		return b.flow.endParagraph("")
	}
	return b.flow.endParagraph(b.numbers.next(b.listing(p)))
}

// listing is the place in a list that a paragraph has by itself or by style.
func (b *bodyReader) listing(p paragraphProperties) listing {
	if p.list != "" {
		return listing{list: p.list, level: p.level}
	}
	of := b.styles.listing(p.style)
	if p.leveled {
		of.level = p.level
	} else if level, ok := b.numbers.levelOfStyle(of.list, of.style); ok {
		of.level = level
	}
	return of
}

func (b *bodyReader) chars(path elements, text string) error {
	if b.skipping > 0 || b.hidden || path.parent(0) != "t" {
		return nil
	}
	if b.raised {
		text = raised(text)
	}
	return b.flow.text(text)
}
