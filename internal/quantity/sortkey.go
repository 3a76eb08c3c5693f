package quantity

import (
	"fmt"
	"strings"
)

// SortKey is a text of digits and colons that sorts, byte by byte, as the number does among
// numbers: for databases, where a number of any length would become a float. Equal numbers
// have the same key, however they are written.
func (n Number) SortKey() string {
	text, negative := strings.CutPrefix(n.String(), "-")
	whole, fraction, _ := strings.Cut(text, ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	key := fmt.Sprintf("%03d%s%s", len(whole), whole, fraction)
	if !negative || whole == "" && fraction == "" {
		return "1" + key
	}
	mirrored := []byte(key)
	for i, digit := range mirrored {
		mirrored[i] = '0' + '9' - digit
	}
	return "0" + string(mirrored) + ":" // so that the longer of two, which is the lesser, comes first
}
