package tracker

import (
	"context"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// roster keeps the indicators of a batch.
type roster struct {
	service *Service
	ctx     context.Context //nolint:containedctx // lives as long as the batch
	seen    map[string]seen
	named   map[indicator.ExternalCode]seen
	// agencies that rows name as those they are for, by the plan and the name.
	agencies map[[2]string]access.Given
}

// given finds an agency once. The error is about the store.
func (r *roster) given(plan, name string) (access.Given, error) {
	k := [2]string{plan, name}
	if known, ok := r.agencies[k]; ok || name == "" {
		return known, nil
	}
	given, err := r.service.given(r.ctx, plan, name)
	if err == nil && len(r.agencies) < mostSeen {
		r.agencies[k] = given
	}
	return given, err
}

type seen struct {
	in       indicator.Indicator
	refusal  *fault.Fault
	cautions func([]indicator.Measurement) map[int64][]string
}

func (s *Service) seenAs(in indicator.Indicator) seen {
	profile := s.profiles.newest().Profile
	return seen{in: in, cautions: func(current []indicator.Measurement) map[int64][]string {
		return progress.CautionsBy(in, current, profile)
	}}
}

// mostSeen and mostKept, in bytes of a name, bound the memory that a batch of names
// which do not exist takes.
const (
	mostSeen = 100_000
	mostKept = 1000
)

// mostLooked is how many indicators are looked up in one query.
const mostLooked = 500

// checkAll adds what was sent to the rows. The error is about the store, not a row.
func (r *roster) checkAll(rows []indicator.Row, list []unchecked, keyed bool) ([]indicator.Row, error) {
	if err := r.lookAhead(list); err != nil {
		return nil, err
	}
	for _, u := range list {
		row := indicator.Row{Refusal: u.refusal}
		if u.refusal == nil {
			var err error
			if row, err = r.check(u.report); err != nil {
				return nil, err
			}
		}
		var err error
		if row.Origin, err = r.origin(u.report); err != nil {
			return nil, err
		}
		if keyed {
			row.Content = contentOf(u.report, u.refusal)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// mostNamed is how much of a code or a name of a sheet is kept in a receipt, in
// characters: no indicator has a longer one.
const mostNamed = 200

func originOf(r Report) indicator.Origin {
	return indicator.Origin{Sheet: recordable(r.Place.Sheet), Line: r.Place.Line, Indicator: recordable(r.Indicator)}
}

// origin is the origin of a row: of one that an external code names with that and, where
// the caller may learn of it, the code of the indicator that it means. The error is
// about the store.
func (r *roster) origin(report Report) (indicator.Origin, error) {
	o, n := originOf(report), report.name(r.ctx)
	if !n.isExternal() {
		return o, nil
	}
	o.External = indicator.ExternalCode{Namespace: recordable(n.external.Namespace), Code: recordable(n.external.Code)}
	if o.Indicator != "" {
		return o, nil
	}
	known, err := r.lookExternal(n)
	if err == nil && known.refusal == nil && access.CheckVisible(r.ctx, known.in) == nil {
		o.Indicator = known.in.Code
	}
	return o, err
}

// recordable is a name as a receipt can keep it.
func recordable(s string) string {
	if len(s) > mostNamed {
		if r := []rune(s); len(r) > mostNamed {
			s = string(r[:mostNamed]) + "…"
		}
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// lookAhead finds many indicators at a time. What it does not find is for look.
func (r *roster) lookAhead(list []unchecked) error {
	var codes []string
	met := map[string]bool{}
	for _, u := range list {
		code := u.report.Indicator
		if u.report.External != "" {
			continue // for lookAheadExternal
		}
		if _, known := r.seen[code]; !known && !met[code] && code != "" && searchable(code) && len(r.seen)+len(codes) < mostSeen {
			met[code] = true
			codes = append(codes, code)
		}
	}
	for some := range slices.Chunk(codes, mostLooked) {
		found, _, err := r.service.lookups.Indicators(r.ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Codes: some}})
		if err != nil {
			return err
		}
		for _, in := range found {
			r.seen[in.Code] = r.service.seenAs(in)
			r.service.seen.Store(in.Code, in)
		}
	}
	return r.lookAheadExternal(list)
}

// lookAheadExternal finds what many external codes mean at a time.
func (r *roster) lookAheadExternal(list []unchecked) error {
	var codes []indicator.ExternalCode
	met := map[indicator.ExternalCode]bool{}
	for _, u := range list {
		if u.report.External == "" {
			continue
		}
		c := u.report.name(r.ctx).external
		if _, known := r.named[c]; !known && !met[c] && len(r.named)+len(codes) < mostSeen && len(c.Code)+len(c.Namespace) <= mostKept {
			met[c] = true
			codes = append(codes, c)
		}
	}
	for some := range slices.Chunk(codes, mostLooked) {
		found, err := r.service.meant(r.ctx, some)
		if err != nil {
			return err
		}
		for _, c := range some {
			if in, ok := found[c]; ok {
				r.named[c] = r.seenOnce(in)
			} else {
				r.named[c] = seen{refusal: name{external: c}.unknown()}
			}
		}
	}
	return nil
}

// seenOnce keeps one entry of an indicator, by whichever names it comes.
func (r *roster) seenOnce(in indicator.Indicator) seen {
	known, ok := r.seen[in.Code]
	if !ok || known.refusal != nil || known.in.Version != in.Version {
		known = r.service.seenAs(in)
		if len(r.seen) < mostSeen {
			r.seen[in.Code] = known
		}
	}
	return known
}

// check turns a report into a row. The error is about the store, not the row.
func (r *roster) check(report Report) (indicator.Row, error) {
	if refusal := fault.From(report.checkWhole()); refusal != nil {
		return indicator.Row{Refusal: report.Place.inCell(refusal)}, nil
	}
	known, err := r.look(report.name(r.ctx))
	if err != nil {
		return indicator.Row{}, err
	}
	if known.refusal != nil {
		return indicator.Row{Refusal: report.Place.inCell(known.refusal)}, nil //nolint:nilerr // a refused row is a result, not a failure
	}
	given, err := r.given(known.in.Plan, report.Agency)
	if err != nil {
		return indicator.Row{}, err
	}
	row := r.service.rowOf(r.ctx, report, known.in, given)
	row.Cautions = known.cautions
	row.Again = func(current indicator.Indicator) indicator.Row {
		if n := report.name(r.ctx); n.isExternal() && !current.IsKnownAs(n.external) {
			return indicator.Row{Refusal: errRemapped.At("/external_code")}
		}
		row := r.service.rowOf(r.ctx, report, current, given)
		row.Cautions = r.service.seenAs(current).cautions
		return row
	}
	return row, nil
}

// errRemapped says that an external code has ceased to mean what it meant when its row
// was read.
var errRemapped = fault.Newf(fault.PreconditionFailed,
	"外部代码在此期间改指其他指标，请重发", "the external code has come to mean another indicator in the meantime; send the row again")

// rowOf is the row that a report makes, which may be a refusal.
func (s *Service) rowOf(ctx context.Context, report Report, in indicator.Indicator, given access.Given) indicator.Row {
	row, refused := s.admitted(ctx, report, in, given)
	if refused != nil {
		return indicator.Row{Refusal: report.inPercent(fault.From(refused))}
	}
	return row
}

// look finds an indicator once. The error is about the store, not the name.
func (r *roster) look(n name) (seen, error) {
	if n.isExternal() {
		return r.lookExternal(n)
	}
	if known, ok := r.seen[n.code]; ok {
		return known, nil
	}
	known, err := r.find(n)
	if err == nil && len(r.seen) < mostSeen && len(n.code) <= mostKept {
		r.seen[n.code] = known
	}
	return known, err
}

// lookExternal is look of an external code. That it agrees with our code beside it
// is a matter of admitted.
func (r *roster) lookExternal(n name) (seen, error) {
	known, ok := r.named[n.external]
	if !ok {
		var err error
		if known, err = r.find(name{external: n.external}); err != nil {
			return seen{}, err
		}
		if len(r.named) < mostSeen && len(n.external.Code)+len(n.external.Namespace) <= mostKept {
			r.named[n.external] = known
		}
	}
	return known, nil
}

// find reads what a name means from the store.
func (r *roster) find(n name) (seen, error) {
	r.service.forget(n)
	in, err := r.service.reported(r.ctx, n)
	known := r.service.seenAs(in)
	known.refusal = fault.From(err)
	if known.refusal != nil {
		switch known.refusal.Code {
		case fault.Internal, fault.Unavailable, fault.Timeout:
			return seen{}, err
		}
	}
	return known, nil
}
