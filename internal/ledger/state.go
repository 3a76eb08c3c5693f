package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// key is what revisions are counted within, for one indicator.
type key struct {
	period indicator.Period
	basis  indicator.Basis
}

// entry is the newest revision of a key, or its retraction.
type entry struct {
	key

	id          int64
	revision    int
	retracts    int64
	value       quantity.Number
	unit        quantity.Unit
	share       *indicator.Share // what the value was computed from, else nil
	missing     indicator.Missing
	provisional bool  // the value is provisional
	reporter    int64 // number of who sent it, 0 where that is not known
	recorded    int64 // microseconds since 1970
	hash        [sha256.Size]byte
	// The days of the period since 1970, so that overlaps are seen quickly.
	starts, ends int
	packed       []byte // its part of the packed state
}

// state is what progress needs of an indicator's reports: the newest revision
// of every key. Texts are left out, so that it stays small.
type state struct {
	entries   []*entry // in the order their keys were first reported
	places    map[key]int
	reporters int64 // the largest number of one that it speaks of
}

func newState() *state { return &state{places: map[key]int{}} }

// of is the entry of a key, nil when there is none.
func (s *state) of(k key) *entry {
	if place, known := s.places[k]; known {
		return s.entries[place]
	}
	return nil
}

var epoch = indicator.DateOf(1970, time.January, 1)

func (s *state) put(e entry) {
	s.reporters = max(s.reporters, e.reporter)
	e.starts, e.ends = e.period.Start().DaysSince(epoch), e.period.End().DaysSince(epoch)
	if e.packed == nil {
		e.packed = e.pack()
	}
	if place, known := s.places[e.key]; known {
		s.entries[place] = &e
		return
	}
	s.places[e.key] = len(s.entries)
	s.entries = append(s.entries, &e)
}

// snapshot is a state at one moment. Entries are replaced, never written to, so
// they can be shared.
type snapshot []*entry

func (s *state) snapshot() snapshot { return slices.Clone(s.entries) }

// near lists the keys that count and share a day with a period.
func (s *state) near(p indicator.Period) []indicator.Measurement {
	starts, ends := p.Start().DaysSince(epoch), p.End().DaysSince(epoch)
	var near []indicator.Measurement
	for _, e := range s.entries {
		if e.retracts == 0 && e.starts <= ends && e.ends >= starts {
			near = append(near, indicator.Measurement{ID: e.id, Period: e.period, Basis: e.basis, Missing: e.missing})
		}
	}
	slices.SortFunc(near, byEnd)
	return near
}

func byEnd(a, b indicator.Measurement) int {
	if d := a.Period.End().DaysSince(b.Period.End()); d != 0 {
		return d
	}
	return int(a.ID - b.ID)
}

// current lists what counts, as Ledger.Current gives it, and leaves the snapshot
// in that order.
func (s snapshot) current(code string) []indicator.Measurement {
	slices.SortFunc(s, func(a, b *entry) int { return cmp.Or(a.ends-b.ends, int(a.id-b.id)) })
	ms := make([]indicator.Measurement, 0, len(s))
	for _, e := range s {
		if e.retracts != 0 {
			continue
		}
		ms = append(ms, e.measurement(code))
	}
	return ms
}

// measurement is an entry without the texts.
func (e *entry) measurement(code string) indicator.Measurement {
	return indicator.Measurement{
		ID: e.id, Indicator: code, Period: e.period, Basis: e.basis, Value: e.value, Unit: e.unit, Share: e.share,
		Missing: e.missing, Provisional: e.provisional, Revision: e.revision, Retracts: e.retracts, RecordedAt: time.UnixMicro(e.recorded).UTC(),
	}
}

// newest is the latest moment at which anything in it was recorded.
func (s snapshot) newest() int64 {
	var newest int64
	for _, e := range s {
		newest = max(newest, e.recorded)
	}
	return newest
}

// units keeps the meaning of units that were read before: there are few, and
// senders cannot make them many. No unit is one, too: that of an index.
var (
	units     sync.Map
	unitCount atomic.Int64
)

const mostUnits = 4096

func unitOf(text string) (quantity.Unit, error) {
	if u, ok := units.Load(text); ok {
		return u.(quantity.Unit), nil
	}
	if text == "" {
		return quantity.Unit{}, nil
	}
	u, err := quantity.ParseUnit(text)
	if err == nil && unitCount.Load() < mostUnits {
		units.Store(text, u)
		unitCount.Add(1)
	}
	return u, err
}

// The first byte of a packed state. One without shares, reporters or statuses is written
// in the oldest format, in which it is the same bytes, and one with some of them in the
// first that has these: a program that knows no other must not read past them.
const (
	stateFormat        = 1
	stateWithShares    = 2
	stateWithReporters = 3
	stateWithStatuses  = 4
)

// What a packed entry says beside its figures.
const (
	totalFlag         byte = 1
	shareFlag         byte = 2 // a numerator and a denominator follow the entry
	reporterFlag      byte = 4 // the number of its reporter follows those
	provisionalFlag   byte = 8
	notAvailableFlag  byte = 16 // the text of the value is empty
	notApplicableFlag byte = 32 // likewise
)

var missingFlags = map[indicator.Missing]byte{indicator.NotAvailable: notAvailableFlag, indicator.NotApplicable: notApplicableFlag}

// frequencies gives each frequency its byte in packed states: new ones go last.
var frequencies = []indicator.Frequency{
	indicator.Daily, indicator.Monthly, indicator.Quarterly, indicator.HalfYearly, indicator.Yearly, indicator.Weekly,
}

// pack writes a state as bytes.
func (s *state) pack() []byte {
	size, format := 1+binary.MaxVarintLen64, byte(stateFormat)
	for _, e := range s.entries {
		size += len(e.packed)
		switch {
		case e.missing != "" || e.provisional:
			format = stateWithStatuses
		case e.reporter != 0:
			format = max(format, stateWithReporters)
		case e.share != nil:
			format = max(format, stateWithShares)
		}
	}
	b := append(make([]byte, 0, size), format)
	b = binary.AppendUvarint(b, uint64(len(s.entries)))
	for _, e := range s.entries {
		b = append(b, e.packed...)
	}
	return b
}

func (e *entry) pack() []byte {
	b := make([]byte, 0, 96)
	b = append(b, byte(slices.Index(frequencies, e.period.Frequency())), e.flags()) //nolint:gosec // a small index
	b = binary.AppendVarint(b, int64(e.starts))
	b = binary.AppendVarint(b, e.id)
	b = binary.AppendUvarint(b, uint64(e.revision)) //nolint:gosec // revisions count from 1
	b = binary.AppendVarint(b, e.retracts)
	b = appendText(b, valueText(e.value, e.missing))
	b = appendText(b, e.unit.String())
	b = binary.AppendVarint(b, e.recorded)
	b = append(b, e.hash[:]...)
	if e.share != nil {
		b = appendText(b, e.share.Numerator.String())
		b = appendText(b, e.share.Denominator.String())
	}
	if e.reporter != 0 {
		b = binary.AppendVarint(b, e.reporter)
	}
	return b
}

// valueText is a value in digits, empty where the figure is missing.
func valueText(value quantity.Number, missing indicator.Missing) string {
	if missing != "" {
		return ""
	}
	return value.String()
}

func (e *entry) flags() (b byte) {
	if e.basis == indicator.Total {
		b |= totalFlag
	}
	if e.share != nil {
		b |= shareFlag
	}
	if e.reporter != 0 {
		b |= reporterFlag
	}
	if e.provisional {
		b |= provisionalFlag
	}
	return b | missingFlags[e.missing]
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errTorn = errors.New("a packed record is torn")

// unpackState is the inverse of pack.
func unpackState(b []byte) (*state, error) {
	r := &packed{b: b}
	known := totalFlag
	switch r.byte() {
	case stateFormat:
	case stateWithShares:
		known |= shareFlag
	case stateWithReporters:
		known |= shareFlag | reporterFlag
	case stateWithStatuses:
		known |= shareFlag | reporterFlag | provisionalFlag | notAvailableFlag | notApplicableFlag
	default:
		return nil, errors.New("a state is of an unknown format")
	}
	n := int(r.uvarint()) //nolint:gosec // checked against the length at hand below
	if n < 0 || n > len(b) {
		return nil, errTorn
	}
	s := &state{entries: make([]*entry, 0, n), places: make(map[key]int, n)}
	for range n {
		e, err := r.entry(known)
		if err != nil {
			return nil, err
		}
		s.put(e)
	}
	return s, r.err
}

// entry reads an entry, whose flags may be those known to its format.
func (r *packed) entry(known byte) (entry, error) {
	whole := r.b
	freq, flags, basis := int(r.byte()), r.byte(), indicator.ThisPeriod
	if flags&totalFlag != 0 {
		basis = indicator.Total
	}
	starts := int(r.varint())
	e := entry{id: r.varint(), revision: int(r.uvarint()), retracts: r.varint()} //nolint:gosec // as packed
	value, unit := r.text(), r.text()
	e.recorded = r.varint()
	copy(e.hash[:], r.take(sha256.Size))
	if flags&shareFlag != 0 {
		if err := r.share(&e); err != nil {
			return entry{}, err
		}
	}
	if flags&reporterFlag != 0 {
		e.reporter = r.varint()
	}
	if r.err != nil || freq >= len(frequencies) || flags&^known != 0 || !e.setStatus(flags) {
		return entry{}, errTorn
	}
	e.packed = whole[:len(whole)-len(r.b)]
	e.key = key{indicator.PeriodOf(frequencies[freq], epoch.AddDays(starts)), basis}
	var err error
	switch {
	case e.missing == "":
		if e.value, err = quantity.ParseNumber(value); err != nil {
			return entry{}, err
		}
	case value != "":
		return entry{}, errTorn
	}
	e.unit, err = unitOf(unit)
	return e, err
}

// setStatus takes from the flags whether there is a figure and whether it is
// provisional. It reports false where they contradict each other.
func (e *entry) setStatus(flags byte) bool {
	e.provisional = flags&provisionalFlag != 0
	switch flags & (provisionalFlag | notAvailableFlag | notApplicableFlag) {
	case 0, provisionalFlag:
	case notAvailableFlag:
		e.missing = indicator.NotAvailable
	case notApplicableFlag:
		e.missing = indicator.NotApplicable
	default:
		return false
	}
	return true
}

func (r *packed) share(e *entry) (err error) {
	numerator, denominator := r.text(), r.text()
	e.share = &indicator.Share{}
	if e.share.Numerator, err = quantity.ParseNumber(numerator); err == nil {
		e.share.Denominator, err = quantity.ParseNumber(denominator)
	}
	return err
}

// packed reads what the append functions wrote; the first failure stays.
type packed struct {
	b   []byte
	err error
}

func (r *packed) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.err, r.b = errTorn, nil
		return nil
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *packed) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *packed) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		n = -1
	}
	r.take(n)
	return v
}

func (r *packed) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		n = -1
	}
	r.take(n)
	return v
}

func (r *packed) text() string { return string(r.take(int(r.uvarint()))) } //nolint:gosec // take checks it
