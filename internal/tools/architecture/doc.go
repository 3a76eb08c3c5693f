// Package architecture has no code: its test holds the import table of
// docs/architecture.md and the rules of .golangci.yml together.
package architecture
