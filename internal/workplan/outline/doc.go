// Package outline finds how a plan is built, before any of it is read: what a page says
// about the document (page.go), what the plan says about itself (front_matter.go), the markers
// that its lines begin with (heading.go), rows of tables (table.go), and of all that the
// nodes of the text, in order (outline.go).
package outline
