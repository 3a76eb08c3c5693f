package indicator

import "time"

// ProfileVersion is a profile (规则) as the ledger keeps it. Figures are judged by the
// version that was the newest at the moment whose knowledge is used.
type ProfileVersion struct {
	Version  int    // from 1
	Content  string // JSON, as progress.ParseProfile reads it
	Timezone string // IANA name of the place where days begin
	Since    time.Time
}

// LedgerHead is how far the ledger has come.
type LedgerHead struct {
	// Moment is the last that was given to anything which decides a figure: a report, a
	// version of an indicator, of a plan or of the profile. All that was stored by then
	// can be read, and whatever is stored later has a later moment. It is 1970 in an
	// empty database, and can lie ahead of the clock when that was set back.
	Moment time.Time
	// Profile is the newest version of the profile, 0 when there is none.
	Profile int
}
