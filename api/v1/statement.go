package v1

import "encoding/json"

// SignedStatement is a statement as it is signed. Whoever holds the public key verifies it
// without the service: tracker statement verify --public-key FILE.
type SignedStatement struct {
	Content Statement `json:"content"`
	// KeyID names the key that signed: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes.
	KeyID string `json:"key_id" example:"34750f98bd59fcfc"`
	// PublicKey is the key's 32 bytes in base64. Trust the one that the service's keepers have given, and not this.
	PublicKey string `json:"public_key" example:"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="`
	// Signature is that of Ed25519, in base64, over "tracker statement 1", a line feed, and the content without blanks between its parts.
	Signature string `json:"signature"`
} //@name SignedStatement

// Statement (进度证明) is all that the progress of an indicator was derived from, and what
// came of it. Figures are texts with all their digits. A field of its format is never
// changed: what is added later makes a format of its own.
type Statement struct {
	// Format is the version of this format.
	Format int `json:"statement" example:"1"`
	// Program is the version of the program that made it.
	Program string `json:"program" example:"0.1.0"`
	// Rules is the version of the rules that the progress was computed by.
	Rules int `json:"rules" example:"1"`
	// On is the date judged.
	On string `json:"on" format:"date" example:"2023-09-30"`
	// AsOf is the moment whose knowledge was used.
	AsOf         string                 `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	Plan         StatementPlan          `json:"plan"`
	Indicator    StatementIndicator     `json:"indicator"`
	Measurements []StatementMeasurement `json:"measurements"`
	Profile      StatementProfile       `json:"profile"`
	Progress     StatementProgress      `json:"progress"`
	// AuditHead is the last entry that the audit chain had at as_of; null for an empty chain.
	AuditHead *StatementAuditHead `json:"audit_head" extensions:"x-nullable"`
} //@name Statement

// StatementPlan is the plan's version of a statement.
type StatementPlan struct {
	Code         string  `json:"code" example:"qingzhou-2023"`
	Version      int     `json:"version" example:"1"`
	Title        string  `json:"title" example:"青州市2023年重点工作任务"`
	Issuer       string  `json:"issuer" example:"青州市人民政府办公室"`
	Jurisdiction string  `json:"jurisdiction" example:"青州市"`
	IssuedOn     *string `json:"issued_on" format:"date" extensions:"x-nullable"`
	StartsOn     string  `json:"starts_on" format:"date" example:"2023-01-01"`
	DueOn        string  `json:"due_on" format:"date" example:"2023-12-31"`
} //@name StatementPlan

// StatementIndicator is the indicator's version of a statement.
type StatementIndicator struct {
	Code         string                `json:"code" example:"qingzhou-2023-14-1"`
	Version      int                   `json:"version" example:"1"`
	Task         string                `json:"task" example:"14"`
	Section      int                   `json:"section" example:"2"`
	Name         string                `json:"name" example:"新增公共充电桩数"`
	Kind         string                `json:"kind" extensions:"x-words=indicator.Kind" example:"increment"`
	Direction    string                `json:"direction" extensions:"x-words=indicator.Direction" example:"increase"`
	DirectionBy  string                `json:"direction_by" extensions:"x-words=indicator.Settled" example:"kind"`
	Course       string                `json:"course" extensions:"x-words=indicator.Course" example:"accrue"`
	CourseBy     string                `json:"course_by" extensions:"x-words=indicator.Settled" example:"kind"`
	Over         *string               `json:"over" extensions:"x-words=indicator.Over,x-nullable"`
	Each         *string               `json:"each" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	DefaultBasis string                `json:"default_basis" extensions:"x-words=indicator.Basis" example:"increment"`
	Target       StatementTarget       `json:"target"`
	Baseline     *string               `json:"baseline" extensions:"x-nullable" example:"1000"`
	StartsOn     string                `json:"starts_on" format:"date" example:"2023-01-01"`
	DueOn        string                `json:"due_on" format:"date" example:"2023-12-31"`
	TermEndsOn   string                `json:"term_ends_on" format:"date" example:"2023-12-31"`
	Frequency    string                `json:"frequency" extensions:"x-words=indicator.Frequency" example:"month"`
	Curve        []StatementCurvePoint `json:"curve"`
	Binding      string                `json:"binding" extensions:"x-words=indicator.Binding" example:"binding"`
	State        string                `json:"state" extensions:"x-words=indicator.State" example:"confirmed"`
	Confidence   string                `json:"confidence" extensions:"x-words=indicator.Confidence" example:"high"`
	// LeadAgencies and ParticipatingAgencies are named as the plan writes them.
	LeadAgencies          []string `json:"lead_agencies" example:"市工信局"`
	ParticipatingAgencies []string `json:"participating_agencies" example:"市财政局"`
	// Source is the plan's own sentence; null for an indicator that was not read from text.
	Source    *StatementSource `json:"source" extensions:"x-nullable"`
	CreatedAt string           `json:"created_at" format:"date-time" example:"2023-01-08T02:15:00.123456Z"`
	UpdatedAt string           `json:"updated_at" format:"date-time" example:"2023-01-08T02:15:00.123456Z"`
} //@name StatementIndicator

// StatementTarget is the target of a statement's indicator.
type StatementTarget struct {
	Comparator string `json:"comparator" extensions:"x-words=indicator.Comparator" example:"eq"`
	// Value is null while the target waits for the value of its reference.
	Value     *string `json:"value" extensions:"x-nullable" example:"221"`
	ValueHigh *string `json:"value_high" extensions:"x-nullable"`
	Unit      string  `json:"unit" example:"个"`
	Reference string  `json:"reference" example:""`
} //@name StatementTarget

// StatementCurvePoint is a point of an indicator's own schedule.
type StatementCurvePoint struct {
	On      string `json:"on" format:"date" example:"2023-06-30"`
	Percent string `json:"percent" example:"40"`
} //@name StatementCurvePoint

// StatementSource is where the indicator stands in the plan's text.
type StatementSource struct {
	// DocumentVersion is the version of the plan whose document it is.
	DocumentVersion int `json:"document_version" example:"1"`
	// SHA256 is that of the document's file, in hex.
	SHA256 string `json:"sha256" example:"7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"`
	// Start and End count Unicode code points in the document's text.
	Start int    `json:"start" example:"2412"`
	End   int    `json:"end" example:"2423"`
	Quote string `json:"quote" example:"新增公共充电桩221个"`
	Rule  string `json:"rule" example:"bare"`
	// Page and Paragraph are 0 where the file has none.
	Page      int `json:"page" example:"0"`
	Paragraph int `json:"paragraph" example:"0"`
} //@name StatementSource

// StatementMeasurement is a report that counts.
type StatementMeasurement struct {
	ID       string `json:"id" example:"412"`
	Revision int    `json:"revision" example:"1"`
	Period   string `json:"period" example:"2023-09"`
	Basis    string `json:"basis" extensions:"x-words=indicator.Basis" example:"total"`
	// Value of a share that was reported as its two figures is rounded; they are what counts. It is null with missing.
	Value       *string `json:"value" extensions:"x-nullable" example:"168"`
	Numerator   *string `json:"numerator" extensions:"x-nullable"`
	Denominator *string `json:"denominator" extensions:"x-nullable"`
	Unit        string  `json:"unit" example:"个"`
	Missing     *string `json:"missing" extensions:"x-words=indicator.Missing,x-nullable"`
	Provisional bool    `json:"provisional" example:"false"`
	SourceID    string  `json:"source_id" example:"gxj-2023-09-001"`
	Note        string  `json:"note" example:"按月报汇总"`
	EvidenceURL string  `json:"evidence_url" example:""`
	RecordedAt  string  `json:"recorded_at" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// ReportedBy is who sent it; null where that was not kept yet.
	ReportedBy *StatementReporter `json:"reported_by" extensions:"x-nullable"`
	// Hash is the measurement's SHA-256 as the audit chain has it, in hex.
	Hash string `json:"hash" example:"15ca4e5747bbfaa1df39f763a2cbbfa48d17b1b14ec759584ad8706b2046a030"`
} //@name StatementMeasurement

// StatementReporter says who sent a measurement.
type StatementReporter struct {
	// Agency is who was reported for; empty for nobody.
	Agency string `json:"agency" example:"市工信局"`
	// By is key, local at the command line, or open where the service asked nobody for a key.
	By string `json:"by" enums:"key,local,open" example:"key"`
	// KeyName is the name of the key. Its id, which the measurement's hash covers too, is not in a statement.
	KeyName string `json:"key_name" example:"工信系统"`
} //@name StatementReporter

// StatementProfile is the version of the profile that judged.
type StatementProfile struct {
	// Version is 0 before the database has one.
	Version int `json:"version" example:"1"`
	// Timezone is where days begin.
	Timezone string `json:"timezone" example:"Asia/Shanghai"`
	// Content is the profile as a file of it is written.
	Content json.RawMessage `json:"content" swaggertype:"object"`
} //@name StatementProfile

// StatementProgress is the progress with its working. Figures are rounded half up once.
type StatementProgress struct {
	CutOff        *string            `json:"cut_off" format:"date" extensions:"x-nullable" example:"2023-09-30"`
	Course        string             `json:"course" extensions:"x-words=indicator.Course" example:"accrue"`
	Actual        *StatementQuantity `json:"actual" extensions:"x-nullable"`
	Percent       *string            `json:"percent" extensions:"x-nullable" example:"76.02"`
	PercentCapped *string            `json:"percent_capped" extensions:"x-nullable" example:"76.02"`
	Pace          string             `json:"pace" example:"74.79"`
	Gap           *string            `json:"gap" extensions:"x-nullable" example:"1.23"`
	AmountDue     *StatementQuantity `json:"amount_due" extensions:"x-nullable"`
	Shortfall     *StatementQuantity `json:"shortfall" extensions:"x-nullable"`
	DueGap        *string            `json:"due_gap" extensions:"x-nullable" example:"1.36"`
	Attained      bool               `json:"attained" example:"false"`
	AttainedOn    *string            `json:"attained_on" format:"date" extensions:"x-nullable"`
	Late          bool               `json:"late" example:"false"`
	DaysLeft      int                `json:"days_left" example:"92"`
	DaysLate      int                `json:"days_late" example:"0"`
	Status        string             `json:"status" example:"on_track"`
	Label         StatementText      `json:"label"`
	Color         string             `json:"color" example:"#2e7d32"`
	// Reason says why percent is null.
	Reason        *string            `json:"reason" extensions:"x-words=progress.Reason,x-nullable"`
	Cautions      []StatementCaution `json:"cautions"`
	ReportMissing bool               `json:"report_missing" example:"false"`
	Provisional   bool               `json:"provisional" example:"false"`
	// Rule names the case of the percent-of-target table that applied.
	Rule string `json:"rule" example:"ratio_to_target"`
	// Working says step by step how the figures came about.
	Working []StatementText `json:"working"`
	// Counted are the ids of the measurements that made the actual value.
	Counted []string `json:"counted" example:"412"`
} //@name StatementProgress

// StatementQuantity is an exact number, as text, with its unit.
type StatementQuantity struct {
	Value string `json:"value" example:"168"`
	Unit  string `json:"unit" example:"个"`
} //@name StatementQuantity

// StatementText is a text in both languages.
type StatementText struct {
	ZH string `json:"zh" example:"达序时"`
	EN string `json:"en" example:"On track"`
} //@name StatementText

// StatementCaution is a caution with the figures that made it speak.
type StatementCaution struct {
	Code string        `json:"code" extensions:"x-words=progress.Caution" example:"baseline_missing"`
	Text StatementText `json:"text"`
} //@name StatementCaution

// StatementAuditHead is an entry of the audit chain.
type StatementAuditHead struct {
	Seq string `json:"seq" example:"1023"`
	// At is when it was made.
	At string `json:"at" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// Hash is its SHA-256, in hex, over the entry before and this one.
	Hash string `json:"hash" example:"15ca4e5747bbfaa1df39f763a2cbbfa48d17b1b14ec759584ad8706b2046a030"`
} //@name StatementAuditHead
