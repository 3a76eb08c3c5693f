package document

import (
	"context"
	"errors"
	"slices"
	"strings"

	pdfium "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/indicator-tracker/tracker/internal/fault"
)

const (
	maxPages = 2000
	// maxPDF leaves room in the engine's memory to work on the file.
	maxPDF = 96 << 20
)

var (
	errNoPages  = errors.New("the PDF has no pages")
	errTooSlow  = errors.New("the PDF took longer than the time limit")
	errNoTrail  = errors.New("the PDF has no end")
	errNoEngine = errors.New("the PDF engine did not start")
)

// readPDF reads the text layer, one page at a time, and puts the paragraphs
// together again that were broken into lines.
func readPDF(ctx context.Context, data []byte, _ map[string]string) (located, error) {
	if err := checkPDF(data); err != nil {
		return located{}, err
	}
	var pages []pdfPage
	err := engine.use(ctx, func(instance pdfium.Pdfium) (err error) {
		pages, err = readPages(instance, data)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return located{}, ctx.Err()
	case err != nil:
		return located{}, pdfFault(err)
	}
	if !slices.ContainsFunc(pages, func(p pdfPage) bool { return len(p.lines) > 0 }) {
		return located{}, fault.Newf(fault.UnreadableFile,
			"PDF 共 %d 页，没有文字层，应是扫描件；请先识别为文字（OCR），或索取原始文档",
			"the PDF of %d pages has no text layer, as a scan has none; recognise it as text (OCR) or ask for the original", len(pages))
	}
	return composePages(pages)
}

// checkPDF refuses what need not be given to the engine: an unfinished file,
// and one that is larger than its memory.
func checkPDF(data []byte) error {
	if len(data) > maxPDF {
		return fault.Newf(fault.UnreadableFile, "PDF 超过 %d MB；请去掉图片后重新导出", "the PDF is over %d MB; export it without pictures", maxPDF>>20)
	}
	if !strings.Contains(string(data[max(0, len(data)-64<<10):]), "startxref") {
		return broken("PDF", errNoTrail)
	}
	return nil
}

func pdfFault(err error) error {
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return passwordProtected()
	case errors.Is(err, errTooSlow):
		return fault.Newf(fault.UnreadableFile,
			"PDF 过于复杂，未能在限定时间内读完；请另存为 .docx 或文本", "the PDF is too complex to read within the time limit; save it as .docx or text").Because(err)
	case errors.Is(err, errNoEngine):
		return fault.Newf(fault.Unavailable, "PDF 读取功能暂不可用", "PDF files cannot be read for now").Because(err)
	}
	if f := (*fault.Fault)(nil); errors.As(err, &f) {
		return f
	}
	return broken("PDF", err)
}

func readPages(instance pdfium.Pdfium, data []byte) ([]pdfPage, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, err
	}
	counted, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, err
	}
	if counted.PageCount < 1 {
		return nil, errNoPages
	}
	if counted.PageCount > maxPages {
		return nil, fault.Newf(fault.UnreadableFile, "PDF 有 %d 页，最多读取 %d 页；请拆分后再导入",
			"the PDF has %d pages, more than %d; split it", counted.PageCount, maxPages)
	}
	pages := make([]pdfPage, counted.PageCount)
	characters := 0
	for i := range pages {
		if pages[i], err = readPage(instance, opened.Document, i); err != nil {
			return nil, err
		}
		if characters += pages[i].characters(); characters > maxCharacters {
			return nil, tooLong()
		}
	}
	return pages, nil
}

func readPage(instance pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) (page pdfPage, err error) {
	loaded, err := instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return pdfPage{}, err
	}
	defer func() {
		_, closed := instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		err = errors.Join(err, closed)
	}()
	text, err := instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &loaded.Page}})
	if err != nil {
		return pdfPage{}, err
	}
	defer func() {
		_, closed := instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
		err = errors.Join(err, closed)
	}()
	lines, err := readLines(instance, text.TextPage)
	return pdfPage{number: index + 1, lines: lines}, err
}

// readLines takes the lines as the engine breaks them, with where they stand.
func readLines(instance pdfium.Pdfium, page references.FPDF_TEXTPAGE) ([]pdfLine, error) {
	counted, err := instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil || counted.Count <= 0 {
		return nil, err
	}
	if counted.Count > maxCharacters {
		return nil, tooLong()
	}
	got, err := instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: page, Count: counted.Count})
	if err != nil {
		return nil, err
	}
	var lines []pdfLine
	at := 0
	for raw := range strings.SplitSeq(got.Text, "\n") {
		runes := []rune(raw)
		if text := cleanLine(raw); text != "" {
			first, last := inkEnds(runes)
			lines = append(lines, pdfLine{text: text, box: boxOf(instance, page, at+first, at+last)})
		}
		at += len(runes) + 1
	}
	return lines, nil
}

// inkEnds are the first and last characters of a line that are not white.
func inkEnds(line []rune) (first, last int) {
	last = len(line) - 1
	for first < last && isBlank(line[first]) {
		first++
	}
	for last > first && isBlank(line[last]) {
		last--
	}
	return first, last
}

func isBlank(r rune) bool { return cleanLine(string(r)) == "" }

// boxOf spans two characters of a line, given by their places in the text. A
// character whose place is not known leaves the box empty, and the line by
// itself.
func boxOf(instance pdfium.Pdfium, page references.FPDF_TEXTPAGE, first, last int) box {
	a, okA := charBox(instance, page, first)
	b, okB := charBox(instance, page, last)
	if !okA || !okB {
		return box{}
	}
	return box{left: min(a.left, b.left), right: max(a.right, b.right), top: max(a.top, b.top), bottom: min(a.bottom, b.bottom)}
}

func charBox(instance pdfium.Pdfium, page references.FPDF_TEXTPAGE, textIndex int) (box, bool) {
	char, err := instance.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: page, NTextIndex: textIndex})
	if err != nil || char.CharIndex < 0 {
		return box{}, false
	}
	// The loose box is that of the font and not of the ink: 一 is as high as 国.
	got, err := instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: char.CharIndex})
	if err != nil {
		return box{}, false
	}
	r := got.Rect
	return box{left: float64(r.Left), right: float64(r.Right), top: float64(r.Top), bottom: float64(r.Bottom)}, true
}
