package board

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reviewPages are the pages of those who review what was read.
var reviewPages = map[string]func(*visit) error{
	"GET /board/import":                  showImport,
	"POST /board/import":                 sendImport,
	"GET /board/plans/{plan}/review":     showReview,
	"POST /board/plans/{plan}/review":    once(decideReview),
	"GET /board/plans/{plan}/amendment":  showAmendment,
	"POST /board/plans/{plan}/amendment": sendAmendment,
}

// reviewPage is the view of a plan's text beside what was read from it.
type reviewPage struct {
	Review v1.Review
	State  string
	Tabs   []reviewTab
	Drafts []draft
	// Action is the address of this page, to which its forms send.
	Action         string
	Previous, Next string
	Page, Pages    int
	Doubts         doubts
	Text           []segment
	Warnings       []warningShown
	Matches        []v1.AgencyMatch
	Add            *adding
	// Shares are what tables of the text hand out to places; SharesKept says that the version
	// tells of them.
	Shares     []share
	SharesKept bool
	// Proposed are the dated steps of the text that no milestone was set for.
	Proposed []v1.PlanMilestone
	// AddBase is the address that a selection in the text is added to.
	AddBase string
	// Cautions are what to look at in what a form has just saved.
	Cautions []string
	// Stale says that what a form was about has changed since it was shown.
	Stale bool
}

// reviewed is what a template of one indicator is given, with the page that it stands in.
type reviewed struct {
	V       *visit
	X, Page any
}

// reviewTab is a state with its indicators.
type reviewTab struct {
	Label, Address string
	Count          int
	Here           bool
}

// draft is an indicator as it is reviewed.
type draft struct {
	v1.Indicator
	Place int // in its list, from 1
	// Doubtful says that the reading needs a look before it is confirmed.
	Doubtful bool
	// Next is the indicator that is looked at after this one.
	Next string
	// Open says that its form is shown.
	Open   bool
	Fields map[string]string
	// InText says that its sentence stands in the text that is shown.
	InText bool
	// Twin is an indicator of another task that seems to be the same; nil for none.
	Twin *v1.Indicator
	// OutOfTerm says that its due date lies outside of the plan's term.
	OutOfTerm bool
}

// doubts count the drafts that need a look before all are confirmed. Those that are implied
// are among those of low confidence.
type doubts struct{ All, Low, Direction, Course, Medium, Implied, NoLead, Twins int }

// draftsShown is how many indicators a page shows with their forms.
const draftsShown = 40

// states that a review shows, in the order of its tabs.
var reviewStates = []string{"draft", "confirmed", "rejected"}

func showReview(v *visit) error {
	if err := v.need("see_drafts"); err != nil {
		return err
	}
	plan := v.r.PathValue("plan")
	if err := v.meetPlan(plan); err != nil {
		return err
	}
	v.Section = "review"
	var ins []v1.Indicator
	var tasks []v1.Task
	var text []rune
	var matches v1.AgencyMatches
	err := together(
		func() (err error) { ins, err = v.indicatorsOf(plan); return err },
		func() (err error) { tasks, err = v.tasksOf(plan); return err },
		func() (err error) { text, err = v.planText(plan, v.Plan.Version); return err },
		func() error {
			if !v.May("manage") {
				return nil
			}
			return v.get(&matches, nil, "plans", plan, "agency-matches")
		},
	)
	if err != nil {
		return err
	}
	proposed, err := v.stepsWaiting()
	if err != nil {
		return err
	}
	twins := twinsOf(ins)
	content := reviewPage{Proposed: proposed, Review: v.Plan.Review, State: v.reviewState(), Doubts: doubtsOf(ins, twins)}
	content.Stale = v.Refused != nil && (v.Refused.Status == http.StatusPreconditionFailed || v.Refused.Status == http.StatusConflict) && !v.isThere
	for _, m := range matches.Items {
		if m.State == "open" {
			content.Matches = append(content.Matches, m)
		}
	}
	places := placesOf(ins, twins)
	v.cutPage(&content, places, twins)
	shown, err := v.inText(ins, tasks, text)
	if err != nil {
		return err
	}
	for i := range content.Drafts {
		_, content.Drafts[i].InText = shown[content.Drafts[i].Code]
	}
	content.Cautions = v.cautionsOf(ins)
	content.Shares, content.SharesKept = v.shares(v.Plan, ins), v.Plan.Parts != nil
	content.AddBase = v.reviewAddress(content.State, content.Page)
	content.Warnings = v.warningsShown(text, content.AddBase)
	content.Text = segmentsOf(text, v.marksOf(text, places, shown, content))
	if v.May("manage") {
		content.Add = v.adding(text, tasks)
	}
	v.board.write(v, http.StatusOK, "review", v.T("审定", "Review")+" · "+v.Plan.Title, content)
	return nil
}

// stepsWaiting are the dated steps of the plan's text that nobody has taken over in the register.
func (v *visit) stepsWaiting() (all []v1.PlanMilestone, err error) {
	if len(v.Plan.Milestones) == 0 {
		return nil, nil
	}
	err = everyPage(v, url.Values{"fields": {"proposed_milestones"}}, func(page *v1.RegisterPage) *string {
		for _, row := range page.Items {
			all = append(all, row.ProposedMilestones...)
		}
		return page.NextCursor
	}, "plans", v.Plan.Code, "register")
	return all, err
}

// reviewState is the state whose indicators the page lists.
func (v *visit) reviewState() string {
	if state := v.r.URL.Query().Get("state"); slices.Contains(reviewStates, state) {
		return state
	}
	return reviewStates[0]
}

// reviewAddress is the address of a page of the list of one state.
func (v *visit) reviewAddress(state string, page int, pairs ...string) string {
	query := url.Values{"state": {state}, "page": {strconv.Itoa(max(page, 1))}}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	return v.linkWith(query, "plans", v.r.PathValue("plan"), "review")
}

// indicatorsOf are all indicators of a plan that are not withdrawn, in its order, narrowed by names
// and values of filters.
func (v *visit) indicatorsOf(plan string, pairs ...string) (all []v1.Indicator, err error) {
	query := url.Values{"plan": {plan}}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	err = everyPage(v, query, func(page *v1.IndicatorPage) *string {
		all = append(all, page.Items...)
		return page.NextCursor
	}, "indicators")
	return all, err
}

// tasksOf are all tasks of a plan.
func (v *visit) tasksOf(plan string) (all []v1.Task, err error) {
	err = everyPage(v, url.Values{"fields": {"number,title,start,end"}}, func(page *v1.TaskPage) *string {
		all = append(all, page.Items...)
		return page.NextCursor
	}, "plans", plan, "tasks")
	return all, err
}

// rank orders readings from the one that most needs a look.
func rank(in v1.Indicator) int {
	switch {
	case in.Confidence == "low":
		return 0
	case in.DirectionBy == "assumed" || in.CourseBy == "assumed" || len(in.LeadAgencies) == 0:
		return 1
	case in.Confidence == "medium":
		return 2
	}
	return 3
}

func doubtsOf(ins []v1.Indicator, twins map[string]v1.Indicator) (d doubts) {
	for _, in := range ins {
		_, twin := twins[in.Code]
		if in.State != "draft" || rank(in) == 3 && !twin {
			continue
		}
		d.All++
		if twin {
			d.Twins++
		}
		if in.Confidence == "low" {
			d.Low++
		}
		if in.Confidence == "medium" {
			d.Medium++
		}
		if in.DirectionBy == "assumed" {
			d.Direction++
		}
		if in.CourseBy == "assumed" {
			d.Course++
		}
		if len(in.LeadAgencies) == 0 {
			d.NoLead++
		}
		if in.Source != nil && in.Source.Rule == indicator.Implied {
			d.Implied++
		}
	}
	return d
}

// placesOf are the indicators of each state, in the order in which they are looked at.
func placesOf(ins []v1.Indicator, twins map[string]v1.Indicator) map[string][]v1.Indicator {
	lists := map[string][]v1.Indicator{}
	for _, in := range ins {
		lists[in.State] = append(lists[in.State], in)
	}
	place := func(in v1.Indicator) int {
		if _, twin := twins[in.Code]; twin {
			return min(rank(in), 1)
		}
		return rank(in)
	}
	for _, list := range lists {
		slices.SortStableFunc(list, func(a, b v1.Indicator) int { return cmp.Compare(place(a), place(b)) })
	}
	return lists
}

// cutPage fills in the part of the list that the page shows.
func (v *visit) cutPage(content *reviewPage, places map[string][]v1.Indicator, twins map[string]v1.Indicator) {
	for _, state := range reviewStates {
		content.Tabs = append(content.Tabs, reviewTab{
			Label: v.State(state), Address: v.reviewAddress(state, 1), Count: len(places[state]), Here: state == content.State,
		})
	}
	list := places[content.State]
	content.Pages = max(1, (len(list)+draftsShown-1)/draftsShown)
	asked, _ := strconv.Atoi(v.r.URL.Query().Get("page"))
	content.Page = min(max(asked, 1), content.Pages)
	from := (content.Page - 1) * draftsShown
	for i, in := range list[from:min(from+draftsShown, len(list))] {
		d := draft{Indicator: in, Place: from + i + 1, Doubtful: in.State == "draft" && rank(in) < 2}
		if twin, has := twins[in.Code]; has {
			d.Twin, d.Doubtful = &twin, in.State == "draft"
		}
		switch at := from + i; {
		case at+1 < len(list):
			d.Next = list[at+1].Code
		case at > 0:
			d.Next = list[at-1].Code
		}
		d.Fields, d.Open, d.OutOfTerm = fieldsOf(in), false, v.outOfTerm(in)
		if v.Refused != nil && v.posted("code") == in.Code {
			d.Open = v.posted("do") == "save" || v.posted("do") == "save_confirm"
			if d.Open {
				v.keepTyped(d.Fields)
			}
		}
		content.Drafts = append(content.Drafts, d)
	}
	content.Action = v.reviewAddress(content.State, content.Page)
	if content.Page > 1 {
		content.Previous = v.reviewAddress(content.State, content.Page-1)
	}
	if content.Page < content.Pages {
		content.Next = v.reviewAddress(content.State, content.Page+1)
	}
}
