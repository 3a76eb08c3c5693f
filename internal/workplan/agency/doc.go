// Package agency reads who leads a task and who takes part: statements in brackets and on
// lines of their own, as 牵头单位：市发改局 (statement.go), and within a sentence, as
// 由市教育局牵头 (sentence.go).
package agency
