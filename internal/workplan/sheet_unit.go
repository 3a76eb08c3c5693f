package workplan

import (
	"strings"

	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/workplan/lexicon"
	"github.com/indicator-tracker/tracker/internal/workplan/number"
	"github.com/indicator-tracker/tracker/internal/workplan/table"
)

// unitBeside is the unit that the name implies or the note above the table gives.
func (r *sheetRow) unitBeside() (unit string, class quantity.Class, ok bool) {
	if endsInChange(r.name) && lexicon.IndexNouns.Suffix(r.name) == "" {
		return "%", quantity.ShareUnit, true
	}
	return r.unitAmong(r.Unit)
}

// unitAmong is the unit of a row that has none of its own, given that of its column or of the whole
// table, "" for none. What the name counts or measures goes first: a table in 万吨 has rows of 天数.
// Where the given unit measures something else, nothing says the unit.
func (r *sheetRow) unitAmong(given string) (unit string, class quantity.Class, ok bool) {
	name := bareName(r.name)
	named := namedUnit(name)
	switch {
	case lexicon.IndexNouns.Suffix(name) != "":
		return "", quantity.NoUnit, true
	case lexicon.ShareEndings.Suffix(name) != "":
		if unitClassIn(given) == quantity.ShareUnit || isRate(given) {
			return given, unitClassIn(given), true
		}
		return "%", quantity.ShareUnit, true
	case named != "":
		return countUnit(named, given)
	case given == "" || contradicts(name, given):
		return "", quantity.NoUnit, false
	}
	return given, unitClassIn(given), true
}

// isRate reports whether a unit says how many there are to so many, or how much to one of another
// unit: /10万, 人/平方公里, 吨/万元. What there is in a space (微克/立方米) is a density of matter and
// no share.
func isRate(unit string) bool {
	over, under, ok := strings.Cut(unit, "/")
	return ok && (unitClassIn(over) != quantity.MassUnit || unitClassIn(under) == quantity.MoneyUnit)
}

// countUnit is the unit of what is counted in a unit that its name says. A given unit is taken where
// it is the same, of many or of a rate. Where it counts something else in ten thousands, nobody knows
// whether these hold.
func countUnit(named, given string) (unit string, class quantity.Class, ok bool) {
	many := lexicon.Magnitudes.Prefix(given)
	one := given[len(many):]
	over, _, _ := strings.Cut(one, "/")
	switch {
	case over == named, given == "个":
		return given, unitClassIn(given), true
	case one != "" && strings.HasPrefix(named, one):
		return many + named, unitClassIn(named), true
	case many != "" && counts(unitClassIn(one)):
		return "", quantity.NoUnit, false
	}
	return named, unitClassIn(named), true
}

func counts(class quantity.Class) bool {
	return class == quantity.CountUnit || class == quantity.HeadUnit || class == quantity.EventUnit
}

// namedUnit is the unit that the last noun of a name says, "" for none: 起 of 事故起数, 人 of 学生数.
func namedUnit(name string) string {
	if thing, ok := strings.CutSuffix(name, "数"); ok {
		if unit := unitOfThing[lexicon.CountedIn.Class(lexicon.CountedIn.Suffix(thing))]; unit != "" {
			return unit
		}
	}
	return strings.TrimSuffix(lexicon.NamedUnits.Suffix(name), "数")
}

// unitOfThing is what things are counted in, by what the lexicon says of them.
var unitOfThing = map[string]string{"case": "件", "person": "人", "house": "户", "firm": "家", "bed": "张", "place": "个"}

// contradicts reports whether a unit measures something else than a name says.
func contradicts(name, unit string) bool {
	class, quotient := unitClassIn(unit), strings.Contains(unit, "/")
	switch lexicon.MeasuredIn.Class(lexicon.MeasuredIn.Suffix(name)) {
	case "area":
		return class != quantity.AreaUnit && !quotient
	case "length":
		return class != quantity.LengthUnit && !quotient
	case "quotient":
		return !quotient
	}
	switch {
	case quotient:
		return false
	case lexicon.PerHeadOpeners.In(name) && strings.HasPrefix(unit, "亿"):
		return true
	case lexicon.MoneyNouns.Suffix(name) != "":
		return measuresThings(class)
	case strings.HasSuffix(name, "数"):
		return measuresThings(class) || class == quantity.MoneyUnit
	}
	return false
}

// measuresThings reports whether units of a class measure how much there is of something.
func measuresThings(class quantity.Class) bool {
	switch class {
	case quantity.AreaUnit, quantity.MassUnit, quantity.LengthUnit, quantity.PowerUnit:
		return true
	}
	return false
}

// unitOf is the unit of a value in column k; ok is false where nothing says it. One that is no more than
// so many times (1.2万) multiplies the unit that stands beside or above.
func (r *sheetRow) unitOf(k int, v cellValue) (unit string, class quantity.Class, ok bool) {
	many := v.token.Unit
	if many == "" || !lexicon.Magnitudes.Has(many) {
		return r.unitBy(k, v)
	}
	one := v
	one.token.Unit, one.token.UnitClass = "", quantity.NoUnit
	unit, class, ok = r.unitBy(k, one)
	switch given := lexicon.Magnitudes.Prefix(unit); {
	case !ok:
		return many, v.token.UnitClass, true
	case given == many:
		return unit, class, true
	case unit == "", given != "", class == quantity.ShareUnit:
		return "", quantity.NoUnit, false
	}
	return many + unit, class, true
}

// unitInCell is the unit that stands in a cell, with what it is taken per as the unit of its row says:
// 1.2万元 beside 元/人.
func (r *sheetRow) unitInCell(t *number.Token) (unit string, class quantity.Class) {
	many := lexicon.Magnitudes.Prefix(t.Unit)
	one := t.Unit[len(many):]
	switch {
	case !r.hasUnit:
	case strings.HasPrefix(r.unit, t.Unit):
		return r.unit, unitClassIn(r.unit)
	case one != "" && strings.HasPrefix(r.unit, one+"/"):
		return many + r.unit, unitClassIn(many + r.unit)
	}
	return t.Unit, t.UnitClass
}

// unitBy is unitOf where the unit of the cell is whole.
func (r *sheetRow) unitBy(k int, v cellValue) (unit string, class quantity.Class, ok bool) {
	c := r.columns[k]
	switch {
	case v.token.Pair:
		return "", quantity.NoUnit, true
	case v.token.Unit != "":
		unit, class = r.unitInCell(&v.token)
		return unit, class, true
	case r.growsIn(k, v):
		unit = "%"
		if c.Unit != "" && unitClassIn(c.Unit) == quantity.ShareUnit {
			unit = c.Unit
		}
		return unit, quantity.ShareUnit, true
	case r.hasUnit:
		return r.unit, unitClassIn(r.unit), true
	case c.Unit != "" && c.Role == table.Goal:
		return r.unitAmong(c.Unit)
	case lexicon.MoneyNouns.Suffix(c.Name) != "" && unitClassIn(r.Unit) == quantity.MoneyUnit: // of a project 景区提升
		return r.Unit, quantity.MoneyUnit, true
	}
	return r.unitBeside()
}
