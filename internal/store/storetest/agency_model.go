package storetest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

// agencyWorld is what is known of agencies in the plainest form: every agency goes by the
// name that it was first called by.
type agencyWorld struct {
	owner    map[string]string // of every name
	official map[string]string // by agency, where it was renamed
	heir     map[string]string // by agency, where its duties have passed on
	pending  map[string]bool   // agencies whose duties are to pass on later
}

func (w agencyWorld) clone() agencyWorld {
	return agencyWorld{maps.Clone(w.owner), maps.Clone(w.official), maps.Clone(w.heir), maps.Clone(w.pending)}
}

func (w agencyWorld) called(agency string) string {
	if name, renamed := w.official[agency]; renamed {
		return name
	}
	return agency
}

func (w agencyWorld) holder(agency string) string {
	for w.heir[agency] != "" {
		agency = w.owner[w.heir[agency]]
	}
	return agency
}

// shows are the first names whose indicators are shown as an agency's.
func (w agencyWorld) shows(agency string, founders []string) (shown []string) {
	for _, name := range founders {
		of := w.owner[name]
		if of == agency || w.holder(agency) == agency && w.holder(of) == agency {
			shown = append(shown, name)
		}
	}
	return shown
}

// act does something at random in the store and in the world, if the world allows it.
func (w agencyWorld) act(t *testing.T, s *store.Store, random *rand.Rand, ids map[string]int64, founders []string, step int) {
	t.Helper()
	pick := func() string { return w.owner[founders[random.IntN(len(founders))]] }
	a, b := pick(), pick()
	fresh := fmt.Sprintf("新名%d", step)
	passes := func(agency string) bool { return w.heir[agency] != "" || w.pending[agency] }
	begins, from, effective := pastBegins.Add(time.Duration(step)*time.Minute), pastDay, true
	if random.IntN(3) == 0 {
		begins, from, effective = futureBegins, futureDay, false
	}
	switch random.IntN(4) {
	case 0:
		must(s.AliasAgency(t.Context(), ids[a], fresh))(t)
		w.owner[fresh] = a
	case 1:
		must(s.RenameAgency(t.Context(), ids[a], fresh, from, begins))(t)
		w.owner[fresh] = a
		if effective {
			w.official[a] = fresh
		}
	case 2:
		if a == b || passes(a) || passes(b) || len(slices.Compact(slices.Sorted(maps.Values(w.owner)))) < 4 {
			return
		}
		must(s.MergeAgencies(t.Context(), ids[a], w.called(b)))(t)
		for name, of := range w.owner {
			if of == a {
				w.owner[name] = b
			}
		}
	default:
		// Whoever is to have duties must have passed none on, so that there is no ring.
		if a == b || passes(b) {
			return
		}
		must(s.SucceedAgency(t.Context(), ids[a], w.called(b), from, begins))(t)
		delete(w.heir, a)
		delete(w.pending, a)
		if effective {
			w.heir[a] = b
		} else {
			w.pending[a] = true
		}
	}
}

// agencyModel lets things happen to agencies at random and asks afterwards what was so
// after each of them.
func agencyModel(t *testing.T, s *store.Store) {
	founders := []string{"甲", "乙", "丙", "丁", "戊", "己"}
	w := agencyWorld{map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}}
	ids, codeOf := map[string]int64{}, map[string]string{}
	for i, name := range founders {
		code := fmt.Sprint("p", i)
		withAgenciesOf(t, s, code, name)
		w.owner[name], ids[name], codeOf[name] = name, agencyID(t, s, "东河市", name), code+"-1-1"
	}
	random := rand.New(rand.NewPCG(20230701, 1))
	type known struct {
		at    time.Time
		world agencyWorld
	}
	var history []known
	for step := range 40 {
		w.act(t, s, random, ids, founders, step)
		history = append(history, known{markOf(t, s), w.clone()})
	}
	history = append(history, known{time.Time{}, w})
	for step, then := range history {
		got, want := map[string]string{}, map[string]string{}
		for name, agency := range then.world.owner {
			found := agencyAt(t, s, name, then.at)
			aliases := slices.Sorted(slices.Values(append([]string{found.Name}, found.Aliases...)))
			got[name] = fmt.Sprint(found.ID, found.Name, aliases, codesOf(t, s, name, then.at), found.Indicators)
			var names, codes []string
			for other, of := range then.world.owner {
				if of == agency {
					names = append(names, other)
				}
			}
			slices.Sort(names)
			for _, shown := range then.world.shows(agency, founders) {
				codes = append(codes, codeOf[shown])
			}
			want[name] = fmt.Sprint(ids[agency], then.world.called(agency), names, codes, len(codes))
		}
		equal(t, fmt.Sprintf("after step %d", step), got, want)
		if t.Failed() {
			return
		}
	}
	listed, _, err := s.Agencies(t.Context(), indicator.AgencyQuery{Page: indicator.Page{Limit: 2}})
	equal(t, "a page", len(must(listed, err)(t)), 2)
}
