package oversight

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// FrozenAssessment is an official result.
type FrozenAssessment struct {
	loop.FrozenContent

	ID int64
	At time.Time
	By indicator.Actor
}

const (
	// mostTitle is how long a title may be, in characters.
	mostTitle = 200
	// mostFrozenTerms is how many single terms of indicators an official result has: about two
	// megabytes.
	mostFrozenTerms = 2000
)

// FreezeAssessment computes the assessment of a plan and stores it for good, as what a function
// writes of it. Single terms are in it where all of them can be explained at once.
func (s *Service) FreezeAssessment(ctx context.Context, plan, title string, at tracker.Moment, render func(Assessed) ([]byte, error)) (FrozenAssessment, error) {
	var frozen FrozenAssessment
	if err := checkText("/title", title, mostTitle); err != nil {
		return frozen, err
	}
	at, err := s.figures.Settle(ctx, at)
	if err != nil {
		return frozen, err
	}
	a, err := s.assess(ctx, AssessmentQuery{Plan: plan, At: at, Explain: true, Terms: mostFrozenTerms}, nil)
	if fault.Is(err, fault.SelectionTooLarge) {
		a, err = s.assess(ctx, AssessmentQuery{Plan: plan, At: at}, nil)
	}
	if err != nil {
		return frozen, err
	}
	content, err := frozenOf(a, title, render)
	if err != nil {
		return frozen, err
	}
	text, err := json.Marshal(content)
	if err != nil {
		return frozen, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		event, _, err := b.Append(0, loop.Draft{
			Kind: loop.KindAssessment, Type: loop.ResultFrozen, Plan: plan, About: loop.AboutResult, Content: text,
		})
		if err != nil {
			return err
		}
		frozen, err = frozenFrom(loop.Thread{event})
		return err
	})
	return frozen, err
}

func frozenOf(a Assessed, title string, render func(Assessed) ([]byte, error)) (loop.FrozenContent, error) {
	result, err := render(a)
	if err != nil {
		return loop.FrozenContent{}, err
	}
	scheme, err := a.Scheme.JSON()
	return loop.FrozenContent{
		Title: title, On: a.At.On.String(), AsOf: a.At.AsOf.UTC().Format(time.RFC3339Nano), SchemeVersion: a.SchemeVersion, Scheme: scheme,
		Profile: a.Profile, Rules: progress.Rules, Scores: scoresOf(a.Results), Result: result,
	}, err
}

func scoresOf(results []assessment.Result) []loop.FrozenScore {
	list := make([]loop.FrozenScore, len(results))
	for i, r := range results {
		s := loop.FrozenScore{
			Agency: r.Agency.ID, Name: r.Agency.Name, Total: figureText(r.Total), Rank: r.Rank, Grade: r.Grade,
			Bonus: r.Bonus.Points.String(), Deduction: r.Deduction.Points.String(), Parts: map[string]string{},
		}
		for _, p := range r.Parts {
			s.Parts[string(p.Name)] = figureText(p.Points)
		}
		list[i] = s
	}
	return list
}

func figureText(n *quantity.Number) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func frozenFrom(t loop.Thread) (FrozenAssessment, error) {
	content, err := loop.FoldFrozen(t)
	return FrozenAssessment{FrozenContent: content, ID: t.ID(), At: t[0].At, By: t[0].By}, err
}

// FrozenAssessments are a page of the official results of a plan, the newest first, and the position of the
// following page, 0 at the end.
func (s *Service) FrozenAssessments(ctx context.Context, plan string, page indicator.Page) ([]FrozenAssessment, int64, error) {
	if _, err := s.plans.Plan(ctx, plan); err != nil {
		return nil, 0, err
	}
	list, next := []FrozenAssessment{}, int64(0)
	for len(list) <= page.Limit { // one at a time, for each may be long
		threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{
			Kind: loop.KindAssessment, Plan: plan, About: loop.AboutResult, Before: page.After, Limit: 1,
		})
		if err != nil || len(threads) == 0 {
			return list, 0, err
		}
		if len(list) == page.Limit {
			return list, next, nil
		}
		f, err := frozenFrom(threads[0])
		if err != nil {
			return nil, 0, err
		}
		f.Result, f.Scheme = nil, nil
		list, next, page.After = append(list, f), f.ID, f.ID
	}
	return list, next, nil
}

// FrozenAssessment is an official result of a plan as it was stored, or fault.NotFound.
func (s *Service) FrozenAssessment(ctx context.Context, plan string, id int64) (FrozenAssessment, error) {
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{
		Kind: loop.KindAssessment, Plan: plan, About: loop.AboutResult, IDs: []int64{id},
	})
	if err != nil {
		return FrozenAssessment{}, err
	}
	if len(threads) == 0 {
		return FrozenAssessment{}, errNoAssessment(id)
	}
	return frozenFrom(threads[0])
}

// AssessmentDifference is what would be different if a frozen result was computed now.
type AssessmentDifference struct {
	Frozen FrozenAssessment
	// At is the day of the frozen result with the moment of the question.
	At       tracker.Moment
	Agencies []AgencyDifference
	// More says that more was recorded since than causes are listed.
	More bool
}

// AgencyDifference is what is different for an agency. Then is nil for one that was not there,
// and Now for one that is not there any more.
type AgencyDifference struct {
	Then, Now *loop.FrozenScore
	Causes    []DifferenceCause
}

// DifferenceCause is something that was recorded after a result was frozen.
type DifferenceCause struct {
	What        string // report, correction, retraction, indicator, entered or withdrawn
	Indicator   string
	Measurement int64
	Period      string
	Entry       int64
	At          time.Time
}

// Causes of differences.
const (
	CauseReport     = "report"
	CauseCorrection = "correction"
	CauseRetraction = "retraction"
	CauseIndicator  = "indicator"
	CauseEntered    = "entered"
	CauseWithdrawn  = "withdrawn"
)

// mostCauses is how many reports are listed as causes.
const mostCauses = 2000

// AssessmentDifference says what a frozen result would be if it was computed now, by the scheme
// and of the day of then: agencies whose score, rank or grade is another, with what was
// recorded since that may be why.
func (s *Service) AssessmentDifference(ctx context.Context, plan string, id int64) (AssessmentDifference, error) {
	var d AssessmentDifference
	frozen, err := s.FrozenAssessment(ctx, plan, id)
	if err != nil {
		return d, err
	}
	d.Frozen = frozen
	scheme, err := assessment.ParseScheme(frozen.Scheme)
	if err != nil {
		return d, err
	}
	on, err := indicator.ParseDate(frozen.On)
	if err != nil {
		return d, err
	}
	asOf, err := time.Parse(time.RFC3339Nano, frozen.AsOf)
	if err != nil {
		return d, err
	}
	if d.At, err = s.figures.Settle(ctx, tracker.Moment{On: on}); err != nil {
		return d, err
	}
	since, more, err := s.reportedSince(ctx, plan, asOf, d.At.AsOf)
	if err != nil {
		return d, err
	}
	d.More = more
	causes := map[int64][]DifferenceCause{}
	now, err := s.assess(ctx, AssessmentQuery{Plan: plan, At: d.At, Scheme: &scheme}, func(in indicator.Indicator, agencies []int64) {
		list := since[in.Code]
		if in.UpdatedAt.After(asOf) {
			list = append(list, DifferenceCause{What: CauseIndicator, Indicator: in.Code, At: in.UpdatedAt})
		}
		for _, agency := range agencies {
			causes[agency] = append(causes[agency], list...)
		}
	})
	if err != nil {
		return d, err
	}
	if err := s.enteredSince(ctx, plan, asOf, d.At.AsOf, causes); err != nil {
		return d, err
	}
	d.Agencies = differences(frozen.Scores, scoresOf(now.Results), causes)
	return d, nil
}

// reportedSince are the reports of a plan that were recorded between two moments, by indicator.
func (s *Service) reportedSince(ctx context.Context, plan string, from, to time.Time) (map[string][]DifferenceCause, bool, error) {
	found, _, more, err := s.assessing.store.Feed(ctx, indicator.FeedSelection{
		Plans:                []string{plan},
		MeasurementSelection: indicator.MeasurementSelection{RecordedFrom: from.Add(time.Microsecond), RecordedTo: to},
	}, indicator.Page{Limit: mostCauses})
	since := map[string][]DifferenceCause{}
	for _, m := range found {
		what := CauseReport
		switch {
		case m.Retracts != 0:
			what = CauseRetraction
		case m.Revision > 1:
			what = CauseCorrection
		}
		since[m.Indicator] = append(since[m.Indicator], DifferenceCause{
			What: what, Indicator: m.Indicator, Measurement: m.ID, Period: m.Period.String(), At: m.RecordedAt,
		})
	}
	return since, more, err
}

func (s *Service) enteredSince(ctx context.Context, plan string, from, to time.Time, causes map[int64][]DifferenceCause) error {
	var held []int64
	var found []DifferenceCause
	err := s.eachEntry(ctx, plan, to, func(e loop.Entry) {
		if e.Made.At.After(from) {
			held, found = append(held, e.Made.Agency), append(found, DifferenceCause{What: CauseEntered, Entry: e.Made.ID, At: e.Made.At})
		}
		if e.Withdrawn != nil && e.Withdrawn.At.After(from) {
			held, found = append(held, e.Made.Agency), append(found, DifferenceCause{What: CauseWithdrawn, Entry: e.Made.ID, At: e.Withdrawn.At})
		}
	})
	if err != nil || len(held) == 0 {
		return err
	}
	refs, err := s.assessing.store.AgencyHolders(ctx, held, to, to)
	for i, id := range held {
		causes[refs[id].ID] = append(causes[refs[id].ID], found[i])
	}
	return err
}

// differences are the agencies whose score is another, in the order of the frozen result.
func differences(then, now []loop.FrozenScore, causes map[int64][]DifferenceCause) []AgencyDifference {
	list := []AgencyDifference{}
	byID := make(map[int64]*loop.FrozenScore, len(now))
	for i := range now {
		byID[now[i].Agency] = &now[i]
	}
	for i := range then {
		other := byID[then[i].Agency]
		delete(byID, then[i].Agency)
		if other == nil || !isSameScore(then[i], *other) {
			list = append(list, AgencyDifference{Then: &then[i], Now: other, Causes: causes[then[i].Agency]})
		}
	}
	for i := range now {
		if byID[now[i].Agency] != nil {
			list = append(list, AgencyDifference{Now: &now[i], Causes: causes[now[i].Agency]})
		}
	}
	return list
}

// isSameScore ignores what agencies are called.
func isSameScore(a, b loop.FrozenScore) bool {
	a.Name, b.Name = "", ""
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errors.Join(errX, errY) == nil && string(x) == string(y)
}
