package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/statement"
)

type statementCommand struct {
	Verify statementVerifyCommand `cmd:"" help:"Derive the figures of a signed statement again and check its signature, without a database."`
}

type statementVerifyCommand struct {
	PublicKey string   `required:"" type:"existingfile" placeholder:"FILE" help:"Public keys that are trusted, in PEM, as tracker signing-key prints them. The key that a statement itself names is not trusted for that."`
	SenderKey []string `name:"sender-key" placeholder:"ID" help:"Id of a key that sent measurements, which a statement does not say: their hashes are derived too with it. May be given more than once."`
	JSON      bool     `name:"json" help:"Print JSON instead of an account."`
	File      string   `arg:"" type:"existingfile" help:"Statement as the service gave it."`
}

// statementJSON is what verifying a statement led to.
type statementJSON struct {
	Holds    bool       `json:"holds"`
	KeyID    string     `json:"key_id"` // of the trusted key that signed; empty when none did
	Withheld int        `json:"hashes_withheld"`
	Findings []textJSON `json:"findings"`
}

type textJSON struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// mostStatement is how long the file of a statement may be, in bytes: one of 40,000 reports.
const mostStatement = 16 << 20

// readBounded reads a file of so many bytes at most.
func readBounded(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(text)) > most {
		err = fault.Newf(fault.BodyTooLarge, "文件 %s 超过 %d 字节", "the file %s has more than %d bytes", path, most)
	}
	return text, err
}

// Run verifies a statement and gives an account of it, and fails when it does not hold.
func (c statementVerifyCommand) Run(s *session) error {
	pem, err := os.ReadFile(c.PublicKey)
	if err != nil {
		return err
	}
	trusted, err := signing.ParsePublicKeys(pem)
	if err != nil {
		return err
	}
	text, err := readBounded(c.File, mostStatement)
	if err != nil {
		return err
	}
	v, err := statement.Verify(text, trusted, c.SenderKey...)
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(s.out, statementResult(v))
	} else {
		err = printStatement(s.out, v)
	}
	if err == nil && len(v.Findings) > 0 {
		err = errors.New("进度证明不成立 / the statement does not hold")
	}
	return err
}

func statementResult(v statement.Verified) statementJSON {
	result := statementJSON{
		Holds: len(v.Findings) == 0, KeyID: v.KeyID, Withheld: v.Withheld, Findings: []textJSON{},
	}
	for _, f := range v.Findings {
		result.Findings = append(result.Findings, textJSON(f))
	}
	return result
}

// printStatement says what does not hold of a statement, or else what it is of.
func printStatement(out io.Writer, v statement.Verified) error {
	var errs []error
	say := func(line string, args ...any) {
		_, err := fmt.Fprintf(out, line+"\n", args...)
		errs = append(errs, err)
	}
	for _, f := range v.Findings {
		say("%s / %s", f.ZH, f.EN)
	}
	if len(v.Findings) > 0 {
		return errors.Join(errs...)
	}
	f, p := v.Facts, v.Statement.Progress
	say("进度证明成立 / the statement holds")
	say("计划    %s（%s，第 %d 版）", f.Plan.Title, f.Plan.Code, f.Plan.Version)
	say("指标    %s（%s，第 %d 版，%s）", f.Indicator.Name, f.Indicator.Code, f.Indicator.Version, f.Indicator.State.Label().ZH)
	if quote := f.Indicator.Source.Quote; quote != "" {
		say("原文    “%s”", quote)
	}
	say("目标    %s，完成时限 %s", phrase(f.Indicator.Target), f.Indicator.DueOn)
	say("实绩    %d 条，计入 %d 条", len(f.Evidence.Measurements), len(p.Counted))
	for _, m := range f.Evidence.Measurements {
		if slices.Contains(p.Counted, strconv.FormatInt(m.ID, 10)) {
			say("        %s", reportLine(m))
		}
	}
	say("当前值  %s", amountOr(p.Actual, "无"))
	say("完成率  %s，序时进度 %s%%", percentOr(p), p.Pace)
	say("判定    %s，判定日 %s", p.Label.ZH, f.On)
	for _, caution := range p.Cautions {
		say("提示    %s", caution.Text.ZH)
	}
	say("依据    截至 %s 的数据，计算规则第 %d 版，判定规则第 %d 版", v.Statement.AsOf, v.Statement.Rules, f.ProfileVersion)
	if head := v.Statement.AuditHead; head != nil {
		say("审计链  第 %s 条，%s", head.Seq, head.Hash)
	}
	say("签名    密钥 %s", v.KeyID)
	if v.Withheld > 0 {
		say("散列    %d 条实绩的散列含密钥编号，只由签名保证；以 --sender-key 给出编号即可推算", v.Withheld)
	}
	return errors.Join(errs...)
}

// reportLine is a measurement that counts and who sent it.
func reportLine(m indicator.Measurement) string {
	by := ""
	for _, name := range []string{m.ReportedBy.Agency, m.ReportedBy.Name} {
		if name != "" {
			by += "，" + name
		}
	}
	value := m.Value.String() + m.Unit.String()
	if m.Share != nil {
		value = fmt.Sprintf("%s÷%s=%s", m.Share.Numerator, m.Share.Denominator, value)
	}
	return fmt.Sprintf("%s %s %s%s", m.Period, m.Basis.Label().ZH, value, by)
}

func amountOr(q *v1.StatementQuantity, none string) string {
	if q == nil {
		return none
	}
	return q.Value + q.Unit
}

// percentOr is the percent, or why there is none.
func percentOr(p v1.StatementProgress) string {
	switch {
	case p.Percent != nil:
		return *p.Percent + "%"
	case p.Reason != nil:
		return "无（" + *p.Reason + "）"
	}
	return "无"
}
