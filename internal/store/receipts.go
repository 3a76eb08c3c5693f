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

// cautioned is the bit of a receipt's first byte that says that cautions follow
// the measurement.
const cautioned = 0x80

// receiptSize is about how many bytes a receipt takes.
const receiptSize = 8

// appendReceipt writes a receipt: a few bytes, and the texts of a refusal or of
// cautions.
func appendReceipt(b []byte, r indicator.Receipt) []byte {
	first := byte(slices.Index(outcomes, r.Outcome)) //nolint:gosec // a small index
	if r.Refusal == nil && len(r.Cautions) > 0 {
		first |= cautioned
	}
	b = append(b, first)
	if r.Refusal != nil {
		for _, text := range [...]string{string(r.Refusal.Code), r.Refusal.Field, r.Refusal.Detail.ZH, r.Refusal.Detail.EN} {
			b = appendText(b, text)
		}
		return b
	}
	b = binary.AppendVarint(b, r.Measurement.ID)
	b = binary.AppendVarint(b, int64(r.Measurement.Revision))
	if len(r.Cautions) > 0 {
		b = binary.AppendUvarint(b, uint64(len(r.Cautions)))
		for _, code := range r.Cautions {
			b = appendText(b, code)
		}
	}
	return b
}

// eachReceipt visits what appendReceipt wrote, in order from 0.
func eachReceipt(b []byte, visit func(i int64, r indicator.Receipt) error) error {
	r := &packed{b: b}
	for i := int64(0); len(r.b) > 0; i++ {
		first := r.byte()
		at := int(first &^ cautioned)
		if at >= len(outcomes) {
			return errTorn
		}
		receipt := indicator.Receipt{Outcome: outcomes[at]}
		if receipt.Outcome == indicator.Refused {
			code, field := fault.Code(r.text()), r.text()
			receipt.Refusal = fault.New(code, fault.Text{ZH: r.text(), EN: r.text()}).At(field)
		} else {
			receipt.Measurement.ID, receipt.Measurement.Revision = r.varint(), int(r.varint())
			receipt.Cautions = r.cautions(first)
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

// cautions reads the cautions of a receipt whose first byte says that there are
// any.
func (r *packed) cautions(first byte) []string {
	if first&cautioned == 0 {
		return nil
	}
	n := r.uvarint()
	var codes []string
	for ; n > 0 && r.err == nil; n-- {
		codes = append(codes, r.text())
	}
	return codes
}
