package httpapi

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// refuseNulls reports the first null of a JSON document that stands in none of
// the fields, JSON pointers, that may be null. Unmarshalling would pass it by
// as a field that was left out.
func refuseNulls(body []byte, nullable []string) error {
	for d := jsontext.NewDecoder(bytes.NewReader(body)); ; {
		token, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if at := string(d.StackPointer()); token.Kind() == 'n' && !slices.Contains(nullable, at) {
			return fault.Newf(fault.WrongType, "此项不能为 null，不改或不填时请省去", "null is not allowed here; leave the field out instead").At(at)
		}
	}
}
