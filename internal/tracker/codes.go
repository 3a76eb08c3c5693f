package tracker

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// CodeLists are what the external codes of a sender need of the store.
type CodeLists interface {
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
	// MapExternalCodes makes the codes of a namespace mean the indicators given for
	// them, and none besides, and counts the indicators whose codes are others then.
	MapExternalCodes(ctx context.Context, namespace string, meanings map[string]string, dryRun bool) (indicator.CodesChanged, error)
}

// CodeRow is one row of a table that says what external codes mean.
type CodeRow struct {
	Indicator string // our code
	External  string
	Line      int64 // of the file, from 1; 0 where that has no meaning
}

// CodesMapped is what a table of external codes led to.
type CodesMapped struct {
	Namespace string
	Codes     int // that mean something now
	indicator.CodesChanged
}

// mostShown is how many rows a refusal of a table tells of.
const mostShown = 50

// MapExternalCodes makes the codes of a namespace mean what a table says, and nothing
// besides: a code that it leaves out means nothing any more. A row that is there twice
// counts once. With dryRun nothing is stored. A table without a row is refused with
// fault.EmptyBatch unless allowEmpty.
//
// It is all or nothing: it fails with fault.BatchRefused at the first of the rows that
// cannot stand, and tells of each why, up to mostShown of them.
func (s *Service) MapExternalCodes(ctx context.Context, namespace string, rows []CodeRow, dryRun, allowEmpty bool) (CodesMapped, error) {
	if err := indicator.CheckNamespace(namespace); err != nil {
		return CodesMapped{}, fault.At(err, "/external_namespace")
	}
	if len(rows) == 0 && !allowEmpty {
		return CodesMapped{}, fault.Newf(fault.EmptyBatch,
			"表中没有数据行；如确要清空该命名空间，请加 allow_empty=true", "the table has no row; to empty the namespace on purpose, add allow_empty=true")
	}
	known, err := s.indicatorsOf(ctx, rows)
	if err != nil {
		return CodesMapped{}, err
	}
	m := mapping{namespace: namespace, rows: rows, known: known, meanings: map[string]int{}, codes: map[string][]indicator.ExternalCode{}}
	if refused := m.check(); len(refused) > 0 {
		return CodesMapped{}, refusedCodes(len(rows), refused)
	}
	meanings := make(map[string]string, len(m.meanings))
	for code, i := range m.meanings {
		meanings[code] = rows[i].Indicator
	}
	done := CodesMapped{Namespace: namespace, Codes: len(meanings)}
	done.CodesChanged, err = s.codes.MapExternalCodes(ctx, namespace, meanings, dryRun)
	return done, err
}

// indicatorsOf finds the indicators that rows name, many at a time.
func (s *Service) indicatorsOf(ctx context.Context, rows []CodeRow) (map[string]indicator.Indicator, error) {
	var codes []string
	for _, r := range rows {
		if r.Indicator != "" && searchable(r.Indicator) {
			codes = append(codes, r.Indicator)
		}
	}
	slices.Sort(codes)
	known := make(map[string]indicator.Indicator, len(codes))
	for some := range slices.Chunk(slices.Compact(codes), mostLooked) {
		found, _, err := s.codes.Indicators(ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Codes: some}})
		if err != nil {
			return nil, err
		}
		for _, in := range found {
			known[in.Code] = in
		}
	}
	return known, nil
}

// mapping is a table while it is checked.
type mapping struct {
	namespace string
	rows      []CodeRow
	known     map[string]indicator.Indicator
	meanings  map[string]int                      // the row by external code
	codes     map[string][]indicator.ExternalCode // by our code
}

// columnsOfCodes names the column of a field of a row.
var columnsOfCodes = map[string]fault.Text{
	"/indicator":     {ZH: "指标代码", EN: ", indicator"},
	"/external_code": {ZH: "外部代码", EN: ", external_code"},
}

// check takes the rows in and gives the refusals of those that cannot stand, each
// below the place of its row.
func (m mapping) check() (refused []*fault.Fault) {
	for i := range m.rows {
		why := fault.From(m.checkRow(i))
		if why == nil {
			continue
		}
		place, column := m.place(i), columnsOfCodes[why.Field]
		refused = append(refused, fault.New(why.Code, fault.Text{
			ZH: place.ZH + column.ZH + "：" + why.Detail.ZH, EN: place.EN + column.EN + ": " + why.Detail.EN,
		}).At(fmt.Sprintf("/%d%s", i, why.Field)))
	}
	return refused
}

func (m mapping) checkRow(i int) error {
	r := m.rows[i]
	if r.Indicator == "" {
		return fault.Required("/indicator")
	}
	if r.External == "" {
		return fault.Required("/external_code")
	}
	c := indicator.ExternalCode{Namespace: m.namespace, Code: r.External}
	if err := c.Check(); err != nil {
		return fault.From(err).At("/external_code")
	}
	in, ok := m.known[r.Indicator]
	if !ok {
		return name{code: recordable(r.Indicator)}.unknown()
	}
	if err := in.CheckFurtherCodes([]indicator.ExternalCode{c}); err != nil {
		return err
	}
	before, twice := m.meanings[r.External]
	if twice && m.rows[before].Indicator != r.Indicator {
		place, other := m.place(before), m.known[m.rows[before].Indicator]
		return fault.New(fault.ExternalCodeTaken, fault.Text{
			ZH: fmt.Sprintf("外部代码 %s 在%s已对应指标 %s（%s）", r.External, place.ZH, other.Code, other.Name),
			EN: fmt.Sprintf("the external code %s means the indicator %s (%s) in %s", r.External, other.Code, other.Name, place.EN),
		}).At("/external_code")
	}
	if twice {
		return nil
	}
	m.codes[in.Code] = append(m.codesOf(in), c)
	if err := indicator.CheckExternalCodes(m.codes[in.Code]); err != nil {
		return fault.From(err).At("/external_code")
	}
	m.meanings[r.External] = i
	return nil
}

// codesOf are the codes of an indicator so far: those of other namespaces stay.
func (m mapping) codesOf(in indicator.Indicator) []indicator.ExternalCode {
	if codes, begun := m.codes[in.Code]; begun {
		return codes
	}
	return slices.DeleteFunc(slices.Clone(in.ExternalCodes), func(c indicator.ExternalCode) bool { return c.Namespace == m.namespace })
}

func (m mapping) place(i int) fault.Text {
	return indicator.Origin{Line: m.rows[i].Line}.Where(int64(i) + 1)
}

// refusedCodes says why a table was refused, row by row.
func refusedCodes(rows int, refused []*fault.Fault) error {
	var zh, en []string
	for _, f := range refused[:min(len(refused), mostShown)] {
		zh, en = append(zh, f.Detail.ZH), append(en, f.Detail.EN)
	}
	if more := len(refused) - len(zh); more > 0 {
		zh, en = append(zh, fmt.Sprintf("另有 %d 行", more)), append(en, fmt.Sprintf("and %d more", more))
	}
	return fault.New(fault.BatchRefused, fault.Text{
		ZH: fmt.Sprintf("%d 行中有 %d 行未被接受，整表未保存。", rows, len(refused)) + strings.Join(zh, "；"),
		EN: fmt.Sprintf("of %d rows %d were refused, so nothing was stored; ", rows, len(refused)) + strings.Join(en, "; "),
	}).At(refused[0].Field)
}
