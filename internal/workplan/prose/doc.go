// Package prose is the text of a plan as it is read: the source, with one sign for the
// many writings of each and the way back to the plan's own (source.go, normalize.go); the
// segments of it that are read as one (segment.go), cut into sentences and clauses
// (clause.go); and looking along a text without leaving its characters (scan.go).
package prose
