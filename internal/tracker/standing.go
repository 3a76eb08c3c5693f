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
	// SettledIndicators are the current versions of indicators, by what the store numbers them,
	// with their agencies as of a moment, in no order.
	SettledIndicators(ctx context.Context, ids []int64, asOf time.Time) ([]indicator.Indicator, error)
	// EachTally visits the standings that a query selects in the order of the plans, after it
	// has told the others: indicators whose standing is not known. It is false where those are too many.
	EachTally(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery, others func([]int64) error, visit func(progress.Tally) error) (bool, error)
	// KeptStandings lists what standings that are kept were made of, after the indicator with an id.
	KeptStandings(ctx context.Context, after int64, most int) ([]indicator.Standing, error)
	// DifferingStandings names the columns in which kept standings are not as they should be.
	DifferingStandings(ctx context.Context, wanted []indicator.Standing) (map[int64][]string, error)
	// KeepStandings stores standings of which nothing more has become known.
	KeepStandings(ctx context.Context, standings []indicator.Standing) error
}

// StandingsTogether is how many standings are made at a time: so many that the day turns
// quickly, and so few that reports wait for moments only.
const StandingsTogether = 500

// JudgeStandings makes some of the standings that do not say any more, or not today, how
// their indicators stand, and tells how many: fewer than StandingsTogether where there were no
// others.
func (s *Service) JudgeStandings(ctx context.Context) (int, error) {
	if _, err := s.head(ctx); err != nil { // and with it the profile
		return 0, err
	}
	profile := s.profiles.newest()
	on := indicator.DateIn(s.now(), profile.Place)
	unjudged, err := s.standings.Unjudged(ctx, on, StandingsTogether)
	if err != nil || len(unjudged) == 0 {
		return 0, err
	}
	if _, err := s.head(ctx); err != nil {
		return 0, err
	}
	if s.profiles.newest().version != profile.version { // and what it marked is judged by it
		return len(unjudged), nil
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
	return len(standings), s.standings.KeepStandings(ctx, standings)
}

// VerifyStandings holds all standings that are kept against the progress that they should
// tell, and names those that are otherwise, with the columns. It returns how many it held.
func (s *Service) VerifyStandings(ctx context.Context, differs func(code string, columns []string)) (held int, err error) {
	if _, err := s.head(ctx); err != nil {
		return 0, err
	}
	profile := s.profiles.newest()
	for after := int64(0); ; {
		kept, err := s.standings.KeptStandings(ctx, after, StandingsTogether)
		if err != nil || len(kept) == 0 {
			return held, err
		}
		codes := make([]string, len(kept))
		for i, k := range kept {
			codes[i] = k.Code
		}
		reports, err := s.figures.Current(ctx, codes, time.Time{})
		if err != nil {
			return held, err
		}
		wanted := make([]indicator.Standing, len(kept))
		for i, k := range kept {
			result := progress.Brief(k.Indicator, reports[k.Code], k.GoodFrom, profile.Profile)
			wanted[i] = progress.StandingOf(k.Unjudged, result, idOf(newest(reports[k.Code])))
		}
		differing, err := s.standings.DifferingStandings(ctx, wanted)
		if err != nil {
			return held, err
		}
		for _, k := range kept {
			if columns := differing[k.ID]; len(columns) > 0 {
				differs(k.Code, columns)
			}
		}
		held, after = held+len(kept), kept[len(kept)-1].ID
	}
}
