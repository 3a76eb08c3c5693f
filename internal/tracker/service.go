// Package tracker holds the use cases of more than one step: importing a plan,
// keeping indicators, recording measurements and reading progress. It names
// the storage it needs as small interfaces and knows no database and no HTTP.
package tracker

import (
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Store is the storage of the service.
type Store interface {
	PlanImports
	PlanReviews
	PlanAmendments
	Jurisdictions
	Matches
	Duties
	AgencyChanges
	IndicatorChanges
	CodeLists
	Lookups
	Reports
	Batches
	ProfileVersions
	Figures
	Summaries
	RowTexts
	Statements
	Standings
	PlanFigures
}

// Service carries out the use cases.
type Service struct {
	imports       PlanImports
	reviews       PlanReviews
	amendments    PlanAmendments
	jurisdictions Jurisdictions
	matches       Matches
	duties        Duties
	changes       AgencyChanges
	indicators    IndicatorChanges
	codes         CodeLists
	lookups       Lookups
	reports       Reports
	batches       Batches
	versions      ProfileVersions
	figures       Figures
	summaries     Summaries
	rowTexts      RowTexts
	statements    Statements
	standings     Standings
	plans         PlanFigures

	now      func() time.Time
	profiles profiles
	sealing  sealing
	seen     sync.Map      // code to the indicator that was last read
	named    sync.Map      // external code to the code of the indicator that it last meant
	portions chan struct{} // taken by batches that gather a whole portion
	sorting  chan struct{} // taken by lists that sort what they compute
}

// New returns a service over a store. The clock says what moment it is. Until the store
// has a profile, see UseProfile, the one given judges, and days begin as in the place.
func New(store Store, now func() time.Time, place *time.Location, profile progress.Profile) *Service {
	profile.Place = place
	return &Service{
		imports: store, reviews: store, amendments: store, jurisdictions: store, matches: store, duties: store, changes: store, indicators: store,
		codes: store, lookups: store, reports: store, batches: store, versions: store, figures: store, summaries: store, rowTexts: store, statements: store,
		standings: store, plans: store,
		now: now, profiles: profiles{built: built(profile)},
		sealing: sealing{turn: make(chan struct{}, 1)}, portions: make(chan struct{}, portionsAtOnce), sorting: make(chan struct{}, sortedAtOnce),
	}
}

// built is a profile that no store has.
func built(p progress.Profile) judging {
	cycles, _ := loop.NewCyclePlan(p.Loop.Cycles) // of a calendar that is no calendar, none counts
	return judging{Profile: p, cycles: cycles}
}

// Place is where the service's days begin.
func (s *Service) Place() *time.Location { return s.profiles.newest().Place }

// Today is the day it is where the service's days begin.
func (s *Service) Today() indicator.Date { return indicator.DateIn(s.now(), s.Place()) }
