package store

import (
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func auditedSample() indicator.Indicator {
	n, on := quantity.MustNumber("12.50"), indicator.DateOf(2023, 6, 30)
	at := time.Date(2023, 7, 1, 0, 0, 0, 1000, time.UTC)
	return indicator.Indicator{
		Code: "p-1-1", Plan: "p", Task: "1", Section: 2, Name: "里程<", Kind: indicator.Ratio, Direction: indicator.Decrease,
		Target:   indicator.Target{Comparator: indicator.AtMost, Value: n, ValueHigh: &n, Unit: quantity.MustUnit("%"), Reference: "全省平均水平"},
		Baseline: &n, StartsOn: on, DueOn: on, TermEndsOn: on, Binding: indicator.Committed, State: indicator.Draft,
		Confidence: indicator.Low, Frequency: indicator.Yearly, Curve: []indicator.CurvePoint{{On: on, Percent: n}},
		LeadAgencies: []string{"甲局"}, Source: indicator.Source{Version: 1, Start: 3, End: 9, Quote: "引", Rule: "bare", Page: 4, Paragraph: 5},
		Version: 3, CreatedAt: at, UpdatedAt: at,
	}
}

// TestAuditedIndicatorKeepsItsHash holds the hash to the one that the program
// gave before an indicator said how its target is held: entries of that time
// must be found to speak of the records they were made for.
func TestAuditedIndicatorKeepsItsHash(t *testing.T) {
	const before = "ad99f00eba47d98f97c0fa12e3f33d505a441ee95276249a397dfae12d8dab64"
	if got := hex.EncodeToString(ledger.HashOf(auditedIndicator(auditedSample()))); got != before {
		t.Errorf("%s, was %s", got, before)
	}
}

// TestAuditedKeyWithoutANamespace holds that a key without one is audited as it was
// before keys had any.
func TestAuditedKeyWithoutANamespace(t *testing.T) {
	without, err := json.Marshal(auditedKey(access.Key{ID: "a"}))
	if err != nil || strings.Contains(string(without), "Namespace") {
		t.Errorf("%s, %v", without, err)
	}
	with, err := json.Marshal(auditedKey(access.Key{ID: "a", Namespace: "erp"}))
	if err != nil || !strings.Contains(string(with), `"Namespace":"erp"`) {
		t.Errorf("%s, %v", with, err)
	}
}

func TestAuditedIndicatorTellsEveryDifference(t *testing.T) {
	seen := map[string]string{}
	for name, change := range map[string]func(in *indicator.Indicator){
		"as it was":                    func(*indicator.Indicator) {},
		"what settled the direction":   func(in *indicator.Indicator) { in.DirectionBy = indicator.ByText },
		"what settled the course":      func(in *indicator.Indicator) { in.CourseBy = indicator.ByText },
		"the course":                   func(in *indicator.Indicator) { in.Course = indicator.Hold },
		"another course":               func(in *indicator.Indicator) { in.Course = indicator.Accrue },
		"what growth is over":          func(in *indicator.Indicator) { in.Over = indicator.OverYear },
		"what it holds for each of":    func(in *indicator.Indicator) { in.Each = indicator.Yearly },
		"the basis":                    func(in *indicator.Indicator) { in.DefaultBasis = indicator.Total },
		"the basis and another agency": func(in *indicator.Indicator) { in.DefaultBasis, in.LeadAgencies = indicator.Total, []string{"乙局"} },
		"the basis and no reference":   func(in *indicator.Indicator) { in.DefaultBasis, in.Target.Reference = indicator.Total, "" },
		"the basis and other digits": func(in *indicator.Indicator) {
			in.DefaultBasis, in.Target.Value = indicator.Total, quantity.MustNumber("12.5")
		},
		"the basis and an index": func(in *indicator.Indicator) { in.DefaultBasis, in.Target.Unit = indicator.Total, quantity.Unit{} },
		"the basis and a week":   func(in *indicator.Indicator) { in.DefaultBasis, in.Frequency = indicator.Total, indicator.Weekly },
		"an external code":       func(in *indicator.Indicator) { in.ExternalCodes = []indicator.ExternalCode{{Code: "a"}} },
		"the external code of a sender": func(in *indicator.Indicator) {
			in.ExternalCodes = []indicator.ExternalCode{{Namespace: "a"}}
		},
		"the basis and an external code": func(in *indicator.Indicator) {
			in.DefaultBasis, in.ExternalCodes = indicator.Total, []indicator.ExternalCode{{Code: "a"}}
		},
		"the basis and two-sided limits": func(in *indicator.Indicator) { in.DefaultBasis, in.Direction = indicator.Total, indicator.Within },
	} {
		in := auditedSample()
		change(&in)
		hash := hex.EncodeToString(ledger.HashOf(auditedIndicator(in)))
		if other, taken := seen[hash]; taken {
			t.Errorf("%s has the hash of %s", name, other)
		}
		seen[hash] = name
	}
}

// TestAuditedRecordsOfBeforeJurisdictions holds keys and plans to the hashes that they
// had before either said a jurisdiction, and to another where they say one.
func TestAuditedRecordsOfBeforeJurisdictions(t *testing.T) {
	k := access.Key{ID: "a", Name: "n", Role: access.Reporter, Agencies: []string{"甲局"}, CreatedBy: "local"}
	p := indicator.Plan{Code: "p", Title: "题", Version: 1, Tasks: []indicator.Task{{Plan: "p", Number: "1", LeadAgencies: []string{"甲局"}}}}
	hash := func(v any) string { return hex.EncodeToString(ledger.HashOf(v)) }
	const keyBefore, planBefore = "7296f93ea06cc4c8e86bfb6a0ea1f6e5a6c85ce12a643918056050d05d30297c", "3d82072eeddafbaf6b684491000fdb7a82fee4e3e77a17763f174062497ebeab"
	if got := hash(auditedKey(k)); got != keyBefore {
		t.Errorf("key %s, was %s", got, keyBefore)
	}
	if got := hash(auditedPlan(p, nil)); got != planBefore {
		t.Errorf("plan %s, was %s", got, planBefore)
	}
	k.Bound, p.Jurisdiction = []indicator.AgencyRef{{ID: 1, Jurisdiction: "东河市", Name: "甲局"}}, "东河市"
	if hash(auditedKey(k)) == keyBefore || hash(auditedPlan(p, nil)) == planBefore {
		t.Error("a jurisdiction makes no difference")
	}
}

// TestAuditedPartsAreHashedWhole holds a plan without shares to the hash that it had before any
// were kept, and tells apart what differs in anything that a share says.
func TestAuditedPartsAreHashedWhole(t *testing.T) {
	n, on := quantity.MustNumber("12.50"), indicator.DateOf(2023, 6, 30)
	hash := func(parts ...indicator.PlanPart) string {
		return hex.EncodeToString(ledger.HashOf(auditedPlan(indicator.Plan{Code: "p", Parts: parts}, nil)))
	}
	if hash() != hex.EncodeToString(ledger.HashOf(auditedPlan(indicator.Plan{Code: "p"}, nil))) {
		t.Error("no shares make a difference")
	}
	sample := indicator.PlanPart{
		Task: "1", Name: "里程", Area: "东山镇", PartOf: "里程", Kind: indicator.Increment, Direction: indicator.Increase,
		Target:   indicator.Target{Comparator: indicator.Equal, Value: n, ValueHigh: &n, Unit: quantity.MustUnit("公里"), Reference: "全县平均水平"},
		Baseline: &n, DueOn: on, Confidence: indicator.High, Start: 3, End: 9, Quote: "引",
	}
	seen := map[string]string{hash(): "none", hash(sample): "one", hash(sample, sample): "two"}
	other := quantity.MustNumber("12.51")
	for name, change := range map[string]func(*indicator.PlanPart){
		"task":       func(p *indicator.PlanPart) { p.Task = "2" },
		"name":       func(p *indicator.PlanPart) { p.Name = "长度" },
		"area":       func(p *indicator.PlanPart) { p.Area = "西河镇" },
		"whole":      func(p *indicator.PlanPart) { p.PartOf = "" },
		"kind":       func(p *indicator.PlanPart) { p.Kind = indicator.Cumulative },
		"direction":  func(p *indicator.PlanPart) { p.Direction = indicator.Decrease },
		"comparator": func(p *indicator.PlanPart) { p.Target.Comparator = indicator.AtLeast },
		"value":      func(p *indicator.PlanPart) { p.Target.Value = other },
		"digits":     func(p *indicator.PlanPart) { p.Target.Value = quantity.MustNumber("12.5") },
		"waiting":    func(p *indicator.PlanPart) { p.Target.Waits = true },
		"upper end":  func(p *indicator.PlanPart) { p.Target.ValueHigh = nil },
		"unit":       func(p *indicator.PlanPart) { p.Target.Unit = quantity.MustUnit("米") },
		"reference":  func(p *indicator.PlanPart) { p.Target.Reference = "" },
		"baseline":   func(p *indicator.PlanPart) { p.Baseline = &other },
		"due":        func(p *indicator.PlanPart) { p.DueOn = indicator.DateOf(2023, 7, 1) },
		"confidence": func(p *indicator.PlanPart) { p.Confidence = indicator.Low },
		"start":      func(p *indicator.PlanPart) { p.Start = 4 },
		"end":        func(p *indicator.PlanPart) { p.End = 8 },
		"quote":      func(p *indicator.PlanPart) { p.Quote = "文" },
	} {
		p := sample
		change(&p)
		sum := hash(p)
		if same, taken := seen[sum]; taken {
			t.Errorf("another %s has the hash of %s", name, same)
		}
		seen[sum] = name
	}
}
