package board

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed static
var staticFiles embed.FS

// asset is a file that pages fetch, under an address that changes with it.
type asset struct {
	content   []byte
	mediaType string
	version   string
}

func readAssets() map[string]asset {
	assets := map[string]asset{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err) // embedded
	}
	for _, entry := range entries {
		content, err := staticFiles.ReadFile("static/" + entry.Name())
		if err != nil {
			panic(err) // embedded
		}
		sum := sha256.Sum256(content)
		assets[entry.Name()] = asset{content, mime.TypeByExtension(path.Ext(entry.Name())), hex.EncodeToString(sum[:6])}
	}
	return assets
}

// serveAsset answers with a file. One that is asked for by its version may be kept for good.
func (b *board) serveAsset(w http.ResponseWriter, r *http.Request) {
	file, ok := b.static[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	if r.URL.Query().Get("v") == file.version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = w.Write(file.content) // a reader that has gone is no failure
}

// view is what a template is given: who reads, and the content of the page.
type view struct {
	*visit
	Title   string
	Content any
}

// part is what a template within a page is given: who reads, and what of the content it shows.
type part struct {
	V *visit
	X any
}

// readPages reads each page with the layout around it and the parts that pages share.
func readPages(static map[string]asset) map[string]*template.Template {
	funcs := template.FuncMap{
		"asset":    func(name string) string { return "/board/static/" + name + "?v=" + static[name].version },
		"percent":  percentText,
		"number":   numberText,
		"amount":   amountText,
		"part":     func(v view, x any) part { return part{v.visit, x} },
		"sub":      func(p part, x any) part { return part{p.V, x} },
		"deref":    textOf,
		"join":     strings.Join,
		"evidence": evidenceLink,
		"exact":    exactText,
		"reviewed": func(v view, x any) reviewed { return reviewed{v.visit, x, v.Content} },
		"fields":   func(v *visit, fields map[string]string) part { return part{v, fields} },
	}
	shared := template.Must(template.New("").Funcs(funcs).ParseFS(pageFiles, "pages/layout.html", "pages/parts*.html"))
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		panic(err) // a mistake in the pattern
	}
	pages := map[string]*template.Template{}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "layout" || strings.HasPrefix(name, "parts") {
			continue
		}
		pages[name] = template.Must(template.Must(shared.Clone()).ParseFS(pageFiles, file))
	}
	return pages
}

// write answers with a page, or with nothing of it when it cannot be made.
func (b *board) write(v *visit, status int, name, title string, content any) {
	var body bytes.Buffer
	if err := b.pages[name].ExecuteTemplate(&body, "layout", view{v, title, content}); err != nil {
		b.Log.Error("board", "page", name, "error", err)
		http.Error(v.w, "internal", http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Language", v.Lang)
	if v.status != 0 {
		status = v.status
	}
	v.w.WriteHeader(status)
	_, _ = v.w.Write(body.Bytes()) // a reader that has gone is no failure
}

// percentText is a percent as it is printed, or a dash for none.
func percentText(n any) string {
	if text := numberText(n); text != "—" {
		return text + "%"
	}
	return "—"
}

// numberText is a number with its digits, or a dash for none.
func numberText(n any) string {
	switch n := n.(type) {
	case v1.Number:
		if n != "" {
			return string(n)
		}
	case *v1.Number:
		if n != nil {
			return string(*n)
		}
	}
	return "—"
}

// amountText is a quantity with its unit, or a dash for none.
func amountText(q *v1.Quantity) string {
	if q == nil {
		return "—"
	}
	return string(q.Value) + q.Unit
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Moment is a moment of the service to the minute, where its days begin, as people read it.
func (v *visit) Moment(text string) string {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return text
	}
	place, err := time.LoadLocation(v.Me.Timezone)
	if err != nil || v.Me.Timezone == "" {
		return at.UTC().Format("2006-01-02 15:04 UTC")
	}
	return at.In(place).Format("2006-01-02 15:04")
}

// evidenceLink is an address of evidence that may stand in a link; empty for one of another scheme.
func evidenceLink(address string) string {
	lower := strings.ToLower(address)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return address
	}
	return ""
}
