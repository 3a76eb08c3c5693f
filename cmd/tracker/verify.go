package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type verifyCommand struct {
	databaseFlag
	anchorCheck
	Hash  string `help:"Hash that an earlier run printed: it must be in the audit chain still." placeholder:"HEX"`
	JSON  bool   `name:"json" help:"Print JSON instead of lines."`
	Quiet bool   `short:"q" help:"Do not draw how far it has come."`
}

// Run looks at all that decides a figure and fails when something is not as it was
// recorded.
func (c verifyCommand) Run(s *session) (err error) {
	heads, err := c.heads(s, c.Database)
	if err != nil {
		return err
	}
	db, err := store.OpenToLook(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	options := ledger.VerifyOptions{Earlier: c.Hash, Heads: heads, Now: time.Now()}
	if !c.Quiet && !c.JSON {
		options.Progress = func(done, of int64) { drawShare(s.errOut, done, of) }
	}
	v, err := db.Verify(s.ctx, options)
	if options.Progress != nil {
		fmt.Fprintln(s.errOut)
	}
	if err != nil {
		return err
	}
	if err := verifyStandings(s.ctx, db, &v); err != nil {
		return err
	}
	unsettled, err := unsettledKeys(s, db)
	if err != nil {
		return err
	}
	show := printVerification
	if c.JSON {
		show = printVerificationJSON
	}
	if err := show(s.out, v, unsettled); err != nil {
		return err
	}
	if len(v.Findings) > 0 {
		return errors.New("数据与记录不符 / what is stored is not as it was recorded")
	}
	return nil
}

// verifyStandings holds what lists go by against the progress that it should tell. It follows
// from the rest, so that it is made anew and nothing is lost where it is wrong.
func verifyStandings(ctx context.Context, db *store.Store, v *ledger.Verification) error {
	service := tracker.New(db, time.Now, time.UTC, progress.DefaultProfile())
	_, err := service.VerifyStandings(ctx, func(code string, columns []string) {
		v.Find("standing", code, "指标 %[1]s 的当前进度与其实绩不符（%[2]s）", "the standing of the indicator %[1]s is not what follows from its reports (%[2]s)", code, strings.Join(columns, ", "))
	})
	return err
}

// unsettledKeys names the keys whose names mean agencies of several jurisdictions, as
// those of an earlier release may.
func unsettledKeys(s *session, db *store.Store) (unsettled []fault.Text, err error) {
	keys, _, err := db.Keys(s.ctx, indicator.Page{})
	for _, k := range keys {
		if k.RevokedAt.IsZero() && k.Unsettled() {
			unsettled = append(unsettled, fault.Say("密钥 %[1]s（%[2]s）的单位（%[3]s）不在一个已知的辖区，请收窄",
				"the agencies of the key %[1]s (%[2]s), %[3]s, are not of one known jurisdiction, narrow it: tracker key narrow --jurisdiction … %[1]s",
				k.ID, k.Name, agenciesOf(k)))
		}
	}
	return unsettled, err
}

func printVerification(out io.Writer, v ledger.Verification, unsettled []fault.Text) error {
	var texts []fault.Text
	kept := map[string]int{}
	for _, f := range v.Findings {
		texts = append(texts, f.Says)
		kept[f.Kind]++
	}
	for kind, found := range v.Found {
		if more := found - kept[kind]; more > 0 {
			texts = append(texts, fault.Say("另有 %[2]d 处同类（%[1]s）", "%[2]d more of the kind %[1]s", kind, more))
		}
	}
	texts = append(texts, v.Unproven...)
	for _, text := range append(texts, unsettled...) {
		if _, err := fmt.Fprintf(out, "%s / %s\n", text.ZH, text.EN); err != nil {
			return err
		}
	}
	if len(v.Findings) > 0 { // the hash of what is not whole is nothing to keep
		return nil
	}
	_, err := fmt.Fprintf(out, "数据与记录相符：审计 %[1]d 条，实绩 %[2]d 条 / all is as it was recorded: %[1]d entries, %[2]d measurements\n%[3]s\n", v.Entries, v.Measurements, hex.EncodeToString(v.Hash))
	return err
}

// verification is what `verify --json` prints.
type verification struct {
	Whole        bool                 `json:"whole"`
	Entries      int64                `json:"entries"`
	Measurements int64                `json:"measurements"`
	Hash         string               `json:"hash"`
	Findings     []verificationRemark `json:"findings"`
	Found        map[string]int       `json:"found"` // all findings by their kinds
	Unproven     []verificationRemark `json:"unproven"`
	Unsettled    []verificationRemark `json:"unsettled_keys"`
}

type verificationRemark struct {
	Kind string `json:"kind,omitempty"`
	Name string `json:"name,omitempty"`
	Zh   string `json:"zh"`
	En   string `json:"en"`
}

func printVerificationJSON(out io.Writer, v ledger.Verification, unsettled []fault.Text) error {
	remarks := func(texts []fault.Text) []verificationRemark {
		list := make([]verificationRemark, len(texts))
		for i, text := range texts {
			list[i] = verificationRemark{Zh: text.ZH, En: text.EN}
		}
		return list
	}
	printed := verification{
		Whole: len(v.Findings) == 0, Entries: v.Entries, Measurements: v.Measurements, Hash: hex.EncodeToString(v.Hash),
		Findings: make([]verificationRemark, len(v.Findings)), Found: v.Found, Unproven: remarks(v.Unproven), Unsettled: remarks(unsettled),
	}
	for i, f := range v.Findings {
		printed.Findings[i] = verificationRemark{f.Kind, f.Name, f.Says.ZH, f.Says.EN}
	}
	if printed.Found == nil {
		printed.Found = map[string]int{}
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(printed)
}

// drawShare draws how much of the records has been looked at.
func drawShare(out io.Writer, done, of int64) {
	drawBar(out, done, of)
	fmt.Fprintf(out, "  %d / %d 条 / records", done, of)
}
