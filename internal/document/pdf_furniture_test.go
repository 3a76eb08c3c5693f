package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

func TestPageNumberForms(t *testing.T) {
	for text, number := range map[string]bool{
		"— 1 —": true, "-12-": true, "–3–": true, "－ 4 －": true, "―5―": true, "·6·": true, "• 7 •": true, "—— 8 ——": true,
		"第1页": true, "第 2 页": true, "第3页共9页": true, "第 3 页，共 9 页": true, "第3页/共9页": true, "4/9": true, "4 / 9": true,
		"1": false, "第一章": false, "第1项": false, "— 12345 —": false, "-1- 甲": false, "2023年": false, "10-20": false, "3.5/9": false,
	} {
		t.Run(text, func(t *testing.T) {
			pages := laid("甲", text)
			kept := withoutMargins(pages)[0].lines
			if dropped := len(kept) == 1; dropped != number {
				t.Errorf("dropped: %t", dropped)
			}
			if len(pages[0].lines) != 2 {
				t.Error("the pages that were given are changed")
			}
		})
	}
}

func TestSentenceEnds(t *testing.T) {
	for text, want := range map[string]bool{
		"完成。": true, "完成！": true, "完成；": true, "如下：": true, "done;": true, "（完成。）": true, "“完成。”": true, "《完成？》": true,
		"完成，": false, "完成、": false, "（完成）": false, "完成": false, "": false,
	} {
		if endsSentence(text) != want {
			t.Errorf("endsSentence(%q) = %t", text, !want)
		}
	}
}

func TestPDFPagesAsText(t *testing.T) {
	read := func(t *testing.T, data []byte) Text {
		t.Helper()
		text, err := Read(t.Context(), data, pdfText)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	var paragraphs []string
	for i := range 40 {
		paragraphs = append(paragraphs, fmt.Sprintf("%d.新建改建充电设施%s，年底前完成。", i+1, strings.Repeat("和配套管网", i%12)))
	}
	t.Run("broken lines are joined, and headers and page numbers are gone", func(t *testing.T) {
		text := read(t, documenttest.PDF("重点任务汇编", paragraphs...))
		if diff := cmp.Diff(paragraphs, strings.Split(text.Content, "\n")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("every page after the first begins a place, counted from one", func(t *testing.T) {
		text := read(t, documenttest.PDF("", paragraphs...))
		if len(text.Places) < 3 {
			t.Fatalf("places %+v", text.Places)
		}
		for i, place := range text.Places {
			if place.Kind != Page || place.Number != i+1 || text.PlaceOf(place.Start) != place {
				t.Errorf("place %d: %+v", i, place)
			}
			if i > 0 && text.PlaceOf(place.Start-1).Number != i {
				t.Errorf("before %+v is %+v", place, text.PlaceOf(place.Start-1))
			}
		}
	})
	t.Run("a page without text is counted", func(t *testing.T) {
		line := func(code string) string { return "BT /F1 16 Tf 1 0 0 1 73 730 Tm <" + code + "0020> Tj ET" }
		text := read(t, documenttest.PDFPages(line("7532"), "0 0 595 842 re f", line("4E59")))
		if text.Content != "甲\n乙" || text.PlaceOf(2) != (Place{Start: 2, Kind: Page, Number: 3}) {
			t.Errorf("%q, %+v", text.Content, text.Places)
		}
	})
}

func TestPlaceOfBetweenPlaces(t *testing.T) {
	text := Text{Characters: 10, Places: []Place{{2, Page, 1}, {5, Page, 4}}}
	for position, number := range map[int]int{-1: 0, 0: 0, 1: 0, 2: 1, 4: 1, 5: 4, 9: 4, 10: 0, 1 << 40: 0} {
		if got := text.PlaceOf(position).Number; got != number {
			t.Errorf("position %d is on page %d, want %d", position, got, number)
		}
	}
}
