package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// office is who does in a script what no agency does.
const office = "市政府督查室"

// yearVerbs are what can happen in a script, by the words for it.
var yearVerbs = map[string]func(*year, context.Context, scriptLine) error{
	"每日运行": (*year).runDaily,
	"运行":   (*year).runNow,
	"报送":   (*year).sendReports,
	"更正":   (*year).correct,
	"撤回":   (*year).retract,
	"进展":   (*year).update,
	"节点":   (*year).milestone,
	"节点完成": (*year).milestoneDone,
	"例外":   (*year).except,
	"调度":   (*year).stepCycle,
	"问题":   (*year).raise,
	"问题办理": (*year).stepIssue,
	"督办":   (*year).issueNotice,
	"督办办理": (*year).stepNotice,
	"加减分":  (*year).enter,
	"考核":   (*year).freeze,
}

// Words of scripts for those of the service.
var (
	scriptAssessed = wordsBy(loop.Assesseds)
	scriptLevels   = map[string]string{"蓝": "blue", "黄": "yellow", "红": "red"}
	scriptNotice   = map[string]string{
		"签收": "signed", "中期": "interim", "答复": "reply", "销号": "accepted", "退回": "sent_back", "升级": "escalated", "延期": "date_moved", "转办": "handed_on", "撤销": "withdrawn",
	}
	scriptIssue = map[string]string{
		"协调": "coordinating", "着手": "resolving", "已解决": "resolved", "销号": "closed", "退回": "sent_back", "说明": "commented", "改期": "dated",
	}
	scriptCycle = map[string]string{"锁定": loop.CycleLocked, "重开": loop.CycleReopened, "改期": loop.CycleDated}
	scriptEntry = map[string]string{"评议": "opinion", "加分": "bonus", "扣分": "deduction", "一票否决": "veto"}
)

func wordsBy(list []loop.Assessed) map[string]string {
	words := map[string]string{}
	for _, w := range list {
		words[w.Label().ZH] = string(w)
	}
	return words
}

// body is a request whose empty fields are left out.
type body map[string]any

func (b body) with(name, value string) body {
	if value != "" {
		b[name] = value
	}
	return b
}

func listOf(words string) (list []string) {
	return strings.FieldsFunc(words, func(r rune) bool { return r == '、' })
}

func (y *year) runDaily(context.Context, scriptLine) error {
	y.daily = true
	return nil
}

func (y *year) runNow(ctx context.Context, _ scriptLine) error { return y.run(ctx) }

// sendReports sends the reports of periods of which none was sent yet, each in the name of who leads its
// indicator: those of some agencies alone, or of all but some.
func (y *year) sendReports(ctx context.Context, l scriptLine) error {
	periods, only, but := listOf(l.fields["期"]), listOf(l.fields["单位"]), listOf(l.fields["除"])
	leads, err := y.leads(ctx)
	if err != nil {
		return err
	}
	var rounds [][]body // of which none has a period twice, as a correction comes after what it corrects
	times := map[string]int{}
	for i, m := range y.reports {
		lead := leads[m.Indicator]
		if y.sent[i] || !slices.Contains(periods, m.Period.String()) || len(only) > 0 && !slices.Contains(only, lead) || slices.Contains(but, lead) {
			continue
		}
		b := body{"indicator": m.Indicator, "period": m.Period.String(), "basis": string(m.Basis), "provisional": m.Provisional}
		b.with("source_id", m.SourceID).with("note", m.Note).with("agency", lead)
		if m.IsFigure() {
			b["value"], b["unit"] = m.Value.String(), m.Unit.String()
		} else {
			b["missing"] = string(m.Missing)
			delete(b, "basis")
		}
		if m.Share != nil {
			delete(b, "value")
			b["numerator"], b["denominator"] = m.Share.Numerator.String(), m.Share.Denominator.String()
		}
		key := m.Indicator + " " + m.Period.String() + " " + string(m.Basis)
		if at := times[key]; at == len(rounds) {
			rounds = append(rounds, []body{b})
		} else {
			rounds[at] = append(rounds[at], b)
		}
		times[key]++
		y.sent[i] = true
	}
	if len(rounds) == 0 {
		return errors.New("nothing is left to be sent")
	}
	for _, rows := range rounds {
		if _, err := y.post(ctx, "各单位报送系统", "/api/v1/measurements/batch?mode=atomic", rows); err != nil {
			return err
		}
	}
	return nil
}

// leads are who leads each indicator of the plan, by code: the first where several do.
func (y *year) leads(ctx context.Context) (map[string]string, error) {
	leads := map[string]string{}
	query := indicator.Query{Selection: indicator.Selection{Plans: []string{y.plan}}}
	for {
		ins, next, err := y.db.Indicators(ctx, indicator.AllVisible(), query)
		if err != nil {
			return nil, err
		}
		for _, in := range ins {
			if len(in.LeadAgencies) > 0 {
				leads[in.Code] = in.LeadAgencies[0]
			}
		}
		if query.Page.After = next; next == 0 {
			return leads, nil
		}
	}
}

func (y *year) correct(ctx context.Context, l scriptLine) error {
	by := l.fields["单位"]
	b := body{"indicator": y.plan + "-" + l.fields["指标"], "period": l.fields["期"], "value": l.fields["值"]}
	_, err := y.post(ctx, by, "/api/v1/measurements", b.with("basis", l.fields["口径"]).with("agency", by).with("note", l.text))
	return err
}

// retract takes back what the reports of the script have under a source_id.
func (y *year) retract(ctx context.Context, l scriptLine) error {
	at := slices.IndexFunc(y.reports, func(m indicator.Measurement) bool { return m.SourceID == l.fields["来源"] })
	if at < 0 {
		return fmt.Errorf("no report has the source_id %s", l.fields["来源"])
	}
	var page struct {
		Items []struct {
			ID       string
			SourceID string `json:"source_id"`
		}
	}
	if err := y.ask(ctx, "/api/v1/indicators/"+y.reports[at].Indicator+"/measurements", url.Values{"limit": {"500"}}, &page); err != nil {
		return err
	}
	for _, m := range page.Items {
		if m.SourceID == l.fields["来源"] {
			query := url.Values{"reason": {l.text}, "agency": {l.fields["单位"]}}
			ctx = indicator.WithActor(ctx, indicator.Actor{Key: indicator.AtCommandLine, Name: l.fields["单位"]})
			_, err := y.answer(httptest.NewRequestWithContext(ctx, http.MethodDelete, "/api/v1/measurements/"+m.ID+"?"+query.Encode(), nil))
			return err
		}
	}
	return fmt.Errorf("%s was not sent", l.fields["来源"])
}

func (y *year) update(ctx context.Context, l scriptLine) error {
	b := body{"period": l.fields["期"], "text": l.text}
	_, err := y.post(ctx, l.fields["单位"], "/api/v1/plans/"+y.plan+"/tasks/"+l.fields["任务"]+"/updates",
		b.with("assessed", scriptAssessed[l.fields["自评"]]).with("agency", l.fields["单位"]))
	return err
}

func (y *year) milestone(ctx context.Context, l scriptLine) error {
	return y.named(ctx, l, office, "/api/v1/plans/"+y.plan+"/tasks/"+l.fields["任务"]+"/milestones", body{"title": l.text, "due_on": l.fields["时限"]})
}

func (y *year) milestoneDone(ctx context.Context, l scriptLine) error {
	b := body{"type": loop.MilestoneDone, "done_on": l.on.String()}
	_, err := y.post(ctx, l.fields["单位"], "/api/v1/milestones/"+y.labels[l.fields["号"]]+"/events", b.with("text", l.text))
	return err
}

func (y *year) except(ctx context.Context, l scriptLine) error {
	_, err := y.post(ctx, office, y.cycle(l)+"/exceptions", body{"agency": l.fields["单位"], "until": l.fields["至"], "reason": l.text})
	return err
}

func (y *year) cycle(l scriptLine) string {
	return "/api/v1/plans/" + y.plan + "/cycles/" + l.fields["期"]
}

func (y *year) stepCycle(ctx context.Context, l scriptLine) error {
	b := body{"type": scriptCycle[l.fields["事项"]], "reason": l.text}
	_, err := y.post(ctx, office, y.cycle(l)+"/events", b.with("due_on", l.fields["截止"]).with("locks_on", l.fields["锁定"]))
	return err
}

// named makes a matter, which the script calls by a word from then on.
func (y *year) named(ctx context.Context, l scriptLine, by, path string, b body) error {
	id, err := y.post(ctx, by, path, b)
	if name := l.fields["号"]; err == nil && name != "" {
		y.labels[name] = id
	}
	return err
}

func (y *year) raise(ctx context.Context, l scriptLine) error {
	b := body{"title": l.text}
	b.with("due_on", l.fields["时限"]).with("agency", l.fields["单位"]).with("task", l.fields["任务"])
	if code := l.fields["指标"]; code != "" {
		b["indicator"] = y.plan + "-" + code
	} else {
		b["plan"] = y.plan
	}
	by := l.fields["提出"]
	if by == "" {
		by = office
	}
	return y.named(ctx, l, by, "/api/v1/issues", b)
}

// issueID is that of an issue that the script has named, or of the open one of a rule about an indicator.
func (y *year) issueID(ctx context.Context, l scriptLine) (string, error) {
	if name := l.fields["号"]; name != "" {
		return y.labels[name], nil
	}
	var page struct{ Items []struct{ ID string } }
	query := url.Values{"indicator": {y.plan + "-" + l.fields["指标"]}, "open": {"true"}}
	if err := y.ask(ctx, "/api/v1/issues", query, &page); err != nil {
		return "", err
	}
	if len(page.Items) == 0 {
		return "", fmt.Errorf("no issue about %s is open", l.fields["指标"])
	}
	return page.Items[0].ID, nil
}

func (y *year) stepIssue(ctx context.Context, l scriptLine) error {
	id, err := y.issueID(ctx, l)
	if err != nil {
		return err
	}
	by := l.fields["单位"]
	if by == "" {
		by = office
	}
	b := body{"type": scriptIssue[l.fields["事项"]]}
	_, err = y.post(ctx, by, "/api/v1/issues/"+id+"/events", b.with("text", l.text).with("due_on", l.fields["时限"]))
	return err
}

func (y *year) issueNotice(ctx context.Context, l scriptLine) error {
	title, asked, ok := strings.Cut(l.text, "。")
	if !ok {
		asked = title
	}
	b := body{"plan": y.plan, "title": title, "asked": asked, "level": scriptLevels[l.fields["级别"]], "lead_agency": l.fields["单位"]}
	b.with("due_on", l.fields["时限"])
	if tasks := listOf(l.fields["任务"]); len(tasks) > 0 {
		b["tasks"] = tasks
	}
	if code := l.fields["指标"]; code != "" {
		b["indicators"] = []string{y.plan + "-" + code}
	}
	return y.named(ctx, l, office, "/api/v1/notices", b)
}

func (y *year) stepNotice(ctx context.Context, l scriptLine) error {
	kind, by := scriptNotice[l.fields["事项"]], l.fields["单位"]
	b := body{"type": kind}
	if by == "" {
		by = office
	}
	switch kind {
	case "sent_back", "escalated", "date_moved", "handed_on", "withdrawn":
		b.with("reason", l.text)
	default:
		b.with("text", l.text)
	}
	b.with("level", scriptLevels[l.fields["级别"]]).with("due_on", l.fields["时限"])
	_, err := y.post(ctx, by, "/api/v1/notices/"+y.labels[l.fields["号"]]+"/events", b)
	return err
}

func (y *year) enter(ctx context.Context, l scriptLine) error {
	b := body{"what": scriptEntry[l.fields["类别"]], "agency": l.fields["单位"], "by": l.fields["给出"], "reason": l.text}
	_, err := y.post(ctx, office, "/api/v1/plans/"+y.plan+"/assessment/entries", b.with("points", l.fields["分"]))
	return err
}

func (y *year) freeze(ctx context.Context, l scriptLine) error {
	return y.named(ctx, l, office, "/api/v1/plans/"+y.plan+"/assessments", body{"title": l.text, "on": l.fields["评判日"]})
}
