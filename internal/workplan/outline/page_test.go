package outline

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/workplan/prose"
)

// pageLine reports whether the one line of a text is data of its page.
func pageLine(text string) bool {
	s := prose.NewSource(text)
	MarkPage(s)
	return s.Lines[0].Page
}

func TestLinesAboutADocumentAreNoText(t *testing.T) {
	for line, want := range map[string]bool{
		"索引号：11370000/2024-00815 主题分类：综合政务":   true,
		"索引号 113700004P/2024-81 公开方式 主动公开":    true,
		"发布日期：2024-05-06 来源：东河市统计局 浏览次数：316次": true,
		"2024-05-06 09:30 来源：市政府办 阅读量：87次":    true,
		"【字号：大 中 小】":                          true,
		"来源：市政府办 作者：办公室":                      true,
		"当前位置：首页>政务公开>规划计划":                   true,
		"东河市人民政府主办 某ICP备20240315号-1":          true,
		"上一篇：关于做好9项工作的通知 下一篇：无":               true,
		"索引号查询平台接入单位30家":                      false,
		"浏览次数达到120万次":                         false,
		"阅读量：提升到50万次。":                        false,
		"来源：财政资金3亿元":                          false,
		"联系电话：66001234，新增企业3家":                false,
		"公开方式创新，新增公开栏20个":                     false,
		"点击量突破30万次":                           false,
	} {
		t.Run(line, func(t *testing.T) {
			if got := pageLine(line); got != want {
				t.Errorf("it is read as data of a page: %v, want %v", got, want)
			}
		})
	}
}
