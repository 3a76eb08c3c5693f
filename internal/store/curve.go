package store

import (
	"database/sql/driver"
	"encoding/json"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// curve is a schedule as JSON: [{"on":"2023-06-30","percent":"40.50"}].
type curve []indicator.CurvePoint

type curvePoint struct {
	On      string `json:"on"`
	Percent string `json:"percent"` // a string, so that no reader rounds it
}

// Value implements driver.Valuer.
func (c curve) Value() (driver.Value, error) {
	points := make([]curvePoint, len(c))
	for i, p := range c {
		points[i] = curvePoint{On: p.On.String(), Percent: p.Percent.String()}
	}
	text, err := json.Marshal(points)
	return string(text), err
}

// Scan implements sql.Scanner.
func (c *curve) Scan(src any) error {
	text, err := database.TextOf(src, "curves")
	if err != nil {
		return err
	}
	var points []curvePoint
	if err := json.Unmarshal(text, &points); err != nil {
		return err
	}
	*c = nil
	for _, p := range points {
		on, err := indicator.ParseDate(p.On)
		if err != nil {
			return err
		}
		percent, err := quantity.ParseNumber(p.Percent)
		if err != nil {
			return err
		}
		*c = append(*c, indicator.CurvePoint{On: on, Percent: percent})
	}
	return nil
}
