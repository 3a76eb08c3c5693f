package store

import (
	"encoding/binary"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// outcomes gives each outcome its byte in packed receipts: new ones go last.
var outcomes = []indicator.Outcome{
	indicator.Stored, indicator.Revised, indicator.Unchanged, indicator.Retracted, indicator.Refused, indicator.NotStored,
}

// packReceipts writes receipts as bytes: a few for each row, the texts of
// refusals apart.
func packReceipts(receipts []indicator.Receipt) []byte {
	b := make([]byte, 0, 8*len(receipts))
	for _, r := range receipts {
		b = append(b, byte(slices.Index(outcomes, r.Outcome))) //nolint:gosec // a small index
		if r.Refusal != nil {
			for _, text := range [...]string{string(r.Refusal.Code), r.Refusal.Field, r.Refusal.Detail.ZH, r.Refusal.Detail.EN} {
				b = appendText(b, text)
			}
			continue
		}
		b = binary.AppendVarint(b, r.Measurement.ID)
		b = binary.AppendVarint(b, int64(r.Measurement.Revision))
	}
	return b
}

// unpackReceipts is the inverse of packReceipts.
func unpackReceipts(b []byte) ([]indicator.Receipt, error) {
	var receipts []indicator.Receipt
	for r := (&packed{b: b}); len(r.b) > 0; {
		at := int(r.byte())
		if at >= len(outcomes) {
			return nil, errTorn
		}
		receipt := indicator.Receipt{Outcome: outcomes[at]}
		if receipt.Outcome == indicator.Refused {
			code, field := fault.Code(r.text()), r.text()
			receipt.Refusal = fault.New(code, fault.Text{ZH: r.text(), EN: r.text()}).At(field)
		} else {
			receipt.Measurement.ID, receipt.Measurement.Revision = r.varint(), int(r.varint())
		}
		if r.err != nil {
			return nil, r.err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, nil
}
