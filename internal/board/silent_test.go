package board_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// silentText promises a rank without a figure, and two steps by a date.
const silentText = `西河市2023年重点任务
一、民生
1.完善服务。新增驿站8处，群众满意度进入全省前20名。（牵头单位：市民政局）
2.建设文化馆。3月底前完成初步设计批复，11月底前开工建设。（牵头单位：市文旅局）
`

func TestAnImpliedAimIsConfirmedOnThePageOfReview(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", silentText, nil)
	r := s.signedIn(token)
	rank := r.reviewed(token)["群众满意度全省排名"]
	if rank.State != "draft" {
		t.Fatalf("%+v", rank)
	}
	r.get("/plans/xihe/review").wants(http.StatusOK).reads("群众满意度全省排名", "文意推定")
	r.follow(r.post("/plans/xihe/review", "code", rank.Code, "version", strconv.Itoa(rank.Version), "do", "confirm"))
	if now := r.reviewed(token)["群众满意度全省排名"]; now.State != "confirmed" {
		t.Errorf("it is %s", now.State)
	}
}

func TestAnAmendmentShowsTheDatedStepsOfTheNewerText(t *testing.T) {
	s := newSite(t)
	token := s.key(access.Admin)
	s.call(token, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", silentText, nil)
	newer := strings.Replace(silentText, "11月底前开工建设", "12月底前开工建设", 1)
	s.signedIn(token).postFile("/plans/xihe/amendment", "newer.txt", []byte(newer)).wants(http.StatusOK).reads("任务 2：文化馆开工建设，2023-12-31")
}

func TestADatedStepOfTheTextIsTakenOverOnThePageOfItsTask(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	s.call(admin, http.MethodPost, "/plans?code=xihe&jurisdiction=西河市&confirm=true", "text/plain", silentText, nil)
	token := s.key(access.Supervisor)
	supervisor := s.signedIn(token)
	supervisor.get("/plans/xihe/register").wants(http.StatusOK).reads("计划文本另列 2 个")
	s.signedIn(admin).get("/plans/xihe/review").wants(http.StatusOK).reads("待在台账中采用的节点（2）", "任务 2 ：文化馆开工建设，2023-11-30").
		says("/board/plans/xihe/register", "/board/plans/xihe/tasks/2")
	supervisor.get("/plans/xihe/tasks/2").wants(http.StatusOK).reads("计划文本所列、尚未设置的节点", "文化馆开工建设 时限 2023-11-30", "采用为节点").
		says(`value="set 2"`, `value="文化馆开工建设"`, `value="2023-11-30"`)
	supervisor.follow(supervisor.post("/plans/xihe/tasks/2", "form", "set 2", "title", "文化馆开工建设", "due_on", "2023-11-30"))
	supervisor.get("/plans/xihe/tasks/2").reads("完成初步设计批复 时限 2023-03-31").saysNot(`value="文化馆开工建设"`)
	var set v1.MilestonePage
	s.call(token, http.MethodGet, "/plans/xihe/milestones", "", "", &set)
	if len(set.Items) != 1 || set.Items[0].Title != "文化馆开工建设" || set.Items[0].DueOn != "2023-11-30" {
		t.Errorf("%+v", set.Items)
	}
	s.signedIn(admin).get("/plans/xihe/review").reads("待在台账中采用的节点（1）")
	// A step that is not done is overdue once its day is over, and the next day is that of an open one.
	supervisor.get("/plans/xihe/register").saysNot("逾期")
	supervisor.follow(supervisor.post("/plans/xihe/tasks/2", "form", "set 1", "title", "完成初步设计批复", "due_on", "2023-03-31"))
	supervisor.get("/plans/xihe/register").wants(http.StatusOK).reads("0 / 2 应完成 1 逾期 1 文化馆开工建设", "2023-11-30 节点")
	supervisor.get("/plans/xihe/tasks/2").reads("其中逾期完成 0 个。 逾期 1")
	s.signedIn(admin).get("/plans/xihe/review").saysNot("待在台账中采用的节点")
	s.now = s.now.AddDate(0, 3, 0)
	s.signedIn(token).get("/plans/xihe/register").reads("0 / 2 应完成 2 逾期 2")
	s.now = s.now.AddDate(0, -3, 0)
	// Who may not set milestones sees what the text names, and no form.
	s.signedIn(s.key(access.Analyst)).get("/plans/xihe/tasks/2").wants(http.StatusOK).reads("完成初步设计批复").saysNot("采用为节点")
}
