package indicator

import (
	"cmp"
	"strconv"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Reporter is who sends a measurement: a key, and the agency that it reports for.
// It is zero for what was stored before that was kept.
type Reporter struct {
	Agency string // empty where nobody is reported for: at the command line, by an office's key
	Key    string // id of the key, as an Actor has it
	Name   string // the key's name
	// AgencyID is the agency's, which is called otherwise after it was renamed or merged;
	// 0 where that was not kept.
	AgencyID int64
}

// CheckReplaces refuses what would take the place of a figure that another agency
// reported, with fault.ReportedByAnother at "/replaces": that of the same period and
// basis or, for a total, increments that it would be the first to take in. What an
// office reported that speaks for no agency, everybody who may report may replace,
// unless it was a correction.
//
// Replaces is the ID of the measurement that the sender means to take the place of,
// 0 for none. It must be that one, or the newest of the period and basis, of which a
// retraction may be named by what it takes back: else CheckReplaces fails with
// fault.Superseded or, where nothing was reported, fault.InvalidValue.
//
// A report without a figure stands for its period and basis like any other; a total
// neither takes it in nor, being without a figure itself, takes in anything.
//
// Standing are the newest reports of the indicator, without those taken back; newest
// is the newest revision of the period and basis, zero without one. Same says whether
// another's agency is that of m.
func CheckReplaces(standing []Measurement, newest, m Measurement, replaces int64, same func(other Reporter) bool) error {
	mayFollow := func(other Measurement) bool {
		return same(other.ReportedBy) || other.ReportedBy.Agency == "" && !isCorrection(other)
	}
	other, more := takenIn(standing, m, same)
	if newest.ID != 0 && newest.Retracts == 0 && (newest.IsFigure() || !mayFollow(newest)) {
		other, more = newest, 0 // whose figure has taken in already what it takes in
	}
	switch {
	case replaces != 0 && (replaces == other.ID || replaces == newest.ID || replaces == newest.Retracts):
		return nil
	case replaces != 0 && newest.ID != 0:
		return fault.Newf(fault.Superseded,
			"该报告期和口径的最新修订是 %[2]d，不是 %[1]d", "the newest revision of the period and basis is %[2]d, not %[1]d", replaces, newest.ID).At("/replaces").Of(newest.ID)
	case replaces != 0:
		return fault.Newf(fault.InvalidValue,
			"该报告期和口径没有实绩 %d", "the measurement %d is not of the period and basis", replaces).At("/replaces")
	case mayFollow(other):
		return nil
	}
	id, who := strconv.FormatInt(other.ID, 10), cmp.Or(other.ReportedBy.Agency, other.ReportedBy.Name)
	among := fault.Text{}
	if more > 0 {
		among = fault.Say("（累计数将包含其他单位的 %d 条本期数，写明最近一条即可）", "; the total takes in %d increments of other agencies, and naming the last suffices", more+1)
	}
	return fault.Newf(fault.ReportedByAnother,
		"报告期 %[2]s 的%[3]s实绩 %[1]s 由“%[5]s”报送；如确要取代，请在 replaces 中写明 %[1]s%[6]s",
		"the measurement %[1]s of the period %[2]s (%[4]s) was reported by “%[5]s”; to take its place, name %[1]s in replaces%[7]s",
		id, other.Period, other.Basis.Label().ZH, other.Basis, who, among.ZH, among.EN).At("/replaces").Of(other.ID)
}

// isCorrection reports whether a figure took the place of another, as far as is known
// by whom.
func isCorrection(m Measurement) bool { return m.Revision > 1 && m.ReportedBy.Key != "" }

// takenIn is the last increment of another agency that a total takes in and no total
// before it has, zero without one, and how many more of them there are.
func takenIn(standing []Measurement, m Measurement, same func(Reporter) bool) (last Measurement, more int) {
	if m.Basis != Total || !m.IsFigure() {
		return last, 0
	}
	var counted Date // the last day that a total before it takes in
	for _, s := range standing {
		if end := s.Period.End(); s.Basis == Total && s.IsFigure() && !end.After(m.Period.End()) && end.After(counted) {
			counted = end
		}
	}
	for _, s := range standing {
		end := s.Period.End()
		if s.Basis == Total || !s.IsFigure() || s.ReportedBy.Agency == "" || same(s.ReportedBy) ||
			end.After(m.Period.End()) || !end.After(counted) {
			continue
		}
		if last.ID != 0 {
			more++
		}
		if last.ID == 0 || end.After(last.Period.End()) {
			last = s
		}
	}
	return last, more
}
