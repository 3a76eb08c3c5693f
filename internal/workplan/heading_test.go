package workplan

import "testing"

func TestMarkers(t *testing.T) {
	cases := []struct {
		text string
		want marker
	}{
		{"一、产业", marker{level: chapter, n: 1, size: len("一、")}},
		{"十二、组织实施", marker{level: chapter, n: 12, size: len("十二、")}},
		{"第三章总则", marker{level: chapter, n: 3, size: len("第三章")}},
		{"(十一)农业", marker{level: article, n: 11, size: len("(十一)")}},
		{"3.办学", marker{level: numbered, n: 3, size: len("3.")}},
		{"3、办学", marker{level: numbered, n: 3, size: len("3、")}},
		{"第五条支持", marker{level: numbered, n: 5, size: len("第五条")}},
		{"3.5万亩", marker{level: numbered, n: 3, size: len("3."), loose: true}},
		{"一个平台", marker{}},
		{"(1)新建", marker{}},
		{"①新建", marker{}},
		{"2023年工作", marker{}},
		{"第三季度开工", marker{}},
		{"", marker{}},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			if got := markerAt(c.text); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}
