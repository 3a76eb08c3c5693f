package loop

// IssueSelection says which issues are meant. Its tags declare the filters of lists as those of
// indicator.Selection do.
type IssueSelection struct {
	Plans      []string     `json:"plan,omitempty" extensions:"x-order=010" example:"qingzhou-2023"`                                              // 计划代码 · plan code
	Indicators []string     `json:"indicator,omitempty" extensions:"x-order=020" example:"qingzhou-2023-14-1"`                                    // 指标代码 · indicator code
	Tasks      []string     `json:"task,omitempty" extensions:"x-order=030" example:"14"`                                                         // 任务编号，关于任务本身的问题 · task number, of issues about the task itself
	Agencies   []string     `json:"agency,omitempty" extensions:"x-order=040" example:"市工信局"`                                                     // 责任单位的名称或别名，含其承接的单位 · a name of the owner agency, with those whose duties it has taken over
	States     []IssueState `json:"state,omitempty" swaggertype:"array,string" extensions:"x-order=050,x-words=loop.IssueState" example:"raised"` // 状态 · state
	Causes     []IssueCause `json:"cause,omitempty" swaggertype:"array,string" extensions:"x-order=060,x-words=loop.IssueCause" example:"behind"` // 原因 · cause
	Open       *bool        `json:"open,omitempty" extensions:"x-order=070" example:"true"`                                                       // 是否尚未销号 · whether it is not closed
	Overdue    *bool        `json:"overdue,omitempty" extensions:"x-order=080" example:"true"`                                                    // 在评判日是否逾期 · whether it is overdue on the day judged
}
