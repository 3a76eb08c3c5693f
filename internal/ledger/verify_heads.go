package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// heads checks that the chain goes on from every head that was kept outside: the entry is
// there with its hash, which speaks for all before it, and no less is stored than then.
func (v *verifier) heads() error {
	if len(v.options.Heads) == 0 {
		return nil
	}
	now, err := auditHead(v.ctx, v.q)
	if err != nil {
		return err
	}
	for _, kept := range v.options.Heads {
		var says fault.Text
		if kept.Fault != nil {
			says = kept.Fault.Detail
		} else if says, err = v.movedFrom(kept.Head, now); err != nil {
			return err
		}
		if says != (fault.Text{}) {
			v.Find("anchor", strconv.Itoa(kept.Line), "第 %[1]d 行：%[2]s", "line %[1]d: %[3]s", kept.Line, says.ZH, says.EN)
		}
	}
	return nil
}

// movedFrom says why the chain does not go on from a head; nothing where it does.
func (v *verifier) movedFrom(then, now indicator.AuditHead) (says fault.Text, err error) {
	says, err = v.rewritten(then)
	if err == nil && says == (fault.Text{}) {
		says = fewer(then, now)
	}
	return says, err
}

// rewritten says why the entry of a head is not in the chain as it was then.
func (v *verifier) rewritten(then indicator.AuditHead) (says fault.Text, err error) {
	if then.Seq == 0 {
		return says, nil
	}
	var hash []byte
	err = v.q.QueryRowContext(v.ctx, "SELECT hash FROM audit_log WHERE seq = $1", then.Seq).Scan(&hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fault.Say("审计链当时已有第 %d 条，现已不在：链被截短，或数据库已重建",
			"the audit chain had entry %d then, which is gone: it was cut, or the database was made anew", then.Seq), nil
	case err == nil && !bytes.Equal(hash, then.Hash):
		says = fault.Say("审计链第 %d 条已非当时的内容：链被重写，或数据库已重建",
			"entry %d of the audit chain is not what it was then: the chain was rewritten, or the database was made anew", then.Seq)
	}
	return says, err
}

// fewer says what there is less of than at the time of a head.
func fewer(then, now indicator.AuditHead) (says fault.Text) {
	if then.Moment.After(now.Moment) {
		return fault.Say("当时的时刻为 %s，现在的末尾却在其前（%s）", "its moment was %s, and the last one now is before that (%s)",
			then.Moment.Format(time.RFC3339Nano), now.Moment.Format(time.RFC3339Nano))
	}
	for _, count := range []struct {
		zh, en    string
		then, now int64
	}{
		{"最后一条实绩的编号", "the last id of a measurement", then.LastMeasurement, now.LastMeasurement},
		{"计划数", "the number of plans", then.Plans, now.Plans},
		{"指标数", "the number of indicators", then.Indicators, now.Indicators},
	} {
		if count.then > count.now {
			return fault.Say("当时%[1]s为 %[3]d，现为 %[4]d", "%[2]s was %[3]d and is %[4]d", count.zh, count.en, count.then, count.now)
		}
	}
	return says
}
