package store

import (
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// chunkSize keeps the parameters of one statement below what engines allow.
const chunkSize = 500

// pageBy asks for the rows after a position, and for one more than the page
// holds, to see whether there is a next one.
func pageBy(tx *gorm.DB, id string, p indicator.Page) *gorm.DB {
	return limited(tx.Where(id+" > ?", p.After).Order(id), p)
}

func limited(tx *gorm.DB, p indicator.Page) *gorm.DB {
	if p.Limit > 0 {
		tx = tx.Limit(p.Limit + 1)
	}
	return tx
}

// cut returns the rows of the page and the position of its last row, or 0 when
// no row follows.
func cut[R any](rows []R, p indicator.Page, id func(R) int64) ([]R, int64) {
	if p.Limit <= 0 || len(rows) <= p.Limit {
		return rows, 0
	}
	return rows[:p.Limit], id(rows[p.Limit-1])
}

// likeEscape marks the characters of a pattern that stand for themselves.
const likeEscape = "!"

var likeEscaper = strings.NewReplacer(likeEscape, likeEscape+likeEscape, "%", likeEscape+"%", "_", likeEscape+"_")

// startingWith is the LIKE pattern of texts that begin with s, for use with
// ESCAPE '!'.
func startingWith(s string) string { return likeEscaper.Replace(s) + "%" }

// containing is the LIKE pattern of texts that hold s, for use with ESCAPE '!'.
func containing(s string) string { return "%" + likeEscaper.Replace(s) + "%" }
