package board

import (
	"math/big"
	"time"
)

// What is drawn is computed with exact numbers, too, and rounded once where it meets the picture.

var hundred = big.NewRat(100, 1)

// ratOf reads a decimal, false for what is none.
func ratOf(n string) (*big.Rat, bool) {
	if n == "" || len(n) > 100 {
		return nil, false
	}
	return new(big.Rat).SetString(n)
}

// elapsed is how much of a term is over on a day, in percent to two decimals, from 0 to 100; empty
// for days that are none.
func elapsed(startsOn, dueOn, on string) string {
	start, err1 := time.Parse(time.DateOnly, startsOn)
	due, err2 := time.Parse(time.DateOnly, dueOn)
	day, err3 := time.Parse(time.DateOnly, on)
	if err1 != nil || err2 != nil || err3 != nil || due.Before(start) {
		return ""
	}
	all, over := daysOf(start, due)+1, daysOf(start, day)+1
	return withinHundred(new(big.Rat).SetFrac64(over*100, all).FloatString(2))
}

func daysOf(from, to time.Time) int64 { return int64(to.Sub(from) / (24 * time.Hour)) }
