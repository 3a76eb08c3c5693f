package progress

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// family is a kind of series; the head of the file describes how one is written.
type family struct {
	where            string // file:line of its first line
	chinese, english string
	seed             uint64 // follows from the Chinese name

	name       string // of the indicator
	kind       indicator.Kind
	comparator indicator.Comparator
	unit       quantity.Unit
	frequency  indicator.Frequency
	decrease   bool
	first, due indicator.Date

	hasTarget    bool
	target       span // coefficients with targetPlaces decimals
	targetPlaces int
	digits       int  // significant digits that a planner rounds to
	reach        span // percent of the target at the end, in four of five series
	rarely       span // in the fifth
	start        span // percent of the target
	hasStart     bool
	baseline     bool // the start is told as baseline
	least, most  *int64

	shape  phrase
	report phrase
	fault  phrase
	finds  Caution // empty for a sound family
	judged []string
}

// phrase is a word with its options.
type phrase struct {
	word    string
	list    []int64
	options map[string]string
}

// span is a range of whole numbers, both ends included.
type span struct{ low, high int64 }

// optionsOf lists what the lines and the shapes, ways of reporting and faults
// may say.
var optionsOf = map[string][]string{
	"indicator": {"every", "term", "direction"},
	"target":    {"digits"},
	"reach":     {"rarely"},
	"bounds":    {"least", "most"},

	"shape steady":   {"spread"},
	"shape ramp":     {"from", "to", "spread"},
	"shape rush":     {"share", "last", "spread"},
	"shape front":    {"share", "first", "spread"},
	"shape season":   {"spread"},
	"shape harvest":  {"months", "little"},
	"shape lumpy":    {"zero", "nonzero"},
	"shape once":     {},
	"shape hill":     {"spread"},
	"shape exactly":  {"times"},
	"shape negative": {"spread", "sometimes"},
	"shape wander":   {"step"},
	"shape swing":    {"by", "step"},
	"shape fade":     {"keeps", "step"},

	"report increments":  {"unit", "places", "also", "first", "opens", "revised", "slip", "guard", "only"},
	"report totals":      {"unit", "places", "also", "first", "opens", "revised", "slip", "guard", "only"},
	"report levels":      {"unit", "places", "also", "first", "revised", "slip", "guard", "only"},
	"report shares":      {"of", "places"},
	"report both":        {"unit", "places", "also", "guard", "every"},
	"report alternating": {"unit", "places", "also", "guard", "first"},

	"fault times":     {"tens", "least", "after", "breaks"},
	"fault unit":      {"instead", "after"},
	"fault unsigned":  {"all", "after", "least"},
	"fault low":       {"by"},
	"fault high":      {"by"},
	"fault restarts":  {"every"},
	"fault cumulated": {"from"},
	"fault fraction":  {},
	"fault over":      {"percent"},
	"fault swapped":   {},
	"fault gap":       {"missing"},
	"fault disagrees": {"by"},
	"fault early":     {"days"},
}

func readFamilies(file, text string) ([]*family, error) {
	var all []*family
	var open *family
	names := map[string]bool{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", file, n)
		verb, rest, _ := strings.Cut(line, " ")
		var err error
		switch {
		case verb == "family":
			open, err = newFamily(where, rest)
			if err == nil && (names[open.chinese] || names[open.english]) {
				err = fmt.Errorf("a name is used twice")
			}
			if err == nil {
				names[open.chinese], names[open.english] = true, true
				all = append(all, open)
			}
		case open == nil:
			err = fmt.Errorf("%q comes before the first family", verb)
		default:
			err = open.line(verb, strings.Fields(rest))
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
	}
	for _, f := range all {
		if err := f.complete(); err != nil {
			return nil, fmt.Errorf("%s: %w", f.where, err)
		}
	}
	return all, lines.Err()
}

func newFamily(where, names string) (*family, error) {
	chinese, english, ok := strings.Cut(names, " · ")
	if !ok || chinese == "" || english == "" {
		return nil, fmt.Errorf("a family has a name in Chinese and in English with · between")
	}
	hash := fnv.New64a()
	hash.Write([]byte(chinese))
	return &family{
		where: where, chinese: chinese, english: english, seed: hash.Sum64(),
		frequency: indicator.Monthly, first: yearStart, due: yearEnd,
		digits: 2, reach: span{85, 115}, rarely: span{60, 180},
	}, nil
}

// complete refuses a family that leaves open what is drawn or expected of it.
func (f *family) complete() error {
	switch {
	case f.name == "" || f.shape.word == "" || f.report.word == "" || f.judged == nil:
		return fmt.Errorf("a family has the lines indicator, shape, report, and sound or finds")
	case !f.hasTarget && f.shape.word != "exactly":
		return fmt.Errorf("the target is missing")
	case (f.fault.word == "") != (f.finds == ""):
		return fmt.Errorf("a faulty family has both the lines fault and finds, a sound one neither")
	}
	return nil
}

func (f *family) line(verb string, words []string) error {
	switch verb {
	case "shape", "report", "fault":
		p, err := readPhrase(verb, words)
		if err != nil {
			return err
		}
		switch verb {
		case "shape":
			f.shape = p
		case "report":
			f.report = p
		default:
			f.fault = p
		}
		return nil
	case "sound":
		if len(words) > 1 || len(words) == 1 && words[0] != "end" {
			return fmt.Errorf("sound is followed by nothing or by end")
		}
		f.judged = append([]string{"sound"}, words...)
		return nil
	case "finds":
		return f.readFinds(words)
	}
	if len(words) == 0 {
		return fmt.Errorf("%s says nothing", verb)
	}
	var err error
	switch verb {
	case "indicator":
		err = f.readIndicator(words)
	case "target":
		err = f.readTarget(words)
	case "reach":
		err = f.readReach(words)
	case "baseline", "start":
		f.hasStart, f.baseline = true, verb == "baseline"
		f.start, err = readSpan(words[0])
	case "bounds":
		err = f.readBounds(words)
	default:
		err = fmt.Errorf("a line cannot begin with %q", verb)
	}
	return err
}

func (f *family) readIndicator(words []string) error {
	if len(words) < 4 {
		return fmt.Errorf("an indicator has a name, kind, comparator and unit")
	}
	options, err := readOptionsOf("indicator", words[4:])
	if err != nil {
		return err
	}
	f.name = words[0]
	if f.kind, err = indicator.ParseWord(words[1], indicator.Kinds); err != nil {
		return err
	}
	if f.comparator, err = indicator.ParseWord(words[2], indicator.Comparators); err != nil {
		return err
	}
	if f.unit, err = quantity.ParseUnit(words[3]); err != nil {
		return err
	}
	f.decrease = options["direction"] == "decrease"
	if every, ok := options["every"]; ok {
		if f.frequency, err = indicator.ParseWord(every, indicator.Frequencies); err != nil {
			return err
		}
	}
	if term, ok := options["term"]; ok {
		first, due, _ := strings.Cut(term, "..")
		if f.first, err = indicator.ParseDate(first); err != nil {
			return err
		}
		f.due, err = indicator.ParseDate(due)
	}
	return err
}

// readTarget reads 1.5..4.0, with as many decimals at both ends.
func (f *family) readTarget(words []string) error {
	options, err := readOptionsOf("target", words[1:])
	if err != nil {
		return err
	}
	low, high, ranges := strings.Cut(words[0], "..")
	if !ranges {
		high = low
	}
	_, decimals, _ := strings.Cut(low, ".")
	f.targetPlaces = len(decimals)
	if _, other, _ := strings.Cut(high, "."); len(other) != len(decimals) {
		return fmt.Errorf("the ends of %q have not as many decimals", words[0])
	}
	f.hasTarget = true
	f.target, err = readSpan(strings.ReplaceAll(low, ".", "") + ".." + strings.ReplaceAll(high, ".", ""))
	if digits, ok := options["digits"]; ok && err == nil {
		f.digits, err = strconv.Atoi(digits)
	}
	return err
}

func (f *family) readReach(words []string) error {
	options, err := readOptionsOf("reach", words[1:])
	if err != nil {
		return err
	}
	if f.reach, err = readSpan(words[0]); err != nil {
		return err
	}
	f.rarely = f.reach
	if rarely, ok := options["rarely"]; ok {
		f.rarely, err = readSpan(rarely)
	}
	return err
}

func (f *family) readBounds(words []string) error {
	options, err := readOptionsOf("bounds", words)
	if err != nil {
		return err
	}
	for name, bound := range map[string]**int64{"least": &f.least, "most": &f.most} {
		if text, ok := options[name]; ok {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			*bound = &n
		}
	}
	return nil
}

// readFinds reads: magnitude at report +3 end.
func (f *family) readFinds(words []string) error {
	if len(words) < 3 || words[1] != "at" {
		return fmt.Errorf("finds takes a caution, the word at and the dates judged: report, +N or end")
	}
	var err error
	if f.finds, err = indicator.ParseWord(words[0], plausibility); err != nil {
		return err
	}
	f.judged = words[2:]
	for _, word := range f.judged {
		if n, later := strings.CutPrefix(word, "+"); word != "report" && word != "end" && (!later || strings.Trim(n, "0123456789") != "") {
			return fmt.Errorf("%q is no date judged", word)
		}
	}
	return nil
}

// readPhrase reads a word, then numbers and options in pairs.
func readPhrase(verb string, words []string) (phrase, error) {
	if len(words) == 0 {
		return phrase{}, fmt.Errorf("%s says nothing", verb)
	}
	p := phrase{word: words[0]}
	rest := words[1:]
	for len(rest) > 0 && strings.Trim(rest[0], "0123456789") == "" {
		n, err := strconv.ParseInt(rest[0], 10, 64)
		if err != nil {
			return p, err
		}
		p.list, rest = append(p.list, n), rest[1:]
	}
	var err error
	p.options, err = readOptionsOf(verb+" "+p.word, rest)
	return p, err
}

func readOptionsOf(what string, words []string) (map[string]string, error) {
	allowed, known := optionsOf[what]
	if !known {
		return nil, fmt.Errorf("there is no %q", what)
	}
	if len(words)%2 != 0 {
		return nil, fmt.Errorf("options come in pairs of a word and a value: %v", words)
	}
	options := map[string]string{}
	for pair := range slices.Chunk(words, 2) {
		if !slices.Contains(allowed, pair[0]) {
			return nil, fmt.Errorf("%s has no option %q", what, pair[0])
		}
		options[pair[0]] = pair[1]
	}
	return options, nil
}

func readSpan(s string) (span, error) {
	low, high, ranges := strings.Cut(s, "..")
	if !ranges {
		high = low
	}
	var sp span
	var err error
	if sp.low, err = strconv.ParseInt(low, 10, 64); err != nil {
		return sp, err
	}
	if sp.high, err = strconv.ParseInt(high, 10, 64); err == nil && sp.high < sp.low {
		err = fmt.Errorf("%q is no range", s)
	}
	return sp, err
}

// span is an option that is a range; the file is at fault where it is none.
func (p phrase) span(option string, otherwise span) span {
	text, given := p.options[option]
	if !given {
		return otherwise
	}
	sp, err := readSpan(text)
	if err != nil {
		panic(fmt.Sprintf("%s %s: %v", p.word, option, err))
	}
	return sp
}

// number is an option that is one whole number.
func (p phrase) number(option string, otherwise int64) int64 {
	return p.span(option, span{otherwise, otherwise}).low
}
