package v1

// Issue is something in the way of an indicator or a task.
type Issue struct {
	ID   string `json:"id" zh:"编号" example:"17"`
	Plan string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	// Indicator is null for an issue about a task.
	Indicator *string `json:"indicator" zh:"指标代码" extensions:"x-nullable" example:"qingzhou-2023-14-1"`
	// Task is null for an issue about an indicator.
	Task       *string `json:"task" zh:"任务编号" extensions:"x-nullable" example:"31"`
	Cause      string  `json:"cause" zh:"原因代码" extensions:"x-words=loop.IssueCause" example:"behind"`
	CauseLabel string  `json:"cause_label" zh:"原因" example:"进度滞后"`
	Title      string  `json:"title" zh:"标题" example:"新增电动汽车公共充电桩数：进度滞后"`
	Text       string  `json:"text" zh:"情况" example:"连续 2 期进度滞后（2023-07、2023-08）：完成率 30%，序时进度 66.58%，差距 -36.58 个百分点。"`
	// ByRule says that a rule raised it, by the figures in RaisedBy.
	ByRule     bool          `json:"by_rule" zh:"由规则提出" example:"true"`
	RaisedBy   []IssueFigure `json:"raised_by" zh:"提出所据"`
	State      string        `json:"state" zh:"状态代码" extensions:"x-words=loop.IssueState" example:"coordinating"`
	StateLabel string        `json:"state_label" zh:"状态" example:"协调中"`
	// Open is false once it is closed.
	Open       bool   `json:"open" zh:"未销号" example:"true"`
	Level      string `json:"level" zh:"级别代码" extensions:"x-words=loop.IssueLevel" example:"ordinary"`
	LevelLabel string `json:"level_label" zh:"级别" example:"一般"`
	// Agency is whose matter it is, by what it was called when it got it.
	Agency   string `json:"agency" zh:"责任单位" example:"市工信局"`
	AgencyID string `json:"agency_id" zh:"责任单位编号" example:"12"`
	DueOn    string `json:"due_on" zh:"时限" format:"date" example:"2023-10-20"`
	// Overdue says that it was neither resolved nor closed on the day judged, which is after its
	// own, DaysOverdue by how many days.
	Overdue     bool `json:"overdue" zh:"逾期" example:"false"`
	DaysOverdue int  `json:"days_overdue" zh:"逾期天数" example:"0"`
	// Late says that it was resolved after its day.
	Late bool `json:"late" zh:"逾期解决" example:"false"`
	// ResolutionProposed says that a rule proposes to close it, by the figures in ProposedBy.
	ResolutionProposed bool          `json:"resolution_proposed" zh:"建议销号" example:"false"`
	ProposedBy         []IssueFigure `json:"proposed_by" zh:"建议所据"`
	RaisedAt           string        `json:"raised_at" zh:"提出时刻" format:"date-time" example:"2023-09-11T02:00:00Z"`
	UpdatedAt          string        `json:"updated_at" zh:"最近一步时刻" format:"date-time" example:"2023-09-12T06:30:00Z"`
	ResolvedOn         *string       `json:"resolved_on" zh:"解决日" format:"date" extensions:"x-nullable" example:"2023-10-18"`
	ClosedOn           *string       `json:"closed_on" zh:"销号日" format:"date" extensions:"x-nullable" example:"2023-10-19"`
	// History is every step, the first first.
	History []IssueEvent `json:"history" zh:"经过" join:"{type_label}（{on}）{text}"`
	// Next are the steps that the caller may take now.
	Next []string `json:"next" zh:"下一步" extensions:"x-words=loop.IssueStepKind" example:"resolving"`
	On   string   `json:"on" zh:"评判日" format:"date" example:"2023-10-08"`
	AsOf string   `json:"as_of" zh:"数据时刻" format:"date-time" example:"2023-10-08T02:15:00Z"`
} //@name Issue

// IssueFigure is how an indicator stood in a cycle that a rule looked at.
type IssueFigure struct {
	Period string `json:"period" zh:"期" example:"2023-08"`
	// On is the day judged.
	On     string `json:"on" zh:"评判日" format:"date" example:"2023-08-31"`
	Status string `json:"status" zh:"状态代码" example:"behind"`
	// Percent, Pace and Gap are null where they are undefined; Gap is the one that the status hangs on.
	Percent *Number `json:"percent" zh:"完成率" swaggertype:"number" example:"30" extensions:"x-nullable"`
	Pace    *Number `json:"pace" zh:"序时进度" swaggertype:"number" example:"66.58" extensions:"x-nullable"`
	Gap     *Number `json:"gap" zh:"完成率与序时之差" swaggertype:"number" example:"-36.58" extensions:"x-nullable"`
	// Missing says that nothing was reported for the period.
	Missing bool `json:"missing" zh:"未报送" example:"false"`
	// LastReport is the latest period that was reported; null for none.
	LastReport *string  `json:"last_report" zh:"最近报送" extensions:"x-nullable" example:"2023-08"`
	Cautions   []string `json:"cautions" zh:"提示" extensions:"x-words=progress.Caution"`
} //@name IssueFigure

// IssueEvent is a step of an issue.
type IssueEvent struct {
	ID        string `json:"id" zh:"编号" example:"18"`
	Type      string `json:"type" zh:"步骤代码" extensions:"x-words=loop.IssueStepKind" example:"coordinating"`
	TypeLabel string `json:"type_label" zh:"步骤" example:"开始协调"`
	// On is the day, At the moment it was stored.
	On string `json:"on" zh:"日期" format:"date" example:"2023-09-12"`
	At string `json:"at" zh:"时刻" format:"date-time" example:"2023-09-12T06:30:00Z"`
	// By is the name of the key; "" where a rule has taken the step.
	By     string `json:"by" zh:"经办" example:"市工信局系统"`
	ByRule bool   `json:"by_rule" zh:"由规则" example:"false"`
	Text   string `json:"text" zh:"说明" example:"已与供电公司商定增容方案。"`
	// Agency, DueOn and Level are what the step has set; null where it has not.
	Agency *string `json:"agency" zh:"责任单位" extensions:"x-nullable" example:"市工信局"`
	DueOn  *string `json:"due_on" zh:"时限" format:"date" extensions:"x-nullable" example:"2023-10-20"`
	Level  *string `json:"level" zh:"级别代码" extensions:"x-nullable,x-words=loop.IssueLevel" example:"serious"`
	// Figures are what a rule spoke by, the newest cycle first.
	Figures []IssueFigure `json:"figures" zh:"所据数据"`
} //@name IssueEvent

// IssuePage is one page of issues, the newest first.
type IssuePage struct {
	Items      []Issue `json:"items"`
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name IssuePage

// IssueRequest raises an issue about an indicator, or about a task of a plan.
type IssueRequest struct {
	Indicator string `json:"indicator,omitempty" maxLength:"200" example:"qingzhou-2023-14-1"`
	// Plan and Task name a task, where no indicator is given.
	Plan string `json:"plan,omitempty" maxLength:"200" example:"qingzhou-2023"`
	Task string `json:"task,omitempty" maxLength:"200"`
	// Cause is other when it is left out. Of each other cause an indicator has one open issue at most.
	Cause string `json:"cause,omitempty" extensions:"x-words=loop.IssueCause" example:"other"`
	Title string `json:"title" minLength:"1" maxLength:"200" example:"充电站点位用地未落实"`
	Text  string `json:"text,omitempty" maxLength:"4000" example:"6处点位涉及绿地，需市住建局会商。"`
	// Agency is a name of the agency that shall see to it; the first lead when it is left out.
	Agency string `json:"agency,omitempty" maxLength:"100" example:"市工信局"`
	// DueOn is so many working days away as the profile says when it is left out.
	DueOn string `json:"due_on,omitempty" format:"date"`
	Level string `json:"level,omitempty" extensions:"x-words=loop.IssueLevel" example:"ordinary"`
} //@name IssueRequest

// IssueEventRequest takes an issue a step further.
type IssueEventRequest struct {
	Type string `json:"type" extensions:"x-words=loop.IssueStepKind" example:"commented"`
	// Text says what was done, or the reason; only coordinating, resolving and closing what is
	// resolved go without one.
	Text string `json:"text,omitempty" maxLength:"4000" example:"已与供电公司商定增容方案。"`
	// Agency is a name of the agency that it is handed on to, of assigned.
	Agency string `json:"agency,omitempty" maxLength:"100"`
	// DueOn is the new day, of dated, and of reopened where it gets one.
	DueOn string `json:"due_on,omitempty" format:"date"`
	// Level is the higher level, of escalated.
	Level string `json:"level,omitempty" extensions:"x-words=loop.IssueLevel"`
} //@name IssueEventRequest
