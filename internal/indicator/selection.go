package indicator

import (
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// The selections below declare the filters of lists, each once: httpapi reads a query
// parameter into every field, by its type, the contract describes it by the comment beside
// it, and store has the condition. A field that is not given selects all. A list selects what
// has any of its values, and bounds are within what they bound. The tags:
//
//	json        name of the parameter
//	split       "no": values are not parted at commas, for names that may hold one
//	blank       "yes": an empty value is a value
//	maxItems    most values, DefaultValues without it
//	maxLength   most characters of a value
//	extensions  x-order places the parameter in the contract, x-words names its words
//
// Fields whose names end in _from and _to, or in _min and _max, bound the same thing.

// DefaultValues is the most values that a list in a selection takes.
const DefaultValues = 100

// Only is a selection's list of one value, or nil, which selects all, for the zero value.
func Only[V comparable](value V) []V {
	var zero V
	if value == zero {
		return nil
	}
	return []V{value}
}

// Selection says which indicators are meant, by what is stored of them.
type Selection struct {
	Plans         []string     `json:"plan,omitempty" extensions:"x-order=010" example:"qingzhou-2023"`                                                         // 计划代码 · plan code
	Sections      []int        `json:"section,omitempty" extensions:"x-order=020" minimum:"0" example:"2"`                                                      // 篇章序号，0 为未列篇章 · section number, 0 for what stands under none
	Tasks         []string     `json:"task,omitempty" extensions:"x-order=030" example:"14"`                                                                    // 任务编号 · task number
	Codes         []string     `json:"indicator,omitempty" extensions:"x-order=040" maxItems:"500" example:"qingzhou-2023-14-1"`                                // 指标代码 · indicator code
	Jurisdictions []string     `json:"jurisdiction,omitempty" extensions:"x-order=050" maxLength:"1000" example:"青州市"`                                          // 辖区 · jurisdiction of the plan
	Agencies      []string     `json:"agency,omitempty" extensions:"x-order=060" example:"市工信局"`                                                                // 单位名称或别名，含其承接的单位 · a name of an agency, with those whose duties it has taken over
	Roles         []Role       `json:"role,omitempty" swaggertype:"array,string" extensions:"x-order=070,x-words=indicator.Role" example:"lead"`                // 单位的角色，与 agency 同用 · the agency's role, with agency
	Kinds         []Kind       `json:"kind,omitempty" swaggertype:"array,string" extensions:"x-order=080,x-words=indicator.Kind" example:"increment"`           // 指标类型 · kind
	Units         []string     `json:"unit,omitempty" extensions:"x-order=090" example:"个"`                                                                     // 计量单位，按计划的写法 · unit, as the plan writes it
	Bindings      []Binding    `json:"binding,omitempty" swaggertype:"array,string" extensions:"x-order=100,x-words=indicator.Binding" example:"binding"`       // 约束性或预期性 · whether the plan commits to the target or strives for it
	Directions    []Direction  `json:"direction,omitempty" swaggertype:"array,string" extensions:"x-order=110,x-words=indicator.Direction" example:"increase"`  // 方向 · which way is better
	DirectionsBy  []Settled    `json:"direction_by,omitempty" swaggertype:"array,string" extensions:"x-order=120,x-words=indicator.Settled" example:"text"`     // 方向的依据，assumed 为推定、待核对 · what settled the direction; assumed is what a review looks for
	Courses       []Course     `json:"course,omitempty" swaggertype:"array,string" extensions:"x-order=130,x-words=indicator.Course" example:"accrue"`          // 进程 · how the target is held against time
	Frequencies   []Frequency  `json:"frequency,omitempty" swaggertype:"array,string" extensions:"x-order=140,x-words=indicator.Frequency" example:"month"`     // 报送频率 · how often it is reported
	Confidences   []Confidence `json:"confidence,omitempty" swaggertype:"array,string" extensions:"x-order=150,x-words=indicator.Confidence" example:"high"`    // 识别的置信度 · how sure the reading of the text is
	DueFrom       Date         `json:"due_from,omitempty" swaggertype:"string" format:"date" extensions:"x-order=160" example:"2023-06-01"`                     // 完成时限不早于 · due on this day or later
	DueTo         Date         `json:"due_to,omitempty" swaggertype:"string" format:"date" extensions:"x-order=170" example:"2023-12-31"`                       // 完成时限不晚于 · due on this day or earlier
	UpdatedSince  time.Time    `json:"updated_since,omitempty" swaggertype:"string" format:"date-time" extensions:"x-order=180" example:"2023-10-08T02:15:00Z"` // 在此刻之后改过的指标 · indicators changed after this moment
	ExternalCodes []string     `json:"external_code,omitempty" split:"no" collectionFormat:"multi" extensions:"x-order=190"`                                    // 其他系统的指标代码 · what another system calls the indicator
	Namespaces    []string     `json:"external_namespace,omitempty" split:"no" collectionFormat:"multi" blank:"yes" extensions:"x-order=200"`                   // 外部代码的命名空间，空为公用；不写则不论 · namespace of external codes, empty for the shared one; any when left out
	Text          string       `json:"q,omitempty" extensions:"x-order=210" example:"充电桩"`                                                                      // 名称、代码或原文中的文字 · part of the name, code or quote
}

// Validate refuses roles without an agency whose they are, with fault.InvalidParameter.
func (s Selection) Validate() error {
	return rolesOfAgencies(s.Roles, s.Agencies)
}

func rolesOfAgencies(roles []Role, agencies []string) error {
	if len(roles) > 0 && len(agencies) == 0 {
		return fault.Newf(fault.InvalidParameter, "role 须与 agency 同用", "role goes with agency").At("role")
	}
	return nil
}

// StateSelection is for lists of indicators of more states than one.
type StateSelection struct {
	States []State `json:"state,omitempty" swaggertype:"array,string" extensions:"x-order=220,x-words=indicator.State" example:"confirmed"` // 状态，不写则除 withdrawn 外都列 · state; all but withdrawn when left out
}

// PlanSelection says which plans are meant.
type PlanSelection struct {
	Codes         []string `json:"plan,omitempty" extensions:"x-order=010" example:"qingzhou-2023"`                                     // 计划代码 · plan code
	Jurisdictions []string `json:"jurisdiction,omitempty" extensions:"x-order=020" maxLength:"1000" example:"青州市"`                      // 辖区 · jurisdiction
	DueFrom       Date     `json:"due_from,omitempty" swaggertype:"string" format:"date" extensions:"x-order=030" example:"2023-06-01"` // 计划期截止日不早于 · the term ends on this day or later
	DueTo         Date     `json:"due_to,omitempty" swaggertype:"string" format:"date" extensions:"x-order=040" example:"2023-12-31"`   // 计划期截止日不晚于 · the term ends on this day or earlier
	Text          string   `json:"q,omitempty" extensions:"x-order=050" example:"青州"`                                                   // 标题、代码或发文机关中的文字，拉丁字母不分大小写 · part of the title, code or issuer, whatever the case of ASCII letters
}

// TaskSelection says which tasks of a plan are meant.
type TaskSelection struct {
	Sections []int    `json:"section,omitempty" extensions:"x-order=010" example:"2"`                                                   // 篇章序号，0 为未列篇章 · section number, 0 for what stands under none
	Numbers  []string `json:"task,omitempty" extensions:"x-order=020" example:"14"`                                                     // 任务编号 · task number
	Agencies []string `json:"agency,omitempty" extensions:"x-order=030" example:"市工信局"`                                                 // 单位名称或别名，含其承接的单位 · a name of an agency, with those whose duties it has taken over
	Roles    []Role   `json:"role,omitempty" swaggertype:"array,string" extensions:"x-order=040,x-words=indicator.Role" example:"lead"` // 单位的角色，与 agency 同用 · the agency's role, with agency
	Text     string   `json:"q,omitempty" extensions:"x-order=050" example:"充电"`                                                        // 标题中的文字，拉丁字母不分大小写 · part of the title, whatever the case of ASCII letters
}

// Validate refuses roles without an agency whose they are, with fault.InvalidParameter.
func (s TaskSelection) Validate() error { return rolesOfAgencies(s.Roles, s.Agencies) }

// MeasurementSelection says which revisions of reports are meant.
type MeasurementSelection struct {
	Agencies     []string  `json:"agency,omitempty" extensions:"x-order=110" example:"市工信局"`                                                                // 报送单位的名称或别名 · a name of the agency that reported
	PeriodFrom   Date      `json:"period_from,omitempty" swaggertype:"string" format:"date" extensions:"x-order=120" example:"2023-07-01"`                  // 报告期始于此日或以后 · periods that begin on this day or later
	PeriodTo     Date      `json:"period_to,omitempty" swaggertype:"string" format:"date" extensions:"x-order=130" example:"2023-09-30"`                    // 报告期止于此日或以前 · periods that end on this day or earlier
	RecordedFrom time.Time `json:"recorded_from,omitempty" swaggertype:"string" format:"date-time" extensions:"x-order=140" example:"2023-10-08T02:15:00Z"` // 此刻起保存的 · stored at this moment or later
	RecordedTo   time.Time `json:"recorded_to,omitempty" swaggertype:"string" format:"date-time" extensions:"x-order=150"`                                  // 至此刻保存的 · stored at this moment or earlier
	Revised      *bool     `json:"revised,omitempty" extensions:"x-order=160" example:"false"`                                                              // true 只列更正和撤回，false 只列首次报送 · corrections and retractions, or with false first reports
	Missing      []Missing `json:"missing,omitempty" swaggertype:"array,string" extensions:"x-order=170,x-words=indicator.Missing"`                         // 没有数据的，按原因 · reports that there is no figure, by why
	Provisional  *bool     `json:"provisional,omitempty" extensions:"x-order=180" example:"false"`                                                          // 初步数 · whether the figure is provisional
}

// FeedSelection says which revisions of the reports of which indicators are meant.
type FeedSelection struct {
	Plans []string `json:"plan,omitempty" extensions:"x-order=010" example:"qingzhou-2023"`                          // 计划代码 · plan code
	Codes []string `json:"indicator,omitempty" extensions:"x-order=020" maxItems:"500" example:"qingzhou-2023-14-1"` // 指标代码 · indicator code
	MeasurementSelection
}
