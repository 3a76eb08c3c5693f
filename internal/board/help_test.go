package board_test

import (
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/docs"
)

var linked = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

// The pages of the documentation lead to one another: a link of a page of the guide that the
// program has not at hand is a link into nothing.
func TestTheGuideIsAtHandWithWhatItLeadsTo(t *testing.T) {
	r := newSite(t).visitor()
	if to := r.get("/help/").wants(http.StatusSeeOther).header.Get("Location"); to != "/board/help/guide/README.zh.md" {
		t.Errorf("the help leads to %s", to)
	}
	if to := r.send(http.MethodGet, "/help/", "", nil, "Accept-Language", "en-GB").header.Get("Location"); to != "/board/help/guide/README.en.md" {
		t.Errorf("the help in English is %s", to)
	}
	guide, err := fs.Glob(docs.Files(), "guide/*.md")
	if err != nil || len(guide) < 10 {
		t.Fatalf("%v %v", guide, err)
	}
	for _, page := range append(guide, "operations.md", "loop.md") {
		content, err := fs.ReadFile(docs.Files(), page)
		if err != nil {
			t.Fatal(err)
		}
		r.get("/help/"+page).wants(http.StatusOK).says("<h1", `class="help"`)
		for _, link := range linked.FindAllStringSubmatch(string(content), -1) {
			if strings.Contains(link[1], "://") || strings.HasPrefix(path.Join(path.Dir(page), link[1]), "..") {
				continue // of the project, not of its documentation
			}
			r.get("/help/" + path.Join(path.Dir(page), link[1])).wants(http.StatusOK)
		}
		if !strings.HasPrefix(page, "guide/") {
			continue
		}
		other := strings.NewReplacer(".zh.md", ".en.md", ".en.md", ".zh.md").Replace(page)
		r.get("/help/" + page).says(`href="/board/help/` + other + `"`)
	}
}

func TestHelpIsOfTheDocumentationAlone(t *testing.T) {
	r := newSite(t).visitor()
	for _, path := range []string{"docs.go", "../README.md", "%2e%2e/go.mod", "nothing", "nothing.md", "guide/%00"} {
		if status := r.get("/help/" + path).status; status == http.StatusOK {
			t.Errorf("%s is shown", path)
		}
	}
}
