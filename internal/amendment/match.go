package amendment

import (
	"strconv"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

const (
	// alikeIndicator is how alike the names or the sentences of two indicators of
	// one task must be for one to be the other's newer form.
	alikeIndicator = 60
	// tellingName is the length from which a name alone says that indicators of
	// two tasks are one. A shorter one (完成投资) is too common.
	tellingName = 6
)

// matcher pairs the indicators of two texts, stage by stage; what a stage has
// paired is out of the next.
type matcher struct {
	held  []Held
	next  []indicator.Indicator
	tasks tasks
	place map[string]int // number of a new task to its place
	found map[int]int    // place in held to place in next
	taken map[int]bool   // places in next
}

func match(old Old, next New) *matcher {
	m := &matcher{
		held: old.Indicators, next: next.Indicators, tasks: pairTasks(old.Tasks, next.Tasks),
		place: map[string]int{}, found: map[int]int{}, taken: map[int]bool{},
	}
	for i, t := range next.Tasks {
		m.place[t.Number] = i
	}
	m.byKey(inTask, exactly)
	m.byKey(inTask, sameDue)
	m.byKey(inTask, sameName)
	m.byKey(anywhere, exactly)
	m.byKey(anywhere, sameNameAlone)
	m.bySimilarity(true)
	m.bySimilarity(false)
	return m
}

// read is the side of a held indicator that is compared with the newer text.
func (h Held) read() indicator.Indicator {
	if h.AsRead != nil {
		return *h.AsRead
	}
	return h.Indicator
}

// byHand says that no reading of a text was ever the source.
func (h Held) byHand() bool { return h.Indicator.Source.ByHand() }

// scope is where an indicator may be looked for.
type scope int

const (
	inTask scope = iota // in the task that its own has become
	anywhere
)

// where names the task of an indicator by its place in the newer text; false
// when it has none, or when one made by hand would be looked for elsewhere.
func (m *matcher) where(s scope, h Held) (string, bool) {
	if s == anywhere {
		return "", !h.byHand()
	}
	at, ok := m.tasks.to[h.Indicator.Task]
	return strconv.Itoa(at), ok
}

func (m *matcher) whereNew(s scope, in indicator.Indicator) string {
	if s == anywhere {
		return ""
	}
	return strconv.Itoa(m.place[in.Task])
}

// rule is a key that two indicators must share to be paired.
type rule struct {
	key   func(indicator.Indicator) string
	alone bool // each side has the key once
}

var (
	exactly = rule{key: func(in indicator.Indicator) string {
		return nameKey(in) + in.DueOn.String() + "\n" + valueKey(in) + said(in.Source)
	}}
	sameDue  = rule{key: func(in indicator.Indicator) string { return nameKey(in) + in.DueOn.String() }}
	sameName = rule{key: nameKey}
	// sameNameAlone follows an indicator across tasks.
	sameNameAlone = rule{alone: true, key: func(in indicator.Indicator) string {
		if utf8.RuneCountInString(compact(in.Name)) < tellingName {
			return nameKey(in) + valueKey(in)
		}
		return nameKey(in)
	}}
)

// nameKey is the name with the dimension: values of one must be able to stand
// beside values of the other.
func nameKey(in indicator.Indicator) string {
	return compact(in.Name) + "\n" + in.Target.Unit.Dimension() + "\n"
}

// targetValue is empty while the target waits.
func targetValue(in indicator.Indicator) string {
	if in.Target.Waits {
		return ""
	}
	return in.Target.Value.String()
}

func valueKey(in indicator.Indicator) string {
	high := ""
	if in.Target.ValueHigh != nil {
		high = in.Target.ValueHigh.String()
	}
	return targetValue(in) + "\n" + in.Target.Reference + "\n" + high + "\n" + in.Target.Unit.String() + "\n"
}

// left are the places on each side without a partner yet, by where they stand
// and what else they must share.
func (m *matcher) left(s scope, key func(indicator.Indicator) string) (old, next map[string][]int) {
	old, next = map[string][]int{}, map[string][]int{}
	for i, h := range m.held {
		if _, done := m.found[i]; done {
			continue
		}
		if at, ok := m.where(s, h); ok {
			k := at + "\n" + key(h.read())
			old[k] = append(old[k], i)
		}
	}
	for j, in := range m.next {
		if !m.taken[j] {
			k := m.whereNew(s, in) + "\n" + key(in)
			next[k] = append(next[k], j)
		}
	}
	return old, next
}

func (m *matcher) pair(i, j int) { m.found[i], m.taken[j] = j, true }

// byKey pairs what shares a key, in the order of the texts where several do.
func (m *matcher) byKey(s scope, r rule) {
	old, next := m.left(s, r.key)
	for key, olds := range old {
		news := next[key]
		if r.alone && (len(olds) != 1 || len(news) != 1) {
			continue
		}
		for n := range min(len(olds), len(news)) {
			m.pair(olds[n], news[n])
		}
	}
}

// bySimilarity pairs what is left within a task by the name or sentence most
// alike, of the same dimension or not.
func (m *matcher) bySimilarity(sameDimension bool) {
	old, next := m.left(inTask, func(indicator.Indicator) string { return "" })
	var candidates []pairing
	for at, olds := range old {
		if len(olds)*len(next[at]) > mostPairs {
			continue
		}
		for _, i := range olds {
			for _, j := range next[at] {
				if score := m.score(i, j, sameDimension); score >= alikeIndicator {
					candidates = append(candidates, pairing{i, j, score})
				}
			}
		}
	}
	for _, p := range best(candidates) {
		m.pair(p.old, p.new)
	}
}

// score says how alike two indicators are, 0 for those that are out of the
// question: a sentence is needed to say so, which one made by hand has not.
func (m *matcher) score(i, j int, sameDimension bool) int {
	h := m.held[i]
	a, b := h.read(), m.next[j]
	if h.byHand() || a.Target.Unit.SameDimension(b.Target.Unit) != sameDimension {
		return 0
	}
	return max(alike(a.Name, b.Name), alike(a.Source.Quote, b.Source.Quote))
}
