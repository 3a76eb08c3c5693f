package v1

// NoticeRequest issues a notice.
type NoticeRequest struct {
	Plan  string `json:"plan" maxLength:"100" example:"qingzhou-2023"`
	Title string `json:"title" minLength:"1" maxLength:"200" example:"关于加快公共充电桩建设的督办"`
	// Text is the matter as it stands.
	Text string `json:"text,omitempty" maxLength:"4000" example:"截至9月底仅完成全年目标的63%。"`
	// Asked is what has to be done.
	Asked string `json:"asked" minLength:"1" maxLength:"4000" example:"说明滞后原因，提出补欠措施和时间表。"`
	// Level is blue where it is left out.
	Level string `json:"level,omitempty" extensions:"x-words=loop.Level" example:"blue"`
	// DueOn may be left out: the profile's usual time of the urgency then counts from today.
	DueOn   string `json:"due_on,omitempty" format:"date"`
	Urgency string `json:"urgency,omitempty" extensions:"x-words=loop.Urgency" example:"ordinary"`
	// LeadAgency replies for all.
	LeadAgency            string   `json:"lead_agency" maxLength:"100" example:"市工信局"`
	ParticipatingAgencies []string `json:"participating_agencies,omitempty" maxItems:"50"`
	// Tasks, Indicators and Issues are what the notice is about; one at least.
	Tasks      []string `json:"tasks,omitempty" maxItems:"100" example:"14"`
	Indicators []string `json:"indicators,omitempty" maxItems:"100"`
	Issues     []string `json:"issues,omitempty" maxItems:"100"`
} //@name NoticeRequest

// NoticeEventRequest takes a notice a step further.
type NoticeEventRequest struct {
	Type string `json:"type" enums:"signed,interim,reply,accepted,sent_back,escalated,date_moved,handed_on,split,withdrawn,comment" example:"split"`
	// Text is wanted with interim, reply and comment, and may go with signed and accepted.
	Text string `json:"text,omitempty" maxLength:"4000"`
	// Evidence goes with interim, reply and comment: addresses, http or https.
	Evidence []string `json:"evidence,omitempty" maxItems:"20"`
	// Reason is wanted with sent_back, escalated, date_moved, handed_on, split and withdrawn.
	Reason string `json:"reason,omitempty" maxLength:"500" example:"由承办单位分头落实"`
	// Level is the higher one; wanted with escalated.
	Level string `json:"level,omitempty" extensions:"x-words=loop.Level"`
	// DueOn is the new date; wanted with date_moved.
	DueOn string `json:"due_on,omitempty" format:"date"`
	// LeadAgency is who has the notice from now on; wanted with handed_on.
	LeadAgency            string   `json:"lead_agency,omitempty" maxLength:"100"`
	ParticipatingAgencies []string `json:"participating_agencies,omitempty" maxItems:"50"`
	// Parts are wanted with split, one at least; the whole ends and goes on in them.
	Parts []NoticePart `json:"parts,omitempty" maxItems:"50"`
} //@name NoticeEventRequest

// NoticePart is what one agency gets of a notice that is split; what is left out is as in the whole.
type NoticePart struct {
	LeadAgency            string   `json:"lead_agency" maxLength:"100" example:"市工信局"`
	ParticipatingAgencies []string `json:"participating_agencies,omitempty" maxItems:"50"`
	Title                 string   `json:"title,omitempty" maxLength:"200"`
	Asked                 string   `json:"asked,omitempty" maxLength:"4000"`
	DueOn                 string   `json:"due_on,omitempty" format:"date"`
} //@name NoticePart

// Notice is what a supervisor asks of agencies, as it stood on a day.
type Notice struct {
	ID   string `json:"id" zh:"编号" example:"57"`
	Plan string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	// Number counts within the plan and the year.
	Number string `json:"number" zh:"文号" example:"2023-007"`
	Title  string `json:"title" zh:"标题" example:"关于加快公共充电桩建设的督办"`
	Text   string `json:"text" zh:"情况" example:"截至9月底仅完成全年目标的63%。"`
	Asked  string `json:"asked" zh:"要求" example:"说明滞后原因，提出补欠措施和时间表。"`
	Level  string `json:"level" zh:"等级代码" extensions:"x-words=loop.Level" example:"yellow"`
	// HighestLevel is the highest that it ever had.
	HighestLevel string `json:"highest_level" zh:"最高等级" extensions:"x-words=loop.Level" example:"yellow"`
	// RecordLevel is what counts in the record: a red one that was accepted is yellow; null for one that was withdrawn.
	RecordLevel *string `json:"record_level" zh:"记录等级" extensions:"x-nullable,x-words=loop.Level" example:"yellow"`
	LevelLabel  string  `json:"level_label" zh:"等级" example:"黄色"`
	State       string  `json:"state" zh:"状态代码" extensions:"x-words=loop.NoticeState" example:"signed"`
	StateLabel  string  `json:"state_label" zh:"状态" example:"承办中"`
	// LeadAgency has it now; agencies are called what they were called then.
	LeadAgency            string   `json:"lead_agency" zh:"承办单位" example:"市工信局"`
	LeadAgencyID          string   `json:"lead_agency_id" zh:"承办单位编号" example:"12"`
	ParticipatingAgencies []string `json:"participating_agencies" zh:"参与单位" example:"市交通局"`
	Tasks                 []string `json:"tasks" zh:"任务" example:"14"`
	Indicators            []string `json:"indicators" zh:"指标" example:"qingzhou-2023-14-1"`
	Issues                []string `json:"issues" zh:"问题" example:"31"`
	IssuedOn              string   `json:"issued_on" zh:"交办日" format:"date" example:"2023-10-08"`
	DueOn                 string   `json:"due_on" zh:"时限" format:"date" example:"2023-10-23"`
	// FirstDueOn is the date that it was issued with.
	FirstDueOn string  `json:"first_due_on" zh:"原时限" format:"date" example:"2023-10-23"`
	SignedOn   *string `json:"signed_on" zh:"签收日" format:"date" extensions:"x-nullable" example:"2023-10-09"`
	RepliedOn  *string `json:"replied_on" zh:"答复日" format:"date" extensions:"x-nullable" example:"2023-10-24"`
	ClosedOn   *string `json:"closed_on" zh:"办结日" format:"date" extensions:"x-nullable" example:"2023-10-26"`
	// Overdue says that on the day a reply was owed whose date was over.
	Overdue bool `json:"overdue" zh:"逾期" example:"false"`
	// Late and DaysLate are of the record: what was late stays late.
	Late     bool `json:"late" zh:"曾逾期" example:"true"`
	DaysLate int  `json:"days_late" zh:"逾期天数" example:"1"`
	// Parent is the notice that this is a part of, Children are its parts.
	Parent   *string  `json:"parent" zh:"总件" extensions:"x-nullable" example:"56"`
	Children []string `json:"children" zh:"分件" example:"58"`
	// Next are the types of events that the caller may send now.
	Next    []string      `json:"next" zh:"可办事项" example:"comment"`
	History []NoticeEvent `json:"history" zh:"经过"`
	On      string        `json:"on" zh:"评判日" format:"date" example:"2023-10-31"`
} //@name Notice

// NoticeEvent is one thing that happened to a notice.
type NoticeEvent struct {
	Type string `json:"type" zh:"事项" enums:"issued,signed,interim,reply,accepted,sent_back,escalated,date_moved,handed_on,split,withdrawn,comment,reminded_before,reminded_after" example:"reply"`
	At   string `json:"at" zh:"时刻" format:"date-time" example:"2023-10-24T03:00:00Z"`
	On   string `json:"on" zh:"日期" format:"date" example:"2023-10-24"`
	// By is the name of the key; Rule says that it was done by rule.
	By   string `json:"by" zh:"经办" example:"市工信局系统"`
	Rule bool   `json:"rule" zh:"按规则" example:"false"`
	// Agency is that which signed, replied or commented, or from now on has the notice.
	Agency   string   `json:"agency,omitempty" zh:"单位" example:"市工信局"`
	Text     string   `json:"text,omitempty" zh:"内容" example:"已完成全部点位招标。"`
	Evidence []string `json:"evidence" zh:"佐证" example:"https://oa.example.org/files/df.pdf"`
	Reason   string   `json:"reason,omitempty" zh:"原因" example:"逾期未答复"`
	Level    string   `json:"level,omitempty" zh:"等级" example:"yellow"`
	DueOn    string   `json:"due_on,omitempty" zh:"时限" format:"date" example:"2023-10-23"`
} //@name NoticeEvent

// NoticePage is one page of notices, those issued last first.
type NoticePage struct {
	Items      []Notice `json:"items"`
	NextCursor *string  `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name NoticePage

// Bulletin is how a plan stood at the end of a period, and what happened in it.
type Bulletin struct {
	Plan   string         `json:"plan" example:"qingzhou-2023"`
	Title  string         `json:"title" example:"2023年市政府工作报告重点任务分解"`
	Period string         `json:"period" example:"2023-09"`
	On     string         `json:"on" format:"date" example:"2023-09-30"`
	AsOf   string         `json:"as_of" format:"date-time" example:"2023-10-08T02:15:00Z"`
	Total  SummaryFigures `json:"total"`
	// Sections are in the order of the plan, Agencies by their means, the highest first.
	Sections []BulletinGroup `json:"sections"`
	Agencies []BulletinGroup `json:"agencies"`
	// Leaders are up to five agencies with nothing below pace; Laggards up to five with the worst gaps, whose worst
	// say why.
	Leaders  []BulletinGroup `json:"leaders"`
	Laggards []BulletinGroup `json:"laggards"`
	Notices  BulletinNotices `json:"notices"`
	Issues   BulletinIssues  `json:"issues"`
	// Asked are up to 200 notices that await a reply, by their dates.
	Asked []BulletinAsked `json:"asked"`
} //@name Bulletin

// BulletinGroup is a section or an agency with its figures.
type BulletinGroup struct {
	Key   string `json:"key" example:"2"`
	Label string `json:"label" example:"二、加快建设创新型城市"`
	SummaryFigures
} //@name BulletinGroup

// BulletinNotices count notices: issued, accepted and withdrawn in the period, the others at its end.
type BulletinNotices struct {
	Issued      int           `json:"issued" example:"3"`
	Accepted    int           `json:"accepted" example:"2"`
	Withdrawn   int           `json:"withdrawn" example:"0"`
	Open        int           `json:"open" example:"4"`
	Overdue     int           `json:"overdue" example:"1"`
	OpenByLevel []NamedNumber `json:"open_by_level"`
	OpenByState []NamedNumber `json:"open_by_state"`
} //@name BulletinNotices

// NamedNumber is how many there are of something.
type NamedNumber struct {
	Name  string `json:"name" example:"yellow"`
	Label string `json:"label" example:"黄色"`
	Count int    `json:"count" example:"1"`
} //@name NamedNumber

// BulletinIssues count issues: raised, resolved and closed in the period, and open at its end.
type BulletinIssues struct {
	Raised   int `json:"raised" example:"5"`
	Resolved int `json:"resolved" example:"2"`
	Closed   int `json:"closed" example:"1"`
	Open     int `json:"open" example:"6"`
} //@name BulletinIssues

// BulletinAsked is what is asked of an agency, and by when.
type BulletinAsked struct {
	ID         string `json:"id" example:"57"`
	Number     string `json:"number" example:"2023-007"`
	Title      string `json:"title" example:"关于加快公共充电桩建设的督办"`
	LeadAgency string `json:"lead_agency" example:"市工信局"`
	Asked      string `json:"asked" example:"说明滞后原因，提出补欠措施和时间表。"`
	DueOn      string `json:"due_on" format:"date" example:"2023-10-23"`
	Level      string `json:"level" extensions:"x-words=loop.Level" example:"yellow"`
	LevelLabel string `json:"level_label" example:"黄色"`
	Overdue    bool   `json:"overdue" example:"false"`
} //@name BulletinAsked
