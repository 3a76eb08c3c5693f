package outline

import (
	"testing"
)

func TestMarkers(t *testing.T) {
	cases := []struct {
		text string
		want Marker
	}{
		{"一、产业", Marker{Level: Chapter, N: 1, Size: len("一、")}},
		{"十二、组织实施", Marker{Level: Chapter, N: 12, Size: len("十二、")}},
		{"第三章总则", Marker{Level: Chapter, N: 3, Size: len("第三章")}},
		{"(十一)农业", Marker{Level: Article, N: 11, Size: len("(十一)")}},
		{"3.办学", Marker{Level: Numbered, N: 3, Size: len("3.")}},
		{"3、办学", Marker{Level: Numbered, N: 3, Size: len("3、")}},
		{"第五条支持", Marker{Level: Numbered, N: 5, Size: len("第五条")}},
		{"3.5万亩", Marker{Level: Numbered, N: 3, Size: len("3."), Loose: true}},
		{"一个平台", Marker{}},
		{"(1)新建", Marker{}},
		{"①新建", Marker{}},
		{"2023年工作", Marker{}},
		{"第三季度开工", Marker{}},
		{"", Marker{}},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			if got := MarkerAt(c.text); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}
