// Package store keeps plans, indicators and measurements in SQLite, the
// embedded default, or PostgreSQL. Both engines hold the same tables and answer
// the same way, digit for digit; only their migrations and the few things
// behind the engine interface differ.
//
// Measurements and the versions of indicators are append-only, and the database
// itself refuses to change them, so that what was known at any moment can be
// read back. Every error a method returns is a *fault.Fault.
package store
