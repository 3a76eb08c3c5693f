package indicator

import "context"

// What stands for the id of a key where a change is made without one.
const (
	AtCommandLine = "local"
	WithoutKey    = "open" // the service asks nobody for a key
)

// Actor is who makes a change, as the audit log keeps it.
type Actor struct {
	Key       string // id of the key that was used, AtCommandLine or WithoutKey
	Name      string // the key's name
	From      string // address the request came from; empty for the command line
	RequestID string // the request's id in the service's log
}

type actorKey struct{}

// WithActor returns a context that carries who makes the changes under it.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns who makes the changes under a context; the zero Actor when
// nobody was named.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
