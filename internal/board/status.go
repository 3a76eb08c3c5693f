package board

import (
	"encoding/json"
	"slices"
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// statusMark is how a status is shown: in the words and the colour of the profile.
type statusMark struct {
	Status, Label, Color string
}

// marked is a member of a profile that says how a status is shown.
type marked struct {
	Status string `json:"status"`
	Label  struct {
		ZH string `json:"zh"`
		EN string `json:"en"`
	} `json:"label"`
	Color string `json:"color"`
}

func (m marked) in(lang, status string) statusMark {
	return statusMark{status, fault.Text{ZH: m.Label.ZH, EN: m.Label.EN}.In(lang), m.Color}
}

// statusMarks are those of a version of the profile, from the best to what is not known.
func (v *visit) statusMarks(version int) ([]statusMark, error) {
	var versions v1.ProfileVersions
	if err := v.get(&versions, nil, "profiles"); err != nil {
		return nil, err
	}
	var p struct {
		Attained      marked   `json:"attained"`
		Missed        marked   `json:"missed"`
		NoData        marked   `json:"no_data"`
		NotComputable marked   `json:"not_computable"`
		Classes       []marked `json:"classes"`
	}
	for _, one := range versions.Items {
		if one.Version == version || version == 0 {
			if err := json.Unmarshal(one.Profile, &p); err != nil {
				return nil, err
			}
		}
	}
	marks := []statusMark{p.Attained.in(v.Lang, "attained")}
	for _, class := range p.Classes {
		marks = append(marks, class.in(v.Lang, class.Status))
	}
	return append(marks, p.Missed.in(v.Lang, "missed"), p.NoData.in(v.Lang, "no_data"), p.NotComputable.in(v.Lang, "not_computable")), nil
}

// stack is a bar of counts, one beside the other.
type stack struct {
	Total int
	Label string
	Parts []stackPart
}

type stackPart struct {
	statusMark
	From, Count int
}

func stackOf(marks []statusMark, counts []v1.StatusCount) stack {
	var s stack
	for _, mark := range marks {
		i := slices.IndexFunc(counts, func(c v1.StatusCount) bool { return c.Status == mark.Status })
		if i < 0 {
			continue
		}
		s.Parts = append(s.Parts, stackPart{mark, s.Total, counts[i].Count})
		s.Total += counts[i].Count
		if s.Label != "" {
			s.Label += "，"
		}
		s.Label += mark.Label + " " + strconv.Itoa(counts[i].Count)
	}
	return s
}

// bar is how much of a hundred percent something is, with a mark where it should be; both are
// whole tenths of the way, cut off at its ends, for the eye.
type bar struct {
	Fill, Mark, Label string
}

// barOf is a bar of a percent; mark is empty for none.
func barOf(percent *v1.Number, mark, label string) bar {
	b := bar{Mark: mark, Label: label, Fill: "0"}
	if percent != nil {
		b.Fill = withinHundred(string(*percent))
	}
	return b
}

// withinHundred cuts a decimal off at 0 and 100.
func withinHundred(n string) string {
	value, ok := ratOf(n)
	switch {
	case !ok || value.Sign() <= 0:
		return "0"
	case value.Cmp(hundred) >= 0:
		return "100"
	}
	return value.FloatString(2)
}
