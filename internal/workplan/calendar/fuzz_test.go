package calendar

import (
	"testing"
	"unicode/utf8"
)

// FuzzAt holds that a date is cut between characters, lies within the years a plan can name
// and does not end before it begins.
func FuzzAt(f *testing.F) {
	for _, text := range []string{"", "6月底前", "2023-08-02", "2023.8.2", "2023-2025年", "2023年至2025年底", "二〇二三年8月31日", "2026月3月26日", "上半年", "第三季度末", "去年底", "“十五五”期间", "十四五末", "2月30日", "1-6月", "十二月", "2199年12月31日", "2025年的6月", "99月", "上年均增长", "2025年\xff", "2月29日", "1-2月30日", "2023.2.29", "春节前", "中秋、国庆之前", "今后五年", "用二十年左右时间", "本世纪中叶", "1月至6月上旬"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if w := Short(text); !w.IsZero() && (w.FirstMonth < 1 || w.LastMonth < w.FirstMonth || w.LastMonth > 12) {
			t.Fatalf("%q is %+v in short", text, w)
		}
		w, size := At(text)
		if size == 0 {
			if !w.IsZero() {
				t.Fatalf("%q is no date and %+v", text, w)
			}
			return
		}
		if size < 0 || size > len(text) || !utf8.ValidString(text[:size]) {
			t.Fatalf("the date of %q has %d bytes", text, size)
		}
		if w.FirstMonth < 1 || w.LastMonth < w.FirstMonth || w.LastMonth > 12 || w.Day < 0 || w.Day > 31 || w.Year != 0 && !IsYear(w.Year) || w.EndYear != 0 && w.EndYear <= w.Year {
			t.Fatalf("%q is %+v", text[:size], w)
		}
		if w.EndDay < 0 || w.EndDay > 31 || w.Years < 0 {
			t.Fatalf("%q is %+v", text[:size], w)
		}
		if w.End(2025).Before(w.Start(2025)) {
			t.Fatalf("%q runs from %s to %s", text[:size], w.Start(2025), w.End(2025))
		}
	})
}
