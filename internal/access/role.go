// Package access says who may do what: roles and what they permit, the keys
// that callers show, and the ring that verifies them. It knows neither HTTP nor
// SQL; keys are kept behind a small interface, and the clock and randomness are
// given.
package access

import "slices"

// Role is what a key may be used for.
type Role string

// The roles that a key can have.
const (
	Admin    Role = "admin"    // everything
	Reporter Role = "reporter" // reads, and posts measurements for the indicators of its agencies
	Analyst  Role = "analyst"  // reads
)

// Roles are the roles that a key can have.
var Roles = []Role{Admin, Reporter, Analyst}

// visitor is the role of a caller without a key where reads are open.
const visitor Role = "visitor"

// Permission is what a route asks for.
type Permission string

// The permissions, from the one that everybody has to the one that fewest have.
const (
	Public     Permission = "public"     // no key is asked for
	Read       Permission = "read"       // plans, indicators, measurements, progress
	Report     Permission = "report"     // measurements, for the indicators of one's agencies
	Manage     Permission = "manage"     // plans and indicators are made and changed
	Administer Permission = "administer" // keys are made, listed and revoked
)

var grants = map[Role][]Permission{
	Admin:    {Public, Read, Report, Manage, Administer},
	Reporter: {Public, Read, Report},
	Analyst:  {Public, Read},
	visitor:  {Public, Read},
}

// May reports whether the role has the permission. A role that is not known has
// none.
func (r Role) May(p Permission) bool { return slices.Contains(grants[r], p) }
