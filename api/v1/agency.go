package v1

// Agency is an organisation that plans name. The same name in another jurisdiction is
// another agency.
type Agency struct {
	// ID stays the agency's for good. That of one which was merged into another means the
	// other.
	ID           string `json:"id" zh:"单位编号" example:"12"`
	Jurisdiction string `json:"jurisdiction" zh:"辖区" example:"青州市"`
	// Name is the official name.
	Name string `json:"name" zh:"单位名称" example:"市工信局"`
	// Aliases are its other names, by which plans, keys and filters may call it as well.
	Aliases []string `json:"aliases" zh:"其他名称" example:"市工业和信息化局"`
	// Until is the last day on which it has its duties; null while nothing else is known.
	Until *string `json:"until" zh:"职责截止日" format:"date" extensions:"x-nullable" example:"2024-12-31"`
	// Successor is the agency that has the duties after that day; null without one.
	Successor *AgencyRef `json:"successor" zh:"承接单位" extensions:"x-nullable"`
	// LeadTasks and ParticipatingTasks count the tasks in which it stands in that role, or
	// one whose duties it has taken over.
	LeadTasks          int `json:"lead_tasks" zh:"牵头任务数" example:"14"`
	ParticipatingTasks int `json:"participating_tasks" zh:"参与任务数" example:"3"`
	// Indicators counts the confirmed indicators in which they take part in either role.
	Indicators int `json:"indicators" zh:"指标数" example:"19"`
} //@name Agency

// AgencyPage is one page of agencies.
type AgencyPage struct {
	Items      []Agency `json:"items"`
	NextCursor *string  `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name AgencyPage

// AliasRequest gives an agency another name.
type AliasRequest struct {
	Name string `json:"name" minLength:"1" maxLength:"100" example:"市工业和信息化局"`
} //@name AliasRequest

// RenameRequest gives an agency another official name.
type RenameRequest struct {
	Name string `json:"name" minLength:"1" maxLength:"100" example:"市工业和信息化局"`
	// From is the first day on which it is called so; today when it is left out.
	From string `json:"from,omitempty" format:"date" example:"2024-01-01"`
} //@name RenameRequest

// MergeRequest makes an agency one with another.
type MergeRequest struct {
	// Into is a name of the other agency in the same jurisdiction, which is the one that is
	// left.
	Into string `json:"into" minLength:"1" maxLength:"100" example:"市工信局"`
} //@name MergeRequest

// SucceedRequest passes the duties of an agency to another.
type SucceedRequest struct {
	// By is a name of the other agency in the same jurisdiction; one that nobody has yet
	// makes an agency.
	By string `json:"by" minLength:"1" maxLength:"100" example:"市数据局"`
	// From is the first day on which the other one has the duties; today when it is left out.
	From string `json:"from,omitempty" format:"date" example:"2024-01-01"`
} //@name SucceedRequest

// CancelAgencyEventRequest cancels something that was recorded about an agency.
type CancelAgencyEventRequest struct {
	// Event is the id of the event.
	Event string `json:"event" minLength:"1" example:"1"`
} //@name CancelAgencyEventRequest

// AgencyEvent is something that happened to an agency.
type AgencyEvent struct {
	ID     string `json:"id" zh:"事件编号" example:"7"`
	Change string `json:"change" zh:"变动" extensions:"x-words=indicator.AgencyEventKind" example:"succeed"`
	// Agency is the agency that it happened to, by its official name of then.
	Agency string `json:"agency" zh:"单位" example:"市工信局"`
	// Other is the other or new name, or the agency that it was merged into or that has its
	// duties.
	Other string `json:"other" zh:"另一单位或名称" example:"市数据局"`
	// From is the first day on which a name or a succession counts.
	From       *string `json:"from" zh:"起算日" format:"date" extensions:"x-nullable" example:"2024-01-01"`
	RecordedAt string  `json:"recorded_at" zh:"记录时刻" format:"date-time" example:"2023-12-20T01:30:00Z"`
	// CancelledAt is when it was cancelled: from then on it counts as not recorded.
	CancelledAt *string `json:"cancelled_at" zh:"取消时刻" format:"date-time" extensions:"x-nullable" example:"2023-12-21T01:30:00Z"`
} //@name AgencyEvent

// AgencyEvents are all events of an agency.
type AgencyEvents struct {
	Items []AgencyEvent `json:"items"`
} //@name AgencyEvents

// AgencyMatch proposes that a name, which was new in its jurisdiction when the plan
// first wrote it, is another name of an agency. Until a person confirms that, the name
// is an agency of its own.
type AgencyMatch struct {
	// ID is null in the answer to a dry run.
	ID *string `json:"id" extensions:"x-nullable" example:"3"`
	// Name is as the plan writes it.
	Name string `json:"name" example:"市工业和信息化局"`
	// AgencyID and AgencyName are those of the agency that the name may be another of; the
	// id is null where a dry run would make both.
	AgencyID   *string `json:"agency_id" extensions:"x-nullable" example:"12"`
	AgencyName string  `json:"agency_name" example:"市工信局"`
	// State is settled where nobody decided and the agencies were changed otherwise since.
	State string `json:"state" extensions:"x-words=indicator.MatchState" example:"open"`
	// ProposedAt is null in the answer to a dry run.
	ProposedAt *string `json:"proposed_at" format:"date-time" extensions:"x-nullable" example:"2023-08-02T01:30:00Z"`
} //@name AgencyMatch

// AgencyMatches are the proposals that a plan has led to.
type AgencyMatches struct {
	Plan  string        `json:"plan" example:"qingzhou-2023"`
	Items []AgencyMatch `json:"items"`
} //@name AgencyMatches

// DecideMatchesRequest decides about proposals of one plan.
type DecideMatchesRequest struct {
	// Confirm and Reject are ids of proposals.
	Confirm []string `json:"confirm,omitempty" maxItems:"1000"`
	Reject  []string `json:"reject,omitempty" maxItems:"1000"`
} //@name DecideMatchesRequest
