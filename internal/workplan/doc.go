// Package workplan reads the prose of a government work plan: its sections,
// tasks, agencies and the quantitative targets with their place in the text.
// It is a pure function of the text. Each rule of the language stands in a
// file of its own, and a number that no rule can settle becomes a warning.
//
// A text goes through stages, each of which hands what it has made to the next:
//
//  1. prose.NewSource normalizes the text: a prose.Source, lines of normal signs with the
//     way back to the plan's own. outline.MarkPage sets aside what a page says about the document.
//  2. outline.ReadFrontMatter reads title, issuer and term, and outline.Nodes cuts the source
//     at its markers into outline.Node, one for each chapter, article, item and row of a table.
//     Tables are found for it by package table, as a table.Grid (sheet_task.go).
//  3. structure.go makes of the nodes sections and blocks: a block is what is read as one
//     (block.go), a prose.Segment with the agencies of its statements (package agency). A row
//     whose cells say what they are becomes candidates at once (sheet.go and sheet_*.go).
//  4. A block is cut into sentences and clauses (prose.Sentences, prose.Clauses), and
//     number.Tokens finds every number in it: number.Token, quantities with units and dates.
//     What the text around does with its numbers, as telling of results, is discourse.go.
//     A blockReader goes through them once and hands on findings; the block stays as it is.
//  5. Each quantity becomes a mention (mention.go): the token with its clause, its part of that
//     and the words that compare it. The exclusions (exclude.go and exclude_*.go) settle
//     mentions that are no targets, each with its reason, or a warning.
//  6. What is left becomes a candidate (target.go), which is given its name, verb, kind,
//     comparator, direction and due date by a file each.
//  7. read.go keeps the findings of each block in the Draft: candidates as indicators, tasks
//     and warnings, and beside them what is promised without a figure (implied.go, step.go).
//
// Where what is read:
//
//	较上年增长     verb.go: the change before a number; over.go: over what time; kind.go: what it makes of it
//	不得低于       comparator.go
//	6月底前        package calendar; due.go: which targets it dates; inherit_date.go: beyond its sentence
//	6月底前完成编制 step.go
//	3个工作日以内  duration.go
//	全覆盖, 前三名  implied.go; its kinds: zero.go, rank.go
//	牵头单位       package agency (statement.go); 列首位的为牵头单位: FirstLeads there
//	其中           target.go: isPart; what a part takes from the number before it: name.go, kind.go
//	亩, 万千瓦时   package number; what units there are: internal/quantity (table.go)
//	〔〕, ＝, ～    prose/normalize.go: the writings of a sign that are read as one
//	a merged cell  package table (body.go); what the cells of a row set: sheet.go and sheet_*.go
//	any word       package lexicon: each word once, with all that it does
//
// A new word is a line of lexicon/lexicon.txt, a new unit one of internal/quantity/table.go, a new
// writing of a sign one of prose/normalize.go. A unit of one character, with which other words begin
// too, has the characters that make those behind it in its own line.
package workplan
