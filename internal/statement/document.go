// Package statement (进度证明) writes all that a progress was derived from into one document,
// and derives the progress from such a document again: without the database, and by the
// rules that it names. It is pure.
package statement

import (
	"encoding/hex"
	"strconv"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// format is the version of the document that this program writes.
const format = 1

// Facts are what a statement is made of.
type Facts struct {
	Program        string // its version
	On             indicator.Date
	AsOf           time.Time
	Plan           indicator.Plan // without its parts
	Indicator      indicator.Indicator
	Evidence       indicator.Evidence
	Profile        progress.Profile // with its Place
	ProfileVersion int              // 0 before the database has one
}

// Of makes the statement of facts by the newest rules. What could not be derived from it
// again it does not make: that is fault.Internal.
func Of(f Facts) (v1.Statement, error) {
	s, err := compose(f, progress.Rules)
	if err != nil {
		return s, err
	}
	d, err := derive(s, nil)
	if err == nil && len(d.findings) > 0 {
		err = fault.New(fault.Internal, d.findings[0])
	}
	if err != nil {
		return v1.Statement{}, fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	return s, nil
}

// compose writes a statement by the rules of a version, which this program must know.
func compose(f Facts, rules int) (v1.Statement, error) {
	profile, err := f.Profile.MarshalJSON()
	if err != nil {
		return v1.Statement{}, err
	}
	result := progress.ComputeBy(rules, f.Indicator, f.Evidence.Measurements, f.On, f.Profile)
	return v1.Statement{
		Format: format, Program: f.Program, Rules: rules, On: f.On.String(), AsOf: momentText(f.AsOf),
		Plan: planOf(f.Plan), Indicator: indicatorOf(f.Indicator, f.Evidence.Document),
		Measurements: each(f.Evidence.Measurements, measurementOf),
		Profile:      v1.StatementProfile{Version: f.ProfileVersion, Timezone: f.Profile.Place.String(), Content: profile},
		Progress:     progressOf(result), AuditHead: headOf(f.Evidence.Head),
	}, nil
}

// each turns every record of a list into its form in the document; no list is an empty one.
func each[D, W any](list []D, write func(D) W) []W {
	out := make([]W, len(list))
	for i, d := range list {
		out[i] = write(d)
	}
	return out
}

const momentForm = "2006-01-02T15:04:05.999999Z07:00"

func momentText(t time.Time) string { return t.UTC().Format(momentForm) }

func orNull[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}

func numberOrNull(n *quantity.Number) *string {
	if n == nil {
		return nil
	}
	return orNull(n.String())
}

func planOf(p indicator.Plan) v1.StatementPlan {
	return v1.StatementPlan{
		Code: p.Code, Version: p.Version, Title: p.Title, Issuer: p.Issuer, Jurisdiction: p.Jurisdiction,
		IssuedOn: orNull(p.IssuedOn.String()), StartsOn: p.StartsOn.String(), DueOn: p.DueOn.String(),
	}
}

func indicatorOf(in indicator.Indicator, document string) v1.StatementIndicator {
	same := func(s string) string { return s }
	return v1.StatementIndicator{
		Code: in.Code, Version: in.Version, Task: in.Task, Section: in.Section, Name: in.Name,
		Kind: string(in.Kind), Direction: string(in.Direction), DirectionBy: string(in.DirectionBy),
		Course: string(in.Course), CourseBy: string(in.CourseBy), Over: orNull(in.Over), Each: orNull(in.Each),
		DefaultBasis: string(in.DefaultBasis), Target: targetOf(in.Target), Baseline: numberOrNull(in.Baseline),
		StartsOn: in.StartsOn.String(), DueOn: in.DueOn.String(), TermEndsOn: in.TermEndsOn.String(), Frequency: string(in.Frequency),
		Curve: each(in.Curve, func(p indicator.CurvePoint) v1.StatementCurvePoint {
			return v1.StatementCurvePoint{On: p.On.String(), Percent: p.Percent.String()}
		}),
		Binding: string(in.Binding), State: string(in.State), Confidence: string(in.Confidence),
		LeadAgencies: each(in.LeadAgencies, same), ParticipatingAgencies: each(in.ParticipatingAgencies, same),
		Source: sourceOf(in.Source, document), CreatedAt: momentText(in.CreatedAt), UpdatedAt: momentText(in.UpdatedAt),
	}
}

func targetOf(t indicator.Target) v1.StatementTarget {
	w := v1.StatementTarget{Comparator: string(t.Comparator), ValueHigh: numberOrNull(t.ValueHigh), Unit: t.Unit.String(), Reference: t.Reference}
	if !t.Waits {
		w.Value = numberOrNull(&t.Value)
	}
	return w
}

func sourceOf(s indicator.Source, document string) *v1.StatementSource {
	if s == (indicator.Source{}) {
		return nil
	}
	return &v1.StatementSource{
		DocumentVersion: s.Version, SHA256: document, Start: s.Start, End: s.End, Quote: s.Quote, Rule: s.Rule, Page: s.Page, Paragraph: s.Paragraph,
	}
}

func measurementOf(m indicator.Measurement) v1.StatementMeasurement {
	w := v1.StatementMeasurement{
		ID: strconv.FormatInt(m.ID, 10), Revision: m.Revision, Period: m.Period.String(), Basis: string(m.Basis), Unit: m.Unit.String(),
		Missing: orNull(m.Missing), Provisional: m.Provisional, SourceID: m.SourceID, Note: m.Note, EvidenceURL: m.EvidenceURL,
		RecordedAt: momentText(m.RecordedAt), ReportedBy: reporterOf(m.ReportedBy), Hash: hashText(m),
	}
	if m.IsFigure() {
		w.Value = numberOrNull(&m.Value)
	}
	if m.Share != nil {
		w.Numerator, w.Denominator = numberOrNull(&m.Share.Numerator), numberOrNull(&m.Share.Denominator)
	}
	return w
}

func hashText(m indicator.Measurement) string {
	hash := m.Hash()
	return hex.EncodeToString(hash[:])
}

// byKey is what a statement says of whoever sent a measurement with a key, in place of the
// key's id.
const byKey = "key"

// keyless are the ids of those who send without a key.
var keyless = map[string]bool{"": true, indicator.AtCommandLine: true, indicator.WithoutKey: true}

func reporterOf(by indicator.Reporter) *v1.StatementReporter {
	if by == (indicator.Reporter{}) {
		return nil
	}
	w := v1.StatementReporter{Agency: by.Agency, By: by.Key, KeyName: by.Name}
	if !keyless[by.Key] {
		w.By = byKey
	}
	return &w
}

func headOf(e indicator.AuditEntry) *v1.StatementAuditHead {
	if e.Seq == 0 {
		return nil
	}
	return &v1.StatementAuditHead{Seq: strconv.FormatInt(e.Seq, 10), At: momentText(e.At), Hash: hex.EncodeToString(e.Hash)}
}

func progressOf(r progress.Result) v1.StatementProgress {
	return v1.StatementProgress{
		CutOff: orNull(r.CutOff.String()), Course: string(r.Course), Actual: quantityOf(r.Actual, r.Unit),
		Percent: numberOrNull(r.Percent), PercentCapped: numberOrNull(r.PercentCapped), Pace: r.Pace.String(), Gap: numberOrNull(r.Gap),
		AmountDue: quantityOf(r.AmountDue, r.Unit), Shortfall: quantityOf(r.Shortfall, r.Unit), DueGap: numberOrNull(r.DueGap),
		Attained: r.Attained, AttainedOn: orNull(r.AttainedOn.String()), Late: r.Late, DaysLeft: r.DaysLeft, DaysLate: r.DaysLate,
		Status: string(r.Status), Label: v1.StatementText(r.Label), Color: r.Color, Reason: orNull(r.Reason),
		Cautions: each(r.CautionDetails, func(d progress.CautionDetail) v1.StatementCaution {
			return v1.StatementCaution{Code: string(d.Code), Text: v1.StatementText(d.Text)}
		}),
		ReportMissing: r.ReportMissing, Provisional: r.Provisional, Rule: r.Explanation.Rule,
		Working: each(r.Explanation.Steps, func(t fault.Text) v1.StatementText { return v1.StatementText(t) }),
		Counted: each(r.Explanation.Measurements, func(id int64) string { return strconv.FormatInt(id, 10) }),
	}
}

func quantityOf(n *quantity.Number, unit quantity.Unit) *v1.StatementQuantity {
	if n == nil {
		return nil
	}
	return &v1.StatementQuantity{Value: n.String(), Unit: unit.String()}
}
