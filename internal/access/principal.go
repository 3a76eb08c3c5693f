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
	Agencies []string // of a reporter
}

// openKey stands for the id of a key where none was asked for.
const openKey = "open"

// Visitor is a caller without a key where reads are open to everybody.
func Visitor() Principal { return Principal{Key: openKey, Role: visitor} }

// Anyone is the caller of a service that asks nobody for a key: it may do
// everything.
func Anyone() Principal { return Principal{Key: openKey, Role: Admin} }

// IsVisitor reports whether the caller showed no key.
func (p Principal) IsVisitor() bool { return p.Role == visitor }

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

// Sight is what the caller may learn of indicators that are not published: an
// admin, an analyst and the program itself of all, a reporter of those of its
// agencies, everybody else of none.
func Sight(ctx context.Context) indicator.Sight {
	p, ok := From(ctx)
	if !ok || p.Role == Admin || p.Role == Analyst {
		return indicator.Sight{}
	}
	return indicator.Sight{Limited: true, Agencies: p.Agencies}
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
	if !ok || p.Role == Admin || p.Role.May(Report) && in.Concerns(p.Agencies) {
		return nil
	}
	return fault.Newf(fault.Forbidden,
		"本密钥所属单位不承担指标 %s，不能报送其实绩", "the agencies of this key neither lead nor take part in %s, so it cannot report on it", in.Code).At("/indicator")
}
