package ledger

import (
	"encoding/binary"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// outcomes gives each outcome its byte in packed receipts: new ones go last.
var outcomes = []indicator.Outcome{
	indicator.Stored, indicator.Revised, indicator.Unchanged, indicator.Retracted, indicator.Refused, indicator.NotStored, indicator.Superseded, vacated,
}

// vacated is how indicator.Superseded is packed where nothing stands.
const vacated indicator.Outcome = "vacated"

// packReceipts writes receipts as bytes.
func packReceipts(receipts []indicator.Receipt) []byte {
	p := newReceiptPacker(len(receipts))
	for _, r := range receipts {
		p.add(r)
	}
	return p.b
}

// Bits of a receipt's first byte, beside the outcome.
const (
	cautioned  = 0x80 // cautions follow the measurement
	originated = 0x40 // the origin follows at once: it is not the one to be expected
	external   = 0x20 // another external code follows the origin
)

// receiptSize is about how many bytes a receipt takes.
const receiptSize = 8

// receiptPacker writes receipts one after another: of each a few bytes, and the
// texts of a refusal or of cautions. An origin takes no byte where the row speaks of
// the same indicator as the one before it and stands on the next line; each code or
// sheet is spelt once, without the beginning that it shares with the one spelt before.
type receiptPacker struct {
	b      []byte
	last   indicator.Origin
	spelt  map[string]uint64
	newest string // of the texts spelt
}

func newReceiptPacker(receipts int) *receiptPacker {
	return &receiptPacker{b: make([]byte, 0, receiptSize*receipts), spelt: map[string]uint64{"": 0}}
}

func (p *receiptPacker) add(r indicator.Receipt) {
	outcome := r.Outcome
	if r.Vacant {
		outcome = vacated
	}
	first := byte(slices.Index(outcomes, outcome)) //nolint:gosec // a small index
	if r.Refusal == nil && len(r.Cautions) > 0 {
		first |= cautioned
	}
	expected := following(p.last)
	if r.Origin != expected {
		first |= originated
	}
	if r.Origin.External != expected.External {
		first |= external
	}
	p.b = append(p.b, first)
	if r.Origin != expected {
		p.place(r.Origin, expected)
	}
	if first&external != 0 {
		p.spell(r.Origin.External.Code, false)
		p.spell(r.Origin.External.Namespace, false)
	}
	p.last = r.Origin
	if r.Refusal != nil {
		for _, text := range [...]string{string(r.Refusal.Code), r.Refusal.Field, r.Refusal.Detail.ZH, r.Refusal.Detail.EN} {
			p.b = appendText(p.b, text)
		}
		return
	}
	p.b = binary.AppendVarint(p.b, r.Measurement.ID)
	p.b = binary.AppendVarint(p.b, int64(r.Measurement.Revision))
	if len(r.Cautions) > 0 {
		p.b = binary.AppendUvarint(p.b, uint64(len(r.Cautions)))
		for _, code := range r.Cautions {
			p.b = appendText(p.b, code)
		}
	}
}

// following is the origin of the row after one: the next line, where lines are
// counted at all.
func following(o indicator.Origin) indicator.Origin {
	if o.Line > 0 {
		o.Line++
	}
	return o
}

// place writes an origin. The lowest bit of its first number says that the row does
// not stand where it is expected, and that sheet and line follow.
func (p *receiptPacker) place(o, expected indicator.Origin) {
	moved := o.Sheet != expected.Sheet || o.Line != expected.Line
	p.spell(o.Indicator, moved)
	if moved {
		p.spell(o.Sheet, false)
		p.b = binary.AppendVarint(p.b, o.Line)
	}
}

// spell writes the number of a text, with a bit, and what is new of a new text.
func (p *receiptPacker) spell(text string, bit bool) {
	at, known := p.spelt[text]
	if !known {
		at = uint64(len(p.spelt))
		p.spelt[text] = at
	}
	tagged := at << 1
	if bit {
		tagged |= 1
	}
	if p.b = binary.AppendUvarint(p.b, tagged); known {
		return
	}
	shared := 0
	for shared < min(len(p.newest), len(text)) && p.newest[shared] == text[shared] {
		shared++
	}
	p.b = appendText(binary.AppendUvarint(p.b, uint64(shared)), text[shared:])
	p.newest = text
}

// receiptReader reads what a receiptPacker wrote.
type receiptReader struct {
	packed
	last  indicator.Origin
	spelt []string
}

// eachReceipt visits what packReceipts wrote, in order from 0.
func eachReceipt(b []byte, visit func(i int64, r indicator.Receipt) error) error {
	r := &receiptReader{packed: packed{b: b}, spelt: []string{""}}
	for i := int64(0); len(r.b) > 0; i++ {
		first := r.byte()
		at := int(first &^ (cautioned | originated | external))
		if at >= len(outcomes) {
			return errTorn
		}
		r.last = following(r.last)
		if first&originated != 0 {
			r.place()
		}
		if first&external != 0 {
			r.last.External.Code, _ = r.spelling()
			r.last.External.Namespace, _ = r.spelling()
		}
		receipt := indicator.Receipt{Outcome: outcomes[at], Origin: r.last}
		if receipt.Outcome == vacated {
			receipt.Outcome, receipt.Vacant = indicator.Superseded, true
		}
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

// place reads an origin.
func (r *receiptReader) place() {
	code, moved := r.spelling()
	r.last.Indicator = code
	if moved {
		r.last.Sheet, _ = r.spelling()
		r.last.Line = r.varint()
	}
}

// spelling reads a text by its number, and the bit beside it.
func (r *receiptReader) spelling() (text string, bit bool) {
	tagged := r.uvarint()
	at := tagged >> 1
	switch {
	case at > uint64(len(r.spelt)):
		r.err, r.b = errTorn, nil
		return "", false
	case at == uint64(len(r.spelt)):
		before, shared := r.spelt[at-1], r.uvarint()
		if shared > uint64(len(before)) {
			r.err, r.b = errTorn, nil
			return "", false
		}
		r.spelt = append(r.spelt, before[:shared]+r.text())
	}
	return r.spelt[at], tagged&1 != 0
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
