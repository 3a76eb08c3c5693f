package tracker

import (
	"context"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Standings are what keeping the standings of indicators needs of the store.
type Standings interface {
	// Unjudged are some indicators whose standing does not follow from what is known, or
	// does not speak for a day.
	Unjudged(ctx context.Context, on indicator.Date, most int) ([]indicator.Unjudged, error)
	// Standings reads a page of standings, at one moment of the store.
	Standings(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery) (progress.StandingPage, error)
	// EachTally visits the standings that a query selects in the order of the plans, after it
	// has told the others: indicators whose standing is not known. It is false where those are too many.
	EachTally(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery, others func([]int64) error, visit func(progress.Tally) error) (bool, error)
	// KeepStandings stores standings made of all that was known at a moment.
	KeepStandings(ctx context.Context, standings []indicator.Standing, known time.Time) error
}

// judgedTogether is how many standings are made at a time: so many that the day turns
// quickly, and so few that reports wait for moments only.
const judgedTogether = 250

// JudgeStandings makes some of the standings that do not say any more, or not today, how
// their indicators stand, and tells how many: 0 when all do.
func (s *Service) JudgeStandings(ctx context.Context) (int, error) {
	head, err := s.head(ctx) // before anything else is read: later changes mark standings anew
	if err != nil {
		return 0, err
	}
	profile := s.profiles.newest()
	on := indicator.DateIn(s.now(), profile.Place)
	unjudged, err := s.standings.Unjudged(ctx, on, judgedTogether)
	if err != nil || len(unjudged) == 0 {
		return 0, err
	}
	codes := make([]string, len(unjudged))
	for i, u := range unjudged {
		codes[i] = u.Code
	}
	reports, err := s.figures.Current(ctx, codes, time.Time{})
	if err != nil {
		return 0, err
	}
	standings := make([]indicator.Standing, len(unjudged))
	for i, u := range unjudged {
		result := progress.Brief(u.Indicator, reports[u.Code], on, profile.Profile)
		standings[i] = progress.StandingOf(u, result, idOf(newest(reports[u.Code])))
	}
	return len(standings), s.standings.KeepStandings(ctx, standings, head.Moment)
}
