package loop

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// What happens in a daily run.
const (
	RunStarted  = "started"
	RunTaken    = "taken"   // another process goes on with it
	RunPortion  = "portion" // a part of a step is done
	RunStep     = "step"    // a step is done
	RunFinished = "finished"
)

// ByRule stands for the id of a key where rules have done something.
const ByRule = "rule"

// RunNote is the content of an event of a run.
type RunNote struct {
	On     string   `json:"on,omitempty"`     // the day, of the first event
	Worker string   `json:"worker,omitempty"` // the process that starts it or goes on with it
	Steps  []string `json:"steps,omitempty"`  // all that there are, in their order, of the first event
	Step   string   `json:"step,omitempty"`
	// Next is the position of the following portion; 0 at the end of the step.
	Next     int64          `json:"next,omitempty"`
	Looked   int            `json:"looked,omitempty"`   // at how many indicators or matters
	Appended map[string]int `json:"appended,omitempty"` // events, by type
	Plans    []PlanCount    `json:"plans,omitempty"`    // of a portion
}

// PlanCount is how many indicators or matters of a plan a portion has looked at.
type PlanCount struct {
	Plan     string `json:"plan"`
	Looked   int    `json:"looked"`
	Appended int    `json:"appended,omitempty"`
}

// Run (日常处理) is what is done by rule about a day.
type Run struct {
	ID int64
	On indicator.Date
	// AsOf is the moment whose knowledge the run works by: that of its first event, however often
	// it is taken up again.
	AsOf     time.Time
	Worker   string
	Steps    []RunStepProgress
	Plans    []PlanCount // of all portions of all steps, in the order they were first met
	Finished time.Time   // zero while it is under way
	LastAt   time.Time   // of the last event
	Taken    int         // how often another process went on with it
}

// RunStepProgress is how far a step of a run has come.
type RunStepProgress struct {
	Name     string
	Done     bool
	Begun    bool // a portion is done
	Portions int
	Next     int64 // position of the following portion
	Looked   int
	Appended map[string]int
}

// Step is how far a step has come.
func (r Run) Step(name string) RunStepProgress {
	for _, s := range r.Steps {
		if s.Name == name {
			return s
		}
	}
	return RunStepProgress{Name: name}
}

// Appended counts what the run has appended.
func (r Run) Appended() (n int) {
	for _, s := range r.Steps {
		for _, of := range s.Appended {
			n += of
		}
	}
	return n
}

// FoldRun is what a thread comes to.
func FoldRun(t Thread) (Run, error) {
	r := Run{ID: t.ID(), AsOf: t[0].At, LastAt: t[len(t)-1].At}
	for _, e := range t {
		note, err := contentOf[RunNote](e)
		if err != nil {
			return r, err
		}
		switch e.Type {
		case RunStarted:
			if r.On, err = dayOf(note.On); err != nil {
				return r, err
			}
			r.Worker = note.Worker
			for _, name := range note.Steps {
				r.Steps = append(r.Steps, RunStepProgress{Name: name, Appended: map[string]int{}})
			}
		case RunTaken:
			r.Worker = note.Worker
			r.Taken++
		case RunPortion, RunStep:
			r.take(e.Type, note)
		case RunFinished:
			r.Finished = e.At
		}
	}
	return r, nil
}

func (r *Run) take(kind string, note RunNote) {
	at := -1
	for i, s := range r.Steps {
		if s.Name == note.Step {
			at = i
		}
	}
	if at < 0 { // of a program that has more steps than the one that began the run
		r.Steps = append(r.Steps, RunStepProgress{Name: note.Step, Appended: map[string]int{}})
		at = len(r.Steps) - 1
	}
	s := &r.Steps[at]
	for kind, n := range note.Appended {
		s.Appended[kind] += n
	}
	if kind == RunStep {
		s.Done = true
		return
	}
	s.Begun, s.Next = true, note.Next
	s.Portions++
	s.Looked += note.Looked
	for _, p := range note.Plans {
		r.count(p)
	}
}

func (r *Run) count(p PlanCount) {
	for i := range r.Plans {
		if r.Plans[i].Plan == p.Plan {
			r.Plans[i].Looked += p.Looked
			r.Plans[i].Appended += p.Appended
			return
		}
	}
	r.Plans = append(r.Plans, p)
}
