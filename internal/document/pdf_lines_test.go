package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// laid makes pages of lines. Every character is 16 points wide, the type area
// 73 to 521; a '>' before a line indents it by two characters, a '^' sets it
// apart from the line above. A blank line begins the next page.
func laid(lines ...string) []pdfPage {
	const size, left, leading = 16, 73, 28
	pages := []pdfPage{{number: 1}}
	y := 730.0
	for _, line := range lines {
		page := &pages[len(pages)-1]
		if line == "" {
			pages = append(pages, pdfPage{number: page.number + 1})
			y = 730
			continue
		}
		x := float64(left)
		if rest, ok := strings.CutPrefix(line, "^"); ok {
			line, y = rest, y-leading
		}
		if rest, ok := strings.CutPrefix(line, ">"); ok {
			line, x = rest, x+2*size
		}
		page.lines = append(page.lines, pdfLine{text: line, box: box{
			left: x, right: x + float64(size*utf8.RuneCountInString(line)), top: y + 14, bottom: y - 2,
		}})
		y -= leading
	}
	return pages
}

// n is a line of n characters that begins and ends as given.
func n(length int, begin, end string) string {
	return begin + strings.Repeat("字", length-utf8.RuneCountInString(begin+end)) + end
}

func TestComposePages(t *testing.T) {
	full := func(begin, end string) string { return n(28, begin, end) }
	first := func(begin, end string) string { return ">" + n(26, begin, end) }
	for name, c := range map[string]struct{ lines, want []string }{
		"full lines go on, also after a full stop and before a figure": {
			[]string{first("1.", "。"), full("3.65亿斤", "达到"), full("6.月", "。"), "完。", first("2.", "建"), "成。", first("3.", "甲"), "乙"},
			[]string{first("1.", "。") + full("3.65亿斤", "达到") + full("6.月", "。") + "完。", first("2.", "建") + "成。", first("3.", "甲") + "乙"}},
		"a line before a mark that begins no line is short by two": {
			[]string{first("甲", "抓好执"), full("行；", "乙"), n(25, "丙", "丁"), "；戊。", first("己", ""), "庚"},
			[]string{first("甲", "抓好执") + full("行；", "乙") + n(25, "丙", "丁") + "；戊。", first("己", "") + "庚"}},
		"without indents a full stop or a number ends the paragraph": {
			[]string{full("1.甲", "乙"), full("丙", "。"), full("2.丁", ""), full("3.戊", ""), full("（一）己", ""), full("庚", ""), "辛"},
			[]string{full("1.甲", "乙") + full("丙", "。"), full("2.丁", ""), full("3.戊", ""), full("（一）己", "") + full("庚", "") + "辛"}},
		"gaps show paragraphs": {
			[]string{full("甲", "。"), full("乙", "。"), "丙", "^" + full("丁", "戊"), "^" + full("子", "丑"), "己", "^" + full("庚", ""), "辛", "^" + full("壬", ""), "癸"},
			[]string{full("甲", "。") + full("乙", "。") + "丙", full("丁", "戊"), full("子", "丑") + "己", full("庚", "") + "辛", full("壬", "") + "癸"}},
		"a paragraph goes on over the page": {
			[]string{first("甲", ""), "", full("乙", ""), "丙。", first("丁", ""), "戊"}, []string{first("甲", "") + full("乙", "") + "丙。", first("丁", "") + "戊"}},
		"words of letters keep their space": {
			[]string{n(28, "", "new plan"), n(28, "for", ""), "完"}, []string{n(28, "", "new plan") + " " + n(28, "for", "") + "完"}},
		"short lines stay as they are": {[]string{"市工信局", "市发改局", "市住建局和城管"}, []string{"市工信局", "市发改局", "市住建局和城管"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := composePages(laid(c.lines...))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, line := range c.want {
				want = append(want, strings.NewReplacer(">", "", "^", "").Replace(line))
			}
			if diff := cmp.Diff(want, strings.Split(got.content, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("lines of another size or without a place are not joined", func(t *testing.T) {
		pages := laid(">"+n(26, "甲", ""), n(28, "乙", ""), n(28, "丙", ""), "丁")
		pages[0].lines[1].box.bottom -= 8
		pages[0].lines[3].box = box{}
		got, err := composePages(pages)
		if err != nil || strings.Count(got.content, "\n") != 3 {
			t.Errorf("%v %q", err, got.content)
		}
	})
}

func TestMargins(t *testing.T) {
	for name, c := range map[string]struct{ lines, want []string }{
		"page numbers": {[]string{"甲", "— 1 —", "", "乙", "-2-", "", "丙", "第 3 页 共 4 页", "", "丁", "4/4"}, []string{"甲", "乙", "丙", "丁"}},
		"headers and footers that pages repeat apart from the text": {
			[]string{"汇编", "^甲", "子", "己", "庚", "^内部资料1", "", "汇编", "^乙", "丑", "辛", "壬", "^内部资料2"}, []string{"甲", "子", "己", "庚", "乙", "丑", "辛", "壬"}},
		"a heading that a table repeats stays": {
			[]string{"序号", "甲", "子", "", "序号", "乙", "丑", "", "序号", "丙", "寅"}, []string{"序号", "甲", "子", "序号", "乙", "丑", "序号", "丙", "寅"}},
		"a line that only one page of many has stays": {
			[]string{"题", "^甲", "子", "", "乙", "丑", "", "丙", "寅"}, []string{"题", "甲", "子", "乙", "丑", "丙", "寅"}},
		"a number in the text is no page number": {[]string{"甲", "— 5 —", "乙", "丙", "丁", "戊", "己"}, []string{"甲", "— 5 —", "乙", "丙", "丁", "戊", "己"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, page := range withoutMargins(laid(c.lines...)) {
				for _, l := range page.lines {
					got = append(got, l.text)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBeginsItem(t *testing.T) {
	for s, want := range map[string]bool{
		"一、总体要求": true, "第三章": true, "（二）民生": true, "12.建": true, "3．建": true, "4、建": true, "①": true, "(5)建": true, "6)": true,
		"3.65亿斤": false, "一是建": false, "2023年": false, "第三季度": false, "（牵头单位": false, "5G": false,
	} {
		if beginsItem(s) != want {
			t.Errorf("beginsItem(%q) = %t", s, !want)
		}
	}
}

// FuzzComposePages fuzzes what is done with lines after the engine gave them.
func FuzzComposePages(f *testing.F) {
	f.Add("甲\n— 1 —\n\n乙", 73.0, 16.0)
	f.Add(strings.Repeat(strings.Repeat("字", 28)+"\n", 9), -1e300, 1e-300)
	f.Fuzz(func(t *testing.T, text string, left, size float64) {
		pages := []pdfPage{{number: 1}}
		letters := 0
		for i, raw := range strings.Split(text, "\n") {
			line := cleanLine(raw)
			last := &pages[len(pages)-1]
			if line == "" {
				pages = append(pages, pdfPage{number: last.number + 1})
				continue
			}
			letters += utf8.RuneCountInString(line)
			bottom := float64(i) * -size
			last.lines = append(last.lines, pdfLine{text: line, box: box{left, left + size*float64(len(line)), bottom + size, bottom}})
		}
		got, err := composePages(pages)
		if err != nil {
			t.Fatal(err)
		}
		end := utf8.RuneCountInString(got.content)
		if !utf8.ValidString(got.content) || end > 2*letters {
			t.Errorf("%d characters of %d: %q", end, letters, got.content)
		}
		start := -1
		for _, place := range got.places {
			if place.Start <= start || place.Start >= end {
				t.Errorf("place %+v in %d characters", place, end)
			}
			start = place.Start
		}
	})
}
