package board_test

import (
	"net/http"
	"regexp"
	"sync"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// onceOf is what makes the forms of a kind on a page count once.
func (p page) onceOf(form string) string {
	p.t.Helper()
	found := regexp.MustCompile(`name="form" value="` + form + `"><input type="hidden" name="once" value="([^"]+)"`).FindStringSubmatch(p.body)
	if found == nil {
		p.t.Fatalf("no form %s in:\n%s", form, p.body)
	}
	return found[1]
}

func (s *site) issues(token string) []v1.Issue {
	s.t.Helper()
	var page v1.IssuePage
	s.call(token, http.MethodGet, "/issues?plan=donghe", "", "", &page)
	return page.Items
}

func TestAFormThatIsSentTwiceCountsOnce(t *testing.T) {
	s := loopSite(t)
	token := s.key(access.Supervisor)
	supervisor := s.signedIn(token)
	raise := []string{"form", "raise", "task", "1", "title", "用地未落实", "level", "ordinary", "once", supervisor.get("/plans/donghe/issues").onceOf("raise")}
	places := make([]string, 8)
	var all sync.WaitGroup
	for i := range places {
		all.Go(func() {
			places[i] = supervisor.post("/plans/donghe/issues", raise...).header.Get("Location")
		})
	}
	all.Wait()
	for _, place := range places {
		if place == "" || place != places[0] {
			t.Errorf("led to %q and %q", places[0], place)
		}
	}
	if issues := s.issues(token); len(issues) != 1 {
		t.Errorf("%d issues were raised", len(issues))
	}

	// The same page sent with something else, and the form of a page asked for anew, are others.
	supervisor.post("/plans/donghe/issues", append(raise, "text", "涉及绿地")...).wants(http.StatusSeeOther)
	raise[len(raise)-1] = supervisor.get("/plans/donghe/issues").onceOf("raise")
	supervisor.post("/plans/donghe/issues", raise...).wants(http.StatusSeeOther)
	// So is that of another sender.
	s.signedIn(token).post("/plans/donghe/issues", raise...).wants(http.StatusSeeOther)
	if issues := s.issues(token); len(issues) != 4 {
		t.Errorf("%d issues were raised", len(issues))
	}
}

func TestAFormThatWasRefusedCanBeSentAgainAsItIs(t *testing.T) {
	s := loopSite(t)
	raise := []string{"form", "raise", "task", "1", "title", "用地未落实", "level", "ordinary", "due_on", "2023-10-31", "once", "a"}
	s.now = s.now.AddDate(0, 1, 0)
	supervisor := s.signedIn(s.key(access.Supervisor))
	supervisor.post("/plans/donghe/issues", raise...).wants(http.StatusUnprocessableEntity)
	s.now = s.now.AddDate(0, -1, 0)
	supervisor.post("/plans/donghe/issues", raise...).wants(http.StatusSeeOther)
}

func TestAnIndicatorThatIsAddedTwiceIsAddedOnce(t *testing.T) {
	s := newSite(t).withPlan()
	token := s.key(access.Admin)
	admin := s.signedIn(token)
	found := regexp.MustCompile(`name="once" value="([^"]+)"`).FindStringSubmatch(admin.get("/plans/donghe/review?add=0-5").wants(http.StatusOK).body)
	if found == nil {
		t.Fatal("the form may count twice")
	}
	for range 2 {
		admin.post("/plans/donghe/review", "do", "add", "once", found[1], "start", "0", "end", "5", "quote", "东河市20", "task", "1", "name", "数",
			"kind", "increment", "comparator", "ge", "value", "5", "unit", "家", "due_on", "2023-12-31").wants(http.StatusSeeOther)
	}
	var list v1.IndicatorPage
	s.call(token, http.MethodGet, "/indicators?plan=donghe&q=数", "", "", &list)
	named := 0
	for _, in := range list.Items {
		if in.Name == "数" {
			named++
		}
	}
	if named != 1 {
		t.Errorf("%d indicators were added", named)
	}
}
