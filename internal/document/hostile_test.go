package document_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestDOCXThatUnfoldsToTooMuch(t *testing.T) {
	t.Run("a part that repeats itself", func(t *testing.T) {
		data := documenttest.DOCXBody(p("", "甲")+strings.Repeat(" ", 32<<20), nil) // within the limit of size, not of ratio
		refused(t, data, "", fault.UnreadableFile, "unfolds to more")
	})
	t.Run("parts that are too much together", func(t *testing.T) {
		noise := rand.New(rand.NewPCG(1, 2))
		filler := func() string {
			var b strings.Builder
			for b.Len() < 30<<20 {
				fmt.Fprintf(&b, "<w:x v=%q/>", strings.Repeat(fmt.Sprint(noise.Uint64()), 50))
			}
			return b.String()
		}
		data := documenttest.DOCXBody(filler(), map[string]string{"word/styles.xml": filler(), "word/numbering.xml": filler()})
		refused(t, data, "", fault.UnreadableFile, "unfolds to more")
	})
	t.Run("more text than a plan has", func(t *testing.T) {
		var body strings.Builder
		for i := range 700_000 {
			body.WriteString(p("", fmt.Sprint("行号", i)))
		}
		refused(t, documenttest.DOCXBody(body.String(), nil), "", fault.UnreadableFile, "characters")
	})
	t.Run("more parts than a document has", func(t *testing.T) {
		data := documenttest.DOCXBody(p("", "甲"), nil)
		data = append(bytes.Repeat([]byte("PK\x01\x02"), 20_001), data...)
		refused(t, append([]byte("PK\x03\x04"), data...), "", fault.UnreadableFile, "broken")
	})
	t.Run("deep nesting", func(t *testing.T) {
		body := strings.Repeat("<w:tbl><w:tr><w:tc>", 200) + p("", "甲") + strings.Repeat("</w:tc></w:tr></w:tbl>", 200)
		refused(t, documenttest.DOCXBody(body, nil), "", fault.UnreadableFile, "broken")
	})
	t.Run("entities are not expanded", func(t *testing.T) {
		data := documenttest.DOCXBody("", map[string]string{"word/document.xml": `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "甲甲">]>` +
			`<w:d xmlns:w="x"><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:d>`})
		refused(t, data, "", fault.UnreadableFile, "broken")
	})
	t.Run("more cells than a plan has", func(t *testing.T) {
		refused(t, []byte("<table>"+strings.Repeat("<td>", 1_100_000)), "text/html", fault.UnreadableFile, "characters")
		refused(t, []byte(strings.Repeat("<table><tr></table>", 1_100_000)), "text/html", fault.UnreadableFile, "characters")
	})
	t.Run("merged cells that multiply", func(t *testing.T) {
		page := "<table><tr><td rowspan=0>" + strings.Repeat("长", 10_000) + "<td>甲" + strings.Repeat("<tr><td>乙", 5000) + "</table>"
		refused(t, []byte(page), "text/html", fault.UnreadableFile, "characters")
	})
}

func TestProtectedFiles(t *testing.T) {
	t.Run("a Word file with a password is a compound file", func(t *testing.T) {
		data := []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504) + wide("EncryptedPackage"))
		refused(t, data, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", fault.UnreadableFile, "password")
	})
	t.Run("an encrypted part of the archive", func(t *testing.T) {
		data := documenttest.DOCX(documenttest.Block{Text: "甲"})
		const flags = 8 // of an entry of the directory, after its signature
		for at := 0; ; at++ {
			next := bytes.Index(data[at:], []byte("PK\x01\x02"))
			if next < 0 {
				break
			}
			at += next
			data[at+flags] |= 1
		}
		refused(t, data, "", fault.UnreadableFile, "password")
	})
	t.Run("a PDF that asks for a password", func(t *testing.T) {
		key := strings.Repeat("ab", 32)
		data := documenttest.PDFObjects("/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]",
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>",
			"<< /Filter /Standard /V 1 /R 2 /P -4 /O <"+key+"> /U <"+key+"> >>")
		refused(t, data, "", fault.UnreadableFile, "password")
	})
}

// sound reports how a result breaks what Read promises for any bytes.
func sound(text document.Text, err error) error {
	if err != nil {
		var f *fault.Fault
		if !errors.As(err, &f) || f.Code == fault.Internal || f.Code == fault.Unavailable {
			return fmt.Errorf("not for a caller to see: %w", err)
		}
		return nil
	}
	if !utf8.ValidString(text.Content) || text.Characters != utf8.RuneCountInString(text.Content) || strings.TrimSpace(text.Content) == "" {
		return fmt.Errorf("%d characters in %q", text.Characters, clipped(text.Content))
	}
	last := -1
	for _, place := range text.Places {
		if place.Start <= last || place.Start >= text.Characters || place.Number < 1 {
			return fmt.Errorf("place %+v after %d in %d characters", place, last, text.Characters)
		}
		last = place.Start
	}
	if text.MediaType != "text/plain" && (len(text.Places) == 0 || text.Places[0].Start != 0) {
		return fmt.Errorf("the text of %s begins nowhere", text.MediaType)
	}
	return nil
}

func TestBrokenFiles(t *testing.T) {
	blocks := documenttest.Numbered(planText(t))
	files := map[string][]byte{
		"docx": documenttest.DOCX(blocks...),
		"pdf":  documenttest.PDF("汇编", linesOf(blocks)...),
		"html": documenttest.HTML(blocks...),
	}
	t.Run("a file that ends early is refused, a page is read as far as it goes", func(t *testing.T) {
		for name, data := range files {
			for eighth := 1; eighth < 8; eighth++ {
				cut := data[:len(data)*eighth/8]
				if name != "html" {
					refused(t, cut, "", fault.UnreadableFile, "broken or incomplete")
				} else if text, err := document.Read(t.Context(), cut, "text/html"); sound(text, err) != nil {
					t.Errorf("%d/8: %v", eighth, sound(text, err))
				}
			}
		}
	})
	t.Run("changed bytes end in text or a fault, never in a crash", func(t *testing.T) {
		noise := rand.New(rand.NewPCG(3, 4))
		for name, data := range files {
			for range 60 {
				changed := bytes.Clone(data)
				for range 1 + noise.IntN(20) {
					changed[noise.IntN(len(changed))] = byte(noise.Uint32())
				}
				if err := sound(document.Read(t.Context(), changed, "")); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	})
	t.Run("random bytes behind a signature", func(t *testing.T) {
		noise := rand.New(rand.NewPCG(5, 6))
		for _, start := range []string{"", "%PDF-1.7\n", "PK\x03\x04", "<html>", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
			for _, end := range []string{"", "startxref\n9\n%%EOF"} {
				data := []byte(start)
				for range 2000 {
					data = append(data, byte(noise.Uint32()))
				}
				if err := sound(document.Read(t.Context(), append(data, end...), "")); err != nil {
					t.Errorf("%q: %v", start, err)
				}
			}
		}
	})
	t.Run("a Word file without its document", func(t *testing.T) {
		refused(t, documenttest.Zip(map[string]string{"word/styles.xml": "<x/>"}), "", fault.UnreadableFile, "broken")
	})
}

func TestReadingStopsWithItsContext(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	blocks := documenttest.Numbered(planText(t))
	for name, data := range map[string][]byte{
		"docx": documenttest.DOCX(blocks...), "html": documenttest.HTML(blocks...), "pdf": documenttest.PDF("甲", linesOf(blocks)...),
	} {
		if _, err := document.Read(ended, data, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := document.Read(t.Context(), data, ""); err != nil {
			t.Errorf("%s, read again: %v", name, err)
		}
	}
}

// TestMemoryOfAFileIsBounded reads files that define much and say nothing.
func TestMemoryOfAFileIsBounded(t *testing.T) {
	const most = 200 << 20
	for name, data := range map[string][]byte{
		"styles":               documenttest.DOCXBody(p("", "甲"), map[string]string{"word/styles.xml": numbered(`<w:style w:styleId="%d"/>`, 200_000)}),
		"definitions of lists": documenttest.DOCXBody(p("", "甲"), map[string]string{"word/numbering.xml": numbered(`<w:abstractNum w:abstractNumId="%d"/>`, 200_000)}),
		"lists":                documenttest.DOCXBody(p("", "甲"), map[string]string{"word/numbering.xml": numbered(`<w:num w:numId="%d"/>`, 200_000)}),
		"attributes":           []byte("<p " + strings.Repeat("a ", 4<<20) + ">甲"),
		"merged cells":         []byte("<table>" + strings.Repeat("<tr><td colspan=200 rowspan=0>甲", 20_000) + "</table>"),
		"one paragraph":        []byte("<p>" + strings.Repeat("甲", 5<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := document.Read(t.Context(), data, "")
			runtime.ReadMemStats(&after)
			if !fault.Is(err, fault.UnreadableFile) {
				t.Errorf("read with %v", err)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > most {
				t.Errorf("%d MiB were allocated", got>>20)
			}
		})
	}
}

func numbered(element string, times int) string {
	var b strings.Builder
	for i := range times {
		fmt.Fprintf(&b, element, i)
	}
	return b.String()
}
