package v1

// Selection has the query parameters by which all lists of indicators are filtered.
type Selection struct {
	Plan              string `json:"plan,omitempty" extensions:"x-order=01" example:"qingzhou-2023"`                    // 计划代码 · plan code
	Section           int    `json:"section,omitempty" extensions:"x-order=02" minimum:"1" example:"2"`                 // 篇章序号 · section number
	Task              string `json:"task,omitempty" extensions:"x-order=03" example:"14"`                               // 任务编号 · task number
	Jurisdiction      string `json:"jurisdiction,omitempty" extensions:"x-order=04" maxLength:"1000" example:"青州市"`     // 辖区 · jurisdiction of the plan
	Agency            string `json:"agency,omitempty" extensions:"x-order=05" example:"市工信局"`                           // 单位名称或别名，含其承接的单位 · a name of an agency, with those whose duties it has taken over
	Role              string `json:"role,omitempty" extensions:"x-order=06,x-words=indicator.Role" example:"lead"`      // 单位的角色 · the agency's role
	Kind              string `json:"kind,omitempty" extensions:"x-order=07,x-words=indicator.Kind" example:"increment"` // 指标类型 · kind
	ExternalCode      string `json:"external_code,omitempty" extensions:"x-order=08" example:"A-17"`                    // 其他系统的指标代码 · what another system calls the indicator
	ExternalNamespace string `json:"external_namespace,omitempty" extensions:"x-order=09" example:"gxj-erp"`            // 外部代码的命名空间，空为公用；不写则不论 · namespace of external codes, empty for the shared one; any when left out
	Text              string `json:"q,omitempty" extensions:"x-order=10" example:"充电桩"`                                 // 名称、代码或原文中的文字 · part of the name, code or quote
}

// ProgressSelection has those of what reads the progress of many indicators at a moment.
type ProgressSelection struct {
	Selection
	Status string `json:"status,omitempty" extensions:"x-order=11" example:"on_track"`                      // 状态 · status
	On     string `json:"on,omitempty" extensions:"x-order=12" format:"date" example:"2023-09-30"`          // 评判日期，默认今天 · date judged, today by default
	AsOf   string `json:"as_of,omitempty" extensions:"x-order=13,x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$"` // 按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today
}
