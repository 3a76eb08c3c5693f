package oversight_test

import (
	"context"
	"testing"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/store"
)

// meanwhile is a store in which something happens before what is written next.
type meanwhile struct {
	*store.Store
	happens func()
}

func (m *meanwhile) WriteLoop(ctx context.Context, run func(loop.Book) error) error {
	if happens := m.happens; happens != nil {
		m.happens = nil
		happens()
	}
	return m.Store.WriteLoop(ctx, run)
}

func TestAnIssueThatWasHandedOnIsNoMatterOfWhoHadIt(t *testing.T) {
	w := newWorld(t, newDatabase(t))
	w.plan()
	service := oversight.New(w.db, w.figures, w.clock)
	raised, err := service.RaiseIssue(t.Context(), oversight.RaisedIssue{Indicator: "p-1-1", Title: "用地未批"})
	if err != nil {
		t.Fatal(err)
	}
	had := access.With(t.Context(), access.Principal{Key: "k", Role: access.Reporter, Acting: []indicator.Acting{
		{AgencyRef: indicator.AgencyRef{ID: raised.Agency}, AnswersFor: []int64{raised.Agency}},
	}})
	handOn := func() {
		if _, err := service.StepIssue(t.Context(), raised.ID, loop.StepAssigned, loop.IssueStep{Agency: "市交通局", Text: "由交通部门承办"}); err != nil {
			t.Error(err)
		}
	}
	beside := oversight.New(&meanwhile{w.db, handOn}, w.figures, w.clock)
	if _, err := beside.StepIssue(had, raised.ID, loop.StepResolved, loop.IssueStep{Text: "已落实"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("%v, want forbidden", err)
	}
	if now := w.issue(service, "p-1-1", loop.CauseOther); now.State != loop.IssueRaised || now.AgencyName != "市交通局" {
		t.Errorf("it is %s, of %s", now.State, now.AgencyName)
	}
}
