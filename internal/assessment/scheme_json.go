package assessment

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// MaxScheme is how long a scheme may be, in bytes.
const MaxScheme = 64 << 10

// ParseScheme reads a scheme from a JSON object and validates it. Members that are left out are
// as in DefaultScheme; a list, when given, replaces all of the default's. Unknown and repeated
// members, an object without members, and text after the object are refused; the fault names the
// member by JSON pointer.
//
//	{"name": "2023年度考核", "weights": {"attainment": 60, "pace": 20, "reporting": 10, "matters": 10, "opinion": 0}}
func ParseScheme(data []byte) (Scheme, error) {
	if len(data) > MaxScheme {
		return Scheme{}, fault.Newf(fault.BodyTooLarge, "考核方案超过 %d 字节", "the scheme has more than %d bytes", MaxScheme)
	}
	var given map[string]jsontext.Value
	if err := json.Unmarshal(data, &given); err != nil {
		return Scheme{}, schemeFault(err)
	}
	if len(given) == 0 {
		return Scheme{}, fault.Newf(fault.RequiredField, "考核方案没有任何内容", "the scheme is empty").At("/weights")
	}
	s := DefaultScheme()
	if err := json.Unmarshal(data, &s, json.RejectUnknownMembers(true)); err != nil {
		return Scheme{}, schemeFault(err)
	}
	if err := s.Validate(); err != nil {
		return Scheme{}, err
	}
	return s, nil
}

// JSON writes the object that ParseScheme reads, with every member.
func (s Scheme) JSON() ([]byte, error) { return json.Marshal(s) }

// schemeFault says which member could not be read.
func schemeFault(err error) error {
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
