// Package store keeps records, which have versions: plans with their tasks, indicators,
// the names of agencies, external codes, access keys and settings. They are changed in
// transactions of the ledger, which a Store has whole: so one Store is all that a service
// needs of a database. A version is never changed, so that what a record said at any
// moment can be read back. Every error a method returns is a *fault.Fault.
package store
