package board

import (
	"net/http"
	"net/url"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// amendmentPage is the view of a newer text held against a plan.
type amendmentPage struct {
	// Compared is the difference; nil before there is one.
	Compared *v1.Amendment
	Changed  []changedShown
	Texts    []textShown
	// Shares are what tables of the newer text hand out to places, and SharesChanged those that the
	// older text has otherwise; SharesUnknown says that it was not kept what that has.
	Shares        []share
	SharesChanged []shareChanged
	SharesUnknown bool
	File          string
	// Stale says that what was compared is not what is there.
	Stale bool
}

// changedShown is a changed indicator with what of its sentence is another.
type changedShown struct {
	v1.AmendmentChanged
	Before, After [3]string
}

// textShown is a paragraph opposite to what has become of it, with what of it is another. One
// that has nothing opposite differs as a whole.
type textShown struct {
	v1.TextChange
	Was, Is [3]string
}

func showText(change v1.TextChange) textShown {
	shown := textShown{TextChange: change}
	shown.Was, shown.Is = differing(textOf(change.Before), textOf(change.After))
	return shown
}

func showAmendment(v *visit) error {
	if err := v.need("manage"); err != nil {
		return err
	}
	return v.showCompared(amendmentPage{})
}

func (v *visit) showCompared(content amendmentPage) error {
	if err := v.meetPlan(v.r.PathValue("plan")); err != nil {
		return err
	}
	v.Section = "review"
	content.Stale = v.Refused != nil && v.Refused.Status == http.StatusPreconditionFailed
	v.board.write(v, http.StatusOK, "amendment", v.T("计划调整", "Amendment")+" · "+v.Plan.Title, content)
	return nil
}

// sendAmendment compares a newer text with the plan or, with the token of the comparison, applies
// the difference. The service keeps no text that was only compared, so it comes again.
func sendAmendment(v *visit) error {
	if err := v.need("manage"); err != nil {
		return err
	}
	content := amendmentPage{Compared: &v1.Amendment{}}
	err := v.withFile(func(file sentFile) error {
		query := url.Values{}
		for _, name := range []string{"starts_on", "due_on"} {
			if sent := v.posted(name); sent != "" {
				query.Set(name, sent)
			}
		}
		if token := v.posted("token"); token != "" {
			query.Set("confirm", token)
		}
		content.File = file.Name
		return v.sendFile(file, content.Compared, query, "plans", v.r.PathValue("plan"), "amendment")
	})
	switch {
	case err != nil:
		return v.again(err, showAmendment)
	case content.Compared.Applied:
		return v.done("amended", "plans", v.r.PathValue("plan"), "review")
	case v.posted("token") != "":
		return v.done("same_text", "plans", v.r.PathValue("plan"), "review")
	}
	for _, changed := range content.Compared.Changed {
		before, after := differing(changed.QuoteBefore, changed.QuoteAfter)
		content.Changed = append(content.Changed, changedShown{changed, before, after})
	}
	if texts := content.Compared.Texts; texts != nil {
		for _, change := range texts.Changes {
			content.Texts = append(content.Texts, showText(change))
		}
	}
	if err := v.compareShares(&content); err != nil {
		return err
	}
	return v.showCompared(content)
}

// differing cuts two texts into what they begin with alike, what differs, and what they end with
// alike.
func differing(a, b string) (before, after [3]string) {
	x, y := []rune(a), []rune(b)
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	slices.Reverse(x)
	slices.Reverse(y)
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[tail] == y[tail] {
		tail++
	}
	slices.Reverse(x)
	slices.Reverse(y)
	cut := func(text []rune) [3]string {
		return [3]string{string(text[:head]), string(text[head : len(text)-tail]), string(text[len(text)-tail:])}
	}
	return cut(x), cut(y)
}
