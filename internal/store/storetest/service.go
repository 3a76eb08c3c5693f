package storetest

import (
	"context"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
)

var serviceBehaviours = []behaviour{
	{"service: is ready while it is open", serviceReady},
	{"service: answers an abandoned request with a timeout and stores nothing", serviceAbandoned},
	{"service: keeps texts with quotes and markup as they are", serviceTexts},
}

func serviceReady(t *testing.T, s *store.Store) {
	if err := s.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	refused(t, s.Ready(t.Context()), fault.Unavailable, "")
}

func serviceAbandoned(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	in := withIndicator(t, s, "甲")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := Report(gone, s, increment(in.Code, "2023-09", "1"))
	refused(t, err, fault.Timeout, "")
	_, err = s.Indicator(gone, indicator.AllVisible(), in.Code)
	refused(t, err, fault.Timeout, "")
	refused(t, s.Ready(gone), fault.Timeout, "")
	equal(t, "stored", listed(t, s, in.Code), []indicator.Measurement{})
}

func serviceTexts(t *testing.T, s *store.Store) {
	withPlan(t, s, "p")
	const text = "'; DROP TABLE plans; -- \"<b>\\ ? $1 @name 𠮷\t\n末"
	in := withIndicator(t, s, text)
	equal(t, "name", must(s.Indicator(t.Context(), indicator.AllVisible(), in.Code))(t).Name, text)
	found, _, err := s.Indicators(t.Context(), indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Text: text, Agencies: []string{"路政局"}}})
	equal(t, "found", names(must(found, err)(t)), []string{text})
	m := increment(in.Code, "2023-09", "1")
	m.Note = text
	appended(t, s, m)
	equal(t, "note", newest(t, s, in.Code)[0].Note, text)
}
