package assessment

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// weightedDecimals are those of a percent as printed times a share, which has four.
const weightedDecimals = 6

// share is how much of a part was earned, from 0 to 1; nil where it cannot be scored.
type share struct {
	of    *big.Rat
	text  fault.Text
	terms []Term
}

func rat(n quantity.Number) *big.Rat { return n.Rat() }

func whole(i int) *big.Rat { return big.NewRat(int64(i), 1) }

func times(n quantity.Number, count int) *big.Rat { return new(big.Rat).Mul(n.Rat(), whole(count)) }

// result is the score of an agency, without what hangs on the others.
func (t *Tally) result() Result {
	r := Result{Agency: t.Agency, Group: t.scheme.groupOf(t.Agency)}
	shares := map[PartName]share{
		AttainmentPart: t.attainmentShare(), PacePart: t.paceShare(), ReportingPart: t.reportingShare(),
		MattersPart: t.mattersShare(), OpinionPart: t.opinionShare(),
	}
	var scored quantity.Number // weight of the parts that can be scored
	counts := false
	others := false // whether a part other than matters has a weight
	for _, p := range PartNames {
		w := t.scheme.Weights.of(p)
		if w.Sign() == 0 {
			continue
		}
		others = others || p != MattersPart
		if shares[p].of != nil {
			scored = quantity.Sum(scored, w)
			counts = counts || p != MattersPart
		}
	}
	for _, p := range PartNames {
		if w := t.scheme.Weights.of(p); w.Sign() > 0 {
			r.Parts = append(r.Parts, t.part(p, w, scored, shares[p]))
		}
	}
	for i := range r.Parts {
		if p := r.Parts[i].Name; p == AttainmentPart || p == PacePart {
			r.Parts[i].TermsLeft = t.left
		}
	}
	r.Bonus, r.Deduction = t.extra(BonusEntry, t.scheme.Bonus), t.extra(DeductionEntry, t.scheme.Deduction)
	for _, e := range t.Entries {
		if e.Kind == VetoEntry {
			r.Vetoes = append(r.Vetoes, e.term(nil))
		}
	}
	if !counts && others {
		r.Why = fault.Say("没有可以考核的内容，不排名", "there is nothing to assess: not ranked")
		return r
	}
	total := r.Bonus.Points.Minus(r.Deduction.Points)
	for _, p := range r.Parts {
		if p.Points != nil {
			total = quantity.Sum(total, *p.Points)
		}
	}
	if total.Sign() < 0 {
		total = quantity.Number{}
	}
	total = quantity.FromRat(total.Rat(), 2)
	r.Total = &total
	return r
}

// part makes the points of a part: of what was earned, the weight, with its share of the
// weight of parts that cannot be scored.
func (t *Tally) part(name PartName, weight, scored quantity.Number, s share) Part {
	p := Part{Name: name, Weight: weight, Text: s.text, Terms: s.terms}
	counted := rat(weight)
	if t.scheme.Unscored == Redistributed && scored.Sign() > 0 {
		counted = new(big.Rat).Quo(new(big.Rat).Mul(rat(weight), big.NewRat(100, 1)), rat(scored))
	}
	if s.of == nil {
		switch t.scheme.Unscored {
		case Redistributed:
			p.Text = joined(s.text, fault.Say("；其权重按比例分给其他部分", "; its weight passes to the other parts in proportion"))
			return p
		case InFull:
			s.of = big.NewRat(1, 1)
			p.Text = joined(s.text, fault.Say("；按满分计", "; it counts in full"))
		case AsNothing:
			s.of = new(big.Rat)
			p.Text = joined(s.text, fault.Say("；计 0 分", "; it counts 0"))
		}
	}
	printed := quantity.FromRat(counted, 2)
	percent := quantity.FromRat(new(big.Rat).Mul(s.of, big.NewRat(100, 1)), 2)
	points := quantity.FromRat(new(big.Rat).Mul(counted, s.of), 2)
	p.Counted, p.Percent, p.Points = &printed, &percent, &points
	return p
}

func joined(texts ...fault.Text) (all fault.Text) {
	for _, t := range texts {
		all.ZH += t.ZH
		all.EN += t.EN
	}
	return all
}

func (s Scheme) share(role indicator.Role) quantity.Number {
	if role == indicator.Lead {
		return s.Shares.Lead
	}
	return s.Shares.Participating
}

// attainmentShare is the mean of what indicators count, weighted by the agency's roles.
func (t *Tally) attainmentShare() share {
	sum, weight := new(big.Rat), new(big.Rat)
	var zh, en []string
	for _, role := range indicator.Roles {
		r, m, w := t.roles[role], t.Milestones[role], t.scheme.share(role)
		if r == nil {
			r = &roleTally{}
		}
		if r.counted+r.noData+r.notComputable+r.notDue+m.Due == 0 {
			continue
		}
		n, total := r.counted+m.Due, r.sum+10_000*int64(m.Done)
		sum.Add(sum, new(big.Rat).Mul(rat(w), big.NewRat(total, 100)))
		weight.Add(weight, times(w, n))
		said := fault.Say("%[1]s 计 %[3]d 项，各计 %[4]s，合计 %[5]s", "%[2]s: %[3]d counted, each %[4]s, together %[5]s", roleZH(role), role, n, w, ofHundredths(total))
		if rat(w).Cmp(whole(1)) != 0 { // the plain sum is not what counts
			weighted := strings.TrimRight(quantity.FromRat(new(big.Rat).Mul(rat(w), big.NewRat(total, 100)), weightedDecimals).String(), "0")
			said = joined(said, fault.Say("，折合 %s", ", which makes %s", strings.TrimSuffix(weighted, ".")))
		}
		for _, also := range []struct {
			n      int
			zh, en string
		}{
			{r.noData, "没有数据", "without data"}, {r.notComputable, "无法计算", "not computable"}, {r.notDue, "未到期", "not due yet"},
			{m.Due, "应完成节点", "milestones due"}, {m.Done, "已完成节点", "milestones done"},
		} {
			if also.n > 0 {
				said = joined(said, fault.Say("，"+also.zh+" %d 项", ", %d "+also.en, also.n))
			}
		}
		zh, en = append(zh, said.ZH), append(en, said.EN)
	}
	if weight.Sign() == 0 {
		zh, en = append(zh, "没有可计的指标或节点"), append(en, "no indicator or milestone counts")
		return share{text: fault.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}, terms: t.attained}
	}
	of := sum.Quo(sum, weight)
	return share{atMostOne(of.Quo(of, big.NewRat(100, 1))), fault.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}, t.attained}
}

func roleZH(role indicator.Role) string {
	if role == indicator.Lead {
		return "牵头"
	}
	return "参与"
}

func atMostOne(r *big.Rat) *big.Rat {
	if one := big.NewRat(1, 1); r.Cmp(one) > 0 {
		return one
	}
	return r
}

// credit is what a status counts; false where it is left out.
func (s Scheme) credit(status string) (quantity.Number, bool) {
	for _, c := range s.Pace.Credits {
		if c.Status == status {
			return c.Credit, true
		}
	}
	return quantity.Number{}, status != notComputable
}

// paceShare is the mean of what cut-offs count, weighted by the agency's roles.
func (t *Tally) paceShare() share {
	sum, weight := new(big.Rat), new(big.Rat)
	var zh, en []string
	for _, role := range indicator.Roles {
		r := t.roles[role]
		if r == nil {
			continue
		}
		var saidZH, saidEN []string
		n := 0
		for _, status := range slices.Sorted(maps.Keys(r.cutOffs)) {
			credit, counts := t.scheme.credit(status)
			count := r.cutOffs[status]
			counted, label := strconv.Itoa(count)+"×—", t.label(status)
			if counts {
				counted = strconv.Itoa(count) + "×" + credit.String()
			}
			saidZH, saidEN = append(saidZH, label.ZH+" "+counted), append(saidEN, label.EN+" "+counted)
			if !counts {
				continue
			}
			n += count
			sum.Add(sum, new(big.Rat).Mul(rat(t.scheme.share(role)), times(credit, count)))
		}
		weight.Add(weight, times(t.scheme.share(role), n))
		if len(saidZH) > 0 {
			one := fault.Say("%[1]s 计 %[3]d 次，各计 %[4]s：%[5]s", "%[2]s: %[3]d cut-offs counted, each %[4]s: %[6]s", roleZH(role), role, n, t.scheme.share(role),
				strings.Join(saidZH, "，"), strings.Join(saidEN, ", "))
			zh, en = append(zh, one.ZH), append(en, one.EN)
		}
	}
	if weight.Sign() == 0 {
		zh, en = append(zh, "没有可计的考核时点"), append(en, "no cut-off counts")
		return share{text: fault.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}, terms: t.paced}
	}
	return share{sum.Quo(sum, weight), fault.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}, t.paced}
}

// reportingShare is what is left after what missing, empty and late reports cost.
func (t *Tally) reportingShare() share {
	r, by := t.Reports, t.scheme.Reporting
	text := fault.Say("应报 %[1]d，按时 %[2]d，迟报 %[3]d，漏报 %[4]d，其中无数据 %[5]d", "%[1]d expected, %[2]d on time, %[3]d late, %[4]d missing; %[5]d without a figure",
		r.Expected, r.OnTime, r.Late, r.Missing, r.Empty)
	if r.Expected == 0 {
		return share{text: fault.Say("没有应报的报告", "no report was expected")}
	}
	cost := times(by.Missing, r.Missing)
	cost.Add(cost, times(by.Empty, r.Empty))
	cost.Add(cost, times(by.Late, r.Late))
	text = joined(text, fault.Say("；扣 %[1]s（漏报各 %[2]s，无数据各 %[3]s，迟报各 %[4]s）", "; costs %[1]s (missing %[2]s, empty %[3]s, late %[4]s each)",
		printed(cost), by.Missing, by.Empty, by.Late))
	if by.By == ByShare {
		return share{of: left(cost.Quo(cost, whole(r.Expected))), text: text}
	}
	return share{of: leftOf(cost, t.scheme.Weights.Reporting), text: text}
}

// printed is a cost, whose decimals end.
func printed(r *big.Rat) quantity.Number {
	digits, _ := r.FloatPrec()
	return quantity.FromRat(r, digits)
}

// left is what is left of 1, and never below 0.
func left(cost *big.Rat) *big.Rat {
	rest := new(big.Rat).Sub(big.NewRat(1, 1), cost)
	if rest.Sign() < 0 {
		return new(big.Rat)
	}
	return rest
}

// leftOf is which part of a weight is left after a cost in points.
func leftOf(cost *big.Rat, weight quantity.Number) *big.Rat {
	if weight.Sign() == 0 {
		return new(big.Rat)
	}
	return left(new(big.Rat).Quo(cost, weight.Rat()))
}

// mattersShare is what is left after what issues and notices cost.
func (t *Tally) mattersShare() share {
	m := t.scheme.Matters
	cost := times(m.IssueOpen, t.Issues.Open)
	cost.Add(cost, times(m.IssueOverdue, t.Issues.Overdue))
	text := fault.Say("未销号问题 %[1]d，其中逾期 %[2]d", "%[1]d open issues, %[2]d of them overdue", t.Issues.Open, t.Issues.Overdue)
	for _, n := range t.Notices {
		each := quantity.Number{}
		for _, c := range m.Notices {
			if c.Level == n.Level {
				each = c.Cost
			}
		}
		cost.Add(cost, times(each, n.Count))
		cost.Add(cost, times(m.NoticeLate, n.Late))
		text = joined(text, fault.Say("；督办单 %[1]s %[2]d，其中迟复 %[3]d", "; %[2]d notices of level %[1]s, %[3]d of them late", n.Level, n.Count, n.Late))
	}
	text = joined(text, fault.Say("；扣 %[1]s 分", "; costs %[1]s points", printed(cost)))
	return share{of: leftOf(cost, t.scheme.Weights.Matters), text: text}
}

// opinionShare is the mean of the scores that others gave.
func (t *Tally) opinionShare() share {
	sum, n := new(big.Rat), 0
	var terms []Term
	for _, e := range t.Entries {
		if e.Kind != OpinionEntry {
			continue
		}
		sum.Add(sum, rat(e.Points))
		n++
		terms = append(terms, e.term(&e.Points))
	}
	if n == 0 {
		return share{text: fault.Say("没有评议", "nobody gave an opinion")}
	}
	mean := sum.Quo(sum, whole(n))
	text := fault.Say("评议 %[1]d 份，平均 %[2]s", "%[1]d given, %[2]s on average", n, quantity.FromRat(mean, 2))
	return share{atMostOne(mean.Quo(mean, big.NewRat(100, 1))), text, terms}
}

func (e Entry) term(points *quantity.Number) Term {
	return Term{Text: fault.Text{ZH: e.Reason, EN: e.Reason}, Entry: e.ID, By: e.By, Figure: points}
}

// extra are the points of a kind that were entered by hand, as far as the scheme lets them count.
func (t *Tally) extra(kind EntryKind, most Capped) Extra {
	var x Extra
	sum := quantity.Number{}
	for _, e := range t.Entries {
		if e.Kind == kind {
			sum = quantity.Sum(sum, e.Points)
			x.Terms = append(x.Terms, e.term(&e.Points))
		}
	}
	if sum.Cmp(most.Most) > 0 {
		sum = most.Most
	}
	x.Points = quantity.FromRat(sum.Rat(), 2)
	return x
}
