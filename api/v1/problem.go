// Package v1 holds the types that travel over HTTP in version 1 of the
// interface: requests, responses, problems and pages. They are wire types and
// nothing else; the records behind them live in the domain.
package v1

// Problem is an error answer after RFC 9457.
type Problem struct {
	// Type is a stable URN of the code.
	Type string `json:"type" example:"urn:tracker:problem:unit_mismatch"`
	// Title is the short text of the code in the reader's language.
	Title string `json:"title" example:"计量单位量纲不符"`
	// Status is the HTTP status.
	Status int `json:"status" example:"422"`
	// Detail says what exactly is wrong, in the reader's language.
	Detail string `json:"detail" example:"单位“吨”不能换算为“个”"`
	// Code is stable: programs may rely on it.
	Code string `json:"code" example:"unit_mismatch"`
	// Field is the JSON pointer of the field at fault, or the name of the query parameter; empty when there is none.
	Field string `json:"field" example:"/unit"`
	// Measurement is the id of the measurement that stands in the way, such as the one to name in replaces or to retract; null when there is none.
	Measurement *string `json:"measurement" extensions:"x-nullable" example:"412"`
	// RequestID is in the service's log and in the X-Request-ID header.
	RequestID string `json:"request_id" example:"4X2Q7ZK5M3V6T1RB"`
} //@name Problem
