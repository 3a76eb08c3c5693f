package tabular

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

const (
	// sureDigits is how many significant digits of a decimal survive a double, which is what
	// a spreadsheet holds numbers in.
	sureDigits = 15
	// mostOfCell is how many UTF-16 units a cell can hold.
	mostOfCell = 32767
	// shownScale is the largest scale that numbers are shown with in full.
	shownScale = 4
)

// escaped is what a spreadsheet would read as the code of a character.
var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4}_)`)

// cell writes a cell as what its column holds. What a spreadsheet cannot hold exactly, such
// as a number of 20 digits or a day before March 1900, is a text.
func (b *workbook) cell(i int, text string, fill int) {
	style := 0
	if b.painted[i] {
		style = fill
	}
	switch c := b.columns[i]; c.Kind {
	case Decimal, Integer:
		if isSure(text) {
			b.number(i, b.styleOf(c), text)
			return
		}
	case Date:
		if day, err := time.Parse(time.DateOnly, text); err == nil && !day.Before(firstDay) {
			b.number(i, b.date, strconv.Itoa(daysTo(day)))
			return
		}
	case Moment:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil && !at.Before(firstDay) {
			b.number(i, b.moment, serial(at.UTC()))
			return
		}
	case Flag:
		b.open(i, 0, "b")
		if text == "true" {
			b.print("<v>1</v></c>")
		} else {
			b.print("<v>0</v></c>")
		}
		return
	case Text:
	}
	b.text(i, style, text)
}

// Spreadsheets count days from the end of 1899 and take 1900 for a leap year; from 1 March
// 1900 on they agree with the calendar.
var (
	dayZero  = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)
)

func daysTo(day time.Time) int { return int((day.Unix() - dayZero.Unix()) / (24 * 60 * 60)) }

// serial is a moment as days with decimals, of which a double keeps 11 beside the days. It is
// rounded up, by less than a microsecond: programs cut seconds off and would else show the
// one before.
func serial(at time.Time) string {
	day := at.Truncate(24 * time.Hour)
	const digits, perUnit = 11, 864 // nanoseconds of the last digit
	fraction := strconv.FormatInt((at.Sub(day).Nanoseconds()+perUnit-1)/perUnit, 10)
	return strconv.Itoa(daysTo(day)) + "." + strings.Repeat("0", digits-len(fraction)) + fraction
}

// isSure says that a number has no more digits than a spreadsheet keeps.
func isSure(number string) bool {
	digits := strings.TrimLeft(strings.Replace(strings.TrimPrefix(number, "-"), ".", "", 1), "0")
	return len(digits) <= sureDigits
}

// styleOf is the style that shows the digits of a decimal, 0 for as they are.
func (b *workbook) styleOf(c Column) int {
	if c.Kind != Decimal || c.Scale > shownScale {
		return 0
	}
	if id, ok := b.fixed[c.Scale]; ok {
		return id
	}
	form := "0"
	if c.Scale > 0 {
		form += "." + strings.Repeat("0", c.Scale)
	}
	id, err := b.file.NewStyle(&excelize.Style{CustomNumFmt: &form})
	if err != nil {
		return 0
	}
	b.fixed[c.Scale] = id
	return id
}

var colourForm = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// fillOf is the style of the row's colour, 0 for none. Its text is black or white, as can be
// read on it.
func (b *workbook) fillOf(cells []Cell) int {
	if b.colour < 0 {
		return 0
	}
	colour := cells[b.colour].Text
	if id, ok := b.fills[colour]; ok {
		return id
	}
	if len(b.fills) >= mostColours || !colourForm.MatchString(colour) {
		return 0
	}
	font := "#FFFFFF"
	if isLight(colour) {
		font = "#000000"
	}
	id, err := b.file.NewStyle(&excelize.Style{
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}, Font: &excelize.Font{Color: font},
	})
	if err != nil {
		return 0
	}
	b.fills[colour] = id
	return id
}

// isLight says that black can be read on a colour better than white.
func isLight(colour string) bool {
	rgb, err := strconv.ParseUint(colour[1:], 16, 32)
	const red, green, blue, middle = 299, 587, 114, 150_000 // of a thousand, as the eye sees them
	return err == nil && (rgb>>16)*red+(rgb>>8&0xff)*green+(rgb&0xff)*blue > middle
}

func (b *workbook) open(i, style int, kind string) {
	b.print(`<c r="` + b.letters[i] + strconv.Itoa(b.at) + `"`)
	if style != 0 {
		b.print(` s="` + strconv.Itoa(style) + `"`)
	}
	if kind != "" {
		b.print(` t="` + kind + `"`)
	}
	b.print(`>`)
}

func (b *workbook) number(i, style int, digits string) {
	b.open(i, style, "")
	b.print(`<v>` + digits + `</v></c>`)
}

func (b *workbook) text(i, style int, text string) {
	b.open(i, style, "inlineStr")
	b.print(`<is><t xml:space="preserve">`)
	if strings.Contains(text, "_x") {
		text = escaped.ReplaceAllString(text, "_x005F_x$1")
	}
	_ = xml.EscapeText(b.sheet, []byte(shortened(text)))
	b.print(`</t></is></c>`)
}

// shortened cuts a text that no cell can hold; its last character then says so.
func shortened(text string) string {
	if len(text) <= mostOfCell {
		return text
	}
	units := utf16.Encode([]rune(text))
	if len(units) <= mostOfCell {
		return text
	}
	return string(utf16.Decode(units[:mostOfCell-2])) + "…"
}
