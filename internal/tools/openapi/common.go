package main

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// call is an operation with where it is.
type call struct {
	method, path string
	*openapi3.Operation
}

func (c call) writes() bool { return c.method != http.MethodGet && c.method != http.MethodHead }

func (c call) hasBody() bool { return c.RequestBody != nil }

// commonAnswers are the failures that operations with a key have in common, so that
// no comment has to repeat them. A comment that has other words for a status, or more
// reasons, is kept. The first that fits an operation is its answer of a status.
var commonAnswers = []struct {
	status, description string
	headers             []header
	of                  func(call) bool // all when nil
}{
	{"400", "请求无法读取 · cannot be read: malformed_request, empty_body, trailing_data, unknown_field, duplicate_field, wrong_type, invalid_encoding, invalid_parameter", nil, call.hasBody},
	{"400", "查询参数不正确 · a parameter is invalid: invalid_parameter", nil, nil},
	{"401", "没有密钥或密钥无效 · no key, or not a good one: unauthorized", []header{
		{"WWW-Authenticate", "出示密钥的方式 · how to show a key"},
	}, nil},
	{"403", "密钥的角色不许可，或来自其他网站的页面 · not for the role of the key, or sent by a page of another site: forbidden, cross_origin", nil, call.writes},
	{"404", "不存在 · not found: not_found", nil, func(c call) bool { return strings.Contains(c.path, "{") }},
	{"406", "没有所要的格式 · there is no format that was asked for: not_acceptable", nil, call.hasTables},
	{"413", "请求体过大 · too large: body_too_large", nil, call.hasBody},
	{"415", "媒体类型不支持 · media type: unsupported_media_type", nil, call.hasBody},
	{"429", "请求过于频繁 · beyond the rate: rate_limited", []header{
		{"Retry-After", "多少秒后重试 · seconds to wait"},
		{"RateLimit", "剩余额度 · what is left"},
		{"RateLimit-Policy", "限额 · the bound"},
	}, nil},
	{"500", "服务内部错误 · the service failed: internal", nil, nil},
	{"503", "暂不可用或超时 · away or too slow: unavailable, timeout, overloaded", nil, nil},
}

type header struct{ name, description string }

// answerInCommon adds the common failures to every operation with @Security, in the
// schema that the document has its errors in.
func answerInCommon(doc *openapi3.T) {
	schema := errorSchema(doc)
	if schema == nil {
		return
	}
	paths := doc.Paths.Map()
	for path, item := range paths {
		for method, op := range item.Operations() {
			if op.Security != nil && len(*op.Security) > 0 {
				call{method, path, op}.answer(schema)
				call{method, path, op}.validate()
			}
		}
	}
}

func (c call) answer(schema *openapi3.SchemaRef) {
	for _, a := range commonAnswers {
		if c.Responses.Value(a.status) != nil || a.of != nil && !a.of(c) {
			continue
		}
		response := openapi3.NewResponse().WithDescription(a.description).
			WithContent(openapi3.Content{mediaProblem: openapi3.NewMediaType().WithSchemaRef(schema)})
		if len(a.headers) > 0 {
			response.Headers = openapi3.Headers{}
		}
		for _, h := range a.headers {
			response.Headers[h.name] = &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{
				Description: h.description, Schema: openapi3.NewStringSchema().NewRef(),
			}}}
		}
		c.Responses.Set(a.status, &openapi3.ResponseRef{Value: response})
	}
}

// noValidatorExtension marks a read whose answers have no ETag: @x-no-validator true.
const noValidatorExtension = "x-no-validator"

// validate adds to a read what asks whether its answer has changed, unless a comment has it
// or says that there is none.
func (c call) validate() {
	_, none := c.Extensions[noValidatorExtension]
	delete(c.Extensions, noValidatorExtension)
	answer := c.Responses.Value("200")
	if none || c.writes() || answer == nil || answer.Value == nil || c.Responses.Value("304") != nil {
		return
	}
	c.AddParameter(openapi3.NewHeaderParameter("If-None-Match").
		WithDescription("上次的 ETag，未变则 304 · the ETag of the answer before: 304 while it has not changed").WithSchema(openapi3.NewStringSchema()))
	unchanged := "自上次以来未变 · not changed since"
	c.Responses.Set("304", &openapi3.ResponseRef{Value: openapi3.NewResponse().WithDescription(unchanged)})
	if answer.Value.Headers == nil {
		answer.Value.Headers = openapi3.Headers{}
	}
	if answer.Value.Headers["ETag"] == nil {
		answer.Value.Headers["ETag"] = &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{
			Description: "供 If-None-Match · for If-None-Match", Schema: openapi3.NewStringSchema().NewRef(),
		}}}
	}
}

// errorSchema is the schema of the errors that the document declares, nil when there
// are none.
func errorSchema(doc *openapi3.T) (schema *openapi3.SchemaRef) {
	_ = eachOperation(doc, func(op *openapi3.Operation) error {
		answers := op.Responses.Map()
		for _, status := range slices.Sorted(maps.Keys(answers)) {
			if schema != nil || !isError(status) || answers[status].Value == nil {
				continue
			}
			for _, media := range answers[status].Value.Content {
				schema = media.Schema
			}
		}
		return nil
	})
	return schema
}
