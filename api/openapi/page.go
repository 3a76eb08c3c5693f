package openapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed swagger
var embedded embed.FS

// UI returns the files of the Swagger page; the large ones are compressed and
// end in ".gz".
func UI() fs.FS {
	sub, err := fs.Sub(embedded, "swagger")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	return sub
}

// policy lets the page run its own files and talk to its own host only. The
// icons of the style sheet are data URLs.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// asset is one file of the page, in both forms where it was compressed.
type asset struct {
	mediaType string
	tag       string // of the plain bytes, without quotes
	plain     []byte
	gzipped   []byte // nil for a file stored plain
}

var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".png":  "image/png",
	".txt":  "text/plain; charset=utf-8",
	"":      "text/plain; charset=utf-8",
}

// Handler serves the Swagger page at its root, and the page's files below. It
// sets its own security headers and compresses by itself: no compressing
// middleware may stand before it. The page names its files, and the document
// one level up, relative to an address that ends in a slash.
func Handler() http.Handler {
	assets := loaded()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			name = "index.html"
		}
		a, ok := assets[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

// serve answers with the compressed bytes where the client takes them. Every
// answer may be kept but must be checked again, so that an upgrade of the
// service never mixes old files with new.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.mediaType)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	body, tag := a.plain, a.tag
	if a.gzipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body, tag = a.gzipped, a.tag+"-gzip"
		}
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding: gzip or any coding, unless its weight is
// zero.
func acceptsGzip(header []string) bool {
	any := false
	for _, item := range strings.Split(strings.Join(header, ","), ",") {
		coding, parameters, _ := strings.Cut(item, ";")
		weight, hasWeight := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
		accepted := true
		if hasWeight {
			q, err := strconv.ParseFloat(weight, 64)
			accepted = err == nil && q > 0
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return accepted
		case "*":
			any = accepted
		}
	}
	return any
}

// loaded are the files of the page, which are unfolded once.
var loaded = sync.OnceValue(func() map[string]asset {
	assets, err := load(UI())
	if err != nil {
		panic(err) // the files are part of the binary
	}
	return assets
})

// load reads every file and works out what each answer needs.
func load(files fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		a := asset{plain: data}
		if stem, compressed := strings.CutSuffix(name, ".gz"); compressed {
			a.gzipped = data
			if a.plain, err = unzip(data); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			name = stem
		}
		sum := sha256.Sum256(a.plain)
		a.tag = hex.EncodeToString(sum[:8])
		a.mediaType = mediaTypes[path.Ext(name)]
		assets[name] = a
		return nil
	})
	return assets, err
}

func unzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
