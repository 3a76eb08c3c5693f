package store

import (
	"database/sql/driver"
	"encoding/json"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// externalCodes are the codes of a version as JSON: [["namespace","code"], …].
type externalCodes []indicator.ExternalCode

func externalTexts(codes []indicator.ExternalCode) [][2]string {
	texts := make([][2]string, len(codes))
	for i, c := range codes {
		texts[i] = [2]string{c.Namespace, c.Code}
	}
	return texts
}

// Value implements driver.Valuer.
func (c externalCodes) Value() (driver.Value, error) {
	text, err := json.Marshal(externalTexts(c))
	return string(text), err
}

// Scan implements sql.Scanner.
func (c *externalCodes) Scan(src any) error {
	text, err := textOf(src, "external codes")
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
