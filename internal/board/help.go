package board

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"github.com/indicator-tracker/tracker/docs"
)

// helpPages are the pages that say how things are done: the project's documentation.
var helpPages = map[string]func(*visit) error{
	"GET /board/help/{$}":       showHelp,
	"GET /board/help/{path...}": showHelpPage,
}

// markdown writes a page of the documentation. What is HTML in it is left out.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

// showHelp leads to the contents in the language of the reader.
func showHelp(v *visit) error {
	http.Redirect(v.w, v.r, "/board/help/guide/"+v.T("README.zh.md", "README.en.md"), http.StatusSeeOther)
	return nil
}

// helpPage is the view of a page of the documentation.
type helpPage struct {
	Text template.HTML
	// Other is the address of the page in the other language; empty for none.
	Other string
}

func showHelpPage(v *visit) error {
	name := strings.TrimSuffix(v.r.PathValue("path"), "/")
	if !fs.ValidPath(name) {
		return notFound()
	}
	content, err := fs.ReadFile(docs.Files(), name)
	if err != nil {
		return v.showFolder(name)
	}
	if path.Ext(name) != ".md" {
		media := mime.TypeByExtension(path.Ext(name))
		if !strings.HasPrefix(media, "image/") {
			media = "text/plain; charset=utf-8"
		}
		v.w.Header().Set("Content-Type", media)
		_, _ = v.w.Write(content) // a reader that has gone is no failure
		return nil
	}
	var text bytes.Buffer
	if err := markdown.Convert(withinDocs(name, content), &text); err != nil {
		return err
	}
	page := helpPage{Text: template.HTML(text.String())} //nolint:gosec // our own files, whose HTML is left out
	if other := otherLanguage(name); other != "" {
		page.Other = "/board/help/" + other
	}
	v.board.write(v, http.StatusOK, "help", headingOf(content), page)
	return nil
}

// showFolder lists the files of a folder of the documentation.
func (v *visit) showFolder(name string) error {
	entries, err := fs.ReadDir(docs.Files(), name)
	if err != nil {
		return notFound()
	}
	list := []byte("# " + name + "\n\n")
	for _, entry := range entries {
		list = fmt.Appendf(list, "- [%s](/board/help/%s)\n", entry.Name(), path.Join(name, entry.Name()))
	}
	var text bytes.Buffer
	if err := markdown.Convert(list, &text); err != nil {
		return err
	}
	v.board.write(v, http.StatusOK, "help", name, helpPage{Text: template.HTML(text.String())}) //nolint:gosec // names of our own files
	return nil
}

var upward = regexp.MustCompile(`\[([^\]]*)\]\((\.\./[^)]*)\)`)

// withinDocs leaves of links that lead out of the documentation, to other files of the project, their words.
func withinDocs(name string, page []byte) []byte {
	return upward.ReplaceAllFunc(page, func(link []byte) []byte {
		parts := upward.FindSubmatch(link)
		if strings.HasPrefix(path.Join(path.Dir(name), string(parts[2])), "..") {
			return parts[1]
		}
		return link
	})
}

// headingOf is the heading that a page begins with.
func headingOf(page []byte) string {
	line, _, _ := strings.Cut(string(page), "\n")
	return strings.TrimSpace(strings.TrimLeft(line, "# "))
}

// otherLanguage is the file that says the same in the other language; empty where there is none.
func otherLanguage(name string) string {
	for _, ends := range [][2]string{{".zh.md", ".en.md"}, {".en.md", ".zh.md"}} {
		if begin, found := strings.CutSuffix(name, ends[0]); found {
			if _, err := fs.Stat(docs.Files(), begin+ends[1]); err == nil {
				return begin + ends[1]
			}
		}
	}
	return ""
}
