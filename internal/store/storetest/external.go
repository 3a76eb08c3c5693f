package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/store"
)

var externalBehaviours = []behaviour{
	{"external codes: each means one indicator within its namespace", externalUnique},
	{"external codes: what is rejected or withdrawn yields its codes", externalYields},
	{"external codes: stay with an indicator through reviews and amendments", externalStay},
	{"external codes: are found by namespace, by code and by both", externalFound},
	{"external codes: a table replaces a namespace, exchanging and removing", externalTable},
	{"external codes: a table that cannot stand changes nothing", externalTableRefused},
	{"external codes: changes are in the audit log", externalAudited},
	{"external codes: a report checked before its code moved is refused", externalMoved},
	{"external codes: of any changes none leaves a code with two meanings", externalProperty},
}

func externalOf(pairs ...string) []indicator.ExternalCode {
	var codes []indicator.ExternalCode
	for i := 0; i < len(pairs); i += 2 {
		codes = append(codes, indicator.ExternalCode{Namespace: pairs[i], Code: pairs[i+1]})
	}
	return codes
}

// withCodes stores an indicator of the first task of a plan with external codes.
func withCodes(t *testing.T, s *store.Store, plan, name string, pairs ...string) indicator.Indicator {
	t.Helper()
	in := sampleIndicator(plan, "1", name)
	in.ExternalCodes = externalOf(pairs...)
	return must(s.CreateIndicator(t.Context(), in))(t)
}

// now is the current version of an indicator.
func now(t *testing.T, s *store.Store, code string) indicator.Indicator {
	t.Helper()
	return must(s.Indicator(t.Context(), indicator.AllVisible(), code))(t)
}

// found are the codes of the indicators that a query selects.
func found(t *testing.T, s *store.Store, q indicator.Query) []string {
	t.Helper()
	ins, _, err := s.Indicators(t.Context(), indicator.AllVisible(), q)
	codes := make([]string, 0, len(ins))
	for _, in := range must(ins, err)(t) {
		codes = append(codes, in.Code)
	}
	return codes
}

func externalUnique(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	a := withCodes(t, s, "p", "甲", "erp", "A-17", "", "17")
	other := sampleIndicator("q", "1", "乙")
	other.ExternalCodes = externalOf("erp", "a-17", "x", "A-17", "", "17")
	_, err := s.CreateIndicator(t.Context(), other)
	refused(t, err, fault.ExternalCodeTaken, "/external_codes/2")
	other.ExternalCodes = other.ExternalCodes[:2]
	b := must(s.CreateIndicator(t.Context(), other))(t)

	b.ExternalCodes = externalOf("erp", "A-17")
	_, err = s.UpdateIndicator(t.Context(), b)
	refused(t, err, fault.ExternalCodeTaken, "/external_codes/0")
	equal(t, "unchanged", now(t, s, b.Code).Version, 1)

	a.ExternalCodes = nil
	a = must(s.UpdateIndicator(t.Context(), a))(t)
	b = must(s.UpdateIndicator(t.Context(), b))(t)
	equal(t, "given on", now(t, s, b.Code).ExternalCodes, externalOf("erp", "A-17"))
	equal(t, "given up", now(t, s, a.Code).ExternalCodes, externalOf())
	then := must(s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Codes: []string{a.Code}}}, a.UpdatedAt.Add(-time.Microsecond)))(t)
	equal(t, "as of then", then[0].ExternalCodes, externalOf("erp", "A-17", "", "17"))
}

func externalYields(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1", "erp", "2")
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{a.Code}}))(t)
	equal(t, "kept while nobody asks", now(t, s, a.Code).ExternalCodes, externalOf("erp", "1", "erp", "2"))
	b := withCodes(t, s, "p", "乙", "erp", "2")
	equal(t, "taken", now(t, s, b.Code).ExternalCodes, externalOf("erp", "2"))
	yielded := now(t, s, a.Code)
	equal(t, "yielded", yielded.ExternalCodes, externalOf("erp", "1"))
	equal(t, "its version", yielded.Version, 3)
	equal(t, "its state", yielded.State, indicator.Rejected)
}

func externalStay(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1")
	b := withCodes(t, s, "p", "乙", "erp", "2")
	b.Task, a.Task = "2", "2"
	a.Name = "甲（调整）"
	b.State = indicator.Withdrawn
	amend(t, s, amendment(t, s, nil, []indicator.Indicator{a, b}))
	equal(t, "amended", now(t, s, a.Code).ExternalCodes, externalOf("erp", "1"))
	equal(t, "found", found(t, s, indicator.Query{External: externalOf("erp", "1")}), []string{a.Code})
	equal(t, "withdrawn", found(t, s, indicator.Query{External: externalOf("erp", "2")}), []string{b.Code})
	c := sampleIndicator("p", "2", "丙")
	c.ExternalCodes = externalOf("erp", "2")
	c = must(s.CreateIndicator(t.Context(), c))(t)
	equal(t, "of the withdrawn", found(t, s, indicator.Query{External: externalOf("erp", "2")}), []string{c.Code})
}

func externalFound(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1", "", "x")
	b := withCodes(t, s, "p", "乙", "", "1")
	c := withCodes(t, s, "p", "丙", "erp", "2", "bi", "1")
	erp, shared := "erp", ""
	for _, query := range []struct {
		what string
		q    indicator.Query
		want []string
	}{
		{"a code", indicator.Query{Selection: indicator.Selection{ExternalCodes: []string{"1"}}}, []string{a.Code, b.Code, c.Code}},
		{"a namespace", indicator.Query{Selection: indicator.Selection{Namespaces: []string{erp}}}, []string{a.Code, c.Code}},
		{"the shared namespace", indicator.Query{Selection: indicator.Selection{Namespaces: []string{shared}}}, []string{a.Code, b.Code}},
		{"both", indicator.Query{Selection: indicator.Selection{Namespaces: []string{erp}, ExternalCodes: []string{"1"}}}, []string{a.Code}},
		{"both, shared", indicator.Query{Selection: indicator.Selection{Namespaces: []string{shared}, ExternalCodes: []string{"1"}}}, []string{b.Code}},
		{"none", indicator.Query{Selection: indicator.Selection{Namespaces: []string{erp}, ExternalCodes: []string{"x"}}}, []string{}},
		{"several", indicator.Query{External: externalOf("bi", "1", "", "1", "erp", "x")}, []string{b.Code, c.Code}},
		{"several beside a plan", indicator.Query{Selection: indicator.Selection{Plans: []string{"q"}}, External: externalOf("bi", "1", "", "1")}, []string{}},
	} {
		equal(t, query.what, found(t, s, query.q), query.want)
	}
}

func externalTable(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1", "", "1")
	b := withCodes(t, s, "p", "乙", "erp", "2")
	c := withCodes(t, s, "p", "丙", "erp", "3")
	d := withCodes(t, s, "p", "丁")
	table := map[string]string{"1": b.Code, "2": a.Code, "4": d.Code, "5": d.Code}
	equal(t, "tried", must(s.MapExternalCodes(t.Context(), "erp", table, true))(t).Indicators, 4)
	equal(t, "as it was", now(t, s, a.Code), a)
	equal(t, "changed", must(s.MapExternalCodes(t.Context(), "erp", table, false))(t).Indicators, 4)
	equal(t, "first", now(t, s, a.Code).ExternalCodes, externalOf("", "1", "erp", "2"))
	equal(t, "second", now(t, s, b.Code).ExternalCodes, externalOf("erp", "1"))
	equal(t, "third", now(t, s, c.Code).ExternalCodes, externalOf())
	equal(t, "fourth", now(t, s, d.Code).ExternalCodes, externalOf("erp", "4", "erp", "5"))
	equal(t, "once more", must(s.MapExternalCodes(t.Context(), "erp", table, false))(t).Indicators, 0)
	equal(t, "versions", now(t, s, a.Code).Version, 2)
	equal(t, "of nothing", must(s.MapExternalCodes(t.Context(), "erp", nil, false))(t).Indicators, 3)
	equal(t, "other namespaces", now(t, s, a.Code).ExternalCodes, externalOf("", "1"))
}

func externalTableRefused(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1")
	b := withCodes(t, s, "p", "乙")
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{b.Code}}))(t)
	_, err := s.MapExternalCodes(t.Context(), "erp", map[string]string{"2": a.Code, "3": "p-9-9"}, false)
	refused(t, err, fault.UnknownIndicator, "/indicator")
	_, err = s.MapExternalCodes(t.Context(), "erp", map[string]string{"2": a.Code, "3": b.Code}, false)
	refused(t, err, fault.IndicatorNotConfirmed, "/indicator")
	equal(t, "as it was", now(t, s, a.Code), a)
}

func externalAudited(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a := withCodes(t, s, "p", "甲", "erp", "1")
	must(s.MapExternalCodes(t.Context(), "erp", map[string]string{"2": a.Code}, false))(t)
	must(s.ReviewPlan(t.Context(), "p", indicator.Decision{Reject: []string{a.Code}}))(t)
	withCodes(t, s, "p", "乙", "erp", "2")
	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{Target: a.Code, Action: "indicator.changed"})
	equal(t, "entries", len(must(entries, err)(t)), 2)
	equal(t, "chain", len(must(s.Verify(t.Context(), ledger.VerifyOptions{}))(t).Findings), 0)
}

func externalMoved(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	a, b := withCodes(t, s, "p", "甲", "erp", "1"), withCodes(t, s, "p", "乙")
	must(s.MapExternalCodes(t.Context(), "erp", map[string]string{"1": b.Code}, false))(t)
	for _, in := range []indicator.Indicator{a, b} {
		_, _, err := s.Submit(t.Context(), indicator.Row{Measurement: increment(in.Code, "2023-07", "1"), Version: in.Version}, indicator.Idempotency{})
		refused(t, err, fault.PreconditionFailed, "/indicator")
	}
}

// externalProperty holds random changes of codes, one by one and as tables, against
// a map from code to indicator.
func externalProperty(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	withPlan(t, s, "q")
	var ours []string
	for i := range 4 {
		ours = append(ours, withCodes(t, s, []string{"p", "q"}[i%2], fmt.Sprint("指标", i)).Code)
	}
	means := map[indicator.ExternalCode]string{}
	drawn := rapid.Custom(func(rt *rapid.T) indicator.ExternalCode {
		return indicator.ExternalCode{Namespace: rapid.SampledFrom([]string{"", "erp"}).Draw(rt, "namespace"), Code: rapid.SampledFrom([]string{"1", "2", "3"}).Draw(rt, "code")}
	})
	set := func(rt *rapid.T) {
		in := now(t, s, rapid.SampledFrom(ours).Draw(rt, "indicator"))
		in.ExternalCodes = rapid.SliceOfNDistinct(drawn, 0, 3, rapid.ID).Draw(rt, "codes")
		taken := slices.ContainsFunc(in.ExternalCodes, func(c indicator.ExternalCode) bool { return means[c] != "" && means[c] != in.Code })
		_, err := s.UpdateIndicator(t.Context(), in)
		if taken != fault.Is(err, fault.ExternalCodeTaken) || !taken && err != nil {
			rt.Fatalf("taken %v: %v", taken, err)
		}
		if taken {
			return
		}
		for c, code := range means {
			if code == in.Code {
				delete(means, c)
			}
		}
		for _, c := range in.ExternalCodes {
			means[c] = in.Code
		}
	}
	table := func(rt *rapid.T) {
		namespace := rapid.SampledFrom([]string{"", "erp"}).Draw(rt, "namespace")
		meanings := rapid.MapOfN(rapid.SampledFrom([]string{"1", "2", "3"}), rapid.SampledFrom(ours), 0, 3).Draw(rt, "table")
		if _, err := s.MapExternalCodes(t.Context(), namespace, meanings, false); err != nil {
			rt.Fatal(err)
		}
		for c := range means {
			if c.Namespace == namespace {
				delete(means, c)
			}
		}
		for code, in := range meanings {
			means[indicator.ExternalCode{Namespace: namespace, Code: code}] = in
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			rapid.SampledFrom([]func(*rapid.T){set, table}).Draw(rt, "change")(rt)
		}
		seen := map[indicator.ExternalCode]string{}
		for _, code := range ours {
			for _, c := range now(t, s, code).ExternalCodes {
				if seen[c] != "" {
					rt.Fatalf("%s means %s and %s", c, seen[c], code)
				}
				seen[c] = code
			}
		}
		equal(t, "meanings", seen, means)
		for c, code := range means {
			equal(t, "found", found(t, s, indicator.Query{External: []indicator.ExternalCode{c}}), []string{code})
		}
	})
}
