package document_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestPlainText(t *testing.T) {
	const text = "一、甲\r\n  二、乙\t丙\n\n"
	t.Run("changes nothing but the byte-order mark", func(t *testing.T) {
		for name, data := range map[string][]byte{
			"UTF-8": []byte(text), "UTF-8 with mark": []byte("\xef\xbb\xbf" + text),
			"GB18030": gb18030(t, text), "GB18030 with mark": gb18030(t, "\ufeff"+text),
		} {
			if got := read(t, data, "text/plain"); got.Content != text || got.Characters != 14 || got.Places != nil {
				t.Errorf("%s: %q, %d characters", name, got.Content, got.Characters)
			}
		}
	})
	t.Run("believes the charset", func(t *testing.T) {
		for charset, data := range map[string][]byte{"gbk": gb18030(t, text), "GB2312": gb18030(t, text), "UTF-8": []byte(text)} {
			if got := read(t, data, "text/plain; charset="+charset); got.Content != text {
				t.Errorf("%s: %q", charset, got.Content)
			}
		}
	})
	t.Run("refuses other encodings", func(t *testing.T) {
		refused(t, gb18030(t, text), "text/plain; charset=utf-8", fault.InvalidEncoding, "no valid UTF-8")
		refused(t, []byte("\xff\xfe\x00\x4e"), "", fault.InvalidEncoding, "UTF-16")
		refused(t, []byte("caf\xe9 au lait, d\xe9j\xe0"), "", fault.InvalidEncoding, "neither UTF-8 nor GB18030")
		refused(t, []byte(text), "text/plain; charset=big5", fault.UnsupportedMediaType, "big5")
	})
}
