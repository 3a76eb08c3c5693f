package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// maxTag is the most bytes that one tag, comment or text between tags may take.
const maxTag = 3 << 19

// readHTML reads what a browser shows of a page, without its navigation and
// controls. It works on the stream of tags: a tree would cost many times the
// file, and pages are often no tree.
func readHTML(ctx context.Context, data []byte, parameters map[string]string) (located, error) {
	text, err := decodeHTML(data, parameters["charset"])
	if err != nil {
		return located{}, err
	}
	text = strings.TrimLeft(text, " \t\r\n\f")
	text = text[ahead([]byte(text[:min(len(text), 4096)])):]
	p := &page{flow: newFlow(true)}
	tokens := html.NewTokenizer(untilDone{ctx, strings.NewReader(text)})
	tokens.SetMaxBuf(maxTag)
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if err := tokens.Err(); ctx.Err() != nil {
				return located{}, ctx.Err()
			} else if errors.Is(err, html.ErrBufferExceeded) {
				return located{}, fault.Newf(fault.UnreadableFile, "网页中一个标签或一段文字最长 %d 字节", "a tag or a text of the page may have at most %d bytes", maxTag)
			} else if !errors.Is(err, io.EOF) {
				return located{}, broken("HTML", err)
			}
			if p.skip != 0 {
				return located{}, broken("HTML", errUnclosed)
			}
			if err := p.endParagraph(); err != nil {
				return located{}, err
			}
			return p.flow.finish()
		case html.TextToken:
			err = p.text(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			err = p.startTag(tokens.Token())
		case html.EndTagToken:
			name, _ := tokens.TagName()
			err = p.endTag(atom.Lookup(name))
		}
		if err != nil {
			return located{}, err
		}
	}
}

var errUnclosed = errors.New("an element that is not shown has no end")

// decodeHTML believes bytes that are UTF-8, then a byte-order mark, the media
// type and the page's own meta element, and takes the rest for GB18030.
func decodeHTML(data []byte, declared string) (string, error) {
	if utf8.Valid(data) {
		return decodeUTF8(data)
	}
	contentType := htmlText
	if declared != "" {
		contentType += "; charset=" + declared
	}
	encoding, name, _ := charset.DetermineEncoding(data, contentType)
	switch name {
	case "gbk", "gb18030", "windows-1252": // the last is also what a page without any word on it is taken for
		return decodeGB18030(data)
	case "utf-8":
		return decodeUTF8(data)
	}
	decoded, err := encoding.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", notText("网页的文字编码不是所声明的 "+name+"，请另存为 UTF-8", "the page is not in the charset it declares, "+name+"; save it as UTF-8").Because(err)
	}
	return string(bytes.TrimPrefix(decoded, []byte(utf8Mark))), nil
}

// page turns tags into a flow.
type page struct {
	flow     *flow
	inside   bool      // a paragraph is open
	skip     atom.Atom // the element that is not shown, and how deep in its like
	depth    int
	verbatim int // open <pre>
	raised   int // open <sup>
	articles int // open <article> and <main>: a footer within is the text's own
	lists    []htmlList
	pending  string // the number of an item whose text has not come
	last     rune   // of the open paragraph
}

// unseen are the elements that a page does not show as text of its own.
var unseen = map[atom.Atom]bool{
	atom.Title: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Iframe: true, atom.Object: true, atom.Svg: true, atom.Textarea: true,
	atom.Nav: true, atom.Menu: true, atom.Select: true, atom.Button: true,
	atom.Del: true, atom.S: true, atom.Strike: true, // struck out
}

// aroundPage are the roles of parts that surround what a page is about.
var aroundPage = map[string]bool{"navigation": true, "menu": true, "menubar": true, "search": true, "contentinfo": true}

// voids have no end tag.
var voids = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// blocks begin and end paragraphs.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Head: true,
	atom.Header: true, atom.Hr: true, atom.Html: true, atom.Legend: true, atom.Li: true, atom.Main: true,
	atom.Menu: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Ul: true,
	atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Thead: true, atom.Tbody: true, atom.Tfoot: true,
}

func (p *page) startTag(t html.Token) error {
	tag := t.DataAtom
	if p.skip != 0 {
		if tag == p.skip && t.Type == html.StartTagToken {
			p.depth++
		}
		return nil
	}
	if (unseen[tag] || tag == atom.Footer && p.articles == 0 || isHidden(t)) && t.Type == html.StartTagToken && tag != 0 && !voids[tag] {
		p.skip, p.depth = tag, 1
		return nil
	}
	if blocks[tag] {
		if err := p.endParagraph(); err != nil {
			return err
		}
	}
	switch tag {
	case atom.Article, atom.Main:
		p.articles++
	case atom.Br:
		return p.put("\n")
	case atom.Pre:
		p.verbatim++
	case atom.Sup:
		p.raised++
	case atom.Ol, atom.Ul:
		if len(p.lists) < maxDepth {
			p.lists = append(p.lists, newHTMLList(t))
		}
	case atom.Li:
		p.pending = p.marker(t)
	case atom.Table:
		if len(p.flow.tables) >= maxDepth {
			return broken("HTML", errDepth)
		}
		p.flow.beginTable()
	case atom.Tr:
		return p.flow.beginRow()
	case atom.Td, atom.Th:
		return p.flow.beginCell(tableCell{columns: span(t, "colspan"), rows: span(t, "rowspan")})
	}
	return nil
}

func (p *page) endTag(tag atom.Atom) error {
	if p.skip != 0 {
		if tag == p.skip {
			p.depth--
		}
		if p.depth == 0 {
			p.skip = 0
		}
		return nil
	}
	if blocks[tag] {
		if err := p.endParagraph(); err != nil {
			return err
		}
	}
	switch tag {
	case atom.Article, atom.Main:
		p.articles = max(0, p.articles-1)
	case atom.Li:
		p.pending = ""
	case atom.Pre:
		p.verbatim = max(0, p.verbatim-1)
	case atom.Sup:
		p.raised = max(0, p.raised-1)
	case atom.Ol, atom.Ul:
		p.lists = p.lists[:max(0, len(p.lists)-1)]
	case atom.Td, atom.Th:
		p.flow.endCell()
	case atom.Tr:
		p.flow.endRow()
	case atom.Table:
		return p.flow.endTable()
	}
	return nil
}

// text adds shown text. A line break of the source between two ideographs is
// none of the text; elsewhere it is a space.
func (p *page) text(s string) error {
	if p.skip != 0 {
		return nil
	}
	if p.raised > 0 {
		s = raised(s)
	}
	if p.verbatim > 0 {
		return p.put(strings.ReplaceAll(s, "\r\n", "\n"))
	}
	var b strings.Builder
	space, brk := false, false
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r' {
			space = true
			brk = brk || r == '\n' || r == '\r'
			continue
		}
		if space && !(brk && isIdeographic(p.last) && isIdeographic(r)) {
			b.WriteByte(' ')
		}
		space, brk = false, false
		b.WriteRune(r)
		p.last = r
	}
	if space && !(brk && isIdeographic(p.last)) {
		b.WriteByte(' ')
	}
	return p.put(b.String())
}

func (p *page) put(s string) error {
	if !p.inside {
		if s == "" || (p.verbatim == 0 && strings.TrimFunc(s, unicode.IsSpace) == "") {
			return nil
		}
		p.inside = true
		p.flow.beginParagraph()
		s, p.pending = p.pending+strings.TrimLeftFunc(s, unicode.IsSpace), ""
	}
	return p.flow.text(s)
}

func (p *page) endParagraph() error {
	if !p.inside {
		return nil
	}
	p.inside, p.last = false, 0
	return p.flow.endParagraph("")
}

// isHidden reports whether an element is not shown, or is no part of what a page is
// about.
func isHidden(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "hidden" && a.Val != "until-found" {
			return true
		}
		if a.Key == "role" && aroundPage[strings.ToLower(a.Val)] {
			return true
		}
		if a.Key == "style" && strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
			return true
		}
	}
	return false
}

// span reads colspan and rowspan; a rowspan of 0 reaches to the table's end.
func span(t html.Token, key string) int {
	const most = 65534
	for _, a := range t.Attr {
		if a.Key != key {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(a.Val))
		switch {
		case err == nil && n == 0 && key == "rowspan":
			return most
		case err == nil && n >= 1:
			return min(n, most)
		}
	}
	return 1
}
