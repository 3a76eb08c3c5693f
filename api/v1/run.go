package v1

// Run is what was done by rule about a day, and how far it has come.
type Run struct {
	ID string `json:"id" zh:"编号" example:"120"`
	On string `json:"on" zh:"日期" format:"date" example:"2023-10-08"`
	// AsOf is the moment whose knowledge it works by, however often it is taken up again.
	AsOf string `json:"as_of" zh:"数据时刻" format:"date-time" example:"2023-10-07T18:00:00Z"`
	// FinishedAt is null while it is under way.
	FinishedAt *string `json:"finished_at" zh:"完成时刻" format:"date-time" extensions:"x-nullable" example:"2023-10-07T18:00:04Z"`
	// MovedAt is the moment of its last portion.
	MovedAt string `json:"moved_at" zh:"最近进展时刻" format:"date-time" example:"2023-10-07T18:00:04Z"`
	// Taken counts how often another process went on with it.
	Taken int `json:"taken" zh:"接续次数" example:"0"`
	// Looked and Appended count the matters that were looked at, and the events that came of it.
	Looked   int       `json:"looked" zh:"查看数" example:"124"`
	Appended int       `json:"appended" zh:"新增记录数" example:"3"`
	Steps    []RunStep `json:"steps" zh:"步骤" join:"{name}：{looked}"`
	Plans    []RunPlan `json:"plans" zh:"计划" join:"{plan}：{looked}"`
} //@name Run

// RunStep is how far a step of a run has come.
type RunStep struct {
	Name     string `json:"name" zh:"步骤" example:"issues"`
	Done     bool   `json:"done" zh:"已完成" example:"true"`
	Portions int    `json:"portions" zh:"批数" example:"1"`
	Looked   int    `json:"looked" zh:"查看数" example:"124"`
	// Appended are events by their types.
	Appended []RunCount `json:"appended" zh:"新增记录" join:"{type}：{count}"`
} //@name RunStep

// RunCount counts the events of a type.
type RunCount struct {
	Type  string `json:"type" zh:"类型" example:"raised"`
	Count int    `json:"count" zh:"数量" example:"3"`
} //@name RunCount

// RunPlan counts what a run has looked at in a plan.
type RunPlan struct {
	Plan     string `json:"plan" zh:"计划代码" example:"qingzhou-2023"`
	Looked   int    `json:"looked" zh:"查看数" example:"124"`
	Appended int    `json:"appended" zh:"新增记录数" example:"3"`
} //@name RunPlan

// RunPage is one page of runs, the newest first.
type RunPage struct {
	Items      []Run   `json:"items"`
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name RunPage
