package ledger

import (
	"bytes"
	"database/sql"

	"github.com/indicator-tracker/tracker/internal/database"
)

// statesPageSize is how many packed states are held at a time.
const statesPageSize = 200

// reportedTarget is an indicator with its packed state.
type reportedTarget struct {
	id       int64
	code     string
	packed   []byte
	kept     bool // whether there is a row for the state, which is read from measurements when empty
	reported bool
}

// states holds the packed state of each indicator against its measurements.
func (v *verifier) states() error {
	for after := int64(-1 << 63); ; {
		page, err := v.statesPage(after)
		if err != nil {
			return err
		}
		for _, t := range page {
			if err := v.state(t); err != nil {
				return err
			}
			after = t.id
			v.step(1)
		}
		if len(page) < statesPageSize {
			return nil
		}
	}
}

func (v *verifier) statesPage(after int64) (page []reportedTarget, err error) {
	err = database.Each(v.ctx, v.q, `SELECT i.id, i.code, s.state, s.indicator_id IS NOT NULL,
		EXISTS (SELECT 1 FROM measurements m WHERE m.indicator_id = i.id)
		FROM indicators i LEFT JOIN indicator_states s ON s.indicator_id = i.id WHERE i.id > $1 ORDER BY i.id LIMIT $2`, []any{after, statesPageSize}, func(rows *sql.Rows) error {
		var t reportedTarget
		err := rows.Scan(&t.id, &t.code, &t.packed, &t.kept, &t.reported)
		page = append(page, t)
		return err
	})
	return page, err
}

func (v *verifier) state(t reportedTarget) error {
	switch {
	case t.kept && !t.reported:
		v.Find("state", t.code, "指标 %s 有汇总状态而没有实绩", "the indicator %s has a state and no measurements", t.code)
		return nil
	case !t.kept && t.reported:
		v.Find("state", t.code, "指标 %s 有实绩而没有汇总状态", "the indicator %s has measurements and no state", t.code)
		return nil
	case t.packed == nil:
		return nil
	}
	made, err := readState(v.ctx, v.q, t.id, t.code)
	if v.unreadable(err) {
		v.Find("state", t.code, "指标 %s 的实绩无法读取，不能核对汇总状态", "measurements of the indicator %s cannot be read, nor its state be compared", t.code)
		return nil
	}
	if err != nil {
		return err
	}
	if bytes.Equal(made.pack(), t.packed) {
		return nil
	}
	kept, err := unpackState(t.packed)
	if err != nil {
		v.Find("state", t.code, "指标 %s 的汇总状态无法读取", "the state of the indicator %s cannot be read", t.code)
		return nil //nolint:nilerr // that is what was looked for
	}
	v.compareStates(t.code, kept, made)
	return nil
}

// compareStates names the reports that a state says otherwise than the measurements.
func (v *verifier) compareStates(code string, kept, made *state) {
	differ := false
	for _, e := range made.entries {
		is := kept.of(e.key)
		if is == nil || !bytes.Equal(is.packed, e.packed) {
			differ = true
			v.Find("state", code, "指标 %s 的汇总状态与实绩 %d（%s，%s）不符", "the state of the indicator %s is not as the measurement %d (%s, %s)", code, e.id, e.period, e.basis)
		}
	}
	for _, e := range kept.entries {
		if made.of(e.key) == nil {
			differ = true
			v.Find("state", code, "指标 %s 的汇总状态有 %s（%s），而没有这样的实绩", "the state of the indicator %s has %s (%s), and there is no such measurement", code, e.period, e.basis)
		}
	}
	if !differ {
		v.Find("state", code, "指标 %s 的汇总状态与实绩次序不符", "the state of the indicator %s is not in the order of the measurements", code)
	}
}
