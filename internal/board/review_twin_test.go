package board_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
)

func TestATargetThatIsReadTwiceIsDoubtful(t *testing.T) {
	s := newSite(t)
	admin := s.key(access.Admin)
	r := s.signedIn(admin)
	const twice = "西河市2023年重点任务\n一、产业\n" +
		"1.稳住粮食。新建高标准农田3.2万亩。（牵头单位：市农业农村局）\n" +
		"2.项目攻坚。新建高标准农田3.2万亩，新增托位3.2万个。（牵头单位：市发改委）\n" +
		"3.壮大企业。新增高新技术企业30家以上。（牵头单位：市科技局）\n" +
		"4.招大引强。新增床位30家以上。（牵头单位：市商务局）\n"
	s.importAsDrafts(admin, twice)
	shown := r.get("/plans/xihe/review").wants(http.StatusOK).says("其中 2 项与别的任务的指标同值，可能重复")
	if n := strings.Count(shown.body, "同值，可能重复。</p>"); n != 2 {
		t.Errorf("%d are marked", n)
	}
	tag := regexp.MustCompile(`(?s)<article class="card draft" id="d-(\S+)".*?</article>`)
	var of []string
	for _, card := range tag.FindAllStringSubmatch(shown.body, -1) {
		if strings.Contains(card[0], "同值，可能重复") {
			of = append(of, card[1])
			if !strings.Contains(card[0], "有疑点") {
				t.Errorf("%s is not doubtful", card[1])
			}
		}
	}
	if strings.Join(of, " ") != "xihe-1-1 xihe-2-1" {
		t.Errorf("the same figure is said of %v", of)
	}
	r.post("/plans/xihe/review", "do", "reject", "code", "xihe-2-1", "version", "1").wants(http.StatusSeeOther)
	r.get("/plans/xihe/review").wants(http.StatusOK).saysNot("可能重复")
}
