package loop

import (
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// Format is the shape of what a webhook is sent.
type Format string

// The formats: the event itself, and messages for the robots of 企业微信, 钉钉 and 飞书.
const (
	Plain    Format = "plain"
	WeCom    Format = "wecom"
	DingTalk Format = "dingtalk"
	Feishu   Format = "feishu"
)

// Label is the format in words.
func (f Format) Label() fault.Text {
	return map[Format]fault.Text{
		Plain: {ZH: "原始事件", EN: "the event itself"}, WeCom: {ZH: "企业微信", EN: "WeCom"}, DingTalk: {ZH: "钉钉", EN: "DingTalk"}, Feishu: {ZH: "飞书", EN: "Feishu"},
	}[f]
}

// Formats lists the formats.
var Formats = []Format{Plain, WeCom, DingTalk, Feishu}

// Webhook is an address that is told of what happens.
type Webhook struct {
	ID          int64  // as the store numbers webhooks
	Code        string // by which callers know it
	URL         string
	Description string
	Events      []string // types, issue.* for all of a kind, * for all
	Plans       []string // codes; nil for all plans
	Format      Format
	Secret      string // signs; whsec_ and base64
	// Previous signs too until a moment, so that a receiver can change over.
	Previous      string
	PreviousUntil time.Time
	RobotSecret   string // with which the robots of DingTalk and Feishu have their messages signed; empty for none
	CreatedAt     time.Time
	CreatedBy     string // id of a key
	DisabledAt    time.Time
	DisabledWhy   string
	FailingSince  time.Time // the first failure since anything arrived
}

// Wants reports whether the webhook is to be told of an event of a type about a plan. What is of
// no plan is told to those that want all.
func (w Webhook) Wants(eventType, plan string) bool {
	if len(w.Plans) > 0 && !slices.Contains(w.Plans, plan) {
		return false
	}
	return slices.ContainsFunc(w.Events, func(pattern string) bool { return MatchesType(pattern, eventType) })
}

// MatchesType reports whether a type is the one, or one of those, that a subscription names.
func MatchesType(pattern, eventType string) bool {
	if kind, all := strings.CutSuffix(pattern, "*"); all {
		return strings.HasPrefix(eventType, kind)
	}
	return pattern == eventType
}

// Log is one of the logs whose entries are told.
type Log string

// The logs.
const (
	MeasurementLog Log = "m"
	EventLog       Log = "l"
	StatusLog      Log = "s"
)

// StatusChange is that an indicator came to stand otherwise.
type StatusChange struct{ Before, After string }

// Occurrence is an entry of a log: one of Measurement, Event and Status is there.
type Occurrence struct {
	Log       Log
	ID        int64 // place in the log
	At        time.Time
	Plan      string
	Indicator string // code; empty where it is about none
	Hidden    bool   // about an indicator that is not published

	Measurement *indicator.Measurement
	Event       *Event
	Status      *StatusChange
}

// Type is the type of the event that tells of it.
func (o Occurrence) Type() string {
	switch {
	case o.Status != nil:
		return StatusChanged
	case o.Event != nil:
		return string(o.Event.Kind) + "." + o.Event.Type
	case o.Measurement.Retracts != 0:
		return ReportRetracted
	case o.Measurement.Revision > 1:
		return ReportCorrected
	}
	return ReportStored
}

// The types of events that are not the loop's own.
const (
	ReportStored    = "report.stored"
	ReportCorrected = "report.corrected"
	ReportRetracted = "report.retracted"
	StatusChanged   = "indicator.status_changed"
)

// DeliveryState says how far a delivery has come.
type DeliveryState string

// The states of deliveries.
const (
	Pending   DeliveryState = "pending"
	Delivered DeliveryState = "delivered"
	Failed    DeliveryState = "failed"
)

// DeliveryStates lists the states.
var DeliveryStates = []DeliveryState{Pending, Delivered, Failed}

// Label is the state in words.
func (s DeliveryState) Label() fault.Text {
	return map[DeliveryState]fault.Text{
		Pending: {ZH: "待送达", EN: "pending"}, Delivered: {ZH: "已送达", EN: "delivered"}, Failed: {ZH: "未送达", EN: "failed"},
	}[s]
}

// Delivery is one event on its way to one webhook.
type Delivery struct {
	ID          int64
	Event       string // stable id of the event, which a receiver knows repetitions by
	Type        string
	Subject     string // deliveries of one subject arrive in their order
	Seq         int64  // place among those of the subject, from 1
	Body        string
	State       DeliveryState
	Attempts    int
	CreatedAt   time.Time
	TriedFrom   time.Time // the first attempt
	NextAt      time.Time
	LastStatus  int // of HTTP; 0 where nothing answered
	LastError   string
	DeliveredAt time.Time
}

// Tried is what became of an attempt.
type Tried struct {
	Delivery Delivery
	Lease    string // under which it was made
	At       time.Time
	State    DeliveryState
	NextAt   time.Time
	Status   int
	Error    string
	// Disable says why the webhook is to be sent nothing more; empty where it goes on.
	Disable string
}

// Lagging is a webhook that something happened for, or that something is due for.
type Lagging struct {
	Webhook Webhook
	Behind  bool // something is in the logs that it was not given
	Due     int  // deliveries that may be tried now, as far as they were counted
}
