package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type measurementsCommand struct {
	Import measurementsImportCommand `cmd:"" help:"Store a file of measurements: JSON array, NDJSON, CSV or an .xlsx template."`
}

type measurementsImportCommand struct {
	databaseFlag
	Atomic    bool     `help:"Store all rows or, when one is refused, none."`
	DryRun    bool     `help:"Check every row and store nothing."`
	Quiet     bool     `help:"Show no progress bar."`
	Ignore    []string `name:"ignore-columns" placeholder:"HEADING" help:"Columns of a CSV or workbook to pass over, by their headings or, without one, by their letters."`
	Key       string   `name:"idempotency-key" env:"-" placeholder:"KEY" help:"Name of this import: the same file under it within 24 hours counts once, and goes on where it broke off."`
	Namespace string   `name:"external-namespace" placeholder:"NAME" help:"Namespace of the external codes that rows name without one; by default the shared one."`
	File      string   `arg:"" type:"existingfile" help:"File ending in .json, .ndjson, .jsonl, .csv (UTF-8 or GB18030) or .xlsx."`
}

// Run stores the rows of a file and prints what became of those not stored. It
// fails when a row was refused.
func (c measurementsImportCommand) Run(s *session) error {
	key, err := c.key()
	if err != nil {
		return err
	}
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
	read := &counted{Reader: file, sum: sha256.New(), size: info.Size()}
	return c.withService(s, func(service *tracker.Service, db *store.Store) error {
		return c.take(s, service, db, read, key)
	})
}

func (c measurementsImportCommand) take(s *session, service *tracker.Service, db *store.Store, read *counted, key indicator.Idempotency) error {
	whole := func() ([]byte, error) { return read.fingerprint(c.how()) }
	b, found, err := service.RepeatedBatch(s.ctx, key, whole)
	if err != nil {
		return err
	}
	if found {
		fmt.Fprintln(s.out, "此前已导入，以下为当时的结果 / imported before, with this result")
		return errors.Join(printBatch(s.out, b, func(visit func(int64, indicator.Receipt) error) error {
			return db.VisitReceipts(s.ctx, b.ID, visit)
		}), refusedRows(b))
	}
	rows, err := intake.Open(s.ctx, intake.TypeOf(strings.ToLower(c.File)), read, c.Ignore...)
	if err != nil {
		return err
	}
	unread := intake.UnreadSheets(rows)
	if len(unread) > 0 {
		fmt.Fprintf(s.out, "未读的工作表 / sheets that are not read: %s\n", strings.Join(unread, ", "))
	}
	if c.Namespace != "" {
		rows = inNamespace{rows, c.Namespace}
	}
	how := tracker.Intake{Mode: c.mode(), DryRun: c.DryRun, Key: key}
	if !c.Quiet {
		how.Done = func(rows int64) { bar(s.errOut, rows, read.n, read.size) }
	}
	b, w, err := service.TakeIn(s.ctx, rows, how)
	if w == nil {
		return err
	}
	defer w.Discard()
	if !c.Quiet {
		fmt.Fprintln(s.errOut)
	}
	b.Unread = unread
	if err == nil {
		err = errors.Join(service.KeepBatch(s.ctx, key, whole, b), refusedRows(b))
	}
	return errors.Join(printBatch(s.out, b, w.Receipts), err)
}

func (c measurementsImportCommand) mode() indicator.Mode {
	if c.Atomic {
		return indicator.Atomic
	}
	return indicator.Partial
}

// how is what makes another import of the same file.
func (c measurementsImportCommand) how() string {
	how := fmt.Sprintf("mode=%s&dry_run=%t", c.mode(), c.DryRun)
	if c.Namespace != "" {
		how += "&external_namespace=" + c.Namespace
	}
	return how
}

// inNamespace are rows whose external codes are in a namespace unless they name one.
type inNamespace struct {
	tracker.Rows
	namespace string
}

// Next implements tracker.Rows.
func (r inNamespace) Next() (tracker.Report, *fault.Fault, error) {
	report, refusal, err := r.Rows.Next()
	if report.External != "" && report.Namespace == nil {
		report.Namespace = &r.namespace
	}
	return report, refusal, err
}

// key is the idempotency key, zero when none was given.
func (c measurementsImportCommand) key() (indicator.Idempotency, error) {
	if c.Key == "" {
		return indicator.Idempotency{}, nil
	}
	return indicator.NewIdempotency(c.Key, time.Now(), indicator.AtCommandLine, "measurements import")
}

// refusedRows is the failure of an import in which rows were refused, whether or
// not the others are stored.
func refusedRows(b indicator.Batch) error {
	if b.Tally.Refused == 0 {
		return nil
	}
	return fmt.Errorf("%[1]d 行未被接受 / rows were refused: %[1]d", b.Tally.Refused)
}

// counted counts and hashes what was read of a file.
type counted struct {
	io.Reader
	n, size int64 // what has been read, of all there is; 0 where that is not known
	sum     hash.Hash
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.sum.Write(p[:n])
	return n, err
}

// fingerprint reads what is left of the file and hashes the whole.
func (c *counted) fingerprint(how string) ([]byte, error) {
	if _, err := io.Copy(io.Discard, c); err != nil {
		return nil, err
	}
	return indicator.Fingerprint([sha256.Size]byte(c.sum.Sum(nil)), how), nil
}

// bar draws how much of the file was read and how many rows are stored.
func bar(out io.Writer, rows, done, whole int64) {
	drawBar(out, done, whole)
	fmt.Fprintf(out, "  %d 行 / rows", rows)
}

// drawBar draws how much of the whole is done, in the place of what it drew before.
func drawBar(out io.Writer, done, whole int64) {
	const width = 30
	share := int64(width)
	if whole > 0 {
		share = min(width, width*done/whole)
	}
	fmt.Fprintf(out, "\r[%s%s] %3d%%", strings.Repeat("█", int(share)), strings.Repeat("·", int(width-share)), 100*share/width)
}

// printBatch prints the rows that are refused or doubtful, and then the count.
func printBatch(out io.Writer, b indicator.Batch, receipts func(func(int64, indicator.Receipt) error) error) error {
	const most = 100
	shown := 0
	err := receipts(func(row int64, r indicator.Receipt) error {
		if r.Refusal == nil && len(r.Cautions) == 0 && r.Outcome != indicator.Superseded {
			return nil
		}
		if shown++; shown > most {
			return io.EOF
		}
		if remark := r.Remark(); remark != (fault.Text{}) {
			_, err := fmt.Fprintf(out, "%s %s：%s / %s\n", placeOf(row, r.Origin), r.Outcome, remark.ZH, remark.EN)
			return err
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
	_, err = fmt.Fprintf(out, "共 %d 行：新增 %d，更正 %d，未变 %d，已被取代 %d，未接受 %d / %d rows: %d stored, %d revised, %d unchanged, %d superseded, %d refused\n批次 / batch: %s\n",
		t.Rows, t.Stored, t.Revised, t.Unchanged, t.Superseded, t.Refused,
		t.Rows, t.Stored, t.Revised, t.Unchanged, t.Superseded, t.Refused, id)
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
	if o.External.Code != "" {
		place += "（" + o.External.String() + "）"
	}
	return place
}
