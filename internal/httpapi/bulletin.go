package httpapi

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/docx"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

//go:embed print/*.html
var printFiles embed.FS

// printed are the pages that are made to be printed: whole in themselves, without scripts and
// requests, and in Chinese, as they go out.
var printed = template.Must(template.New("").Funcs(template.FuncMap{
	"step":  func(kind string) string { return loop.NoticeStepLabel(kind).ZH },
	"level": func(l string) string { return loop.Level(l).Label().ZH },
}).ParseFS(printFiles, "print/*.html"))

// printedPage is a page to be printed.
func printedPage(name string, content any) ([]byte, error) {
	var page bytes.Buffer
	err := printed.ExecuteTemplate(&page, name, content)
	return page.Bytes(), err
}

// answerPrinted answers with a page to be printed, which may fetch nothing.
func answerPrinted(c echo.Context, name string, content any) error {
	page, err := printedPage(name, content)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	markLanguage(c, "zh")
	return c.HTMLBlob(http.StatusOK, page)
}

// printNotice
//
// @Summary     打印督办单 · Print a notice
// @Description 可直接打印的网页，中文。 A page to be printed, in Chinese.
// @Tags        loop
// @ID          printNotice
// @Security    BearerAuth
// @Produce     text/html,application/problem+json
// @Param       id    path  string true  "督办单编号 · id of the notice" example(57)
// @Param       on    query string false "评判日期，默认今天 · date judged, today by default" format(date)
// @Param       as_of query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {string} string "网页 · the page"
// @Router      /api/v1/notices/{id}/print [get]
func (s *server) printNotice(c echo.Context) error {
	n, at, err := s.noticeAsked(c)
	if err != nil {
		return err
	}
	w := wireNotice(c.Request().Context(), languageOf(c), at.On)(n)
	w.LevelLabel, w.StateLabel = n.Level.Label().ZH, n.State.Label().ZH
	about, err := s.aboutNotice(c.Request().Context(), n, at)
	if err != nil {
		return err
	}
	return answerPrinted(c, "notice.html", printedNotice{w, about})
}

// printedNotice is a notice as it is printed: About names what it is about, for those who have only the paper.
type printedNotice struct {
	v1.Notice

	About []string
}

// aboutNotice names the tasks, indicators and issues that a notice is about, as they were called then.
func (s *server) aboutNotice(ctx context.Context, n loop.Notice, at tracker.Moment) ([]string, error) {
	var about []string
	if len(n.Tasks) > 0 {
		tasks, _, err := s.Reader.Tasks(ctx, n.Plan, indicator.TaskSelection{Numbers: n.Tasks}, indicator.Page{})
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			about = append(about, "任务 "+t.Number+" "+t.Title)
		}
	}
	if len(n.Indicators) > 0 {
		list, _, err := s.Reader.Indicators(ctx, access.Visibility(ctx), indicator.Query{Selection: indicator.Selection{Codes: n.Indicators}, AsOf: at.AsOf})
		if err != nil {
			return nil, err
		}
		for _, in := range list {
			about = append(about, "指标“"+in.Name+"”（"+in.Code+"）")
		}
	}
	for _, id := range n.Issues {
		issue, err := s.Oversight.Issue(ctx, id, at)
		if err != nil {
			return nil, err
		}
		about = append(about, "问题“"+issue.Title+"”（编号 "+wireID(id)+"）")
	}
	return about, nil
}

// readBulletin
//
// @Summary     督查通报 · Read the bulletin of a period
// @Description 某期末的总体、分篇章、分单位情况，先进与滞后单位及原因，督办单与问题，工作要求。数字与同日同刻的汇总一致。
// @Description
// @Description How the plan stood at the end of a period: overall, by section and agency, who leads, who lags and why, notices and issues, what is asked by when. Its figures are those of the summaries of that day and moment.
// @Tags        loop
// @ID          readBulletin
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       period query string true  "期 · period" example(2023-09)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {object} v1.Bulletin "通报 · the bulletin"
// @Router      /api/v1/plans/{plan}/bulletin [get]
func (s *server) readBulletin(c echo.Context) error {
	b, err := s.bulletinAsked(c)
	if err != nil {
		return err
	}
	lang := languageOf(c)
	markLanguage(c, lang)
	return c.JSON(http.StatusOK, wireBulletin(b, lang))
}

// printBulletin
//
// @Summary     打印督查通报 · Print the bulletin of a period
// @Description 可直接打印的网页，中文，数字与 JSON 的相同。 A page to be printed, in Chinese, with the figures of the bulletin.
// @Tags        loop
// @ID          printBulletin
// @Security    BearerAuth
// @Produce     text/html,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       period query string true  "期 · period" example(2023-09)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {string} string "网页 · the page"
// @Router      /api/v1/plans/{plan}/bulletin/print [get]
func (s *server) printBulletin(c echo.Context) error {
	b, err := s.bulletinAsked(c)
	if err != nil {
		return err
	}
	return answerPrinted(c, "bulletin.html", s.printedBulletin(b))
}

// printedBulletin is a bulletin as it goes out.
func (s *server) printedBulletin(b oversight.Bulletin) v1.Bulletin {
	w := wireBulletin(b, "zh")
	w.AsOf = b.At.AsOf.In(s.Service.Place()).Format("2006-01-02 15:04")
	return w
}

// documentBulletin
//
// @Summary     督查通报 Word 文件 · The bulletin of a period as a Word file
// @Description 可编辑的 .docx 文件，中文，内容与打印页相同。 A .docx file to be edited, in Chinese, with the content of the page to be printed.
// @Tags        loop
// @ID          documentBulletin
// @Security    BearerAuth
// @Produce     application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/problem+json
// @Param       plan   path  string true  "计划代码 · plan code" example(qingzhou-2023)
// @Param       period query string true  "期 · period" example(2023-09)
// @Param       as_of  query string false "按此刻已知的数据，可为时刻，或日期（至该日终了，今天即现在） · with what was known at this moment, a time, or a date: the end of that day, and now for today" extensions(x-pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}.*$)
// @Success     200 {file} file "Word 文件 · the Word file"
// @Router      /api/v1/plans/{plan}/bulletin/document [get]
func (s *server) documentBulletin(c echo.Context) error {
	b, err := s.bulletinAsked(c)
	if err != nil {
		return err
	}
	page, err := printedPage("bulletin.html", s.printedBulletin(b))
	if err != nil {
		return err
	}
	file, err := docx.FromPage(page)
	if err != nil {
		return err
	}
	name := "督查通报-" + b.Plan.Code + "-" + b.Period.String() + ".docx"
	c.Response().Header().Set(echo.HeaderContentDisposition, "attachment; filename=bulletin.docx; filename*=UTF-8''"+url.PathEscape(name))
	markLanguage(c, "zh")
	return c.Blob(http.StatusOK, docx.MediaType, file)
}

// bulletinAsked is the bulletin that a request asks for.
func (s *server) bulletinAsked(c echo.Context) (oversight.Bulletin, error) {
	p := query(c, "period", "as_of")
	text, asOf := p.text("period"), s.asOf(p)
	if text == "" {
		p.fail("period", "须写明期，如 2023-09", "say the period, such as 2023-09")
	}
	if p.err != nil {
		return oversight.Bulletin{}, p.err
	}
	period, err := indicator.ParsePeriod(text)
	if p.keep("period", err); p.err != nil {
		return oversight.Bulletin{}, p.err
	}
	return s.Oversight.Bulletin(c.Request().Context(), c.Param("plan"), period, asOf)
}

func wireBulletin(b oversight.Bulletin, lang string) v1.Bulletin {
	groups := func(list []tracker.Group) []v1.BulletinGroup {
		return each(list, func(g tracker.Group) v1.BulletinGroup {
			return v1.BulletinGroup{Key: g.Keys[0].Value, Label: g.Keys[0].Label.In(lang), SummaryFigures: wireFigures(g.Counts, lang)}
		})
	}
	w := v1.Bulletin{
		Plan: b.Plan.Code, Title: b.Plan.Title, Period: b.Period.String(), On: b.At.On.String(), AsOf: moment(b.At.AsOf), Total: wireFigures(b.Total, lang),
		Sections: groups(b.Sections), Agencies: groups(b.Agencies), Leaders: groups(b.Leaders), Laggards: groups(b.Laggards),
		Notices: v1.BulletinNotices{
			Issued: b.Notices.Issued, Accepted: b.Notices.Accepted, Withdrawn: b.Notices.Withdrawn, Open: b.Notices.Open, Overdue: b.Notices.Overdue,
			OpenByLevel: namedNumbers(loop.Levels, b.Notices.OpenByLevel, lang), OpenByState: namedNumbers(loop.NoticeStates, b.Notices.OpenByState, lang),
		},
		Issues: v1.BulletinIssues{Raised: b.Issues.Raised, Resolved: b.Issues.Resolved, Closed: b.Issues.Closed, Open: b.Issues.Open},
	}
	w.Asked = each(b.Asked, func(n loop.Notice) v1.BulletinAsked {
		return v1.BulletinAsked{
			ID: wireID(n.ID), Number: n.Number, Title: n.Title, LeadAgency: n.Lead.Name, Asked: n.Asked, DueOn: n.DueOn.String(),
			Level: string(n.Level), LevelLabel: n.Level.Label().In(lang), Overdue: n.Overdue(b.At.On),
		}
	})
	return w
}

// namedNumbers are those of counts that are not zero, in the order of the words.
func namedNumbers[W interface {
	~string
	Label() fault.Text
}](words []W, counts map[W]int, lang string) []v1.NamedNumber {
	list := []v1.NamedNumber{}
	for _, w := range words {
		if counts[w] > 0 {
			list = append(list, v1.NamedNumber{Name: string(w), Label: w.Label().In(lang), Count: counts[w]})
		}
	}
	return list
}
