package access

import (
	"context"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Principal is the caller of a request, once it is known who that is.
type Principal struct {
	Key      string // id of the key, "open" where none was asked for
	Name     string // the key's name
	Role     Role
	Agencies []string // names of those of a reporter, in any jurisdiction
	// AgencyIDs are the agencies of a reporter themselves; what it may do hangs on them.
	AgencyIDs []int64
}

// openKey stands for the id of a key where none was asked for.
const openKey = "open"

// Visitor is a caller without a key where reads are open to everybody.
func Visitor() Principal { return Principal{Key: openKey, Role: visitor} }

// Anyone is the caller of a service that asks nobody for a key: it may do
// everything.
func Anyone() Principal { return Principal{Key: openKey, Role: Admin} }

// May reports whether the caller has a permission. One that is bound to agencies has
// those about single indicators for the indicators of its agencies.
func (p Principal) May(wanted Permission) bool { return p.Role.May(wanted) }

type principalKey struct{}

// With returns a context under which a principal acts.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// From returns who acts under a context; false when it is the program itself,
// as on the command line.
func From(ctx context.Context) (Principal, bool) {
	p, ok := ctx.Value(principalKey{}).(Principal)
	return p, ok
}

// Sight is which indicators the caller may learn of. The program itself sees all.
func Sight(ctx context.Context) indicator.Sight {
	p, ok := From(ctx)
	switch {
	case !ok:
		return indicator.SightOfAll()
	case !p.May(Read):
		return indicator.Sight{}
	case !p.May(SeeDrafts):
		return indicator.SightOfPublished()
	case grants[p.Role].bound:
		return indicator.SightOfPublished(p.AgencyIDs...)
	}
	return indicator.SightOfAll()
}

// CheckSight refuses an indicator that the caller may not learn of, in the words
// for one that is not there.
func CheckSight(ctx context.Context, in indicator.Indicator) error {
	if !Sight(ctx).Shows(in) {
		return indicator.Unknown(in.Code)
	}
	return nil
}

// CheckReport refuses a measurement of an indicator whose agencies are not the
// caller's, with fault.Forbidden at "/indicator". The program itself may report
// on any.
func CheckReport(ctx context.Context, in indicator.Indicator) error {
	p, ok := From(ctx)
	if !ok || p.May(Report) && (!grants[p.Role].bound || in.Concerns(p.AgencyIDs)) {
		return nil
	}
	return fault.Newf(fault.Forbidden,
		"本密钥所属单位不承担指标 %s，不能报送其实绩", "the agencies of this key neither lead nor take part in %s, so it cannot report on it", in.Code).At("/indicator")
}
