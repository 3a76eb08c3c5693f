package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type measurementsCommand struct {
	Import measurementsImportCommand `cmd:"" help:"Store a file of measurements: JSON array, NDJSON, CSV or an .xlsx template."`
}

type measurementsImportCommand struct {
	databaseFlag
	Atomic bool     `help:"Store all rows or, when one is refused, none."`
	DryRun bool     `help:"Check every row and store nothing."`
	Quiet  bool     `help:"Show no progress bar."`
	Ignore []string `name:"ignore-columns" placeholder:"HEADING" help:"Columns of a CSV or workbook to pass over, by their headings or, without one, by their letters."`
	File   string   `arg:"" type:"existingfile" help:"File ending in .json, .ndjson, .jsonl, .csv (UTF-8 or GB18030) or .xlsx."`
}

// Run stores the rows of a file and prints what became of those not stored.
func (c measurementsImportCommand) Run(s *session) (err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() && info.Size() == 0 {
		return fault.Newf(fault.EmptyBody, "文件没有内容：%s", "the file is empty: %s", c.File)
	}
	read := &counted{Reader: file}
	rows, err := intake.Open(intake.TypeOf(strings.ToLower(c.File)), read, c.Ignore...)
	if err != nil {
		return err
	}
	if unread := intake.UnreadSheets(rows); len(unread) > 0 {
		fmt.Fprintf(s.out, "未读的工作表 / sheets that are not read: %s\n", strings.Join(unread, ", "))
	}
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	how := tracker.Intake{Mode: indicator.Partial, DryRun: c.DryRun}
	if c.Atomic {
		how.Mode = indicator.Atomic
	}
	if !c.Quiet {
		how.Done = func(rows int64) { bar(s.errOut, rows, read.n, info.Size()) }
	}
	service := tracker.New(db, time.Now, time.UTC, progress.DefaultProfile())
	b, w, err := service.TakeIn(s.ctx, rows, how)
	if w == nil {
		return err
	}
	defer w.Discard()
	if !c.Quiet {
		fmt.Fprintln(s.errOut)
	}
	return errors.Join(printBatch(s.out, b, w), err)
}

// counted counts what was read of a file.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// bar draws how much of the file was read and how many rows are stored.
func bar(out io.Writer, rows, done, whole int64) {
	const width = 30
	share := int64(width)
	if whole > 0 {
		share = min(width, width*done/whole)
	}
	fmt.Fprintf(out, "\r[%s%s] %3d%%  %d 行 / rows", strings.Repeat("█", int(share)), strings.Repeat("·", int(width-share)), 100*share/width, rows)
}

// printBatch prints the rows that are refused or doubtful, and then the count.
func printBatch(out io.Writer, b indicator.Batch, w indicator.BatchWriter) error {
	const most = 100
	shown := 0
	err := w.Receipts(func(row int64, r indicator.Receipt) error {
		if r.Refusal == nil && len(r.Cautions) == 0 {
			return nil
		}
		if shown++; shown > most {
			return io.EOF
		}
		if r.Refusal == nil {
			_, err := fmt.Fprintf(out, "%s 请核对 / check it: %s\n", placeOf(row, r.Origin), strings.Join(r.Cautions, ", "))
			return err
		}
		_, err := fmt.Fprintf(out, "%s %s %s：%s / %s\n", placeOf(row, r.Origin), r.Refusal.Code, r.Refusal.Field, r.Refusal.Detail.ZH, r.Refusal.Detail.EN)
		return err
	})
	if err != nil && shown <= most {
		return err
	}
	id := b.ID
	if b.DryRun {
		id = "试报，未保存 / dry run, nothing stored"
	}
	t := b.Tally
	_, err = fmt.Fprintf(out, "共 %d 行：新增 %d，更正 %d，未变 %d，未接受 %d / %d rows: %d stored, %d revised, %d unchanged, %d refused\n批次 / batch: %s\n",
		t.Rows, t.Stored, t.Revised, t.Unchanged, t.Refused, t.Rows, t.Stored, t.Revised, t.Unchanged, t.Refused, id)
	return err
}

// placeOf says where a row stands, in the file where that has lines, and what it is of.
func placeOf(row int64, o indicator.Origin) string {
	if o.Line > 0 {
		row = o.Line
	}
	place := fmt.Sprintf("第%d行", row)
	if o.Sheet != "" {
		place = "“" + o.Sheet + "”" + place
	}
	if o.Indicator != "" {
		place += " " + o.Indicator
	}
	return place
}

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Find any altered, missing or reordered entry, and measurements that are not as recorded."`
}

type auditVerifyCommand struct {
	databaseFlag
	Hash string `help:"Hash that an earlier run printed: it must be in the chain still." placeholder:"HEX"`
}

// Run looks through the audit chain and fails when it is not whole.
func (c auditVerifyCommand) Run(s *session) (err error) {
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	v, err := db.VerifyAudit(s.ctx, c.Hash)
	if err != nil {
		return err
	}
	for _, f := range v.Fault {
		fmt.Fprintf(s.out, "%s / %s\n", f.ZH, f.EN)
	}
	if len(v.Fault) > 0 {
		return errors.New("审计链不完整 / the audit chain is not whole")
	}
	_, err = fmt.Fprintf(s.out, "审计链完整 / the audit chain is whole: %d entries, %d measurements\n%s\n", v.Entries, v.Measurements, hex.EncodeToString(v.Hash))
	return err
}

type backupCommand struct {
	databaseFlag
	File string `arg:"" help:"New file to write the copy to."`
}

// Run copies a live database.
func (c backupCommand) Run(s *session) (err error) {
	db, err := store.Open(s.ctx, c.Database, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Backup(s.ctx, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "已备份 / backed up: %s\n", c.File)
	return err
}

// forgetAnswers drops the answers kept for idempotency keys when they expire.
func forgetAnswers(ctx context.Context, db *store.Store, log *slog.Logger) {
	for ticks := time.NewTicker(10 * time.Minute); ; {
		select {
		case <-ctx.Done():
			ticks.Stop()
			return
		case <-ticks.C:
			if _, err := db.ForgetAnswers(ctx); err != nil && ctx.Err() == nil {
				log.Warn("answers that expired were not dropped", "error", err)
			}
		}
	}
}

// collectAt is how much garbage may gather, in percent of what is in use.
// Requests leave much that is soon garbage: collecting it in larger portions
// costs less, and a process that uses little stays small all the same.
const collectAt = 300

// tuneMemory sets the collector, unless the environment does.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}
