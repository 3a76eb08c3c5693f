package progress

import (
	"slices"

	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Filter says which progress is meant, by its figures, as indicator.Selection does by what is
// stored. Figures are compared as they are printed; one that is undefined is within no bound.
type Filter struct {
	Statuses      []Status         `json:"status,omitempty" swaggertype:"array,string" extensions:"x-order=510" example:"on_track"`        // 状态，规则给出的等级也可 · status, or a class of the profile
	PercentMin    *quantity.Number `json:"percent_min,omitempty" swaggertype:"number" extensions:"x-order=520" example:"50"`               // 完成率不低于，百分比 · percent of target is this or more
	PercentMax    *quantity.Number `json:"percent_max,omitempty" swaggertype:"number" extensions:"x-order=530" example:"99.5"`             // 完成率不高于，百分比 · percent of target is this or less
	GapMin        *quantity.Number `json:"gap_min,omitempty" swaggertype:"number" extensions:"x-order=540" example:"-20"`                  // 与应达之差（due_gap，百分点）不低于 · due_gap is this or more, in percentage points
	GapMax        *quantity.Number `json:"gap_max,omitempty" swaggertype:"number" extensions:"x-order=550" example:"10"`                   // 与应达之差（due_gap，百分点）不高于 · due_gap is this or less, in percentage points
	ReportMissing *bool            `json:"report_missing,omitempty" extensions:"x-order=560" example:"false"`                              // 最近一个报告期没有报送 · whether the last period has no report
	Provisional   *bool            `json:"provisional,omitempty" extensions:"x-order=570" example:"false"`                                 // 实际值含初步数 · whether a provisional figure is among those of the actual value
	Cautions      []Caution        `json:"caution,omitempty" swaggertype:"array,string" extensions:"x-order=580,x-words=progress.Caution"` // 有其中任一提示 · has any of these cautions
}

// IsZero says that the filter keeps everything.
func (f Filter) IsZero() bool {
	return len(f.Statuses) == 0 && f.PercentMin == nil && f.PercentMax == nil && f.GapMin == nil && f.GapMax == nil &&
		f.ReportMissing == nil && f.Provisional == nil && len(f.Cautions) == 0
}

// Keeps says of a result whether it is meant.
func (f Filter) Keeps(r Result) bool {
	return (len(f.Statuses) == 0 || slices.Contains(f.Statuses, r.Status)) &&
		isWithin(r.Percent, f.PercentMin, f.PercentMax) &&
		isWithin(r.DueGap, f.GapMin, f.GapMax) &&
		(f.ReportMissing == nil || *f.ReportMissing == r.ReportMissing) &&
		(f.Provisional == nil || *f.Provisional == r.Provisional) &&
		(len(f.Cautions) == 0 || slices.ContainsFunc(r.Cautions, func(c Caution) bool { return slices.Contains(f.Cautions, c) }))
}

// isWithin says of a figure whether it is within bounds, of which nil is none.
func isWithin(figure, low, high *quantity.Number) bool {
	if low == nil && high == nil {
		return true
	}
	return figure != nil && (low == nil || figure.Cmp(*low) >= 0) && (high == nil || figure.Cmp(*high) <= 0)
}

// Words lists the cautions that a filter may name.
func (Caution) Words() []string {
	words := make([]string, len(Cautions))
	for i, c := range Cautions {
		words[i] = string(c)
	}
	return words
}
