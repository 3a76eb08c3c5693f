package access

import (
	"context"
	"slices"

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

// concerns reports whether one of the principal's agencies leads the indicator
// or takes part in it.
func (p Principal) concerns(in indicator.Indicator) bool {
	return slices.ContainsFunc(p.Agencies, func(agency string) bool {
		return slices.Contains(in.LeadAgencies, agency) || slices.Contains(in.ParticipatingAgencies, agency)
	})
}

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

// CheckReport refuses a measurement of an indicator whose agencies are not the
// caller's, with fault.Forbidden at "/indicator". The program itself may report
// on any.
func CheckReport(ctx context.Context, in indicator.Indicator) error {
	p, ok := From(ctx)
	if !ok || p.Role == Admin || p.Role.May(Report) && p.concerns(in) {
		return nil
	}
	return fault.Newf(fault.Forbidden,
		"本密钥所属单位不承担指标 %s，不能报送其实绩", "the agencies of this key neither lead nor take part in %s, so it cannot report on it", in.Code).At("/indicator")
}
