package ledger

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

// loopRow is a row of the table loop_events.
type loopRow struct {
	ID        int64
	Thread    int64
	Seq       int
	Kind      string
	Type      string
	Plan      string
	About     string
	AgencyID  int64
	Content   string
	Once      string
	ActorKey  string
	ActorName string
	At        database.Moment
}

func (loopRow) TableName() string { return "loop_events" }

func (r loopRow) event() loop.Event {
	return loop.Event{
		ID: r.ID, Thread: r.Thread, Seq: r.Seq,
		Draft: loop.Draft{Kind: loop.Kind(r.Kind), Type: r.Type, Plan: r.Plan, About: r.About, Agency: r.AgencyID, Content: []byte(r.Content), Once: r.Once},
		At:    r.At.Time, By: indicator.Actor{Key: r.ActorKey, Name: r.ActorName},
	}
}

// WriteLoop runs a function in a transaction that holds the ledger, and stores what it appends
// to the book, all of it or, where the function fails, nothing. The function may be called once
// only, and must not use the book after it has returned.
func (l *Ledger) WriteLoop(ctx context.Context, run func(loop.Book) error) error {
	return l.InTx(ctx, func(tx *gorm.DB) error {
		head, err := l.lockHead(ctx, tx.Statement.ConnPool)
		if err != nil {
			return err
		}
		return run(&loopBook{ledger: l, ctx: ctx, tx: tx, last: head.loopEvent, now: head.upcoming(l.db.Now())})
	})
}

// loopBook is the book of one transaction.
type loopBook struct {
	ledger *Ledger
	ctx    context.Context //nolint:containedctx // lives as long as the transaction
	tx     *gorm.DB
	last   int64 // id of the last event
	now    time.Time
}

// Now implements loop.Book.
func (b *loopBook) Now() time.Time { return b.now }

// Threads implements loop.Book.
func (b *loopBook) Threads(q loop.ThreadQuery) ([]loop.Thread, error) { return threads(b.tx, q) }

// Append implements loop.Book.
func (b *loopBook) Append(thread int64, d loop.Draft) (loop.Event, bool, error) {
	if d.Once != "" {
		var there int64
		if err := b.tx.Model(&loopRow{}).Where("once = ?", d.Once).Count(&there).Error; err != nil || there > 0 {
			return loop.Event{}, false, err
		}
	}
	now, err := b.ledger.LockLedger(b.tx)
	if err != nil {
		return loop.Event{}, false, err
	}
	b.now = now.Time
	by := indicator.ActorFrom(b.ctx)
	row := loopRow{
		ID: b.last + 1, Thread: thread, Seq: 1, Kind: string(d.Kind), Type: d.Type, Plan: d.Plan, About: d.About, AgencyID: d.Agency,
		Content: string(d.Content), Once: d.Once, ActorKey: by.Key, ActorName: by.Name, At: now,
	}
	if row.Content == "" {
		row.Content = "{}"
	}
	if thread == 0 {
		row.Thread = row.ID
	} else if err := b.tx.Raw("SELECT COALESCE(MAX(seq), 0) + 1 FROM loop_events WHERE thread = ?", thread).Scan(&row.Seq).Error; err != nil {
		return loop.Event{}, false, err
	}
	if err := b.tx.Create(&row).Error; err != nil {
		return loop.Event{}, false, err
	}
	if err := b.tx.Exec("UPDATE ledger SET loop_event = ? WHERE id = 1", row.ID).Error; err != nil {
		return loop.Event{}, false, err
	}
	b.last = row.ID
	loopRecord.Touch(b.tx, row.ID)
	e := row.event()
	return e, true, b.ledger.Record(b.ctx, b.tx, row.Kind+"."+row.Type, strconv.FormatInt(row.Thread, 10), nil, auditedLoop(row))
}

// auditedLoop is what the audit log hashes of an event.
func auditedLoop(r loopRow) any {
	return map[string]any{"id": r.ID, "thread": r.Thread, "kind": r.Kind, "type": r.Type, "plan": r.Plan, "about": r.About, "agency": r.AgencyID, "content": r.Content}
}

// LoopThreads gives the threads that a query selects.
func (l *Ledger) LoopThreads(ctx context.Context, q loop.ThreadQuery) ([]loop.Thread, error) {
	var list []loop.Thread
	err := l.db.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		list, err = threads(tx, q)
		return err
	}, &sql.TxOptions{ReadOnly: true})
	return list, l.db.Translate(ctx, err)
}

// LoopLog gives the events with ids above one, in their order, at most so many.
func (l *Ledger) LoopLog(ctx context.Context, after int64, limit int) ([]loop.Event, error) {
	var rows []loopRow
	if err := l.db.Read.WithContext(ctx).Where("id > ?", after).Order("id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, l.db.Translate(ctx, err)
	}
	list := make([]loop.Event, len(rows))
	for i, r := range rows {
		list[i] = r.event()
	}
	return list, nil
}

func threads(tx *gorm.DB, q loop.ThreadQuery) ([]loop.Thread, error) {
	first := tx.Session(&gorm.Session{NewDB: true}).Model(&loopRow{}).Where("seq = 1 AND kind = ?", string(q.Kind))
	if plans := q.Plans; q.Plan != "" || plans != nil {
		if q.Plan != "" {
			plans = append([]string{q.Plan}, plans...)
		}
		first = first.Where("plan IN ?", plans)
	}
	if q.About != "" {
		first = first.Where("about = ?", q.About)
	}
	if q.Abouts != nil {
		first = first.Where("about IN ?", q.Abouts)
	}
	if q.IDs != nil {
		first = first.Where("thread IN ?", q.IDs)
	}
	if !q.AsOf.IsZero() {
		first = first.Where("at <= ?", database.MomentOf(q.AsOf))
	}
	if q.Before != 0 {
		first = first.Where("thread < ?", q.Before)
	}
	if q.After != 0 {
		first = first.Where("thread > ?", q.After)
	}
	order := "thread DESC"
	if q.Oldest {
		order = "thread"
	}
	first = first.Order(order)
	if q.Limit > 0 {
		first = first.Limit(q.Limit)
	}
	var ids []int64
	if err := first.Pluck("thread", &ids).Error; err != nil || len(ids) == 0 {
		return nil, err
	}
	place := make(map[int64]int, len(ids))
	list := make([]loop.Thread, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	for len(ids) > 0 {
		portion := ids[:min(len(ids), 500)]
		ids = ids[len(portion):]
		known := tx.Session(&gorm.Session{NewDB: true}).Where("thread IN ?", portion)
		if !q.AsOf.IsZero() {
			known = known.Where("at <= ?", database.MomentOf(q.AsOf))
		}
		var rows []loopRow
		if err := known.Order("thread, seq").Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			at := place[r.Thread]
			list[at] = append(list[at], r.event())
		}
	}
	return list, nil
}
