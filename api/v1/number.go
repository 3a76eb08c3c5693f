package v1

import (
	"bytes"
	"encoding/json"
	"errors"
)

// Number is an exact decimal on its way out: a JSON number with all its
// digits, never through a float and never with an exponent.
type Number string

// MarshalJSON writes the digits as they are.
func (n Number) MarshalJSON() ([]byte, error) {
	if n == "" {
		return nil, errors.New("a number without digits cannot be sent")
	}
	return []byte(n), nil
}

// UnmarshalJSON keeps the digits as they come.
func (n *Number) UnmarshalJSON(data []byte) error {
	*n = Number(bytes.TrimSpace(data))
	return nil
}

// NumberInput is a decimal on its way in: a JSON number, or a string for
// senders whose numbers are floats. The text is kept as sent; what it may say
// is for the domain to check.
type NumberInput string

// ErrNumberType says that a JSON value is neither a number nor a string.
var ErrNumberType = errors.New("a number or a string is expected")

// UnmarshalJSON accepts a number or a string.
func (n *NumberInput) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) > 0 && data[0] == '"':
		return json.Unmarshal(data, (*string)(n))
	case len(data) > 0 && (data[0] == '-' || data[0] >= '0' && data[0] <= '9'):
		*n = NumberInput(data)
		return nil
	}
	return ErrNumberType
}

// MarshalJSON sends the text as a string, which every reader keeps exactly.
func (n NumberInput) MarshalJSON() ([]byte, error) {
	return json.Marshal(string(n))
}

// NumberPatch is a number in a change: left out, cleared by null, or given.
type NumberPatch struct {
	Given bool         // the field was in the request
	Value *NumberInput // nil when it was null
}

// UnmarshalJSON accepts null, a number or a string.
func (p *NumberPatch) UnmarshalJSON(data []byte) error {
	p.Given = true
	if string(bytes.TrimSpace(data)) == "null" {
		p.Value = nil
		return nil
	}
	p.Value = new(NumberInput)
	return p.Value.UnmarshalJSON(data)
}

// MarshalJSON sends null for a cleared number.
func (p NumberPatch) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.Value)
}

// WordPatch is a word in a change: left out, cleared by null, or given.
type WordPatch struct {
	Given bool    // the field was in the request
	Word  *string // nil when it was null
}

// UnmarshalJSON accepts null or a string.
func (p *WordPatch) UnmarshalJSON(data []byte) error {
	p.Given, p.Word = true, nil
	return json.Unmarshal(data, &p.Word)
}

// MarshalJSON sends null for a cleared word.
func (p WordPatch) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.Word)
}
