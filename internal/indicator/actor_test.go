package indicator_test

import (
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestActor(t *testing.T) {
	if got := indicator.ActorFrom(t.Context()); got != (indicator.Actor{}) {
		t.Errorf("nobody was named, got %+v", got)
	}
	outer := indicator.WithActor(t.Context(), indicator.Actor{Key: "a"})
	inner := indicator.WithActor(outer, indicator.Actor{Key: "b", From: "127.0.0.1"})
	if indicator.ActorFrom(outer).Key != "a" || indicator.ActorFrom(inner).Key != "b" {
		t.Error("an inner actor must not change the outer one")
	}
}
