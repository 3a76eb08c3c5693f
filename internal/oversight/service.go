// Package oversight holds the use cases of the plan's own loop: register, updates, milestones,
// cycles, issues, notices, assessments and the daily run. It names the storage it needs as
// small interfaces, takes figures from the package tracker, and knows no database and no HTTP.
package oversight

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Store is the storage of the service.
type Store interface {
	Events
	Plans
	Reporting
	PlanList
	IssueNames
	AssessmentStore
}

// Events are the loop's events.
type Events interface {
	// WriteLoop runs a function in one transaction and stores all that it appends, or nothing.
	WriteLoop(ctx context.Context, run func(loop.Book) error) error
	// LoopThreads gives the threads that a query selects.
	LoopThreads(ctx context.Context, q loop.ThreadQuery) ([]loop.Thread, error)
	// LoopLog gives the events with ids above one, in their order, at most so many.
	LoopLog(ctx context.Context, after int64, limit int) ([]loop.Event, error)
}

// Service carries out the use cases.
type Service struct {
	events     Events
	plans      Plans
	reporting  Reporting
	planList   PlanList
	issueNames IssueNames
	figures    *tracker.Service
	now        func() time.Time

	assessing  assessing
	runPortion int // how many indicators or matters a portion of a run looks at
}

// New returns a service over a store, with figures from a service over the same one.
func New(store Store, figures *tracker.Service, now func() time.Time) *Service {
	return &Service{
		events: store, plans: store, reporting: store, planList: store, issueNames: store, figures: figures, now: now, runPortion: runPortion,
		assessing: assessing{store: store},
	}
}
