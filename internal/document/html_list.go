package document

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// htmlList numbers the items of a list as a browser draws them.
type htmlList struct {
	format string // of formatNumber; "" when no number is drawn
	next   int
}

// listFormats are the values of the type attribute of <ol>.
var listFormats = map[string]string{
	"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}

// listStyles are the values of list-style-type that plans are written with.
var listStyles = map[string]string{
	"decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
	"lower-roman": "lowerRoman", "upper-roman": "upperRoman",
	"cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting",
	"none": "",
}

func newHTMLList(t html.Token) htmlList {
	list := htmlList{next: 1}
	if t.Data == "ol" {
		list.format = "decimal"
	}
	for _, a := range t.Attr {
		switch a.Key {
		case "type":
			if format, ok := listFormats[a.Val]; ok && list.format != "" {
				list.format = format
			}
		case "start":
			list.next = within(a.Val, list.next)
		case "style":
			list.restyle(a.Val)
		}
	}
	return list
}

// restyle takes the kind of number from a list-style declaration.
func (l *htmlList) restyle(css string) {
	for declaration := range strings.SplitSeq(strings.ToLower(css), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		if p := strings.TrimSpace(property); p != "list-style" && p != "list-style-type" {
			continue
		}
		for word := range strings.FieldsSeq(value) {
			if format, ok := listStyles[word]; ok {
				l.format = format
			}
		}
	}
}

// marker is the number before a list item: 一、 for Chinese numerals, else 1.
func (p *page) marker(t html.Token) string {
	if len(p.lists) == 0 {
		return ""
	}
	list := &p.lists[len(p.lists)-1]
	for _, a := range t.Attr {
		if a.Key == "value" {
			list.next = within(a.Val, list.next)
		}
	}
	n := list.next
	list.next++
	switch list.format {
	case "":
		return ""
	case "chineseCounting":
		return formatNumber(n, list.format) + "、"
	}
	return formatNumber(n, list.format) + "."
}

func within(s string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 1_000_000 {
		return otherwise
	}
	return n
}
