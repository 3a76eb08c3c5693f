package httpapi

import (
	"strconv"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// each turns every record of a list into its wire form; an empty list stays a
// list.
func each[D, W any](list []D, wire func(D) W) []W {
	out := make([]W, len(list))
	for i, d := range list {
		out[i] = wire(d)
	}
	return out
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999999Z07:00") }

// momentOrNull is null for what has not been stored.
func momentOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := moment(t)
	return &s
}

func dateOrNull(d indicator.Date) *string {
	if d.IsZero() {
		return nil
	}
	s := d.String()
	return &s
}

// wordOrNull is null for a word that does not apply.
func wordOrNull[W ~string](w W) *string { return textOrNull(string(w)) }

func numberOrNull(n *quantity.Number) *v1.Number {
	if n == nil {
		return nil
	}
	w := v1.Number(n.String())
	return &w
}

func list(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

func wirePlan(p indicator.Plan) v1.Plan {
	return v1.Plan{
		Code: p.Code, Title: p.Title, Issuer: p.Issuer, Jurisdiction: p.Jurisdiction, IssuedOn: dateOrNull(p.IssuedOn),
		StartsOn: p.StartsOn.String(), DueOn: p.DueOn.String(), Version: p.Version,
		Document: wireDocument(p.Document),
		Sections: each(p.Sections, wireSection),
		Warnings: each(p.Warnings, wireWarning), Milestones: each(p.Milestones, wirePlanMilestone), Parts: wireParts(p.Parts),
		Review:    wireReview(p.Review),
		CreatedAt: momentOrNull(p.CreatedAt), UpdatedAt: momentOrNull(p.UpdatedAt),
	}
}

func wireReview(r indicator.Review) v1.Review {
	return v1.Review{Draft: r.Draft, Confirmed: r.Confirmed, Rejected: r.Rejected, Withdrawn: r.Withdrawn, AgencyMatches: r.Matches}
}

func wirePlanHead(p indicator.Plan) v1.PlanHead {
	return v1.PlanHead{
		Code: p.Code, Title: p.Title, Issuer: p.Issuer, Jurisdiction: p.Jurisdiction, IssuedOn: dateOrNull(p.IssuedOn),
		StartsOn: p.StartsOn.String(), DueOn: p.DueOn.String(), Version: p.Version,
		Document: wireDocument(p.Document), Review: wireReview(p.Review),
		CreatedAt: moment(p.CreatedAt), UpdatedAt: moment(p.UpdatedAt),
	}
}

func wireDocument(d indicator.Document) v1.Document {
	return v1.Document{SHA256: d.SHA256, MediaType: d.MediaType, Characters: d.Characters}
}

func wireSection(s indicator.Section) v1.Section {
	return v1.Section{Number: s.Number, Heading: s.Heading, Start: s.Start, End: s.End}
}

func wireWarning(w indicator.Warning) v1.Warning {
	return v1.Warning{Line: w.Line, Start: w.Start, End: w.End, Code: string(w.Code), Message: w.Message}
}

func wirePlanMilestone(m indicator.PlanMilestone) v1.PlanMilestone {
	return v1.PlanMilestone{Task: m.Task, Title: m.Title, DueOn: m.DueOn.String(), Source: v1.TextPlace{Start: m.Start, End: m.End, Quote: m.Quote}}
}

// wireParts is null where it is not known whether there are any.
func wireParts(parts []indicator.PlanPart) []v1.PlanPart {
	if parts == nil {
		return nil
	}
	return each(parts, wirePlanPart)
}

func wirePlanPart(p indicator.PlanPart) v1.PlanPart {
	return v1.PlanPart{
		Task: p.Task, Name: p.Name, Area: p.Area, PartOf: textOrNull(p.PartOf), Kind: string(p.Kind), Direction: string(p.Direction),
		Target: wireTarget(p.Target), Baseline: numberOrNull(p.Baseline), DueOn: p.DueOn.String(), Confidence: string(p.Confidence),
		Source: v1.TextPlace{Start: p.Start, End: p.End, Quote: p.Quote},
	}
}

func wireTask(t indicator.Task) v1.Task {
	return v1.Task{
		Plan: t.Plan, Number: t.Number, Section: t.Section, Title: t.Title,
		LeadAgencies: list(t.LeadAgencies), ParticipatingAgencies: list(t.ParticipatingAgencies),
		LeadAgencyIDs: each(t.LeadAgencyIDs, wireID), ParticipatingAgencyIDs: each(t.ParticipatingAgencyIDs, wireID),
		Start: t.Start, End: t.End,
	}
}

func wireAgency(a indicator.Agency) v1.Agency {
	w := v1.Agency{
		ID: wireID(a.ID), Jurisdiction: a.Jurisdiction, Name: a.Name, Aliases: list(a.Aliases), Until: dateOrNull(a.Until),
		LeadTasks: a.LeadTasks, ParticipatingTasks: a.ParticipatingTasks, Indicators: a.Indicators,
	}
	if a.Successor.ID != 0 {
		successor := wireAgencyRef(a.Successor)
		w.Successor = &successor
	}
	return w
}

func wireAgencyRef(a indicator.AgencyRef) v1.AgencyRef {
	return v1.AgencyRef{ID: wireID(a.ID), Jurisdiction: a.Jurisdiction, Name: a.Name}
}

func wireAgencyEvent(e indicator.AgencyEvent) v1.AgencyEvent {
	return v1.AgencyEvent{
		ID: wireID(e.ID), Change: string(e.Kind), Agency: e.Agency, Other: e.Other, From: dateOrNull(e.From),
		RecordedAt: moment(e.RecordedAt), CancelledAt: momentOrNull(e.CancelledAt),
	}
}

func wireMatch(m indicator.AgencyMatch) v1.AgencyMatch {
	return v1.AgencyMatch{
		ID: idOrNull(m.ID), Name: m.Name, AgencyID: idOrNull(m.Agency.ID), AgencyName: m.Agency.Name,
		State: string(m.State), ProposedAt: momentOrNull(m.ProposedAt),
	}
}

func wireID(id int64) string { return strconv.FormatInt(id, 10) }

func wireTarget(t indicator.Target) v1.Target {
	w := v1.Target{
		Comparator: string(t.Comparator), ValueHigh: numberOrNull(t.ValueHigh), Unit: t.Unit.String(),
		Reference: textOrNull(t.Reference),
	}
	if !t.Waits {
		w.Value = numberOrNull(&t.Value)
	}
	return w
}

func wireSource(s indicator.Source) *v1.Source {
	if s.Quote == "" {
		return nil
	}
	return &v1.Source{
		DocumentVersion: s.Version, Start: s.Start, End: s.End, Quote: s.Quote, Rule: s.Rule,
		Page: placeOrNull(s.Page), Paragraph: placeOrNull(s.Paragraph),
	}
}

func placeOrNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func wireIndicator(in indicator.Indicator) v1.Indicator {
	return v1.Indicator{
		Code: in.Code, Plan: in.Plan, Task: in.Task, Section: in.Section, Name: in.Name,
		Kind: string(in.Kind), Direction: string(in.Direction), DirectionBy: string(in.DirectionBy),
		Course: string(in.Course), CourseBy: string(in.CourseBy), Over: wordOrNull(in.Over), Each: wordOrNull(in.Each),
		DefaultBasis: string(in.DefaultBasis), Target: wireTarget(in.Target), Baseline: numberOrNull(in.Baseline),
		StartsOn: in.StartsOn.String(), DueOn: in.DueOn.String(), TermEndsOn: in.TermEndsOn.String(),
		Binding: string(in.Binding), Frequency: string(in.Frequency),
		State: string(in.State), Confidence: string(in.Confidence),
		Curve: each(in.Curve, func(p indicator.CurvePoint) v1.CurvePoint {
			return v1.CurvePoint{On: p.On.String(), Percent: v1.Number(p.Percent.String())}
		}),
		LeadAgencies: list(in.LeadAgencies), ParticipatingAgencies: list(in.ParticipatingAgencies),
		ExternalCodes: each(in.ExternalCodes, wireExternalCode),
		LeadAgencyIDs: each(in.LeadAgencyIDs, wireID), ParticipatingAgencyIDs: each(in.ParticipatingAgencyIDs, wireID),
		Source: wireSource(in.Source), Version: in.Version,
		CreatedAt: momentOrNull(in.CreatedAt), UpdatedAt: momentOrNull(in.UpdatedAt),
	}
}

func wireExternalCode(c indicator.ExternalCode) v1.ExternalCode {
	return v1.ExternalCode{Namespace: c.Namespace, Code: c.Code}
}

// externalOrNull is null for a report that named its indicator by our code alone.
func externalOrNull(c indicator.ExternalCode) *v1.ExternalCode {
	if c.Code == "" {
		return nil
	}
	w := wireExternalCode(c)
	return &w
}

// wireMeasurement writes a measurement. Ids of keys are for those who may see them.
func wireMeasurement(m indicator.Measurement, keys bool) v1.Measurement {
	w := v1.Measurement{
		ID: strconv.FormatInt(m.ID, 10), Indicator: m.Indicator, Period: m.Period.String(),
		Unit: m.Unit.String(), Basis: string(m.Basis), Missing: wordOrNull(m.Missing), Provisional: m.Provisional,
		SourceID: m.SourceID, Note: m.Note, EvidenceURL: m.EvidenceURL,
		Revision: m.Revision, Retracts: idOrNull(m.Retracts), RecordedAt: moment(m.RecordedAt),
	}
	if m.IsFigure() {
		w.Value = numberOrNull(&m.Value)
	}
	if m.Share != nil {
		w.Numerator, w.Denominator = numberOrNull(&m.Share.Numerator), numberOrNull(&m.Share.Denominator)
	}
	if by := m.ReportedBy; by != (indicator.Reporter{}) {
		w.ReportedBy = &v1.ReportedBy{Agency: textOrNull(by.Agency), KeyName: by.Name}
		if keys {
			w.ReportedBy.Key = textOrNull(by.Key)
		}
	}
	return w
}

func idOrNull(id int64) *string {
	if id == 0 {
		return nil
	}
	s := strconv.FormatInt(id, 10)
	return &s
}

// wireProgressRow writes a progress with what stands elsewhere.
func wireProgressRow(p tracker.ProgressRow, lang string, explain bool) v1.ProgressRow {
	w := v1.ProgressRow{
		Progress:  wireProgress(p.IndicatorProgress, lang, explain),
		PlanTitle: textOrNull(p.Text.PlanTitle), SectionHeading: textOrNull(p.Text.Heading), TaskTitle: textOrNull(p.Text.TaskTitle),
	}
	if m := p.Last; m != nil {
		w.LastReport = &v1.LastReport{ID: wireID(m.ID), Period: m.Period.String(), RecordedAt: moment(m.RecordedAt), Agency: textOrNull(p.LastAgency)}
	}
	return w
}

// wireProgress writes a progress in the reader's language, with its working
// when asked for.
func wireProgress(p tracker.IndicatorProgress, lang string, explain bool) v1.Progress {
	in, r := p.Indicator, p.Result
	unit := in.Target.Unit.String()
	w := v1.Progress{
		Rules: r.Rules, ProfileVersion: p.Profile, Indicator: in.Code, Name: in.Name, ExternalCodes: each(in.ExternalCodes, wireExternalCode),
		Plan: in.Plan, Section: in.Section, Task: in.Task,
		LeadAgencies: list(in.LeadAgencies), ParticipatingAgencies: list(in.ParticipatingAgencies),
		LeadAgencyIDs: each(in.LeadAgencyIDs, wireID), ParticipatingAgencyIDs: each(in.ParticipatingAgencyIDs, wireID),
		Kind: string(in.Kind), Binding: string(in.Binding), Frequency: string(in.Frequency),
		StartsOn: in.StartsOn.String(), DueOn: in.DueOn.String(), Reports: p.Reports,
		On: r.On.String(), AsOf: moment(p.AsOf), CutOff: dateOrNull(r.CutOff),
		Actual: quantityOrNull(r.Actual, r.Unit.String()), Target: wireTarget(in.Target), Baseline: quantityOrNull(in.Baseline, unit),
		Direction: string(in.Direction), Course: string(r.Course), Over: wordOrNull(in.Over), Each: wordOrNull(in.Each),
		Percent: numberOrNull(r.Percent), PercentCapped: numberOrNull(r.PercentCapped),
		Pace: v1.Number(r.Pace.String()), Gap: numberOrNull(r.Gap),
		AmountDue: quantityOrNull(r.AmountDue, r.Unit.String()), Shortfall: quantityOrNull(r.Shortfall, r.Unit.String()), DueGap: numberOrNull(r.DueGap),
		Attained: r.Attained, AttainedOn: dateOrNull(r.AttainedOn), Late: r.Late, DaysLeft: r.DaysLeft, DaysLate: r.DaysLate,
		Status: string(r.Status), Label: r.Label.In(lang), Color: r.Color, Reason: wordOrNull(r.Reason),
		Cautions: each(r.Cautions, func(c progress.Caution) string { return string(c) }),
		CautionDetails: each(r.CautionDetails, func(d progress.CautionDetail) v1.CautionDetail {
			return v1.CautionDetail{Code: string(d.Code), Text: d.Text.In(lang)}
		}),
		ReportMissing: r.ReportMissing, Provisional: r.Provisional,
	}
	if explain {
		w.Explain = &v1.Explanation{
			Rule:         r.Explanation.Rule,
			Steps:        each(r.Explanation.Steps, func(t fault.Text) string { return t.In(lang) }),
			Measurements: each(r.Explanation.Measurements, func(id int64) string { return strconv.FormatInt(id, 10) }),
			Source:       wireSource(in.Source),
		}
	}
	return w
}

func quantityOrNull(n *quantity.Number, unit string) *v1.Quantity {
	if n == nil {
		return nil
	}
	return &v1.Quantity{Value: v1.Number(n.String()), Unit: unit}
}
