package httpapi

import (
	"strconv"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

func wireAssessment(a oversight.Assessed) v1.Assessment {
	return v1.Assessment{
		Plan: a.Plan.Code, On: a.At.On.String(), AsOf: moment(a.At.AsOf), Rules: progress.Rules, ProfileVersion: a.Profile,
		SchemeVersion: a.SchemeVersion, Scheme: a.Scheme.Name, Tried: a.Tried, CutOffs: each(a.CutOffs, indicator.Date.String),
		Indicators: a.Indicators, Explained: a.Explained, Items: each(a.Results, wireScore),
	}
}

func bothOf(t fault.Text) v1.AssessmentText { return v1.AssessmentText(t) }

func bothOrNull(t fault.Text) *v1.AssessmentText {
	if t == (fault.Text{}) {
		return nil
	}
	both := bothOf(t)
	return &both
}

func intOrNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func number(n quantity.Number) v1.Number { return v1.Number(n.String()) }

func wireScore(r assessment.Result) v1.AgencyScore {
	return v1.AgencyScore{
		Agency: assessedAgency(r.Agency.ID, r.Agency.Name), Group: r.Group, Total: numberOrNull(r.Total), Why: bothOrNull(r.Why),
		Rank: intOrNull(r.Rank), Ranked: r.Ranked, Grade: textOrNull(r.Grade), Label: bothOrNull(r.Label),
		Parts: each(r.Parts, wirePart), Bonus: wireExtra(r.Bonus), Deduction: wireExtra(r.Deduction), Vetoes: each(r.Vetoes, wireTerm),
		Named: each(r.Named, func(n assessment.Naming) v1.AssessmentNaming {
			return v1.AssessmentNaming{For: string(n.For), Label: bothOf(n.For.Label()), Why: bothOf(n.Why)}
		}),
	}
}

func assessedAgency(id int64, name string) v1.AssessedAgency {
	return v1.AssessedAgency{ID: strconv.FormatInt(id, 10), Name: name}
}

func wirePart(p assessment.Part) v1.AssessmentPart {
	return v1.AssessmentPart{
		Part: string(p.Name), Label: bothOf(p.Name.Label()), Weight: number(p.Weight), Counted: numberOrNull(p.Counted), Percent: numberOrNull(p.Percent),
		Points: numberOrNull(p.Points), Text: bothOf(p.Text), Terms: each(p.Terms, wireTerm), TermsLeft: p.TermsLeft,
	}
}

func wireExtra(x assessment.Extra) v1.AssessmentExtra {
	return v1.AssessmentExtra{Points: number(x.Points), Terms: each(x.Terms, wireTerm)}
}

func wireTerm(t assessment.Term) v1.AssessmentTerm {
	return v1.AssessmentTerm{
		Text: bothOf(t.Text), Indicator: textOrNull(t.Indicator), Name: textOrNull(t.Name), Role: wordOrNull(t.Role),
		Measurements: each(t.Measurements, func(id int64) string { return strconv.FormatInt(id, 10) }), Figure: numberOrNull(t.Figure),
		Entry: idOrNull(t.Entry), By: textOrNull(t.By),
	}
}

func assessmentRow(r assessment.Result) v1.AssessmentRow {
	row := v1.AssessmentRow{
		Group: r.Group, Rank: intOrNull(r.Rank), Agency: r.Agency.Name, AgencyID: strconv.FormatInt(r.Agency.ID, 10), Total: numberOrNull(r.Total),
		Grade: r.Label.ZH, Bonus: number(r.Bonus.Points), Deduction: number(r.Deduction.Points),
	}
	for _, p := range r.Parts {
		points := numberOrNull(p.Points)
		switch p.Name {
		case assessment.AttainmentPart:
			row.Attainment = points
		case assessment.PacePart:
			row.Pace = points
		case assessment.ReportingPart:
			row.Reporting = points
		case assessment.MattersPart:
			row.Matters = points
		case assessment.OpinionPart:
			row.Opinion = points
		}
	}
	row.Named = strings.Join(each(r.Named, func(n assessment.Naming) string { return n.For.Label().ZH }), "；")
	return row
}

func wireEntry(e oversight.EnteredByHand) v1.AssessmentEntry {
	w := v1.AssessmentEntry{
		ID: strconv.FormatInt(e.Made.ID, 10), What: e.Kind, Agency: assessedAgency(e.Agency.ID, e.Agency.Name),
		By: e.By, Reason: e.Reason, On: e.On, EnteredAt: moment(e.Made.At), EnteredBy: e.Made.By.Name,
	}
	if e.Kind != string(assessment.VetoEntry) {
		w.Points = numberOrNull(&e.Points)
	}
	if e.Withdrawn != nil {
		w.WithdrawnAt, w.WithdrawnBy, w.WhyNot = momentOrNull(e.Withdrawn.At), textOrNull(e.Withdrawn.By.Name), textOrNull(e.Why)
	}
	return w
}

func wireFrozenHead(plan string, f oversight.FrozenAssessment) v1.FrozenAssessmentHead {
	return v1.FrozenAssessmentHead{
		ID: strconv.FormatInt(f.ID, 10), Plan: plan, Title: f.Title, FrozenAt: moment(f.At), FrozenBy: f.By.Name, On: f.On, AsOf: f.AsOf,
		SchemeVersion: f.SchemeVersion, ProfileVersion: f.Profile, Rules: f.Rules,
	}
}

func wireFrozen(plan string, f oversight.FrozenAssessment) v1.FrozenAssessment {
	return v1.FrozenAssessment{FrozenAssessmentHead: wireFrozenHead(plan, f), Scheme: f.Scheme, Result: f.Result}
}

func wireDifference(plan string, d oversight.AssessmentDifference) v1.AssessmentDifference {
	return v1.AssessmentDifference{
		ID: strconv.FormatInt(d.Frozen.ID, 10), Plan: plan, On: d.At.On.String(), AsOf: moment(d.At.AsOf), More: d.More,
		Items: each(d.Agencies, func(a oversight.AgencyDifference) v1.AssessmentDifferenceItem {
			named := a.Then
			if a.Now != nil {
				named = a.Now
			}
			return v1.AssessmentDifferenceItem{
				Agency: assessedAgency(named.Agency, named.Name), Then: wireScoreThen(a.Then), Now: wireScoreThen(a.Now), Causes: each(a.Causes, wireCause),
			}
		}),
	}
}

func wireScoreThen(s *loop.FrozenScore) *v1.AssessmentScoreThen {
	if s == nil {
		return nil
	}
	w := v1.AssessmentScoreThen{
		Total: figureOrNull(s.Total), Rank: intOrNull(s.Rank), Grade: textOrNull(s.Grade), Bonus: v1.Number(s.Bonus), Deduction: v1.Number(s.Deduction),
		Parts: []v1.AssessmentPartNow{},
	}
	for _, name := range assessment.PartNames {
		if points, has := s.Parts[string(name)]; has {
			w.Parts = append(w.Parts, v1.AssessmentPartNow{Part: string(name), Points: figureOrNull(points)})
		}
	}
	return &w
}

func wireCause(c oversight.DifferenceCause) v1.AssessmentCause {
	return v1.AssessmentCause{
		What: c.What, Indicator: textOrNull(c.Indicator), Measurement: idOrNull(c.Measurement), Period: textOrNull(c.Period), Entry: idOrNull(c.Entry), At: moment(c.At),
	}
}
