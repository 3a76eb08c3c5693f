package loop

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// UpdateWritten is the event of an update, first written or written anew.
const UpdateWritten = "written"

// Assessed (自评) is how an agency itself sees its task.
type Assessed string

// What an agency may say.
const (
	NotStarted Assessed = "not_started"
	OnSchedule Assessed = "on_schedule"
	Delayed    Assessed = "delayed"
	Blocked    Assessed = "blocked"
	Done       Assessed = "done"
)

// Assesseds are all that an agency may say.
var Assesseds = []Assessed{NotStarted, OnSchedule, Delayed, Blocked, Done}

// Label is the word for it.
func (a Assessed) Label() fault.Text {
	return map[Assessed]fault.Text{
		NotStarted: {ZH: "未启动", EN: "not started"}, OnSchedule: {ZH: "按进度推进", EN: "on schedule"}, Delayed: {ZH: "滞后", EN: "delayed"},
		Blocked: {ZH: "受阻", EN: "blocked"}, Done: {ZH: "已完成", EN: "done"},
	}[a]
}

// Light is that of a task of which nothing else is known.
func (a Assessed) Light() Light {
	return map[Assessed]Light{NotStarted: Grey, OnSchedule: Green, Delayed: Yellow, Blocked: Red, Done: Green}[a]
}

// Update (进展情况) is what a lead agency writes about a task for a period.
type Update struct {
	Period   string   `json:"period"`
	Text     string   `json:"text"`
	Evidence []string `json:"evidence,omitempty"` // addresses
	Assessed Assessed `json:"assessed,omitempty"`
	Agency   string   `json:"agency"` // what the agency was called then
}

// Bounds of texts, in characters, and of lists.
const (
	MaxTitle    = 200
	MaxText     = 4000
	MaxReason   = 500
	MaxEvidence = 20
)

// Validate refuses an update that says nothing or too much; faults name the field by JSON pointer.
func (u Update) Validate() error {
	if _, err := indicator.ParsePeriod(u.Period); err != nil {
		return fault.At(err, "/period")
	}
	if err := CheckText("/text", u.Text, MaxText, true); err != nil {
		return err
	}
	if u.Assessed != "" {
		if _, err := indicator.ParseWord(string(u.Assessed), Assesseds); err != nil {
			return fault.At(err, "/assessed")
		}
	}
	return CheckEvidence("/evidence", u.Evidence)
}

// CheckText refuses a text that is too long, is only space or has characters that no text has, and
// where it is required, none at all.
func CheckText(field, s string, most int, required bool) error {
	n := len([]rune(s))
	switch {
	case required && strings.TrimSpace(s) == "":
		return fault.Required(field)
	case s != "" && strings.TrimSpace(s) == "":
		return fault.Newf(fault.InvalidValue, "不能只有空白", "the text is only space").At(field)
	case n > most:
		return fault.Newf(fault.InvalidValue, "最多 %d 个字，现有 %d 个", "at most %d characters; there are %d", most, n).At(field)
	}
	for _, r := range s {
		if r == 0 || r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == '\uFFFD' {
			return fault.Newf(fault.InvalidValue, "含有控制字符或无效字符", "the text has control characters or characters that are none").At(field)
		}
	}
	return nil
}

// CheckEvidence refuses addresses that are none, and too many of them.
func CheckEvidence(field string, addresses []string) error {
	if len(addresses) > MaxEvidence {
		return fault.Newf(fault.InvalidValue, "最多 %d 个", "at most %d", MaxEvidence).At(field)
	}
	for i, a := range addresses {
		at := fmt.Sprintf("%s/%d", field, i)
		if a == "" {
			return fault.Required(at)
		}
		if err := indicator.CheckEvidenceURL(at, a); err != nil {
			return err
		}
	}
	return nil
}

// Same reports whether two updates say the same.
func (u Update) Same(o Update) bool {
	a, _ := json.Marshal(u) //nolint:errchkjson // texts
	b, _ := json.Marshal(o) //nolint:errchkjson // texts
	return string(a) == string(b)
}

// UpdateOf reads the update that an event holds.
func UpdateOf(e Event) (Update, error) { return contentOf[Update](e) }

// contentOf reads the content of an event, which this program or a newer one has written.
func contentOf[C any](e Event) (c C, err error) {
	if err = json.Unmarshal(e.Content, &c); err != nil {
		err = fault.Newf(fault.Internal, "本程序读不懂管理事项 %d", "this program cannot read the event %d of the loop", e.ID).Because(err)
	}
	return c, err
}

// Content is a payload as events hold it.
func Content(payload any) json.RawMessage {
	text, _ := json.Marshal(payload) //nolint:errchkjson // payloads are plain values
	return text
}
