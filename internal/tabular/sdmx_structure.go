package tabular

import (
	"io"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// The parts of an SDMX-JSON 2.0.0 structure message that are written here.
type (
	structureMessage struct {
		Meta messageMeta   `json:"meta"`
		Data messageObject `json:"data"`
	}
	messageMeta struct {
		Schema    string      `json:"schema"`
		ID        string      `json:"id"`
		Test      bool        `json:"test"`
		Prepared  string      `json:"prepared"`
		Languages []string    `json:"contentLanguages"`
		Sender    messageName `json:"sender"`
	}
	messageName struct {
		ID string `json:"id"`
	}
	messageObject struct {
		Codelists  []messageCodelist  `json:"codelists"`
		Concepts   []messageConcepts  `json:"conceptSchemes"`
		Structures []messageStructure `json:"dataStructures"`
		Flows      []messageFlow      `json:"dataflows"`
	}
	named struct {
		ID    string            `json:"id"`
		Name  string            `json:"name"`
		Names map[string]string `json:"names"`
	}
	maintained struct {
		named   `json:",inline"`
		Agency  string `json:"agencyID"`
		Version string `json:"version"`
	}
	messageCodelist struct {
		maintained `json:",inline"`
		Codes      []named `json:"codes"`
	}
	messageConcepts struct {
		maintained `json:",inline"`
		Concepts   []named `json:"concepts"`
	}
	messageFlow struct {
		maintained `json:",inline"`
		Structure  string `json:"structure"`
	}
	messageStructure struct {
		maintained `json:",inline"`
		Components messageComponents `json:"dataStructureComponents"`
	}
	messageComponents struct {
		Dimensions messageDimensions `json:"dimensionList"`
		Measures   messageMeasures   `json:"measureList"`
		Attributes messageAttributes `json:"attributeList"`
	}
	messageDimensions struct {
		ID         string             `json:"id"`
		Dimensions []messageComponent `json:"dimensions"`
		Time       *messageComponent  `json:"timeDimension,omitempty"`
	}
	messageMeasures struct {
		ID       string             `json:"id"`
		Measures []messageComponent `json:"measures"`
	}
	messageAttributes struct {
		ID         string             `json:"id"`
		Attributes []messageComponent `json:"attributes"`
	}
	messageComponent struct {
		ID       string                `json:"id"`
		Position int                   `json:"position,omitzero"`
		Usage    string                `json:"usage,omitempty"`
		Relation *messageRelation      `json:"attributeRelationship,omitempty"`
		Concept  string                `json:"conceptIdentity"`
		Values   messageRepresentation `json:"localRepresentation"`
	}
	messageRelation struct {
		Observation struct{} `json:"observation"`
	}
	messageRepresentation struct {
		Enumeration string         `json:"enumeration,omitempty"`
		Format      *messageFormat `json:"format,omitempty"`
	}
	messageFormat struct {
		Type string `json:"dataType"`
	}
)

const (
	structureSchema = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
	conceptScheme   = "CS_TRACKER"
	urnStart        = "urn:sdmx:org.sdmx.infomodel."
)

// StructureMediaType is that of WriteStructures.
const StructureMediaType = "application/vnd.sdmx.structure+json;version=2.0.0"

// WriteStructures writes the structure message of some structures in SDMX-JSON 2.0.0: their
// codelists, concepts, data structure definitions and dataflows, with names in Chinese and
// English.
func WriteStructures(w io.Writer, structures []*Structure, prepared time.Time) error {
	m := structureMessage{Meta: messageMeta{
		Schema: structureSchema, ID: "STRUCTURES", Prepared: prepared.UTC().Format(time.RFC3339),
		Languages: []string{"zh", "en"}, Sender: messageName{sdmxAgency},
	}}
	concepts := messageConcepts{maintained: maintainedOf(conceptScheme, fault.Text{ZH: "概念", EN: "Concepts"})}
	codelists, known := make(map[string]bool), make(map[string]bool)
	for _, s := range structures {
		for _, c := range s.Components {
			if !known[c.ID] {
				known[c.ID] = true
				concepts.Concepts = append(concepts.Concepts, namedOf(c.ID, c.Name))
			}
			if c.Codes != nil && !codelists[c.Codes.ID] {
				codelists[c.Codes.ID] = true
				m.Data.Codelists = append(m.Data.Codelists, codelistOf(c.Codes))
			}
		}
		m.Data.Structures = append(m.Data.Structures, definitionOf(s))
		m.Data.Flows = append(m.Data.Flows, messageFlow{
			maintained: maintainedOf(s.ID, s.Name), Structure: urnStart + "datastructure.DataStructure=" + s.reference(),
		})
	}
	m.Data.Concepts = []messageConcepts{concepts}
	return json.MarshalWrite(w, m, json.Deterministic(true))
}

func namedOf(id string, name fault.Text) named {
	return named{ID: id, Name: name.EN, Names: map[string]string{"zh": name.ZH, "en": name.EN}}
}

func maintainedOf(id string, name fault.Text) maintained {
	return maintained{named: namedOf(id, name), Agency: sdmxAgency, Version: sdmxVersion}
}

func codelistOf(list *Codelist) messageCodelist {
	m := messageCodelist{maintained: maintainedOf(list.ID, list.Name)}
	for _, code := range list.Codes {
		m.Codes = append(m.Codes, namedOf(code.ID, code.Name))
	}
	return m
}

func definitionOf(s *Structure) messageStructure {
	m := messageStructure{maintained: maintainedOf(s.ID, s.Name)}
	of := &m.Components
	of.Dimensions.ID, of.Measures.ID, of.Attributes.ID = "DimensionDescriptor", "MeasureDescriptor", "AttributeDescriptor"
	for _, c := range s.Components {
		component := messageComponent{
			ID: c.ID, Concept: urnStart + "conceptscheme.Concept=" + sdmxAgency + ":" + conceptScheme + "(" + sdmxVersion + ")." + c.ID,
			Values: representationOf(c),
		}
		switch c.Role {
		case Dimension:
			component.Position = len(of.Dimensions.Dimensions) + 1
			of.Dimensions.Dimensions = append(of.Dimensions.Dimensions, component)
		case TimeDimension:
			of.Dimensions.Time = &component
		case Measure:
			component.Usage = "optional"
			of.Measures.Measures = append(of.Measures.Measures, component)
		case Attribute:
			component.Usage, component.Relation = "optional", &messageRelation{}
			of.Attributes.Attributes = append(of.Attributes.Attributes, component)
		}
	}
	return m
}

func representationOf(c Component) messageRepresentation {
	if c.Codes != nil {
		return messageRepresentation{Enumeration: urnStart + "codelist.Codelist=" + sdmxAgency + ":" + c.Codes.ID + "(" + sdmxVersion + ")"}
	}
	kind := map[Kind]string{Decimal: "Decimal", Integer: "Integer", Date: "GregorianDay", Moment: "DateTime", Flag: "Boolean"}[c.Type]
	if c.Role == TimeDimension {
		kind = "ObservationalTimePeriod"
	}
	if kind == "" {
		kind = "String"
	}
	return messageRepresentation{Format: &messageFormat{kind}}
}
