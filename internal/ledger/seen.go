package ledger

import (
	"math"
	"slices"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// seenKeys are the periods and bases that the rows of a batch have reported so far, and
// which row did: of each indicator one entry for each key of its state.
type seenKeys struct {
	places map[int64][]whence
	sheets []string // that rows came from
	first  int64    // row of the portion in hand
	now    whence   // the row in hand
}

// whence is where a row came from, in 8 bytes, as there may be millions of them; zero for none.
type whence struct {
	number uint32 // its line where it has one, else its place among the rows, from 1
	sheet  uint16 // its place among the sheets, from 1; 0 for none
	isRow  bool   // the number counts rows
}

func newSeenKeys() *seenKeys { return &seenKeys{places: map[int64][]whence{}} }

// turnTo makes a row that in hand; rows count from 1.
func (s *seenKeys) turnTo(row int64, o indicator.Origin) {
	number, isRow := o.Line, false
	if number == 0 {
		number, isRow = row, true
	}
	s.now = whence{number: uint32(min(max(number, 1), math.MaxUint32)), isRow: isRow}
	if o.Sheet == "" {
		return
	}
	at := slices.Index(s.sheets, o.Sheet)
	if at < 0 && len(s.sheets) < math.MaxUint16 {
		at = len(s.sheets)
		s.sheets = append(s.sheets, o.Sheet)
	}
	s.now.sheet = uint16(at + 1) //nolint:gosec // within its bounds
}

// by is the row that reported a key, false where none has.
func (s *seenKeys) by(target int64, place int) (row int64, o indicator.Origin, found bool) {
	list := s.places[target]
	if place >= len(list) || list[place] == (whence{}) {
		return 0, indicator.Origin{}, false
	}
	w := list[place]
	if w.isRow {
		return int64(w.number), o, true
	}
	if w.sheet > 0 {
		o.Sheet = s.sheets[w.sheet-1]
	}
	o.Line = int64(w.number)
	return 0, o, true
}

// add notes that the row in hand reports a key, unless one before it has.
func (s *seenKeys) add(target int64, place int) {
	list := s.places[target]
	if place >= len(list) {
		list = append(list, make([]whence, place+1-len(list))...)
	}
	if list[place] == (whence{}) {
		list[place] = s.now
	}
	s.places[target] = list
}
