package tracker

import (
	"context"
	"errors"
	"io"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// readRows reads and checks rows, a portion at a time, with the hash of their
// content when they have a key.
func (s *Service) readRows(ctx context.Context, rows Rows, chunks chan<- []indicator.Row, portion int, keyed bool) error {
	known := &roster{service: s, ctx: ctx, seen: map[string]seen{}, named: map[indicator.ExternalCode]seen{}, agencies: map[[2]string]access.Given{}}
	for {
		chunk, ended, err := s.readChunk(known, rows, portion, keyed)
		if err != nil {
			return err
		}
		if len(chunk) > 0 {
			select {
			case chunks <- chunk:
			case <-ctx.Done():
				ended = errors.Join(ended, ctx.Err())
			}
		}
		if errors.Is(ended, io.EOF) {
			return ctx.Err()
		}
		if ended != nil {
			return ended
		}
	}
}

// readChunk reads and checks rows that are stored together: a portion when few senders are
// in the midst of one, else a handful, so that any number of senders who take their time
// holds little. ended is why there are no more, err is about the store.
func (s *Service) readChunk(known *roster, rows Rows, portion int, keyed bool) (chunk []indicator.Row, ended, err error) {
	list, ended := gather(rows, nil, min(portion, handful), mostOfHandful)
	room := len(list)
	if ended == nil {
		select {
		case s.portions <- struct{}{}:
			defer func() { <-s.portions }()
			room = portion
		default:
		}
	}
	chunk = make([]indicator.Row, 0, room)
	for size := 0; ; {
		for _, u := range list {
			size += u.report.size()
		}
		if chunk, err = known.checkAll(chunk, list, keyed); err != nil || ended != nil || len(chunk) >= room || size >= mostOfChunk {
			return chunk, ended, err
		}
		if cap(list) < mostUnchecked {
			list = make([]unchecked, 0, mostUnchecked)
		}
		list, ended = gather(rows, list[:0], min(mostUnchecked, room-len(chunk)), mostOfUnchecked)
	}
}

// unchecked is a row as it was sent.
type unchecked struct {
	report  Report
	refusal *fault.Fault
}

// How many rows are read before they are checked, in rows and in bytes of their texts,
// and how many bytes of texts are stored together.
const (
	mostUnchecked   = 1000
	mostOfUnchecked = 1 << 20
	mostOfChunk     = 8 << 20
)

// How many batches gather whole portions at a time, and how many rows, or bytes of their
// texts, the others store together.
const (
	portionsAtOnce = 8
	handful        = 100
	mostOfHandful  = 64 << 10
)

// size is about how many bytes the texts of a report take.
func (r Report) size() int {
	return len(r.Indicator) + len(r.External) + len(r.Period) + len(r.Value) + len(r.Numerator) + len(r.Denominator) + len(r.Unit) +
		len(r.Basis) + len(r.SourceID) + len(r.Note) + len(r.EvidenceURL) + len(r.Agency) + len(r.Replaces)
}

// gather reads up to n rows, fewer where they end or their texts reach so many bytes.
func gather(rows Rows, list []unchecked, n, bytes int) ([]unchecked, error) {
	for size := 0; len(list) < n && size < bytes; {
		r, refusal, err := rows.Next()
		if err != nil {
			return list, err
		}
		list = append(list, unchecked{r, refusal})
		size += r.size()
	}
	return list, nil
}
