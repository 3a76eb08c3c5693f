package anchor_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/signing"
)

func keyOf(t *testing.T, fill byte) signing.Key {
	t.Helper()
	key, err := signing.NewKey(bytes.NewReader(bytes.Repeat([]byte{fill}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// headAt is a head whose chain has this many entries.
func headAt(seq int64) indicator.AuditHead {
	return indicator.AuditHead{
		Seq: seq, Hash: bytes.Repeat([]byte{byte(seq)}, 32), Moment: time.Date(2023, 10, 8, 2, 15, 0, 120_000, time.UTC),
		LastMeasurement: 412, Plans: 1, Indicators: 24,
	}
}

func lineOf(t *testing.T, key signing.Key, h indicator.AuditHead) string {
	t.Helper()
	record, err := anchor.Seal(key, h)
	if err != nil {
		t.Fatal(err)
	}
	line, err := record.Line()
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

func TestAHeadIsReadAsItWasSealed(t *testing.T) {
	key := keyOf(t, 1)
	for name, h := range map[string]indicator.AuditHead{
		"of a chain":           headAt(7),
		"of a chain not begun": {Hash: []byte{}, Moment: time.UnixMicro(0).UTC()},
	} {
		got, err := anchor.Open([]byte(lineOf(t, key, h)), key.Public())
		if err != nil || got.Seq != h.Seq || !bytes.Equal(got.Hash, h.Hash) || !got.Moment.Equal(h.Moment) ||
			got.LastMeasurement != h.LastMeasurement || got.Plans != h.Plans || got.Indicators != h.Indicators {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestNoDigitOfAHeadCanBeChanged(t *testing.T) {
	key := keyOf(t, 1)
	line := lineOf(t, key, headAt(7))
	for at, r := range line {
		if r < '0' || r > '9' {
			continue
		}
		for digit := '0'; digit <= '9'; digit++ {
			changed := line[:at] + string(digit) + line[at+1:]
			if _, err := anchor.Open([]byte(changed), key.Public()); digit != r && !fault.Is(err, fault.InvalidValue) {
				t.Fatalf("%s is accepted, %v", changed, err)
			}
		}
	}
}

func TestWhatIsNoHeadIsRefused(t *testing.T) {
	key := keyOf(t, 1)
	statement, err := key.Seal(signing.Statement, map[string]string{"format": string(signing.Statement)})
	if err != nil {
		t.Fatal(err)
	}
	other, err := statement.Line()
	if err != nil {
		t.Fatal(err)
	}
	odd, err := key.Seal(signing.AuditHead, map[string]string{"seq": "1"})
	if err != nil {
		t.Fatal(err)
	}
	short, err := odd.Line()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, says string }{
		"a record of another kind":   {string(other), "does not fit"},
		"a head of other content":    {string(short), "the content is not as it should be"},
		"a head signed by another":   {lineOf(t, keyOf(t, 2), headAt(7)), "another key"},
		"no record":                  {"{}", "no signed record"},
		"two records in one line":    {lineOf(t, key, headAt(1)) + lineOf(t, key, headAt(2)), "no signed record"},
		"half a record":              {lineOf(t, key, headAt(1))[:100], "no signed record"},
		"a head and a word after it": {lineOf(t, key, headAt(1)) + " ok", "no signed record"},
	} {
		if _, err := anchor.Open([]byte(c.text), key.Public()); !fault.Is(err, fault.InvalidValue) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHeadsAreReadLineByLine(t *testing.T) {
	key := keyOf(t, 1)
	text := lineOf(t, key, headAt(1)) + "\r\n\n" + lineOf(t, keyOf(t, 2), headAt(2)) + "\n" + lineOf(t, key, headAt(3))[:50] + "\n" + lineOf(t, key, headAt(4))
	var said []string
	for _, k := range anchor.Read([]byte(text), key.Public()) {
		said = append(said, fmt.Sprintf("%d: %d %v", k.Line, k.Head.Seq, k.Fault == nil))
	}
	if got := strings.Join(said, ", "); got != "1: 1 true, 3: 0 false, 4: 0 false, 5: 4 true" {
		t.Error(got)
	}
	var spread bytes.Buffer
	if err := json.Indent(&spread, []byte(lineOf(t, key, headAt(7))), "", "  "); err != nil {
		t.Fatal(err)
	}
	if alone := anchor.Read(spread.Bytes(), key.Public()); len(alone) != 1 || alone[0].Fault != nil || alone[0].Head.Seq != 7 {
		t.Errorf("%+v", alone)
	}
	if none := anchor.Read([]byte("\n \n")); len(none) != 0 {
		t.Errorf("%+v", none)
	}
}
