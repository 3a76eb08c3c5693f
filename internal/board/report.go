package board

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// reportPage is the view of the form that reports one period of an indicator.
type reportPage struct {
	Indicator v1.Indicator
	Progress  *v1.ProgressRow
	// Reports are the newest that were sent, the newest first.
	Reports []sentReport
	Period  string
	// Example is a period as the indicator has them.
	Example string
	// Checked is what would become of the report; nil until it was checked.
	Checked *v1.MeasurementReceipt
	// Replaces is the report of another agency that would have to be named; empty for none.
	Replaces string
	// Key makes a report that is sent twice count once.
	Key   string
	Bases []indicator.Basis
	// Basis is what the report counts until something else is chosen: what the newest one counts.
	Basis    string
	Missings []indicator.Missing
	// Share says that numerator and denominator can be given.
	Share    bool
	Agencies []v1.MyAgency
}

// sentReport is a report that was sent.
type sentReport struct {
	v1.Measurement
	// Superseded says that a newer revision has taken its place: it can no longer be taken back.
	Superseded bool
}

func showReport(v *visit) error {
	return v.reportPage(nil)
}

// reportsShown is how many of the newest reports a form shows.
const reportsShown = 12

func (v *visit) reportPage(checked *v1.MeasurementReceipt) error {
	code := v.r.PathValue("code")
	content := reportPage{Checked: checked, Bases: indicator.Bases, Missings: indicator.Missings, Agencies: v.Me.Agencies, Key: v.Posted("idempotency_key")}
	if content.Key == "" || v.Refused != nil {
		content.Key = v.board.Text() // another report than the one that was refused
	}
	if err := v.get(&content.Indicator, nil, "indicators", code); err != nil {
		return err
	}
	if err := v.meetPlan(content.Indicator.Plan); err != nil {
		return err
	}
	content.Share = content.Indicator.Target.Unit == "%" || content.Indicator.Target.Unit == "‰"
	if content.Indicator.State == "confirmed" {
		if err := v.readReports(&content, code); err != nil {
			return err
		}
	}
	content.Basis = content.Indicator.DefaultBasis
	if len(content.Reports) > 0 {
		content.Basis = content.Reports[0].Basis
	}
	if posted := v.Posted("basis"); posted != "" {
		content.Basis = posted
	}
	content.Example = periodEnding(content.Indicator.Frequency, v.Me.Today)
	content.Period = v.Posted("period")
	if content.Period == "" {
		content.Period = v.r.URL.Query().Get("period")
	}
	if content.Period == "" && content.Progress != nil && content.Progress.CutOff != nil {
		content.Period = periodEnding(content.Indicator.Frequency, *content.Progress.CutOff)
	}
	if v.Refused != nil {
		content.Replaces = v.Refused.Measurement
	}
	v.board.write(v, http.StatusOK, "report", v.T("报送", "Report")+" · "+content.Indicator.Name, content)
	return nil
}

func (v *visit) readReports(content *reportPage, code string) error {
	var row v1.ProgressRow
	var feed v1.MeasurementPage
	err := together(
		func() error { return v.get(&row, nil, "indicators", code, "progress") },
		func() error { return v.get(&feed, url.Values{"limit": {"500"}}, "indicators", code, "measurements") },
	)
	if err != nil {
		return err
	}
	content.Progress = &row
	type series struct {
		period string
		basis  string
	}
	newest := map[series]int{}
	for _, m := range feed.Items {
		of := series{m.Period, m.Basis}
		newest[of] = max(newest[of], m.Revision)
	}
	for i := len(feed.Items) - 1; i >= 0 && len(content.Reports) < reportsShown; i-- {
		m := feed.Items[i]
		content.Reports = append(content.Reports, sentReport{Measurement: m, Superseded: m.Revision < newest[series{m.Period, m.Basis}]})
	}
	return nil
}

// ReportAt is where an indicator is reported; empty for readers who may not, or whose agencies do not lead it.
func (v *visit) ReportAt(in v1.Indicator) string {
	leads := func(own v1.MyAgency) bool { return slices.Contains(in.LeadAgencies, own.Name) }
	if !v.May("report") || in.State != "confirmed" || len(v.Me.Agencies) > 0 && !slices.ContainsFunc(v.Me.Agencies, leads) {
		return ""
	}
	return v.Link("reporting", in.Code)
}

// report checks what the form sent and, when it was told to, stores it.
func report(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	code := v.r.PathValue("code")
	sent := v1.MeasurementRequest{
		Indicator: code, Period: v.posted("period"), Value: number(v.posted("value")), Numerator: number(v.posted("numerator")),
		Denominator: number(v.posted("denominator")), Missing: v.posted("missing"), Provisional: v.posted("provisional") != "",
		Unit: v.posted("unit"), Basis: v.posted("basis"), Note: v.posted("note"), EvidenceURL: v.posted("evidence_url"),
		Agency: v.posted("agency"), Replaces: v.posted("replaces"),
	}
	var receipt v1.MeasurementReceipt
	check := v.posted("action") != "send"
	query, header := url.Values{}, http.Header{}
	if check {
		query.Set("dry_run", "true")
	} else if key := v.posted("idempotency_key"); key != "" {
		header.Set("Idempotency-Key", key)
	}
	if err := v.send(http.MethodPost, sent, &receipt, query, header, "measurements"); err != nil {
		return v.again(err, showReport)
	}
	if check {
		return v.reportPage(&receipt)
	}
	return v.done(receipt.Outcome, "reporting", code)
}

// number is a number as it was typed: blanks and the commas between thousands are no part of it.
func number(typed string) v1.NumberInput {
	return v1.NumberInput(strings.NewReplacer(",", "", "，", "", " ", "", "\u00a0", "").Replace(typed))
}

// retract takes a report back.
func retract(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	code := v.posted("indicator")
	query := url.Values{"reason": {v.posted("reason")}}
	if agency := v.posted("agency"); agency != "" {
		query.Set("agency", agency)
	}
	err := v.answer(v.r.Context(), request{method: http.MethodDelete, path: apiPath("measurements", v.r.PathValue("id")), query: query}, nil)
	if err != nil {
		var p problem
		if errors.As(err, &p) && p.Status < http.StatusInternalServerError && code != "" {
			v.r.SetPathValue("code", code)
			return v.again(err, showReport)
		}
		return err
	}
	return v.done("retracted", "reporting", code)
}
