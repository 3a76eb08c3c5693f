package indicator_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestResembles(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"市工信局", "市工业和信息化局"}:    true,
		{"市发改委", "市发展和改革委员会"}:   true,
		{"市发展改革委", "市发展和改革委员会"}: true,
		{"市政府办", "市政府办公室"}:      true,
		{"市卫健委", "市卫生健康委员会"}:    true,
		{"教体局", "教育体育局"}:        true,
		{"东河市工信局", "市工业和信息化局"}:  true,
		{"东河市工信局", "市工信局"}:      true,
		{"省发改委", "省发展和改革委员会"}:   true,

		{"市工信局", "市工信局"}:          false, // one name
		{"市工信局", "区工业和信息化局"}:      false, // of another level
		{"工信局", "市工业和信息化局"}:       false,
		{"市发改委", "市发展和改革局"}:       false, // another ending
		{"市商务局", "市工业和信息化局"}:      false,
		{"市信工局", "市工业和信息化局"}:      false, // another order
		{"市信息局", "市工业和信息化局"}:      false, // another first character
		{"市财局", "市财政局"}:           false, // too short to say
		{"市局", "市工信局"}:            false,
		{"市投资促进中心", "市投资和贸易促进中心"}: false, // no ending that is known
		{"西山市工信局", "市工业和信息化局"}:    false, // of another place
		{"", "局"}: false,
	} {
		a, b := indicator.PartsOf(pair[0], "东河市"), indicator.PartsOf(pair[1], "东河市")
		if a.Resembles(b) != want || b.Resembles(a) != want {
			t.Errorf("%s and %s: %v and %v, want %v", pair[0], pair[1], a.Resembles(b), b.Resembles(a), want)
		}
	}
}
