package indicator

import "context"

// Actor is who makes a change, as the audit log keeps it.
type Actor struct {
	Key       string // id of the key that was used; "local" for the command line, "open" where no key is asked for
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
