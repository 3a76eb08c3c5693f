package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// maxDepth is far more than nested tables and text boxes need.
const maxDepth = 256

var (
	errDepth = errors.New("the XML is nested too deeply")
	errNoXML = errors.New("the part holds no XML")
)

// elements are the local names of the open elements, the innermost last.
// WordprocessingML uses no local name in two senses that matter here, so the
// namespaces, which differ between its two editions, are not looked at.
type elements []string

// parent is the nth element around the innermost one, or "".
func (e elements) parent(nth int) string {
	if i := len(e) - 1 - nth; i >= 0 {
		return e[i]
	}
	return ""
}

// visitor receives the parts of an XML stream. The path ends with the element
// itself.
type visitor interface {
	start(path elements, e xml.StartElement) error
	end(path elements) error
	chars(path elements, text string) error
}

// starts is a visitor of start elements only.
type starts func(path elements, e xml.StartElement) error

func (f starts) start(path elements, e xml.StartElement) error { return f(path, e) }
func (starts) end(elements) error                              { return nil }
func (starts) chars(elements, string) error                    { return nil }

// walkXML streams XML to a visitor. The entities of a document type are not
// expanded: an undefined one is an error.
func walkXML(r io.Reader, v visitor) error {
	decoder := xml.NewDecoder(r)
	var path elements
	for empty := true; ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && empty:
			return errNoXML
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			empty = false
			if path = append(path, token.Name.Local); len(path) > maxDepth {
				return errDepth
			}
			err = v.start(path, token)
		case xml.EndElement:
			err = v.end(path)
			path = path[:len(path)-1]
		case xml.CharData:
			err = v.chars(path, string(token))
		}
		if err != nil {
			return err
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isOn reads a switch such as <w:vanish/>, which is on unless it says otherwise.
func isOn(e xml.StartElement) bool {
	switch attribute(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// value reads the number in an element's val, kept within sane bounds.
func value(e xml.StartElement, otherwise int) int {
	n, err := strconv.Atoi(attribute(e, "val"))
	if err != nil || n < 0 || n > 1_000_000 {
		return otherwise
	}
	return n
}
