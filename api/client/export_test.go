package client

// Keyed are the posts that get an Idempotency-Key.
func Keyed() map[string]bool { return keyed }
