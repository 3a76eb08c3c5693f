package v1

import "encoding/json"

// Event is what a webhook of the format plain is sent.
type Event struct {
	Type      string    `json:"type"`
	Timestamp string    `json:"timestamp"` // when it happened, RFC 3339
	Data      EventData `json:"data"`
}

// EventData is what happened: one of Report, Change and Happened is there.
type EventData struct {
	Subject   string `json:"subject"` // events of one subject arrive in their order
	Seq       int64  `json:"seq"`     // place among the webhook's events of the subject, from 1
	Plan      string `json:"plan,omitempty"`
	Indicator string `json:"indicator,omitempty"`

	Report   *EventReport   `json:"report,omitempty"`
	Change   *EventChange   `json:"change,omitempty"`
	Happened *EventHappened `json:"event,omitempty"`

	// Links are paths of the service: self is what it is about.
	Links map[string]string `json:"links"`
}

// EventReport is a report that was stored, corrected or taken back.
type EventReport struct {
	ID         string `json:"id"`
	Period     string `json:"period"`
	Basis      string `json:"basis"`
	Revision   int    `json:"revision"`
	Value      string `json:"value,omitempty"` // exact, as text; left out where the figure is missing
	Unit       string `json:"unit"`
	Missing    string `json:"missing,omitempty"`
	ReportedBy string `json:"reported_by,omitempty"` // the agency
}

// EventChange is that an indicator came to stand otherwise.
type EventChange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// EventHappened is an event of the plan's loop.
type EventHappened struct {
	ID      string          `json:"id"`
	Thread  string          `json:"thread"`
	Seq     int             `json:"seq"`
	About   string          `json:"about,omitempty"`
	Agency  string          `json:"agency_id,omitempty"`
	By      string          `json:"by,omitempty"`
	Content json.RawMessage `json:"content,omitempty"`
}
