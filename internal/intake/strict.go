package intake

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// Decode reads JSON into a wire type. Unknown and repeated fields, wrong types, a
// null in any field but the nullable ones (JSON pointers), bad UTF-8 and text
// after the end are faults that name the field where there is one.
func Decode(body []byte, v any, nullable ...string) error {
	if err := json.Unmarshal(body, v, json.RejectUnknownMembers(true)); err != nil {
		return decodeFault(err, body, reflect.TypeOf(v))
	}
	if !bytes.Contains(body, []byte("null")) {
		return nil
	}
	return refuseNulls(body, nullable)
}

func decodeFault(err error, body []byte, into reflect.Type) error {
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		return syntaxFault(syntactic, body).Because(err)
	}
	var semantic *json.SemanticError
	if !errors.As(err, &semantic) {
		return fault.Newf(fault.MalformedRequest, "请求体不是合法的 JSON", "the body is not valid JSON").Because(err)
	}
	at := string(semantic.JSONPointer)
	switch {
	case errors.Is(err, json.ErrUnknownName):
		return fault.Newf(fault.UnknownField, "没有名为 %s 的字段", "there is no field %s", at).At(at).Because(err)
	case errors.Is(err, v1.ErrNumberType):
		return fault.Newf(fault.WrongType, "应为数值", "a number is expected").At(at).Because(err)
	}
	return fault.New(fault.WrongType, wanted(into, at)).At(at).Because(err)
}

// wanted says what a field, a JSON pointer into a wire type, has to be, with the example
// that the contract gives of it.
func wanted(into reflect.Type, at string) fault.Text {
	t, example := into, ""
	for _, name := range strings.Split(at, "/")[1:] {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		switch t.Kind() {
		case reflect.Slice, reflect.Map:
			t = t.Elem()
		case reflect.Struct:
			for i := range t.NumField() {
				if own, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); own == name {
					t, example = t.Field(i).Type, t.Field(i).Tag.Get("example")
					break
				}
			}
		default:
		}
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.String:
		if example == "" {
			return fault.Text{ZH: "应为带引号的文本", EN: "a string in quotes is expected"}
		}
		return fault.Say("应为带引号的文本，如 %q", "a string in quotes is expected, such as %q", example)
	case reflect.Bool:
		return fault.Text{ZH: "应为 true 或 false，不带引号", EN: "true or false is expected, without quotes"}
	case reflect.Slice:
		return fault.Text{ZH: "应为 JSON 数组 […]", EN: "a JSON array […] is expected"}
	case reflect.Struct, reflect.Map:
		return fault.Text{ZH: "应为 JSON 对象 {…}", EN: "a JSON object {…} is expected"}
	default:
		return fault.Text{ZH: "应为数值，不带引号", EN: "a number is expected, without quotes"}
	}
}

func syntaxFault(err *jsontext.SyntacticError, body []byte) *fault.Fault {
	at := string(err.JSONPointer)
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return fault.Newf(fault.DuplicateField, "字段 %s 出现了多次", "the field %s is given more than once", at).At(at)
	case !utf8.Valid(body):
		return fault.Newf(fault.InvalidEncoding, "请求体不是合法的 UTF-8 文本", "the body is not valid UTF-8").At(at)
	case int(err.ByteOffset) <= len(body) && jsontext.Value(body[:err.ByteOffset]).IsValid():
		return fault.Newf(fault.TrailingData, "JSON 结束后还有多余内容（第 %d 字节）", "there is text after the end of the JSON, at byte %d", err.ByteOffset)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault.Newf(fault.MalformedRequest, "JSON 没有写完", "the JSON ends too early").At(at)
	}
	return fault.Newf(fault.MalformedRequest, "第 %d 字节处不是合法的 JSON", "the JSON is not valid at byte %d", err.ByteOffset).At(at)
}
