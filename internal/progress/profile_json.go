package progress

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// profileFile is a profile as a file writes it.
type profileFile struct {
	Name         string          `json:"name"`
	PaceBy       PaceBy          `json:"pace_by"`
	Tolerance    quantity.Number `json:"tolerance"`
	EqualIsExact bool            `json:"equal_is_exact"`
	Attained     markFile        `json:"attained"`
	AttainedLate markFile        `json:"attained_late"`
	Missed       markFile        `json:"missed"`
	NoData       markFile        `json:"no_data"`
	Uncomputed   markFile        `json:"not_computable"`
	Refused      []Caution       `json:"refused,omitempty"`
	Classes      []classFile     `json:"classes"`
	Loop         loop.Settings   `json:"loop"`
}

type markFile struct {
	Label labelFile `json:"label"`
	Color string    `json:"color"`
}

type labelFile struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

type classFile struct {
	Status Status           `json:"status"`
	From   *quantity.Number `json:"from,omitzero"`
	Below  *quantity.Number `json:"below,omitzero"`
	Label  labelFile        `json:"label"`
	Color  string           `json:"color"`
}

// ParseProfile reads a profile from a JSON object and validates it. Members
// that are left out are as in DefaultProfile, see LeftOut; classes, when given,
// replace all of the default's. An object without members, which would put
// everything back unseen, unknown and repeated members, and text after the
// object are refused.
//
//	{"name": "quarterly", "tolerance": 0.05, "classes": [
//	  {"status": "on_track", "from": -5, "label": {"zh": "达序时", "en": "On track"}, "color": "#2e7d32"},
//	  {"status": "behind", "below": -5, "label": {"zh": "滞后", "en": "Behind"}, "color": "#c62828"}]}
func ParseProfile(data []byte) (Profile, error) {
	file := fileOf(DefaultProfile())
	if err := json.Unmarshal(data, &file, json.RejectUnknownMembers(true)); err != nil {
		return Profile{}, profileFault(err)
	}
	left, err := leftOut(data)
	if err != nil {
		return Profile{}, profileFault(err)
	}
	if len(left.given) == 0 {
		names := strings.Join(left.names, ", ")
		return Profile{}, fault.Newf(fault.RequiredField, "规则文件没有任何内容，缺：%s", "the profile is empty; missing: %s", names)
	}
	p := file.profile()
	if err := p.Validate(); err != nil {
		return Profile{}, err
	}
	return p, nil
}

// LeftOut is what a file that ParseProfile reads leaves out, as a JSON object of the members as
// they are by default; "" for a file that leaves out nothing.
func LeftOut(data []byte) (string, error) {
	left, err := leftOut(data)
	if err != nil {
		return "", profileFault(err)
	}
	if len(left.names) == 0 {
		return "", nil
	}
	object := make([]string, len(left.names))
	for i, name := range left.names {
		object[i] = fmt.Sprintf("%q:%s", name, left.defaults[name])
	}
	return "{" + strings.Join(object, ",") + "}", nil
}

// lack is what a profile file has not.
type lack struct {
	given, defaults map[string]jsontext.Value
	names           []string // of the members left out, in their order
}

func leftOut(data []byte) (l lack, err error) {
	if err := json.Unmarshal(data, &l.given); err != nil {
		return l, err
	}
	whole, err := json.Marshal(fileOf(DefaultProfile()))
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(whole, &l.defaults); err != nil {
		return l, err
	}
	l.defaults["refused"] = jsontext.Value("[]")
	for _, name := range members {
		if _, ok := l.given[name]; !ok {
			l.names = append(l.names, name)
		}
	}
	return l, nil
}

// members are those of a profile file, in its order.
var members = func() (names []string) {
	for field := range reflect.TypeFor[profileFile]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}()

// MarshalJSON writes the object that ParseProfile reads.
func (p Profile) MarshalJSON() ([]byte, error) { return json.Marshal(fileOf(p)) }

// profileFault says which member of the file could not be read.
func profileFault(err error) error {
	code, at := fault.MalformedRequest, ""
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		code, at = fault.WrongType, string(semantic.JSONPointer)
	}
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at = string(syntactic.JSONPointer)
	}
	var inner *fault.Fault
	switch {
	case errors.As(err, &inner):
		return inner.At(at)
	case errors.Is(err, json.ErrUnknownName):
		code = fault.UnknownField
	case errors.Is(err, jsontext.ErrDuplicateName):
		code = fault.DuplicateField
	}
	return fault.New(code, code.Title()).Because(err).At(at)
}

func fileOf(p Profile) profileFile {
	f := profileFile{
		Name: p.Name, PaceBy: p.PaceBy, Tolerance: p.Tolerance, EqualIsExact: p.EqualIsExact,
		Attained: markFileOf(p.Attained), AttainedLate: markFileOf(p.AttainedLate), Missed: markFileOf(p.Missed),
		NoData: markFileOf(p.NoData), Uncomputed: markFileOf(p.NotComputable), Refused: p.Refused, Loop: p.Loop,
	}
	for _, c := range p.Classes {
		m := markFileOf(c.Mark)
		f.Classes = append(f.Classes, classFile{c.Status, c.From, c.Below, m.Label, m.Color})
	}
	return f
}

func markFileOf(m Mark) markFile { return markFile{labelFile(m.Label), m.Color} }

func (m markFile) mark() Mark { return Mark{fault.Text(m.Label), m.Color} }

func (f profileFile) profile() Profile {
	p := Profile{
		Name: f.Name, PaceBy: f.PaceBy, Tolerance: f.Tolerance, EqualIsExact: f.EqualIsExact,
		Attained: f.Attained.mark(), AttainedLate: f.AttainedLate.mark(), Missed: f.Missed.mark(),
		NoData: f.NoData.mark(), NotComputable: f.Uncomputed.mark(), Refused: f.Refused, Loop: f.Loop,
	}
	for _, c := range f.Classes {
		p.Classes = append(p.Classes, Class{c.Status, c.From, c.Below, markFile{c.Label, c.Color}.mark()})
	}
	return p
}
