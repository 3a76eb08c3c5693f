package v1

// Review counts the indicators of a plan by state.
type Review struct {
	Draft     int `json:"draft" zh:"待审数" example:"12"`
	Confirmed int `json:"confirmed" zh:"已确认数" example:"128"`
	Rejected  int `json:"rejected" zh:"已否决数" example:"3"`
	Withdrawn int `json:"withdrawn" zh:"已撤销数" example:"0"`
	// AgencyMatches counts the proposals about names of agencies that nobody has decided.
	AgencyMatches int `json:"agency_matches" zh:"待定单位数" example:"2"`
} //@name Review

// ReviewRequest confirms and rejects indicators of a plan, all of them or none.
type ReviewRequest struct {
	Confirm []string `json:"confirm,omitempty" example:"qingzhou-2023-14-1"`
	Reject  []string `json:"reject,omitempty"`
	// ConfirmRest confirms every draft that no list names, too.
	ConfirmRest bool `json:"confirm_rest,omitempty" example:"false"`
} //@name ReviewRequest

// ReviewResult is what a review did.
type ReviewResult struct {
	Plan   string `json:"plan" example:"qingzhou-2023"`
	Review Review `json:"review"`
	// Changed are the codes whose state is another one now.
	Changed []string `json:"changed" example:"qingzhou-2023-14-1"`
} //@name ReviewResult

// Amendment is a newer text of a plan held against the plan.
type Amendment struct {
	Plan string `json:"plan" example:"qingzhou-2023"`
	// Applied is false for a comparison, and when there was nothing to apply.
	Applied bool        `json:"applied" example:"false"`
	From    PlanVersion `json:"from"`
	To      PlanVersion `json:"to"`
	// Token applies exactly this difference as ?confirm=; null when there is none.
	Token *string `json:"token" extensions:"x-nullable" example:"5f1c0a7be0ab4d1f9c55a0a3d1e0b7aa"`
	// Fields of the plan itself that change: title, issuer, issued_on, starts_on, due_on.
	Fields    []FieldChange      `json:"fields"`
	Added     []AmendmentAdded   `json:"added"`
	Removed   []AmendmentRemoved `json:"removed"`
	Changed   []AmendmentChanged `json:"changed"`
	Moved     []AmendmentMoved   `json:"moved"`
	Unchanged int                `json:"unchanged" example:"126"`
	// Texts are both texts side by side; null when the plan has this text already, and when a text has
	// more than 100000 lines.
	Texts *AmendmentTexts `json:"texts" extensions:"x-nullable"`
	// Warnings are those of reading the newer text.
	Warnings []Warning `json:"warnings"`
	// Milestones are the dated steps that the newer text names.
	Milestones []PlanMilestone `json:"milestones"`
	// Parts are the shares that tables of the newer text hand out to places; null when the plan has this text already
	// and it was stored before they were kept.
	Parts []PlanPart `json:"parts" extensions:"x-nullable"`
} //@name Amendment

// AmendmentTexts are the paragraphs of two texts side by side. Blank lines and blanks around a
// paragraph make no difference.
type AmendmentTexts struct {
	// Changes are the first 300, with at most 300000 bytes of text.
	Changes []TextChange `json:"changes"`
	// More counts the changes beyond these.
	More int `json:"more" example:"0"`
	// Unchanged counts the paragraphs that are the same after the last of Changes.
	Unchanged int `json:"unchanged" example:"58"`
} //@name AmendmentTexts

// TextChange is a paragraph opposite to what has become of it.
type TextChange struct {
	// Unchanged counts the paragraphs that are the same since the change before.
	Unchanged int `json:"unchanged" example:"12"`
	// Before is null for a paragraph that was added.
	Before *string `json:"before" extensions:"x-nullable" example:"新增公共充电桩221个。"`
	// After is null for a paragraph that was removed.
	After *string `json:"after" extensions:"x-nullable" example:"新增公共充电桩260个。"`
} //@name TextChange

// PlanVersion names one version of a plan by its document.
type PlanVersion struct {
	Version int    `json:"version" example:"1"`
	SHA256  string `json:"sha256" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
} //@name PlanVersion

// FieldChange is one field before and after, as texts; null for none. Names in
// a list are joined by a Chinese comma.
type FieldChange struct {
	// Field is a JSON pointer.
	Field  string  `json:"field" example:"/target/value"`
	Before *string `json:"before" extensions:"x-nullable" example:"221"`
	After  *string `json:"after" extensions:"x-nullable" example:"260"`
} //@name FieldChange

// AmendmentAdded is an indicator that the plan has not had.
type AmendmentAdded struct {
	// Indicator is the code it gets.
	Indicator string `json:"indicator" example:"qingzhou-2023-15-1"`
	Name      string `json:"name" example:"新增外贸企业数"`
	Task      string `json:"task" example:"15"`
	Target    Target `json:"target"`
	// Direction, Course, Over and Each say what the target means, and DirectionBy and CourseBy what settled it, as in an indicator.
	Direction   string  `json:"direction" extensions:"x-words=indicator.Direction" example:"increase"`
	DirectionBy string  `json:"direction_by" extensions:"x-words=indicator.Settled" example:"text"`
	Course      string  `json:"course" extensions:"x-words=indicator.Course" example:"accrue"`
	CourseBy    string  `json:"course_by" extensions:"x-words=indicator.Settled" example:"kind"`
	Over        *string `json:"over" extensions:"x-words=indicator.Over,x-nullable"`
	Each        *string `json:"each" enums:"week,month,quarter,half,year" extensions:"x-nullable"`
	DueOn       string  `json:"due_on" format:"date" example:"2023-12-31"`
	Quote       string  `json:"quote" example:"新增外贸企业12家"`
	// Replaces is the indicator withdrawn for it, as reports could not be
	// converted into its unit; else null.
	Replaces *string `json:"replaces" extensions:"x-nullable" example:"qingzhou-2023-14-1"`
} //@name AmendmentAdded

// AmendmentRemoved is an indicator that the newer text no longer has. It is
// withdrawn: kept with its measurements, and takes no more of them.
type AmendmentRemoved struct {
	Indicator string `json:"indicator" example:"qingzhou-2023-14-2"`
	Name      string `json:"name" example:"充电站数"`
	Task      string `json:"task" example:"14"`
	Target    Target `json:"target"`
	State     string `json:"state" enums:"draft,confirmed,rejected" example:"confirmed"`
	Quote     string `json:"quote" example:"充电站达到40座"`
	// ReplacedBy is the indicator that takes its place; else null.
	ReplacedBy *string `json:"replaced_by" extensions:"x-nullable" example:"qingzhou-2023-14-3"`
	// Note explains a replacement in the reader's language; else empty.
	Note string `json:"note" example:""`
} //@name AmendmentRemoved

// AmendmentChanged is an indicator that the newer text puts otherwise.
type AmendmentChanged struct {
	Indicator string `json:"indicator" example:"qingzhou-2023-14-1"`
	Name      string `json:"name" example:"新增电动汽车公共充电桩数"`
	State     string `json:"state" enums:"draft,confirmed,rejected" example:"confirmed"`
	// Fields are empty when the sentence alone has changed.
	Fields      []FieldChange `json:"fields"`
	QuoteBefore string        `json:"quote_before" example:"新增电动汽车公共充电桩221个"`
	QuoteAfter  string        `json:"quote_after" example:"新增电动汽车公共充电桩260个"`
} //@name AmendmentChanged

// AmendmentMoved is an indicator under another task or section. Its code stays.
type AmendmentMoved struct {
	Indicator string       `json:"indicator" example:"qingzhou-2023-14-1"`
	Name      string       `json:"name" example:"新增电动汽车公共充电桩数"`
	From      TaskLocation `json:"from"`
	To        TaskLocation `json:"to"`
} //@name AmendmentMoved

// TaskLocation is a task with its section.
type TaskLocation struct {
	Task string `json:"task" example:"14"`
	// Section is 0 for none.
	Section int `json:"section" example:"2"`
} //@name TaskLocation
