package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var historyBehaviours = []behaviour{
	{"history: reads indicators as they were", historyIndicators},
	{"history: selects by what an indicator was then", historySelects},
	{"history: lists the revisions known at a moment, page by page", historyMeasurements},
	{"history: gives the newest revision known at a moment", historyNewest},
	{"history: reads thousands of indicators at once", historyMany},
	{"history: gives what a figure rests on as it was known, with who sent it and the head of the chain", historyEvidence},
	{"history: pages of revisions end and neither miss nor repeat while rows are added", historyPages},
}

// listed reads all revisions of an indicator.
func listed(t *testing.T, s *store.Store, code string) []indicator.Measurement {
	t.Helper()
	all, _, err := s.Measurements(t.Context(), code, indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	return must(all, err)(t)
}

// newest reads the newest revisions of an indicator.
func newest(t *testing.T, s *store.Store, code string) []indicator.Measurement {
	t.Helper()
	return must(s.MeasurementsOf(t.Context(), []string{code}, time.Time{}))(t)[code]
}

func historyIndicators(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	first := withIndicator(t, s, "甲")
	change := first
	change.Name, change.LeadAgencies, change.Baseline = "甲改", []string{"新设局"}, number("1.0")
	second := must(s.UpdateIndicator(t.Context(), change))(t)
	later := withIndicator(t, s, "乙")

	for _, c := range []struct {
		what string
		at   time.Time
		want []indicator.Indicator
	}{
		{"before the first", first.CreatedAt.Add(-time.Microsecond), nil},
		{"at its creation", first.CreatedAt, []indicator.Indicator{first}},
		{"just before the change", second.UpdatedAt.Add(-time.Nanosecond), []indicator.Indicator{first}},
		{"at the change", second.UpdatedAt, []indicator.Indicator{second}},
		{"in another zone", second.UpdatedAt.In(time.FixedZone("", 8*60*60)), []indicator.Indicator{second}},
		{"now", later.CreatedAt, []indicator.Indicator{second, later}},
	} {
		equal(t, c.what, must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, c.at))(t), c.want)
	}
}

func historySelects(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	first := withIndicator(t, s, "甲")
	change := first
	change.Name, change.Source.Quote, change.LeadAgencies, change.Kind, change.DirectionBy = "改", "改", []string{"新设局"}, indicator.Ratio, indicator.Assumed
	second := must(s.UpdateIndicator(t.Context(), change))(t)

	for _, c := range []struct {
		q       indicator.Query
		at      time.Time
		selects bool
	}{
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}, Roles: []indicator.Role{indicator.Lead}}}, first.UpdatedAt, true},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}, Roles: []indicator.Role{indicator.Lead}}}, second.UpdatedAt, false},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"新设局"}}}, first.UpdatedAt, false},
		{indicator.Query{Selection: indicator.Selection{Agencies: []string{"新设局"}}}, second.UpdatedAt, true},
		{indicator.Query{Selection: indicator.Selection{Kinds: []indicator.Kind{indicator.Increment}}}, second.UpdatedAt, false},
		{indicator.Query{Selection: indicator.Selection{Kinds: []indicator.Kind{indicator.Increment}}}, first.UpdatedAt, true},
		{indicator.Query{Selection: indicator.Selection{DirectionsBy: []indicator.Settled{indicator.Assumed}}}, first.UpdatedAt, false},
		{indicator.Query{Selection: indicator.Selection{DirectionsBy: []indicator.Settled{indicator.Assumed}}}, second.UpdatedAt, true},
		{indicator.Query{Selection: indicator.Selection{Text: "甲"}}, first.UpdatedAt, true},
		{indicator.Query{Selection: indicator.Selection{Text: "甲"}}, second.UpdatedAt, false},
	} {
		found := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), c.q, c.at))(t)
		equal(t, fmt.Sprintf("%+v at version of %v", c.q, c.at), len(found) == 1, c.selects)
	}
	current, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Agencies: []string{"路政局"}}})
	equal(t, "current", must(current, err)(t), []indicator.Indicator{})
}

func historyMeasurements(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other := withIndicator(t, s, "甲"), withIndicator(t, s, "乙")
	var all []indicator.Measurement
	for i := range 5 {
		all = append(all, appended(t, s, increment(in.Code, fmt.Sprintf("2023-%02d", 1+i%2), fmt.Sprint(i))))
		appended(t, s, increment(other.Code, "2023-01", "1"))
	}
	for known := range len(all) {
		at := all[known].RecordedAt
		got, next, err := s.Measurements(t.Context(), in.Code, indicator.MeasurementSelection{}, at, indicator.Page{})
		equal(t, "as of", must(got, err)(t), all[:known+1])
		equal(t, "next", next, int64(0))
	}
	page, next, err := s.Measurements(t.Context(), in.Code, indicator.MeasurementSelection{}, all[3].RecordedAt, indicator.Page{Limit: 3})
	equal(t, "first page", must(page, err)(t), all[:3])
	page, next, err = s.Measurements(t.Context(), in.Code, indicator.MeasurementSelection{}, all[3].RecordedAt, indicator.Page{After: next, Limit: 3})
	equal(t, "second page", must(page, err)(t), all[3:4])
	equal(t, "end", next, int64(0))

	_, _, err = s.Measurements(t.Context(), "p-9-9", indicator.MeasurementSelection{}, time.Time{}, indicator.Page{})
	refused(t, err, fault.NotFound, "")
}

func historyNewest(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in, other, silent := withIndicator(t, s, "甲"), withIndicator(t, s, "乙"), withIndicator(t, s, "丙")
	october := appended(t, s, increment(in.Code, "2023-10", "1"))
	september1 := appended(t, s, increment(in.Code, "2023-09", "2"))
	elsewhere := appended(t, s, increment(other.Code, "2023-09", "3"))
	september2 := appended(t, s, increment(in.Code, "2023-09", "4"))

	codes := []string{in.Code, other.Code, silent.Code, "p-9-9"}
	for _, c := range []struct {
		what string
		at   time.Time
		want map[string][]indicator.Measurement
	}{
		{"now", time.Time{}, map[string][]indicator.Measurement{in.Code: {september2, october}, other.Code: {elsewhere}}},
		{"at the last", september2.RecordedAt, map[string][]indicator.Measurement{in.Code: {september2, october}, other.Code: {elsewhere}}},
		{"before the last", september2.RecordedAt.Add(-time.Microsecond), map[string][]indicator.Measurement{in.Code: {september1, october}, other.Code: {elsewhere}}},
		{"before September", october.RecordedAt, map[string][]indicator.Measurement{in.Code: {october}}},
		{"before all", october.RecordedAt.Add(-time.Microsecond), map[string][]indicator.Measurement{}},
	} {
		equal(t, c.what, must(s.MeasurementsOf(t.Context(), codes, c.at))(t), c.want)
	}
	equal(t, "of none", must(s.MeasurementsOf(t.Context(), nil, time.Time{}))(t), map[string][]indicator.Measurement{})
}

func historyEvidence(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	head := func() indicator.AuditEntry {
		t.Helper()
		all, _, err := s.Audit(t.Context(), indicator.AuditQuery{})
		all = must(all, err)(t)
		return all[len(all)-1]
	}
	none := head()
	sent := sourced(in.Code, "2023-10", "2.50", "a")
	sent.Note, sent.EvidenceURL = "注", "https://example.org/1"
	sent.ReportedBy = indicator.Reporter{Agency: "路政局", Key: "k", Name: "路政系统"}
	october := appended(t, s, sent)
	one := head()
	september := appended(t, s, shared(increment(in.Code, "2023-09", "66.67"), "2", "3"))
	both := head()
	back := must(s.Retract(t.Context(), october.ID, "误报", indicator.Reporter{}, 0, indicator.RowCycle{}))(t).Measurement
	appended(t, s, increment(withIndicator(t, s, "乙").Code, "2023-09", "1"))

	for what, c := range map[string]struct {
		at   time.Time
		want indicator.Evidence
	}{
		"before the first report": {october.RecordedAt.Add(-time.Microsecond), indicator.Evidence{Head: none}},
		"with the first":          {october.RecordedAt, indicator.Evidence{Measurements: []indicator.Measurement{october}, Head: one}},
		"with both":               {september.RecordedAt, indicator.Evidence{Measurements: []indicator.Measurement{september, october}, Head: both}},
		"before the retraction":   {back.RecordedAt.Add(-time.Microsecond), indicator.Evidence{Measurements: []indicator.Measurement{september, october}, Head: both}},
	} {
		c.want.Document = samplePlan("p").Document.SHA256
		got := must(s.Evidence(t.Context(), in, c.at))(t)
		equal(t, what, got, c.want)
		for _, m := range got.Measurements {
			equal(t, what+", the hash", m.Hash(), map[int64][32]byte{october.ID: october.Hash(), september.ID: september.Hash()}[m.ID])
		}
	}
	after := must(s.Evidence(t.Context(), in, head().At))(t)
	equal(t, "after all of it", []any{after.Measurements, after.Head}, []any{[]indicator.Measurement{september}, head()})
	in.Source = indicator.Source{}
	equal(t, "of what was not read from a text", must(s.Evidence(t.Context(), in, head().At))(t).Document, "")
}

func historyMany(t *testing.T, s *store.Store) {
	const n = 1300 // more than two chunks of a statement's parameters
	ins := make([]indicator.Indicator, n)
	codes := make([]string, n, 40*n)
	for i := range ins {
		ins[i] = sampleIndicator("p", "1", fmt.Sprint(i))
		codes[i] = fmt.Sprintf("p-1-%d", i+1)
	}
	if err := s.CreatePlan(t.Context(), samplePlan("p"), ins); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 499, 500, n - 1} {
		appended(t, s, increment(codes[i], "2023-09", fmt.Sprint(i)))
	}
	for i := range 30 * n {
		codes = append(codes, fmt.Sprint("unknown-", i)) // more than SQLite allows in one statement
	}
	found := must(s.MeasurementsOf(t.Context(), codes, time.Time{}))(t)
	equal(t, "reported", len(found), 4)
	equal(t, "the last", found[codes[n-1]][0].Value.String(), fmt.Sprint(n-1))

	all, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{"p"}}})
	equal(t, "listed", len(must(all, err)(t)), n)
	equal(t, "agencies of the last", all[n-1].LeadAgencies, []string{"路政局", "财务局"})
}

func historyPages(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	const old, added = 7, 10
	for range old {
		appended(t, s, increment(in.Code, "2023-09", "1"))
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		atOnce(added, func(int) {
			if _, _, err := Report(t.Context(), s, increment(in.Code, "2023-09", "2")); err != nil {
				t.Error(err)
			}
		})
	}()
	var revisions []int
	for page := (indicator.Page{Limit: 2}); ; {
		ms, next, err := s.Measurements(t.Context(), in.Code, indicator.MeasurementSelection{}, time.Time{}, page)
		for _, m := range must(ms, err)(t) {
			revisions = append(revisions, m.Revision)
		}
		if next == 0 {
			break
		}
		page.After = next
	}
	<-done
	if len(revisions) < old {
		t.Errorf("saw %v, want at least %d", revisions, old)
	}
	for i, revision := range revisions {
		equal(t, "revision", revision, i+1)
	}
}
