package fault

// Code names a kind of fault. Codes are part of the public contract: they are
// added, never renamed.
type Code string

// The codes, grouped by what the caller can do about them.
const (
	// The request could not be read.
	MalformedRequest     Code = "malformed_request"
	EmptyBody            Code = "empty_body"
	TrailingData         Code = "trailing_data"
	UnknownField         Code = "unknown_field"
	DuplicateField       Code = "duplicate_field"
	WrongType            Code = "wrong_type"
	InvalidEncoding      Code = "invalid_encoding"
	BodyTooLarge         Code = "body_too_large"
	UnsupportedMediaType Code = "unsupported_media_type"
	NotAcceptable        Code = "not_acceptable"
	InvalidParameter     Code = "invalid_parameter"
	SelectionTooLarge    Code = "selection_too_large"

	// The request was read and a value in it cannot stand.
	RequiredField       Code = "required_field"
	InvalidValue        Code = "invalid_value"
	InvalidNumber       Code = "invalid_number"
	NumberTooLong       Code = "number_too_long"
	InvalidDate         Code = "invalid_date"
	InvalidPeriod       Code = "invalid_period"
	PeriodOutsideTerm   Code = "period_outside_term"
	PeriodInFuture      Code = "period_in_future"
	Implausible         Code = "implausible"
	UnknownUnit         Code = "unknown_unit"
	UnitMismatch        Code = "unit_mismatch"
	BasisMismatch       Code = "basis_mismatch"
	UnknownIndicator    Code = "unknown_indicator"
	UnknownTask         Code = "unknown_task"
	UnknownPlan         Code = "unknown_plan"
	UnknownAgency       Code = "unknown_agency"
	UnknownJurisdiction Code = "unknown_jurisdiction"
	AmbiguousAgency     Code = "ambiguous_agency"
	UnreadableFile      Code = "unreadable_file"
	EmptyDocument       Code = "empty_document"
	EmptyBatch          Code = "empty_batch"

	// The request conflicts with what is stored.
	CrossOrigin              Code = "cross_origin"
	NotFound                 Code = "not_found"
	MethodNotAllowed         Code = "method_not_allowed"
	PlanExists               Code = "plan_exists"
	IndicatorExists          Code = "indicator_exists"
	PeriodOverlap            Code = "period_overlap"
	SourceIDTaken            Code = "source_id_taken"
	ExternalCodeTaken        Code = "external_code_taken"
	Superseded               Code = "superseded"
	ReportedByAnother        Code = "reported_by_another"
	DuplicateInBatch         Code = "duplicate_in_batch"
	AgencyNameTaken          Code = "agency_name_taken"
	AgencySucceeded          Code = "agency_succeeded"
	AgencyEventInUse         Code = "agency_event_in_use"
	PeriodLocked             Code = "period_locked"
	WrongState               Code = "wrong_state"
	IssueOpen                Code = "issue_open"
	RunOutOfOrder            Code = "run_out_of_order"
	KeyInUse                 Code = "idempotency_key_in_use"
	KeyReused                Code = "idempotency_key_reused"
	BatchRefused             Code = "batch_refused"
	IndicatorNotConfirmed    Code = "indicator_not_confirmed"
	IndicatorHasMeasurements Code = "indicator_has_measurements"
	IndicatorWithdrawn       Code = "indicator_withdrawn"
	PreconditionRequired     Code = "precondition_required"
	PreconditionFailed       Code = "precondition_failed"

	// The caller may not, or not now.
	Unauthorized Code = "unauthorized"
	Forbidden    Code = "forbidden"
	RateLimited  Code = "rate_limited"
	KeyInactive  Code = "key_inactive"

	// The service could not answer.
	Overloaded  Code = "overloaded"
	Internal    Code = "internal"
	Unavailable Code = "unavailable"
	Timeout     Code = "timeout"

	// The service was not told what it needs.
	NoSigningKey Code = "no_signing_key"
)

var titles = map[Code]Text{
	MalformedRequest:         {"请求格式不正确", "The request is malformed"},
	EmptyBody:                {"请求体为空", "The request body is empty"},
	TrailingData:             {"请求体末尾有多余内容", "There is text after the end of the request body"},
	UnknownField:             {"出现未定义的字段", "The request has an unknown field"},
	DuplicateField:           {"同一字段出现多次", "A field is given more than once"},
	WrongType:                {"字段类型不正确", "A field has the wrong type"},
	InvalidEncoding:          {"文字编码不正确", "The text encoding is invalid"},
	BodyTooLarge:             {"请求体过大", "The request body is too large"},
	UnsupportedMediaType:     {"不支持的媒体类型", "The media type is not supported"},
	NotAcceptable:            {"没有所要的格式", "There is no format that was asked for"},
	InvalidParameter:         {"查询参数或请求头不正确", "A query parameter or a header is invalid"},
	SelectionTooLarge:        {"所选内容过多", "The selection is too large"},
	RequiredField:            {"缺少必填字段", "A required field is missing"},
	InvalidValue:             {"字段的值不正确", "A field has an invalid value"},
	InvalidNumber:            {"不是合法的数值", "The value is not a number"},
	NumberTooLong:            {"数值位数过多", "The number has too many digits"},
	InvalidDate:              {"日期不正确", "The date is invalid"},
	InvalidPeriod:            {"报告期不正确", "The period is invalid"},
	PeriodOutsideTerm:        {"报告期不在计划期内", "The period is outside the plan's term"},
	PeriodInFuture:           {"报告期尚未开始", "The period has not begun"},
	Implausible:              {"数值存疑，按规则不予接收", "The value is implausible and the profile refuses it"},
	UnknownUnit:              {"无法识别的计量单位", "The unit is not known"},
	UnitMismatch:             {"计量单位量纲不符", "The unit is of another dimension"},
	BasisMismatch:            {"口径与指标类型不符", "The basis does not fit the indicator"},
	UnknownIndicator:         {"指标不存在", "There is no such indicator"},
	UnknownTask:              {"任务不存在", "There is no such task"},
	UnknownPlan:              {"计划不存在", "There is no such plan"},
	UnknownAgency:            {"单位不存在", "There is no such agency"},
	UnknownJurisdiction:      {"辖区不存在", "There is no such jurisdiction"},
	AmbiguousAgency:          {"单位名称在几个辖区都有", "Several jurisdictions have an agency of this name"},
	UnreadableFile:           {"无法读取文件", "The file cannot be read"},
	EmptyBatch:               {"没有数据行", "There is no row"},
	EmptyDocument:            {"文件没有文字内容", "The document holds no text"},
	CrossOrigin:              {"不接受其他网站发起的写入", "Pages of other sites may not write"},
	NotFound:                 {"资源不存在", "There is no such resource"},
	MethodNotAllowed:         {"不支持的请求方法", "The method is not allowed here"},
	PlanExists:               {"计划代码已存在", "A plan with this code exists"},
	IndicatorExists:          {"指标代码已存在", "An indicator with this code exists"},
	PeriodOverlap:            {"报告期与已有实绩重叠", "The period overlaps one reported already"},
	SourceIDTaken:            {"来源编号已用于另一报告期", "The source_id belongs to a report of another period"},
	ExternalCodeTaken:        {"外部代码已对应另一指标", "The external code means another indicator"},
	Superseded:               {"实绩已有更新的修订", "The measurement has a newer revision"},
	ReportedByAnother:        {"该实绩由其他单位报送", "The figure was reported by another agency"},
	AgencyNameTaken:          {"名称已属其他单位", "The name is another agency's"},
	AgencySucceeded:          {"单位职责已由其他单位承接", "The agency's duties pass to another"},
	PeriodLocked:             {"报告期已锁定", "The period is locked"},
	WrongState:               {"当前状态不能这样做", "Not possible in this state"},
	IssueOpen:                {"同一指标、同一原因已有未销号的问题", "An issue of this indicator and cause is open"},
	RunOutOfOrder:            {"日常处理须按日期先后进行", "Days are worked through in their order"},
	AgencyEventInUse:         {"其后的记录或密钥以此为据", "Later events or keys rest on this one"},
	DuplicateInBatch:         {"同一批次内重复报送", "An earlier row of the batch reports the same"},
	KeyInUse:                 {"同一 Idempotency-Key 的请求正在处理", "A request with this Idempotency-Key is being processed"},
	KeyReused:                {"Idempotency-Key 已用于另一请求", "The Idempotency-Key was used for another request"},
	BatchRefused:             {"批次中有未被接受的行，整批未保存", "Rows of the batch were refused: nothing of it was stored"},
	IndicatorNotConfirmed:    {"指标尚未确认", "The indicator is not confirmed"},
	IndicatorHasMeasurements: {"指标已有实绩", "The indicator has measurements"},
	IndicatorWithdrawn:       {"指标已停用", "The indicator is withdrawn"},
	PreconditionRequired:     {"缺少 If-Match 请求头", "The If-Match header is required"},
	PreconditionFailed:       {"记录已被他人修改", "The record has changed since it was read"},
	Unauthorized:             {"需要有效的密钥", "A valid key is required"},
	Forbidden:                {"没有权限", "The key does not permit this"},
	RateLimited:              {"请求过于频繁", "Too many requests"},
	KeyInactive:              {"密钥已停用", "The key is no longer active"},
	Overloaded:               {"服务繁忙", "The service is busy"},
	Internal:                 {"服务内部错误", "The service failed"},
	Unavailable:              {"服务暂不可用", "The service is unavailable for now"},
	Timeout:                  {"处理超时", "The request took too long"},
	NoSigningKey:             {"服务没有签名密钥", "The service has no signing key"},
}

// Title is the code's short public text.
func (c Code) Title() Text {
	if t, ok := titles[c]; ok {
		return t
	}
	return titles[Internal]
}

// IsService reports whether the code says that the service could not answer, whatever
// was asked.
func (c Code) IsService() bool {
	switch c {
	case Overloaded, Internal, Unavailable, Timeout:
		return true
	}
	return false
}

// Codes lists every code, in no particular order.
func Codes() []Code {
	all := make([]Code, 0, len(titles))
	for c := range titles {
		all = append(all, c)
	}
	return all
}
