package v1

// Cycle is one period of reporting of a plan.
type Cycle struct {
	Plan   string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Period string `json:"period" zh:"调度期" example:"2023-09"`
	// OpensOn is the day after the period.
	OpensOn string `json:"opens_on" zh:"开始报送" format:"date" example:"2023-10-01"`
	// DueOn is the last day to report in time.
	DueOn string `json:"due_on" zh:"截止" format:"date" example:"2023-10-13"`
	// LocksOn is the last day to report at all; null for a cycle that does not lock by itself.
	LocksOn *string `json:"locks_on" zh:"锁定" format:"date" example:"2023-10-20" extensions:"x-nullable"`
	// State is how the cycle is on the day judged.
	State      string `json:"state" zh:"状态代码" extensions:"x-words=loop.CycleState" example:"open"`
	StateLabel string `json:"state_label" zh:"状态" example:"报送中"`
	// Reports count what the cycle expects; null where they were not asked for.
	Reports *ReportCounts `json:"reports" zh:"报送" extensions:"x-nullable"`
	// Exceptions are those that were granted, withdrawn ones too.
	Exceptions []CycleException `json:"exceptions" zh:"例外" join:"{agency}至{until}"`
	// History is what people did about the cycle and what the days brought.
	History []CycleEvent `json:"history" zh:"经过"`
} //@name Cycle

// ReportCounts count the reports that a cycle expects.
type ReportCounts struct {
	Expected int `json:"expected" zh:"应报" example:"112"`
	OnTime   int `json:"on_time" zh:"按时" example:"98"`
	Late     int `json:"late" zh:"迟报" example:"6"`
	Missing  int `json:"missing" zh:"缺报" example:"8"`
	// Pending are not there yet and not due.
	Pending int `json:"pending" zh:"未到期" example:"0"`
	// Empty ones, of those on time or late, say that there is no figure.
	Empty int `json:"empty" zh:"无数据" example:"2"`
} //@name ReportCounts

// CycleException lets an agency report for a cycle that is locked.
type CycleException struct {
	ID       string `json:"id" zh:"编号" example:"57"`
	Agency   string `json:"agency" zh:"单位" example:"市交通局"`
	AgencyID string `json:"agency_id" zh:"单位编号" example:"15"`
	// Until is its last day.
	Until     string `json:"until" zh:"至" format:"date" example:"2023-11-03"`
	Reason    string `json:"reason" zh:"原因" example:"系统迁移，数据补录"`
	GrantedAt string `json:"granted_at" zh:"时刻" format:"date-time" example:"2023-10-25T02:00:00Z"`
	GrantedBy string `json:"granted_by" zh:"批准" example:"市政府督查室"`
	Withdrawn bool   `json:"withdrawn" zh:"已收回" example:"false"`
} //@name CycleException

// CycleEvent is one thing that happened to a cycle.
type CycleEvent struct {
	Type string `json:"type" zh:"事项" enums:"locked,reopened,dated,excepted,exception_withdrawn,due,agency_late" example:"dated"`
	At   string `json:"at" zh:"时刻" format:"date-time" example:"2023-10-12T02:00:00Z"`
	// By is empty for what the daily run tells.
	By      string `json:"by" zh:"经办" example:"市政府督查室"`
	Reason  string `json:"reason,omitempty" zh:"原因" example:"国庆假期顺延"`
	DueOn   string `json:"due_on,omitempty" zh:"截止" format:"date" example:"2023-10-16"`
	LocksOn string `json:"locks_on,omitempty" zh:"锁定" format:"date" example:"2023-10-23"`
	Agency  string `json:"agency,omitempty" zh:"单位" example:"市交通局"`
	Until   string `json:"until,omitempty" zh:"至" format:"date" example:"2023-11-03"`
	// Missing of Expected are the reports that an agency has not sent.
	Missing  int `json:"missing,omitempty" zh:"缺报" example:"2"`
	Expected int `json:"expected,omitempty" zh:"应报" example:"5"`
} //@name CycleEvent

// CycleList are the cycles of a plan.
type CycleList struct {
	Items []Cycle `json:"items"`
} //@name CycleList

// CycleRow is what became of the reports of a cycle: of an agency, by its counts, or of an indicator.
type CycleRow struct {
	Plan   string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Period string `json:"period" zh:"调度期" example:"2023-09"`
	// Agency leads the indicators that are counted; null in a row of an indicator, and empty for
	// those that nobody leads.
	Agency   *string `json:"agency" zh:"单位" example:"市交通局" extensions:"x-nullable"`
	AgencyID *string `json:"agency_id" zh:"单位编号" example:"15" extensions:"x-nullable"`
	// HeldBy has the agency's duties on the day; null where it has them itself.
	HeldBy  *string       `json:"held_by" zh:"承接单位" example:"市交通运输局" extensions:"x-nullable"`
	Reports *ReportCounts `json:"reports" zh:"报送" extensions:"x-nullable"`
	// Indicator and what follows are null in a row of an agency.
	Indicator    *string  `json:"indicator" zh:"指标代码" example:"qingzhou-2023-14-1" extensions:"x-nullable"`
	Name         *string  `json:"name" zh:"指标名称" example:"新增电动汽车公共充电桩数" extensions:"x-nullable"`
	LeadAgencies []string `json:"lead_agencies" zh:"牵头单位" example:"市工信局"`
	State        *string  `json:"state" zh:"状态代码" extensions:"x-nullable,x-words=loop.ReportState" example:"on_time"`
	StateLabel   *string  `json:"state_label" zh:"状态" example:"按时" extensions:"x-nullable"`
	// Report is the one that counts; null where there is none.
	Report *CountedReport `json:"report" zh:"报送" extensions:"x-nullable"`
} //@name CycleRow

// CountedReport is the report by which an indicator counts as reported in a cycle.
type CountedReport struct {
	// ID is of the measurement by which the period was first reported.
	ID         string `json:"id" zh:"实绩编号" example:"311"`
	Period     string `json:"period" zh:"报告期" example:"2023-09"`
	RecordedAt string `json:"recorded_at" zh:"报送时刻" format:"date-time" example:"2023-10-09T01:20:00Z"`
	// Agency is null where the report was nobody's.
	Agency *string `json:"agency" zh:"报送单位" example:"市工信局" extensions:"x-nullable"`
	// Empty says that the report says there is no figure.
	Empty bool `json:"empty" zh:"无数据" example:"false"`
} //@name CountedReport

// CycleRowPage is one page of what became of the reports of a cycle.
type CycleRowPage struct {
	Cycle      Cycle      `json:"cycle"`
	Items      []CycleRow `json:"items"`
	NextCursor *string    `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name CycleRowPage

// ExceptionRequest lets an agency report for a locked cycle.
type ExceptionRequest struct {
	Agency string `json:"agency" minLength:"1" maxLength:"100" example:"市交通局"`
	// Until is the last day.
	Until  string `json:"until" format:"date" example:"2099-12-31"`
	Reason string `json:"reason" minLength:"1" maxLength:"500" example:"系统迁移，数据补录"`
} //@name ExceptionRequest

// CycleStepRequest takes a cycle a step further.
type CycleStepRequest struct {
	Type   string `json:"type" enums:"locked,reopened,dated,exception_withdrawn" example:"dated"`
	Reason string `json:"reason" minLength:"1" maxLength:"500" example:"国庆假期顺延"`
	// DueOn and LocksOn are the new days; one is wanted with dated.
	DueOn   string `json:"due_on,omitempty" format:"date" example:"2099-10-16"`
	LocksOn string `json:"locks_on,omitempty" format:"date" example:"2099-10-23"`
	// Exception is the one that is withdrawn.
	Exception string `json:"exception,omitempty" pattern:"^[0-9]{1,19}$"`
} //@name CycleStepRequest
