package v1

// MeasurementRequest reports one period of one indicator.
type MeasurementRequest struct {
	// Indicator is required unless external_code names the indicator; both may be given where they agree.
	Indicator string `json:"indicator,omitempty" example:"qingzhou-2023-14-1"`
	// ExternalCode is the sender's own code of the indicator.
	ExternalCode string `json:"external_code,omitempty"`
	// ExternalNamespace is the namespace of external_code, empty for the shared one; that of the key when left out.
	ExternalNamespace *string `json:"external_namespace,omitempty"`
	// Period is a day 2023-09-15, week 2023-W38 (ISO 8601), month 2023-09, quarter 2023-Q3, half 2023-H1 or year 2023.
	Period string `json:"period" example:"2023-09" binding:"required"`
	// Value is required unless numerator and denominator are given, from which it follows, or missing says that there is none.
	Value NumberInput `json:"value,omitempty" swaggertype:"number" extensions:"x-number-or-string" example:"18"`
	// Numerator and Denominator report a share in % or ‰ as its two figures, which are computed with exactly; the denominator is above 0.
	Numerator   NumberInput `json:"numerator,omitempty" swaggertype:"number" extensions:"x-number-or-string"`
	Denominator NumberInput `json:"denominator,omitempty" swaggertype:"number" extensions:"x-number-or-string"`
	// Missing says that there is no figure: not_available or 暂缺, none of what there is to measure, or not_applicable or 不适用, nothing to measure in the period. Then note gives the reason, and there is no value, numerator or denominator.
	Missing string `json:"missing,omitempty" extensions:"x-pattern=^(not_available|not_applicable|暂缺|不适用)$"`
	// Provisional marks a figure that a final one will replace.
	Provisional bool `json:"provisional,omitempty"`
	// Unit is any unit of the target's dimension; the target's unit when left out.
	Unit string `json:"unit,omitempty" example:"个"`
	// Basis is increment or 本期 (this period alone), or total or 累计 (since the term began); the indicator's default_basis when left out.
	Basis string `json:"basis,omitempty" extensions:"x-pattern=^(increment|total|本期|当期|累计)$" example:"increment"`
	// SourceID is the sender's own name for the report.
	SourceID string `json:"source_id,omitempty" example:"gxj-2023-09-001"`
	// Note is required with missing: it is the reason.
	Note        string `json:"note,omitempty" example:"按月报汇总"`
	EvidenceURL string `json:"evidence_url,omitempty" example:"https://data.example.gov.cn/reports/2023-09"`
	// Agency is who is reported for, one that the indicator names; needed only where several agencies of the key take part and not just one of them leads.
	Agency string `json:"agency,omitempty"`
	// Replaces is the id of the measurement that this one is meant to take the place of: needed where another agency reported it, or to bring back what was taken back.
	Replaces string `json:"replaces,omitempty"`
} //@name MeasurementRequest

// Measurement is a report as it was stored.
type Measurement struct {
	ID        string `json:"id" zh:"实绩编号" example:"412"`
	Indicator string `json:"indicator" zh:"指标代码" example:"qingzhou-2023-14-1"`
	Period    string `json:"period" zh:"报告期" example:"2023-09"`
	// Value of a share that was reported as its two figures is rounded; they are what counts. It is null with missing.
	Value *Number `json:"value" zh:"实绩" swaggertype:"number" extensions:"x-nullable" example:"168"`
	// Unit is empty with missing, and for an index.
	Unit  string `json:"unit" zh:"计量单位" example:"个"`
	Basis string `json:"basis" zh:"口径" extensions:"x-words=indicator.Basis" example:"total"`
	// Numerator and Denominator are the two figures of a share; null for a report of its value.
	Numerator   *Number `json:"numerator" zh:"分子" swaggertype:"number" extensions:"x-nullable"`
	Denominator *Number `json:"denominator" zh:"分母" swaggertype:"number" extensions:"x-nullable"`
	// Missing says that there is no figure, for the reason in note; null for a figure.
	Missing *string `json:"missing" zh:"缺失标记" extensions:"x-words=indicator.Missing,x-nullable"`
	// Provisional marks a figure that a final one will replace.
	Provisional bool   `json:"provisional" zh:"是否初步数" example:"false"`
	SourceID    string `json:"source_id" zh:"来源编号" example:"gxj-2023-09-001"`
	// Note of a retraction, and with missing, is the reason.
	Note        string `json:"note" zh:"备注" example:"按月报汇总"`
	EvidenceURL string `json:"evidence_url" zh:"佐证网址" example:"https://data.example.gov.cn/reports/2023-09"`
	// Revision counts from 1 within one indicator, period and basis; the newest counts.
	Revision int `json:"revision" zh:"修订次数" example:"1"`
	// Retracts is the id of the measurement that this one takes back, whose reason is the note; null for a report. While it is the newest revision, nothing counts.
	Retracts   *string `json:"retracts" zh:"撤回的实绩编号" extensions:"x-nullable" example:"411"`
	RecordedAt string  `json:"recorded_at" zh:"记录时刻" format:"date-time" example:"2023-10-08T02:15:00.123456Z"`
	// ReportedBy is who sent it; null where that was not kept yet.
	ReportedBy *ReportedBy `json:"reported_by" zh:"报送" extensions:"x-nullable"`
	// Replaced is the measurement before, whose place this revision took; in lists with revised=true, or whose fields name it.
	Replaced *ReplacedMeasurement `json:"replaced,omitempty" zh:"原实绩"`
} //@name Measurement

// ReplacedMeasurement is what a revision took the place of, of the same indicator, period and basis.
type ReplacedMeasurement struct {
	ID string `json:"id" zh:"编号" example:"411"`
	// Value is null where there was no figure.
	Value   *Number `json:"value" zh:"数值" swaggertype:"number" extensions:"x-nullable" example:"186"`
	Unit    string  `json:"unit" zh:"单位" example:"个"`
	Missing *string `json:"missing" zh:"缺失标记" extensions:"x-words=indicator.Missing,x-nullable"`
	Note    string  `json:"note" zh:"备注" example:"按月报汇总"`
} //@name ReplacedMeasurement

// ReportedBy says who sent a measurement.
type ReportedBy struct {
	// Agency is who was reported for; null for nobody, as from an office's key or the command line.
	Agency *string `json:"agency" zh:"单位" extensions:"x-nullable" example:"市工信局"`
	// KeyName is the name of the key; empty at the command line.
	KeyName string `json:"key_name" zh:"密钥名称" example:"工信系统"`
	// Key is the id of the key, for admins; null for others.
	Key *string `json:"key" zh:"密钥编号" extensions:"x-nullable"`
} //@name ReportedBy

// MeasurementReceipt answers a report: what became of it, the record, and the
// indicator's progress at the end of the period reported.
type MeasurementReceipt struct {
	// Outcome is stored (201), revised (201), unchanged (200), superseded (200: what the source_id said was corrected or taken back since, and nothing was stored) or, of a retraction, retracted (200).
	Outcome string `json:"outcome" enums:"stored,revised,unchanged,superseded,retracted" example:"stored"`
	// Measurement is the newest revision of the period and basis; where stands is false it is a retraction.
	Measurement Measurement `json:"measurement"`
	// Stands says whether the measurement counts: false when nothing stands for the period and basis.
	Stands bool `json:"stands" example:"true"`
	// DryRun says that nothing was stored: outcome is what would have become of the report, and what would have been stored has an empty id.
	DryRun bool `json:"dry_run" example:"false"`
	// Detail says of what was superseded what it gave way to and what to do; null otherwise.
	Detail *string `json:"detail" extensions:"x-nullable"`
	// ExternalCode is the one that the report named its indicator by; null when it named none.
	ExternalCode *ExternalCode `json:"external_code" extensions:"x-nullable"`
	Progress     Progress      `json:"progress"`
} //@name MeasurementReceipt

// MeasurementRecord is one measurement with what has become of it.
type MeasurementRecord struct {
	Measurement Measurement `json:"measurement"`
	// Stands says whether the measurement counts: it is the newest revision of its period and basis, and no retraction.
	Stands bool `json:"stands" example:"true"`
	// ReplacedBy is the revision that took its place; null for the newest.
	ReplacedBy *MeasurementReplacement `json:"replaced_by" extensions:"x-nullable"`
	// IndicatorURL is where its indicator is read.
	IndicatorURL string `json:"indicator_url" example:"/api/v1/indicators/qingzhou-2023-14-1"`
} //@name MeasurementRecord

// MeasurementReplacement is the revision that took the place of a measurement.
type MeasurementReplacement struct {
	ID       string `json:"id" example:"471"`
	Revision int    `json:"revision" example:"2"`
	// Retraction says that it takes the measurement back.
	Retraction bool `json:"retraction" example:"false"`
} //@name MeasurementReplacement

// MeasurementPage is one page of measurements, oldest first.
type MeasurementPage struct {
	Items      []Measurement `json:"items"`
	NextCursor *string       `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name MeasurementPage
