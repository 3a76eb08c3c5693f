package httpapi

import (
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// newIndicator reads a request into a record; what the request leaves out
// stays zero for the use case to fill.
func newIndicator(req v1.CreateIndicatorRequest) (indicator.Indicator, error) {
	in := indicator.Indicator{
		Plan: req.Plan, Task: req.Task, Name: req.Name, Kind: indicator.Kind(req.Kind),
		Binding: indicator.Binding(req.Binding), Frequency: indicator.Frequency(req.Frequency),
		DefaultBasis: indicator.Basis(req.DefaultBasis),
	}
	if req.LeadAgencies != nil {
		in.LeadAgencies = list(*req.LeadAgencies)
	}
	if req.ParticipatingAgencies != nil {
		in.ParticipatingAgencies = list(*req.ParticipatingAgencies)
	}
	in.ExternalCodes = readExternalCodes(req.ExternalCodes)
	err := firstFault(
		func() error { return required("/plan", req.Plan) },
		func() error { return plainCode("/plan", req.Plan) },
		func() error { return required("/task", req.Task) },
		func() error { return plainCode("/task", req.Task) },
		func() (err error) { in.Target, err = readTarget(req.Target, indicator.Target{}); return },
		func() (err error) { in.Baseline, err = readNumber("/baseline", req.Baseline); return },
		func() (err error) { in.StartsOn, err = readDate("/starts_on", req.StartsOn); return },
		func() (err error) { in.DueOn, err = readDate("/due_on", req.DueOn); return },
		func() (err error) { in.Curve, err = readCurve(req.Curve); return },
		func() (err error) { in.Source, err = readSource(req.Source); return },
		func() error {
			return applyWords(&in, words{
				direction: given(req.Direction), course: given(req.Course), over: given(req.Over), each: given(req.Each),
			})
		},
		func() error { return basisStands(in, &req.DefaultBasis) },
	)
	return in, err
}

// readSource reads a mark in the plan's text, which is looked up where the indicator is made.
func readSource(mark *v1.SourceInput) (indicator.Source, error) {
	switch {
	case mark == nil:
		return indicator.Source{}, nil
	case mark.Start == nil:
		return indicator.Source{}, fault.Required("/source/start")
	case mark.End == nil:
		return indicator.Source{}, fault.Required("/source/end")
	case *mark.End <= 0: // no end stands for no mark
		return indicator.Source{}, fault.Newf(fault.InvalidValue, "终点应在起点之后", "the end has to be after the start").At("/source/end")
	}
	source := indicator.Source{Start: *mark.Start, End: *mark.End}
	set(&source.Quote, mark.Quote)
	return source, nil
}

// given is the change that a word of a new record makes.
func given(word *string) v1.WordPatch { return v1.WordPatch{Given: word != nil, Word: word} }

// applyPatch writes the fields of a change over a record.
func applyPatch(in *indicator.Indicator, req v1.PatchIndicatorRequest) error {
	before := *in
	set(&in.Name, req.Name)
	set(&in.Kind, (*indicator.Kind)(req.Kind))
	set(&in.Binding, (*indicator.Binding)(req.Binding))
	set(&in.Frequency, (*indicator.Frequency)(req.Frequency))
	set(&in.DefaultBasis, (*indicator.Basis)(req.DefaultBasis))
	set(&in.State, (*indicator.State)(req.State))
	set(&in.LeadAgencies, req.LeadAgencies)
	set(&in.ParticipatingAgencies, req.ParticipatingAgencies)
	if req.ExternalCodes != nil {
		in.ExternalCodes = readExternalCodes(*req.ExternalCodes)
	}
	return firstFault(
		func() (err error) {
			if req.Target != nil {
				in.Target, err = readTarget(*req.Target, in.Target)
			}
			return
		},
		func() (err error) {
			if req.Baseline.Given {
				in.Baseline, err = readNumber("/baseline", req.Baseline.Value)
			}
			return
		},
		func() (err error) {
			if req.StartsOn != nil {
				in.StartsOn, err = readDate("/starts_on", *req.StartsOn)
			}
			return
		},
		func() (err error) {
			if req.DueOn != nil {
				in.DueOn, err = readDate("/due_on", *req.DueOn)
			}
			if req.DueOn != nil && req.StartsOn == nil {
				in.StartsOn = indicator.Date{} // follows the due date where it was derived from it
			}
			return
		},
		func() (err error) {
			if req.Curve != nil {
				in.Curve, err = readCurve(*req.Curve)
			}
			return
		},
		func() error {
			return patchWords(in, before, words{direction: req.Direction, course: req.Course, over: req.Over, each: req.Each})
		},
		func() error {
			if req.DefaultBasis == nil && in.Over != before.Over && before.DefaultBasis == before.OmittedBasis() {
				in.DefaultBasis = "" // follows what the growth is over, unless somebody chose another
			}
			return basisStands(*in, req.DefaultBasis)
		},
	)
}

// patchWords is applyWords for a record that was there before: a baseline that
// is left alone follows the target into a new unit, and the words are held
// against it there.
func patchWords(in *indicator.Indicator, before indicator.Indicator, w words) error {
	if err := setWords(in, w); err != nil {
		return err
	}
	changed := *in
	if in.Baseline == before.Baseline {
		var err error
		if changed.Baseline, err = before.BaselineBeside(in.Target.Unit); err != nil {
			return nil //nolint:nilerr // refused where the change is applied
		}
	}
	return wordsStand(changed, w)
}

func set[T any](field *T, given *T) {
	if given != nil {
		*field = *given
	}
}

func firstFault(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func required(field, s string) error {
	if s == "" {
		return fault.Required(field)
	}
	return nil
}

// readTarget reads a target that takes the place of another. Without a value it
// waits, when a reference is given or the other one waits already.
func readTarget(t v1.TargetInput, before indicator.Target) (indicator.Target, error) {
	target := indicator.Target{Comparator: indicator.Comparator(t.Comparator), Reference: before.Reference}
	set(&target.Reference, t.Reference)
	target.Waits = t.Value == nil && target.Reference != "" && (t.Reference != nil || before.Waits)
	err := firstFault(
		func() error {
			if t.Value == nil && !target.Waits {
				return fault.Required("/target/value")
			}
			value, err := readNumber("/target/value", t.Value)
			if value != nil {
				target.Value = *value
			}
			return err
		},
		func() error {
			if t.Unit == nil && !target.Waits {
				return fault.Required("/target/unit")
			}
			return nil
		},
		func() (err error) { target.ValueHigh, err = readNumber("/target/value_high", t.ValueHigh); return },
		func() (err error) {
			if t.Unit != nil && *t.Unit != "" { // an index has none
				target.Unit, err = quantity.ParseUnit(*t.Unit)
			}
			return fault.At(err, "/target/unit")
		},
	)
	return target, err
}

func readNumber(field string, n *v1.NumberInput) (*quantity.Number, error) {
	if n == nil {
		return nil, nil //nolint:nilnil // an absent number is a valid answer here
	}
	value, err := quantity.ParseNumber(string(*n))
	if err != nil {
		return nil, fault.At(err, field)
	}
	return &value, nil
}

func readDate(field, s string) (indicator.Date, error) {
	if s == "" {
		return indicator.Date{}, nil
	}
	d, err := indicator.ParseDate(s)
	return d, fault.At(err, field)
}

func readCurve(points []v1.CurvePointInput) ([]indicator.CurvePoint, error) {
	curve := make([]indicator.CurvePoint, 0, len(points))
	for i, p := range points {
		at := "/curve/" + strconv.Itoa(i)
		on, err := readDate(at+"/on", p.On)
		if err == nil {
			err = required(at+"/on", p.On)
		}
		if err != nil {
			return nil, err
		}
		percent, err := quantity.ParseNumber(string(p.Percent))
		if err != nil {
			return nil, fault.At(err, at+"/percent")
		}
		curve = append(curve, indicator.CurvePoint{On: on, Percent: percent})
	}
	return curve, nil
}
