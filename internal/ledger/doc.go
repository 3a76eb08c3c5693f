// Package ledger keeps what is only ever appended to: measurements and their
// retractions, batches and their receipts, what idempotency keys led to, the audit chain,
// profiles and what happens to agencies. The database itself refuses to change them, so
// that what was known at any moment can be read back.
//
// A report goes one way. Submit puts it into the queue, where it shares a transaction with
// others, or OpenBatch gathers it with the rows of its batch (queue.go, batch.go). A
// transaction takes the ledger's row, which every writer locks first, and reads the
// indicators and sources of all its rows (write.go, said.go, reporter.go); judges the rows
// in memory, in order (judge.go); and writes rows, states, what keys led to and audit
// entries (state.go, idempotency.go, audit.go). What comes back is a receipt.
//
// Records, which have versions, are the package store's: it changes them in transactions
// that take the ledger with Ledger.LockLedger and end with Ledger.Record, and it tells the
// ledger, through Version, what an indicator said. Every error a method returns is a
// *fault.Fault.
package ledger
