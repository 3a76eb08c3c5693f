// Package tracker holds the use cases of more than one step: importing a plan,
// keeping indicators, recording measurements and reading progress. It names
// the storage it needs as small interfaces and knows no database and no HTTP.
package tracker

import (
	"context"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Plans is the storage of plans that the use cases need.
type Plans interface {
	// CreatePlan stores a plan with all its parts and indicators, or nothing.
	CreatePlan(ctx context.Context, p indicator.Plan, indicators []indicator.Indicator) error
	// Plan returns a plan without its document's text and its tasks.
	Plan(ctx context.Context, code string) (indicator.Plan, error)
	// PlanAsOf is Plan with the version that was current at a moment.
	PlanAsOf(ctx context.Context, code string, at time.Time) (indicator.Plan, error)
	// Document returns the document of a version of a plan.
	Document(ctx context.Context, plan string, version int) (indicator.Document, error)
	// Tasks returns the tasks of a plan's current version in its order.
	Tasks(ctx context.Context, plan string, page indicator.Page) ([]indicator.Task, int64, error)
	// ReviewPlan carries out a decision about a plan's indicators and returns
	// the codes whose state it changed.
	ReviewPlan(ctx context.Context, plan string, d indicator.Decision) ([]string, error)
	// AmendPlan stores the next version of a plan, or refuses when the plan or
	// its indicators are not those the amendment was made for.
	AmendPlan(ctx context.Context, a indicator.Amendment) error
	// CorrectJurisdiction makes a plan one of another jurisdiction.
	CorrectJurisdiction(ctx context.Context, plan, jurisdiction string) error
	// ReportsOfOthers returns which agencies of another jurisdiction than a plan's sent what
	// stands on its indicators.
	ReportsOfOthers(ctx context.Context, plan string) ([]indicator.AgencyReports, error)
	// Task returns one task of a plan.
	Task(ctx context.Context, plan, number string) (indicator.Task, error)
}

// Indicators is the storage of indicators that the use cases need.
type Indicators interface {
	// CreateIndicator stores a new indicator and gives it a code when it has none.
	CreateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error)
	// Indicator returns the current version of one indicator, if it is within sight.
	Indicator(ctx context.Context, sight indicator.Sight, code string) (indicator.Indicator, error)
	// Indicators returns the versions within sight, current or as of the query's moment, in
	// the order of the plans and of their tasks, and within a task by number.
	Indicators(ctx context.Context, sight indicator.Sight, q indicator.Query) ([]indicator.Indicator, int64, error)
	// IndicatorsAsOf returns the versions that were current at a moment.
	IndicatorsAsOf(ctx context.Context, sight indicator.Sight, q indicator.Query, at time.Time) ([]indicator.Indicator, error)
	// NewCodes returns free codes for indicators of a plan's tasks, in their order.
	NewCodes(ctx context.Context, plan string, tasks []string) ([]string, error)
	// UpdateIndicator replaces the version that the indicator carries, or
	// refuses when another one is current.
	UpdateIndicator(ctx context.Context, in indicator.Indicator) (indicator.Indicator, error)
	// MapExternalCodes makes the codes of a namespace mean the indicators given for
	// them, and none besides, and counts the indicators whose codes are others then.
	MapExternalCodes(ctx context.Context, namespace string, meanings map[string]string, dryRun bool) (indicator.CodesChanged, error)
}

// Measurements is the storage of measurements that the use cases need.
type Measurements interface {
	// Submit stores a report durably and says what became of it, or what a request
	// with the key led to before. It refuses a report that was checked against
	// another version than the current one with fault.PreconditionFailed.
	Submit(ctx context.Context, r indicator.Row, key indicator.Idempotency) (indicator.Receipt, *indicator.Answered, error)
	// Replay returns what a request with the key led to, nil when there was none.
	Replay(ctx context.Context, key indicator.Idempotency) (*indicator.Answered, error)
	// KeepBatch keeps under its key that a request was answered with a batch.
	KeepBatch(ctx context.Context, key indicator.Idempotency, batch string, unread ...string) error
	// Batch returns a batch.
	Batch(ctx context.Context, id string) (indicator.Batch, error)
	// Measurement returns one measurement or retraction.
	Measurement(ctx context.Context, id int64) (indicator.Measurement, error)
	// Retract takes a measurement back.
	Retract(ctx context.Context, id int64, reason string, by indicator.Reporter, version int) (indicator.Receipt, error)
	// OpenBatch begins a batch, or takes up the one that an earlier request with
	// the key began; a dry run stores nothing.
	OpenBatch(ctx context.Context, mode indicator.Mode, dryRun bool, key indicator.Idempotency) (indicator.BatchWriter, error)
	// Current returns the newest revisions known at a moment by indicator code.
	Current(ctx context.Context, codes []string, asOf time.Time) (map[string][]indicator.Measurement, error)
}

// Agencies is the storage of agencies that the use cases need.
type Agencies interface {
	// AnsweringFor returns the agency that has the duties of the one with a name in the
	// jurisdiction of a plan, or fails with fault.NotFound.
	AnsweringFor(ctx context.Context, plan, name string) (indicator.Acting, error)
	// Answering is that of the one with an id.
	Answering(ctx context.Context, id int64) (indicator.Acting, error)
	// AgencyNames returns what agencies were called at a moment, as known at another, each
	// with the one that had its duties.
	AgencyNames(ctx context.Context, ids []int64, asOf, at time.Time) (map[int64][]string, error)
	// ProposedMatches are the proposals that names would lead to in a jurisdiction.
	ProposedMatches(ctx context.Context, jurisdiction string, names []string) ([]indicator.AgencyMatch, error)
	// AgencyMatches returns the proposals that a plan has led to.
	AgencyMatches(ctx context.Context, plan string) ([]indicator.AgencyMatch, error)
	// DecideMatches confirms and rejects proposals of a plan.
	DecideMatches(ctx context.Context, plan string, d indicator.MatchDecision) ([]indicator.AgencyMatch, error)
	// AliasAgency, RenameAgency, MergeAgencies and SucceedAgency change an agency and return
	// it, of a merge the one that is left. A day begins at the moment given with it.
	AliasAgency(ctx context.Context, id int64, name string) (indicator.Agency, error)
	RenameAgency(ctx context.Context, id int64, name string, from indicator.Date, begins time.Time) (indicator.Agency, error)
	MergeAgencies(ctx context.Context, id int64, into string) (indicator.Agency, error)
	SucceedAgency(ctx context.Context, id int64, by string, from indicator.Date, begins time.Time) (indicator.Agency, error)
	// AgencyEvents returns what happened to an agency, and CancelAgencyEvent makes one of
	// them count as not recorded from now on.
	AgencyEvents(ctx context.Context, id int64) ([]indicator.AgencyEvent, error)
	CancelAgencyEvent(ctx context.Context, id, event int64) (indicator.Agency, error)
}

// Store is the storage of the service.
type Store interface {
	Plans
	Indicators
	Agencies
	Measurements
	Profiles
	Evidence
}

// Service carries out the use cases.
type Service struct {
	store    Store
	now      func() time.Time
	profiles profiles
	sealing  sealing
	seen     sync.Map      // code to the indicator that was last read
	named    sync.Map      // external code to the code of the indicator that it last meant
	portions chan struct{} // taken by batches that gather a whole portion
}

// New returns a service over a store. The clock says what moment it is. Until the store
// has a profile, see UseProfile, the one given judges, and days begin as in the place.
func New(store Store, now func() time.Time, place *time.Location, profile progress.Profile) *Service {
	profile.Place = place
	return &Service{
		store: store, now: now, profiles: profiles{built: judging{Profile: profile}},
		sealing: sealing{turn: make(chan struct{}, 1)}, portions: make(chan struct{}, portionsAtOnce),
	}
}

// Place is where the service's days begin.
func (s *Service) Place() *time.Location { return s.profiles.newest().Place }

// Today is the day it is where the service's days begin.
func (s *Service) Today() indicator.Date { return indicator.DateIn(s.now(), s.Place()) }
