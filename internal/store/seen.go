package store

// seenKeys are the periods and bases that the rows of a batch have reported so far:
// of each indicator one bit for each key of its state.
type seenKeys map[int64][]uint64

const wordBits = 64

func (s seenKeys) has(target int64, place int) bool {
	bits := s[target]
	return place/wordBits < len(bits) && bits[place/wordBits]>>(place%wordBits)&1 == 1
}

func (s seenKeys) add(target int64, place int) {
	bits := s[target]
	for place/wordBits >= len(bits) {
		bits = append(bits, 0)
	}
	bits[place/wordBits] |= 1 << (place % wordBits)
	s[target] = bits
}
