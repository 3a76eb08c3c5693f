package signing

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// Record is a signed document and what is needed to find the key that verifies it. Its
// signature is over the kind, a line feed and the compact form of the content. What the
// record says of its key is no reason to trust that.
type Record struct {
	Content   json.RawMessage `json:"content"`    // a JSON object
	KeyID     string          `json:"key_id"`     // of the public key
	PublicKey string          `json:"public_key"` // its 32 bytes in base64
	Signature string          `json:"signature"`  // 64 bytes in base64
}

// Seal signs a document that JSON can hold as an object.
func (k Key) Seal(kind Kind, document any) (Record, error) {
	content, err := plain(document)
	if err != nil {
		return Record{}, err
	}
	public := k.Public()
	return Record{
		Content: content, KeyID: public.ID(), PublicKey: public.String(),
		Signature: base64.StdEncoding.EncodeToString(k.Sign(kind, content)),
	}, nil
}

// plain is compact JSON that leaves <, > and & as they are: other programs, which have to
// come to the same bytes, escape none of them.
func plain(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), err
}

// Line is the record as one line of compact JSON, without its end.
func (r Record) Line() ([]byte, error) { return plain(r) }

// ParseRecord reads a record, compact or with blanks between its parts. Beside such blanks
// there is one way to write a record: it fails with fault.InvalidValue when a name is given
// twice, unknown or missing, when names are in another order, text is escaped otherwise,
// or something follows. So no record is read whose bytes anybody may have changed without
// breaking the signature or the names of its key.
func ParseRecord(text []byte) (Record, error) {
	var r Record
	var compact bytes.Buffer
	err := json.Compact(&compact, text)
	if err == nil {
		err = strictly(compact.Bytes(), &r)
	}
	if err != nil {
		return Record{}, notRecord(err)
	}
	line, err := r.Line()
	if err != nil || !bytes.Equal(line, compact.Bytes()) || !bytes.HasPrefix(r.Content, []byte("{")) {
		return Record{}, notRecord(errors.New("it is written otherwise than a record is"))
	}
	return r, nil
}

func notRecord(cause error) error {
	return fault.Newf(fault.InvalidValue, "不是一条签名记录：%v", "this is no signed record: %v", cause)
}

// Verify reports whether one of the keys that the caller trusts has signed the record as
// one of the kind, and which; it fails with fault.InvalidValue when none has, or when the
// record names another key than the one that signed it.
func (r Record) Verify(kind Kind, trusted ...PublicKey) (PublicKey, error) {
	at := slices.IndexFunc(trusted, func(p PublicKey) bool { return p.ID() == r.KeyID && p.String() == r.PublicKey })
	if at < 0 {
		return PublicKey{}, fault.Newf(fault.InvalidValue, "由另一密钥（%q）签名，不是所信任的密钥",
			"it is signed with another key (%q) than those that are trusted", r.KeyID)
	}
	signature, err := base64.StdEncoding.DecodeString(r.Signature)
	if err != nil || base64.StdEncoding.EncodeToString(signature) != r.Signature || !trusted[at].Verify(kind, r.Content, signature) {
		return PublicKey{}, fault.Newf(fault.InvalidValue, "签名与内容不符：内容或签名被改动过，或不是“%s”",
			"the signature does not fit: the content or the signature was changed, or this is no %q", string(kind))
	}
	return trusted[at], nil
}

// Decode reads the content into a document, which has to be written again to the same
// bytes: a name that is unknown, missing or given twice, or a figure written otherwise, is
// fault.InvalidValue.
func (r Record) Decode(document any) error {
	err := strictly(r.Content, document)
	if err == nil {
		var again []byte
		if again, err = plain(document); err == nil && !bytes.Equal(again, r.Content) {
			err = errors.New("it is written otherwise than such a document is")
		}
	}
	if err != nil {
		return fault.Newf(fault.InvalidValue, "内容格式不正确：%v", "the content is not as it should be: %v", err)
	}
	return nil
}

// strictly decodes one value that has no unknown field.
func strictly(text []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(v)
}
