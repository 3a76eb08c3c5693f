package quantity

import "strings"

// PerPower reads what a rate is taken per where it is a power of ten: the 10万 of 8/10万. It
// returns the power in words (十万) and the length of what was read, 0 for anything else. One
// is no such power, and a bare figure below 万 is the lower half of a fraction.
func PerPower(s string) (words string, size int) {
	zeros := 0
	if strings.HasPrefix(s, "1") {
		rest := s[1:]
		zeros = len(rest) - len(strings.TrimLeft(rest, "0"))
		size = 1 + zeros
		if size < len(s) && s[size] >= '0' && s[size] <= '9' {
			return "", 0
		}
	}
	for _, r := range s[size:] {
		power, ok := magnitudes[r]
		if !ok {
			break
		}
		zeros += power
		size += len(string(r))
	}
	if zeros < leastPower || zeros > mostPower {
		return "", 0
	}
	return powerWords(zeros), size
}

// leastPower and mostPower bound the zeros of what rates are taken per: 万 to 万亿.
const leastPower, mostPower = 4, 12

// powerWords says a power of ten in the words of magnitudes.
func powerWords(zeros int) string {
	var b strings.Builder
	for _, m := range []struct {
		word  string
		zeros int
	}{{"亿", 8}, {"万", 4}} {
		if zeros >= m.zeros {
			b.WriteString([]string{"", "十", "百", "千"}[(zeros-m.zeros)%4])
			if zeros-m.zeros >= 4 {
				b.WriteString("万")
			}
			b.WriteString(m.word)
			break
		}
	}
	return b.String()
}

// inWords puts the power of ten that a rate is taken per in words, and gives a rate that
// names nothing that it counts single things: 人/10万 is 人/十万, 1/10万 and /十万 are 个/十万.
func inWords(s string) string {
	over, under, ok := strings.Cut(s, "/")
	if !ok {
		return s
	}
	words, size := PerPower(under)
	if size == 0 {
		return s
	}
	if over == "" || over == "1" {
		over = "个"
	}
	return over + "/" + words + under[size:]
}
