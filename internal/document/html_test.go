package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestHTMLText(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want []string
	}{
		"raised figures stay apart, struck out ones are gone": {"<p>30<sup>1</sup>家，5m<sup>2</sup>，<del>20</del><ins>40</ins>个，<s>1</s>2次</p>", []string{"30¹家，5m²，40个，2次"}},
		"blocks part paragraphs, inline elements do not":      {"<div>甲<b>乙</b><p>丙<span>丁</span>戊</div>己", []string{"甲乙", "丙丁戊", "己"}},
		"a break of the source is none between ideographs and a space between words": {
			"<p>推进\n  实施 5G\nplus 工程</p>", []string{"推进实施 5G plus 工程"}},
		"br parts lines": {"<p>甲<br>乙<br/>丙</p>", []string{"甲", "乙", "丙"}},
		"what is not shown is not read": {
			"<nav>首页</nav><script>var a='<p>x</p>'</script><style>p{}</style><p hidden>隐</p>" +
				`<div style="display: none"><div>藏</div></div><select><option>选</select><button>打印</button><!-- 注 --><p>甲</p>`, []string{"甲"}},
		"entities are read once":               {"<p>A&amp;lt;B&nbsp;&#19968;</p>", []string{"A&lt;B 一"}},
		"pre keeps its lines":                  {"<pre>甲\n  乙</pre>", []string{"甲", "乙"}},
		"ordered lists show their numbers":     {"<ol><li>甲<li><p>乙</p></ol><ol start=5 type=A><li>丙<li value=9>丁</ol>", []string{"1.甲", "2.乙", "E.丙", "I.丁"}},
		"Chinese list styles are kept":         {`<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>`, []string{"一、甲", "二、乙"}},
		"lists without numbers show none":      {`<ul><li>甲</ul><ol style="list-style:none"><li>一、乙</ol>`, []string{"甲", "一、乙"}},
		"a nested list goes on where it left":  {"<ol><li>甲<ol><li>子</ol><li>乙</ol>", []string{"1.甲", "1.子", "2.乙"}},
		"the end of lists and cells may lack":  {"</ol></td></table><table><tr><td>甲<td>乙<tr><td>丙<td>丁", []string{"甲 | 乙", "丙 | 丁"}},
		"a stroke in a cell ends no cell":      {"<table><tr><td>甲|乙<td>丙</table>", []string{"甲/乙 | 丙"}},
		"spans repeat downward and not across": {"<table><tr><td>任务<td>单位<td>时限<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table>", []string{"任务 | 单位 | 时限", "甲 | 乙 |", "甲 | 丙 | 丁"}},
		"a table around tables is only a frame": {
			"<table><tr><td><h1>题</h1><td>侧栏<tr><td><table><tr><td>序号<td>任务<tr><td>1<td>甲</table></table>",
			[]string{"题", "侧栏", "序号 | 任务", "1 | 甲"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Split(read(t, []byte(c.page), "text/html").Content, "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLEncodings(t *testing.T) {
	const text = "新增公共充电桩"
	page := func(charset string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + charset + `"></head><p>` + text + `</p></html>`
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String(strings.NewReplacer("电", "電", "桩", "樁").Replace(page("big5")))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(page("utf-16"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ data, mediaType, want string }{
		"the page says GBK":             {string(gb18030(t, page("gbk"))), "", text},
		"the page says GBK and is not":  {page("gbk"), "", text},
		"the media type says GB18030":   {string(gb18030(t, "<p>"+text)), "text/html; charset=gb18030", text},
		"nobody says anything":          {string(gb18030(t, "<p>"+text)), "text/html", text},
		"another charset that is known": {big5, "", "新增公共充電樁"},
		"a byte-order mark":             {utf16, "text/html", text},
	} {
		t.Run(name, func(t *testing.T) {
			if got := read(t, []byte(c.data), c.mediaType).Content; got != c.want {
				t.Errorf("Content = %q", got)
			}
		})
	}
	t.Run("bytes of another charset than the page says are refused", func(t *testing.T) {
		refused(t, []byte("<html><meta charset=euc-jp><p>\xff\xff\x80"), "", fault.InvalidEncoding, "euc-jp")
	})
}
