// Package database opens SQLite, the embedded default, or PostgreSQL, brings the
// schema up to date and runs transactions. Both engines answer the same way, digit for
// digit; what differs between them is behind one interface. What the tables hold is for
// the packages ledger and store: of the tables this package knows the ledger's, whose one
// row every writer locks, and what migrations say of the others.
//
// Errors of drivers become faults through DB.Translate.
package database
