// Package delivery sends what happened to other systems: signed, at least once, in order for each
// subject, and never to an address that it must not reach.
package delivery
