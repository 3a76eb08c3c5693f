package document

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxDefined   = 20_000 // styles, lists and definitions of lists each
	levels       = 9      // of a list in Word
	maxLevelText = 40     // characters of the text around a level's numbers
	maxBasedOn   = 20     // styles from one to the one that it is based on, and on
)

// listing is a place in a list.
type listing struct {
	list  string // w:numId; "" or "0" for none
	level int
	style string // the style that says so, if one does
}

// listLevel is how one level of a list is numbered.
type listLevel struct {
	start   int
	format  string
	text    string // "%1.%2": the numbers of these levels
	suffix  string
	style   string // paragraphs of this style are at this level
	restart int    // the level below which a number begins anew; -1 for every higher one, 0 for never
	legal   bool   // all numbers as decimal
}

// list is one use of a definition, with starts of its own.
type list struct {
	definition string
	starts     map[int]int
	begun      bool
}

// numbering counts the lists of a document as Word does when it draws them.
type numbering struct {
	definitions map[string]*[levels]listLevel
	lists       map[string]*list
	counters    map[string]*[levels]counter // by definition: lists of one definition go on counting
}

type counter struct {
	n     int
	begun bool
	start int // where to begin instead of the level's start; -1 for none
}

// next counts a paragraph in its list and returns the number as drawn, "" for
// a bullet or no list.
func (n *numbering) next(l listing) string {
	list := n.lists[l.list]
	if list == nil || n.definitions[list.definition] == nil || l.level < 0 || l.level >= levels {
		return ""
	}
	definition, counters := n.definitions[list.definition], n.counters[list.definition]
	if !list.begun {
		list.begun = true
		for level, start := range list.starts {
			counters[level] = counter{start: start}
		}
	}
	c := &counters[l.level]
	if c.begun {
		c.n++
	} else {
		*c = counter{n: c.first(definition[l.level]), begun: true, start: c.start}
	}
	for deeper := l.level + 1; deeper < levels; deeper++ {
		if r := definition[deeper].restart; r < 0 || r > l.level {
			counters[deeper].begun = false
		}
	}
	return draw(definition, counters, l.level)
}

func (c counter) first(l listLevel) int {
	if c.start >= 0 {
		return c.start
	}
	return l.start
}

// draw writes the number of a level. A space follows only where nothing else
// parts the number from the text.
func draw(definition *[levels]listLevel, counters *[levels]counter, level int) string {
	own := definition[level]
	if own.format == "bullet" {
		return ""
	}
	text := own.text
	for k := range levels {
		sign := "%" + string(rune('1'+k))
		if !strings.Contains(text, sign) {
			continue
		}
		n, format := counters[k].n, definition[k].format
		if !counters[k].begun {
			n = counters[k].first(definition[k])
		}
		if own.legal {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, sign, formatNumber(n, format))
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if own.suffix != "nothing" && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		text += " "
	}
	return text
}

// levelOfStyle is the level of a list whose paragraphs have the style.
func (n *numbering) levelOfStyle(id, style string) (int, bool) {
	list := n.lists[id]
	if list == nil || style == "" || n.definitions[list.definition] == nil {
		return 0, false
	}
	for level, l := range n.definitions[list.definition] {
		if l.style == style {
			return level, true
		}
	}
	return 0, false
}

// readNumbering reads the part that defines lists. A document without lists
// has none.
func readNumbering(parts *unpacker, name string) (*numbering, error) {
	n := &numbering{
		definitions: map[string]*[levels]listLevel{}, lists: map[string]*list{}, counters: map[string]*[levels]counter{},
	}
	err := parts.with(name, func(r io.Reader) error { return walkXML(r, &numberingReader{numbering: n}) })
	if err != nil && !errors.Is(err, errNoPart) {
		return nil, err
	}
	return n, nil
}

type numberingReader struct {
	*numbering
	starts
	definition *[levels]listLevel
	list       *list
	level      *listLevel
	override   int
}

func (r *numberingReader) start(path elements, e xml.StartElement) error {
	switch e.Name.Local {
	case "abstractNum":
		if len(r.definitions) >= maxDefined {
			return errDefined
		}
		id := attribute(e, "abstractNumId")
		r.definition = &[levels]listLevel{}
		r.definitions[id] = r.definition
		r.counters[id] = &[levels]counter{}
		for k := range levels {
			r.definition[k] = listLevel{start: 1, restart: -1, format: "decimal"}
			r.counters[id][k].start = -1
		}
	case "num":
		if len(r.lists) >= maxDefined {
			return errDefined
		}
		r.definition = nil
		r.list = &list{starts: map[int]int{}}
		r.lists[attribute(e, "numId")] = r.list
	case "abstractNumId":
		if r.list != nil && path.parent(1) == "num" {
			r.list.definition = attribute(e, "val")
		}
	case "lvlOverride":
		r.override = levelOf(e)
	case "startOverride":
		if r.list != nil && r.override >= 0 {
			r.list.starts[r.override] = value(e, 1)
		}
	case "lvl":
		r.level = nil
		if k := levelOf(e); r.definition != nil && k >= 0 {
			r.level = &r.definition[k]
			r.level.start = 0 // what Word takes when no start is given
		}
	default:
		if r.level != nil && path.parent(1) == "lvl" {
			r.property(e)
		}
	}
	return nil
}

func (r *numberingReader) property(e xml.StartElement) {
	switch val := attribute(e, "val"); e.Name.Local {
	case "start":
		r.level.start = value(e, 1)
	case "numFmt":
		r.level.format = val
	case "lvlText":
		if utf8.RuneCountInString(val) <= maxLevelText {
			r.level.text = val
		}
	case "suff":
		r.level.suffix = val
	case "pStyle":
		r.level.style = val
	case "lvlRestart":
		r.level.restart = value(e, -1)
	case "isLgl":
		r.level.legal = isOn(e)
	}
}

func levelOf(e xml.StartElement) int {
	if k := attribute(e, "ilvl"); len(k) == 1 && k[0] >= '0' && k[0] < '0'+levels {
		return int(k[0] - '0')
	}
	return -1
}
