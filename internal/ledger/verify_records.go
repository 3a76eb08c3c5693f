package ledger

import (
	"bytes"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// records holds every record that decides a figure against what the last entry that
// speaks of it hashed, and finds records that are gone or that no entry speaks of.
func (v *verifier) records() error {
	for _, k := range recordKinds {
		if err := v.present(k); err != nil {
			return err
		}
		if err := v.gone(k); err != nil {
			return err
		}
		if err := v.restated(k); err != nil {
			return err
		}
	}
	return nil
}

// restated finds records of which one entry says another thing than an earlier one. Keys
// change, and what a migration leaves of them is what was there before; all other records
// are only added to.
func (v *verifier) restated(k *RecordKind) error {
	which := ""
	if k == KeyRecord {
		which = " AND e.action = '" + actionTakenUp + "'"
	}
	query := `SELECT r.name, MIN(r.seq) FROM audited_records r JOIN audit_log e ON e.seq = r.seq WHERE r.kind = $1` + which + `
		AND r.hash <> (SELECT o.hash FROM audited_records o WHERE o.kind = r.kind AND o.name = r.name AND o.seq < r.seq ORDER BY o.seq DESC, o.ordinal DESC LIMIT 1)
		GROUP BY r.name ORDER BY r.name`
	return database.Each(v.ctx, v.q, query, []any{k.name}, func(rows *sql.Rows) error {
		var name string
		var seq int64
		err := rows.Scan(&name, &seq)
		v.Find(k.name, name, "第 %[2]d 条所记的"+k.zh+" %[1]s 与此前所记不同", "entry %[2]d says another thing of the "+k.en+" %[1]s than one before it", name, seq)
		return err
	})
}

// revocations holds revoked keys, but for their revocation, against what was known of them
// before: the entry of a revocation may be made some time after it.
func (v *verifier) revocations() error {
	const before = `(SELECT r.hash FROM audited_records r WHERE r.kind = 'key' AND r.name = v.code
		AND r.seq < COALESCE((SELECT MAX(e.seq) FROM audit_log e JOIN audited_records s ON s.seq = e.seq AND s.kind = 'key' AND s.name = e.target
			WHERE e.action = '` + actionRevoked + `' AND e.target = v.code), 9223372036854775807)
		ORDER BY r.seq DESC, r.ordinal DESC LIMIT 1)`
	const rest = `WHERE v.revoked_at IS NOT NULL AND (EXISTS (SELECT 1 FROM unchained_entries u WHERE u.target = v.code) OR '` + actionRevoked + `' =
		(SELECT e.action FROM audit_log e JOIN audited_records r ON r.seq = e.seq WHERE r.kind = 'key' AND r.name = v.code ORDER BY e.seq DESC LIMIT 1))`
	return keyBeforeRevocation.readRecords(v.ctx, v.q, before, rest, nil, func(r auditedRecord, more any) error {
		if recorded, _ := more.([]byte); !bytes.Equal(recorded, r.hash) {
			v.Find(r.kind, r.name, "密钥 %s 除吊销外还被改动", "the key %s was altered beside its revocation", r.name)
		}
		return nil
	})
}

func (v *verifier) present(k *RecordKind) error {
	last := "(SELECT r.hash FROM audited_records r WHERE r.kind = '" + k.name + "' AND r.name = " + k.id + " ORDER BY r.seq DESC, r.ordinal DESC LIMIT 1)"
	return k.readRecords(v.ctx, v.q, last, "", nil, func(r auditedRecord, more any) error {
		v.step(1)
		recorded, _ := more.([]byte)
		switch {
		case k == KeyRecord && v.waiting[r.name]: // its entry is on the way into the chain
		case recorded == nil:
			v.Find(k.name, r.name, k.zh+" %s 没有记入审计", "no entry speaks of the "+k.en+" %s", r.name)
		case !bytes.Equal(recorded, r.hash):
			v.Find(k.name, r.name, k.zh+" %s 被改动", "the "+k.en+" %s was altered", r.name)
		}
		return nil
	})
}

// gone finds what entries speak of and is not there.
func (v *verifier) gone(k *RecordKind) error {
	return database.Each(v.ctx, v.q, "SELECT DISTINCT name FROM audited_records WHERE kind = $1 AND name NOT IN (SELECT "+k.id+" FROM "+k.from+") ORDER BY name", []any{k.name}, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		v.Find(k.name, name, k.zh+" %s 被删除", "the "+k.en+" %s was removed", name)
		return err
	})
}

// spoken holds what entries say of records against what the chain holds of that. Of an entry
// that is missing in the chain, the chain has told.
func (v *verifier) spoken() error {
	var of int64
	var said []byte
	sum := newRecordsHash()
	end := func() {
		if said != nil && !bytes.Equal(sum.Sum(nil), said) {
			v.findRecords(of)
		}
		sum.Reset()
	}
	err := database.Each(v.ctx, v.q, `SELECT r.seq, r.kind, r.name, r.hash, e.records_hash, e.seq IS NOT NULL
		FROM audited_records r LEFT JOIN audit_log e ON e.seq = r.seq ORDER BY r.seq, r.ordinal`, nil, func(rows *sql.Rows) error {
		var seq int64
		var r auditedRecord
		var chained []byte
		var there bool
		if err := rows.Scan(&seq, &r.kind, &r.name, &r.hash, &chained, &there); err != nil {
			return err
		}
		if seq != of {
			end()
			of, said = seq, chained
			if !there && (seq < 1 || seq > v.head.auditSeq) {
				v.Find("chain", number(seq), "有散列记在并不存在的第 %d 条名下", "hashes of records are those of entry %d, which there is not", seq)
			}
		}
		sum.add(r)
		return nil
	})
	if err != nil {
		return err
	}
	end()
	return database.Each(v.ctx, v.q, `SELECT e.seq FROM audit_log e
		WHERE length(e.records_hash) > 0 AND NOT EXISTS (SELECT 1 FROM audited_records r WHERE r.seq = e.seq) ORDER BY e.seq`, nil, func(rows *sql.Rows) error {
		var seq int64
		err := rows.Scan(&seq)
		v.findRecords(seq)
		return err
	})
}

func (v *verifier) findRecords(seq int64) {
	v.Find("chain", number(seq), "第 %d 条所记的各项散列被改动", "what entry %d says of its records was altered", seq)
}

// underWay notes the keys whose revocation is not in the chain yet.
func (v *verifier) underWay() error {
	v.waiting = map[string]bool{}
	return database.Each(v.ctx, v.q, "SELECT DISTINCT target, "+followsInto+" FROM unchained_entries u ORDER BY target", nil, func(rows *sql.Rows) error {
		var key string
		var follows bool
		if err := rows.Scan(&key, &follows); err != nil {
			return err
		}
		if !follows {
			v.Find("unchained_entry", key, "待入链的条目（%s）不是吊销", "the entry about %s that waits for the chain is of no revocation", key)
			return nil
		}
		v.waiting[key] = true
		v.Unproven = append(v.Unproven, fault.Say("密钥 %s 的吊销还没有进入审计链", "the revocation of the key %s is not in the chain yet", key))
		return nil
	})
}

// currents finds plans and indicators of which another version counts than the newest.
func (v *verifier) currents() error {
	for _, of := range []struct{ kind, query, zh, en string }{
		{"indicator", `SELECT i.code, i.version FROM indicators i WHERE i.version <>
			COALESCE((SELECT MAX(v.version) FROM indicator_versions v WHERE v.indicator_id = i.id), 0) ORDER BY i.id`,
			"指标 %s 以第 %d 版为准，那不是最新的一版", "version %[2]d of the indicator %[1]s counts, which is not its newest"},
		{"plan", `SELECT p.code, p.version FROM plans p WHERE p.version <>
			COALESCE((SELECT MAX(v.version) FROM plan_versions v WHERE v.plan = p.code), 0) ORDER BY p.id`,
			"计划 %s 以第 %d 版为准，那不是最新的一版", "version %[2]d of the plan %[1]s counts, which is not its newest"},
	} {
		err := database.Each(v.ctx, v.q, of.query, nil, func(rows *sql.Rows) error {
			var code string
			var version int
			err := rows.Scan(&code, &version)
			v.Find(of.kind, code, of.zh, of.en, code, version)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// externals finds codes of other systems that mean another indicator than its version says.
func (v *verifier) externals() error {
	var held externalsOf
	err := database.Each(v.ctx, v.q, `SELECT i.code, v.external_codes, x.namespace, x.code
		FROM indicators i JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		LEFT JOIN external_codes x ON x.indicator_id = i.id
		WHERE v.external_codes <> '[]' OR x.code IS NOT NULL ORDER BY i.id`, nil, func(rows *sql.Rows) error {
		var code string
		var said database.ExternalCodes
		var namespace, external *string
		if err := rows.Scan(&code, &said, &namespace, &external); err != nil {
			return err
		}
		if code != held.indicator {
			v.lacking(held)
			held = externalsOf{indicator: code, said: said}
		}
		if external != nil {
			v.external(&held, *namespace, *external)
		}
		return nil
	})
	v.lacking(held)
	return err
}

// externalsOf are the codes that the version of an indicator says, less those found.
type externalsOf struct {
	indicator string
	said      database.ExternalCodes
}

func (v *verifier) external(of *externalsOf, namespace, code string) {
	c := indicator.ExternalCode{Namespace: namespace, Code: code}
	at := slices.Index(of.said, c)
	if at < 0 {
		v.Find("external_code", c.String(), "外部代码 %s 不是指标 %s 的", "the external code %s is not one of the indicator %s", c, of.indicator)
		return
	}
	of.said = slices.Delete(of.said, at, at+1)
}

// lacking finds the codes that are left.
func (v *verifier) lacking(of externalsOf) {
	for _, c := range of.said {
		v.Find("external_code", c.String(), "指标 %[2]s 的外部代码 %[1]s 不再对应它", "the external code %s does not mean the indicator %s any more", c, of.indicator)
	}
}

// mostAhead is how far the ledger may be ahead of a clock: one that was set back gives no
// moment before those that there are.
const mostAhead = 24 * time.Hour

// ledger holds the one row that every write passes through against what was written.
func (v *verifier) ledger() error {
	var profile int
	var event, looped int64
	var newest [6]*database.Moment
	err := v.q.QueryRowContext(v.ctx, `SELECT (SELECT COALESCE(MAX(version), 0) FROM profiles), (SELECT COALESCE(MAX(id), 0) FROM agency_events),
		(SELECT MAX(recorded_at) FROM measurements), (SELECT MAX(updated_at) FROM indicator_versions), (SELECT MAX(updated_at) FROM plan_versions),
		(SELECT MAX(recorded_at) FROM agency_events), (SELECT MAX(since) FROM profiles), (SELECT COALESCE(MAX(id), 0) FROM loop_events), (SELECT MAX(at) FROM loop_events)`).
		Scan(&profile, &event, &newest[0], &newest[1], &newest[2], &newest[3], &newest[4], &looped, &newest[5])
	if err != nil {
		return err
	}
	if v.head.profile != profile {
		v.Find("ledger", "profile", "台账所记口径为第 %d 版，最新为第 %d 版", "the ledger names version %d of the profile; the newest is %d", v.head.profile, profile)
	}
	if v.head.agencyEvent != event {
		v.Find("ledger", "agency_event", "台账所记最后一次单位变动为 %d，实为 %d", "the ledger names %d as the last event of agencies; it is %d", v.head.agencyEvent, event)
	}
	if v.head.loopEvent != looped {
		v.Find("ledger", "loop_event", "台账所记最后一项管理事项为 %d，实为 %d", "the ledger names %d as the last event of the loop; it is %d", v.head.loopEvent, looped)
	}
	if now := v.options.Now; !now.IsZero() && v.head.last().Sub(now) > mostAhead {
		v.Find("ledger", "moment", "台账的时刻 %s 比本机的时钟快得多", "the moment of the ledger, %s, is far ahead of this machine's clock", v.head.last().Format(database.MomentLayout))
	}
	for _, at := range newest {
		if at != nil && at.UnixMicro() > v.head.moment {
			v.Find("ledger", "moment", "台账的时刻 %s 早于最后一次记录的时刻 %s", "the moment of the ledger, %s, is before the last that was recorded, %s",
				v.head.last().Format(database.MomentLayout), at.Format(database.MomentLayout))
		}
	}
	return nil
}

// number is an id as the name of a finding.
func number(id int64) string { return strconv.FormatInt(id, 10) }
