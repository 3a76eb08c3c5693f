// Package wire holds the types of the annotated sample.
package wire

// Number is a decimal on its way out.
type Number string

// NumberInput is a decimal on its way in.
type NumberInput string

// ThingRequest asks for a thing.
type ThingRequest struct {
	Period string       `json:"period" binding:"required" extensions:"x-pattern=^[0-9]{4}(-[0-9]{2})?$" example:"2023-09"`
	Code   string       `json:"code" binding:"required" example:"a-1"`
	Value  NumberInput  `json:"value" swaggertype:"number" extensions:"x-number-or-string" binding:"required" example:"17.99"`
	Floor  *NumberInput `json:"floor,omitempty" swaggertype:"number" extensions:"x-number-or-string,x-nullable"`
	Change NumberInput  `json:"change,omitzero" swaggertype:"number" extensions:"x-number-or-string,x-nullable"`
} //@name ThingRequest

// Named is embedded in Thing.
type Named struct {
	// Name in Chinese.
	Name string `json:"name" example:"桩"`
}

// Thing is what was stored.
type Thing struct {
	ID string `json:"id" example:"1"`
	Named
	Value Number `json:"value" swaggertype:"number" example:"17.99"`
	// Reason says why Percent is null.
	Reason  *string  `json:"reason" enums:"none,zero" extensions:"x-nullable"`
	Percent *Number  `json:"percent" swaggertype:"number" extensions:"x-nullable"`
	Origin  *Origin  `json:"origin" extensions:"x-nullable"`
	Days    []string `json:"days" extensions:"x-pattern=^[0-9-]+$" example:"2023-09-30"`
} //@name Thing

// Origin is where a thing comes from.
type Origin struct {
	Start int `json:"start"`
	End   int `json:"end"`
} //@name Origin

// Problem is an error answer.
type Problem struct {
	Title string `json:"title" example:"不正确"`
	Code  string `json:"code" example:"invalid"`
} //@name Problem
