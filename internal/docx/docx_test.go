package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/docx"
)

const page = `<!DOCTYPE html><html><head><title>通报 <2023-09></title><style>p{color:red}</style></head><body>
<h1>督查通报</h1><h2>一、总体</h2>
<p>平均完成率 <b>61.20%</b>，
  甲 &amp; 乙 &lt;b&gt; ]]&gt; "引号"。</p>
<table><thead><tr><th>单位</th><th>要求</th><th>数</th></tr></thead><tbody>
<tr><td>市工信局</td><td>说明原因，提出措施。</td><td class="n">12.50</td></tr>
<tr><td colspan="3">无</td></tr></tbody></table>
<table><tr><td>第二张</td></tr></table><table></table></body></html>`

func TestAWordFileSaysWhatThePageSays(t *testing.T) {
	file, err := docx.FromPage([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	text, err := document.Read(t.Context(), file, docx.MediaType)
	if err != nil {
		t.Fatal(err)
	}
	want := "督查通报\n一、总体\n平均完成率 61.20%， 甲 & 乙 <b> ]]> \"引号\"。\n单位 | 要求 | 数\n市工信局 | 说明原因，提出措施。 | 12.50\n无\n第二张"
	if got := strings.TrimSpace(text.Content); got != want {
		t.Errorf("the file says:\n%s\nwant:\n%s", got, want)
	}
}

func TestEveryPartIsWellFormedAndTheSamePageIsTheSameFile(t *testing.T) {
	file, err := docx.FromPage([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	again, err := docx.FromPage([]byte(page))
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("another file the second time (%v)", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.File {
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("the first part is %s", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			if _, err = d.Token(); err != nil {
				break
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// LibreOffice is another program that reads such files; TRACKER_TEST_OFFICE names it where it is there.
func TestForeignWriterOpensAWordFile(t *testing.T) {
	office := os.Getenv("TRACKER_TEST_OFFICE")
	if office == "" {
		t.Skip("TRACKER_TEST_OFFICE names no LibreOffice")
	}
	file, err := docx.FromPage([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "page.docx")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, path)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"督查通报", "平均完成率 61.20%", "甲 & 乙 <b>", "市工信局", "12.50", "第二张"} {
		if !strings.Contains(string(text), said) {
			t.Errorf("LibreOffice does not find %q in:\n%s", said, text)
		}
	}
}
