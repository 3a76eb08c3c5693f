package document

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	pdfium "github.com/klippa-app/go-pdfium"

	"github.com/indicator-tracker/tracker/internal/document/documenttest"
	"github.com/indicator-tracker/tracker/internal/fault"
)

func pdfRefused(t *testing.T, data []byte, code fault.Code, word string) {
	t.Helper()
	_, err := Read(t.Context(), data, pdfText)
	if !fault.Is(err, code) || !strings.Contains(fault.From(err).Detail.EN, word) {
		t.Errorf("err = %v, want %s with %q", err, code, word)
	}
}

func TestPDFWithoutText(t *testing.T) {
	t.Run("a scan is told from a blank file", func(t *testing.T) {
		pdfRefused(t, documenttest.PDFPages("0 0 595 842 re f", "0 0 595 842 re f"), fault.UnreadableFile, "2 pages has no text layer")
	})
	t.Run("a PDF without pages", func(t *testing.T) {
		data := documenttest.PDFObjects("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>")
		pdfRefused(t, data, fault.UnreadableFile, "broken")
	})
	t.Run("a PDF with more pages than any plan", func(t *testing.T) {
		pdfRefused(t, documenttest.PDFPages(make([]string, maxPages+1)...), fault.UnreadableFile, "2001 pages")
	})
	t.Run("a PDF that is larger than the engine's memory", func(t *testing.T) {
		data := documenttest.PDFPages("")
		pdfRefused(t, append(make([]byte, 0, maxPDF+1), append(data, make([]byte, maxPDF)...)...), fault.UnreadableFile, "96 MB")
	})
	t.Run("bytes before the header are skipped as viewers do", func(t *testing.T) {
		data := append([]byte("\r\n"), documenttest.PDF("", "甲。")...)
		if text, err := Read(t.Context(), data, ""); err != nil || text.Content != "甲。" {
			t.Errorf("%q, %v", text.Content, err)
		}
	})
}

func TestPDFRadicalsBecomeIdeographs(t *testing.T) {
	text, err := Read(t.Context(), documenttest.PDF("", "⼀、⼈⼝与⽔⼟"), "")
	if err != nil || text.Content != "一、人口与水土" {
		t.Errorf("%q, %v", text.Content, err)
	}
}

func TestPDFEngine(t *testing.T) {
	t.Run("kills an instance that takes too long and goes on with the next file", func(t *testing.T) {
		data := documenttest.PDF("", strings.Repeat("甲乙丙丁", 20_000))
		if _, err := Read(t.Context(), data, ""); err != nil { // the program is compiled once for all tests
			t.Fatal(err)
		}
		slow := &pdfEngine{turn: make(chan struct{}, 1), timeLimit: 50 * time.Millisecond, pool: engine.pool}
		begun := time.Now()
		err := slow.use(t.Context(), func(instance pdfium.Pdfium) error {
			for time.Since(begun) < 20*time.Second {
				if _, err := readPages(instance, data); err != nil {
					return err
				}
			}
			return nil
		})
		if !errors.Is(err, errTooSlow) || !strings.Contains(fault.From(pdfFault(err)).Detail.EN, "time limit") {
			t.Errorf("err = %v", err)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("the limit of 50 ms took %s", took)
		}
		if text, err := Read(t.Context(), documenttest.PDF("", "甲。"), ""); err != nil || text.Content != "甲。" {
			t.Errorf("the next file: %q, %v", text.Content, err)
		}
	})
	t.Run("an engine that does not start is no fault of the file", func(t *testing.T) {
		if err := pdfFault(errors.Join(errNoEngine, errors.New("no memory"))); !fault.Is(err, fault.Unavailable) {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("keeps its compilation only where nobody else can write", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "own")
		if cacheIn(folder) == nil {
			t.Error("a folder of one's own is not used")
		}
		if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%v, %v", info, err)
		}
		if err := os.Chmod(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if cacheIn(folder) != nil {
			t.Error("a folder of everybody is used")
		}
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, fs.FileMode(0o600)); err != nil {
			t.Fatal(err)
		}
		if cacheIn(file) != nil {
			t.Error("a file is used as a folder")
		}
	})
}
