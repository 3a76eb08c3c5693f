// Package number finds every number of a text, in figures (figure.go) and in numerals
// (numeral_token.go), with its unit (unit.go) and what it is by its own form: a quantity, a
// date, a name. Units are declared in internal/quantity. Which dates can be deadlines is
// in deadline.go.
package number
