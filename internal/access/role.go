// Package access says who may do what: roles and what they permit, the keys
// that callers show, and the ring that verifies them. It knows neither HTTP nor
// SQL; keys are kept behind a small interface, and the clock and randomness are
// given.
package access

import (
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Role is what a key may be used for.
type Role string

// The roles that a key can have.
const (
	Admin    Role = "admin"
	Reporter Role = "reporter"
	Analyst  Role = "analyst"

	Supervisor Role = "supervisor"
)

// Roles are the roles that a key can have.
var Roles = []Role{Admin, Supervisor, Reporter, Analyst}

// Label is the role in words.
func (r Role) Label() fault.Text {
	return map[Role]fault.Text{
		Admin:    {ZH: "管理", EN: "admin"},
		Reporter: {ZH: "报送", EN: "reporter"},
		Analyst:  {ZH: "分析", EN: "analyst"},
		visitor:  {ZH: "访客", EN: "visitor"},

		Supervisor: {ZH: "督查", EN: "supervisor"},
	}[r]
}

// RolesThatMay are the roles of keys that have a permission.
func RolesThatMay(wanted Permission) []Role {
	var may []Role
	for _, r := range Roles {
		if r.May(wanted) {
			may = append(may, r)
		}
	}
	return may
}

// RolesInWords says what each role may do, for whoever chooses one.
func RolesInWords() string {
	said := make([]string, len(Roles))
	for i, r := range Roles {
		said[i] = string(r) + ": " + grants[r].says
	}
	return strings.Join(said, "; ")
}

// visitor is the role of a caller without a key where reads are open.
const visitor Role = "visitor"

// Permission is what a route asks for, or what else a caller may be let do.
type Permission string

// The permissions, from the one that everybody has to those that fewest have.
const (
	Public     Permission = "public"      // no key is asked for
	Read       Permission = "read"        // plans, indicators, measurements, progress
	SeeDrafts  Permission = "see_drafts"  // what is not published yet, or was rejected
	TakePart   Permission = "take_part"   // updates, milestones, steps of issues and answers to notices
	Report     Permission = "report"      // measurements
	Supervise  Permission = "supervise"   // issues are closed, notices sent, cycles locked, assessments frozen
	Manage     Permission = "manage"      // plans and indicators are made and changed
	SeeBatches Permission = "see_batches" // those that others handed in
	Administer Permission = "administer"  // keys are made, listed and revoked
)

// grant is what a role is given.
type grant struct {
	may []Permission
	// bound says that a key of the role names agencies, and may see drafts of, report on and
	// take part in what is theirs alone.
	bound bool
	says  string // what it may do, in words
}

// grants is the one table of what each role may do; nothing else asks for a role by
// its name.
var grants = map[Role]grant{
	Admin:    {may: []Permission{Public, Read, SeeDrafts, TakePart, Report, Supervise, Manage, SeeBatches, Administer}, says: "everything"},
	Reporter: {may: []Permission{Public, Read, SeeDrafts, TakePart, Report}, bound: true, says: "reads, and posts for the indicators of its agencies"},
	Analyst:  {may: []Permission{Public, Read, SeeDrafts}, says: "reads"},
	visitor:  {may: []Permission{Public, Read}},

	Supervisor: {may: []Permission{Public, Read, SeeDrafts, TakePart, Supervise, SeeBatches}, says: "reads, raises and closes issues, sends notices, locks cycles and freezes assessments"},
}

// Permissions are what the role may do, from what everybody may to what fewest may.
func (r Role) Permissions() []Permission { return slices.Clone(grants[r].may) }

// May reports whether the role has the permission. A role that is not known has
// none.
func (r Role) May(p Permission) bool { return slices.Contains(grants[r].may, p) }
