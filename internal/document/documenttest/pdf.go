package documenttest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// The page that PDF lays out: A4 in points, with 28 characters of 16 points in
// 22 lines, as official documents have them.
const (
	pageWidth, pageHeight = 595, 842
	fontSize, leading     = 16, 28
	left, top             = 73, 730
	lineLength, linesEach = 28, 22
)

// PDF writes paragraphs as pages: every paragraph indented by two characters
// and broken into lines, header above and "— 1 —" below each page. The header
// may be empty. The font is named and not embedded; the text comes from its
// ToUnicode map.
func PDF(header string, paragraphs ...string) []byte {
	var pages []string
	var page strings.Builder
	y, lines := top, 0
	finish := func() {
		if header != "" {
			page.WriteString(show(left, top+2*leading, header))
		}
		page.WriteString(show(pageWidth/2-30, 60, fmt.Sprintf("— %d —", len(pages)+1)))
		pages = append(pages, page.String())
		page.Reset()
		y, lines = top, 0
	}
	for _, paragraph := range paragraphs {
		for i, line := range broken([]rune(paragraph)) {
			if lines == linesEach {
				finish()
			}
			x := left
			if i == 0 {
				x += 2 * fontSize
			}
			page.WriteString(show(x, y, line))
			y -= leading
			lines++
		}
	}
	finish()
	return PDFPages(pages...)
}

// broken cuts a paragraph into lines, the first two characters shorter. Every
// character is as wide as the font is high.
func broken(text []rune) []string {
	var lines []string
	for length := lineLength - 2; len(text) > length; length = lineLength {
		lines = append(lines, string(text[:length]))
		text = text[length:]
	}
	return append(lines, string(text))
}

// show draws a line. The space after it gives a line of one character a width:
// the glyphs of a font that is not embedded have none, and a text object
// without width is not read.
func show(x, y int, text string) string {
	var hex strings.Builder
	text += " "
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&hex, "%04X", unit)
	}
	return fmt.Sprintf("BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n", fontSize, x, y, hex.String())
}

// PDFPages writes a page for each content stream. /F1 is a font whose codes
// are UTF-16.
func PDFPages(contents ...string) []byte {
	const firstPage = 7
	var kids []string
	for i := range contents {
		kids = append(kids, fmt.Sprintf("%d 0 R", firstPage+2*i))
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " ")),
		"<< /Type /Font /Subtype /Type0 /BaseFont /FangSong /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /FangSong /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 5 0 R >>",
		"<< /Type /FontDescriptor /FontName /FangSong /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
		stream(toUnicode),
	}
	for i, content := range contents {
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>",
				pageWidth, pageHeight, firstPage+2*i+1),
			stream(content))
	}
	return PDFObjects("", objects...)
}

// PDFObjects writes objects, numbered from 1, of which the first is the
// catalog, with an index and a trailer of further entries.
func PDFObjects(trailer string, objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	index := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, index)
	return out.Bytes()
}

func stream(content string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

const toUnicode = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
end
end`
