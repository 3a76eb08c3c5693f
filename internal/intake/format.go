package intake

import (
	"slices"
	"strings"
	"unicode"
)

// A numberFormat says how a cell shows its number.
type numberFormat struct {
	date        bool
	conditional bool // which section counts follows from conditions of its own
	sections    []section
}

// section is how numbers of one sign are shown.
type section struct {
	general bool
	text    bool   // it shows texts
	unknown string // a letter whose sense is not known
	percent int
	// before, between and after are what stands around the digits, and between them.
	before, between, after string
	places                 string // of digits, as 0 # ? , .
}

// builtIn are the formats that files name by number alone. Others of these numbers
// are dates, or as good as general.
var builtIn = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: `"¥"#,##0`, 6: `"¥"#,##0`, 7: `"¥"#,##0.00`, 8: `"¥"#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	41: `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, 42: `_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ `,
	43: `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 44: `_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ `,
	48: "##0.0E+0", 49: "@",
}

// formatNumbered is a format that has no text in the file.
func formatNumbered(id int) numberFormat {
	if text, known := builtIn[id]; known {
		return parseFormat(text)
	}
	isDate := id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58 || id >= 71 && id <= 81
	return numberFormat{date: isDate, sections: []section{{general: true}}}
}

// mostSections is how many sections a format has: for numbers above 0, below 0 and 0,
// and for texts.
const mostSections = 4

// parseFormat reads the text of a number format.
func parseFormat(text string) numberFormat {
	var f numberFormat
	p := &formatParser{rest: []rune(text), format: &f}
	for more := true; more && len(f.sections) <= mostSections; {
		var s section
		s, more = p.section()
		f.sections = append(f.sections, s)
	}
	if last := len(f.sections) - 1; last > 0 && f.sections[last].text {
		f.sections = f.sections[:last]
	}
	return f
}

type formatParser struct {
	rest   []rune
	format *numberFormat
	s      section
	gap    string // literal text since the last place
}

// section reads up to the end of a section.
func (p *formatParser) section() (s section, more bool) {
	p.s, p.gap = section{}, ""
	for len(p.rest) > 0 {
		r := p.next()
		if r == ';' {
			more = true
			break
		}
		p.take(r)
	}
	if p.s.after = p.gap; p.s.places == "" {
		p.s.before, p.s.after = p.gap, ""
	}
	return p.s, more
}

func (p *formatParser) next() rune {
	r := p.rest[0]
	p.rest = p.rest[1:]
	return r
}

// skip gives the next character, if there is one.
func (p *formatParser) skip() string {
	if len(p.rest) == 0 {
		return ""
	}
	return string(p.next())
}

// starts takes a word away when the rest begins with it.
func (p *formatParser) starts(word string) bool {
	w := []rune(word)
	if len(p.rest) < len(w) || !strings.EqualFold(string(p.rest[:len(w)]), word) {
		return false
	}
	p.rest = p.rest[len(w):]
	return true
}

// take reads what begins with a character.
func (p *formatParser) take(r rune) {
	switch {
	case r == '"':
		end := slices.Index(p.rest, '"')
		if end < 0 {
			end = len(p.rest)
		}
		p.gap += string(p.rest[:end])
		p.rest = p.rest[min(end+1, len(p.rest)):]
	case r == '\\' || r == '!':
		p.gap += p.skip()
	case r == '_':
		p.skip()
		p.gap += " "
	case r == '*':
		p.skip()
	case r == '[':
		p.bracket()
	case strings.ContainsRune("0#?,.", r):
		p.place(r)
	case r == '%':
		p.s.percent++
	case r == '@':
		p.s.general, p.s.text = true, true
	case (r == 'E' || r == 'e') && len(p.rest) > 0 && (p.rest[0] == '+' || p.rest[0] == '-') && p.s.places != "":
		p.next()
		for len(p.rest) > 0 && strings.ContainsRune("0#?", p.rest[0]) {
			p.next()
		}
	case r == '/' && p.s.places != "":
		for len(p.rest) > 0 && strings.ContainsRune("0123456789#? ", p.rest[0]) {
			p.next()
		}
	case unicode.IsLetter(r) && r < unicode.MaxASCII:
		p.letter(r)
	default:
		p.gap += string(r)
	}
}

// place takes a place of a digit, or what parts them.
func (p *formatParser) place(r rune) {
	if p.s.places == "" {
		p.s.before = p.gap
	} else {
		p.s.between += p.gap
	}
	p.gap = ""
	p.s.places += string(r)
}

// bracket reads a colour, a condition, a currency, or the parts of a time.
func (p *formatParser) bracket() {
	end := slices.Index(p.rest, ']')
	if end < 0 {
		end = len(p.rest)
	}
	word := string(p.rest[:end])
	p.rest = p.rest[min(end+1, len(p.rest)):]
	switch {
	case strings.HasPrefix(word, "$"):
		currency, _, _ := strings.Cut(word[1:], "-")
		p.gap += currency
	case word != "" && strings.ContainsAny(word[:1], "<>="):
		p.format.conditional = true
	case word != "" && strings.Trim(strings.ToLower(word), "hms") == "":
		p.format.date = true
	}
}

// letter reads what begins with a letter that is not quoted.
func (p *formatParser) letter(r rune) {
	p.rest = append([]rune{r}, p.rest...)
	for _, word := range []string{"General", "G/通用格式"} {
		if p.starts(word) {
			p.s.general = true
			p.s.before, p.gap = p.gap, ""
			p.s.places = "#"
			return
		}
	}
	p.next()
	if strings.ContainsRune("ymdhsbgeaYMDHSBGEA", r) {
		p.format.date = true
		return
	}
	p.s.unknown = string(r)
}

// sectionFor is the section that shows a number, and whether it has to show the
// sign itself.
func (f numberFormat) sectionFor(d decimal) (s section, showsSign bool) {
	switch n := len(f.sections); {
	case d.negative && n > 1:
		return f.sections[1], true
	case d.isZero() && n > 2:
		return f.sections[2], false
	}
	return f.sections[0], false
}

// show is what a cell with the format shows of a number, with all its significant
// digits; doubt says in words why that is not certain.
func (f numberFormat) show(d decimal) (n shown, doubt *phrase) {
	if f.conditional {
		for _, s := range f.sections {
			if s.percent > 0 || s.isScaled() || strings.TrimSpace(s.before+s.after) != "" || d.negative {
				return n, &phrase{zh: "的数字格式带有条件，无法确定所示数值", en: "has a number format with conditions, so it is not certain what it shows"}
			}
		}
		return shown{number: d.String()}, nil
	}
	s, showsSign := f.sectionFor(d)
	if doubt := s.doubt(d); doubt != nil {
		return n, doubt
	}
	before, after, ok := s.signed(d, showsSign)
	if !ok {
		return n, &phrase{zh: "的数字格式使正负号与数值不符", en: "has a number format that shows another sign than the number has"}
	}
	if s.percent > 0 {
		if !d.isZero() {
			d.point += 2
		}
		after = "%" + after
	}
	return shown{number: d.String(), prefix: before, suffix: narrow(after)}, nil
}

// doubt says why a section does not show a number as it is.
func (s section) doubt(d decimal) *phrase {
	around := s.before + s.between + s.after
	switch {
	case s.unknown != "":
		return &phrase{"的数字格式含有“%s”，无法确定所示数值", "has a number format with %q, so it is not certain what it shows", s.unknown}
	case s.places == "" && !s.general && !(d.isZero() && isDash(s.before)):
		return &phrase{zh: "的数字格式不显示数值", en: "has a number format that does not show the number"}
	case s.percent > 1, s.isScaled():
		return &phrase{zh: "的数字格式把数值缩小了显示（如以千或万为单位），请改为常规格式并写出数值", en: "has a number format that scales the number, as to thousands; use a general format and write the number out"}
	case strings.ContainsAny(narrow(around), "0123456789"):
		return &phrase{zh: "的数字格式自带数字，无法确定所示数值", en: "has a number format with digits of its own, so it is not certain what it shows"}
	}
	return nil
}

// isScaled says whether the digits are shown in other places than they stand in: by
// a comma after the last of them, or by a text between them.
func (s section) isScaled() bool {
	whole, fraction, _ := strings.Cut(s.places, ".")
	return strings.HasSuffix(whole, ",") || strings.Contains(fraction, ",") || strings.Contains(fraction, ".") || strings.TrimSpace(s.between) != ""
}

// isDash says whether a text is how accounts write a 0.
func isDash(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "-—") == ""
}

const minusSigns = "-−－"

// signed takes the signs out of what stands around a number. ok says that they
// are those of the number.
func (s section) signed(d decimal, showsSign bool) (before, after string, ok bool) {
	before, after = strings.TrimSpace(s.before), strings.TrimSpace(s.after)
	isNegative := strings.ContainsAny(before, minusSigns+"(（△▲")
	if d.isZero() {
		showsSign = isNegative
	}
	if isNegative != showsSign {
		return "", "", false
	}
	drop := func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(minusSigns+"+()（）△▲", r) {
			return -1
		}
		return r
	}
	return strings.Map(drop, before), strings.Map(drop, after), true
}

// isPlain says whether a number that names something, as a code does, is shown
// digit by digit.
func (f numberFormat) isPlain(d decimal) bool {
	if f.conditional || len(f.sections) == 0 {
		return false
	}
	s, showsSign := f.sectionFor(d)
	plain := s.general || s.places == "0" && d.isWhole() || s.places == "#" && d.isWhole() && !d.isZero()
	return plain && !showsSign && s.percent == 0 && s.before+s.between+s.after == "" && s.unknown == ""
}
