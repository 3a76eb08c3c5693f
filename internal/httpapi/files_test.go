package httpapi_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/document/documenttest"
)

const pdfType = "application/pdf"

// riverFiles are riverPlan in the formats with places, by media type.
func riverFiles() map[string]string {
	lines := documenttest.Paragraphs(riverPlan)
	return map[string]string{
		docxType:    string(documenttest.DOCX(lines...)),
		"text/html": string(documenttest.HTML(lines...)),
		pdfType:     string(documenttest.PDF("", strings.Split(strings.TrimSpace(riverPlan), "\n")...)),
	}
}

// formOf is a form with one file of a media type, "" for none.
func formOf(t *testing.T, name, mediaType, data string) (contentType, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	header := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="document"; filename=%q`, name)}}
	if mediaType != "" {
		header.Set("Content-Type", mediaType)
	}
	part, err := w.CreatePart(header)
	if err == nil {
		_, err = part.Write([]byte(data))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.String()
}

func TestImportFiles(t *testing.T) {
	a := newAPI(t)
	n := 0
	for mediaType, data := range riverFiles() {
		check := func(t *testing.T, contentType, body string) {
			t.Helper()
			a.t = t
			n++
			code := fmt.Sprintf("plan-%d", n)
			got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code="+code, body, "Content-Type", contentType).want(201))
			if len(got.Tasks) != 3 || len(got.Indicators) != 2 || got.Plan.Document.MediaType != mediaType {
				t.Fatalf("%d tasks, %d indicators of %s", len(got.Tasks), len(got.Indicators), got.Plan.Document.MediaType)
			}
			source := read[v1.Indicator](a.get("/api/v1/indicators/" + code + "-3-1").want(200)).Source
			switch {
			case mediaType == pdfType && (source.Page == nil || *source.Page != 1 || source.Paragraph != nil):
				t.Errorf("page %v, paragraph %v", source.Page, source.Paragraph)
			case mediaType != pdfType && (source.Paragraph == nil || *source.Paragraph != 6 || source.Page != nil):
				t.Errorf("page %v, paragraph %v", source.Page, source.Paragraph)
			}
			original := a.get("/api/v1/plans/" + code + "/document?form=original").want(200)
			if string(original.body) != data || original.header.Get("Content-Type") != mediaType {
				t.Errorf("came back as %s", original.header.Get("Content-Type"))
			}
		}
		t.Run("takes "+mediaType+" by its media type", func(t *testing.T) { check(t, mediaType, data) })
		t.Run("takes "+mediaType+" as a form's file", func(t *testing.T) {
			contentType, body := formOf(t, "计划", mediaType, data)
			check(t, contentType, body)
		})
		t.Run("takes "+mediaType+" as a form's file of no type", func(t *testing.T) {
			contentType, body := formOf(t, "计划", "application/octet-stream", data)
			check(t, contentType, body)
		})
	}

	t.Run("says of plain text neither page nor paragraph", func(t *testing.T) {
		a.t = t
		got := read[v1.PlanImport](a.send("POST", "/api/v1/plans?code=text", riverPlan, "Content-Type", plain).want(201))
		if s := got.Indicators[0].Source; s.Page != nil || s.Paragraph != nil {
			t.Errorf("%+v", s)
		}
	})
}

func TestFilesThatAreNotRead(t *testing.T) {
	const oldWord = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	cases := []struct{ name, mediaType, data, remedy string }{
		{"an old Word file", "application/msword", oldWord + strings.Repeat("\x00", 600), "docx"},
		{"a picture", "image/png", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 60), "OCR"},
		{"text that says it is JSON", "application/json", riverPlan, "docx"},
		{"a PDF that says it is Word", docxType, riverFiles()[pdfType], "Content-Type"},
	}
	a := newAPI(t)
	for _, c := range cases {
		t.Run("refuses "+c.name+" and says what to do", func(t *testing.T) {
			a.t = t
			contentType, body := formOf(t, "计划", c.mediaType, c.data)
			for sent, data := range map[string]string{c.mediaType: c.data, contentType: body} {
				p := a.send("POST", "/api/v1/plans?code=x", data, "Content-Type", sent).wantProblem(415, "unsupported_media_type", "")
				if !strings.Contains(p.Detail, c.remedy) {
					t.Errorf("%s: %q does not name %s", sent, p.Detail, c.remedy)
				}
			}
		})
	}
}
