package oversight

import (
	"context"
	"encoding/json"
	"time"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// AssessmentScheme is a version of the scheme of a plan.
type AssessmentScheme struct {
	Version int // from 1; 0 for the default scheme
	Since   time.Time
	By      string
	Scheme  assessment.Scheme
}

// AssessmentScheme is the scheme that a plan had at a moment, or has now where that is zero: the default
// one until another is set.
func (s *Service) AssessmentScheme(ctx context.Context, plan string, asOf time.Time) (AssessmentScheme, error) {
	threads, err := s.events.LoopThreads(ctx, schemeQuery(plan, asOf))
	if err != nil {
		return AssessmentScheme{}, err
	}
	return schemeOf(threads)
}

func schemeQuery(plan string, asOf time.Time) loop.ThreadQuery {
	return loop.ThreadQuery{Kind: loop.KindAssessment, Plan: plan, About: loop.AboutScheme, AsOf: asOf, Limit: 1}
}

func schemeOf(threads []loop.Thread) (AssessmentScheme, error) {
	version, content, at, err := loop.FoldScheme(threads)
	if err != nil || version == 0 {
		return AssessmentScheme{Scheme: assessment.DefaultScheme()}, err
	}
	scheme, err := assessment.ParseScheme(content.Scheme)
	return AssessmentScheme{Version: version, Since: at.At, By: at.By.Name, Scheme: scheme}, err
}

// SetAssessmentScheme makes a scheme the next version of a plan's. One that says what the newest says changes
// nothing. It fails with fault.NotFound for a plan that is not there.
func (s *Service) SetAssessmentScheme(ctx context.Context, plan string, scheme assessment.Scheme) (set AssessmentScheme, err error) {
	if _, err := s.plans.Plan(ctx, plan); err != nil {
		return set, err
	}
	text, err := scheme.JSON()
	if err != nil {
		return set, err
	}
	content, err := json.Marshal(loop.SchemeContent{Scheme: text})
	if err != nil {
		return set, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(schemeQuery(plan, time.Time{}))
		if err != nil {
			return err
		}
		thread := int64(0)
		if len(threads) > 0 {
			thread = threads[0].ID()
			last := threads[0][len(threads[0])-1]
			if string(last.Content) == string(content) {
				set, err = schemeOf(threads)
				return err
			}
		}
		if _, _, err := b.Append(thread, loop.Draft{
			Kind: loop.KindAssessment, Type: loop.SchemeSet, Plan: plan, About: loop.AboutScheme, Content: content,
		}); err != nil {
			return err
		}
		if threads, err = b.Threads(schemeQuery(plan, time.Time{})); err != nil {
			return err
		}
		set, err = schemeOf(threads)
		return err
	})
	return set, err
}

// errNoAssessment refuses an id that means nothing here.
func errNoAssessment(id int64) *fault.Fault {
	return fault.Newf(fault.NotFound, "没有编号 %d 的考核记录", "there is no record of an assessment with the id %d", id)
}
