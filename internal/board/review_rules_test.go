package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

// fallText has a fall that its words say, and a level that is kept.
const fallText = "西河市2023年重点任务\n一、生态\n1.节能降耗。单位GDP能耗下降3%。入园儿童保持在400人。新增高新技术企业30个。（牵头单位：市发改委）\n"

func TestGivenBackToTheRulesADirectionIsWhatTheWordsSay(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, fallText)
	r := s.signedIn(admin)
	for name, read := range r.reviewed(admin) {
		t.Run(name, func(t *testing.T) {
			r.t = t
			other := map[string]string{"increase": "decrease", "decrease": "increase"}[read.Direction]
			course := map[string]string{"hold": "", "accrue": "hold"}[read.Course] // accrue is refused of a limit
			if read.Kind == "increment" {
				course = "" // reached bit by bit, whatever else is said
			}
			r.post("/plans/xihe/review", "do", "save", "code", read.Code, "version", "1", "direction", other, "course", course).wants(http.StatusSeeOther)
			r.post("/plans/xihe/review", "do", "save", "code", read.Code, "version", "2", "direction", "rules", "course", "rules").wants(http.StatusSeeOther)
			got := r.reviewed(admin)[name]
			if got.Direction != read.Direction || got.DirectionBy != read.DirectionBy || got.Course != read.Course || got.CourseBy != read.CourseBy {
				t.Errorf("read as %s by %s, %s by %s; given back %s by %s, %s by %s", read.Direction, read.DirectionBy, read.Course, read.CourseBy,
					got.Direction, got.DirectionBy, got.Course, got.CourseBy)
			}
			if read.Course == "accrue" && read.Kind != "increment" {
				return // refused of a limit
			}
			r.post("/plans/xihe/review", "do", "save", "code", read.Code, "version", "3", "direction", other).wants(http.StatusSeeOther)
			r.post("/plans/xihe/review", "do", "save", "code", read.Code, "version", "4", "direction", "rules").wants(http.StatusSeeOther)
			if got := r.reviewed(admin)[name]; got.Course != read.Course || got.CourseBy != read.CourseBy {
				t.Errorf("the course was %s by %s; after the direction was given back it is %s by %s", read.Course, read.CourseBy, got.Course, got.CourseBy)
			}
		})
	}
}

func TestADirectionAgainstTheWordsIsSavedWithACaution(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, fallText)
	r := s.signedIn(admin)
	for name, read := range r.reviewed(admin) {
		saved := r.post("/plans/xihe/review", "do", "save", "code", read.Code, "version", "1", "direction", "increase").wants(http.StatusSeeOther)
		page := r.get(strings.TrimPrefix(saved.header.Get("Location"), "/board")).wants(http.StatusOK)
		if against := read.Direction == "decrease" && read.DirectionBy == "text"; against {
			page.says("与原文所说的相反", read.Source.Quote)
		} else {
			page.saysNot("与原文所说的相反")
		}
		page.says(name + "：已保存。")
		if got := r.reviewed(admin)[name]; got.Direction != "increase" {
			t.Errorf("%s is %s", name, got.Direction)
		}
	}
}

func TestWhatWasDoneNamesWhatItWasDoneTo(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	r := s.signedIn(admin)
	code := r.reviewed(admin)["新增托位"].Code
	for i, act := range []struct{ do, said string }{{"confirm", "新增托位：已确认。"}, {"reject", "新增托位：已驳回。"}, {"draft", "新增托位：已退回待审核。"}} {
		done := r.post("/plans/xihe/review", "do", act.do, "code", code, "version", fmt.Sprint(i+1)).wants(http.StatusSeeOther)
		r.get(strings.TrimPrefix(done.header.Get("Location"), "/board")).wants(http.StatusOK).says(act.said)
	}
}

func TestADueDateOutsideOfTheTermIsSaidAndTheFirstDayStays(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	r := s.signedIn(admin)
	in := r.reviewed(admin)["新增托位"]
	send := func(due string) page {
		return r.post("/plans/xihe/review", "do", "save", "code", in.Code, "version", "1", "starts_on", in.StartsOn, "due_on", due)
	}
	r.get("/plans/xihe/review").saysNot("在计划期之外")
	send("2022-12-31").wants(http.StatusUnprocessableEntity).says("2022-12-31")
	saved := send("2024-12-31").wants(http.StatusSeeOther)
	r.get(strings.TrimPrefix(saved.header.Get("Location"), "/board")).wants(http.StatusOK).
		says("完成时限 2024-12-31 不在计划期 2023-01-01 至 2023-12-31 之内", "在计划期之外")
	if got := r.reviewed(admin)["新增托位"]; got.StartsOn != in.StartsOn || got.DueOn != "2024-12-31" {
		t.Errorf("from %s to %s", got.StartsOn, got.DueOn)
	}
}

func TestAMisreadUnitIsCorrectedWhileNothingIsReported(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.importAsDrafts(admin, draftText)
	r := s.signedIn(admin)
	in := r.reviewed(admin)["财政赤字"]
	save := func(version, unit string) page {
		return r.post("/plans/xihe/review", "do", "save_confirm", "code", in.Code, "version", version, "comparator", "eq", "value", "3", "unit", unit)
	}
	save("1", "亿美元").wants(http.StatusSeeOther)
	if got := r.reviewed(admin)["财政赤字"]; got.Target.Unit != "亿美元" {
		t.Errorf("%+v", got.Target)
	}
	s.call(admin, http.MethodPost, "/measurements", "application/json", `{"indicator":"`+in.Code+`","period":"2023-09","value":1,"unit":"亿美元"}`, nil)
	save("2", "亿元").wants(http.StatusUnprocessableEntity).says("量纲不同，已报实绩将无法换算")
}
