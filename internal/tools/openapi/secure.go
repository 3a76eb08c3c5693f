package main

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// keyAnswers are the answers that every operation with a key can give before
// its handler sees the request, so that no comment has to repeat them.
var keyAnswers = []struct {
	status, description string
	headers             []header
}{
	{"401", "没有密钥或密钥无效 · no key, or not a good one: unauthorized", []header{
		{"WWW-Authenticate", "出示密钥的方式 · how to show a key"},
	}},
	{"429", "请求过于频繁 · beyond the rate: rate_limited", []header{
		{"Retry-After", "多少秒后重试 · seconds to wait"},
		{"RateLimit", "剩余额度 · what is left"},
		{"RateLimit-Policy", "限额 · the bound"},
	}},
}

type header struct{ name, description string }

// answerForKeys adds the answers to an operation with @Security that has errors
// of a schema, unless it declares its own.
func answerForKeys(op *openapi3.Operation) {
	schema := errorSchema(op)
	if op.Security == nil || len(*op.Security) == 0 || schema == nil {
		return
	}
	for _, a := range keyAnswers {
		if op.Responses.Value(a.status) != nil {
			continue
		}
		response := openapi3.NewResponse().WithDescription(a.description).
			WithContent(openapi3.Content{mediaProblem: openapi3.NewMediaType().WithSchemaRef(schema)})
		response.Headers = openapi3.Headers{}
		for _, h := range a.headers {
			response.Headers[h.name] = &openapi3.HeaderRef{Value: &openapi3.Header{Parameter: openapi3.Parameter{
				Description: h.description, Schema: openapi3.NewStringSchema().NewRef(),
			}}}
		}
		op.Responses.Set(a.status, &openapi3.ResponseRef{Value: response})
	}
}

// errorSchema is the schema of the operation's error answers, nil when it has
// none.
func errorSchema(op *openapi3.Operation) *openapi3.SchemaRef {
	answers := op.Responses.Map()
	for _, status := range slices.Sorted(maps.Keys(answers)) {
		if !isError(status) || answers[status].Value == nil {
			continue
		}
		for _, media := range answers[status].Value.Content {
			return media.Schema
		}
	}
	return nil
}
