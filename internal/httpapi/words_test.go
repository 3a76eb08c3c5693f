package httpapi_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/indicator-tracker/tracker/api/openapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

func texts[W ~string](words []W) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

// enumOf are the words of a schema, or of the items of a list; null is none of them.
func enumOf(s *openapi3.Schema) []string {
	if s.Items != nil {
		s = s.Items.Value
	}
	var words []string
	for _, word := range s.Enum {
		if word != nil {
			words = append(words, fmt.Sprint(word))
		}
	}
	return words
}

// TestTheContractHasTheWordsOfTheDomain holds every enumeration of the contract
// to the list that the domain reads and writes.
func TestTheContractHasTheWordsOfTheDomain(t *testing.T) {
	const inDetail = "CautionDetail.code" // a code of anything else is another thing
	domain := map[string][]string{
		"comparator": texts(indicator.Comparators), "kind": texts(indicator.Kinds), "binding": texts(indicator.Bindings),
		"direction": texts(indicator.Directions), "direction_by": texts(indicator.Grounds),
		"course": texts(indicator.Courses), "course_by": texts(indicator.Grounds),
		"over": texts(indicator.Overs), "each": texts(indicator.Everies), "frequency": texts(indicator.Frequencies),
		"basis": texts(indicator.Bases), "default_basis": texts(indicator.Bases), "confidence": texts(indicator.Confidences),
		"cautions": texts(progress.Cautions), inDetail: texts(progress.Cautions),
		"reason": texts([]progress.Reason{progress.NoMeasurement, progress.NoFigure, progress.ZeroTarget, progress.BaselineEqualsTarget, progress.TargetWaits, progress.YearMissing}),
	}
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	met := map[string]int{}
	hold := func(name string, s *openapi3.Schema) {
		want, known := domain[name]
		got := enumOf(s)
		if !known || len(got) == 0 {
			return
		}
		met[name]++
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for schema, ref := range doc.Components.Schemas {
		for field, property := range ref.Value.Properties {
			if schema+"."+field == inDetail {
				field = inDetail
			}
			hold(field, property.Value)
		}
	}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			for _, p := range op.Parameters {
				hold(p.Value.Name, p.Value.Schema.Value)
			}
		}
	}
	for name := range domain {
		if met[name] == 0 {
			t.Errorf("the contract has no words for %s", name)
		}
	}
	for name, n := range map[string]int{"direction": 4, "course": 4, "over": 4, "each": 4, "frequency": 3, "cautions": 2, "direction_by": 2} {
		if met[name] < n {
			t.Errorf("%s has words in %d places, want %d", name, met[name], n)
		}
	}
}
