package loop

import (
	"encoding/json"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// What matters of assessments are about.
const (
	AboutScheme = "scheme" // one matter for each plan: the versions of its scheme
	AboutEntry  = "entry"  // something entered by hand
	AboutResult = "result" // a frozen result
)

// What happens in them.
const (
	SchemeSet     = "scheme"
	EntryMade     = "entered"
	EntryWithdraw = "withdrawn"
	ResultFrozen  = "frozen"
)

// SchemeContent is a version of a scheme, whole.
type SchemeContent struct {
	Scheme json.RawMessage `json:"scheme"`
}

// EntryContent is what was entered by hand about an agency.
type EntryContent struct {
	Kind   string          `json:"kind"`
	Points quantity.Number `json:"points"` // without meaning for a veto
	By     string          `json:"by"`     // who gave it
	Reason string          `json:"reason"`
	On     string          `json:"on"` // first day that it counts on
}

// WithdrawContent is why an entry was taken back.
type WithdrawContent struct {
	Reason string `json:"reason"`
}

// FrozenContent is an official result. Result has the bytes that were official then.
type FrozenContent struct {
	Title         string          `json:"title"`
	On            string          `json:"on"`
	AsOf          string          `json:"as_of"`
	SchemeVersion int             `json:"scheme_version"`
	Scheme        json.RawMessage `json:"scheme"`
	Profile       int             `json:"profile_version"`
	Rules         int             `json:"rules"`
	// Scores are what a later computation is compared with.
	Scores []FrozenScore   `json:"scores"`
	Result json.RawMessage `json:"result"`
}

// FrozenScore is the score of an agency in a frozen result. Figures are as printed, empty for
// none.
type FrozenScore struct {
	Agency    int64             `json:"agency"`
	Name      string            `json:"name"`
	Total     string            `json:"total,omitempty"`
	Rank      int               `json:"rank,omitempty"`
	Grade     string            `json:"grade,omitempty"`
	Bonus     string            `json:"bonus"`
	Deduction string            `json:"deduction"`
	Parts     map[string]string `json:"parts"`
}

// Entry is something entered by hand, as it stands.
type Entry struct {
	EntryContent

	Made      Event
	Withdrawn *Event // nil while it counts
	Why       string // it was withdrawn
}

// FoldEntry reads the thread of an entry.
func FoldEntry(t Thread) (Entry, error) {
	e := Entry{Made: t[0]}
	if err := json.Unmarshal(t[0].Content, &e.EntryContent); err != nil {
		return e, err
	}
	for i := range t[1:] {
		if w := t[i+1]; w.Type == EntryWithdraw {
			var content WithdrawContent
			if err := json.Unmarshal(w.Content, &content); err != nil {
				return e, err
			}
			e.Withdrawn, e.Why = &w, content.Reason
		}
	}
	return e, nil
}

// FoldScheme is the newest version of a scheme, 0 for none, and its content.
func FoldScheme(threads []Thread) (version int, content SchemeContent, at Event, err error) {
	if len(threads) == 0 {
		return 0, content, at, nil
	}
	t := threads[0]
	at = t[len(t)-1]
	return len(t), content, at, json.Unmarshal(at.Content, &content)
}

// FoldFrozen reads the thread of a frozen result.
func FoldFrozen(t Thread) (content FrozenContent, err error) {
	return content, json.Unmarshal(t[0].Content, &content)
}
