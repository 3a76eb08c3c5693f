// Package board serves the pages that people look at, below /board: how plans stand, why, and what
// has to be done about it; and the forms of those who review, report and supervise.
//
// A page asks the routes of the service itself, in the process and under the key of its reader, so
// that its figures, filters, permissions and refusals are those of every other reader. What a form
// sends becomes a request of such a route, too. Pages are whole without scripts, fetch nothing from
// elsewhere, and say what they say in Chinese or English.
//
// The way of a request: board.go finds the page; visit.go who asks, in which language and at which
// moment; the file of the page asks the service (ask.go) and makes a view of the answers; render.go
// writes it with a template of pages/.
package board
