// Package anchor keeps heads of the audit chain outside of the database, each signed, and
// reads them again: whoever holds one can tell that a chain was cut, rewritten or made anew.
package anchor

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// moments is how a record writes a moment: in UTC, to the microsecond.
const moments = "2006-01-02T15:04:05.999999Z07:00"

// Seal signs a head.
func Seal(key signing.Key, h indicator.AuditHead) (signing.Record, error) {
	return key.Seal(signing.AuditHead, v1.AuditHead{
		Format: string(signing.AuditHead), Seq: strconv.FormatInt(h.Seq, 10), Hash: hex.EncodeToString(h.Hash),
		Moment: h.Moment.UTC().Format(moments), LastMeasurement: strconv.FormatInt(h.LastMeasurement, 10),
		Plans: h.Plans, Indicators: h.Indicators,
	})
}

// Open reads one record and holds it against the keys that the caller trusts. It fails
// with fault.InvalidValue where it is no head that one of them signed, to the last digit.
func Open(text []byte, trusted ...signing.PublicKey) (indicator.AuditHead, error) {
	record, err := signing.ParseRecord(text)
	if err != nil {
		return indicator.AuditHead{}, err
	}
	if _, err := record.Verify(signing.AuditHead, trusted...); err != nil {
		return indicator.AuditHead{}, err
	}
	var said v1.AuditHead
	if err := record.Decode(&said); err != nil {
		return indicator.AuditHead{}, err
	}
	h, err := headOf(said)
	if err != nil {
		return indicator.AuditHead{}, fault.Newf(fault.InvalidValue, "内容格式不正确：%v", "the content is not as it should be: %v", err)
	}
	return h, nil
}

func headOf(said v1.AuditHead) (h indicator.AuditHead, err error) {
	h.Plans, h.Indicators = said.Plans, said.Indicators
	if h.Seq, err = strconv.ParseInt(said.Seq, 10, 64); err != nil {
		return h, err
	}
	if h.LastMeasurement, err = strconv.ParseInt(said.LastMeasurement, 10, 64); err != nil {
		return h, err
	}
	if h.Hash, err = hex.DecodeString(said.Hash); err != nil {
		return h, err
	}
	h.Moment, err = time.Parse(time.RFC3339, said.Moment)
	return h, err
}

// Read reads kept heads, one in each line that is not blank; one alone may be spread over
// several lines. Each is held against the keys that the caller trusts.
func Read(text []byte, trusted ...signing.PublicKey) []indicator.KeptHead {
	if head, err := Open(text, trusted...); err == nil {
		return []indicator.KeptHead{{Line: 1, Head: head}}
	}
	var all []indicator.KeptHead
	for i, line := range bytes.Split(text, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		head, err := Open(line, trusted...)
		all = append(all, indicator.KeptHead{Line: i + 1, Head: head, Fault: fault.From(err)})
	}
	return all
}
