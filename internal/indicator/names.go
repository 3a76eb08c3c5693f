package indicator

// NameOf is what a filter names.
type NameOf string

// What filters name, by the parameter.
const (
	NameOfPlan         NameOf = "plan"
	NameOfTask         NameOf = "task"
	NameOfIndicator    NameOf = "indicator"
	NameOfJurisdiction NameOf = "jurisdiction"
	NameOfAgency       NameOf = "agency"
	NameOfUnit         NameOf = "unit"
)
