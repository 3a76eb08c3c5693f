// Package loop is the plan's own loop of management beside its figures: updates (进展情况) and
// milestones (节点) of tasks, cycles (调度期) of reporting, issues (问题), notices (督办单), frozen
// assessments (考核) and the daily runs that keep them. It is pure.
//
// All of it is events, which are only ever appended. What stands at a moment is folded from the
// events that were known then, so that the same question about a moment has the same answer
// for ever. Events of one matter form a Thread, which is named by the id of its first event.
package loop
