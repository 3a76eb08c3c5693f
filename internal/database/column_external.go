package database

import (
	"database/sql/driver"
	"encoding/json"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ExternalCodes are the codes of a version as JSON: [["namespace","code"], …].
type ExternalCodes []indicator.ExternalCode

// ExternalTexts are codes of other systems as the texts that are stored of each, the
// namespace and the code.
func ExternalTexts(codes []indicator.ExternalCode) [][2]string {
	texts := make([][2]string, len(codes))
	for i, c := range codes {
		texts[i] = [2]string{c.Namespace, c.Code}
	}
	return texts
}

// Value implements driver.Valuer.
func (c ExternalCodes) Value() (driver.Value, error) {
	text, err := json.Marshal(ExternalTexts(c))
	return string(text), err
}

// Scan implements sql.Scanner.
func (c *ExternalCodes) Scan(src any) error {
	text, err := TextOf(src, "external codes")
	*c = nil
	if err != nil {
		return err
	}
	if string(text) == "[]" {
		return nil
	}
	var texts [][2]string
	if err := json.Unmarshal(text, &texts); err != nil {
		return err
	}
	for _, t := range texts {
		*c = append(*c, indicator.ExternalCode{Namespace: t[0], Code: t[1]})
	}
	return nil
}
