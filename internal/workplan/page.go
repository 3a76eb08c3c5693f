package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Labels of what a page says about the document on it. The first are used for
// nothing else; the others only with a colon.
var (
	pageLabels = words("索引号 信息索引 索引号码 索取号 主题分类 主题词 体裁分类 组配分类 发布机构 公开机构 发文机关 发文机构 制发机关 发文字号 公文文号 成文日期 成文时间 生成日期 发文日期 发布日期 发布时间 印发日期 公开日期 公开时间 公开方式 公开时限 公开范围 公开形式 公开类别 公开属性 信息名称 信息分类 信息来源 信息类别 文件编号 统一编号 登记编号 时效性 " +
		"浏览次数 浏览量 浏览人数 阅读次数 阅读量 阅读数 访问次数 访问量 点击数 点击量 点击率 点击次数 字体大小 字号 字体 视力保护色 责任编辑 文章来源 稿件来源 打印本页 关闭窗口 分享到")
	colonLabels = words("来源 作者 编辑 审核 审签 校对 撰稿 供稿 录入 文号 名称 标题 类别 有效性 人气 浏览 阅读 点击 打印 分享 日期 时间 关键词 语种 上一篇 下一篇 上一条 下一条 附件下载 邮编 电话 传真 联系电话 咨询电话 地址 联系地址 网址 邮箱 电子邮箱")
	pageOpeners = words("当前位置 您的位置 您当前的位置 您现在的位置 您所在的位置 首页> 网站首页> 版权所有 扫一扫 返回顶部 Copyright copyright ©")
	pageMarks   = words("ICP备 公网安备 网站标识码")
	datedLabels = words("成文日期 成文时间 生成日期 发文日期 印发日期 发布日期 发布时间 公开日期 公开时间")
)

// longestPageLine is the most characters of a line of a page's own data.
const longestPageLine = 300

// markPage marks the lines in which a page tells about the document: they are no
// part of its text, and nothing goes on into them or out of them.
func markPage(s *script) {
	labelled := false // the line before ends in a label without its value
	for i, l := range s.lines {
		if l.start == l.end {
			continue
		}
		n, text := l.end-l.start, ""
		if n <= longestPageLine {
			text = string(s.norm[l.start:l.end])
		}
		if !isPageLine(text) && !(labelled && isPageValue(text)) {
			labelled = false
			continue
		}
		s.lines[i].page, s.lines[i].whole = true, true
		labelled = strings.HasSuffix(text, ":") || pageLabels.has(text)
	}
}

// isPageValue reports whether a line holds no more than a number, a date or a code.
func isPageValue(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool {
		return r > 0x7f && !strings.ContainsRune("年月日时分秒次人号", r)
	}) < 0
}

// isPageLine reports whether a line holds data of a page: it begins with a label
// of one, has several with their colons, or begins with a date before one.
func isPageLine(text string) bool {
	text = strings.TrimLeft(text, "[(| ")
	if pageOpeners.prefix(text) != "" || pageMarks.in(text) {
		return true
	}
	if strings.Contains(text, "。") {
		return false
	}
	if label := pageLabels.prefix(text); label != "" && endsLabel(text[len(label):]) {
		return true
	}
	labels, strong := labelsIn(text)
	if _, size := dateAt(text); size > 0 && strong {
		return true
	}
	label := colonLabels.prefix(text)
	return labels > 1 && (strong || label != "" && strings.HasPrefix(strings.TrimLeft(text[len(label):], " "), ":"))
}

// endsLabel reports whether what follows a label is its value and not the rest of
// a word.
func endsLabel(rest string) bool {
	return rest == "" || strings.ContainsRune(" :([|-", firstRune(rest)) || startsDigit(rest)
}

// labelsIn counts the labels with a colon in a line; strong says that one of them
// is used for nothing else.
func labelsIn(text string) (n int, strong bool) {
	for rest := text; ; {
		left, right, found := strings.Cut(rest, ":")
		if !found {
			return n, strong
		}
		left = strings.TrimRight(left, " ")
		switch {
		case pageLabels.suffix(left) != "":
			n, strong = n+1, true
		case colonLabels.suffix(left) != "":
			n++
		}
		rest = right
	}
}

// pageDate is the date that a page gives its document, zero where it gives none.
// When it was written says more than when it was put there.
func pageDate(s *script) indicator.Date {
	var found indicator.Date
	best := 0
	for _, l := range s.lines {
		if !l.page {
			continue
		}
		text := s.compactLine(l)
		for at, label := datedLabels.find(text); at >= 0; at, label = datedLabels.find(text) {
			text = strings.TrimLeft(text[at+len(label):], ":")
			w, size := dateAt(text)
			if size == 0 || w.year == 0 || w.day == 0 {
				continue
			}
			if rank := labelRank(label); rank > best {
				found, best = w.start(w.year), rank
			}
		}
	}
	return found
}

func labelRank(label string) int {
	if strings.HasPrefix(label, "发布") || strings.HasPrefix(label, "公开") {
		return 1
	}
	return 2
}

var (
	thisText    = words("全文 正文 本方案 本办法 本规划 本意见 本计划 本要点 本清单 本细则 本规定")
	partsOfText = words("条 章 节 款 篇 项 个 部分 个部分")
)

// countsOfText holds for how many parts the text has, and how many indicators it
// speaks of: 全文18条, 18项考核指标. With 体系 it is one thing that is set up.
func countsOfText(s *site) bool {
	if partsOfText.has(s.token.unit) && thisText.in(s.lead()) {
		return true
	}
	switch s.token.unit {
	case "项", "个", "类", "条", "大类":
	default:
		return false
	}
	rest := s.rest()
	at := strings.Index(rest, "指标")
	if at < 0 || utf8.RuneCountInString(rest[:at]) > longestKindOfIndicator || strings.ContainsAny(rest[:at], "、,;(的") {
		return false
	}
	return deeds.prefix(rest) == "" && !strings.HasPrefix(rest[at:], "指标体系")
}

// longestKindOfIndicator is the most characters of what kind of indicators are
// counted: 经济社会发展主要.
const longestKindOfIndicator = 10
