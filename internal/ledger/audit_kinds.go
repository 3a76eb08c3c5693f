package ledger

import "strings"

// RecordKind is a kind of record that decides figures beside measurements, which the
// audit chain holds by a hash of each.
type RecordKind struct {
	name string
	// id is a record's name among those of its kind, as an expression of the database.
	id string
	// columns are what is hashed. One that comes later is hashed where it says something,
	// and leaves the hash of a record without it as it is.
	columns string
	from    string
	// at selects what one write stores together.
	at string
	// zh and en are the words for a record of the kind.
	zh, en string
}

const versionID = " || '#' || CAST(v.version AS TEXT)"

// assignmentsOf are the agencies of a record, by their places, as one text.
func assignmentsOf(table, of string) string {
	return "(SELECT string_agg(a.role || CAST(a.ordinal AS TEXT) || ':' || CAST(a.name_id AS TEXT), ',' ORDER BY a.role, a.ordinal) FROM " +
		table + " a WHERE " + of + ") AS agencies"
}

// The kinds, of which a transaction that writes a record notes it with Touch.
var (
	// IndicatorRecord is a version of an indicator.
	IndicatorRecord = &RecordKind{
		name: "indicator", zh: "指标版本", en: "version of an indicator", id: "i.code" + versionID,
		columns: `i.plan, i.created_at, v.indicator_id, v.task_id, v.section, v.name, v.kind, v.direction, v.direction_by, v.course, v.course_by,
			v.growth_over, v.each_period, v.default_basis, v.comparator, v.target_value, v.target_high, v.unit, v.target_reference, v.baseline,
			v.starts_on, v.due_on, v.term_ends_on, v.binding, v.frequency, v.state, v.confidence, v.curve, v.source_version, v.source_start,
			v.source_end, v.source_quote, v.source_rule, v.source_page, v.source_paragraph, v.external_codes, v.updated_at, ` +
			assignmentsOf("indicator_agencies", "a.indicator_id = v.indicator_id AND a.version = v.version"),
		from: "indicator_versions v JOIN indicators i ON i.id = v.indicator_id", at: "v.indicator_id = $1 AND v.version = $2",
	}
	PlanRecord = &RecordKind{
		name: "plan", zh: "计划版本", en: "version of a plan", id: "v.plan" + versionID,
		columns: `p.created_at, v.title, v.issuer, v.issued_on, v.starts_on, v.due_on, v.sha256, v.media_type, v.characters, v.updated_at, v.jurisdiction`,
		from:    "plan_versions v JOIN plans p ON p.code = v.plan", at: ofPlanVersion,
	}
	DocumentRecord = &RecordKind{
		name: "document", zh: "计划原文", en: "document of a plan", id: "v.plan" + versionID,
		columns: "v.text, v.original", from: "documents v", at: ofPlanVersion,
	}
	SectionRecord = &RecordKind{
		name: "section", zh: "篇章", en: "section of a plan", id: "v.plan" + versionID + " || '/' || CAST(v.number AS TEXT)",
		columns: "v.heading, v.start_pos, v.end_pos", from: "sections v", at: ofPlanVersion,
	}
	TaskRecord = &RecordKind{
		name: "task", zh: "任务", en: "task of a plan", id: "v.plan" + versionID + " || '/' || v.number",
		columns: "v.id, v.section, v.title, v.start_pos, v.end_pos, " + assignmentsOf("task_agencies", "a.task_id = v.id"),
		from:    "tasks v", at: ofPlanVersion,
	}
	// PlanMilestoneRecord is a dated step that the text of a plan names.
	PlanMilestoneRecord = &RecordKind{
		name: "plan_milestone", zh: "计划所列节点", en: "milestone of a plan", id: ofPlanOrdinal,
		columns: "v.task, v.title, v.due_on, v.start_pos, v.end_pos, v.quote",
		from:    "plan_milestones v", at: ofPlanVersion,
	}
	// PlanPartRecord is a share of a place. Each holds how many there are said to be: a version
	// that is said to have none would hide them.
	PlanPartRecord = &RecordKind{
		name: "plan_part", zh: "各地分解数", en: "share of a place", id: ofPlanOrdinal,
		columns: `v.task, v.name, v.area, v.part_of, v.kind, v.direction, v.comparator, v.target_value, v.target_high, v.unit,
			v.target_reference, v.baseline, v.due_on, v.confidence, v.start_pos, v.end_pos, v.quote,
			(SELECT p.parts FROM plan_versions p WHERE p.plan = v.plan AND p.version = v.version) AS parts`,
		from: "plan_parts v", at: ofPlanVersion,
	}
	AgencyNameRecord = &RecordKind{
		name: "agency", zh: "单位名称", en: "name of an agency", id: "CAST(v.id AS TEXT)",
		columns: "v.jurisdiction, v.name", from: "agency_names v", at: "v.id = $1",
	}
	agencyEventRecord = &RecordKind{
		name: "agency_event", zh: "单位变动", en: "event of an agency", id: "CAST(v.id AS TEXT)",
		columns: "v.kind, v.subject_id, v.object_id, v.from_on, v.takes_effect_at, v.recorded_at, v.cancels", from: "agency_events v", at: "v.id = $1",
	}
	// KeyRecord leaves out what tokens are known by, so that nothing of one can be learnt
	// from a hash, and when the key was last used.
	KeyRecord = &RecordKind{
		name: "key", zh: "密钥", en: "key", id: "v.code",
		columns: `v.id, v.name, v.role, v.previous_until, v.created_at, v.created_by, v.expires_at, v.revoked_at, v.namespace,
			(SELECT string_agg(CAST(a.agency_id AS TEXT), ',' ORDER BY a.ordinal) FROM access_key_agencies a WHERE a.key_id = v.id) AS agencies`,
		from: "access_keys v", at: "v.code = $1",
	}
	// keyBeforeRevocation is a key as it would be, had it not been revoked.
	keyBeforeRevocation = &RecordKind{
		name: KeyRecord.name, id: KeyRecord.id, columns: strings.Replace(KeyRecord.columns, "v.revoked_at", "NULL AS revoked_at", 1), from: KeyRecord.from,
	}
	profileRecord = &RecordKind{
		name: "profile", zh: "口径", en: "profile", id: "CAST(v.version AS TEXT)",
		columns: "v.content, v.timezone, v.since", from: "profiles v", at: "v.version = $1",
	}
	loopRecord = &RecordKind{
		name: "loop_event", zh: "管理事项", en: "event of the loop", id: "CAST(v.id AS TEXT)",
		columns: "v.thread, v.seq, v.kind, v.type, v.plan, v.about, v.agency_id, v.content, v.once, v.actor_key, v.actor_name, v.at",
		from:    "loop_events v", at: "v.id = $1",
	}
	// reporterRecord leaves out number 0, who says nothing and was there before all.
	reporterRecord = &RecordKind{
		name: "reporter", zh: "报送人", en: "reporter", id: "CAST(v.id AS TEXT)",
		columns: "v.agency, v.key_id, v.key_name, v.agency_id", from: "(SELECT * FROM reporters WHERE id <> 0) v", at: "v.id = $1",
	}
)

const (
	ofPlanVersion = "v.plan = $1 AND v.version = $2"
	ofPlanOrdinal = "v.plan" + versionID + " || '/' || CAST(v.ordinal AS TEXT)"
)

var recordKinds = []*RecordKind{
	IndicatorRecord, PlanRecord, DocumentRecord, SectionRecord, TaskRecord, PlanMilestoneRecord, PlanPartRecord,
	AgencyNameRecord, agencyEventRecord, KeyRecord, profileRecord, reporterRecord, loopRecord,
}
