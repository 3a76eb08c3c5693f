package delivery

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// Kind is an entry of the catalogue of events.
type Kind struct {
	Type string
	Says fault.Text
}

// Catalogue lists the types of events that are known by name. Of the loop's kinds every other
// kind.type is told as well.
var Catalogue = []Kind{
	{loop.ReportStored, fault.Text{ZH: "实绩已报送", EN: "a report was stored"}},
	{loop.ReportCorrected, fault.Text{ZH: "实绩已更正", EN: "a report was corrected"}},
	{loop.ReportRetracted, fault.Text{ZH: "实绩已撤回", EN: "a report was taken back"}},
	{loop.StatusChanged, fault.Text{ZH: "指标状态变化", EN: "an indicator came to stand otherwise"}},
	{typeOf(loop.KindIssue, string(loop.StepRaised)), fault.Text{ZH: "提出问题", EN: "an issue was raised"}},
	{typeOf(loop.KindIssue, string(loop.StepClosed)), fault.Text{ZH: "问题销号", EN: "an issue was closed"}},
	{typeOf(loop.KindNotice, loop.NoticeIssued), fault.Text{ZH: "下发督办单", EN: "a notice was issued"}},
	{typeOf(loop.KindNotice, loop.NoticeReply), fault.Text{ZH: "督办单已反馈", EN: "a notice was answered"}},
	{typeOf(loop.KindCycle, loop.CycleDue), fault.Text{ZH: "调度期到期", EN: "reports of a cycle are due"}},
	{typeOf(loop.KindCycle, loop.CycleLocked), fault.Text{ZH: "调度期锁定", EN: "a cycle was locked"}},
	{typeOf(loop.KindCycle, loop.CycleAgencyLate), fault.Text{ZH: "单位逾期未报", EN: "an agency is late"}},
	{typeOf(loop.KindAssessment, loop.ResultFrozen), fault.Text{ZH: "考核结果定档", EN: "an assessment was frozen"}},
}

// typeOf is the type of an event of the loop.
func typeOf(kind loop.Kind, what string) string { return string(kind) + "." + what }

var kindWords = map[loop.Kind]string{
	loop.KindUpdate: "进展情况", loop.KindMilestone: "节点", loop.KindCycle: "调度期", loop.KindIssue: "问题",
	loop.KindNotice: "督办单", loop.KindAssessment: "考核", loop.KindRun: "每日运行",
}

// CheckPattern refuses what is neither a type of events, nor a kind with .*, nor *.
func CheckPattern(pattern string) error {
	kind, name, parted := strings.Cut(pattern, ".")
	_, isLoop := kindWords[loop.Kind(kind)]
	known := func(p string) bool {
		return slices.ContainsFunc(Catalogue, func(k Kind) bool { return loop.MatchesType(p, k.Type) })
	}
	switch {
	case pattern == "*", parted && name == "*" && (isLoop || known(pattern)), known(pattern) && !strings.Contains(pattern, "*"):
		return nil
	case parted && isLoop && name != "" && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == "":
		return nil
	}
	return fault.Newf(fault.InvalidValue, "没有事件“%s”；可写 *、issue.*，或 report.stored 等", "there is no event %q; give *, issue.*, or a type such as report.stored", pattern)
}

// Compose makes the delivery of what happened to a webhook; false where it is not told: what the
// webhook does not want, and what is about an indicator that is not published.
func Compose(w loop.Webhook, o loop.Occurrence, seq int64) (loop.Delivery, bool) {
	if o.Hidden || !w.Wants(o.Type(), o.Plan) {
		return loop.Delivery{}, false
	}
	e := eventOf(o, seq)
	body := encoded(e)
	if w.Format != loop.Plain {
		body = robotBody(w.Format, headline(o, e), lines(o, e))
	}
	return loop.Delivery{Event: eventID(w.Code, o), Type: e.Type, Subject: e.Data.Subject, Seq: seq, Body: body}, true
}

// eventID is the same for an event whenever and wherever it is told to a webhook.
func eventID(webhook string, o loop.Occurrence) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", webhook, o.Log, o.ID))
	return "msg_" + hex.EncodeToString(sum[:12])
}

func eventOf(o loop.Occurrence, seq int64) v1.Event {
	e := v1.Event{Type: o.Type(), Timestamp: o.At.UTC().Format(time.RFC3339Nano), Data: v1.EventData{
		Seq: seq, Plan: o.Plan, Indicator: o.Indicator, Subject: "indicator:" + o.Indicator, Links: map[string]string{},
	}}
	if o.Indicator != "" {
		e.Data.Links["indicator"] = "/api/v1/indicators/" + url.PathEscape(o.Indicator)
		e.Data.Links["self"] = e.Data.Links["indicator"] + "/progress"
	}
	if o.Plan != "" {
		e.Data.Links["plan"] = "/api/v1/plans/" + url.PathEscape(o.Plan)
	}
	switch {
	case o.Measurement != nil:
		m := o.Measurement
		e.Data.Report = &v1.EventReport{
			ID: strconv.FormatInt(m.ID, 10), Period: m.Period.String(), Basis: string(m.Basis), Revision: m.Revision,
			Unit: m.Unit.String(), Missing: string(m.Missing), ReportedBy: m.ReportedBy.Agency,
		}
		if m.IsFigure() {
			e.Data.Report.Value = m.Value.String()
		}
		e.Data.Links["self"] = "/api/v1/measurements/" + e.Data.Report.ID
	case o.Status != nil:
		e.Data.Change = &v1.EventChange{From: o.Status.Before, To: o.Status.After}
	case o.Event != nil:
		happened(&e, *o.Event)
	}
	return e
}

func happened(e *v1.Event, of loop.Event) {
	thread := strconv.FormatInt(of.Thread, 10)
	e.Data.Subject = string(of.Kind) + ":" + thread
	e.Data.Happened = &v1.EventHappened{
		ID: strconv.FormatInt(of.ID, 10), Thread: thread, Seq: of.Seq, About: of.About, By: of.By.Name, Content: of.Content,
	}
	if of.Agency != 0 {
		e.Data.Happened.Agency = strconv.FormatInt(of.Agency, 10)
	}
	if !json.Valid(of.Content) {
		e.Data.Happened.Content = nil
	}
	switch of.Kind {
	case loop.KindIssue, loop.KindNotice:
		e.Data.Links["self"] = "/api/v1/" + string(of.Kind) + "s/" + thread
	case loop.KindAssessment:
		e.Data.Links["self"] = e.Data.Links["plan"] + "/assessments/" + thread
	case loop.KindCycle:
		if period, ok := strings.CutPrefix(of.About, "period:"); ok && e.Data.Links["plan"] != "" {
			e.Data.Links["self"] = e.Data.Links["plan"] + "/cycles/" + url.PathEscape(period)
		}
	}
}

// encoded is a plain value as JSON, which can always hold it.
func encoded(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "{}"
	}
	return string(text)
}
