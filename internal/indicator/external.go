package indicator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// ExternalCode (外部代码) is what another system calls an indicator. A namespace
// belongs to one sender; the empty one is shared by all. Within a namespace a code
// means one indicator, whatever its plan.
type ExternalCode struct {
	Namespace string
	Code      string
}

// Longest texts of an external code, in characters, and how many an indicator has.
const (
	maxExternalCode  = 200
	maxNamespace     = 64
	maxExternalCodes = 50
)

// String names the code in a sentence.
func (c ExternalCode) String() string {
	if c.Namespace == "" {
		return c.Code
	}
	return c.Namespace + "/" + c.Code
}

// Compare orders codes by namespace and code.
func (c ExternalCode) Compare(other ExternalCode) int {
	return cmp.Or(strings.Compare(c.Namespace, other.Namespace), strings.Compare(c.Code, other.Code))
}

// Check refuses an external code that cannot stand: one without a code, one that is too
// long, and one that no table keeps or no reader sees: with a space at an end, or with
// characters that take no width. The fault is at
// "/namespace" or "/code".
func (c ExternalCode) Check() error {
	if err := CheckNamespace(c.Namespace); err != nil {
		return fault.At(err, "/namespace")
	}
	return checkName("/code", c.Code, maxExternalCode, true)
}

// CheckNamespace refuses a namespace that cannot stand; the empty one is the shared.
func CheckNamespace(namespace string) error { return checkName("", namespace, maxNamespace, false) }

// checkName refuses what is no name on one line without spaces around it.
func checkName(field, s string, most int, required bool) error {
	if TableText(s) != s || strings.ContainsAny(s, "\t\r\n") {
		return fault.Newf(fault.InvalidValue, "首尾不能有空白，不能换行，公式字符前不能有 '", "no space at either end, no line breaks and no ' before a formula's character are allowed").At(field)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cf, r) }) {
		return fault.Newf(fault.InvalidValue, "不能含有不可见字符", "characters that take no width are not allowed").At(field)
	}
	return checkText(field, s, most, required)
}

// CheckExternalCodes refuses too many codes of one indicator, one that cannot stand,
// and one given twice, at or below "/external_codes".
func CheckExternalCodes(codes []ExternalCode) error {
	if len(codes) > maxExternalCodes {
		return fault.Newf(fault.InvalidValue, "最多 %d 个外部代码", "at most %d external codes are allowed", maxExternalCodes).At("/external_codes")
	}
	for i, c := range codes {
		at := fmt.Sprintf("/external_codes/%d", i)
		if err := c.Check(); err != nil {
			return fault.At(err, at)
		}
		if slices.Contains(codes[:i], c) {
			return fault.Newf(fault.InvalidValue, "外部代码 %s 重复", "the external code %s is given twice", c).At(at)
		}
	}
	return nil
}

// IsKnownAs reports whether an external code means the indicator.
func (in Indicator) IsKnownAs(c ExternalCode) bool { return slices.Contains(in.ExternalCodes, c) }

// Yields reports whether an indicator of this state gives an external code up to
// one that asks for it: no report is taken for it any more.
func (s State) Yields() bool { return s == Rejected || s == Withdrawn }

// CheckFurtherCodes refuses codes that an indicator does not have yet and that would
// mean nothing but a refusal: it takes no reports for good. Those that it has it keeps
// until another one asks for them. It fails as State.CheckReportable does.
func (in Indicator) CheckFurtherCodes(codes []ExternalCode) error {
	if in.State.Yields() && slices.ContainsFunc(codes, func(c ExternalCode) bool { return !in.IsKnownAs(c) }) {
		return in.State.CheckReportable(in.Code)
	}
	return nil
}

// CodesChanged counts what a table changes of a namespace of external codes.
type CodesChanged struct {
	Added      int // that meant nothing before
	Moved      int // that meant another indicator before
	Removed    int // that mean nothing any more
	Indicators int // whose codes are others now
}
