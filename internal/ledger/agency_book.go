package ledger

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
)

// What happens to agencies. See the table agency_events for what subject and object are.
const (
	EventAlias   = "alias"
	EventRename  = "rename"
	EventMerge   = "merge"
	EventSucceed = "succeed"
	EventCancel  = "cancel"
)

// AgencyEventRow is a row of the table agency_events.
type AgencyEventRow struct {
	ID          int64
	Kind        string
	SubjectID   int64
	ObjectID    int64
	FromOn      database.Day
	TakesEffect database.Moment `gorm:"column:takes_effect_at"`
	Recorded    database.Moment `gorm:"column:recorded_at"`
	Cancels     *int64          // the event that counts as not recorded from then on
}

// TableName implements gorm's schema.Tabler.
func (AgencyEventRow) TableName() string { return "agency_events" }

// agencyBook is all that has happened to agencies. It never changes: more events make
// another book.
type agencyBook struct {
	events    []AgencyEventRow
	bySubject map[int64][]AgencyEventRow // in the order of their ids
	byObject  map[int64][]AgencyEventRow
	cancelled map[int64]time.Time // when events were cancelled
	dated     bool                // whether any counts from a day
}

func (b *agencyBook) with(events ...AgencyEventRow) *agencyBook {
	all := &agencyBook{
		events:    slices.Concat(b.events, events),
		bySubject: map[int64][]AgencyEventRow{}, byObject: map[int64][]AgencyEventRow{}, cancelled: map[int64]time.Time{},
	}
	for _, e := range all.events {
		all.bySubject[e.SubjectID] = append(all.bySubject[e.SubjectID], e)
		all.byObject[e.ObjectID] = append(all.byObject[e.ObjectID], e)
		all.dated = all.dated || !e.FromOn.IsZero()
		if e.Cancels != nil {
			all.cancelled[*e.Cancels] = e.Recorded.Time
		}
	}
	return all
}

// agencyBooks keeps the book that this process has read last.
type agencyBooks struct {
	mu   sync.Mutex
	last *agencyBook
}

// upTo is the book that was read last, nil when it lacks an event.
func (k *agencyBooks) upTo(event int64) *agencyBook {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last == nil || len(k.last.events) == 0 || k.last.events[len(k.last.events)-1].ID < event {
		return nil
	}
	return k.last
}

// read brings the book up to what a transaction sees, which must not have added any
// events itself: what it takes back again would stay in the book. Ids of events become
// visible in their order.
func (k *agencyBooks) read(ctx context.Context, q database.Querier) (*agencyBook, error) {
	k.mu.Lock()
	book := k.last
	k.mu.Unlock()
	after := int64(0)
	if book == nil {
		book = (&agencyBook{}).with()
	} else if n := len(book.events); n > 0 {
		after = book.events[n-1].ID
	}
	var more []AgencyEventRow
	err := database.Each(ctx, q, `SELECT id, kind, subject_id, object_id, from_on, takes_effect_at, recorded_at, cancels
		FROM agency_events WHERE id > $1 ORDER BY id`, []any{after}, func(rows *sql.Rows) error {
		var e AgencyEventRow
		err := rows.Scan(&e.ID, &e.Kind, &e.SubjectID, &e.ObjectID, &e.FromOn, &e.TakesEffect, &e.Recorded, &e.Cancels)
		more = append(more, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(more) > 0 {
		book = book.with(more...)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.last == nil || len(k.last.events) < len(book.events) {
		k.last = book
	}
	return book, nil
}

// AgencyView is what names mean by the events that were known at a moment and had
// taken effect at another.
type AgencyView struct {
	book  *agencyBook
	known time.Time // zero for all that is known
	At    time.Time
}

// Knows reports whether an event was recorded by then and not cancelled.
func (v AgencyView) Knows(e AgencyEventRow) bool {
	by := func(at time.Time) bool { return v.known.IsZero() || !at.After(v.known) }
	cancelled, found := v.book.cancelled[e.ID]
	return by(e.Recorded.Time) && !(found && by(cancelled))
}

// Agency is the agency that a name means.
func (v AgencyView) Agency(name int64) int64 {
	for {
		next := name
		for _, e := range v.book.bySubject[name] {
			if (e.Kind == EventAlias || e.Kind == EventMerge) && v.Knows(e) {
				next = e.ObjectID
			}
		}
		if next == name {
			return name
		}
		name = next
	}
}

// Agencies are the agencies that names mean, in their order.
func (v AgencyView) Agencies(names []int64) []int64 {
	var ids []int64
	for _, name := range names {
		ids = append(ids, v.Agency(name))
	}
	return ids
}

// Names are all names of an agency: first the one it has its id from.
func (v AgencyView) Names(agency int64) []int64 {
	names := []int64{agency}
	for _, e := range v.book.byObject[agency] {
		if (e.Kind == EventAlias || e.Kind == EventMerge) && v.Knows(e) {
			names = append(names, v.Names(e.SubjectID)...)
		}
	}
	return names
}

// Official is the name that an agency is called by.
func (v AgencyView) Official(agency int64) int64 {
	name, since := agency, time.Time{}
	for _, e := range v.book.bySubject[agency] {
		if e.Kind == EventRename && v.Knows(e) && !e.TakesEffect.After(v.At) && !e.TakesEffect.Before(since) {
			name, since = e.ObjectID, e.TakesEffect.Time
		}
	}
	return name
}

// Succession is the event by which an agency's duties pass on, whether or not it has
// taken effect: the last word counts.
func (v AgencyView) Succession(agency int64) (last AgencyEventRow, found bool) {
	for _, e := range v.book.bySubject[agency] {
		if e.Kind == EventSucceed && v.Knows(e) {
			last, found = e, true
		}
	}
	return last, found
}

// Holder is the agency that has the duties of an agency.
func (v AgencyView) Holder(agency int64) int64 {
	e, found := v.Succession(agency)
	if !found || e.TakesEffect.After(v.At) {
		return agency
	}
	return v.Holder(v.Agency(e.ObjectID))
}

// AnswersFor are all names of an agency and of those whose duties it has; none once its
// own have passed on.
func (v AgencyView) AnswersFor(agency int64) []int64 {
	if v.Holder(agency) != agency {
		return nil
	}
	names := v.Names(agency)
	for i := 0; i < len(names); i++ { // the list grows: a predecessor has predecessors
		for _, e := range v.book.byObject[names[i]] {
			before := e.SubjectID
			if e.Kind != EventSucceed || !v.Knows(e) || slices.Contains(names, before) {
				continue
			}
			if last, _ := v.Succession(before); last.ID == e.ID && !e.TakesEffect.After(v.At) {
				names = append(names, v.Names(before)...)
			}
		}
	}
	return names
}

// StandsFor are the names whose records are shown as an agency's: those that it answers
// for or, once its duties have passed on, still its own.
func (v AgencyView) StandsFor(agency int64) []int64 {
	if names := v.AnswersFor(agency); names != nil {
		return names
	}
	return v.Names(agency)
}

// AgencyView is what names mean at a moment, or now when that is zero, as a
// transaction sees it before it adds any events.
func (l *Ledger) AgencyView(ctx context.Context, q database.Querier, asOf time.Time) (AgencyView, error) {
	book, err := l.agencies.read(ctx, q)
	switch {
	case err != nil:
		return AgencyView{}, err
	case !asOf.IsZero():
		return AgencyView{book, asOf, asOf}, nil
	case !book.dated: // as nearly always: nothing hangs on what time it is
		return AgencyView{book: book}, nil
	}
	return AgencyView{book: book, At: l.db.Now()}, nil
}

// AgenciesChanged is the last moment at which anything that has happened to agencies was
// recorded, or counts from where that is later; zero when nothing has.
func (l *Ledger) AgenciesChanged(ctx context.Context) (last time.Time, err error) {
	view, err := l.AgencyView(ctx, l.db.Reader(), time.Time{})
	if err != nil {
		return last, l.db.Translate(ctx, err)
	}
	for _, e := range view.Events() {
		for _, at := range []time.Time{e.Recorded.Time, e.TakesEffect.Time} {
			if at.After(last) {
				last = at
			}
		}
	}
	return last, nil
}

// agencyViewAt is agencyView of now where the last event is known, so that nothing is read
// when this process has met it.
func (l *Ledger) agencyViewAt(ctx context.Context, q database.Querier, last int64) (AgencyView, error) {
	if book := l.agencies.upTo(last); book != nil {
		return AgencyView{book: book, At: l.db.Now()}, nil
	}
	return l.AgencyView(ctx, q, time.Time{})
}

// Succeeds reports whether duties pass to an agency.
func (v AgencyView) Succeeds(agency int64) bool {
	return slices.ContainsFunc(v.Names(agency), func(name int64) bool {
		return slices.ContainsFunc(v.book.byObject[name], func(e AgencyEventRow) bool {
			last, _ := v.Succession(e.SubjectID)
			return e.Kind == EventSucceed && v.Knows(e) && last.ID == e.ID
		})
	})
}

// AddAgencyEvent appends what happens to agencies at a moment of the ledger to a
// transaction that holds it, and to its view of them.
func AddAgencyEvent(tx *gorm.DB, view *AgencyView, e AgencyEventRow, now database.Moment) error {
	e.Recorded = now
	if e.TakesEffect.IsZero() {
		e.TakesEffect = now
	}
	if err := tx.Create(&e).Error; err != nil {
		return err
	}
	if err := tx.Exec("UPDATE ledger SET agency_event = ? WHERE id = 1", e.ID).Error; err != nil {
		return err
	}
	agencyEventRecord.Touch(tx, e.ID)
	view.book = view.book.with(e)
	return nil
}

// About is the agency that the audit log has an event under.
func (e AgencyEventRow) About() int64 {
	if e.Kind == EventAlias || e.Kind == EventMerge {
		return e.ObjectID
	}
	return e.SubjectID
}

// EventsOf are the events of an agency, those of the agencies merged into it and those
// by which duties pass to it, cancelled ones too.
func (v AgencyView) EventsOf(agency int64) []AgencyEventRow {
	return slices.DeleteFunc(slices.Clone(v.book.events), func(e AgencyEventRow) bool {
		return e.Kind == EventCancel || v.Agency(e.SubjectID) != agency && v.Agency(e.ObjectID) != agency
	})
}

// AsOf is what names meant at a moment, by what was known then.
func (v AgencyView) AsOf(at time.Time) AgencyView { return AgencyView{v.book, at, at} }

// CancelledAt is when an event was cancelled, zero when it was not.
func (v AgencyView) CancelledAt(event int64) time.Time { return v.book.cancelled[event] }

// Events are all that happened to agencies, cancelled ones too.
func (v AgencyView) Events() []AgencyEventRow { return v.book.events }
