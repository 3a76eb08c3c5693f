package access

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Key is what is kept of a key. The token itself is shown once and never
// stored.
type Key struct {
	ID        string // public, the middle part of the token
	Name      string
	Role      Role
	Agencies  []string // names of those that a bound role has, each once
	CreatedAt time.Time
	CreatedBy string // id of the key that made it; "local" for the command line
	// Namespace is that of the external codes which reports name without one. It is
	// audited only where it says something.
	Namespace string `json:",omitempty"`

	// The moments are zero for never.
	ExpiresAt  time.Time
	RevokedAt  time.Time
	LastUsedAt time.Time // at most some minutes behind

	Digest string // of the token
	// Bound are the agencies themselves: a key of an earlier release may have one name
	// in several jurisdictions.
	Bound []indicator.AgencyRef `json:",omitempty"` // the audit chain hashes a key as JSON, and earlier ones without this

	// Acting are the agencies with what they answer for at the moment the key was read.
	Acting []indicator.Acting `json:"-"`

	// Jurisdiction is where the names of a key to be made are looked up; "" where each
	// means one agency.
	Jurisdiction string `json:"-"`

	// PreviousDigest is that of the token before the last rotation, good until
	// PreviousUntil.
	PreviousDigest string
	PreviousUntil  time.Time
}

// State says whether a key can be used.
type State string

// The states of a key.
const (
	Active  State = "active"
	Expired State = "expired"
	Revoked State = "revoked"
)

// Label is the state in words.
func (s State) Label() fault.Text {
	return map[State]fault.Text{
		Active:  {ZH: "有效", EN: "active"},
		Expired: {ZH: "已到期", EN: "expired"},
		Revoked: {ZH: "已吊销", EN: "revoked"},
	}[s]
}

// StateAt is the key's state at a moment.
func (k Key) StateAt(now time.Time) State {
	switch {
	case !k.RevokedAt.IsZero():
		return Revoked
	case !k.ExpiresAt.IsZero() && !now.Before(k.ExpiresAt):
		return Expired
	}
	return Active
}

// EndOf is the moment at which a key expires that is good through a day, as days
// are at a place.
func EndOf(last indicator.Date, place *time.Location) time.Time {
	return time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, place)
}

// accepts reports whether a token of this digest opens the key at a moment.
func (k Key) accepts(shown string, now time.Time) bool {
	current := same(k.Digest, shown)
	previous := same(k.PreviousDigest, shown) && now.Before(k.PreviousUntil)
	return (current || previous) && k.StateAt(now) == Active
}

func (k Key) principal() Principal {
	return Principal{Key: k.ID, Name: k.Name, Role: k.Role, Agencies: k.Agencies, Acting: k.Acting, Namespace: k.Namespace}
}

// Bind gives a key its agencies.
func (k *Key) Bind(agencies []indicator.Acting) {
	k.Acting, k.Bound, k.Agencies = agencies, nil, nil
	for _, a := range agencies {
		k.Bound = append(k.Bound, a.AgencyRef)
		if !slices.Contains(k.Agencies, a.Name) {
			k.Agencies = append(k.Agencies, a.Name)
		}
	}
}

// NamesIn are the names that the key has in a jurisdiction or in none that is known,
// each once.
func (k Key) NamesIn(jurisdiction string) []string {
	var names []string
	for _, a := range k.Bound {
		if (a.Jurisdiction == jurisdiction || a.Jurisdiction == "") && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Unsettled reports whether a name of the key means agencies of several
// jurisdictions, or one of none that is known: such a key was made by an earlier
// release.
func (k Key) Unsettled() bool {
	return len(k.Bound) != len(k.Agencies) || slices.ContainsFunc(k.Bound, func(a indicator.AgencyRef) bool { return a.Jurisdiction == "" })
}

// Bounds on what a key says of itself.
const (
	maxName     = 100
	maxAgencies = 50
)

// check refuses a key that cannot stand: one without a name or role, and one whose
// agencies are not as its role wants them.
func (k Key) check(now time.Time) error {
	if err := checkText("/name", k.Name); err != nil {
		return err
	}
	if !slices.Contains(Roles, k.Role) {
		return fault.New(fault.InvalidValue, fault.Text{ZH: "应为 " + roleNames("、", " 或 "), EN: roleNames(", ", " or ") + " is expected"}).At("/role")
	}
	bound := grants[k.Role].bound
	switch {
	case bound && (len(k.Agencies) == 0 || len(k.Agencies) > maxAgencies):
		return fault.Newf(fault.InvalidValue,
			"%[1]s密钥须写明 1 至 %[2]d 个单位", "a key with the role %[3]s has 1 to %[2]d agencies", k.Role.Label().ZH, maxAgencies, k.Role).At("/agencies")
	case !bound && len(k.Agencies) > 0:
		return fault.Newf(fault.InvalidValue, "%[1]s密钥不写单位", "a key with the role %[2]s has no agencies", k.Role.Label().ZH, k.Role).At("/agencies")
	}
	for i, agency := range k.Agencies {
		if err := checkText("/agencies", agency); err != nil {
			return err
		}
		if slices.Contains(k.Agencies[:i], agency) {
			return fault.Newf(fault.InvalidValue, "单位“%s”重复", "the agency %q is given twice", agency).At("/agencies")
		}
	}
	if err := indicator.CheckNamespace(k.Namespace); err != nil {
		return fault.At(err, "/namespace")
	}
	if k.Jurisdiction != "" {
		if !bound {
			return fault.Newf(fault.InvalidValue, "%[1]s密钥不写辖区", "a key with the role %[2]s has no jurisdiction", k.Role.Label().ZH, k.Role).At("/jurisdiction")
		}
		if err := indicator.CheckJurisdiction("/jurisdiction", k.Jurisdiction); err != nil {
			return err
		}
	}
	if k.StateAt(now) == Expired {
		return fault.Newf(fault.InvalidValue, "到期日已过", "the last day is over already").At("/expires_on")
	}
	return nil
}

// roleNames lists the roles that a key can have, with words before the last.
func roleNames(between, last string) string {
	names := make([]string, len(Roles))
	for i, r := range Roles {
		names[i] = string(r)
	}
	end := len(names) - 1
	return strings.Join(names[:end], between) + last + names[end]
}

func checkText(field, text string) error {
	switch {
	case text == "":
		return fault.Newf(fault.RequiredField, "此项必填", "this field is required").At(field)
	case !utf8.ValidString(text), strings.ContainsFunc(text, unicode.IsControl), strings.TrimSpace(text) != text, utf8.RuneCountInString(text) > maxName:
		return fault.Newf(fault.InvalidValue,
			"最长 %d 字，首尾无空白，不含控制字符", "at most %d characters, no space at either end, no control characters", maxName).At(field)
	}
	return nil
}
