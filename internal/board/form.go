package board

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// form reads what a form without files sent.
func (v *visit) form() error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, mostForm)
	err := v.r.ParseForm()
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return problemOf(http.StatusRequestEntityTooLarge, fault.BodyTooLarge, fault.Text{ZH: "表单内容过长", EN: "the form is too long"})
	case err != nil:
		return problemOf(http.StatusBadRequest, fault.MalformedRequest, fault.Text{ZH: "表单无法读取", EN: "the form cannot be read"})
	}
	return nil
}

// Posted is what was sent in a field of the form that is shown again; empty where none was.
func (v *visit) Posted(name string) string { return v.r.PostForm.Get(name) }

// Faulty says that what was sent in a field is why it was refused.
func (v *visit) Faulty(name string) bool {
	return v.Refused != nil && strings.TrimPrefix(v.Refused.Field, "/") == name
}

// posted is what was sent in a field, without blanks around it.
func (v *visit) posted(name string) string { return strings.TrimSpace(v.r.PostForm.Get(name)) }

// lines are what was sent in a field, one value on each line.
func (v *visit) lines(name string) []string {
	var lines []string
	for line := range strings.Lines(v.r.PostForm.Get(name)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// again shows the page of a form again, with what was sent in it and why it was refused. What is
// not the sender's to mend stays a failure.
func (v *visit) again(err error, show func(*visit) error) error {
	shown := v.refusalOf(err)
	if shown == nil || shown.Status >= http.StatusInternalServerError || shown.Status == http.StatusUnauthorized {
		return err
	}
	v.Refused, v.status = shown, shown.Status
	return show(v)
}

// doneTexts are what pages say of what was done, by the parameter done of their address.
var doneTexts = map[string]fault.Text{
	"saved":      {ZH: "已保存。", EN: "Saved."},
	"stored":     {ZH: "已报送。", EN: "Reported."},
	"revised":    {ZH: "已更正，原数保留在记录中。", EN: "Corrected; what was there before stays in the record."},
	"unchanged":  {ZH: "与已报的相同，没有重复计数。", EN: "This was reported already; it counts once."},
	"superseded": {ZH: "这个数已被更正或撤回，未恢复；现行数见下。", EN: "This was corrected or taken back since and was not brought back; see what stands."},
	"retracted":  {ZH: "已撤回，记录保留。", EN: "Taken back; the record stays."},
	"uploaded":   {ZH: "文件已处理，逐行结果见下。", EN: "The file was taken in; see each row."},
	"raised":     {ZH: "问题已提出。", EN: "The issue is raised."},
	"issued":     {ZH: "督办单已下发。", EN: "The notice is issued."},
	"official":   {ZH: "考核结果已定稿。", EN: "The result is official."},
	"imported":   {ZH: "计划已导入，读出的指标待审核。", EN: "The plan is stored; what was read waits for review."},
	"confirmed":  {ZH: "已确认。", EN: "Confirmed."},
	"rejected":   {ZH: "已驳回。", EN: "Rejected."},
	"drafted":    {ZH: "已退回待审核。", EN: "Put back to the drafts."},
	"added":      {ZH: "已添加并确认。", EN: "Added, and confirmed."},
	"decided":    {ZH: "单位名称已审定。", EN: "The name is decided."},
	"amended":    {ZH: "计划已调整。", EN: "The plan is amended."},
	"same_text":  {ZH: "与现行文本相同，没有调整。", EN: "It is the text that the plan has: nothing was amended."},
}

// Done is what the page says was done before it, and to what; empty for nothing.
func (v *visit) Done() string {
	said := doneTexts[v.r.URL.Query().Get("done")].In(v.Lang)
	if said == "" || v.DoneTo == "" {
		return said
	}
	return v.DoneTo + v.T("：", ": ") + said
}

// done leads to a page that says what was done.
func (v *visit) done(what string, parts ...string) error {
	http.Redirect(v.w, v.r, v.linkWith(url.Values{"done": {what}}, parts...), http.StatusSeeOther)
	return nil
}
