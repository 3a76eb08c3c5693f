package signing_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
)

type document struct {
	Seq  string `json:"seq"`
	Note string `json:"note"`
}

// sealed is a record as a line.
func sealed(t *testing.T, key signing.Key) []byte {
	t.Helper()
	record, err := key.Seal(signing.AuditHead, document{Seq: "12", Note: "增长<8% & 以上>"})
	if err != nil {
		t.Fatal(err)
	}
	line, err := record.Line()
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// accepted says what stands in the way of a record.
func accepted(text []byte, kind signing.Kind, trusted ...signing.PublicKey) error {
	record, err := signing.ParseRecord(text)
	if err != nil {
		return err
	}
	if _, err := record.Verify(kind, trusted...); err != nil {
		return err
	}
	return record.Decode(&document{})
}

func TestARecordIsVerifiedAsItWasSealed(t *testing.T) {
	key, other := fixed(t, 1), fixed(t, 2)
	line := sealed(t, key)
	const want = `{"content":{"seq":"12","note":"增长<8% & 以上>"},"key_id":"34750f98bd59fcfc","public_key":"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=","signature":"`
	if !strings.HasPrefix(string(line), want) {
		t.Errorf("the line is %s", line)
	}
	if err := accepted(line, signing.AuditHead, other.Public(), key.Public()); err != nil {
		t.Error(err)
	}
	t.Run("with blanks between its parts", func(t *testing.T) {
		var spread bytes.Buffer
		if err := json.Indent(&spread, line, "\t", "  "); err != nil {
			t.Fatal(err)
		}
		if err := accepted(spread.Bytes(), signing.AuditHead, key.Public()); err != nil {
			t.Error(err)
		}
	})
	t.Run("and not by a key that is not trusted, whatever the record says of it", func(t *testing.T) {
		if err := accepted(line, signing.AuditHead, other.Public()); !fault.Is(err, fault.InvalidValue) {
			t.Error(err)
		}
		if err := accepted(line, signing.AuditHead); !fault.Is(err, fault.InvalidValue) {
			t.Error(err)
		}
	})
	t.Run("and not as a record of another kind", func(t *testing.T) {
		if err := accepted(line, signing.Statement, key.Public()); !fault.Is(err, fault.InvalidValue) {
			t.Error(err)
		}
	})
}

func TestNoByteOfARecordCanBeChanged(t *testing.T) {
	key := fixed(t, 1)
	line := sealed(t, key)
	for at := range line {
		for _, other := range []byte("0189aAzZ+/=\"{}[]:,\\ \x00\xff") {
			changed := bytes.Clone(line)
			changed[at] = other
			if other == line[at] {
				continue
			}
			if err := accepted(changed, signing.AuditHead, key.Public()); !fault.Is(err, fault.InvalidValue) {
				t.Fatalf("byte %d changed to %q is accepted: %v", at, other, err)
			}
		}
		if err := accepted(append(bytes.Clone(line[:at]), line[at+1:]...), signing.AuditHead, key.Public()); err == nil {
			t.Fatalf("without its byte %d it is accepted", at)
		}
	}
}

func TestARecordIsWrittenOneWayOnly(t *testing.T) {
	key := fixed(t, 1)
	line := string(sealed(t, key))
	replaced := func(old, by string) string { return strings.Replace(line, old, by, 1) }
	for name, text := range map[string]string{
		"a name given twice":             replaced(`"key_id"`, `"key_id":"x","key_id"`),
		"a name in other letters":        replaced(`"key_id"`, `"Key_ID"`),
		"an unknown name":                replaced(`"key_id"`, `"note":1,"key_id"`),
		"a name missing":                 replaced(`"key_id":"34750f98bd59fcfc",`, ``),
		"another order":                  `{"key_id":"34750f98bd59fcfc",` + strings.Replace(line[1:], `"key_id":"34750f98bd59fcfc",`, ``, 1),
		"text after it":                  line + "{}",
		"an escape":                      replaced(`"34750f`, `"\u00334750f`),
		"a line feed in the signature":   replaced(`"signature":"`, `"signature":"\n`),
		"nothing":                        "",
		"null":                           "null",
		"another value":                  `"x"`,
		"content that is no object":      `{"content":1,"key_id":"","public_key":"","signature":""}`,
		"a name twice within content":    replaced(`"seq"`, `"seq":"9","seq"`),
		"blanks within text of content":  replaced(`"12"`, `"12 "`),
		"a signature of another content": replaced(`"12"`, `"13"`),
	} {
		if err := accepted([]byte(text), signing.AuditHead, key.Public()); !fault.Is(err, fault.InvalidValue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestContentIsReadByTheDocumentsOwnNames(t *testing.T) {
	for name, content := range map[string]string{
		"an unknown name":         `{"seq":"12","note":"","more":1}`,
		"a name missing":          `{"seq":"12"}`,
		"a name twice":            `{"seq":"9","seq":"12","note":""}`,
		"a name in other letters": `{"Seq":"12","note":""}`,
		"another type":            `{"seq":12,"note":""}`,
	} {
		record, err := fixed(t, 1).Seal(signing.AuditHead, json.RawMessage(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := record.Decode(&document{}); !fault.Is(err, fault.InvalidValue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
