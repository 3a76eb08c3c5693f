package tracker

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// Rows gives the rows of a batch one after another.
type Rows interface {
	// Next reads one row. A refusal is about this row alone, and the rows after
	// it can be read; the report then says where it stands and, if that could be
	// read, its indicator. Any other error ends the batch, io.EOF as it should.
	Next() (r Report, refusal *fault.Fault, err error)
}

// Intake is how a batch is taken in.
type Intake struct {
	Mode   indicator.Mode
	DryRun bool
	// Key, when set, lets a batch that was cut short go on after the rows that it
	// stored, once they come again under the same key.
	Key indicator.Idempotency
	// Done, when set, is told the number of rows judged so far.
	Done func(rows int64)
	// Again, when set, gives the rows from their beginning, for a batch that gave way.
	Again func() (Rows, error)
}

// mostAgain is how often a batch begins anew after it gave way.
const mostAgain = 5

// TakeIn reads a batch to its end and stores it. Rows are read and checked while
// those before them are being stored, so a batch of any length takes little
// memory. The writer gives the receipts and must be discarded.
//
// When the rows cannot be read to the end, it fails with the reason: in partial
// mode what was read before is stored and the batch can be looked up; in atomic
// mode, and where no row was read, there is no batch, nor a writer: a body without a row
// fails with fault.EmptyBatch. When a row of
// an atomic batch is refused, it fails with fault.BatchRefused; the receipts say
// which and why. It fails with fault.Unauthorized once the caller's access key is good no
// more; nothing is stored after that. Under a key whose rows were others it fails with fault.KeyReused,
// and with fault.KeyInUse when another process is taking them in.
func (s *Service) TakeIn(ctx context.Context, rows Rows, how Intake) (indicator.Batch, indicator.BatchWriter, error) {
	for tries := 0; ; tries++ {
		b, w, err := s.takeIn(ctx, rows, how)
		if !errors.Is(err, indicator.ErrGaveWay) || how.Again == nil || tries == mostAgain {
			return b, w, err
		}
		if w != nil {
			w.Discard()
		}
		if rows, err = how.Again(); err != nil {
			return indicator.Batch{}, nil, err
		}
	}
}

func (s *Service) takeIn(ctx context.Context, rows Rows, how Intake) (indicator.Batch, indicator.BatchWriter, error) {
	w, err := s.store.OpenBatch(ctx, how.Mode, how.DryRun, how.Key)
	if err != nil {
		return indicator.Batch{}, nil, err
	}
	handed := false // to the caller, who discards it
	defer func() {
		if !handed {
			w.Discard() // after a panic too: it may hold every other writer back
		}
	}()
	poured, unread, err := s.pour(ctx, rows, w, how)
	if err != nil {
		return indicator.Batch{}, nil, err
	}
	if unread != nil && (how.Mode == indicator.Atomic || poured == 0) {
		return indicator.Batch{}, nil, unread
	}
	if unread == nil && poured == 0 {
		return indicator.Batch{}, nil, fault.Newf(fault.EmptyBatch,
			"没有可报送的行：请求体没有数据行，或各行都没有填写数值；未建立批次",
			"there is no row to report: the body has none, or no row has a value; there is no batch")
	}
	b, err := w.Close(ctx)
	if unread != nil {
		err = errors.Join(unread, err)
	}
	if err == nil && b.State == indicator.BatchRefused {
		err = refusedBatch(b, w)
	}
	handed = true
	return b, w, err
}

// refusedBatch says why nothing of an atomic batch was stored, in the words of
// the first row that was refused.
func refusedBatch(b indicator.Batch, w indicator.BatchWriter) error {
	var first indicator.RowReceipt
	err := w.Receipts(func(row int64, r indicator.Receipt) error {
		if r.Refusal != nil {
			first = indicator.RowReceipt{Row: row, Receipt: r}
			return io.EOF
		}
		return nil
	})
	if first.Refusal == nil {
		return err
	}
	why, where := first.Refusal, placeOf(first)
	return fault.New(fault.BatchRefused, fault.Text{
		ZH: fmt.Sprintf("%d 行中有 %d 行未被接受，整批未保存。%s：%s", b.Tally.Rows, b.Tally.Refused, where.ZH, why.Detail.ZH),
		EN: fmt.Sprintf("of %d rows %d were refused, so nothing was stored; %s: %s", b.Tally.Rows, b.Tally.Refused, where.EN, why.Detail.EN),
	}).At(fmt.Sprintf("/%d%s", first.Row-1, why.Field))
}

// placeOf says where a row stands: in its file where that has lines, else among the
// rows.
func placeOf(r indicator.RowReceipt) fault.Text {
	switch o := r.Origin; {
	case o.Sheet != "":
		return fault.Text{ZH: fmt.Sprintf("工作表“%s”第 %d 行", o.Sheet, o.Line), EN: fmt.Sprintf("line %d of sheet %q", o.Line, o.Sheet)}
	case o.Line > 0:
		return fault.Text{ZH: fmt.Sprintf("文件第 %d 行", o.Line), EN: fmt.Sprintf("line %d", o.Line)}
	}
	return fault.Text{ZH: fmt.Sprintf("第 %d 行", r.Row), EN: fmt.Sprintf("row %d", r.Row)}
}

// pour reads and checks rows on the one hand and stores them on the other.
// poured counts them; unread is why they could not be read to their end.
func (s *Service) pour(ctx context.Context, rows Rows, w indicator.BatchWriter, how Intake) (poured int64, unread, err error) {
	reading, stop := context.WithCancel(ctx)
	chunks := make(chan []indicator.Row) // one is made while another is stored
	ended := make(chan error, 1)
	defer func() { // the reader ends before the request does, which its rows come from
		stop()
		for range chunks {
			continue
		}
	}()
	go func() {
		defer close(chunks)
		ended <- fault.Guard(func() error { return s.readRows(reading, rows, chunks, w.Portion(), how.Key.Scope != "") })
	}()
	for chunk := range chunks {
		if err != nil {
			continue
		}
		if err = w.Write(ctx, chunk); err != nil {
			stop()
			continue
		}
		poured += int64(len(chunk))
		if how.Done != nil {
			how.Done(poured)
		}
	}
	stop()
	return poured, <-ended, err
}

// contentOf hashes what was sent as a row: its texts or, where they could not be
// read, why. The figures of a share, whom it is reported for, what it replaces, external
// codes and what figure it is are there only when they were sent, so that rows kept from
// before there were any hash as they did.
func contentOf(r Report, refusal *fault.Fault) []byte {
	texts := []string{r.Indicator, r.Period, r.Value, r.Unit, r.Basis, r.SourceID, r.Note, r.EvidenceURL}
	if r.Numerator != "" || r.Denominator != "" {
		texts = append(texts, r.Numerator, r.Denominator)
	}
	if r.Agency != "" || r.Replaces != "" {
		texts = append(texts, "agency", r.Agency, "replaces", r.Replaces)
	}
	if r.External != "" || r.Namespace != nil { // three or four texts, so that they are not taken for figures
		texts = append(texts, "external_code", r.External, "")
		if r.Namespace != nil {
			texts = append(texts, *r.Namespace)
		}
	}
	if r.Missing != "" || r.Provisional {
		texts = append(texts, "missing", r.Missing, "provisional", strconv.FormatBool(r.Provisional))
	}
	if refusal != nil {
		texts = []string{string(refusal.Code), refusal.Field, refusal.Detail.EN}
	}
	var b []byte
	for _, text := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	sum := sha256.Sum256(b)
	return sum[:]
}

// roster keeps the indicators of a batch.
type roster struct {
	service *Service
	ctx     context.Context //nolint:containedctx // lives as long as the batch
	seen    map[string]seen
	named   map[indicator.ExternalCode]seen
	// agencies that rows name as those they are for, by the plan and the name.
	agencies map[[2]string]access.Given
}

// given finds an agency once. The error is about the store.
func (r *roster) given(plan, name string) (access.Given, error) {
	k := [2]string{plan, name}
	if known, ok := r.agencies[k]; ok || name == "" {
		return known, nil
	}
	given, err := r.service.given(r.ctx, plan, name)
	if err == nil && len(r.agencies) < mostSeen {
		r.agencies[k] = given
	}
	return given, err
}

type seen struct {
	in       indicator.Indicator
	refusal  *fault.Fault
	cautions func([]indicator.Measurement) map[int64][]string
}

func (s *Service) seenAs(in indicator.Indicator) seen {
	profile := s.profiles.newest().Profile
	return seen{in: in, cautions: func(current []indicator.Measurement) map[int64][]string {
		return progress.CautionsBy(in, current, profile)
	}}
}

// mostSeen and mostKept, in bytes of a name, bound the memory that a batch of names
// which do not exist takes.
const (
	mostSeen = 100_000
	mostKept = 1000
)

// mostLooked is how many indicators are looked up in one query.
const mostLooked = 500

// checkAll adds what was sent to the rows. The error is about the store, not a row.
func (r *roster) checkAll(rows []indicator.Row, list []unchecked, keyed bool) ([]indicator.Row, error) {
	if err := r.lookAhead(list); err != nil {
		return nil, err
	}
	for _, u := range list {
		row := indicator.Row{Refusal: u.refusal}
		if u.refusal == nil {
			var err error
			if row, err = r.check(u.report); err != nil {
				return nil, err
			}
		}
		var err error
		if row.Origin, err = r.origin(u.report); err != nil {
			return nil, err
		}
		if keyed {
			row.Content = contentOf(u.report, u.refusal)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// mostNamed is how much of a code or a name of a sheet is kept in a receipt, in
// characters: no indicator has a longer one.
const mostNamed = 200

func originOf(r Report) indicator.Origin {
	return indicator.Origin{Sheet: recordable(r.Place.Sheet), Line: r.Place.Line, Indicator: recordable(r.Indicator)}
}

// origin is the origin of a row: of one that an external code names with that and, where
// the caller may learn of it, the code of the indicator that it means. The error is
// about the store.
func (r *roster) origin(report Report) (indicator.Origin, error) {
	o, n := originOf(report), report.name(r.ctx)
	if !n.isExternal() {
		return o, nil
	}
	o.External = indicator.ExternalCode{Namespace: recordable(n.external.Namespace), Code: recordable(n.external.Code)}
	if o.Indicator != "" {
		return o, nil
	}
	known, err := r.lookExternal(n)
	if err == nil && known.refusal == nil && access.CheckSight(r.ctx, known.in) == nil {
		o.Indicator = known.in.Code
	}
	return o, err
}

// recordable is a name as a receipt can keep it.
func recordable(s string) string {
	if len(s) > mostNamed {
		if r := []rune(s); len(r) > mostNamed {
			s = string(r[:mostNamed]) + "…"
		}
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// lookAhead finds many indicators at a time. What it does not find is for look.
func (r *roster) lookAhead(list []unchecked) error {
	var codes []string
	met := map[string]bool{}
	for _, u := range list {
		code := u.report.Indicator
		if u.report.External != "" {
			continue // for lookAheadExternal
		}
		if _, known := r.seen[code]; !known && !met[code] && code != "" && searchable(code) && len(r.seen)+len(codes) < mostSeen {
			met[code] = true
			codes = append(codes, code)
		}
	}
	for some := range slices.Chunk(codes, mostLooked) {
		found, _, err := r.service.store.Indicators(r.ctx, indicator.SightOfAll(), indicator.Query{Codes: some})
		if err != nil {
			return err
		}
		for _, in := range found {
			r.seen[in.Code] = r.service.seenAs(in)
			r.service.seen.Store(in.Code, in)
		}
	}
	return r.lookAheadExternal(list)
}

// lookAheadExternal finds what many external codes mean at a time.
func (r *roster) lookAheadExternal(list []unchecked) error {
	var codes []indicator.ExternalCode
	met := map[indicator.ExternalCode]bool{}
	for _, u := range list {
		if u.report.External == "" {
			continue
		}
		c := u.report.name(r.ctx).external
		if _, known := r.named[c]; !known && !met[c] && len(r.named)+len(codes) < mostSeen && len(c.Code)+len(c.Namespace) <= mostKept {
			met[c] = true
			codes = append(codes, c)
		}
	}
	for some := range slices.Chunk(codes, mostLooked) {
		found, err := r.service.meant(r.ctx, some)
		if err != nil {
			return err
		}
		for _, c := range some {
			if in, ok := found[c]; ok {
				r.named[c] = r.seenOnce(in)
			} else {
				r.named[c] = seen{refusal: name{external: c}.unknown()}
			}
		}
	}
	return nil
}

// seenOnce keeps one entry of an indicator, by whichever names it comes.
func (r *roster) seenOnce(in indicator.Indicator) seen {
	known, ok := r.seen[in.Code]
	if !ok || known.refusal != nil || known.in.Version != in.Version {
		known = r.service.seenAs(in)
		if len(r.seen) < mostSeen {
			r.seen[in.Code] = known
		}
	}
	return known
}

// check turns a report into a row. The error is about the store, not the row.
func (r *roster) check(report Report) (indicator.Row, error) {
	if refusal := fault.From(report.checkWhole()); refusal != nil {
		return indicator.Row{Refusal: refusal}, nil //nolint:nilerr // a refused row is a result, not a failure
	}
	known, err := r.look(report.name(r.ctx))
	if err != nil {
		return indicator.Row{}, err
	}
	if known.refusal != nil {
		return indicator.Row{Refusal: known.refusal}, nil //nolint:nilerr // a refused row is a result, not a failure
	}
	given, err := r.given(known.in.Plan, report.Agency)
	if err != nil {
		return indicator.Row{}, err
	}
	row, refused := r.service.admitted(r.ctx, report, known.in, given)
	if refused != nil {
		return indicator.Row{Refusal: report.inPercent(fault.From(refused))}, nil
	}
	row.Cautions = known.cautions
	return row, nil
}

// inPercent names the cell that a refused unit was read from: the sender wrote no
// unit, but a number in percent.
func (r Report) inPercent(refusal *fault.Fault) *fault.Fault {
	if r.Place.Percent == (fault.Text{}) || refusal.Code != fault.UnitMismatch {
		return refusal
	}
	return fault.New(refusal.Code, fault.Text{
		ZH: r.Place.Percent.ZH + " 是百分数：" + refusal.Detail.ZH,
		EN: r.Place.Percent.EN + " is in percent: " + refusal.Detail.EN,
	}).At("/value")
}

// look finds an indicator once. The error is about the store, not the name.
func (r *roster) look(n name) (seen, error) {
	if n.isExternal() {
		return r.lookExternal(n)
	}
	if known, ok := r.seen[n.code]; ok {
		return known, nil
	}
	known, err := r.find(n)
	if err == nil && len(r.seen) < mostSeen && len(n.code) <= mostKept {
		r.seen[n.code] = known
	}
	return known, err
}

// lookExternal is look of an external code. That it agrees with our code beside it
// is a matter of admitted.
func (r *roster) lookExternal(n name) (seen, error) {
	known, ok := r.named[n.external]
	if !ok {
		var err error
		if known, err = r.find(name{external: n.external}); err != nil {
			return seen{}, err
		}
		if len(r.named) < mostSeen && len(n.external.Code)+len(n.external.Namespace) <= mostKept {
			r.named[n.external] = known
		}
	}
	return known, nil
}

// find reads what a name means from the store.
func (r *roster) find(n name) (seen, error) {
	r.service.forget(n)
	in, err := r.service.reported(r.ctx, n)
	known := r.service.seenAs(in)
	known.refusal = fault.From(err)
	if known.refusal != nil {
		switch known.refusal.Code {
		case fault.Internal, fault.Unavailable, fault.Timeout:
			return seen{}, err
		}
	}
	return known, nil
}
