package indicator

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// AgencyRef names an agency: the same name in another jurisdiction is another one.
type AgencyRef struct {
	ID           int64
	Jurisdiction string
	Name         string // the official one
}

// Agency (单位) is an organisation that plans name, with its standing in them.
type Agency struct {
	AgencyRef
	Aliases []string // its other names, in the order they were first met
	// Until is the last day on which it has its duties, and Successor the agency that
	// has them from then on; zero while nothing else is known.
	Until     Date
	Successor AgencyRef

	LeadTasks          int
	ParticipatingTasks int
	Indicators         int
}

// Acting is an agency with the ids under which records name what it answers for: its
// own, those of agencies merged into it and those of agencies whose duties it has taken
// over. It answers for nothing once its duties have passed on.
type Acting struct {
	AgencyRef
	AnswersFor []int64
	HeldBy     string // who has its duties, once they have passed on
}

// AgencyReports counts reports that an agency sent.
type AgencyReports struct {
	AgencyRef
	Reports int
}

// MostShown is how many of a list a refusal names.
const MostShown = 10

// AmbiguousAgency refuses a name that agencies of several jurisdictions have, some of
// which it lists, where one must be meant; the caller says at which field.
func AmbiguousAgency(name string, jurisdictions []string) *fault.Fault {
	var places []string
	for _, place := range jurisdictions[:min(len(jurisdictions), MostShown)] {
		places = append(places, cmp.Or(place, "—"))
	}
	list := strings.Join(places, "、")
	if len(jurisdictions) > MostShown {
		list += "…"
	}
	return fault.Newf(fault.AmbiguousAgency, "“%s”在几个辖区都有：%s；请写明辖区",
		"%q is an agency of several jurisdictions, %s: say of which", name, list)
}

// AgencyEventKind says what happened to an agency.
type AgencyEventKind string

// The kinds of events.
const (
	AgencyAliased   AgencyEventKind = "alias"
	AgencyRenamed   AgencyEventKind = "rename"
	AgencyMerged    AgencyEventKind = "merge"
	AgencySucceeded AgencyEventKind = "succeed"
)

// AgencyEvent is something that happened to an agency. The agency and the other, if that
// is one, have the names that they had just before it.
type AgencyEvent struct {
	ID          int64
	Kind        AgencyEventKind
	Agency      string
	Other       string // its other or new name, or the agency it is part of or has its duties since
	From        Date   // zero where it counts from when it was recorded
	RecordedAt  time.Time
	CancelledAt time.Time // zero while it counts
}

// AgencyMatch proposes that a name, which was new when the plan first wrote it, is
// another name of an agency.
type AgencyMatch struct {
	ID     int64 // 0 while nothing is stored
	Plan   string
	Name   string // as the plan writes it
	Agency AgencyRef
	State  MatchState
	// ProposedAt is zero while nothing is stored.
	ProposedAt time.Time
}

// MatchState says what became of a proposal.
type MatchState string

// The states of a proposal. Settled is one that nobody decided and that no longer
// stands: the name has come to be one of another agency or of this one.
const (
	MatchOpen      MatchState = "open"
	MatchConfirmed MatchState = "confirmed"
	MatchRejected  MatchState = "rejected"
	MatchSettled   MatchState = "settled"
)

// MatchDecision is what a person decides about proposals of one plan.
type MatchDecision struct {
	Confirm []int64
	Reject  []int64
}

// AgencyQuery selects agencies.
type AgencyQuery struct {
	Jurisdiction string    // empty: all
	Name         string    // empty: all; else those that have it, be it official or not
	AsOf         time.Time // zero: now
	Page         Page
}

// maxAgencyName bounds the name of an agency, in characters.
const maxAgencyName = 100

// CheckAgencyName refuses a text that cannot be the name of an agency, with
// fault.RequiredField or fault.InvalidValue at the field.
func CheckAgencyName(field, name string) error {
	switch {
	case name == "":
		return fault.Required(field)
	case !utf8.ValidString(name), strings.TrimSpace(name) != name, strings.ContainsFunc(name, unicode.IsControl), utf8.RuneCountInString(name) > maxAgencyName:
		return fault.Newf(fault.InvalidValue, "单位名称最长 %d 字，首尾无空白，不含控制字符",
			"the name of an agency has at most %d characters, no space at either end, no control characters", maxAgencyName).At(field)
	}
	return nil
}
