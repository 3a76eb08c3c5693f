package document

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pdfPage is a page as lines, in the order of its content.
type pdfPage struct {
	number int // from 1
	lines  []pdfLine
}

// pdfLine is a line and where it stands.
type pdfLine struct {
	text string
	box  box
}

// box is in points of 1/72 inch from the lower left corner of the page. The
// zero box is that of a line whose place is not known.
type box struct{ left, right, top, bottom float64 }

func (b box) height() float64 { return b.top - b.bottom }

func (p pdfPage) characters() int {
	n := 0
	for _, l := range p.lines {
		n += utf8.RuneCountInString(l.text)
	}
	return n
}

// composePages drops what is printed in the margins and joins broken lines.
func composePages(pages []pdfPage) (located, error) {
	pages = withoutMargins(pages)
	measure := measurePages(pages)
	c := composer{kind: Page}
	var last *pdfLine
	for _, p := range pages {
		for i := range p.lines {
			l := &p.lines[i]
			if last == nil || !measure.goesOn(*last, *l) {
				if err := c.line(l.text, p.number); err != nil {
					return located{}, err
				}
			} else {
				c.join(*last, l.text, p.number)
			}
			last = l
		}
	}
	return c.located(), nil
}

// join goes on with the last line. A line breaks between two words of letters
// where a space was.
func (c *composer) join(last pdfLine, text string, number int) {
	a, _ := utf8.DecodeLastRuneInString(last.text)
	b, _ := utf8.DecodeRuneInString(text)
	if isLatin(a) && isLatin(b) {
		c.text.WriteByte(' ')
		c.characters++
	}
	c.mark(number)
	c.text.WriteString(text)
	c.characters += utf8.RuneCountInString(text)
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// measure is the type area of a document.
type measure struct {
	left, right float64
	pitch       float64 // between the lines of a paragraph
	indented    bool    // paragraphs begin with an indent
	spaced      bool    // paragraphs stand apart
}

const (
	fullWithin   = 2.2  // characters: a line that ends nearer to the right edge is full
	raggedWithin = 3.6  // the same where an indent or gap shows the paragraphs: a break before 、 or 。 takes two more
	indentFrom   = 1.2  // characters: a line that begins further in begins a paragraph
	leastLine    = 15   // characters in the shortest type area whose lines can be full
	sideMargin   = 4.5  // characters: a line that begins further in is of another column
	likeSizes    = 1.3  // heights of lines of one paragraph differ by less
	spacedFrom   = 1.12 // line distances: a wider gap parts paragraphs
	titleIndents = 6.0  // characters: an indent beyond is no indent but a centred line
)

// measurePages takes the edges from the lines: the right one is the farthest
// that lines reach, the left one is where most lines after full ones begin.
func measurePages(pages []pdfPage) measure {
	var m measure
	m.right = math.Inf(-1)
	each(pages, func(l pdfLine) { m.right = max(m.right, l.box.right) })
	begins := map[int]int{}
	pairs(pages, func(a, b pdfLine) {
		if m.full(a) && b.box != (box{}) {
			begins[int(math.Round(b.box.left))]++
		}
	})
	most := 0
	for at, n := range begins {
		if n > most || (n == most && float64(at) < m.left) {
			most, m.left = n, float64(at)
		}
	}
	m.pitch = m.linePitch(pages)
	m.indented, m.spaced = m.paragraphSigns(pages)
	return m
}

func each(pages []pdfPage, do func(pdfLine)) {
	for _, p := range pages {
		for _, l := range p.lines {
			if l.box != (box{}) {
				do(l)
			}
		}
	}
}

// pairs calls do with every two lines that follow each other on a page.
func pairs(pages []pdfPage, do func(a, b pdfLine)) {
	for _, p := range pages {
		for i := 1; i < len(p.lines); i++ {
			do(p.lines[i-1], p.lines[i])
		}
	}
}

func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func (m measure) full(l pdfLine) bool {
	within := fullWithin
	if m.indented || m.spaced {
		within = raggedWithin
	}
	return l.box.height() > 0 && l.box.right > m.right-within*l.box.height()
}

func (m measure) indent(l pdfLine) float64 {
	if l.box.height() <= 0 {
		return 0
	}
	return (l.box.left - m.left) / l.box.height()
}

// linePitch is the usual distance from a full line to the next.
func (m measure) linePitch(pages []pdfPage) float64 {
	var all []float64
	pairs(pages, func(a, b pdfLine) {
		if down := a.box.bottom - b.box.bottom; m.full(a) && down > 0 {
			all = append(all, down)
		}
	})
	return median(all)
}

// paragraphSigns tells by the lines after short ones, which begin paragraphs,
// whether the document indents paragraphs and whether it spaces them.
func (m measure) paragraphSigns(pages []pdfPage) (indented, spaced bool) {
	begun, indents, gaps := 0, 0, 0
	pairs(pages, func(a, b pdfLine) {
		if m.full(a) || !m.full(b) {
			return
		}
		begun++
		if in := m.indent(b); in > indentFrom && in < titleIndents {
			indents++
		}
		if m.parted(a, b) {
			gaps++
		}
	})
	return indents*2 > begun, gaps*2 > begun
}

// parted reports a gap between two lines of a page that is wider than between
// the lines of a paragraph.
func (m measure) parted(a, b pdfLine) bool {
	return a.box.bottom-b.box.bottom > spacedFrom*m.pitch
}

// goesOn reports whether line b goes on with the paragraph of line a.
func (m measure) goesOn(a, b pdfLine) bool {
	if a.box == (box{}) || b.box == (box{}) || !m.full(a) {
		return false
	}
	if (m.right-m.left)/a.box.height() < leastLine || m.indent(a) > sideMargin {
		return false
	}
	if in := m.indent(b); in > indentFrom || in < -indentFrom {
		return false
	}
	if r := a.box.height() / b.box.height(); r > likeSizes || r < 1/likeSizes {
		return false
	}
	samePage := a.box.bottom > b.box.bottom
	if m.spaced && samePage {
		return !m.parted(a, b)
	}
	if m.indented {
		return !endsSentence(a.text) || !beginsItem(b.text)
	}
	return !endsSentence(a.text) && !beginsItem(b.text)
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’）)》」』"))
	return strings.ContainsRune("。！？；：!?;:", r)
}

var item = regexp.MustCompile(`^(?:[一二三四五六七八九十百]+[、.．]|第[一二三四五六七八九十百\d]+[章节篇条部]|[（(][一二三四五六七八九十百\d]+[)）]|\d{1,3}(?:[、．]|[.)）](?:\D|$))|[①-⑳⑴-⒇⒈-⒛])`)

// beginsItem reports whether a line begins with the number of a heading or item.
func beginsItem(s string) bool { return item.MatchString(s) }

var (
	pageNumber = regexp.MustCompile(`^(?:[-—–－―·•]+ ?\d{1,4} ?[-—–－―·•]+|第 ?\d{1,4} ?页(?: ?[,，/]? ?共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4})$`)
	digits     = regexp.MustCompile(`\d+`)
)

const (
	marginLines = 3   // lines at either edge of a page that can be in the margin
	apart       = 1.5 // line distances between a margin and the type area
)

// withoutMargins drops page numbers and the headers and footers that pages
// repeat, apart from their figures. What pages repeat is kept where it stands
// as close to the text as its lines do: the heading of a table.
func withoutMargins(pages []pdfPage) []pdfPage {
	seen := map[string]int{}
	for _, p := range pages {
		texts := map[string]bool{}
		for _, i := range edges(len(p.lines)) {
			texts[folded(p.lines[i].text)] = true
		}
		for text := range texts {
			seen[text]++
		}
	}
	kept := make([]pdfPage, len(pages))
	for i, p := range pages {
		p.lines = slices.Clone(p.lines)
		repeats := func(l pdfLine) bool {
			n := seen[folded(l.text)]
			return pageNumber.MatchString(l.text) || n > 1 && n*2 >= len(pages)
		}
		p.lines = p.lines[marginSize(p.lines, repeats):]
		slices.Reverse(p.lines)
		p.lines = p.lines[marginSize(p.lines, repeats):]
		slices.Reverse(p.lines)
		kept[i] = p
	}
	return kept
}

func folded(s string) string { return digits.ReplaceAllString(s, "0") }

// edges are the lines at the top and bottom of a page of n lines.
func edges(n int) []int {
	var at []int
	for i := range n {
		if i < marginLines || i >= n-marginLines {
			at = append(at, i)
		}
	}
	return at
}

// marginSize counts the lines at the start of lines that are in the margin:
// page numbers, and repeated lines that stand apart from the next one.
func marginSize(lines []pdfLine, repeats func(pdfLine) bool) int {
	size := 0
	for i := 0; i < min(marginLines, len(lines)) && repeats(lines[i]); i++ {
		numbered := pageNumber.MatchString(lines[i].text)
		if numbered || i+1 == len(lines) || distance(lines[i], lines[i+1]) > apart*pitch(lines) {
			size = i + 1
		}
	}
	return size
}

// distance is from one line to another, in points between their bottoms.
func distance(a, b pdfLine) float64 { return math.Abs(a.box.bottom - b.box.bottom) }

// pitch is the usual distance between the lines of a page.
func pitch(lines []pdfLine) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		if d := distance(lines[i-1], lines[i]); d > 0 {
			all = append(all, d)
		}
	}
	return median(all)
}
