package board

import (
	"net/http"
	"net/url"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// importPage is the view of the form that imports a plan.
type importPage struct {
	// Read is what a dry run read; nil before one.
	Read *v1.PlanImport
	// Shown are the first of its indicators, in the order in which a review shows them.
	Shown  []v1.Indicator
	Doubts doubts
	// Shares are what its tables hand out to places.
	Shares []share
	File   string
}

// previewRows is how many indicators a dry run shows.
const previewRows = 100

func showImport(v *visit) error {
	if err := v.need("manage"); err != nil {
		return err
	}
	return v.showImported(importPage{})
}

func (v *visit) showImported(content importPage) error {
	v.board.write(v, http.StatusOK, "import", v.T("导入计划", "Import a plan"), content)
	return nil
}

// sendImport reads a plan's file without storing it, or stores it and leads to its review.
func sendImport(v *visit) error {
	if err := v.need("manage"); err != nil {
		return err
	}
	look := v.r.URL.Query().Get("how") != "store"
	content := importPage{}
	var code string
	err := v.withFile(func(file sentFile) error {
		if code = v.posted("code"); code == "" {
			code = v.freeCode()
			v.r.PostForm.Set("code", code)
		}
		query := url.Values{"code": {code}}
		for _, name := range []string{"starts_on", "due_on", "jurisdiction"} {
			if sent := v.posted(name); sent != "" {
				query.Set(name, sent)
			}
		}
		if !look {
			return v.sendFile(file, nil, query, "plans")
		}
		query.Set("dry_run", "true")
		content.Read, content.File = &v1.PlanImport{}, file.Name
		return v.sendFile(file, content.Read, query, "plans")
	})
	switch {
	case err != nil:
		return v.again(err, showImport)
	case !look:
		return v.done("imported", "plans", code, "review")
	}
	twins := twinsOf(content.Read.Indicators)
	for _, list := range placesOf(content.Read.Indicators, twins) {
		content.Shown = append(content.Shown, list[:min(len(list), previewRows)]...)
	}
	content.Doubts = doubtsOf(content.Read.Indicators, twins)
	content.Shares = v.shares(content.Read.Plan, content.Read.Indicators)
	return v.showImported(content)
}

// freeCode is a code for a plan that was given none: the day, and what makes it the only one.
func (v *visit) freeCode() string {
	return "p-" + strings.ReplaceAll(v.Me.Today, "-", "") + "-" + strings.ToLower(v.board.Text()[:5])
}
