package board_test

import (
	"net/http"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
)

// The 168 charging piles are 76.02% of 221, which is 1.23 points above the pace, and three more than the 165 that
// are due when things come whole, which is 1.36 points of 221.
func TestOneFigureHasOneNameOnAllPages(t *testing.T) {
	s := newSite(t).withPlan().withReports()
	token := s.key(access.Analyst)
	r := s.signedIn(token)
	var said v1.ProgressRow
	s.call(token, http.MethodGet, "/indicators/donghe-1-2/progress?on=2023-09-30", "", "", &said)
	if *said.Gap != "1.23" || *said.DueGap != "1.36" {
		t.Fatalf("the figures are %s and %s", *said.Gap, *said.DueGap)
	}
	for page, wanted := range map[string][]string{
		"/plans/donghe/indicators?on=2023-09-30": {"与应达之差", "76.02% 74.79% 1.36 "},
		"/plans/donghe/tasks/1?on=2023-09-30":    {"与应达之差", "76.02% 74.79% 1.36 "},
		"/indicators/donghe-1-2?on=2023-09-30":   {"与应达之差 1.36 个百分点"},
	} {
		r.get(page).wants(http.StatusOK).reads(wanted...).saysNot(">差<", ">1.23")
	}
}
