package v1

// Plan is one work plan as it was read.
type Plan struct {
	Code  string `json:"code" example:"qingzhou-2023"`
	Title string `json:"title" example:"青州市2023年重点工作任务"`
	// Issuer is empty when the text names none.
	Issuer string `json:"issuer" example:"青州市人民政府办公室"`
	// Jurisdiction is the place whose agencies the plan names; it is set at import and can
	// be corrected.
	Jurisdiction string `json:"jurisdiction" example:"青州市"`
	// IssuedOn is null when the text names no date.
	IssuedOn *string `json:"issued_on" format:"date" example:"2023-08-02" extensions:"x-nullable"`
	StartsOn string  `json:"starts_on" format:"date" example:"2023-01-01"`
	DueOn    string  `json:"due_on" format:"date" example:"2023-12-31"`
	// Version is 1 for the import and rises by one with each amendment and each
	// correction of the jurisdiction.
	Version  int       `json:"version" example:"1"`
	Document Document  `json:"document"`
	Sections []Section `json:"sections"`
	Warnings []Warning `json:"warnings"`
	// Milestones are the dated steps that the text names; the register proposes those that nobody has set yet.
	Milestones []PlanMilestone `json:"milestones"`
	// Parts are the shares that tables of the text hand out to places (分解指标), read-only; null for a version that
	// was stored before they were kept, which does not say that its text has none.
	Parts []PlanPart `json:"parts" extensions:"x-nullable"`
	// Review counts the plan's indicators by state; drafts and rejected ones count
	// for admins and analysts alone.
	Review Review `json:"review"`
	// CreatedAt is null in the answer to a dry run.
	CreatedAt *string `json:"created_at" format:"date-time" example:"2023-08-02T01:30:00Z" extensions:"x-nullable"`
	// UpdatedAt is when this version was stored; null in the answer to a dry run.
	UpdatedAt *string `json:"updated_at" format:"date-time" example:"2023-08-02T01:30:00Z" extensions:"x-nullable"`
	// ReportsOfOthers is there in the answer to a correction of the jurisdiction when any of what is reported on the
	// plan's indicators was sent by agencies of another place: it stands, as theirs.
	ReportsOfOthers []AgencyReports `json:"reports_of_others,omitempty"`
} //@name Plan

// AgencyReports counts reports that an agency sent.
type AgencyReports struct {
	Agency AgencyRef `json:"agency"`
	// Reports is how many of its reports stand.
	Reports int `json:"reports" example:"3"`
} //@name AgencyReports

// PlanHead is what a list shows of a plan.
type PlanHead struct {
	Code  string `json:"code" zh:"计划代码" example:"qingzhou-2023"`
	Title string `json:"title" zh:"计划名称" example:"青州市2023年重点工作任务"`
	// Issuer is empty when the text names none.
	Issuer string `json:"issuer" zh:"发文机关" example:"青州市人民政府办公室"`
	// Jurisdiction is the place whose agencies the plan names; it is set at import and can
	// be corrected.
	Jurisdiction string `json:"jurisdiction" zh:"辖区" example:"青州市"`
	// IssuedOn is null when the text names no date.
	IssuedOn *string `json:"issued_on" zh:"发文日期" format:"date" example:"2023-08-02" extensions:"x-nullable"`
	StartsOn string  `json:"starts_on" zh:"起始日" format:"date" example:"2023-01-01"`
	DueOn    string  `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	// Version is 1 for the import and rises by one with each amendment and each
	// correction of the jurisdiction.
	Version  int      `json:"version" zh:"版本" example:"1"`
	Document Document `json:"document" zh:"文件"`
	// Review counts the plan's indicators by state; drafts and rejected ones count
	// for admins and analysts alone.
	Review    Review `json:"review" zh:"审定"`
	CreatedAt string `json:"created_at" zh:"建立时刻" format:"date-time" example:"2023-08-02T01:30:00Z"`
	// UpdatedAt is when this version was stored.
	UpdatedAt string `json:"updated_at" zh:"更新时刻" format:"date-time" example:"2023-08-02T01:30:00Z"`
} //@name PlanHead

// Document says which file a plan was read from.
type Document struct {
	SHA256    string `json:"sha256" zh:"散列" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	MediaType string `json:"media_type" zh:"媒体类型" example:"text/plain"`
	// Characters counts the Unicode code points of the decoded text.
	Characters int `json:"characters" zh:"字数" example:"11932"`
} //@name Document

// Section is a numbered heading of a plan.
type Section struct {
	Number  int    `json:"number" example:"2"`
	Heading string `json:"heading" example:"二、纵深推进新旧动能转换"`
	// Start and End are code points of the decoded text.
	Start int `json:"start" example:"1520"`
	End   int `json:"end" example:"1533"`
} //@name Section

// Task is a numbered item of a plan.
type Task struct {
	Plan   string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Number string `json:"number" zh:"任务编号" example:"14"`
	// Section is the number of the section the task stands in, 0 for none.
	Section               int      `json:"section" zh:"篇章序号" example:"2"`
	Title                 string   `json:"title" zh:"任务名称" example:"推动汽车产业向新能源转型"`
	LeadAgencies          []string `json:"lead_agencies" zh:"牵头单位" example:"市工信局"`
	ParticipatingAgencies []string `json:"participating_agencies" zh:"参与单位" example:"市交通局"`
	// The ids of the agencies that the names mean, in their order; empty in the answer
	// to a dry run.
	LeadAgencyIDs          []string `json:"lead_agency_ids" zh:"牵头单位编号" example:"12"`
	ParticipatingAgencyIDs []string `json:"participating_agency_ids" zh:"参与单位编号" example:"15"`
	Start                  int      `json:"start" zh:"原文起点" example:"2210"`
	End                    int      `json:"end" zh:"原文终点" example:"2330"`
} //@name Task

// Warning is something in a plan's text that could not be settled by rule.
type Warning struct {
	Line    int    `json:"line" example:"12"`
	Start   int    `json:"start" example:"2875"`
	End     int    `json:"end" example:"2880"`
	Code    string `json:"code" example:"unclassified_number"`
	Message string `json:"message" example:"无法判断这个数字是否为目标"`
} //@name Warning

// PlanMilestone is a dated step of a task as the text of a version of a plan names it. It is
// no milestone of the task until somebody sets one.
type PlanMilestone struct {
	Task   string    `json:"task" zh:"任务编号" example:"31"`
	Title  string    `json:"title" zh:"节点" example:"完成国土空间总体规划编制"`
	DueOn  string    `json:"due_on" zh:"时限" format:"date" example:"2023-06-30"`
	Source TextPlace `json:"source" zh:"原文"`
} //@name PlanMilestone

// PlanPart is the target that a table of the text hands out to one place. It is no indicator, and takes no measurements.
type PlanPart struct {
	Task string `json:"task" zh:"任务编号" example:"31"`
	// Name is what is measured, as an indicator is named.
	Name string `json:"name" zh:"指标名称" example:"造林面积"`
	// Area is the place, as the table writes it.
	Area string `json:"area" zh:"地区" example:"东山镇"`
	// PartOf is the name of the target of the task whose share it is; null for a rate or a floor, which is no share,
	// and in a table without a whole.
	PartOf    *string `json:"part_of" zh:"所属指标" example:"造林面积" extensions:"x-nullable"`
	Kind      string  `json:"kind" zh:"指标类型" extensions:"x-words=indicator.Kind" example:"increment"`
	Direction string  `json:"direction" zh:"方向" extensions:"x-words=indicator.Direction" example:"increase"`
	Target    Target  `json:"target" zh:"目标"`
	// Baseline is in the unit of the target; null for none.
	Baseline   *Number   `json:"baseline" zh:"基数" swaggertype:"number" extensions:"x-nullable" example:"120"`
	DueOn      string    `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	Confidence string    `json:"confidence" zh:"识读把握" extensions:"x-words=indicator.Confidence" example:"high"`
	Source     TextPlace `json:"source" zh:"原文"`
} //@name PlanPart

// TextPlace is a part of the text of a plan.
type TextPlace struct {
	// Start and End are code points of the decoded text.
	Start int    `json:"start" zh:"原文起点" example:"2875"`
	End   int    `json:"end" zh:"原文终点" example:"2895"`
	Quote string `json:"quote" zh:"原文" example:"6月底前完成国土空间总体规划编制"`
} //@name TextPlace

// PlanImport is what an import stored, or would store.
type PlanImport struct {
	// Stored is false for a dry run.
	Stored     bool        `json:"stored" example:"true"`
	Plan       Plan        `json:"plan"`
	Tasks      []Task      `json:"tasks"`
	Indicators []Indicator `json:"indicators"`
	// AgencyMatches propose what names that are new in the jurisdiction may be other names
	// of; in a dry run, without ids.
	AgencyMatches []AgencyMatch `json:"agency_matches"`
} //@name PlanImport

// JurisdictionRequest corrects whose plan it is.
type JurisdictionRequest struct {
	Jurisdiction string `json:"jurisdiction" minLength:"1" maxLength:"1000" example:"青州市"`
} //@name JurisdictionRequest

// PlanPage is one page of plans.
type PlanPage struct {
	Items []PlanHead `json:"items"`
	// NextCursor is null on the last page.
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name PlanPage

// TaskPage is one page of tasks, in the order of the plan.
type TaskPage struct {
	Items      []Task  `json:"items"`
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name TaskPage
