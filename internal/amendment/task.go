package amendment

import "github.com/indicator-tracker/tracker/internal/indicator"

const (
	// alikeTitle is how alike two titles must be to be those of one task.
	alikeTitle = 50
	// mostPairs bounds the work of looking for what is alike: texts that have
	// less in common than that are not versions of one plan.
	mostPairs = 1_000_000
)

// tasks pairs the tasks of two texts.
type tasks struct {
	to map[string]int // number of the old task to the place of the new one
	// sure are the old tasks whose title, not their number alone, was found again.
	sure map[string]bool
}

// pairTasks finds the tasks again whose numbers may have shifted: by title and
// number, by title alone, by the title most alike, and what is left by number.
func pairTasks(old, next []indicator.Task) tasks {
	p := taskPairing{old: old, next: next, taken: map[int]bool{}, tasks: tasks{to: map[string]int{}, sure: map[string]bool{}}}
	p.byKey(true, func(t indicator.Task) string { return titleKey(t, t.Number) })
	p.byKey(true, func(t indicator.Task) string { return titleKey(t, "") })
	p.bySimilarity()
	p.byKey(false, func(t indicator.Task) string { return t.Number })
	return p.tasks
}

// titleKey is empty for a task without a title.
func titleKey(t indicator.Task, number string) string {
	if t.Title == "" {
		return ""
	}
	return number + "\n" + compact(t.Title)
}

type taskPairing struct {
	tasks
	old, next []indicator.Task
	taken     map[int]bool // places in next
}

func (p *taskPairing) pair(i, j int, sure bool) {
	number := p.old[i].Number
	p.to[number], p.sure[number], p.taken[j] = j, sure, true
}

// left are the places on each side that have no partner yet.
func (p *taskPairing) left() (old, next []int) {
	for i, t := range p.old {
		if _, done := p.to[t.Number]; !done {
			old = append(old, i)
		}
	}
	for j := range p.next {
		if !p.taken[j] {
			next = append(next, j)
		}
	}
	return old, next
}

// byKey pairs what shares a key, in the order of the texts.
func (p *taskPairing) byKey(sure bool, key func(indicator.Task) string) {
	olds, nexts := p.left()
	waiting := map[string][]int{}
	for _, j := range nexts {
		if k := key(p.next[j]); k != "" {
			waiting[k] = append(waiting[k], j)
		}
	}
	for _, i := range olds {
		k := key(p.old[i])
		if places := waiting[k]; len(places) > 0 {
			p.pair(i, places[0], sure)
			waiting[k] = places[1:]
		}
	}
}

func (p *taskPairing) bySimilarity() {
	olds, nexts := p.left()
	if len(olds)*len(nexts) > mostPairs {
		return
	}
	var candidates []pairing
	for _, i := range olds {
		for _, j := range nexts {
			a, b := p.old[i], p.next[j]
			if score := alike(a.Title, b.Title); score >= alikeTitle {
				candidates = append(candidates, pairing{i, j, 2*score + sameNumber(a, b)})
			}
		}
	}
	for _, c := range best(candidates) {
		p.pair(c.old, c.new, true)
	}
}

// sameNumber decides between titles that are alike to the same degree.
func sameNumber(a, b indicator.Task) int {
	if a.Number == b.Number {
		return 1
	}
	return 0
}
