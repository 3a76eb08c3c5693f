package tracker

import (
	"context"
	"fmt"
	"slices"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Lookups are what finding the indicators that reports name needs of the store.
type Lookups interface {
	Indicator(ctx context.Context, visible indicator.Visibility, code string) (indicator.Indicator, error)
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
}

// name is how a report names its indicator: by our code, by an external one, or by
// both.
type name struct {
	code     string
	external indicator.ExternalCode // zero without one
}

func (r Report) name(ctx context.Context) name {
	n := name{code: r.Indicator}
	if r.External == "" {
		return n
	}
	n.external = indicator.ExternalCode{Namespace: access.Namespace(ctx), Code: r.External}
	if r.Namespace != nil {
		n.external.Namespace = *r.Namespace
	}
	return n
}

func (n name) isExternal() bool { return n.external.Code != "" }

// unknown is the fault of a name that means nothing, or nothing that the caller may
// learn of.
func (n name) unknown() *fault.Fault {
	title := fault.Text{ZH: "指标不存在", EN: "there is no such indicator"}
	if !n.isExternal() {
		if !searchable(n.code) {
			return fault.New(fault.UnknownIndicator, title).At("/indicator")
		}
		return fault.Newf(fault.UnknownIndicator, "%[1]s：%[3]s", "%[2]s: %[3]s", title.ZH, title.EN, n.code).At("/indicator")
	}
	return fault.Newf(fault.UnknownIndicator,
		"外部代码 %s 没有对应的指标", "the external code %s means no indicator", recordable(n.external.String())).At("/external_code")
}

// at moves a fault of the indicator to the field that named it.
func (n name) at(err error) error {
	if f := fault.From(err); f != nil && n.code == "" && f.Field == "/indicator" {
		return f.At("/external_code")
	}
	return err
}

// agrees refuses a report whose two names are not of one indicator. It does not say
// which the external code means, and is asked only once the caller may know that it
// means one.
func (n name) agrees(in indicator.Indicator) error {
	if n.code == "" || n.code == in.Code {
		return nil
	}
	return fault.Newf(fault.InvalidValue,
		"外部代码 %s 指的不是指标 %s，请只写其一", "the external code %s does not mean the indicator %s: give one of them",
		n.external, recordable(n.code)).At("/external_code")
}

// namedBy notes the external code that named a report's indicator.
func (r Recorded) namedBy(n name) Recorded {
	r.External = n.external
	return r
}

// forget makes the next report read again what its name means.
func (s *Service) forget(n name) {
	if !n.isExternal() {
		s.seen.Delete(n.code)
		return
	}
	s.named.Delete(n.external)
}

// reported finds the indicator that a report is for, as it was last seen. The
// store refuses the report when that version is not current any more, and an
// external code that came to mean another indicator has given both a new version.
func (s *Service) reported(ctx context.Context, n name) (indicator.Indicator, error) {
	if n.isExternal() {
		return s.reportedExternal(ctx, n)
	}
	if in, ok := s.seen.Load(n.code); ok {
		return in.(indicator.Indicator), nil
	}
	if !searchable(n.code) {
		return indicator.Indicator{}, n.unknown()
	}
	in, err := s.lookups.Indicator(ctx, indicator.AllVisible(), n.code)
	if err != nil {
		return indicator.Indicator{}, unknownAs(err, fault.UnknownIndicator, "/indicator", n.code)
	}
	s.seen.Store(n.code, in)
	return in, nil
}

func (s *Service) reportedExternal(ctx context.Context, n name) (indicator.Indicator, error) {
	if code, ok := s.named.Load(n.external); ok {
		if in, ok := s.seen.Load(code); ok && in.(indicator.Indicator).IsKnownAs(n.external) {
			return in.(indicator.Indicator), nil
		}
	}
	found, err := s.meant(ctx, []indicator.ExternalCode{n.external})
	if err != nil {
		return indicator.Indicator{}, err
	}
	in, ok := found[n.external]
	if !ok {
		return indicator.Indicator{}, n.unknown()
	}
	return in, nil
}

// meant finds what external codes mean, at most mostLooked of them, and remembers
// it. Those that mean nothing are left out.
func (s *Service) meant(ctx context.Context, codes []indicator.ExternalCode) (map[indicator.ExternalCode]indicator.Indicator, error) {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c indicator.ExternalCode) bool {
		return !searchable(c.Code) || !searchable(c.Namespace)
	})
	if len(codes) == 0 {
		return nil, nil //nolint:nilnil // codes that cannot be stored mean nothing
	}
	ins, _, err := s.lookups.Indicators(ctx, indicator.AllVisible(), indicator.Query{External: codes})
	if err != nil {
		return nil, err
	}
	found := make(map[indicator.ExternalCode]indicator.Indicator, len(codes))
	for _, in := range ins {
		s.seen.Store(in.Code, in)
		for _, c := range in.ExternalCodes {
			found[c] = in
		}
	}
	for _, c := range codes {
		if in, ok := found[c]; ok {
			s.named.Store(c, in.Code)
		}
	}
	return found, nil
}

// checkCodesFree refuses external codes that mean another indicator which keeps
// them, and names it where the caller may learn of it.
func (s *Service) checkCodesFree(ctx context.Context, in indicator.Indicator) error {
	if len(in.ExternalCodes) == 0 {
		return nil
	}
	found, err := s.meant(ctx, in.ExternalCodes)
	if err != nil {
		return err
	}
	for i, c := range in.ExternalCodes {
		other, taken := found[c]
		if !taken || other.Code == in.Code || other.State.Yields() {
			continue
		}
		who := fault.Text{ZH: "另一指标", EN: "another indicator"}
		if access.Visibility(ctx).Shows(other) {
			who = fault.Say("指标 %s（%s）", "the indicator %s (%s)", other.Code, other.Name)
		}
		return fault.New(fault.ExternalCodeTaken, fault.Text{
			ZH: fmt.Sprintf("外部代码 %s 已对应%s", c, who.ZH), EN: fmt.Sprintf("the external code %s means %s already", c, who.EN),
		}).At(fmt.Sprintf("/external_codes/%d", i))
	}
	return nil
}
