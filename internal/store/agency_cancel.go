package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

var kindAgencyEvent = fault.Text{ZH: "单位变更记录", EN: "agency event"}

// about is the agency that the audit log has an event under.
func (e agencyEventRow) about() int64 {
	if e.Kind == eventAlias || e.Kind == eventMerge {
		return e.ObjectID
	}
	return e.SubjectID
}

// eventsOf are the events of an agency, those of the agencies merged into it and those
// by which duties pass to it, cancelled ones too.
func (v agencyView) eventsOf(agency int64) []agencyEventRow {
	return slices.DeleteFunc(slices.Clone(v.book.events), func(e agencyEventRow) bool {
		return e.Kind == eventCancel || v.agency(e.SubjectID) != agency && v.agency(e.ObjectID) != agency
	})
}

// AgencyEvents lists what happened to an agency, in the order it was recorded. It fails
// with fault.NotFound.
func (s *Store) AgencyEvents(ctx context.Context, id int64) ([]indicator.AgencyEvent, error) {
	tx := s.read.WithContext(ctx)
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	if err := mustExist(tx, id); err != nil {
		return nil, s.translate(ctx, err)
	}
	rows := view.eventsOf(view.agency(id))
	var ids []int64
	called := func(e agencyEventRow, name int64) int64 { // just before the event
		before := e.Recorded.Add(-time.Nanosecond)
		return agencyView{view.book, before, before}.official(name)
	}
	pairs := make([][2]int64, len(rows))
	for i, e := range rows {
		switch e.Kind {
		case eventAlias:
			pairs[i] = [2]int64{called(e, e.ObjectID), e.SubjectID}
		case eventRename:
			pairs[i] = [2]int64{called(e, e.SubjectID), e.ObjectID}
		default:
			pairs[i] = [2]int64{called(e, e.SubjectID), called(e, e.ObjectID)}
		}
		ids = append(ids, pairs[i][:]...)
	}
	names, err := namesByID(tx, distinct(ids))
	events := make([]indicator.AgencyEvent, len(rows))
	for i, e := range rows {
		events[i] = indicator.AgencyEvent{
			ID: e.ID, Kind: indicator.AgencyEventKind(e.Kind), Agency: names[pairs[i][0]].Name, Other: names[pairs[i][1]].Name,
			From: e.FromOn.Date, RecordedAt: e.Recorded.Time, CancelledAt: view.book.cancelled[e.ID],
		}
	}
	return events, s.translate(ctx, err)
}

// CancelAgencyEvent makes an event of an agency count as not recorded from now on (撤销),
// and returns the agency; a name that a rename brought with it is no longer one either.
// Cancelling again changes nothing.
//
// It fails with fault.NotFound when there is no such agency or it has no such event, and
// with fault.AgencyEventInUse when later events or keys rest on it.
func (s *Store) CancelAgencyEvent(ctx context.Context, id, event int64) (indicator.Agency, error) {
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		a, err := c.find(id)
		if err != nil {
			return err
		}
		events := c.view.eventsOf(a.ID)
		n := slices.IndexFunc(events, func(e agencyEventRow) bool { return e.ID == event })
		if n < 0 {
			return notFound(kindAgencyEvent, strconv.FormatInt(event, 10)).At("/event")
		}
		if e := events[n]; c.view.knows(e) {
			return c.cancel(e)
		}
		return nil
	})
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.changedAgency(ctx, id)
}

// cancel stores that an event does not count any more.
func (c *agencyChange) cancel(e agencyEventRow) error {
	all := []agencyEventRow{e}
	switch e.Kind {
	case eventRename:
		all = append(all, c.broughtWith(e)...)
	case eventAlias, eventMerge:
		if err := c.restingOn(e); err != nil {
			return err
		}
	}
	about := c.view.agency(e.about())
	before, err := c.audited(about)
	if err != nil {
		return err
	}
	for _, one := range all {
		cancelled := one.ID
		if err := c.add(agencyEventRow{Kind: eventCancel, SubjectID: one.SubjectID, ObjectID: one.ObjectID, Cancels: &cancelled}); err != nil {
			return err
		}
	}
	if err := c.refuseRing(e); err != nil {
		return err
	}
	after, err := c.audited(about)
	if err != nil {
		return err
	}
	return c.store.record(c.ctx, c.tx, "agency.cancelled", strconv.FormatInt(about, 10), []any{e.ID, e.Kind, before}, after)
}

// broughtWith is the event by which a rename made its name one of the agency, unless
// another rename has the name too.
func (c *agencyChange) broughtWith(e agencyEventRow) (brought []agencyEventRow) {
	for _, other := range c.view.book.events {
		switch {
		case !c.view.knows(other) || other.ID == e.ID:
		case other.Kind == eventRename && other.ObjectID == e.ObjectID:
			return nil
		case other.Kind == eventAlias && other.SubjectID == e.ObjectID && other.Recorded.Equal(e.Recorded.Time):
			brought = append(brought, other)
		}
	}
	return brought
}

// restingOn refuses to cancel a merge or another name while something recorded since may
// mean what it made: a rename to the name, whatever happened to the agency that is left,
// or keys made for that.
func (c *agencyChange) restingOn(e agencyEventRow) error {
	var events []string
	for _, later := range c.view.book.events {
		rests := later.SubjectID == e.ObjectID || later.ObjectID == e.ObjectID
		if e.Kind == eventAlias {
			rests = later.Kind == eventRename && later.ObjectID == e.SubjectID
		}
		if rests && later.ID > e.ID && later.Kind != eventCancel && c.view.knows(later) {
			events = append(events, strconv.FormatInt(later.ID, 10))
		}
	}
	if len(events) > 0 {
		return c.eventInUse(e, events)
	}
	var keys []keyRow
	err := c.tx.Table("access_keys AS k").Select("DISTINCT k.*").Joins("JOIN access_key_agencies x ON x.key_id = k.id").
		Where("x.agency_id IN ? AND k.created_at > ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)",
			c.view.names(c.view.agency(e.ObjectID)), e.Recorded, c.now).
		Order("k.id").Find(&keys).Error
	if err != nil || len(keys) == 0 {
		return err
	}
	made := make([]string, len(keys))
	for i, k := range keys {
		made[i] = fmt.Sprintf("%s（%s）", k.Code, k.Name)
	}
	return fault.Newf(fault.AgencyEventInUse, "记录 %d 之后为该单位建了密钥：%s；请先吊销", "keys were made for the agency after the event %d: %s; revoke them first",
		e.ID, listed(made)).At("/event")
}

func (c *agencyChange) eventInUse(e agencyEventRow, by []string) error {
	return fault.Newf(fault.AgencyEventInUse, "其后的记录 %[2]s 以记录 %[1]d 为据；请先撤销",
		"the later events %[2]s rest on the event %[1]d: cancel them first", e.ID, listed(by)).At("/event")
}

// listed is a list of a refusal, cut where it grows long.
func listed(texts []string) string {
	if len(texts) > indicator.MostShown {
		texts = append(slices.Clone(texts[:indicator.MostShown]), "…")
	}
	return strings.Join(texts, "、")
}

// refuseRing refuses to cancel a succession where the one before it, which counts again,
// would bring duties back to where they come from.
func (c *agencyChange) refuseRing(e agencyEventRow) error {
	start := c.view.agency(e.SubjectID)
	var passing []string
	for next := start; ; {
		passes, found := c.view.succession(next)
		if !found {
			return nil
		}
		if next != start {
			passing = append(passing, strconv.FormatInt(passes.ID, 10))
		}
		if next = c.view.agency(passes.ObjectID); next == start {
			return c.eventInUse(e, passing)
		}
	}
}
