package v1

// RetractionRequest says why a measurement is taken back.
type RetractionRequest struct {
	Reason string `json:"reason" example:"与市交通局重复统计" binding:"required"`
	// Agency is who reported the measurement, as its reported_by has it: needed where that is an agency which the key does not report for.
	Agency string `json:"agency,omitempty"`
} //@name RetractionRequest

// MeasurementFeed is one page of the change feed: measurements and retractions
// of all indicators, in the order they were stored.
type MeasurementFeed struct {
	Items []Measurement `json:"items"`
	// NextCursor is the updated_after of the next call, also at the end: call again later to read on.
	NextCursor string `json:"next_cursor" example:"NDEy"`
	// HasMore says that there was more when the page was read.
	HasMore bool `json:"has_more" example:"false"`
} //@name MeasurementFeed

// Batch says what became of the rows that were handed in together.
type Batch struct {
	// ID is null for a dry run, which cannot be looked up.
	ID   *string `json:"id" extensions:"x-nullable" example:"MSHC7DCWCDEYCBTMPTVQ2ZXVTY"`
	Mode string  `json:"mode" extensions:"x-words=indicator.Mode" example:"partial"`
	// DryRun says that nothing was stored.
	DryRun bool `json:"dry_run" example:"false"`
	// State is running (also of a batch that was cut short: what it counts is stored), done, or refused (atomic, with a refused row: nothing is stored).
	State     string `json:"state" extensions:"x-words=indicator.BatchState" example:"done"`
	Rows      int64  `json:"rows" example:"3"`
	Stored    int64  `json:"stored" example:"1"`
	Revised   int64  `json:"revised" example:"0"`
	Unchanged int64  `json:"unchanged" example:"1"`
	// Superseded counts rows that came again after what they said was corrected or taken back; nothing was written for them.
	Superseded int64  `json:"superseded" example:"0"`
	Refused    int64  `json:"refused" example:"1"`
	CreatedAt  string `json:"created_at" format:"date-time" example:"2023-10-08T02:15:00Z"`
	UpdatedAt  string `json:"updated_at" format:"date-time" example:"2023-10-08T02:15:01Z"`
} //@name Batch

// RowReceipt says what became of one row of a batch.
type RowReceipt struct {
	// Row counts from 1 in the order they were sent; rows without anything in them are not counted.
	Row int64 `json:"row" zh:"行序" example:"2"`
	// Sheet is the sheet of a workbook that the row stands in; null for other forms.
	Sheet *string `json:"sheet" zh:"工作表" extensions:"x-nullable" example:"实绩"`
	// Line is the row of the sheet or the line of the file, from 1; null for JSON arrays.
	Line *int64 `json:"line" zh:"行号" extensions:"x-nullable" example:"5"`
	// Indicator is the code as it was sent, cut where it is too long for one, or the one that external_code means; null when there was none.
	Indicator *string `json:"indicator" zh:"指标代码" extensions:"x-nullable" example:"qingzhou-2023-14-1"`
	// ExternalCode is the one that the row named its indicator by; null when it named none.
	ExternalCode *ExternalCode `json:"external_code" zh:"外部代码" extensions:"x-nullable"`
	// Outcome is stored, revised, unchanged, superseded (id and revision are those of what stands, or of the retraction where nothing does), refused, or not_stored where a refused row of an atomic batch kept the others from being stored.
	Outcome string `json:"outcome" zh:"结果" enums:"stored,revised,unchanged,superseded,refused,not_stored" example:"refused"`
	// ID and Revision are those of the measurement; null when there is none.
	ID       *string `json:"id" zh:"实绩编号" extensions:"x-nullable" example:"412"`
	Revision *int    `json:"revision" zh:"修订次数" extensions:"x-nullable" example:"1"`
	// Code, Field and Detail say why the row was refused. Of a superseded row the code is superseded, or retracted where nothing stands, and the detail says what to do; null otherwise.
	Code   *string `json:"code" zh:"错误代码" extensions:"x-nullable" example:"unit_mismatch"`
	Field  *string `json:"field" zh:"字段" extensions:"x-nullable" example:"/unit"`
	Detail *string `json:"detail" zh:"说明" extensions:"x-nullable" example:"单位“吨”不能换算为“个”"`
	// Cautions are what is doubtful about a report that was stored, by the codes that progress has; empty when nothing is.
	Cautions []string `json:"cautions" zh:"提示代码" extensions:"x-words=progress.Caution" example:"period_not_over"`
} //@name RowReceipt

// BatchReceipts answers a batch.
type BatchReceipts struct {
	Batch Batch `json:"batch"`
	// UnreadSheets are the sheets of a workbook that were not read, because they are hidden or have no heading row; empty for other forms. They are in the header Unread-Sheets too.
	UnreadSheets []string     `json:"unread_sheets" example:"填写说明"`
	Receipts     []RowReceipt `json:"receipts"`
} //@name BatchReceipts

// RowReceiptPage is one page of the receipts of a batch.
type RowReceiptPage struct {
	Items      []RowReceipt `json:"items"`
	NextCursor *string      `json:"next_cursor" extensions:"x-nullable" example:"NTA"`
} //@name RowReceiptPage

// AuditEntry is one link of the audit chain.
type AuditEntry struct {
	// Seq counts from 1 without a gap.
	Seq    string     `json:"seq" zh:"序号" example:"7"`
	At     string     `json:"at" zh:"时刻" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	Actor  AuditActor `json:"actor" zh:"操作者"`
	Action string     `json:"action" zh:"动作" example:"measurement.stored"`
	// Target is the code of the plan or indicator, the id of the key, or batch:ID.
	Target string `json:"target" zh:"对象" example:"qingzhou-2023-14-1"`
	// FirstID and LastID are the measurements that were written; null when none was.
	FirstID *string `json:"first_id" zh:"首条实绩编号" extensions:"x-nullable" example:"412"`
	LastID  *string `json:"last_id" zh:"末条实绩编号" extensions:"x-nullable" example:"412"`
	// Before and After are SHA-256 of what was replaced and of what was written, in hex; empty when there was nothing.
	Before string `json:"before" zh:"前散列" example:""`
	After  string `json:"after" zh:"后散列" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	// Hash is SHA-256 over the entry before and this one, in hex.
	Hash string `json:"hash" zh:"链散列" example:"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"`
} //@name AuditEntry

// AuditActor is who made a change.
type AuditActor struct {
	Key       string `json:"key" zh:"密钥编号" example:"local"`
	Name      string `json:"name" zh:"名称" example:"市工信局月报系统"`
	From      string `json:"from" zh:"地址" example:"10.20.30.40"`
	RequestID string `json:"request_id" zh:"请求编号" example:"4X2Q7ZK5M3V6T1RB"`
} //@name AuditActor

// SignedAuditHead is the head of the audit chain as a record that can be kept: one line of JSON.
type SignedAuditHead struct {
	Content AuditHead `json:"content"`
	// KeyID is the first 16 hex digits of the SHA-256 of the public key.
	KeyID string `json:"key_id" example:"34750f98bd59fcfc"`
	// PublicKey is the service's Ed25519 key, 32 bytes in base64. Trust the one that the operator gave you and not this one.
	PublicKey string `json:"public_key" example:"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="`
	// Signature is over the format, a line feed and the content as compact JSON; 64 bytes in base64.
	Signature string `json:"signature" example:"bLBzKpImyHAQkle5SGZN30Tw7d+YVigSdnF7sw5PYKBUtO5jtoBh3O+0dSfYYnJ4kvQv2qlnd6TmZwV8P2dtAA=="`
} //@name SignedAuditHead

// AuditHead is where the audit chain ends and what is stored with it, all of one moment.
type AuditHead struct {
	// Format is tracker audit head 1.
	Format string `json:"format" example:"tracker audit head 1"`
	// Seq is that of the last entry, and how many there are.
	Seq string `json:"seq" example:"7"`
	// Hash is that of the last entry, in hex; empty where there is none.
	Hash string `json:"hash" example:"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"`
	// Moment is the last that the database gave to what it stored; as_of of this moment shows what the head speaks of.
	Moment string `json:"moment" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// LastMeasurement is the last id that a measurement or retraction has; 0 where there is none.
	LastMeasurement string `json:"last_measurement" example:"412"`
	Plans           int64  `json:"plans" example:"1"`
	Indicators      int64  `json:"indicators" example:"24"`
} //@name AuditHead

// AuditPage is one page of the audit log.
type AuditPage struct {
	Items      []AuditEntry `json:"items"`
	NextCursor *string      `json:"next_cursor" extensions:"x-nullable" example:"Nw"`
} //@name AuditPage
