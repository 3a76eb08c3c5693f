// Package documenttest writes plan files of every format that is read, so that
// tests can ask whether all of them say the same. It serves tests only.
package documenttest

import (
	"regexp"
	"strings"
)

// Block is a paragraph or a table.
type Block struct {
	Number string // before the text, as drawn; DOCX leaves it to a list of the level
	Level  int    // of the list: 0 for 一、, 1 for （一）, 2 for 1.
	Text   string
	Rows   [][]Cell // a table when it has any
}

// Cell is a cell of a table. The columns and rows that it covers count itself;
// zero means one. A cell that another covers is not listed.
type Cell struct {
	Text          string
	Columns, Rows int
}

// Paragraphs makes a paragraph of every line that is not blank.
func Paragraphs(text string) []Block {
	var blocks []Block
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			blocks = append(blocks, Block{Text: line})
		}
	}
	return blocks
}

var markers = []*regexp.Regexp{
	regexp.MustCompile(`^[一二三四五六七八九十]+、`),
	regexp.MustCompile(`^（[一二三四五六七八九十]+）`),
	regexp.MustCompile(`^\d+\.`),
}

// Numbered is Paragraphs with the numbers that lines begin with set apart: in
// DOCX they come from a list. Lists number from one without a gap; level 2
// goes on over the headings, level 1 begins anew below each of level 0.
func Numbered(text string) []Block {
	blocks := Paragraphs(text)
	for i := range blocks {
		for level, marker := range markers {
			if number := marker.FindString(blocks[i].Text); number != "" {
				blocks[i].Number, blocks[i].Level = number, level
				blocks[i].Text = strings.TrimPrefix(blocks[i].Text, number)
				break
			}
		}
	}
	return blocks
}

// Row makes a row of plain cells.
func Row(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, text := range texts {
		cells[i].Text = text
	}
	return cells
}
