package httpapi

import (
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// codeWords are the words of codes, by the type that the tag x-words of a field names.
var codeWords = map[string]func(code string) fault.Text{
	"access.Role":               labelOf[access.Role],
	"assessment.EntryKind":      loop.EntryLabel,
	"indicator.AgencyEventKind": labelOf[indicator.AgencyEventKind],
	"indicator.Basis":           labelOf[indicator.Basis],
	"indicator.Binding":         labelOf[indicator.Binding],
	"indicator.Comparator":      labelOf[indicator.Comparator],
	"indicator.Confidence":      labelOf[indicator.Confidence],
	"indicator.Course":          labelOf[indicator.Course],
	"indicator.Direction":       labelOf[indicator.Direction],
	"indicator.Frequency":       labelOf[indicator.Frequency],
	"indicator.Kind":            labelOf[indicator.Kind],
	"indicator.Missing":         labelOf[indicator.Missing],
	"indicator.Over":            labelOf[indicator.Over],
	"indicator.Settled":         labelOf[indicator.Settled],
	"indicator.State":           labelOf[indicator.State],
	"loop.Assessed":             labelOf[loop.Assessed],
	"loop.DeliveryState":        labelOf[loop.DeliveryState],
	"loop.Format":               labelOf[loop.Format],
	"loop.IssueStepKind":        labelOf[loop.IssueStepKind],
	"loop.Level":                labelOf[loop.Level],
	"loop.Light":                labelOf[loop.Light],
	"oversight.LightSource":     loop.LightSourceLabel,
	"oversight.NextDue":         loop.NextDueLabel,
	"progress.Caution":          indicator.CautionLabel,
	"progress.Reason":           indicator.ReasonLabel,
}

func labelOf[C interface {
	~string
	Label() fault.Text
}](code string) fault.Text {
	return C(code).Label()
}

// wordsOfCode is what a code of a type means; nothing for a type without words.
func wordsOfCode(codes, code string) fault.Text {
	if words := codeWords[codes]; words != nil {
		return words(code)
	}
	return fault.Text{}
}
