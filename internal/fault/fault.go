// Package fault holds the errors that a caller may see: a stable code, the
// public text in Chinese and English, the field it is about, and, kept apart
// and never shown, the private cause.
package fault

import (
	"errors"
	"fmt"
)

// Text is one message in the two languages that the service speaks.
type Text struct {
	ZH string
	EN string
}

// In returns the text in the language named by a tag such as "en"; every other
// tag gets Chinese, the language its readers read first.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.ZH
}

// Say formats both languages with the same arguments.
func Say(zh, en string, args ...any) Text {
	return Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// Fault is an error with a stable code and text that is safe to show. Its
// Error text includes the private cause and belongs in logs only.
type Fault struct {
	Code   Code
	Field  string // JSON pointer ("/value") or query parameter name; empty when the fault is about no single field
	Detail Text
	// Measurement is the id of the measurement that stands in the way; 0 for none.
	Measurement int64
	cause       error
}

// New returns a fault of a code with the public detail.
func New(code Code, detail Text) *Fault {
	return &Fault{Code: code, Detail: detail}
}

// Newf is New over Say.
func Newf(code Code, zh, en string, args ...any) *Fault {
	return New(code, Say(zh, en, args...))
}

// Required is the fault of a field, named by JSON pointer, that was left out.
func Required(field string) *Fault {
	return Newf(RequiredField, "此项必填", "this field is required").At(field)
}

// At returns a copy of the fault that names the field by JSON pointer.
func (f *Fault) At(field string) *Fault {
	c := *f
	c.Field = field
	return &c
}

// Of returns a copy of the fault that names the measurement which stands in the way.
func (f *Fault) Of(measurement int64) *Fault {
	c := *f
	c.Measurement = measurement
	return &c
}

// Because returns a copy of the fault with its private cause.
func (f *Fault) Because(cause error) *Fault {
	c := *f
	c.cause = cause
	return &c
}

// Error implements error; the text is English, for logs.
func (f *Fault) Error() string {
	text := string(f.Code) + ": " + f.Detail.EN
	if f.Field != "" {
		text = f.Field + ": " + text
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return text
}

// Unwrap gives errors.Is and errors.As the private cause.
func (f *Fault) Unwrap() error { return f.cause }

// From returns the fault in err's chain, or an internal fault caused by err.
// It returns nil for nil.
func From(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return New(Internal, Internal.Title()).Because(err)
}

// Is reports whether err's chain holds a fault of the code.
func Is(err error, code Code) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}

// At names the field of the fault in err; an error that is no fault passes
// through unchanged. A field that is set already is kept below the new one, so
// callers can add their own level: At(err, "/target") over "/unit" gives
// "/target/unit".
func At(err error, field string) error {
	var f *Fault
	if !errors.As(err, &f) {
		return err
	}
	return f.At(field + f.Field)
}
