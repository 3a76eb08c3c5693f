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

// packReceipts writes receipts as bytes.
func packReceipts(receipts []indicator.Receipt) []byte {
	b := make([]byte, 0, receiptSize*len(receipts))
	for _, r := range receipts {
		b = appendReceipt(b, r)
	}
	return b
}

// receiptSize is about how many bytes a receipt takes.
const receiptSize = 8

// appendReceipt writes a receipt: a few bytes, and the texts of a refusal.
func appendReceipt(b []byte, r indicator.Receipt) []byte {
	b = append(b, byte(slices.Index(outcomes, r.Outcome))) //nolint:gosec // a small index
	if r.Refusal != nil {
		for _, text := range [...]string{string(r.Refusal.Code), r.Refusal.Field, r.Refusal.Detail.ZH, r.Refusal.Detail.EN} {
			b = appendText(b, text)
		}
		return b
	}
	b = binary.AppendVarint(b, r.Measurement.ID)
	return binary.AppendVarint(b, int64(r.Measurement.Revision))
}

// eachReceipt visits what appendReceipt wrote, in order from 0.
func eachReceipt(b []byte, visit func(i int64, r indicator.Receipt) error) error {
	r := &packed{b: b}
	for i := int64(0); len(r.b) > 0; i++ {
		at := int(r.byte())
		if at >= len(outcomes) {
			return errTorn
		}
		receipt := indicator.Receipt{Outcome: outcomes[at]}
		if receipt.Outcome == indicator.Refused {
			code, field := fault.Code(r.text()), r.text()
			receipt.Refusal = fault.New(code, fault.Text{ZH: r.text(), EN: r.text()}).At(field)
		} else {
			receipt.Measurement.ID, receipt.Measurement.Revision = r.varint(), int(r.varint())
		}
		if r.err != nil {
			return r.err
		}
		if err := visit(i, receipt); err != nil {
			return err
		}
	}
	return nil
}
