package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/document"
	"github.com/indicator-tracker/tracker/internal/fault"
)

type pageCases map[string]struct {
	page string
	want []string
}

func (cases pageCases) run(t *testing.T) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := strings.Split(read(t, []byte(c.page), "text/html").Content, "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHTMLLists(t *testing.T) {
	pageCases{
		"figures, letters and Roman numbers": {
			"<ol type=1><li>甲</ol><ol type=a><li>乙</ol><ol type=i start=4><li>丙</ol><ol type=I start=9><li>丁</ol>", []string{"1.甲", "a.乙", "iv.丙", "IX.丁"}},
		"an unknown type is figures":                      {"<ol type=q><li>甲</ol>", []string{"1.甲"}},
		"a type on a list of bullets draws no number":     {"<ul type=1><li>甲</ul>", []string{"甲"}},
		"a style on a list of bullets draws one":          {`<ul style="color:red; List-Style: inside upper-roman"><li>甲<li>乙</ul>`, []string{"I.甲", "II.乙"}},
		"a style outweighs the type":                      {`<ol type=a style="list-style-type:decimal"><li>甲</ol>`, []string{"1.甲"}},
		"another style sheet property changes nothing":    {`<ol style="background: lower-roman"><li>甲</ol>`, []string{"1.甲"}},
		"Chinese numbers past ten":                        {`<ol start=10 style="list-style-type:simp-chinese-informal"><li>甲<li>乙</ol>`, []string{"十、甲", "十一、乙"}},
		"a start of nought is kept":                       {"<ol start=0><li>甲<li>乙</ol>", []string{"0.甲", "1.乙"}},
		"a start that is no number is one":                {"<ol start=x><li>甲</ol><ol start=-3><li>乙</ol><ol start=9999999><li>丙</ol>", []string{"1.甲", "1.乙", "1.丙"}},
		"a value goes on from there":                      {"<ol><li>甲<li value=7>乙<li>丙</ol>", []string{"1.甲", "7.乙", "8.丙"}},
		"bullets between numbers do not count":            {"<ol><li>甲<ul><li>子<li>丑</ul><li>乙</ol>", []string{"1.甲", "子", "丑", "2.乙"}},
		"an item without text counts and is not said":     {"<ol><li>甲<li><li>丙</ol>", []string{"1.甲", "3.丙"}},
		"the number of an empty item is not given away":   {"<ol><li></li></ol><p>甲</p>", []string{"甲"}},
		"only the first paragraph of an item is marked":   {"<ol><li><p>甲</p><p>乙</p><li>丙</ol>", []string{"1.甲", "乙", "2.丙"}},
		"an item outside of a list has no number":         {"<li>甲</li>", []string{"甲"}},
		"a hidden item is not said and is not counted":    {"<ol><li>甲</li><li hidden>乙</li><li>丙</li></ol>", []string{"1.甲", "2.丙"}},
		"terms and their descriptions are paragraphs":     {"<dl><dt>目标<dd>新建221个</dl>", []string{"目标", "新建221个"}},
		"items in a cell are joined with their numbers":   {"<table><tr><td>任务<td>单位<tr><td><ol><li>甲<li>乙</ol><td>丙</table>", []string{"任务 | 单位", "1.甲 2.乙 | 丙"}},
		"the end of a list that was not begun is nothing": {"</ol></ul><ol><li>甲</ol></ol><ol><li>乙</ol>", []string{"1.甲", "1.乙"}},
	}.run(t)
}

func TestHTMLTables(t *testing.T) {
	pageCases{
		"a cell over rows is said in each of them": {
			"<table><tr><th>序号<th>任务<th>单位<tr><td>1<td>甲<td rowspan=3>子<tr><td>2<td>乙<tr><td>3<td>丙</table>",
			[]string{"序号 | 任务 | 单位", "1 | 甲 | 子", "2 | 乙 | 子", "3 | 丙 | 子"}},
		"a span of nought reaches to the end": {
			"<table><tr><td>序号<td>任务<tr><td rowspan=0>1<td>甲<tr><td>乙<tr><td>丙</table>", []string{"序号 | 任务", "1 | 甲", "1 | 乙", "1 | 丙"}},
		"a span that is no number is one": {
			"<table><tr><td>序号<td>任务<tr><td rowspan=x colspan=-1>1<td colspan=0>甲<tr><td>2<td>乙</table>", []string{"序号 | 任务", "1 | 甲", "2 | 乙"}},
		"a cell over rows and columns": {
			"<table><tr><td>序号<td>任务<td>单位<tr><td rowspan=2 colspan=2>甲<td>子<tr><td>丑</table>", []string{"序号 | 任务 | 单位", "甲 | | 子", "甲 | | 丑"}},
		"a header of two rows is one": {
			"<table><thead><tr><th rowspan=2>任务<th colspan=2>责任单位<tr><th>牵头<th>配合</thead><tbody><tr><td>甲<td>子<td>丑</table>",
			[]string{"任务 | 责任单位/牵头 | 责任单位/配合", "甲 | 子 | 丑"}},
		"a heading row says the header again": {
			"<table><tr><td>序号<td>任务<tr><td colspan=2>一、工业<tr><td>1<td>甲</table>", []string{"序号 | 任务", "一、工业", "序号 | 任务", "1 | 甲"}},
		"a caption stands before its table":       {"<table><caption>附表</caption><tr><td>序号<td>任务<tr><td>1<td>甲</table>", []string{"附表", "序号 | 任务", "1 | 甲"}},
		"paragraphs and breaks in a cell":         {"<table><tr><td>任务<td>单位<tr><td><p>甲</p><p>乙</p><td>子<br>丑</table>", []string{"任务 | 单位", "甲 乙 | 子 丑"}},
		"an empty cell keeps its column":          {"<table><tr><td>序号<td>任务<td>单位<tr><td>1<td><td>子</table>", []string{"序号 | 任务 | 单位", "1 | | 子"}},
		"an empty row is left out":                {"<table><tr><td>序号<td>任务<tr><td><td>&nbsp;<tr><td>1<td>甲</table>", []string{"序号 | 任务", "1 | 甲"}},
		"a hidden row is left out":                {"<table><tr><td>序号<td>任务</tr><tr style='DISPLAY : none'><td>0<td>藏</tr><tr><td>1<td>甲</table>", []string{"序号 | 任务", "1 | 甲"}},
		"a table of one column is its paragraphs": {"<table><tr><td><p>甲</p><p>乙</p><tr><td>丙</table>", []string{"甲", "乙", "丙"}},
		"a cell without a row begins one":         {"<table><td>序号<td>任务<tr><td>1<td>甲</table>", []string{"序号 | 任务", "1 | 甲"}},
	}.run(t)
}

func TestHTMLThatIsNotShown(t *testing.T) {
	pageCases{
		"an element in its like ends with the outer one": {"<div hidden>隐<div>藏</div>匿</div><p>甲</p>", []string{"甲"}},
		"what is shown when it is searched for is text":  {"<p hidden=until-found>甲</p>", []string{"甲"}},
		"display of another kind is shown":               {`<p style="display:block">甲</p>`, []string{"甲"}},
		"a hidden element without an end hides no more":  {"<p>甲<br hidden>乙<img hidden>丙</p>", []string{"甲", "乙丙"}},
		"templates, drawings and frames": {
			"<template><p>样</p></template><svg><text>图</text></svg><iframe>框</iframe><noscript>无</noscript><textarea>填</textarea><p>甲</p>", []string{"甲"}},
		"the title is no paragraph":      {"<html><head><title>计划</title></head><body><h1>一、甲</h1></body></html>", []string{"一、甲"}},
		"a comment parts no text":        {"<p>甲<!-- <p>注</p> -->乙</p>", []string{"甲乙"}},
		"a menu of the page is left out": {"<nav><ul><li>首页</ul></nav><p>甲</p><button>打印</button>", []string{"甲"}},
		"Windows breaks in pre":          {"<pre>甲\r\n乙</pre>", []string{"甲", "乙"}},
		"spaces between words are one":   {"<p>  GDP \t growth\n\n 5%  </p>", []string{"GDP growth 5%"}},
		"inline marks keep the space":    {"<p>the <b>new</b> plan</p>", []string{"the new plan"}},
	}.run(t)
	t.Run("a hidden element that never ends is a broken page, not an empty one", func(t *testing.T) {
		refused(t, []byte("<p>甲</p><script>var a"+"<p>乙</p>"), "text/html", fault.UnreadableFile, "broken or incomplete")
		refused(t, []byte("<p>甲</p><div hidden><p>乙</p>"), "text/html", fault.UnreadableFile, "broken or incomplete")
	})
	t.Run("nothing but hidden elements is empty", func(t *testing.T) {
		refused(t, []byte("<html><body hidden><p>甲</p></body></html>"), "", fault.EmptyDocument, "no text")
	})
}

func TestHTMLPlaces(t *testing.T) {
	text := read(t, []byte("<h1>题</h1><p> </p><p>甲<br>乙</p><table><tr><td>序号<td>任务<tr><td>1<td>丙</table><p>丁</p>"), "text/html")
	if want := "题\n甲\n乙\n序号 | 任务\n1 | 丙\n丁"; text.Content != want {
		t.Fatalf("Content = %q", text.Content)
	}
	for word, number := range map[string]int{"题": 1, "甲": 2, "乙": 2, "序": 3, "任务": 3, "丙": 4, "丁": 5} {
		if got := text.PlaceOf(at(text, word)); got.Kind != document.Paragraph || got.Number != number {
			t.Errorf("%s is at %+v, want paragraph %d", word, got, number)
		}
	}
	t.Run("a line break belongs to the paragraph before it", func(t *testing.T) {
		if got := text.PlaceOf(at(text, "丁") - 1).Number; got != 4 {
			t.Errorf("paragraph %d", got)
		}
	})
	t.Run("places begin with the first code point of their paragraph", func(t *testing.T) {
		var starts []int
		for _, place := range text.Places {
			starts = append(starts, place.Start)
		}
		want := []int{0, at(text, "甲"), at(text, "序"), at(text, "1"), at(text, "丁")}
		if diff := cmp.Diff(want, starts); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("the last code point has a place and the one after it none", func(t *testing.T) {
		if got := text.PlaceOf(text.Characters - 1).Number; got != 5 {
			t.Errorf("paragraph %d", got)
		}
		if got := text.PlaceOf(text.Characters); got != (document.Place{}) {
			t.Errorf("%+v", got)
		}
	})
}

func TestHTMLAroundItsText(t *testing.T) {
	pageCases{
		"front matter is no text":              {"---\ntitle: 甲\nwidth: 780px\n---\n<p>乙</p>", []string{"乙"}},
		"directives are no text":               {"<%@ page pageEncoding=\"utf-8\" %>\n<%@ page import=\"a\" %>\n<p>乙</p>", []string{"乙"}},
		"style sheets and scripts are no text": {"<style>p{width:780px}</style><p>乙</p><script>var a = 16;</script>", []string{"乙"}},
		"the foot of a page is no text":        {"<p>乙</p><footer>访问量 1200人次</footer>", []string{"乙"}},
		"the foot of an article is":            {"<article><p>乙</p><footer>某市人民政府</footer></article>", []string{"乙", "某市人民政府"}},
		"after an article it is not":           {"<article><p>乙</p></article><footer>访问量 1200人次</footer>", []string{"乙"}},
		"parts by their role are no text":      {"<div role=navigation>首页</div><p>乙</p><div role=contentinfo>访问量</div>", []string{"乙"}},
		"menus are no text":                    {"<menu><li>首页</menu><p>乙</p>", []string{"乙"}},
		"strokes within the page are its text": {"<p>---</p><p>乙</p>", []string{"---", "乙"}},
	}.run(t)
}
