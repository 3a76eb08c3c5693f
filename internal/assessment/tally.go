package assessment

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Agency is whose score it is.
type Agency struct {
	ID   int64
	Name string
}

// Indicator is an indicator as a score counts it.
type Indicator struct {
	Code, Name string
	// Measurements are the ids of those that the percent was made of.
	Measurements []int64
	// End is how it stands on the day judged.
	End CutOff
	// CutOffs are the cut-offs over the year at which pace is judged.
	CutOffs []CutOff
}

// CutOff is how an indicator stood at a cut-off.
type CutOff struct {
	On      indicator.Date // zero when no period is over yet
	Status  string
	Percent *quantity.Number // of target, as printed; nil for none
	Pace    quantity.Number  // as printed
}

// The statuses that a score tells from others.
const (
	noData        = "no_data"
	notComputable = "not_computable"
)

// Reports count the reports of an agency, over all cycles.
type Reports struct {
	Expected, OnTime, Late, Missing int
	Empty                           int // of those on time or late, the ones that say there is no figure
}

// Add adds the reports of another cycle.
func (r *Reports) Add(o Reports) {
	r.Expected, r.OnTime, r.Late = r.Expected+o.Expected, r.OnTime+o.OnTime, r.Late+o.Late
	r.Missing, r.Empty = r.Missing+o.Missing, r.Empty+o.Empty
}

// Issues count the issues (问题) that an agency owns.
type Issues struct {
	Open    int
	Overdue int // of the open ones
}

// Notices count the notices (督办单) to an agency by the highest level that each had.
type Notices struct {
	Level string
	Count int
	Late  int // of these, those that were answered late or are overdue
}

// Milestones count those that are due, and those of them that are done.
type Milestones struct {
	Due, Done int
}

// EntryKind is what was entered by hand.
type EntryKind string

// What can be entered by hand.
const (
	OpinionEntry   EntryKind = "opinion"   // a score out of 100 that somebody gave
	BonusEntry     EntryKind = "bonus"     // points
	DeductionEntry EntryKind = "deduction" // points
	VetoEntry      EntryKind = "veto"
)

// EntryKinds lists what can be entered by hand.
var EntryKinds = []EntryKind{OpinionEntry, BonusEntry, DeductionEntry, VetoEntry}

// Words lists them, for parameters and the contract.
func (EntryKind) Words() []string {
	words := make([]string, len(EntryKinds))
	for i, k := range EntryKinds {
		words[i] = string(k)
	}
	return words
}

// Entry is something entered by hand, with who gave it and why.
type Entry struct {
	ID     int64
	Kind   EntryKind
	Points quantity.Number // without meaning for a veto
	By     string
	Reason string
}

// Tally gathers what there is of one agency. It holds sums, and single terms where they are kept.
type Tally struct {
	Agency     Agency
	Reports    Reports
	Issues     Issues
	Notices    []Notices
	Milestones map[indicator.Role]Milestones
	Entries    []Entry
	// Labels are what statuses are called; one without a label is told by its code.
	Labels map[string]fault.Text

	scheme Scheme
	cap    int64
	roles  map[indicator.Role]*roleTally
	// Terms are kept of each part, of as many indicators as MostTerms.
	keep     bool
	attained []Term
	paced    []Term
	left     int
}

// roleTally is what an agency has in one role. Percents are in hundredths.
type roleTally struct {
	counted       int // with a percent, or counted as 0
	sum           int64
	noData        int // of counted or of left out, by the scheme
	notComputable int
	notDue        int
	cutOffs       map[string]int // by status
}

// MostTerms is of how many indicators a tally keeps single terms.
const MostTerms = 10_000

// NewTally begins the tally of an agency. keep says that single terms are wanted.
func NewTally(agency Agency, scheme Scheme, keep bool) *Tally {
	return &Tally{
		Agency: agency, scheme: scheme, keep: keep, cap: hundredths(scheme.Attainment.Cap),
		Milestones: map[indicator.Role]Milestones{}, roles: map[indicator.Role]*roleTally{},
	}
}

// Add counts an indicator in which the agency has a role.
func (t *Tally) Add(role indicator.Role, in Indicator) {
	r := t.roles[role]
	if r == nil {
		r = &roleTally{cutOffs: map[string]int{}}
		t.roles[role] = r
	}
	value, text := t.attainment(r, in.End)
	if value >= 0 {
		r.counted++
		r.sum += value
	}
	for _, c := range in.CutOffs {
		r.cutOffs[c.Status]++
	}
	if !t.keep {
		return
	}
	if len(t.attained) == MostTerms {
		t.left++
		return
	}
	term := Term{Indicator: in.Code, Name: in.Name, Role: role, Measurements: in.Measurements, Text: text}
	if value >= 0 {
		n := ofHundredths(value)
		term.Figure = &n
	}
	t.attained = append(t.attained, term)
	if len(in.CutOffs) > 0 {
		t.paced = append(t.paced, t.paceTerm(role, in))
	}
}

// attainment is what an indicator counts, in hundredths of a percent, -1 for nothing, and why.
func (t *Tally) attainment(r *roleTally, end CutOff) (int64, fault.Text) {
	a := t.scheme.Attainment
	absent := func(rule Absent, what fault.Text) (int64, fault.Text) {
		if rule == CountsZero {
			return 0, joined(what, fault.Say("，计 0", ": counts 0"))
		}
		return -1, joined(what, fault.Say("，不计入", ": left out"))
	}
	switch {
	case end.On.IsZero():
		r.notDue++
		return -1, fault.Say("尚无已结束的报告期，不计入", "no period of it is over: left out")
	case end.Percent == nil && end.Status == notComputable:
		r.notComputable++
		return absent(a.NotComputable, fault.Say("有实绩而无法计算完成率", "has figures and no percent"))
	case end.Percent == nil:
		r.noData++
		return absent(a.NoData, fault.Say("没有数据", "has no data"))
	}
	value, over := hundredths(*end.Percent), ""
	if a.Against == AgainstDue && end.Pace.Cmp(hundred) < 0 {
		if end.Pace.Sign() <= 0 {
			r.notDue++
			return -1, fault.Say("按序时尚无应完成部分，不计入", "nothing is due yet: left out")
		}
		of := new(big.Rat).Quo(end.Percent.Rat(), end.Pace.Rat())
		value = hundredths(quantity.FromRat(of.Mul(of, big.NewRat(100, 1)), 2))
		over = "/" + end.Pace.String()
	}
	text := fault.Say("完成率 %[1]s，计 %[2]s", "percent %[1]s counts %[2]s", end.Percent.String()+over, ofHundredths(min(max(value, 0), t.cap)))
	return min(max(value, 0), t.cap), text
}

func (t *Tally) paceTerm(role indicator.Role, in Indicator) Term {
	var zh, en []string
	for _, c := range in.CutOffs {
		label := t.label(c.Status)
		zh = append(zh, c.On.String()+" "+label.ZH)
		en = append(en, c.On.String()+" "+label.EN)
	}
	count := len(in.CutOffs)
	return Term{
		Indicator: in.Code, Name: in.Name, Role: role, Count: count,
		Text: fault.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")},
	}
}

// mostHundredths is beyond any cap, and far from the bounds of sums.
const mostHundredths = 1_000_000

// hundredths is a number in hundredths, rounded half up, and no more than counts.
func hundredths(n quantity.Number) int64 {
	text := n.String()
	whole, frac, dotted := strings.Cut(text, ".")
	if !dotted || len(frac) != 2 {
		text = quantity.FromRat(n.Rat(), 2).String()
		whole, frac, _ = strings.Cut(text, ".")
	}
	i, err := strconv.ParseInt(whole+frac, 10, 64)
	switch {
	case err != nil && n.Sign() < 0:
		return -mostHundredths
	case err != nil:
		return mostHundredths
	}
	return min(max(i, -mostHundredths), mostHundredths)
}

func ofHundredths(i int64) quantity.Number { return quantity.FromRat(big.NewRat(i, 100), 2) }

// label is what a status is called.
func (t *Tally) label(status string) fault.Text {
	if label, ok := t.Labels[status]; ok && label.ZH != "" {
		return label
	}
	return fault.Text{ZH: status, EN: status}
}
