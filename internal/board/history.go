package board

import (
	"net/url"
	"slices"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// version is a version of an indicator, with what it has otherwise than the one before.
type version struct {
	Number int
	At     string
	// By is who made it; empty for readers who may not learn that.
	By string
	// Amended says that the plan was amended, and Created that it is the first.
	Amended, Created bool
	Fields           []v1.FieldChange
}

// versionsShown is how many versions of an indicator a page goes back.
const versionsShown = 20

// history is how an indicator came to be as it is, the newest version first; nil for one that was
// never changed. Each version is asked for as of the moment before the one after it.
func (v *visit) history(in v1.Indicator) (all []version, err error) {
	if in.Version < 2 {
		return nil, nil
	}
	for len(all) < versionsShown {
		before, err := v.versionBefore(in)
		if err != nil {
			return nil, err
		}
		one := version{Number: in.Version, At: textOf(in.UpdatedAt), Created: in.Version == 1}
		if before != nil {
			one.Fields = changedBetween(*before, in)
		}
		all = append(all, one)
		if before == nil {
			break
		}
		in = *before
	}
	return all, v.addAuthors(in.Plan, in.Code, all)
}

// versionBefore is the version that one replaced; nil for none that the reader may see.
func (v *visit) versionBefore(in v1.Indicator) (*v1.Indicator, error) {
	at := momentOf(textOf(in.UpdatedAt))
	if at.IsZero() || in.Version < 2 {
		return nil, nil
	}
	query := url.Values{
		"indicator": {in.Code}, "state": {"draft,confirmed,rejected,withdrawn"},
		"as_of": {at.Add(-time.Microsecond).UTC().Format(time.RFC3339Nano)},
	}
	var page v1.IndicatorPage
	if err := v.get(&page, query, "indicators"); err != nil {
		return nil, without(err)
	}
	if len(page.Items) != 1 || page.Items[0].Version >= in.Version {
		return nil, nil
	}
	return &page.Items[0], nil
}

// addAuthors says of versions who made them, to readers of the audit log. A write is put into the log
// before the next one begins, so that the first entry from the moment of a version on is its own.
func (v *visit) addAuthors(plan, code string, all []version) error {
	if !v.May("administer") {
		return nil
	}
	var entries []v1.AuditEntry
	for _, asked := range []url.Values{
		{"target": {code}, "action": {"indicator.changed"}}, {"target": {code}, "action": {"indicator.created"}}, {"target": {plan}},
	} {
		asked.Set("from", all[len(all)-1].At)
		some, err := v.auditEntries(asked)
		if err != nil {
			return err
		}
		entries = append(entries, some...)
	}
	slices.SortStableFunc(entries, func(a, b v1.AuditEntry) int { return momentOf(a.At).Compare(momentOf(b.At)) })
	for i := range all {
		at := momentOf(all[i].At)
		first := slices.IndexFunc(entries, func(e v1.AuditEntry) bool { return !momentOf(e.At).Before(at) })
		if first >= 0 {
			all[i].By, all[i].Amended = entries[first].Actor.Name, entries[first].Action == "plan.amended"
		}
	}
	return nil
}

func (v *visit) auditEntries(query url.Values) (all []v1.AuditEntry, err error) {
	err = everyPage(v, query, func(page *v1.AuditPage) *string {
		all = append(all, page.Items...)
		return page.NextCursor
	}, "audit")
	return all, err
}

// momentOf reads a moment of the service; the zero time for none.
func momentOf(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return at
}

// comparedFields are what a history tells of an indicator, each as a text.
var comparedFields = []struct {
	pointer string
	text    func(v1.Indicator) string
}{
	{"/name", func(in v1.Indicator) string { return in.Name }},
	{"/state", func(in v1.Indicator) string { return in.State }},
	{"/kind", func(in v1.Indicator) string { return in.Kind }},
	{"/direction", func(in v1.Indicator) string { return in.Direction }},
	{"/course", func(in v1.Indicator) string { return in.Course }},
	{"/over", func(in v1.Indicator) string { return textOf(in.Over) }},
	{"/each", func(in v1.Indicator) string { return textOf(in.Each) }},
	{"/target/comparator", func(in v1.Indicator) string { return in.Target.Comparator }},
	{"/target/value", func(in v1.Indicator) string { return withUnit(in.Target.Value, in.Target.Unit) }},
	{"/target/value_high", func(in v1.Indicator) string { return withUnit(in.Target.ValueHigh, in.Target.Unit) }},
	{"/target/reference", func(in v1.Indicator) string { return textOf(in.Target.Reference) }},
	{"/baseline", func(in v1.Indicator) string { return withUnit(in.Baseline, in.Target.Unit) }},
	{"/starts_on", func(in v1.Indicator) string { return in.StartsOn }},
	{"/due_on", func(in v1.Indicator) string { return in.DueOn }},
	{"/term_ends_on", func(in v1.Indicator) string { return in.TermEndsOn }},
	{"/binding", func(in v1.Indicator) string { return in.Binding }},
	{"/frequency", func(in v1.Indicator) string { return in.Frequency }},
	{"/curve", func(in v1.Indicator) string {
		points := make([]string, len(in.Curve))
		for i, p := range in.Curve {
			points[i] = p.On + " " + string(p.Percent) + "%"
		}
		return strings.Join(points, "、")
	}},
	{"/lead_agencies", func(in v1.Indicator) string { return strings.Join(in.LeadAgencies, "、") }},
	{"/participating_agencies", func(in v1.Indicator) string { return strings.Join(in.ParticipatingAgencies, "、") }},
	{"/task", func(in v1.Indicator) string { return in.Task }},
}

func withUnit(n *v1.Number, unit string) string {
	if n == nil {
		return ""
	}
	return string(*n) + unit
}

// changedBetween are the fields that two versions have otherwise. A name of an agency that was
// changed since is no change of the indicator.
func changedBetween(before, after v1.Indicator) (all []v1.FieldChange) {
	renamed := map[string]bool{
		"/lead_agencies":          slices.Equal(before.LeadAgencyIDs, after.LeadAgencyIDs),
		"/participating_agencies": slices.Equal(before.ParticipatingAgencyIDs, after.ParticipatingAgencyIDs),
	}
	said := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	for _, f := range comparedFields {
		if was, is := f.text(before), f.text(after); was != is && !renamed[f.pointer] {
			all = append(all, v1.FieldChange{Field: f.pointer, Before: said(was), After: said(is)})
		}
	}
	return all
}
