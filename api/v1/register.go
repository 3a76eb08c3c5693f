package v1

// RegisterRow is a task of a plan with all that is kept about it.
type RegisterRow struct {
	Plan    string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Task    string `json:"task" zh:"任务编号" example:"14"`
	Section int    `json:"section" zh:"篇章序号" example:"2"`
	// SectionHeading is null where the task stands under none.
	SectionHeading        *string  `json:"section_heading" zh:"篇章" example:"二、纵深推进新旧动能转换" extensions:"x-nullable"`
	Title                 string   `json:"title" zh:"任务名称" example:"推动汽车产业向新能源转型"`
	LeadAgencies          []string `json:"lead_agencies" zh:"牵头单位" example:"市工信局"`
	ParticipatingAgencies []string `json:"participating_agencies" zh:"参与单位" example:"市交通局"`
	// Light is the worst of the lights of the task's indicators and milestones; where it has
	// neither, that of what its lead agency says.
	Light      string `json:"light" zh:"灯" extensions:"x-words=loop.Light" example:"yellow"`
	LightLabel string `json:"light_label" zh:"灯色" example:"黄灯"`
	// LightBy names what the light was taken from; empty for a grey one of which nothing is known.
	LightBy    []string         `json:"light_by" zh:"灯的依据" extensions:"x-words=oversight.LightSource" example:"indicators"`
	Indicators []RegisterFigure `json:"indicators" zh:"指标" join:"{name}：{shown}"`
	// Milestones is null for a task without any.
	Milestones *MilestoneProgress `json:"milestones" zh:"节点" extensions:"x-nullable"`
	// ProposedMilestones are the dated steps that the plan's text names for the task and that no milestone was set for:
	// setting one with the title and the day takes it over.
	ProposedMilestones []PlanMilestone `json:"proposed_milestones" zh:"文本所列节点" join:"{title}（{due_on}）"`
	// Update is what was written last about the latest period; null where nothing was.
	Update *RegisterUpdate `json:"update" zh:"进展" extensions:"x-nullable"`
	// Issues and Notices count what is open about the task and its indicators.
	Issues  OpenMatters `json:"issues" zh:"问题"`
	Notices OpenMatters `json:"notices" zh:"督办"`
	// NextOn is the next day on which something is due, and NextDue what; null for nothing.
	NextOn  *string `json:"next_on" zh:"下一时限" format:"date" example:"2023-12-31" extensions:"x-nullable"`
	NextDue *string `json:"next_due" zh:"下一事项" extensions:"x-nullable,x-words=oversight.NextDue" example:"indicator"`
	On      string  `json:"on" zh:"评判日" format:"date" example:"2023-09-30"`
	AsOf    string  `json:"as_of" zh:"数据时刻" format:"date-time" example:"2023-10-08T02:15:00Z"`
} //@name RegisterRow

// RegisterFigure is how an indicator of a task stands.
type RegisterFigure struct {
	Code string `json:"code" zh:"代码" example:"qingzhou-2023-14-1"`
	Name string `json:"name" zh:"名称" example:"新增电动汽车公共充电桩数"`
	// Percent, Gap and DueGap are null where they are undefined.
	Percent *Number `json:"percent" zh:"完成率" swaggertype:"number" example:"70.59" extensions:"x-nullable"`
	Pace    Number  `json:"pace" zh:"序时进度" swaggertype:"number" example:"74.79"`
	Gap     *Number `json:"gap" zh:"完成率与序时之差" swaggertype:"number" example:"-4.2" extensions:"x-nullable"`
	// DueGap is the gap to the amount due, by which the status is judged.
	DueGap *Number `json:"due_gap" zh:"与应达之差" swaggertype:"number" example:"-4.07" extensions:"x-nullable"`
	Status string  `json:"status" zh:"状态代码" example:"at_risk"`
	Label  string  `json:"label" zh:"状态" example:"略滞后"`
	Light  string  `json:"light" zh:"灯" extensions:"x-words=loop.Light" example:"yellow"`
	DueOn  string  `json:"due_on" zh:"完成时限" format:"date" example:"2023-12-31"`
	// Shown is percent and status in one text.
	Shown string `json:"shown" zh:"进度" example:"70.59%，略滞后"`
} //@name RegisterFigure

// MilestoneProgress is how far the milestones of a task are on a day.
type MilestoneProgress struct {
	Total int `json:"total" zh:"总数" example:"4"`
	// Due counts those whose day has come.
	Due  int `json:"due" zh:"应完成" example:"2"`
	Done int `json:"done" zh:"已完成" example:"1"`
	// Late counts those that were done after their day.
	Late int `json:"late" zh:"逾期完成" example:"0"`
	// Overdue counts those that are not done although their day is over.
	Overdue int `json:"overdue" zh:"逾期未完成" example:"1"`
	// Percent is done of all, Pace due of all.
	Percent Number `json:"percent" zh:"完成率" swaggertype:"number" example:"25"`
	Pace    Number `json:"pace" zh:"序时进度" swaggertype:"number" example:"50"`
	// NextOn and Next are the first that is not done and whose day is not over; null for none.
	NextOn *string `json:"next_on" zh:"下一节点时限" format:"date" example:"2023-10-31" extensions:"x-nullable"`
	Next   *string `json:"next" zh:"下一节点" example:"完成主体工程" extensions:"x-nullable"`
} //@name MilestoneProgress

// RegisterUpdate is what was written last about a task.
type RegisterUpdate struct {
	Period string `json:"period" zh:"期" example:"2023-09"`
	Agency string `json:"agency" zh:"单位" example:"市工信局"`
	// Assessed is how the agency itself sees the task; null where it does not say.
	Assessed *string `json:"assessed" zh:"自评" extensions:"x-nullable,x-words=loop.Assessed" example:"on_schedule"`
	Text     string  `json:"text" zh:"情况" example:"本月新建公共充电桩12个，其余点位已完成招标。"`
	// WrittenAt is the moment of the newest revision.
	WrittenAt string `json:"written_at" zh:"填写时刻" format:"date-time" example:"2023-10-07T03:00:00Z"`
} //@name RegisterUpdate

// OpenMatters counts issues or notices that are open.
type OpenMatters struct {
	Open    int `json:"open" zh:"未办结" example:"1"`
	Overdue int `json:"overdue" zh:"逾期" example:"0"`
	// IDs name them.
	IDs []string `json:"ids" zh:"编号" example:"17"`
	// Level is the highest level among them; null for none.
	Level *string `json:"level" zh:"级别" example:"yellow" extensions:"x-nullable"`
} //@name OpenMatters

// RegisterPage is one page of a register, in the order of the plan.
type RegisterPage struct {
	Items      []RegisterRow `json:"items"`
	NextCursor *string       `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name RegisterPage

// UpdateRequest is what a lead agency says about a task for a period.
type UpdateRequest struct {
	Period string `json:"period" maxLength:"10" example:"2023-09"`
	Text   string `json:"text" minLength:"1" maxLength:"4000" example:"本月新建公共充电桩12个，其余点位已完成招标。"`
	// Assessed is how the agency itself sees the task.
	Assessed string `json:"assessed,omitempty" extensions:"x-words=loop.Assessed" example:"on_schedule"`
	// Evidence are addresses of documents, http or https.
	Evidence []string `json:"evidence,omitempty" maxItems:"20" example:"https://oa.example.org/files/2023-0915.pdf"`
	// Agency may be left out where the key acts for one lead agency of the task.
	Agency string `json:"agency,omitempty" maxLength:"100" example:"市工信局"`
} //@name UpdateRequest

// Update is what a lead agency wrote about a task for a period, as it reads now.
type Update struct {
	ID       string   `json:"id" zh:"编号" example:"31"`
	Plan     string   `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Task     string   `json:"task" zh:"任务编号" example:"14"`
	Period   string   `json:"period" zh:"期" example:"2023-09"`
	Agency   string   `json:"agency" zh:"单位" example:"市工信局"`
	AgencyID string   `json:"agency_id" zh:"单位编号" example:"12"`
	Assessed *string  `json:"assessed" zh:"自评" extensions:"x-nullable,x-words=loop.Assessed" example:"on_schedule"`
	Text     string   `json:"text" zh:"情况" example:"本月新建公共充电桩12个，其余点位已完成招标。"`
	Evidence []string `json:"evidence" zh:"佐证" example:"https://oa.example.org/files/2023-0915.pdf"`
	// Revision is 1 for the first writing and rises by one with each.
	Revision  int    `json:"revision" zh:"修订" example:"1"`
	WrittenAt string `json:"written_at" zh:"填写时刻" format:"date-time" example:"2023-10-07T03:00:00Z"`
	// WrittenBy is the name of the key.
	WrittenBy string `json:"written_by" zh:"填写人" example:"市工信局系统"`
	// Earlier are the revisions before it, the oldest first.
	Earlier []UpdateRevision `json:"earlier" zh:"此前"`
} //@name Update

// UpdateRevision is an earlier writing of an update.
type UpdateRevision struct {
	Revision  int      `json:"revision" zh:"修订" example:"1"`
	Text      string   `json:"text" zh:"情况" example:"本月新建公共充电桩12个。"`
	Assessed  *string  `json:"assessed" zh:"自评" extensions:"x-nullable,x-words=loop.Assessed" example:"on_schedule"`
	Evidence  []string `json:"evidence" zh:"佐证" example:"https://oa.example.org/files/2023-0915.pdf"`
	WrittenAt string   `json:"written_at" zh:"填写时刻" format:"date-time" example:"2023-10-07T03:00:00Z"`
	WrittenBy string   `json:"written_by" zh:"填写人" example:"市工信局系统"`
} //@name UpdateRevision

// UpdatePage is one page of updates, those begun last first.
type UpdatePage struct {
	Items      []Update `json:"items"`
	NextCursor *string  `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name UpdatePage

// MilestoneRequest sets a milestone of a task.
type MilestoneRequest struct {
	Title string `json:"title" minLength:"1" maxLength:"200" example:"完成主体工程"`
	DueOn string `json:"due_on" format:"date" example:"2023-10-31"`
} //@name MilestoneRequest

// MilestoneStepRequest takes a milestone a step further.
type MilestoneStepRequest struct {
	Type string `json:"type" enums:"done,reopened,changed,removed" example:"done"`
	// DoneOn is the day it was done; wanted with done.
	DoneOn string `json:"done_on,omitempty" format:"date" example:"2023-10-20"`
	// Title and DueOn are the new ones; one is wanted with changed.
	Title string `json:"title,omitempty" maxLength:"200"`
	DueOn string `json:"due_on,omitempty" format:"date"`
	// Reason is wanted with changed, reopened and removed.
	Reason string `json:"reason,omitempty" maxLength:"500"`
	// Text and Evidence go with done.
	Text     string   `json:"text,omitempty" maxLength:"4000" example:"已通过验收"`
	Evidence []string `json:"evidence,omitempty" maxItems:"20" example:"https://oa.example.org/files/ys.pdf"`
} //@name MilestoneStepRequest

// Milestone is a dated step of a task.
type Milestone struct {
	ID    string `json:"id" zh:"编号" example:"42"`
	Plan  string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Task  string `json:"task" zh:"任务编号" example:"31"`
	Title string `json:"title" zh:"节点" example:"完成主体工程"`
	DueOn string `json:"due_on" zh:"时限" format:"date" example:"2023-10-31"`
	// DoneOn is null while it is not done.
	DoneOn *string `json:"done_on" zh:"完成日" format:"date" example:"2023-10-20" extensions:"x-nullable"`
	// Removed ones do not count any more.
	Removed bool `json:"removed" zh:"已删除" example:"false"`
	// Overdue says that its day is over and it is not done, on the day that the list is of.
	Overdue bool            `json:"overdue" zh:"逾期" example:"false"`
	History []MilestoneStep `json:"history" zh:"经过"`
} //@name Milestone

// MilestoneStep is one thing that happened to a milestone.
type MilestoneStep struct {
	Type     string   `json:"type" zh:"事项" enums:"set,done,reopened,changed,removed" example:"done"`
	At       string   `json:"at" zh:"时刻" format:"date-time" example:"2023-10-20T08:00:00Z"`
	By       string   `json:"by" zh:"经办" example:"市自然资源局系统"`
	Title    string   `json:"title,omitempty" zh:"节点" example:"完成主体工程"`
	DueOn    string   `json:"due_on,omitempty" zh:"时限" format:"date" example:"2023-10-31"`
	DoneOn   string   `json:"done_on,omitempty" zh:"完成日" format:"date" example:"2023-10-20"`
	Reason   string   `json:"reason,omitempty" zh:"原因" example:"汛期停工"`
	Text     string   `json:"text,omitempty" zh:"说明" example:"已通过验收"`
	Evidence []string `json:"evidence" zh:"佐证" example:"https://oa.example.org/files/ys.pdf"`
} //@name MilestoneStep

// MilestonePage is one page of milestones, in the order in which they were set.
type MilestonePage struct {
	Items      []Milestone `json:"items"`
	NextCursor *string     `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name MilestonePage
