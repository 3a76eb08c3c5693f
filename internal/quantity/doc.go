// Package quantity holds exact numbers with units. Decimals come in, rationals
// are computed with, and a result is rounded half up once, on the way out; no
// float64 is involved anywhere.
package quantity
