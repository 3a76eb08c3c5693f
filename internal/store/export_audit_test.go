package store

// Link lets tests make a chain anew, as one who forges it would.
var Link = link

// MostWaiting and MostTogether are the bounds of the queue.
const (
	MostWaiting  = mostWaiting
	MostTogether = mostTogether
)
