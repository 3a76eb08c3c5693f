package tracker

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// inCell names the cell of a workbook whose text is refused.
func (p Place) inCell(refusal *fault.Fault) *fault.Fault {
	if p.Columns == nil || (*p.Columns)[refusal.Field] == "" {
		return refusal
	}
	named := *refusal
	at := fmt.Sprint((*p.Columns)[refusal.Field], p.Line)
	named.Detail = fault.Text{
		ZH: fmt.Sprintf("工作表“%s”的单元格 %s：%s", p.Sheet, at, refusal.Detail.ZH),
		EN: fmt.Sprintf("cell %s of sheet %q: %s", at, p.Sheet, refusal.Detail.EN),
	}
	return &named
}

// inPercent names the cell that a refused unit was read from: the sender wrote no
// unit, but a number in percent.
func (r Report) inPercent(refusal *fault.Fault) *fault.Fault {
	if r.Place.Percent == (fault.Text{}) || refusal.Code != fault.UnitMismatch {
		return r.Place.inCell(refusal)
	}
	return fault.New(refusal.Code, fault.Text{
		ZH: r.Place.Percent.ZH + " 是百分数：" + refusal.Detail.ZH,
		EN: r.Place.Percent.EN + " is in percent: " + refusal.Detail.EN,
	}).At("/value")
}
