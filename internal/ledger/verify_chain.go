package ledger

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// chain checks that every entry of the audit log is there, in its place and unaltered,
// that the chain ends where the ledger says, and that the measurements each entry speaks
// of are those stored.
func (v *verifier) chain() error {
	seen := v.options.Earlier == ""
	var covered int64 // last measurement an entry speaks of
	for {
		page, err := v.auditPage()
		if err != nil {
			return err
		}
		for _, e := range page {
			v.check(e)
			v.step(1)
			seen = seen || hex.EncodeToString(e.Hash) == v.options.Earlier
			if e.FirstID > 0 {
				if err := v.checkRows(e, &covered); err != nil {
					return err
				}
			}
		}
		if len(page) < auditPageSize {
			break
		}
	}
	if !seen {
		v.Find("chain", v.options.Earlier, "散列 %s 不在审计链中：它之前的内容被改动过", "the hash %s is not in the chain: what came before it was changed", v.options.Earlier)
	}
	if v.Entries != v.head.auditSeq || !bytes.Equal(v.Hash, v.head.auditHash) {
		v.Find("chain", number(v.Entries), "审计链末尾应为第 %d 条，实为第 %d 条或内容不符",
			"the chain should end with entry %d; it ends with %d, or with another content", v.head.auditSeq, v.Entries)
	}
	return v.unspoken(covered)
}

// unaudited says that measurements were stored before there was an audit log.
func (v *verifier) unaudited(last int64) {
	v.Unproven = append(v.Unproven, fault.Say("编号不大于 %d 的实绩保存于有审计之前，无从证明",
		"the measurements up to %d were made before there was an audit log: of them nothing can be proven", last))
}

// unspoken finds measurements outside those that entries speak of and the ledger has given.
func (v *verifier) unspoken(covered int64) error {
	if covered == 0 && v.head.measurementID > 0 {
		v.unaudited(v.head.measurementID)
		covered = v.head.measurementID
	}
	if covered != v.head.measurementID {
		v.Find("ledger", "measurement_id", "台账所记最后一条实绩为 %d，审计所记为 %d", "the ledger names %d as the last measurement; the audit log speaks of %d", v.head.measurementID, covered)
	}
	return database.Each(v.ctx, v.q, "SELECT id FROM measurements WHERE id < 1 OR id > $1 ORDER BY id", []any{covered}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		v.Find("measurement", number(id), "实绩 %d 没有记入审计", "no entry speaks of the measurement %d", id)
		return err
	})
}

const auditPageSize = 1000

// auditPage is the entries after the last that was looked at. One that cannot be read has
// its number alone.
func (v *verifier) auditPage() (page []indicator.AuditEntry, err error) {
	err = database.Each(v.ctx, v.q, fmt.Sprintf("SELECT %s FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT %d", auditColumns, auditPageSize), []any{v.Entries}, func(rows *sql.Rows) error {
		e, err := scanAudit(rows)
		if v.unreadable(err) {
			err = nil
		}
		page = append(page, e)
		return err
	})
	return page, err
}

// check holds an entry against the one before.
func (v *verifier) check(e indicator.AuditEntry) {
	if e.Seq != v.Entries+1 {
		v.Find("chain", number(v.Entries+1), "缺少第 %d 至 %d 条", "the entries %d to %d are missing", v.Entries+1, e.Seq-1)
	}
	if !bytes.Equal(Link(v.Hash, e), e.Hash) {
		v.Find("chain", number(e.Seq), "第 %d 条被改动，或其前一条被改动、移走或调换", "entry %d was altered, or the one before it was altered, removed or moved", e.Seq)
	}
	v.Entries, v.Hash = e.Seq, e.Hash
	if e.Action == actionTakenUp {
		v.Unproven = append(v.Unproven, fault.Say("第 %d 条（%s）之前保存的计划、指标、单位和密钥，只能证明自那时起没有改动",
			"what was made before entry %d (%s) of plans, indicators, agencies and keys is held against what it was then: before that nothing can be proven",
			e.Seq, e.At.Format(database.MomentLayout)))
	}
}

// checkRows holds the measurements that an entry speaks of against its hash.
func (v *verifier) checkRows(e indicator.AuditEntry, covered *int64) error {
	if *covered == 0 && e.FirstID > 1 {
		v.unaudited(e.FirstID - 1)
	}
	if *covered > 0 && e.FirstID != *covered+1 {
		v.Find("measurement", number(e.FirstID-1), "第 %d 条之前的实绩没有记入审计", "the measurements before entry %d are not spoken of", e.Seq)
	}
	*covered = e.LastID
	sum := sha256.New()
	var single [sha256.Size]byte
	var found int64
	err := database.Each(v.ctx, v.q, `SELECT i.code, `+measurementColumns+`
		FROM measurements m JOIN indicators i ON i.id = m.indicator_id`+joinReporter+`WHERE m.id BETWEEN $1 AND $2 ORDER BY m.id`, []any{e.FirstID, e.LastID}, func(rows *sql.Rows) error {
		var code string
		r, err := scanMeasurement(rows, &code)
		if v.unreadable(err) {
			v.Find("measurement", number(r.ID), "实绩 %d 无法读取", "the measurement %d cannot be read", r.ID)
			return nil
		}
		if err != nil {
			return err
		}
		single = r.measurement(code).Hash()
		sum.Write(single[:])
		found++
		return nil
	})
	if err != nil {
		return err
	}
	v.Measurements += found
	v.step(found)
	after := sum.Sum(nil)
	if strings.HasPrefix(e.Action, "measurement.") {
		after = single[:]
	}
	if found != e.LastID-e.FirstID+1 || !bytes.Equal(after, e.After) {
		v.Find("measurement", number(e.FirstID), "第 %d 条所记的实绩 %d—%d 被改动或删除",
			"the measurements %[2]d to %[3]d of entry %[1]d were altered or removed", e.Seq, e.FirstID, e.LastID)
	}
	return nil
}
