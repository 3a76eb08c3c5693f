package board

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// reviewActs are what the forms of a review do, by their field do; each says what was done.
var reviewActs = map[string]func(*visit) (string, error){
	"confirm":      func(v *visit) (string, error) { return "confirmed", v.change(map[string]any{"state": "confirmed"}) },
	"reject":       func(v *visit) (string, error) { return "rejected", v.change(map[string]any{"state": "rejected"}) },
	"draft":        func(v *visit) (string, error) { return "drafted", v.change(map[string]any{"state": "draft"}) },
	"save":         func(v *visit) (string, error) { return v.correct("") },
	"save_confirm": func(v *visit) (string, error) { return v.correct("confirmed") },
	"rest":         confirmRest,
	"match":        decideMatch,
	"add":          addIndicator,
}

// decideReview does what a form of the review asks for, and comes back to the place of the next
// indicator.
func decideReview(v *visit) error {
	if err := v.need("manage"); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	act := reviewActs[v.posted("do")]
	if act == nil {
		return problemOf(http.StatusBadRequest, fault.MalformedRequest, fault.Text{ZH: "表单没有说明要做什么", EN: "the form does not say what to do"})
	}
	done, err := act(v)
	if err != nil {
		return v.again(err, showReview)
	}
	page, _ := strconv.Atoi(v.r.URL.Query().Get("page"))
	about := []string{"done", done}
	if code := v.posted("code"); code != "" {
		about = append(about, "of", code)
	}
	if v.against {
		about = append(about, "against", "text")
	}
	address := v.reviewAddress(v.reviewState(), page, about...)
	if next := v.posted("next"); next != "" {
		address += "#d-" + urlFragment(next)
	}
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
	return nil
}

// urlFragment keeps of a code what may stand in an address; codes have nothing else.
func urlFragment(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return -1
	}, code)
}

// change changes the version of an indicator that the form was about, and no other.
func (v *visit) change(fields map[string]any) error {
	header := http.Header{"If-Match": {strconv.Quote(v.posted("version"))}}
	return v.send(http.MethodPatch, fields, nil, nil, header, "indicators", v.posted("code"))
}

// correct changes what the form of an indicator has otherwise than the indicator, and its state
// where one is given.
func (v *visit) correct(state string) (string, error) {
	var in v1.Indicator
	if err := v.get(&in, nil, "indicators", v.posted("code")); err != nil {
		return "", err
	}
	fields := v.changedFields(in)
	done := "saved"
	if state != "" {
		fields["state"], done = state, "confirmed"
	}
	v.against = in.DirectionBy == "text" && (fields["direction"] == "increase" || fields["direction"] == "decrease") && fields["direction"] != in.Direction
	return done, v.change(fields)
}

// plainFields are the fields of the form that an indicator has as texts under the same names.
var plainFields = []string{"name", "kind", "starts_on", "due_on", "binding", "frequency"}

// targetFields are the fields of the form that make up the target.
var targetFields = []string{"comparator", "value", "value_high", "unit", "reference"}

// formFields are all fields of the form.
var formFields = slices.Concat(plainFields, targetFields, []string{"baseline", "direction", "course", "over", "each", "lead_agencies", "participating_agencies"})

// fieldsOf are the fields of an indicator as its form has them. Direction and course are left
// alone unless one is chosen, so that what is assumed stays so until somebody settles it.
func fieldsOf(in v1.Indicator) map[string]string {
	return map[string]string{
		"name": in.Name, "kind": in.Kind, "starts_on": in.StartsOn, "due_on": in.DueOn, "binding": in.Binding, "frequency": in.Frequency,
		"comparator": in.Target.Comparator, "value": digits(in.Target.Value), "value_high": digits(in.Target.ValueHigh), "unit": in.Target.Unit,
		"reference": textOf(in.Target.Reference), "baseline": digits(in.Baseline), "direction": "", "course": "",
		"over": textOf(in.Over), "each": textOf(in.Each),
		"lead_agencies": strings.Join(in.LeadAgencies, "、"), "participating_agencies": strings.Join(in.ParticipatingAgencies, "、"),
	}
}

func digits(n *v1.Number) string {
	if n == nil {
		return ""
	}
	return string(*n)
}

// keepTyped puts what was sent in the place of what an indicator has.
func (v *visit) keepTyped(fields map[string]string) {
	for _, name := range formFields {
		if v.r.PostForm.Has(name) {
			fields[name] = v.r.PostForm.Get(name)
		}
	}
	fields["version"] = v.posted("version")
}

// changedFields are those that the form has otherwise than the indicator, as a change takes them. A
// field that was not sent says nothing.
func (v *visit) changedFields(in v1.Indicator) map[string]any {
	before, change := fieldsOf(in), map[string]any{}
	differs := func(name string) bool { return v.r.PostForm.Has(name) && v.posted(name) != before[name] }
	for _, name := range plainFields {
		if differs(name) {
			change[name] = v.posted(name)
		}
	}
	if _, moved := change["due_on"]; moved && v.r.PostForm.Has("starts_on") {
		change["starts_on"] = v.posted("starts_on") // which would else follow the due date
	}
	if slices.ContainsFunc(targetFields, differs) {
		change["target"] = v.targetSent()
	}
	for _, name := range []string{"baseline", "over", "each"} {
		if differs(name) {
			change[name] = textOrNull(v.posted(name))
		}
	}
	for _, name := range []string{"direction", "course"} {
		switch word := v.posted(name); word {
		case "":
		case "rules":
			change[name] = nil
		default:
			change[name] = word
		}
	}
	for _, name := range []string{"lead_agencies", "participating_agencies"} {
		if differs(name) {
			change[name] = agencyList(v.posted(name))
		}
	}
	return change
}

// targetSent is the target that a form has. One without a value waits for that of its reference.
func (v *visit) targetSent() map[string]any {
	target := map[string]any{"comparator": v.posted("comparator"), "unit": v.posted("unit"), "reference": v.posted("reference")}
	for _, name := range []string{"value", "value_high"} {
		if value := v.posted(name); value != "" {
			target[name] = value
		}
	}
	if target["value"] == nil && target["unit"] == "" {
		delete(target, "unit")
	}
	return target
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// agencyList are names as people write them one after the other.
func agencyList(s string) []string {
	names := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
	list := make([]string, 0, len(names))
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// confirmRest confirms all drafts, if they are as many as the form said.
func confirmRest(v *visit) (string, error) {
	plan := v.r.PathValue("plan")
	if err := v.meetPlan(plan); err != nil {
		return "", err
	}
	if v.posted("drafts") != strconv.Itoa(v.Plan.Review.Draft) {
		return "", problemOf(http.StatusConflict, fault.PreconditionFailed, fault.Text{
			ZH: "待审核的指标已不是页面所示的那些", EN: "the drafts are no longer those that the page showed",
		})
	}
	return "confirmed", v.send(http.MethodPost, v1.ReviewRequest{ConfirmRest: true}, nil, nil, nil, "plans", plan, "review")
}

// decideMatch decides whether a name is another name of an agency.
func decideMatch(v *visit) (string, error) {
	var decided v1.DecideMatchesRequest
	if ids := []string{v.posted("match")}; v.posted("decision") == "confirm" {
		decided.Confirm = ids
	} else {
		decided.Reject = ids
	}
	return "decided", v.send(http.MethodPost, decided, nil, nil, nil, "plans", v.r.PathValue("plan"), "agency-matches")
}
