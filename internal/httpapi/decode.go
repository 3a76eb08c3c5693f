package httpapi

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// serializer is echo's JSON serializer.
type serializer struct{}

func (serializer) Serialize(c echo.Context, v any, indent string) error {
	if indent == "" {
		return json.MarshalWrite(c.Response(), v)
	}
	return json.MarshalWrite(c.Response(), v, jsontext.WithIndent(indent))
}

// Deserialize is not used: bodies are read by decode, which is strict.
func (serializer) Deserialize(c echo.Context, v any) error { return decode(c, v) }

// decode reads a JSON body into v. Unknown and repeated fields, wrong types, a
// null in any field but the nullable ones (JSON pointers), bad UTF-8, text after
// the end, an empty body and one over the limit are faults that name the field
// where there is one.
func decode(c echo.Context, v any, nullable ...string) error {
	if err := wantMediaType(c, echo.MIMEApplicationJSON); err != nil {
		return err
	}
	body, err := readBody(c, maxJSON)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, v, json.RejectUnknownMembers(true)); err != nil {
		return decodeFault(err, body)
	}
	return refuseNulls(body, nullable)
}

func readBody(c echo.Context, limit int64) ([]byte, error) {
	r := c.Request()
	if err := wantNoCoding(r); err != nil {
		return nil, err
	}
	if r.ContentLength > limit {
		return nil, tooLarge(limit)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, limit))
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return nil, tooLarge(limit)
	case err != nil:
		return nil, fault.Newf(fault.MalformedRequest, "请求体没有传完", "the request body did not arrive whole").Because(err)
	case len(body) == 0:
		return nil, fault.Newf(fault.EmptyBody, "请求体为空", "the request body is empty")
	}
	return body, nil
}

// wantNoCoding refuses a body that is compressed: no coding is undone here.
func wantNoCoding(r *http.Request) error {
	coding := r.Header.Get(echo.HeaderContentEncoding)
	if coding == "" || strings.EqualFold(coding, "identity") {
		return nil
	}
	return fault.Newf(fault.UnsupportedMediaType,
		"不支持 Content-Encoding: %s，请发送未压缩的内容", "Content-Encoding: %s is not supported; send the body uncompressed", coding)
}

func wantMediaType(c echo.Context, want string) error {
	got, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err == nil && got == want {
		return nil
	}
	return fault.Newf(fault.UnsupportedMediaType,
		"请以 Content-Type: %s 发送，收到的是“%s”", "send Content-Type: %s; %q was received",
		want, c.Request().Header.Get(echo.HeaderContentType))
}

func decodeFault(err error, body []byte) error {
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
	return fault.Newf(fault.WrongType, "字段类型不正确", "the field has the wrong type").At(at).Because(err)
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
