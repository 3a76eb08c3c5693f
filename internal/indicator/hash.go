package indicator

import (
	"crypto/sha256"
	"encoding/binary"
)

// StatusProvisional is the observation status of a figure that is not final.
const StatusProvisional = "provisional"

// ObservationStatus says in one word what a report is where it is no final figure: a word
// of Missing, or StatusProvisional; empty for a final figure.
func (m Measurement) ObservationStatus() string {
	if m.Provisional {
		return StatusProvisional
	}
	return string(m.Missing)
}

// Hash is the SHA-256 of everything a measurement says, as the audit chain has it. The
// texts have their lengths before them, so that no two measurements spell the same bytes.
// It outlives the program: what came later is added where it says something, and never
// changes the hash of a measurement without it.
func (m Measurement) Hash() [sha256.Size]byte {
	b := make([]byte, 0, 256)
	b = binary.AppendVarint(b, m.ID)
	b = binary.AppendVarint(b, int64(m.Revision))
	b = binary.AppendVarint(b, m.Retracts)
	b = binary.AppendVarint(b, m.RecordedAt.UnixMicro())
	value := ""
	if m.IsFigure() {
		value = m.Value.String()
	}
	b = appendTexts(b, m.Indicator, m.Period.String(), string(m.Basis), value, m.Unit.String(), m.SourceID, m.Note, m.EvidenceURL)
	if m.Share != nil { // else the hash is what it was before there were shares
		b = appendTexts(b, m.Share.Numerator.String(), m.Share.Denominator.String())
	}
	if by := m.ReportedBy; by != (Reporter{}) { // likewise
		b = appendTexts(b, by.Agency, by.Key, by.Name)
	}
	if m.Provisional || !m.IsFigure() { // likewise; with four texts, so that it is taken for none of the above
		b = appendTexts(b, "", "observation_status", m.ObservationStatus(), "")
	}
	return sha256.Sum256(b)
}

func appendTexts(b []byte, texts ...string) []byte {
	for _, text := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	return b
}
