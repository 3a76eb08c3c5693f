package board

import (
	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// twinKey is what indicators have in common that may be one target, read from two places of a plan.
type twinKey struct{ value, high, unit, due string }

// mostTwins is with how many of the same figure an indicator is compared.
const mostTwins = 50

// twinsOf are, by code, the indicators that seem to be told in another task, too, with the first
// one there: of the same value, unit and due date, with names that share most characters. Rejected
// ones are none.
func twinsOf(ins []v1.Indicator) map[string]v1.Indicator {
	alike := map[twinKey][]v1.Indicator{}
	twins := map[string]v1.Indicator{}
	for _, in := range ins {
		value, known := ratOf(digits(in.Target.Value))
		if !known || in.Code == "" || in.State == "rejected" {
			continue
		}
		key := twinKey{value: value.RatString(), unit: in.Target.Unit, due: in.DueOn}
		if high, ranged := ratOf(digits(in.Target.ValueHigh)); ranged {
			key.high = high.RatString()
		}
		for _, other := range alike[key] {
			if other.Plan != in.Plan || other.Task == in.Task || !shareMost(other.Name, in.Name) {
				continue
			}
			if _, has := twins[in.Code]; !has {
				twins[in.Code] = other
			}
			if _, has := twins[other.Code]; !has {
				twins[other.Code] = in
			}
		}
		if len(alike[key]) < mostTwins {
			alike[key] = append(alike[key], in)
		}
	}
	return twins
}

// shareMost says that of the characters of two names at least three in five are common to both.
func shareMost(a, b string) bool {
	left := map[rune]int{}
	all, common := 0, 0
	for _, r := range a {
		left[r]++
		all++
	}
	for _, r := range b {
		all++
		if left[r] > 0 {
			left[r]--
			common++
		}
	}
	return 2*common*5 >= all*3
}
