package httpapi

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tabular"
)

// Codelists of what rows have in SDMX. The statuses are those of a database's profiles, so
// that their list is made when it is asked for.
var (
	frequencyCodes = &tabular.Codelist{ID: "CL_FREQ", Name: fault.Text{ZH: "频率", EN: "Frequency"}, Codes: []tabular.Code{
		{ID: "A", Name: indicator.Yearly.Label()}, {ID: "S", Name: indicator.HalfYearly.Label()}, {ID: "Q", Name: indicator.Quarterly.Label()},
		{ID: "M", Name: indicator.Monthly.Label()}, {ID: "W", Name: indicator.Weekly.Label()}, {ID: "D", Name: indicator.Daily.Label()},
	}}
	observationCodes = &tabular.Codelist{ID: "CL_OBS_STATUS", Name: fault.Text{ZH: "观测值状态", EN: "Observation status"}, Codes: []tabular.Code{
		{ID: "A", Name: fault.Text{ZH: "正常值", EN: "Normal value"}},
		{ID: "P", Name: fault.Text{ZH: "初步数", EN: "Provisional value"}},
		{ID: "L", Name: fault.Text{ZH: "缺失：暂缺", EN: "Missing value; not available"}},
		{ID: "M", Name: fault.Text{ZH: "缺失：不适用", EN: "Missing value; data cannot exist"}},
		{ID: "O", Name: fault.Text{ZH: "缺失", EN: "Missing value"}},
	}}
	kindCodes  = codelist("CL_KIND", fault.Text{ZH: "指标类型", EN: "Kind"}, indicator.Kinds)
	basisCodes = codelist("CL_BASIS", fault.Text{ZH: "口径", EN: "Basis"}, indicator.Bases)
	flagCodes  = &tabular.Codelist{ID: "CL_FLAG", Name: fault.Text{ZH: "是否", EN: "Yes or no"}, Codes: []tabular.Code{
		{ID: "true", Name: fault.Text{ZH: "是", EN: "Yes"}}, {ID: "false", Name: fault.Text{ZH: "否", EN: "No"}},
	}}
	// statusCodes stands for the list of statuses where only its name counts.
	statusCodes = &tabular.Codelist{ID: "CL_STATUS", Name: fault.Text{ZH: "状态", EN: "Status"}}
)

func codelist[W interface {
	~string
	Label() fault.Text
}](id string, name fault.Text, words []W) *tabular.Codelist {
	list := &tabular.Codelist{ID: id, Name: name}
	for _, w := range words {
		list.Codes = append(list.Codes, tabular.Code{ID: string(w), Name: w.Label()})
	}
	return list
}

// measure and attribute are components that are one column each.
func measure(id, zh, en, column string) tabular.Component {
	return tabular.Component{ID: id, Name: fault.Text{ZH: zh, EN: en}, Role: tabular.Measure, Columns: []string{column}, Type: tabular.Decimal}
}

func attribute(id, zh, en string, columns ...string) tabular.Component {
	return tabular.Component{ID: id, Name: fault.Text{ZH: zh, EN: en}, Role: tabular.Attribute, Columns: columns}
}

func coded(c tabular.Component, codes *tabular.Codelist) tabular.Component {
	c.Codes = codes
	return c
}

func dimension(id, zh, en, column string, codes *tabular.Codelist) tabular.Component {
	return tabular.Component{ID: id, Name: fault.Text{ZH: zh, EN: en}, Role: tabular.Dimension, Columns: []string{column}, Codes: codes}
}

// Names that structures share. A concept has one name wherever it is used.
var (
	byIndicator = dimension("INDICATOR", "指标", "Indicator", "indicator", nil)
	// Units are whatever a plan writes, so that they have no codelist.
	unitOf = func(columns ...string) tabular.Component {
		return attribute("UNIT_MEASURE", "计量单位", "Unit of measure", columns...)
	}
	timePeriod = func(value func([]tabular.Cell) string, columns ...string) tabular.Component {
		return tabular.Component{ID: "TIME_PERIOD", Name: fault.Text{ZH: "时间", EN: "Time period"}, Role: tabular.TimeDimension, Columns: columns, Value: value}
	}
	frequency = func(value func([]tabular.Cell) string, column string) tabular.Component {
		c := dimension("FREQ", "频率", "Frequency", column, frequencyCodes)
		c.Value = value
		return c
	}
	observed = func(value func([]tabular.Cell) string, columns ...string) tabular.Component {
		c := coded(attribute("OBS_STATUS", "观测值状态", "Observation status", columns...), observationCodes)
		c.Value = value
		return c
	}
	judgedAs = func() tabular.Component {
		return coded(tabular.Component{ID: "STATUS", Name: fault.Text{ZH: "状态", EN: "Status"}, Role: tabular.Measure, Columns: []string{"status"}}, statusCodes)
	}()
)

var progressStructure = &tabular.Structure{ID: "PROGRESS", Name: fault.Text{ZH: "指标进度", EN: "Progress of indicators"}, Components: []tabular.Component{
	byIndicator, timePeriod(nil, "cut_off", "on"),
	measure("TARGET", "目标值", "Target", "target_value"), measure("ACTUAL", "实际值", "Actual value", "actual_value"),
	measure("PERCENT", "完成率", "Percent of target", "percent"), measure("PACE", "序时进度", "Pace", "pace"),
	measure("GAP", "完成率与序时之差", "Gap", "gap"), measure("DUE_GAP", "与应达之差", "Gap from the amount due", "due_gap"), judgedAs,
	unitOf("actual_unit", "target_unit"), observed(observedProgress, "actual_value", "provisional"),
	attribute("REASON", "无完成率原因", "Why there is no percent", "reason"),
	coded(attribute("REPORT_MISSING", "最新期未报", "Report missing", "report_missing"), flagCodes),
}}

var seriesStructure = &tabular.Structure{ID: "SERIES", Name: fault.Text{ZH: "指标分期数据", EN: "Series of indicators"}, Components: []tabular.Component{
	byIndicator, frequency(frequencyOfStep, "step"), timePeriod(periodOfCells, "period"),
	measure("AMOUNT", "当期值", "Amount of the period", "amount_value"), measure("ACTUAL", "实际值", "Actual value", "actual_value"),
	measure("TARGET", "目标值", "Target", "target_value"), measure("PERCENT", "完成率", "Percent of target", "percent"),
	measure("PACE", "序时进度", "Pace", "pace"), measure("GAP", "完成率与序时之差", "Gap", "gap"),
	measure("DUE_GAP", "与应达之差", "Gap from the amount due", "due_gap"), judgedAs,
	coded(attribute("KIND", "指标类型", "Kind", "kind"), kindCodes), unitOf("actual_unit", "amount_unit", "target_unit"),
	observed(observedProgress, "amount_value", "provisional"),
	coded(attribute("REVISED", "是否修订过", "Revised", "revised"), flagCodes),
}}

var measurementStructure = &tabular.Structure{ID: "MEASUREMENTS", Name: fault.Text{ZH: "实绩", EN: "Measurements"}, Components: []tabular.Component{
	byIndicator, frequency(frequencyOfPeriod, "period"), dimension("BASIS", "口径", "Basis", "basis", basisCodes),
	dimension("REVISION", "修订次数", "Revision", "revision", nil), timePeriod(periodOfCells, "period"),
	measure("OBS_VALUE", "观测值", "Observation value", "value"), measure("NUMERATOR", "分子", "Numerator", "numerator"),
	measure("DENOMINATOR", "分母", "Denominator", "denominator"),
	unitOf("unit"), observed(observedMeasurement, "missing", "provisional"),
	attribute("MEASUREMENT_ID", "实绩编号", "Measurement", "id"), attribute("RETRACTS", "撤回的实绩编号", "Measurement taken back", "retracts"),
	attribute("REPORTED_BY", "报送单位", "Reporting agency", "reported_by_agency"),
	{ID: "RECORDED_AT", Name: fault.Text{ZH: "记录时刻", EN: "Recorded at"}, Role: tabular.Attribute, Columns: []string{"recorded_at"}, Type: tabular.Moment},
}}

// observedProgress reads a value and whether it is provisional.
func observedProgress(cells []tabular.Cell) string {
	switch {
	case !cells[0].Given:
		return "O"
	case cells[1].Text == "true":
		return "P"
	}
	return "A"
}

// observedMeasurement reads why there is no figure and whether there is a provisional one.
func observedMeasurement(cells []tabular.Cell) string {
	switch {
	case cells[0].Text == string(indicator.NotAvailable):
		return "L"
	case cells[0].Text == string(indicator.NotApplicable):
		return "M"
	case cells[1].Text == "true":
		return "P"
	}
	return "A"
}

// periodOfCells writes a period as SDMX does: half-years are semesters.
func periodOfCells(cells []tabular.Cell) string {
	return strings.Replace(cells[0].Text, "-H", "-S", 1)
}

// frequencyOfPeriod tells the length of a period by its spelling.
func frequencyOfPeriod(cells []tabular.Cell) string {
	period := cells[0].Text
	const year, month = len("2023"), len("2023-09")
	switch {
	case len(period) == year:
		return "A"
	case strings.Contains(period, "-H"):
		return "S"
	case strings.Contains(period, "-Q"):
		return "Q"
	case strings.Contains(period, "-W"):
		return "W"
	case len(period) == month:
		return "M"
	}
	return "D"
}

func frequencyOfStep(cells []tabular.Cell) string {
	return map[indicator.Frequency]string{
		indicator.Yearly: "A", indicator.HalfYearly: "S", indicator.Quarterly: "Q", indicator.Monthly: "M", indicator.Weekly: "W", indicator.Daily: "D",
	}[indicator.Frequency(cells[0].Text)]
}

// readStructures
//
// @Summary     SDMX 结构 · Read the SDMX structures
// @Description 以 SDMX-CSV 输出的进度、分期数据、实绩的数据结构：维度、度量、属性、概念与代码表（状态代码取自各版评判标准），SDMX-JSON 2.0.0。
// @Description
// @Description The data structure definitions of what is had as SDMX-CSV (progress, series, measurements): dimensions, measures, attributes, concepts and codelists, those of the statuses from every version of the profile; SDMX-JSON 2.0.0.
// @Tags        service
// @ID          readStructures
// @Security    BearerAuth
// @Produce     application/vnd.sdmx.structure+json,application/problem+json
// @Success     200 {object} object "结构消息 · the structure message"
// @Router      /api/v1/sdmx/structure [get]
func (s *server) readStructures(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	versions, err := s.profiles.Profiles(c.Request().Context())
	if err != nil {
		return err
	}
	profiles := []progress.Profile{progress.DefaultProfile()}
	prepared := s.Now()
	for _, v := range versions {
		profile, err := progress.ParseProfile([]byte(v.Content))
		if err != nil {
			return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
		}
		profiles = append(profiles, profile)
	}
	var message bytes.Buffer
	if err := tabular.WriteStructures(&message, structuresWith(statusesOf(profiles)), prepared); err != nil {
		return fault.New(fault.Internal, fault.Internal.Title()).Because(err)
	}
	return c.Blob(http.StatusOK, tabular.StructureMediaType, message.Bytes())
}

// statusesOf is the list of all statuses that profiles give; the newest names one.
func statusesOf(profiles []progress.Profile) *tabular.Codelist {
	list := *statusCodes
	for _, p := range slices.Backward(profiles) {
		for _, status := range p.Statuses() {
			if !slices.ContainsFunc(list.Codes, func(c tabular.Code) bool { return c.ID == string(status) }) {
				list.Codes = append(list.Codes, tabular.Code{ID: string(status), Name: p.Label(status)})
			}
		}
	}
	return &list
}

// structuresWith are all structures with a list of statuses.
func structuresWith(statuses *tabular.Codelist) []*tabular.Structure {
	var list []*tabular.Structure
	for _, s := range []*tabular.Structure{progressStructure, seriesStructure, measurementStructure} {
		filled := &tabular.Structure{ID: s.ID, Name: s.Name, Components: slices.Clone(s.Components)}
		for i := range filled.Components {
			if filled.Components[i].Codes == statusCodes {
				filled.Components[i].Codes = statuses
			}
		}
		list = append(list, filled)
	}
	return list
}
