package assist

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/indicator-tracker/tracker/api/openapi"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// tool is what an assistant can ask. Its arguments are the query parameters of an operation of
// the contract, but for those that choose another form than JSON.
type tool struct {
	name, title, description string
	reads                    openapi.Operation
	// usual is how many rows a page has where limit is left out, most how many it may have;
	// 0 where there are no pages.
	usual, most int
	// leftOut are parameters of the operation that the tool sets itself.
	leftOut []string
	// answer asks the service.
	answer func(ctx context.Context, s Service, t tool, args arguments) (json.RawMessage, error)
	// own are arguments that no operation has.
	own []openapi.Parameter
	// required are arguments that have to be given.
	required []string
}

// otherForms are the parameters that choose another form than JSON.
var otherForms = []string{"format", "headings", "bom"}

// tools are all there are.
func tools() []tool {
	return []tool{
		{
			name: "find_indicators", title: "查找指标 · Find indicators",
			description: "按文字（q）、计划、单位、时限等查找指标：代码、目标、时限、责任单位、原文。\n\nFinds indicators by words (q), plan, agency, due date and more: code, target, due date, agencies, the plan's own words.",
			reads:       openapi.Reading("listIndicators"), usual: 20, most: 50, answer: answerKnown,
		},
		{
			name: "progress", title: "进度 · Progress",
			description: "指标的完成率、序时进度、差距与状态，explain=true 附计算依据和原文；按 indicator（代码）或任意条件选取。只含已确认的指标。\n\nPercent of target, pace, gap and status, with the working and the plan's own words where explain=true; by indicator (code) or any selection. Confirmed indicators only.",
			reads:       openapi.Reading("listProgress"), usual: 10, most: 50, answer: answerJudged,
		},
		{
			name: "summary", title: "汇总 · Summary",
			description: "任意范围内指标的汇总：各状态个数、已满一期与最新期已报、完成率均值、差距最大的五个；group_by 取一至两维。\n\nCounts by status, expected and reported, means, the five furthest behind, of any selection, by one or two groupings (group_by).",
			reads:       openapi.Reading("readSummary"), answer: answerJudged,
		},
		{
			name: "series", title: "分期数据 · Series",
			description: "逐期的报送值、累计、完成率、状态，没有报送的期也列出；projection=true 附到期推算。\n\nPeriod by period: what was reported, the running value, percent and status, gaps as gaps; projection=true adds where it will stand on the due date.",
			reads:       openapi.Reading("listSeries"), usual: 3, most: 10, answer: answerJudged,
		},
		{
			name: "changes_since", title: "此后的变更 · Changes since",
			description: "某一时刻之后报送、更正、撤回的实绩，以及改过的指标。用 updated_after 续读实绩，用 cursor 续读指标。\n\nMeasurements that were reported, corrected or retracted after a moment, and indicators that were changed. updated_after goes on with the measurements, cursor with the indicators.",
			reads:       openapi.Reading("readMeasurementFeed"), usual: 20, most: 50, answer: answerChanges,
			leftOut: []string{"recorded_from", "fields"}, own: []openapi.Parameter{since, indicatorsCursor}, required: []string{"since"},
		},
	}
}

// parameters are what the tool takes.
func (t tool) parameters() []openapi.Parameter {
	query := slices.DeleteFunc(slices.Clone(t.reads.Query), func(p openapi.Parameter) bool {
		return slices.Contains(otherForms, p.Name) || slices.Contains(t.leftOut, p.Name)
	})
	return append(slices.Clone(t.own), query...)
}

func (t tool) declared() *mcp.Tool {
	properties := map[string]json.RawMessage{}
	for _, p := range t.parameters() {
		properties[p.Name] = t.property(p)
	}
	schema := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(t.required) > 0 {
		schema["required"] = t.required
	}
	no := false
	return &mcp.Tool{
		Name: t.name, Title: t.title, Description: t.description, InputSchema: schema,
		Annotations: &mcp.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
	}
}

// property is the JSON Schema of an argument: that of the contract with its description.
func (t tool) property(p openapi.Parameter) json.RawMessage {
	var schema map[string]any
	if err := json.Unmarshal(p.Schema, &schema); err != nil {
		panic(err) // the contract is part of the binary
	}
	schema["description"] = p.Description
	if p.Name == "limit" {
		schema["description"] = "每页条数 · rows a page"
		schema["minimum"], schema["maximum"], schema["default"] = 1, t.most, t.usual
	}
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err)
	}
	return text
}

// arguments are the values of each argument, as a query holds them.
type arguments map[string][]string

func (a arguments) first(name string) string {
	if len(a[name]) == 0 {
		return ""
	}
	return a[name][0]
}

// read reads the arguments of a call. What a value may be is for the service to say.
func (t tool) read(given json.RawMessage) (arguments, error) {
	args := arguments{}
	var values map[string]json.RawMessage
	if len(given) > 0 {
		if err := json.Unmarshal(given, &values); err != nil {
			return nil, fault.Newf(fault.MalformedRequest, "参数应为 JSON 对象", "the arguments must be a JSON object")
		}
	}
	known := t.parameters()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		i := slices.IndexFunc(known, func(p openapi.Parameter) bool { return p.Name == name })
		if i < 0 {
			return nil, fault.Newf(fault.InvalidParameter, "%[1]s 没有这个参数", "%[1]s has no such parameter", t.name).At(name)
		}
		texts, ok := textsOf(values[name], known[i].List)
		if !ok {
			return nil, fault.Newf(fault.InvalidParameter, "应为文本、数或布尔值，可取多个值的也可以是数组", "a text, a number or a boolean is expected, or a list of them where there may be several").At(name)
		}
		if len(texts) > 0 {
			args[name] = known[i].Encode(texts)
		}
	}
	for _, name := range t.required {
		if args.first(name) == "" {
			return nil, fault.Newf(fault.InvalidParameter, "必须给出", "this is required").At(name)
		}
	}
	if t.most > 0 {
		args["limit"] = []string{t.limit(args.first("limit"))}
	}
	return args, nil
}

// limit bounds the rows of a page; what is no number is for the service to refuse.
func (t tool) limit(given string) string {
	if given == "" {
		return strconv.Itoa(t.usual)
	}
	if n, err := strconv.Atoi(given); err == nil && n > t.most {
		return strconv.Itoa(t.most)
	}
	return given
}

// textsOf are the values of a JSON value, numbers with the digits they came with; null is none.
// It is false for what a parameter cannot be.
func textsOf(value json.RawMessage, list bool) (texts []string, ok bool) {
	var items []json.RawMessage
	if list && json.Unmarshal(value, &items) == nil {
		for _, item := range items {
			one, ok := textsOf(item, false)
			if !ok {
				return nil, false
			}
			texts = append(texts, one...)
		}
		return texts, true
	}
	switch value[0] {
	case 'n':
		return nil, true
	case '"':
		var text string
		err := json.Unmarshal(value, &text)
		return []string{text}, err == nil
	case '{', '[':
		return nil, false
	}
	return []string{string(value)}, true
}
