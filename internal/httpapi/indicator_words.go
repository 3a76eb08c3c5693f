package httpapi

import (
	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// words are the fields of a request that say what a target means. Null gives
// a field back to the rules.
type words struct {
	direction, course, over, each v1.WordPatch
}

// applyWords writes the words over a record whose other fields are read. A word
// that the target leaves no room for is refused rather than dropped in silence.
func applyWords(in *indicator.Indicator, w words) error {
	if err := setWords(in, w); err != nil {
		return err
	}
	return wordsStand(*in, w)
}

func setWords(in *indicator.Indicator, w words) error {
	return firstFault(
		func() error { return setWord(&in.Over, w.over, "/over", indicator.Overs) },
		func() error { return setWord(&in.Each, w.each, "/each", indicator.Everies) },
		func() error { return setWord(&in.Direction, w.direction, "/direction", indicator.Directions) },
		func() error { return setWord(&in.Course, w.course, "/course", indicator.Courses) },
		func() error {
			if w.direction.Given {
				in.DirectionBy = groundOf(w.direction)
			}
			if w.course.Given {
				in.CourseBy = groundOf(w.course)
			}
			return nil
		},
	)
}

func wordsStand(in indicator.Indicator, w words) error {
	return firstFault(
		func() error { return overStands(in, w.over) },
		func() error { return directionStands(in, w.direction) },
	)
}

// setWord writes a word that is given; null leaves the field empty.
func setWord[W ~string](field *W, patch v1.WordPatch, at string, allowed []W) error {
	if !patch.Given {
		return nil
	}
	*field = ""
	if patch.Word == nil {
		return nil
	}
	word, err := indicator.ParseWord(*patch.Word, allowed)
	*field = word
	return fault.At(err, at)
}

// groundOf is what settles a field that a request gives: the person who sent it,
// also when it is the value that was assumed before; nothing for null.
func groundOf(patch v1.WordPatch) indicator.Settled {
	if patch.Word == nil {
		return ""
	}
	return indicator.ByPerson
}

func overStands(in indicator.Indicator, given v1.WordPatch) error {
	if given.Word == nil || in.Kind == indicator.Growth {
		return nil
	}
	return fault.Newf(fault.InvalidValue, "只有增速指标才有 over", "only an indicator of kind growth has over").At("/over")
}

// basisStands refuses to take reports without a basis for what the kind has no
// place for, as each of them would be refused.
func basisStands(in indicator.Indicator, given *string) error {
	if given == nil || indicator.Basis(*given) != indicator.ThisPeriod || in.Kind == indicator.Increment {
		return nil
	}
	in.Settle()
	if in.GrowsByYears() {
		return nil
	}
	return fault.Newf(fault.InvalidValue, "该类指标按期末水平报送，不写口径的实绩只能是累计（total）",
		"an indicator of this kind is reported as a level: what names no basis is a total").At("/default_basis")
}

// directionStands refuses a direction that the target contradicts: one that the
// request gives, or one that a person gave before, which is not to be lost
// because something else is changed. Null gives it up.
func directionStands(in indicator.Indicator, given v1.WordPatch) error {
	if given.Word == nil && (given.Given || in.DirectionBy != indicator.ByPerson) {
		return nil
	}
	want := in.Direction
	in.Settle()
	switch {
	case in.Direction == want:
		return nil
	case want == indicator.Within:
		return fault.Newf(fault.InvalidValue, "只有区间目标的方向可以是 within", "only a range has the direction within").At("/direction")
	case in.DirectionBy == indicator.ByBaseline:
		return fault.Newf(fault.InvalidValue, "由基数与目标可知方向为“%[2]s”；如有误，请更正 baseline 或 target",
			"baseline and target make the direction %[1]s; if that is wrong, correct them", in.Direction, in.Direction.Label().ZH).At("/direction")
	}
	return fault.Newf(fault.InvalidValue, "比较符 %[1]s 表明方向为“%[3]s”；如有误，请更正 target",
		"the comparator %[1]s makes the direction %[2]s; if that is wrong, correct the target", in.Target.Comparator, in.Direction, in.Direction.Label().ZH).At("/direction")
}
