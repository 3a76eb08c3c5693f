package v1

// ExternalCode is what another system calls an indicator.
type ExternalCode struct {
	// Namespace is the sender's; empty for the one that is shared by all.
	Namespace string `json:"namespace" zh:"命名空间" example:"gxj-erp"`
	Code      string `json:"code" zh:"代码" example:"A-17"`
} //@name ExternalCode

// ExternalCodeInput is what another system calls an indicator, in a request.
type ExternalCodeInput struct {
	// Namespace is the sender's; empty or left out for the one that is shared by all.
	Namespace string `json:"namespace,omitempty" maxLength:"64" example:"gxj-erp"`
	Code      string `json:"code" minLength:"1" maxLength:"200" example:"A-17" binding:"required"`
} //@name ExternalCodeInput

// ExternalCodeRowInput is one row of a table of external codes.
type ExternalCodeRowInput struct {
	Indicator    string `json:"indicator" example:"qingzhou-2023-14-1" binding:"required"`
	ExternalCode string `json:"external_code" example:"A-17" binding:"required"`
} //@name ExternalCodeRowInput

// ExternalCodesMapped says what a table of external codes led to.
type ExternalCodesMapped struct {
	Namespace string `json:"namespace" example:"gxj-erp"`
	DryRun    bool   `json:"dry_run" example:"false"`
	// Codes mean an indicator now.
	Codes int `json:"codes" example:"412"`
	// Added meant nothing before, Moved meant another indicator, Removed mean nothing any more.
	Added   int `json:"added" example:"12"`
	Moved   int `json:"moved" example:"1"`
	Removed int `json:"removed" example:"0"`
	// Indicators have other codes than before, in a new version each.
	Indicators int `json:"indicators" example:"13"`
} //@name ExternalCodesMapped
