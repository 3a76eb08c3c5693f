package tabular

import (
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// lines writes rows as lists have them in JSON, one a line.
type lines[T any] struct {
	w      io.Writer
	fields []string
}

// Write implements Rows.
func (l *lines[T]) Write(row *T) error {
	data, err := json.Marshal(row)
	if err != nil {
		return err
	}
	if len(l.fields) > 0 {
		if data, err = only(data, l.fields); err != nil {
			return err
		}
	}
	_, err = l.w.Write(append(data, '\n'))
	return err
}

// Close implements Rows.
func (l *lines[T]) Close() error { return nil }

// only keeps some members of an object, in their order there; one that it has not is null.
func only(object []byte, fields []string) ([]byte, error) {
	var all map[string]jsontext.Value
	if err := json.Unmarshal(object, &all); err != nil {
		return nil, err
	}
	out := []byte{'{'}
	for _, f := range fields {
		value, ok := all[f]
		if !ok { // left out where there is nothing, and asked for
			value = jsontext.Value("null")
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		name, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), value...)
	}
	return append(out, '}'), nil
}
