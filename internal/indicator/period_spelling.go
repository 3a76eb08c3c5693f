package indicator

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Spellings of periods other than those that ParsePeriod reads. The groups are the year
// and the numbers below it.
var (
	spelledDay     = regexp.MustCompile(`^([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?$|^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	spelledMonth   = regexp.MustCompile(`^([0-9]{4})(?:年|年度|[-/.])?([0-9]{1,2})月份?$|^([0-9]{4})[-/.]([0-9]{1,2})$|^([0-9]{4})([0-9]{2})$`)
	spelledQuarter = regexp.MustCompile(`^([0-9]{4})[年\-/.]?第?([1-4一二三四])季度?$|^([0-9]{4})[年\-/.]?[Qq]0?([1-4])$`)
	spelledHalf    = regexp.MustCompile(`^([0-9]{4})[年\-/.]?(上|下)半年$|^([0-9]{4})[年\-/.]?[Hh]0?([12])$`)
	spelledWeek    = regexp.MustCompile(`^([0-9]{4})[年\-/.]?第?([0-9]{1,2})周$|^([0-9]{4})[年\-/.]?[Ww]([0-9]{1,2})$`)
	spelledYear    = regexp.MustCompile(`^([0-9]{4})年度?(?:全年)?$`)
	// narrowDigits writes digits and signs of full width as they are in ASCII.
	narrowDigits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "－", "-", "／", "/", "．", ".", " ", "", "　", "")
	ordinals     = map[string]string{"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}
)

// mostSpelled is how long a period may be spelled, in bytes.
const mostSpelled = 64

// meantPeriod is the period that a text spells in a usual way that is not ours, such as
// 2023年9月, 2023-9, 202309 or 2023年第三季度; zero where it spells none. It serves to
// say what is meant, and never to read it.
func meantPeriod(s string) Period {
	if len(s) > mostSpelled {
		return Period{}
	}
	s = narrowDigits.Replace(s)
	for _, spelling := range []struct {
		form *regexp.Regexp
		ours func(n []string) string
	}{
		{spelledDay, func(n []string) string { return n[0] + "-" + twoDigits(n[1]) + "-" + twoDigits(n[2]) }},
		{spelledMonth, func(n []string) string { return n[0] + "-" + twoDigits(n[1]) }},
		{spelledQuarter, func(n []string) string { return n[0] + "-Q" + ordinal(n[1]) }},
		{spelledHalf, func(n []string) string { return n[0] + "-H" + ordinal(n[1]) }},
		{spelledWeek, func(n []string) string { return n[0] + "-W" + twoDigits(n[1]) }},
		{spelledYear, func(n []string) string { return n[0] }},
	} {
		groups := spelling.form.FindStringSubmatch(s)
		if groups == nil {
			continue
		}
		var given []string
		for _, g := range groups[1:] {
			if g != "" {
				given = append(given, g)
			}
		}
		if p, ok := readPeriod(spelling.ours(given)); ok {
			return p
		}
	}
	return Period{}
}

// twoDigits writes a number of one or two digits with two.
func twoDigits(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return s
	}
	return fmt.Sprintf("%02d", n)
}

func ordinal(s string) string {
	if digit, isWord := ordinals[s]; isWord {
		return digit
	}
	return s
}
