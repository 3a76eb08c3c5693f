package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// style is what a paragraph style says about numbers.
type style struct {
	name    string
	basedOn string
	listing listing
}

type styles struct {
	byID      map[string]*style
	otherwise string // the style of paragraphs that name none
}

// listing follows a style to the ones it is based on, until one is in a list.
func (s styles) listing(id string) listing {
	if id == "" {
		id = s.otherwise
	}
	for range maxBasedOn {
		of := s.byID[id]
		if of == nil {
			break
		}
		if of.listing.list != "" {
			l := of.listing
			l.style = id
			return l
		}
		id = of.basedOn
	}
	return listing{}
}

// isContents reports the styles of a table of contents, which says the headings
// a second time.
func (s styles) isContents(id string) bool {
	of := s.byID[id]
	if of == nil {
		return false
	}
	return strings.HasPrefix(strings.ToLower(of.name), "toc ")
}

func readStyles(parts *unpacker, name string) (styles, error) {
	s := styles{byID: map[string]*style{}}
	err := parts.with(name, func(r io.Reader) error { return walkXML(r, &styleReader{styles: &s}) })
	if errors.Is(err, errNoPart) {
		err = nil
	}
	return s, err
}

type styleReader struct {
	*styles
	starts
	open *style
}

func (r *styleReader) start(path elements, e xml.StartElement) error {
	switch name := e.Name.Local; {
	case name == "style":
		if len(r.byID) >= maxDefined {
			return errDefined
		}
		r.open = &style{}
		id := attribute(e, "styleId")
		r.byID[id] = r.open
		if attribute(e, "default") == "1" && attribute(e, "type") == "paragraph" {
			r.otherwise = id
		}
	case r.open == nil:
	case name == "name" && path.parent(1) == "style":
		r.open.name = attribute(e, "val")
	case name == "basedOn":
		r.open.basedOn = attribute(e, "val")
	case name == "numId" && path.parent(1) == "numPr":
		r.open.listing.list = attribute(e, "val")
	case name == "ilvl" && path.parent(1) == "numPr":
		r.open.listing.level = value(e, 0)
	}
	return nil
}
