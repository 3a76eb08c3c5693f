package board

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// indicatorPage is the view of one indicator.
type indicatorPage struct {
	Indicator v1.Indicator
	// Progress is nil until the indicator is confirmed.
	Progress *v1.ProgressRow
	Series   v1.Series
	Chart    *chart
	Reports  []v1.Measurement
	// ReportsNext is the address of what was reported later; empty when that is all.
	ReportsNext string
	Passage     *passage
	// History are the versions of the indicator; nil for one that was never changed.
	History []version
	// Shares are what places have of it.
	Shares    []share
	Issues    []v1.Issue
	Notices   []v1.Notice
	Clock     url.Values
	Downloads downloads
	Statement string
}

// passage is a sentence of a plan within its text.
type passage struct{ Before, Quote, After string }

func showIndicator(v *visit) error {
	code := v.r.PathValue("code")
	content := indicatorPage{Clock: url.Values{}}
	if err := v.get(&content.Indicator, nil, "indicators", code); err != nil {
		return err
	}
	v.Section = "indicators"
	var issues v1.IssuePage
	var notices v1.NoticePage
	err := together(
		func() error { return v.meetPlan(content.Indicator.Plan) },
		func() error { return v.readFigures(&content) },
		func() (err error) { content.Passage, err = v.passage(content.Indicator); return err },
		func() (err error) { content.History, err = v.history(content.Indicator); return err },
		func() error { return without(v.get(&issues, v.withClocks("indicator", code), "issues")) },
		func() error {
			return without(v.get(&notices, v.withClocks("indicator", code, "plan", content.Indicator.Plan), "notices"))
		},
	)
	if err != nil {
		return err
	}
	content.Issues, content.Notices = issues.Items, notices.Items
	content.Shares = v.sharesOf(content.Indicator)
	v.board.write(v, http.StatusOK, "indicator", content.Indicator.Name, content)
	return nil
}

// readFigures reads how a confirmed indicator stands and what was reported of it.
func (v *visit) readFigures(content *indicatorPage) error {
	if content.Indicator.State != "confirmed" {
		return nil
	}
	code := content.Indicator.Code
	var row v1.ProgressRow
	var history v1.MeasurementPage
	asked := url.Values{"limit": {"100"}}
	if v.AsOf != "" {
		asked.Set("as_of", v.AsOf)
	}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		asked.Set("cursor", cursor)
	}
	err := together(
		func() error { return v.get(&row, v.withClocks("explain", "true"), "indicators", code, "progress") },
		func() error {
			return v.get(&content.Series, v.withClocks("projection", "true"), "indicators", code, "series")
		},
		func() error { return v.get(&history, asked, "indicators", code, "measurements") },
	)
	if err != nil {
		return err
	}
	content.Progress, content.Reports = &row, history.Items
	if history.NextCursor != nil {
		content.ReportsNext = v.linkWith(url.Values{"cursor": {*history.NextCursor}}, "indicators", code)
	}
	content.Chart = v.chartOf(content.Indicator, content.Series)
	content.Downloads = v.downloads(url.Values{}, row.On, row.AsOf, "indicators", code, "series")
	content.Statement = "/board/data/indicators/" + url.PathEscape(code) + "/statement?" + url.Values{"on": {row.On}, "as_of": {row.AsOf}}.Encode()
	return nil
}

// around is how many characters of a plan's text are shown before and after a sentence.
const around = 120

// passage cuts a sentence with what stands around it out of the text that it was read from.
func (v *visit) passage(in v1.Indicator) (*passage, error) {
	if in.Source == nil {
		return nil, nil
	}
	text, err := v.planText(in.Plan, in.Source.DocumentVersion)
	if err != nil {
		return nil, err
	}
	if in.Source.Start < 0 || in.Source.End > len(text) || in.Source.Start > in.Source.End {
		return &passage{Quote: in.Source.Quote}, nil
	}
	begin, end := max(in.Source.Start-around, 0), min(in.Source.End+around, len(text))
	p := passage{Before: string(text[begin:in.Source.Start]), Quote: string(text[in.Source.Start:in.Source.End]), After: string(text[in.Source.End:end])}
	if begin > 0 {
		p.Before = "…" + p.Before
	}
	if end < len(text) {
		p.After += "…"
	}
	return &p, nil
}

// planText is the decoded text of a version of a plan, by code points.
func (v *visit) planText(plan string, version int) ([]rune, error) {
	answer, err := v.do(v.r.Context(), request{
		method: http.MethodGet, path: apiPath("plans", plan, "document"), header: http.Header{"Accept": {"text/plain"}},
		query: url.Values{"form": {"text"}, "version": {strconv.Itoa(version)}},
	})
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	return []rune(string(body)), err
}
