package tracker

import (
	"context"
	"sync"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// ProfileVersions are what keeping the profile needs of the store.
type ProfileVersions interface {
	// Head reads how far the ledger has come.
	Head(ctx context.Context) (indicator.LedgerHead, error)
	// Profiles lists all versions of the profile, the oldest first.
	Profiles(ctx context.Context) ([]indicator.ProfileVersion, error)
	// AddProfile makes a profile the version after the one that it carries, unless
	// another one is the newest.
	AddProfile(ctx context.Context, p indicator.ProfileVersion) (bool, error)
}

// judging is a version of the profile, ready to judge.
type judging struct {
	progress.Profile
	version int
	since   time.Time
	cycles  loop.CyclePlan
}

// profiles are the versions of the profile that the store is known to have.
type profiles struct {
	mu       sync.Mutex
	built    judging   // judges until the store has one
	versions []judging // the oldest first
	complete time.Time // the moment up to which versions are all there are
}

// at is what judges knowledge of a moment: the newest version there was, or the first
// for what is older than that. It is false where newer versions may be missing.
func (p *profiles) at(moment time.Time) (judging, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.versions) - 1; i >= 0; i-- {
		if v := p.versions[i]; i == 0 || !v.since.After(moment) {
			return v, !moment.After(p.complete)
		}
	}
	return p.built, !moment.After(p.complete)
}

// newest is the last version that is known.
func (p *profiles) newest() judging {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.versions); n > 0 {
		return p.versions[n-1]
	}
	return p.built
}

// agree notes that the ledger stood at a head. It is false where that has a version
// which is not known.
func (p *profiles) agree(head indicator.LedgerHead) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if head.Profile > len(p.versions) {
		return false
	}
	p.complete = latest(p.complete, head.Moment)
	return true
}

// keep takes the versions that the store had when the ledger stood at a head, or later.
func (p *profiles) keep(versions []judging, head indicator.LedgerHead) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(versions) > len(p.versions) {
		p.versions = versions
	}
	p.complete = latest(p.complete, head.Moment)
}

// head reads how far the ledger has come, and the versions of the profile that are new.
func (s *Service) head(ctx context.Context) (indicator.LedgerHead, error) {
	head, err := s.versions.Head(ctx)
	if err != nil || s.profiles.agree(head) {
		return head, err
	}
	return head, s.readProfiles(ctx, head)
}

// HeadToday is how far the ledger has come, and the day it is by the profile of then.
func (s *Service) HeadToday(ctx context.Context) (indicator.LedgerHead, indicator.Date, error) {
	head, err := s.head(ctx)
	return head, s.Today(), err
}

func (s *Service) readProfiles(ctx context.Context, head indicator.LedgerHead) error {
	stored, err := s.versions.Profiles(ctx)
	if err != nil {
		return err
	}
	versions := make([]judging, len(stored))
	for i, v := range stored {
		if versions[i], err = ready(v); err != nil {
			return err
		}
	}
	s.profiles.keep(versions, head)
	return nil
}

// ready reads a stored profile. One that this program cannot read was written by a
// newer one.
func ready(v indicator.ProfileVersion) (judging, error) {
	p, err := progress.ParseProfile([]byte(v.Content))
	if err == nil {
		p.Place, err = time.LoadLocation(v.Timezone)
	}
	if err != nil {
		return judging{}, fault.Newf(fault.Internal,
			"本程序读不懂数据库中的规则第 %d 版", "this program cannot read version %d of the profile in the database", v.Version).Because(err)
	}
	cycles, err := loop.NewCyclePlan(p.Loop.Cycles)
	return judging{p, v.Version, v.Since, cycles}, err
}

// profileAt is the profile that judges knowledge of a moment.
func (s *Service) profileAt(ctx context.Context, moment time.Time) (judging, error) {
	p, all := s.profiles.at(moment)
	if all {
		return p, nil
	}
	if _, err := s.head(ctx); err != nil {
		return judging{}, err
	}
	p, _ = s.profiles.at(moment)
	return p, nil
}

// LoadProfile reads the profiles of the store, so that its newest judges.
func (s *Service) LoadProfile(ctx context.Context) error {
	_, err := s.head(ctx)
	return err
}

// Settled says what became of the profile that a service is to judge by.
type Settled struct {
	Version int       // of the profile that judges from now on
	Since   time.Time // when that became the newest
	Adopted bool      // it has just been stored
}

// UseProfile makes sure that the profile given is the newest of the store, whose
// versions judge all figures; without one (nil) it is the store's own. A store that has
// none keeps the one given, or the default, as its first. place is where days begin.
//
// Where the store's newest is another, it fails with fault.InvalidParameter at "profile" or "timezone", unless adopt
// says that the one given shall judge from now on: all earlier knowledge is judged as
// it was.
func (s *Service) UseProfile(ctx context.Context, given *progress.Profile, place *time.Location, adopt bool) (Settled, error) {
	for {
		head, err := s.head(ctx)
		if err != nil {
			return Settled{}, err
		}
		newest := s.profiles.newest()
		wanted := newest.Profile
		if given != nil {
			wanted = *given
		}
		wanted.Place = place
		content, err := wanted.MarshalJSON()
		if err != nil {
			return Settled{}, err
		}
		if head.Profile > 0 {
			stored, err := newest.MarshalJSON()
			if err != nil {
				return Settled{}, err
			}
			same := string(stored) == string(content) && newest.Place.String() == place.String()
			switch {
			case same:
				return Settled{Version: newest.version, Since: newest.since}, nil
			case !adopt:
				return Settled{}, profileDiffers(newest, wanted, string(stored) != string(content))
			}
		}
		added, err := s.versions.AddProfile(ctx, indicator.ProfileVersion{Version: head.Profile, Content: string(content), Timezone: place.String()})
		if err != nil {
			return Settled{}, err
		}
		if _, err := s.head(ctx); err != nil {
			return Settled{}, err
		}
		if newest = s.profiles.newest(); added {
			return Settled{Version: newest.version, Since: newest.since, Adopted: true}, nil
		}
	}
}

// profileDiffers says in what the profile of the store is another one.
func profileDiffers(stored judging, given progress.Profile, content bool) error {
	if !content {
		return fault.Newf(fault.InvalidParameter,
			"数据库的规则第 %d 版以 %s 的日期计算，本程序要用 %s", "version %d of the profile in the database counts the days of %s, and this program is to count those of %s",
			stored.version, stored.Place, given.Place).At("timezone")
	}
	return fault.Newf(fault.InvalidParameter,
		"数据库的规则是第 %d 版“%s”（自 %s 起），与给出的“%s”内容不同", "version %d of the profile in the database, %q (since %s), is not the one given, %q",
		stored.version, stored.Name, stored.since.UTC().Format(time.RFC3339), given.Name).At("profile")
}
