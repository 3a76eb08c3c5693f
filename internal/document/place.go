package document

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Kinds of places.
const (
	Paragraph = "paragraph" // docx, html: counted from 1 over the paragraphs and table rows that hold text
	Page      = "page"      // pdf: counted from 1 over the sheets, whatever number is printed on them
)

// Place says where in the file a stretch of the text comes from. It reaches to
// the next place, or to the end of the text.
type Place struct {
	Start  int    // code point in Text.Content
	Kind   string // Paragraph or Page
	Number int
}

// PlaceOf returns the place of the code point at position, or the zero Place
// when the text has no places or no such position.
func (t Text) PlaceOf(position int) Place {
	if position < 0 || position >= t.Characters {
		return Place{}
	}
	after := sort.Search(len(t.Places), func(i int) bool { return t.Places[i].Start > position })
	if after == 0 {
		return Place{}
	}
	return t.Places[after-1]
}

// located is text with the places that it comes from.
type located struct {
	content string
	places  []Place
}

// composer puts lines together into located text and stops when there are
// more characters than a plan can have.
type composer struct {
	kind       string
	text       strings.Builder
	places     []Place
	characters int
	paragraphs int
}

// paragraph adds the lines of one paragraph; blank ones are left out.
func (c *composer) paragraph(text string) error {
	started := false
	for line := range strings.SplitSeq(text, "\n") {
		if line = cleanLine(line); line == "" {
			continue
		}
		if !started {
			started = true
			c.paragraphs++
		}
		if err := c.line(line, c.paragraphs); err != nil {
			return err
		}
	}
	return nil
}

// line adds a clean line from the numbered place.
func (c *composer) line(line string, number int) error {
	if c.characters > 0 {
		c.text.WriteByte('\n')
		c.characters++
	}
	c.mark(number)
	c.text.WriteString(line)
	c.characters += utf8.RuneCountInString(line)
	if c.characters > maxCharacters {
		return tooLong()
	}
	return nil
}

// mark says that what follows is from the numbered place.
func (c *composer) mark(number int) {
	if n := len(c.places); n > 0 && c.places[n-1].Number == number {
		return
	}
	c.places = append(c.places, Place{Start: c.characters, Kind: c.kind, Number: number})
}

func (c *composer) located() located {
	return located{content: c.text.String(), places: c.places}
}
