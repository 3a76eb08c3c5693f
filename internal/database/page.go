package database

import (
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ChunkSize keeps the parameters of one statement below what engines allow.
const ChunkSize = 500

// PageBy asks for the rows after a position, and for one more than the page
// holds, to see whether there is a next one.
func PageBy(tx *gorm.DB, id string, p indicator.Page) *gorm.DB {
	return Limit(tx.Where(id+" > ?", p.After).Order(id), p)
}

// Limit asks for one row more than the page holds.
func Limit(tx *gorm.DB, p indicator.Page) *gorm.DB {
	if p.Limit > 0 {
		tx = tx.Limit(p.Limit + 1)
	}
	return tx
}

// Cut returns the rows of the page and the position of its last row, or 0 when
// no row follows.
func Cut[R any](rows []R, p indicator.Page, id func(R) int64) ([]R, int64) {
	if p.Limit <= 0 || len(rows) <= p.Limit {
		return rows, 0
	}
	return rows[:p.Limit], id(rows[p.Limit-1])
}

// LikeEscape marks the characters of a pattern that stand for themselves.
const LikeEscape = "!"

var likeEscaper = strings.NewReplacer(LikeEscape, LikeEscape+LikeEscape, "%", LikeEscape+"%", "_", LikeEscape+"_")

// StartingWith is the LIKE pattern of texts that begin with s, for use with
// ESCAPE '!'.
func StartingWith(s string) string { return likeEscaper.Replace(s) + "%" }

// Containing is the LIKE pattern of texts that hold s, for use with ESCAPE '!'.
func Containing(s string) string { return "%" + likeEscaper.Replace(s) + "%" }
