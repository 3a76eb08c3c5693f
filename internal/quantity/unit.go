package quantity

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// MaxUnitLength is the most characters a unit may be written with.
const MaxUnitLength = 20

// Unit is a unit of measure: its writing, its dimension and the exact factor
// to the dimension's base unit. It is immutable; == compares the writing, as
// the rest follows from it. The zero Unit is no unit, the factor of which is 1.
type Unit struct {
	text      string
	dimension string
	ratio     ratio
	tens      int // magnitude words: the power of ten the ratio is multiplied by
}

// ratio is an exact small factor. The zero ratio stands for 1.
type ratio struct{ num, den int64 }

// ParseUnit reads a unit as a plan writes it: magnitude words (十 百 千 万 亿)
// before a unit of the table (万亩), a unit with another in brackets (套（间）),
// or one unit per another (微克/立方米). A word that is in no table is a
// dimension of its own, so 万吨标煤 converts to 吨标煤 and to nothing else. A rate may be
// taken per a power of ten in figures or words: 人/10万, 1/10万, /十万.
//
// It fails with fault.UnknownUnit when s is empty, is longer than
// MaxUnitLength characters or has any other digit, a space or an unprintable character.
func ParseUnit(s string) (Unit, error) {
	if s == "" {
		return Unit{}, fault.Newf(fault.UnknownUnit, "计量单位为空", "the unit is empty")
	}
	if len(s) > MaxUnitLength*utf8.UTFMax || utf8.RuneCountInString(s) > MaxUnitLength {
		return Unit{}, fault.Newf(fault.UnknownUnit,
			"计量单位“%s”超过 %d 个字", "the unit %q has more than %d characters", clip(s), MaxUnitLength)
	}
	meant := inWords(narrow.Replace(s))
	if strings.ContainsFunc(meant, barred) {
		return Unit{}, fault.Newf(fault.UnknownUnit,
			"计量单位“%s”中不应有数字、空格或不可见字符", "the unit %q must not have digits, spaces or unprintable characters", s)
	}
	u := resolve(meant)
	u.text = s
	return u, nil
}

func barred(r rune) bool {
	return r == utf8.RuneError || unicode.IsDigit(r) || unicode.IsSpace(r) || !unicode.IsGraphic(r)
}

// narrow brings the full-width signs of Chinese text to the table's form.
var narrow = strings.NewReplacer("（", "(", "）", ")", "％", "%", "／", "/")

// resolve finds the meaning of a well-formed unit.
func resolve(s string) Unit {
	if over, under, ok := strings.Cut(s, "/"); ok && over != "" && under != "" && !strings.Contains(under, "/") {
		return quotient(resolve(over), resolve(under))
	}
	word, tens := s, 0
	for {
		if u, ok := lookup(word); ok {
			u.tens = tens
			return u
		}
		first, size := utf8.DecodeRuneInString(word)
		power, ok := magnitudes[first]
		if !ok {
			return Unit{dimension: ownPrefix + word, ratio: ratio{1, 1}, tens: tens}
		}
		tens += power
		word = word[size:]
		if word == "" { // 粉丝 100 万: a bare magnitude counts things
			return Unit{dimension: dimCount, ratio: ratio{1, 1}, tens: tens}
		}
	}
}

// lookup finds a word of the table, also one that names another count word in
// brackets: 套(间).
func lookup(word string) (Unit, bool) {
	if u, ok := table[word]; ok {
		return u, true
	}
	outer, rest, ok := strings.Cut(word, "(")
	inner, closed := strings.CutSuffix(rest, ")")
	if ok && closed && table[outer].dimension == dimCount && table[inner].dimension == dimCount {
		return table[outer], true
	}
	return Unit{}, false
}

// quotient is the unit of over per under.
func quotient(over, under Unit) Unit {
	return Unit{
		dimension: over.dimension + "/" + under.dimension,
		ratio:     ratio{over.ratio.num * under.ratio.den, over.ratio.den * under.ratio.num},
		tens:      over.tens - under.tens,
	}
}

// MustUnit is ParseUnit for constants: it panics on what ParseUnit refuses.
func MustUnit(s string) Unit {
	u, err := ParseUnit(s)
	if err != nil {
		panic(err)
	}
	return u
}

// String returns the unit as written.
func (u Unit) String() string { return u.text }

// Dimension names what the unit measures: "area", "count", …, "own:美元" for a
// word of no table, "a/b" for a quotient, "" for no unit.
func (u Unit) Dimension() string { return u.dimension }

// Factor is how many base units of the dimension one of this unit is; the
// caller owns it.
func (u Unit) Factor() *big.Rat {
	if u.ratio.den == 0 {
		return big.NewRat(1, 1)
	}
	factor := big.NewRat(u.ratio.num, u.ratio.den)
	if u.tens == 0 {
		return factor
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(u.tens, -u.tens))), nil)
	scale := new(big.Rat).SetInt(power)
	if u.tens < 0 {
		scale.Inv(scale)
	}
	return factor.Mul(factor, scale)
}

// SameDimension reports whether values in the two units can be converted.
func (u Unit) SameDimension(o Unit) bool { return u.dimension == o.dimension }

// IsPercent reports whether the unit is a share or a change of one: %, ‰, 百分点.
func (u Unit) IsPercent() bool { return u.dimension == dimPercent }

// IsPoints reports whether the unit is a change of a share in points: 百分点,
// 个千分点, 基点. Changes in points add up, those in percent compound.
func (u Unit) IsPoints() bool { return u.IsPercent() && strings.HasSuffix(u.text, "点") }

// IsCount reports whether the unit counts things one by one, in any magnitude:
// 个, 万人.
func (u Unit) IsCount() bool { return u.dimension == dimCount }

// IsSingle reports whether the unit counts single things: 个, not 万人.
func (u Unit) IsSingle() bool {
	return u.dimension == dimCount && u.tens == 0 && u.ratio == ratio{1, 1}
}

// IsZero reports whether there is no unit.
func (u Unit) IsZero() bool { return u.text == "" }

// Equal reports whether the units are written alike.
func (u Unit) Equal(o Unit) bool { return u.text == o.text }

// name is the unit in a message, in each language.
func (u Unit) name() fault.Text {
	if u.IsZero() {
		return fault.Text{ZH: "（无单位）", EN: "(no unit)"}
	}
	return fault.Text{ZH: u.text, EN: u.text}
}

// Convert returns the value, given in one unit, in another unit of the same
// dimension; it is exact and never changes value. It fails with
// fault.UnitMismatch, naming both units, when the dimensions differ.
func Convert(value *big.Rat, from, to Unit) (*big.Rat, error) {
	if !from.SameDimension(to) {
		f, t := from.name(), to.name()
		return nil, fault.New(fault.UnitMismatch, fault.Text{
			ZH: "计量单位“" + f.ZH + "”不能换算为“" + t.ZH + "”",
			EN: "the unit “" + f.EN + "” cannot be converted to “" + t.EN + "”",
		})
	}
	converted := new(big.Rat).Set(value)
	if from == to {
		return converted, nil
	}
	converted.Mul(converted, from.Factor())
	return converted.Quo(converted, to.Factor()), nil
}
