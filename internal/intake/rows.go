package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"

	"github.com/go-json-experiment/json/jsontext"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// ReportOf is the report that a request makes.
func ReportOf(req v1.MeasurementRequest) tracker.Report {
	return tracker.Report{
		Indicator: req.Indicator, External: req.ExternalCode, Namespace: req.ExternalNamespace, Period: req.Period, Value: string(req.Value), Numerator: string(req.Numerator), Denominator: string(req.Denominator),
		Missing: req.Missing, Provisional: req.Provisional, Unit: req.Unit, Basis: req.Basis,
		SourceID: req.SourceID, Note: req.Note, EvidenceURL: req.EvidenceURL,
		Agency: req.Agency, Replaces: req.Replaces,
	}
}

// rowOf reads the JSON of one row.
func rowOf(text []byte, line int64) (tracker.Report, *fault.Fault) {
	var req v1.MeasurementRequest
	err := Decode(text, &req)
	r := tracker.Report{Indicator: req.Indicator, External: req.ExternalCode, Namespace: req.ExternalNamespace}
	if err == nil {
		r = ReportOf(req)
	}
	r.Place.Line = line
	return r, fault.From(err)
}

// array are the elements of a JSON array.
type array struct {
	in   *jsontext.Decoder
	fed  *gauge
	open bool
}

func newArray(r io.Reader) *array {
	fed := &gauge{in: r, most: mostInRow, refusal: elementTooLong()}
	return &array{in: jsontext.NewDecoder(fed, jsontext.AllowDuplicateNames(true)), fed: fed} // refused row by row
}

func elementTooLong() *fault.Fault {
	return fault.Newf(fault.BodyTooLarge, "数组的一个元素最长 %d 字节", "an element of the array may have at most %d bytes", mostInRow)
}

// gauge fails once one row has taken more bytes than a row may have, so that readers
// which hold a row as a whole hold no more.
type gauge struct {
	in      io.Reader
	n, from int64 // bytes read, and where the row begins
	most    int64
	refusal *fault.Fault
}

// mostRead is how far a reader of rows reads ahead at a time, in bytes.
const mostRead = 4 << 10

// Read implements io.Reader.
func (g *gauge) Read(p []byte) (int, error) {
	if g.n-g.from > g.most+mostRead {
		return 0, g.refusal
	}
	n, err := g.in.Read(p[:min(len(p), mostRead)])
	g.n += int64(n)
	return n, err
}

// Next implements tracker.Rows.
func (a *array) Next() (tracker.Report, *fault.Fault, error) {
	if !a.open {
		first, err := a.in.ReadToken()
		if err != nil {
			return tracker.Report{}, nil, unreadable(err)
		}
		if first.Kind() != '[' {
			return tracker.Report{}, nil, fault.Newf(fault.WrongType, "应为 JSON 数组", "a JSON array is expected")
		}
		a.open = true
	}
	a.fed.from = a.in.InputOffset()
	if a.in.PeekKind() == ']' {
		return tracker.Report{}, nil, a.end()
	}
	text, err := a.in.ReadValue()
	switch {
	case err != nil:
		return tracker.Report{}, nil, unreadable(err)
	case len(text) > mostInRow:
		return tracker.Report{}, elementTooLong(), nil
	}
	r, refusal := rowOf(text, 0)
	return r, refusal, nil
}

func (a *array) end() error {
	a.fed.from = math.MaxInt64 // nothing more is held
	if _, err := a.in.ReadToken(); err != nil {
		return unreadable(err)
	}
	if _, err := a.in.ReadToken(); !errors.Is(err, io.EOF) {
		return fault.Newf(fault.TrailingData, "JSON 结束后还有多余内容（第 %d 字节）", "there is text after the end of the JSON, at byte %d", a.in.InputOffset())
	}
	return io.EOF
}

// unreadable is the fault of a body that cannot be read on.
func unreadable(err error) error {
	var syntactic *jsontext.SyntacticError
	var known *fault.Fault
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, io.EOF):
		return fault.Newf(fault.EmptyBody, "请求体为空", "the request body is empty")
	case errors.As(err, &syntactic):
		return fault.Newf(fault.MalformedRequest, "第 %d 字节处不是合法的 JSON", "the JSON is not valid at byte %d", syntactic.ByteOffset).
			At(string(syntactic.JSONPointer)).Because(err)
	}
	return fault.Newf(fault.MalformedRequest, "请求体没有传完", "the request body did not arrive whole").Because(err)
}

// lines are the lines of NDJSON; empty ones are passed over.
type lines struct {
	in   *bufio.Reader
	line int64
}

func newLines(r io.Reader) *lines { return &lines{in: bufio.NewReaderSize(r, mostInRow)} }

// Next implements tracker.Rows.
func (l *lines) Next() (tracker.Report, *fault.Fault, error) {
	for {
		line, err := l.in.ReadSlice('\n')
		l.line++
		if errors.Is(err, bufio.ErrBufferFull) {
			return tracker.Report{Place: tracker.Place{Line: l.line}}, fault.Newf(fault.BodyTooLarge, "一行最长 %d 字节", "a line may be at most %d bytes", mostInRow), l.skip()
		}
		if len(bytes.TrimSpace(line)) > 0 && (err == nil || errors.Is(err, io.EOF)) {
			r, refusal := rowOf(line, l.line)
			return r, refusal, nil
		}
		switch {
		case errors.Is(err, io.EOF):
			return tracker.Report{}, nil, io.EOF
		case err != nil:
			return tracker.Report{}, nil, unreadable(err)
		}
	}
}

// skip reads to the end of a line that is too long.
func (l *lines) skip() error {
	for {
		_, err := l.in.ReadSlice('\n')
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return unreadable(err)
		}
	}
}
