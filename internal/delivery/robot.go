package delivery

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"time"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// mostShown is the most characters of a text within a message to a robot, which takes 4096 bytes.
const mostShown = 200

// headline says in a few words what happened.
func headline(o loop.Occurrence, e v1.Event) string {
	for _, k := range Catalogue {
		if k.Type == e.Type {
			return k.Says.ZH
		}
	}
	return kindWords[o.Event.Kind] + "：" + o.Event.Type
}

// lines are what a message to a robot says below its headline.
func lines(o loop.Occurrence, e v1.Event) (all []string) {
	add := func(name, value string) {
		if value != "" {
			all = append(all, name+"："+shown(value))
		}
	}
	add("计划", o.Plan)
	add("指标", o.Indicator)
	if r := e.Data.Report; r != nil {
		add("报告期", r.Period)
		add("数值", strings.TrimSpace(r.Value+" "+r.Unit))
		add("报送单位", r.ReportedBy)
	}
	if c := e.Data.Change; c != nil {
		add("状态", c.From+" → "+c.To)
	}
	if h := e.Data.Happened; h != nil {
		add("事项", h.About)
		var said struct{ Title, Text, Reason string }
		if json.Unmarshal(h.Content, &said) == nil {
			add("标题", said.Title)
			add("说明", said.Text)
			add("原因", said.Reason)
		}
		add("经办", h.By)
	}
	add("时间", o.At.UTC().Format(time.RFC3339))
	return all
}

var unmarked = strings.NewReplacer("<", "＜", ">", "＞", "[", "［", "]", "］", "@", "＠", "\n", " ", "\r", " ", "`", "'", "*", "＊", "#", "＃", "\\", "＼")

// shown is a text without what robots take for marks, links or mentions, and cut.
func shown(text string) string {
	if r := []rune(text); len(r) > mostShown {
		text = string(r[:mostShown]) + "…"
	}
	return unmarked.Replace(text)
}

// robotBody is a message as a kind of robot takes it.
func robotBody(format loop.Format, title string, lines []string) string {
	switch format {
	case loop.WeCom:
		text := "**" + title + "**\n> " + strings.Join(lines, "\n> ")
		return encoded(map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": text}})
	case loop.DingTalk:
		text := "#### " + title + "\n\n- " + strings.Join(lines, "\n- ")
		return encoded(map[string]any{"msgtype": "markdown", "markdown": map[string]string{"title": title, "text": text}})
	}
	return encoded(map[string]any{"msg_type": "text", "content": map[string]string{"text": title + "\n" + strings.Join(lines, "\n")}})
}

// robotSigned is the address and body of a message to a robot that wants it signed.
func robotSigned(w loop.Webhook, address, body string, at time.Time) (string, string) {
	switch {
	case w.RobotSecret == "":
	case w.Format == loop.DingTalk:
		moment := strconv.FormatInt(at.UnixMilli(), 10)
		mac := hmac.New(sha256.New, []byte(w.RobotSecret))
		mac.Write([]byte(moment + "\n" + w.RobotSecret))
		u, err := url.Parse(address)
		if err != nil {
			break
		}
		q := u.Query()
		q.Set("timestamp", moment)
		q.Set("sign", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		u.RawQuery = q.Encode()
		return u.String(), body
	case w.Format == loop.Feishu:
		moment := strconv.FormatInt(at.Unix(), 10)
		mac := hmac.New(sha256.New, []byte(moment+"\n"+w.RobotSecret)) // the text is the key, of nothing
		head := encoded(map[string]string{"timestamp": moment, "sign": base64.StdEncoding.EncodeToString(mac.Sum(nil))})
		return address, strings.TrimSuffix(head, "}") + "," + strings.TrimPrefix(body, "{")
	}
	return address, body
}

// robotRefusal is what a robot says where it refuses a message, which it does with a status of
// 200; empty where it takes it.
func robotRefusal(format loop.Format, answer []byte) string {
	var said struct {
		ErrCode *int   `json:"errcode"`
		ErrMsg  string `json:"errmsg"`
		Code    *int   `json:"code"`
		Msg     string `json:"msg"`
	}
	if format == loop.Plain || json.Unmarshal(answer, &said) != nil {
		return ""
	}
	switch {
	case said.ErrCode != nil && *said.ErrCode != 0:
		return strconv.Itoa(*said.ErrCode) + " " + said.ErrMsg
	case said.Code != nil && *said.Code != 0:
		return strconv.Itoa(*said.Code) + " " + said.Msg
	}
	return ""
}
