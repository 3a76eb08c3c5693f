package access

import (
	"context"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Principal is the caller of a request, once it is known who that is.
type Principal struct {
	Key      string // id of the key, indicator.WithoutKey where none was asked for
	Name     string // the key's name
	Role     Role
	Agencies []string // names of those of a reporter, in any jurisdiction
	// Acting are the agencies of a reporter themselves; what it may do hangs on what they
	// answer for.
	Acting []indicator.Acting
	// Namespace is that of the external codes which a report names without one.
	Namespace string
}

// Visitor is a caller without a key where reads are open to everybody.
func Visitor() Principal { return Principal{Key: indicator.WithoutKey, Role: visitor} }

// Anyone is the caller of a service that asks nobody for a key: it may do
// everything.
func Anyone() Principal { return Principal{Key: indicator.WithoutKey, Role: Admin} }

// May reports whether the caller has a permission. One that is bound to agencies has
// those about single indicators for the indicators of its agencies.
func (p Principal) May(wanted Permission) bool { return p.Role.May(wanted) }

// AnswersFor are the ids under which records name what the agencies of a reporter answer
// for.
func (p Principal) AnswersFor() (ids []int64) {
	for _, a := range p.Acting {
		ids = append(ids, a.AnswersFor...)
	}
	return ids
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

// Visibility is which indicators the caller may learn of. The program itself sees all.
func Visibility(ctx context.Context) indicator.Visibility {
	p, ok := From(ctx)
	switch {
	case !ok:
		return indicator.AllVisible()
	case !p.May(Read):
		return indicator.Visibility{}
	case !p.May(SeeDrafts):
		return indicator.PublishedVisible()
	case grants[p.Role].bound:
		return indicator.PublishedVisible(p.AnswersFor()...)
	}
	return indicator.AllVisible()
}

// Namespace is that of the external codes which the caller's reports name without
// one; the shared one unless the key has its own.
func Namespace(ctx context.Context) string {
	p, _ := From(ctx)
	return p.Namespace
}

// ActsFor reports whether the caller may act in a matter of agencies, given by the ids under which
// records name them: one that is bound to agencies only where one of these answers for one of
// them. The program itself may.
func ActsFor(ctx context.Context, agencies ...int64) bool {
	p, known := From(ctx)
	if !known || !grants[p.Role].bound {
		return !known || p.May(TakePart)
	}
	mine := p.AnswersFor()
	return slices.ContainsFunc(agencies, func(id int64) bool { return slices.Contains(mine, id) })
}

// MaySupervise reports whether the caller may do what a supervisor does.
func MaySupervise(ctx context.Context) bool {
	p, known := From(ctx)
	return !known || p.May(Supervise)
}

// CheckVisible refuses an indicator that the caller may not learn of, in the words
// for one that is not there.
func CheckVisible(ctx context.Context, in indicator.Indicator) error {
	if !Visibility(ctx).Shows(in) {
		return indicator.Unknown(in.Code)
	}
	return nil
}

// Given is the agency that a report names as the one it is for; zero when it names none.
type Given struct {
	Name string // as it was sent
	// Acting is the agency that has the duties of the one with the name in the jurisdiction of
	// the indicator's plan; zero when nobody has the name.
	indicator.Acting
}

// ReporterFor is who a report on an indicator comes from: the caller's key, and the
// agency that it reports for. Of a key that is bound to agencies that is the one
// given, else the only one of them that answers for a part in the indicator, else the
// only one of those that answers for the lead; where none of these is one, it fails with
// fault.RequiredField at "/agency". Other callers report for nobody, unless an agency
// that answers for a part in the indicator is given. It fails with fault.Forbidden at
// "/indicator" when none of the key's agencies answers for a part in the indicator, and
// with fault.InvalidValue at "/agency" when the one given does not, or is not the key's.
func ReporterFor(ctx context.Context, in indicator.Indicator, given Given) (indicator.Reporter, error) {
	p, known := From(ctx)
	actor := indicator.ActorFrom(ctx)
	by := indicator.Reporter{Key: actor.Key, Name: actor.Name}
	bound := known && grants[p.Role].bound
	leading, taking := concerned(p.Acting, in)
	all := slices.Concat(leading, taking)
	if bound && len(all) == 0 {
		for _, a := range p.Acting {
			if a.HeldBy != "" && in.Concerns([]int64{a.ID}) {
				return by, fault.Newf(fault.Forbidden,
					"“%[2]s”的职责已由“%[3]s”承接，指标 %[1]s 由其报送", "the duties of “%[2]s” have passed to “%[3]s”, which reports on %[1]s", in.Code, a.Name, a.HeldBy).At("/indicator")
			}
		}
	}
	if known && !p.May(Report) || bound && len(all) == 0 {
		return by, fault.Newf(fault.Forbidden,
			"本密钥所属单位不承担指标 %s，不能报送其实绩", "the agencies of this key neither lead nor take part in %s, so it cannot report on it", in.Code).At("/indicator")
	}
	one := func(a indicator.Acting) (indicator.Reporter, error) {
		by.Agency, by.AgencyID = a.Name, a.ID
		return by, nil
	}
	if given.Name != "" {
		own := slices.ContainsFunc(all, func(a indicator.Acting) bool { return a.ID == given.ID })
		switch {
		case !in.Concerns(given.AnswersFor):
			return by, fault.Newf(fault.InvalidValue,
				"“%[2]s”不承担指标 %[1]s，承担的有：%[3]s", "“%[2]s” neither leads nor takes part in %[1]s; those that do: %[3]s",
				in.Code, shortened(given.Name), strings.Join(slices.Concat(in.LeadAgencies, in.ParticipatingAgencies), "、")).At("/agency")
		case bound && !own:
			return by, fault.Newf(fault.InvalidValue,
				"“%[2]s”不是本密钥的单位，本密钥可代表：%[1]s", "“%[2]s” is not an agency of this key, which may report for: %[1]s", namesOf(all), shortened(given.Name)).At("/agency")
		}
		return one(given.Acting)
	}
	switch {
	case !bound:
		return by, nil
	case len(all) == 1:
		return one(all[0])
	case len(leading) == 1:
		return one(leading[0])
	}
	return by, fault.Newf(fault.RequiredField,
		"本密钥有多个单位承担指标 %[1]s（%[2]s），请在 agency 中写明代表哪一个报送",
		"several agencies of this key have a part in %[1]s (%[2]s): say in agency which of them reports", in.Code, namesOf(all)).At("/agency")
}

// concerned are those of the agencies that answer for the lead of an indicator, and
// those of the rest that answer for a part in it.
func concerned(agencies []indicator.Acting, in indicator.Indicator) (leading, taking []indicator.Acting) {
	for _, a := range agencies {
		switch {
		case in.LedBy(a.AnswersFor):
			leading = append(leading, a)
		case in.Concerns(a.AnswersFor):
			taking = append(taking, a)
		}
	}
	return leading, taking
}

func namesOf(agencies []indicator.Acting) string {
	names := make([]string, len(agencies))
	for i, a := range agencies {
		names[i] = a.Name
	}
	return strings.Join(names, "、")
}

// Retractor is who takes back a report on an indicator that an agency sent: for
// that agency, where the caller may report for it. It fails as ReporterFor does.
//
// What another agency sent, a caller that is bound to agencies takes back only where it has
// named that agency, by the name that the report keeps: else Retractor fails with
// fault.ReportedByAnother at "/agency". Whoever names one that did not send the report is
// refused likewise, or with fault.InvalidValue where it was sent for nobody.
func Retractor(ctx context.Context, in indicator.Indicator, sent Given, named string) (indicator.Reporter, error) {
	by, err := retractorFor(ctx, in, sent)
	p, _ := From(ctx)
	own := sent.Name == "" || !grants[p.Role].bound ||
		slices.ContainsFunc(p.Acting, func(a indicator.Acting) bool { return sent.ID != 0 && a.ID == sent.ID })
	switch {
	case err != nil || named == sent.Name || named == "" && own:
		return by, err
	case sent.Name == "":
		return by, fault.Newf(fault.InvalidValue,
			"该实绩不是代表单位报送的，请勿写 agency", "the measurement was reported for no agency: leave agency out").At("/agency")
	}
	return by, fault.Newf(fault.ReportedByAnother,
		"该实绩由“%s”报送；如确要撤回，请在 agency 中写明该单位", "the measurement was reported by “%s”; to take it back, name that agency in agency", sent.Name).At("/agency")
}

func retractorFor(ctx context.Context, in indicator.Indicator, sent Given) (indicator.Reporter, error) {
	if by, err := ReporterFor(ctx, in, sent); err == nil {
		return by, nil
	}
	by, err := ReporterFor(ctx, in, Given{})
	if p, _ := From(ctx); fault.Is(err, fault.RequiredField) { // any of its agencies may
		leading, taking := concerned(p.Acting, in)
		first := slices.Concat(leading, taking)[0]
		by.Agency, by.AgencyID = first.Name, first.ID
		return by, nil
	}
	return by, err
}

// shortened is a name as a message can show it: no agency has a longer one.
func shortened(name string) string {
	const most = 100
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}
