package tabular_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tabular"
)

type coded struct {
	Kind  string   `json:"kind" zh:"类型" extensions:"x-nullable,x-words=some.Kind"`
	State string   `json:"state" zh:"状态代码" extensions:"x-words=some.State"`
	Said  []string `json:"said" zh:"提示" extensions:"x-words=some.Kind"`
	Over  *string  `json:"over" zh:"口径" extensions:"x-words=some.Kind"`
}

// Codes are in words where the heading is Chinese and does not call them codes.
func TestCodesAreInWordsBelowChineseHeadings(t *testing.T) {
	words := func(codes, code string) fault.Text {
		return map[string]fault.Text{"some.Kind a": {ZH: "甲", EN: "A"}, "some.Kind b": {ZH: "乙", EN: "B"}, "some.State a": {ZH: "丙"}}[codes+" "+code]
	}
	for headings, want := range map[tabular.Headings]string{
		tabular.Chinese: "类型,状态代码,提示,口径\r\n甲,a,甲、new、乙,\r\n",
		tabular.English: "Kind,State,Said,Over\r\na,a,a、new、b,\r\n",
		tabular.Names:   "kind,state,said,over\r\na,a,a、new、b,\r\n",
	} {
		var out strings.Builder
		to, err := tabular.New[coded](&out, tabular.CSV, tabular.Options{Headings: headings, Words: words})
		if err != nil {
			t.Fatal(err)
		}
		if err := to.Write(&coded{Kind: "a", State: "a", Said: []string{"a", "new", "b"}}); err != nil {
			t.Fatal(err)
		}
		if err := to.Close(); err != nil || out.String() != want {
			t.Errorf("%s: %q, %v", headings, out.String(), err)
		}
	}
}
