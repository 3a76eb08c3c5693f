package assessment

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// Bounds of a scheme.
const (
	maxLevels   = 20 // of grades, credits and kinds of notices
	maxGroups   = 100
	maxAgencies = 2000
	maxWord     = 100 // characters of a name
)

// hundred is what the weights come to.
var hundred = quantity.FromInt(100)

// Validate refuses a scheme that cannot be computed with, or that would surprise: the fault names
// the member by JSON pointer.
func (s Scheme) Validate() error {
	for _, check := range []func() error{s.checkNames, s.checkNumbers, s.checkWords, s.checkLists, s.checkGroups, s.checkGrades} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s Scheme) checkNames() error {
	if err := checkWord("/name", s.Name); err != nil {
		return err
	}
	return checkWord("/default_group", s.DefaultGroup)
}

func checkWord(field, word string) error {
	switch {
	case word == "":
		return fault.Required(field)
	case utf8.RuneCountInString(word) > maxWord, strings.TrimSpace(word) != word, strings.ContainsFunc(word, unicode.IsControl):
		return fault.Newf(fault.InvalidValue, "最多 %d 个字，首尾没有空格，不含控制字符",
			"at most %d characters, without spaces around them or control characters", maxWord).At(field)
	}
	return nil
}

// bounded is a number with the field that it stands in.
type bounded struct {
	field string
	value quantity.Number
	most  int64
}

func (s Scheme) checkNumbers() error {
	w, r, m := s.Weights, s.Reporting, s.Matters
	for _, b := range []bounded{
		{"/weights/attainment", w.Attainment, 100}, {"/weights/pace", w.Pace, 100}, {"/weights/reporting", w.Reporting, 100},
		{"/weights/matters", w.Matters, 100}, {"/weights/opinion", w.Opinion, 100},
		{"/shares/lead", s.Shares.Lead, 1}, {"/shares/participating", s.Shares.Participating, 1},
		{"/attainment/cap", s.Attainment.Cap, 1000},
		{"/reporting/missing", r.Missing, 100}, {"/reporting/empty", r.Empty, 100}, {"/reporting/late", r.Late, 100},
		{"/matters/issue_open", m.IssueOpen, 100}, {"/matters/issue_overdue", m.IssueOverdue, 100}, {"/matters/notice_late", m.NoticeLate, 100},
		{"/bonus/most", s.Bonus.Most, 100}, {"/deduction/most", s.Deduction.Most, 100},
		{"/named/support/from", s.Named.Support.From, 200}, {"/named/talk/below", s.Named.Talk.Below, 200},
		{"/named/account/below", s.Named.Account.Below, 200},
	} {
		if err := b.check(); err != nil {
			return err
		}
	}
	switch sum := quantity.Sum(w.Attainment, w.Pace, w.Reporting, w.Matters, w.Opinion); {
	case !sum.Equal(hundred):
		return fault.Newf(fault.InvalidValue, "各项权重之和应为 100，而不是 %s", "the weights must come to 100, not %s", sum).At("/weights")
	case s.Shares.Lead.Sign() == 0 && s.Shares.Participating.Sign() == 0:
		return fault.Newf(fault.InvalidValue, "牵头与参与不能都计 0", "leading and taking part cannot both count 0").At("/shares")
	case s.Attainment.Cap.Cmp(hundred) < 0:
		return fault.Newf(fault.InvalidValue, "封顶不能低于 100", "the cap must be 100 or more").At("/attainment/cap")
	case s.Named.Talk.Notices < 0 || s.Named.Talk.Notices > 1000:
		return fault.Newf(fault.InvalidValue, "应在 0 至 1000 之间", "give a number from 0 to 1000").At("/named/talk/notices")
	}
	return nil
}

func (b bounded) check() error {
	if b.value.Sign() < 0 || b.value.Cmp(quantity.FromInt(b.most)) > 0 || !b.value.Equal(quantity.FromRat(b.value.Rat(), maxPlaces)) {
		return fault.Newf(fault.InvalidValue, "应在 0 至 %[1]d 之间，最多 %[2]d 位小数", "give a number from 0 to %[1]d with at most %[2]d decimals", b.most, maxPlaces).At(b.field)
	}
	return nil
}

// maxPlaces is how many decimals a number of a scheme may have.
const maxPlaces = 4

func checkOne[T ~string](field string, value T, known ...T) error {
	if slices.Contains(known, value) {
		return nil
	}
	var words []string
	for _, k := range known {
		words = append(words, string(k))
	}
	list := strings.Join(words, ", ")
	return fault.Newf(fault.InvalidValue, "可用的有：%s", "those known are: %s", list).At(field)
}

func (s Scheme) checkWords() error {
	for _, err := range []error{
		checkOne("/attainment/against", s.Attainment.Against, AgainstTarget, AgainstDue),
		checkOne("/attainment/no_data", s.Attainment.NoData, CountsZero, LeftOut),
		checkOne("/attainment/not_computable", s.Attainment.NotComputable, CountsZero, LeftOut),
		checkOne("/pace/step", s.Pace.Step, ByMonth, ByQuarter),
		checkOne("/reporting/by", s.Reporting.By, ByShare, ByCount),
		checkOne("/unscored", s.Unscored, Redistributed, InFull, AsNothing),
		checkOne("/grades/by", s.Grades.By, ByThresholds, ByShares),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkEach refuses a list that is too long, or that names something twice.
func checkEach[T any](field string, list []T, most int, name func(T) string, check func(at string, item T) error) error {
	if len(list) > most {
		return fault.Newf(fault.InvalidValue, "最多 %d 项", "at most %d of them", most).At(field)
	}
	met := map[string]bool{}
	for i, item := range list {
		at := fmt.Sprintf("%s/%d", field, i)
		if met[name(item)] {
			return fault.Newf(fault.InvalidValue, "“%s”重复", "%q is there twice", name(item)).At(at)
		}
		met[name(item)] = true
		if err := check(at, item); err != nil {
			return err
		}
	}
	return nil
}

func (s Scheme) checkLists() error {
	err := checkEach("/pace/credits", s.Pace.Credits, maxLevels, func(c Credit) string { return c.Status }, func(at string, c Credit) error {
		if err := checkWord(at+"/status", c.Status); err != nil {
			return err
		}
		return bounded{at + "/credit", c.Credit, 1}.check()
	})
	if err != nil {
		return err
	}
	return checkEach("/matters/notices", s.Matters.Notices, maxLevels, func(c NoticeCost) string { return c.Level }, func(at string, c NoticeCost) error {
		if err := checkWord(at+"/level", c.Level); err != nil {
			return err
		}
		return bounded{at + "/cost", c.Cost, 100}.check()
	})
}

func (s Scheme) checkGroups() error {
	of := map[string]string{} // agency to its group
	return checkEach("/groups", s.Groups, maxGroups, func(g Group) string { return g.Name }, func(at string, g Group) error {
		if err := checkWord(at+"/name", g.Name); err != nil {
			return err
		}
		if g.Name == s.DefaultGroup {
			return fault.Newf(fault.InvalidValue, "与 default_group 同名", "it has the name of default_group").At(at + "/name")
		}
		return checkEach(at+"/agencies", g.Agencies, maxAgencies, func(a string) string { return a }, func(at string, a string) error {
			if other, has := of[a]; has {
				return fault.Newf(fault.InvalidValue, "“%[1]s”已在“%[2]s”组", "%[1]q is in the group %[2]q already", a, other).At(at)
			}
			of[a] = g.Name
			return checkWord(at, a)
		})
	})
}

func (s Scheme) checkGrades() error {
	if len(s.Grades.Levels) == 0 {
		return fault.Required("/grades/levels")
	}
	last, before, sum := len(s.Grades.Levels)-1, (*quantity.Number)(nil), quantity.Number{}
	i := -1
	err := checkEach("/grades/levels", s.Grades.Levels, maxLevels, func(l Level) string { return l.Grade }, func(at string, l Level) error {
		i++
		if err := s.checkLevel(at, l, i == last); err != nil {
			return err
		}
		if l.From != nil {
			if before != nil && l.From.Cmp(*before) >= 0 {
				return fault.Newf(fault.InvalidValue, "等级从高到低，应低于前一等级的 %s", "the best comes first: this must be below %s, that of the level before", before).At(at + "/from")
			}
			before = l.From
		}
		if l.Share != nil {
			if sum = quantity.Sum(sum, *l.Share); sum.Cmp(quantity.FromInt(1)) > 0 {
				return fault.Newf(fault.InvalidValue, "比例之和超过 1", "the shares come to more than 1").At(at + "/share")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if s.gradeIndex(s.Veto.Grade) < 0 {
		return fault.Newf(fault.InvalidValue, "没有等级“%s”", "there is no grade %q", s.Veto.Grade).At("/veto/grade")
	}
	return nil
}

func (s Scheme) checkLevel(at string, l Level, last bool) error {
	for _, w := range [][2]string{{"/grade", l.Grade}, {"/label/zh", l.Label.ZH}, {"/label/en", l.Label.EN}} {
		if err := checkWord(at+w[0], w[1]); err != nil {
			return err
		}
	}
	switch {
	case last && (l.From != nil || l.Share != nil):
		return fault.Newf(fault.InvalidValue, "最后一个等级是其余的，不写 from 和 share", "the last level has what is left, and neither from nor share").At(at)
	case last:
		return nil
	case s.Grades.By == ByThresholds && l.Share != nil:
		return fault.Newf(fault.InvalidValue, "按分数定等级时不写 share", "grades by thresholds have no share").At(at + "/share")
	case s.Grades.By == ByThresholds && l.From == nil:
		return fault.Required(at + "/from")
	case s.Grades.By == ByShares && l.Share == nil:
		return fault.Required(at + "/share")
	}
	if l.From != nil {
		if err := (bounded{at + "/from", *l.From, 200}).check(); err != nil {
			return err
		}
	}
	if l.Share != nil {
		return bounded{at + "/share", *l.Share, 1}.check()
	}
	return nil
}

// gradeIndex is the place of a grade, -1 for none.
func (s Scheme) gradeIndex(grade string) int {
	return slices.IndexFunc(s.Grades.Levels, func(l Level) bool { return l.Grade == grade })
}
