package store

import (
	"context"
	"slices"
	"sync"
	"time"
)

// What happens to agencies. See the table agency_events for what subject and object are.
const (
	eventAlias   = "alias"
	eventRename  = "rename"
	eventMerge   = "merge"
	eventSucceed = "succeed"
	eventCancel  = "cancel"
)

type agencyEventRow struct {
	ID          int64
	Kind        string
	SubjectID   int64
	ObjectID    int64
	FromOn      day
	TakesEffect moment `gorm:"column:takes_effect_at"`
	Recorded    moment `gorm:"column:recorded_at"`
	Cancels     *int64 // the event that counts as not recorded from then on
}

// TableName implements gorm's schema.Tabler.
func (agencyEventRow) TableName() string { return "agency_events" }

// agencyBook is all that has happened to agencies. It never changes: more events make
// another book.
type agencyBook struct {
	events    []agencyEventRow
	bySubject map[int64][]agencyEventRow // in the order of their ids
	byObject  map[int64][]agencyEventRow
	cancelled map[int64]time.Time // when events were cancelled
	dated     bool                // whether any counts from a day
}

func (b *agencyBook) with(events ...agencyEventRow) *agencyBook {
	all := &agencyBook{
		events:    slices.Concat(b.events, events),
		bySubject: map[int64][]agencyEventRow{}, byObject: map[int64][]agencyEventRow{}, cancelled: map[int64]time.Time{},
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
func (k *agencyBooks) read(ctx context.Context, q querier) (*agencyBook, error) {
	k.mu.Lock()
	book := k.last
	k.mu.Unlock()
	after := int64(0)
	if book == nil {
		book = (&agencyBook{}).with()
	} else if n := len(book.events); n > 0 {
		after = book.events[n-1].ID
	}
	rows, err := q.QueryContext(ctx, `SELECT id, kind, subject_id, object_id, from_on, takes_effect_at, recorded_at, cancels
		FROM agency_events WHERE id > $1 ORDER BY id`, after)
	if err != nil {
		return nil, err
	}
	var more []agencyEventRow
	err = eachRow(rows, func() error {
		var e agencyEventRow
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

// agencyView is what names mean by the events that were known at a moment and had
// taken effect at another.
type agencyView struct {
	book  *agencyBook
	known time.Time // zero for all that is known
	at    time.Time
}

// knows reports whether an event was recorded by then and not cancelled.
func (v agencyView) knows(e agencyEventRow) bool {
	by := func(at time.Time) bool { return v.known.IsZero() || !at.After(v.known) }
	cancelled, found := v.book.cancelled[e.ID]
	return by(e.Recorded.Time) && !(found && by(cancelled))
}

// agency is the agency that a name means.
func (v agencyView) agency(name int64) int64 {
	for {
		next := name
		for _, e := range v.book.bySubject[name] {
			if (e.Kind == eventAlias || e.Kind == eventMerge) && v.knows(e) {
				next = e.ObjectID
			}
		}
		if next == name {
			return name
		}
		name = next
	}
}

// agencies are the agencies that names mean, in their order.
func (v agencyView) agencies(names []int64) []int64 {
	var ids []int64
	for _, name := range names {
		ids = append(ids, v.agency(name))
	}
	return ids
}

// names are all names of an agency: first the one it has its id from.
func (v agencyView) names(agency int64) []int64 {
	names := []int64{agency}
	for _, e := range v.book.byObject[agency] {
		if (e.Kind == eventAlias || e.Kind == eventMerge) && v.knows(e) {
			names = append(names, v.names(e.SubjectID)...)
		}
	}
	return names
}

// official is the name that an agency is called by.
func (v agencyView) official(agency int64) int64 {
	name, since := agency, time.Time{}
	for _, e := range v.book.bySubject[agency] {
		if e.Kind == eventRename && v.knows(e) && !e.TakesEffect.After(v.at) && !e.TakesEffect.Before(since) {
			name, since = e.ObjectID, e.TakesEffect.Time
		}
	}
	return name
}

// succession is the event by which an agency's duties pass on, whether or not it has
// taken effect: the last word counts.
func (v agencyView) succession(agency int64) (last agencyEventRow, found bool) {
	for _, e := range v.book.bySubject[agency] {
		if e.Kind == eventSucceed && v.knows(e) {
			last, found = e, true
		}
	}
	return last, found
}

// holder is the agency that has the duties of an agency.
func (v agencyView) holder(agency int64) int64 {
	e, found := v.succession(agency)
	if !found || e.TakesEffect.After(v.at) {
		return agency
	}
	return v.holder(v.agency(e.ObjectID))
}

// answersFor are all names of an agency and of those whose duties it has; none once its
// own have passed on.
func (v agencyView) answersFor(agency int64) []int64 {
	if v.holder(agency) != agency {
		return nil
	}
	names := v.names(agency)
	for i := 0; i < len(names); i++ { // the list grows: a predecessor has predecessors
		for _, e := range v.book.byObject[names[i]] {
			before := e.SubjectID
			if e.Kind != eventSucceed || !v.knows(e) || slices.Contains(names, before) {
				continue
			}
			if last, _ := v.succession(before); last.ID == e.ID && !e.TakesEffect.After(v.at) {
				names = append(names, v.names(before)...)
			}
		}
	}
	return names
}

// standsFor are the names whose records are shown as an agency's: those that it answers
// for or, once its duties have passed on, still its own.
func (v agencyView) standsFor(agency int64) []int64 {
	if names := v.answersFor(agency); names != nil {
		return names
	}
	return v.names(agency)
}

// idsOf are the ids of names; nil for none.
func idsOf(ids map[string]int64, names []string) []int64 {
	var of []int64
	for _, name := range names {
		of = append(of, ids[name])
	}
	return of
}
