package store

import (
	"context"
	"strconv"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
)

// agencyChange is one transaction in which something happens to agencies.
type agencyChange struct {
	store *Store
	ctx   context.Context //nolint:containedctx // lives as long as the transaction
	tx    *gorm.DB
	view  agencyView // with what this transaction has added
	now   database.Moment
}

// inAgencies runs a change of agencies in a transaction of its own.
func (s *Store) inAgencies(ctx context.Context, run func(*agencyChange) error) error {
	return s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		view, err := s.viewIn(tx)
		if err != nil {
			return err
		}
		view.At = now.Time
		return run(&agencyChange{s, ctx, tx, view, now})
	})
}

// add stores an event.
func (c *agencyChange) add(e ledger.AgencyEventRow) error {
	return ledger.AddAgencyEvent(c.tx, &c.view.AgencyView, e, c.now)
}

// audited is an agency as the audit chain hashes it.
type auditedAgency struct {
	ID           int64
	Jurisdiction string
	Names        []string // the official one first
	Successor    int64    `json:",omitempty"`
	From         string   `json:",omitempty"`
}

func (c *agencyChange) audited(id int64) (any, error) {
	whole, err := c.view.whole(c.tx, []int64{id}, nil)
	if err != nil {
		return nil, err
	}
	a := auditedAgency{ID: id, Jurisdiction: whole[0].Jurisdiction, Names: append([]string{whole[0].Name}, whole[0].Aliases...)}
	if e, found := c.view.Succession(id); found {
		a.Successor, a.From = c.view.Agency(e.ObjectID), e.FromOn.String()
	}
	return a, nil
}

// noted runs a change of one agency and puts it into the audit log, with what the agency
// was before and is then.
func (c *agencyChange) noted(action string, id int64, change func() error) error {
	before, err := c.audited(id)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := c.audited(id)
	if err != nil {
		return err
	}
	return c.store.Record(c.ctx, c.tx, action, strconv.FormatInt(id, 10), before, after)
}

// find is the agency that has an id now or, when it was merged, the one that it is part
// of. It fails with fault.NotFound.
func (c *agencyChange) find(id int64) (indicator.AgencyRef, error) {
	if err := mustExist(c.tx, id); err != nil {
		return indicator.AgencyRef{}, err
	}
	refs, err := c.view.refs(c.tx, []int64{c.view.Agency(id)})
	return refs[c.view.Agency(id)], err
}

// mustExist fails with fault.NotFound where no agency has an id.
func mustExist(tx *gorm.DB, id int64) error {
	names, err := namesByID(tx, []int64{id})
	if _, found := names[id]; err == nil && !found {
		return database.NotFound(kindAgency, strconv.FormatInt(id, 10))
	}
	return err
}

var kindAgency = fault.Text{ZH: "单位", EN: "agency"}

// meant is the agency that has a name in a jurisdiction; 0 when nobody has it.
func (c *agencyChange) meant(jurisdiction, name string) (int64, error) {
	ids, err := c.view.named(c.tx, indicator.Only(jurisdiction), []string{name})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// newName adds a name that a jurisdiction does not have yet.
func (c *agencyChange) newName(jurisdiction, name string) (int64, error) {
	row := agencyNameRow{Jurisdiction: jurisdiction, Name: name}
	err := c.tx.Create(&row).Error
	ledger.AgencyNameRecord.Touch(c.tx, row.ID)
	return row.ID, err
}

// taken refuses a name that another agency of the jurisdiction has.
func (c *agencyChange) taken(name string, other int64) error {
	return fault.Newf(fault.AgencyNameTaken, "“%[1]s”已是单位 %[2]d 的名称；如是同一单位，请合并",
		"%[1]q is a name of the agency %[2]d already: if both are one, merge them", name, other).At("/name")
}

// changedAgency reads an agency after a change.
func (s *Store) changedAgency(ctx context.Context, id int64) (indicator.Agency, error) {
	tx := s.db.Read.WithContext(ctx)
	view, err := s.viewIn(tx)
	if err != nil {
		return indicator.Agency{}, s.db.Translate(ctx, err)
	}
	id = view.Agency(id)
	counts, err := view.standings(tx, []int64{id}, time.Time{})
	if err != nil {
		return indicator.Agency{}, s.db.Translate(ctx, err)
	}
	whole, err := view.whole(tx, []int64{id}, counts)
	if err != nil {
		return indicator.Agency{}, s.db.Translate(ctx, err)
	}
	return whole[0], nil
}

// AliasAgency gives an agency another name. Giving it one that it has changes nothing.
// It fails with fault.NotFound, and with fault.AgencyNameTaken at "/name" when another
// agency of its jurisdiction has the name.
func (s *Store) AliasAgency(ctx context.Context, id int64, name string) (indicator.Agency, error) {
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		a, err := c.find(id)
		if err != nil {
			return err
		}
		switch other, err := c.meant(a.Jurisdiction, name); {
		case err != nil || other == a.ID:
			return err
		case other != 0:
			return c.taken(name, other)
		}
		return c.noted("agency.aliased", a.ID, func() error { return c.alias(a, name) })
	})
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.changedAgency(ctx, id)
}

// alias makes a name that is new another name of an agency.
func (c *agencyChange) alias(a indicator.AgencyRef, name string) error {
	added, err := c.newName(a.Jurisdiction, name)
	if err != nil {
		return err
	}
	return c.add(ledger.AgencyEventRow{Kind: ledger.EventAlias, SubjectID: added, ObjectID: a.ID})
}

// RenameAgency makes a name the official one of an agency from the beginning of a day,
// which is the moment given; the one before stays a name of it. It fails as AliasAgency
// does.
func (s *Store) RenameAgency(ctx context.Context, id int64, name string, from indicator.Date, begins time.Time) (indicator.Agency, error) {
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		a, err := c.find(id)
		if err != nil {
			return err
		}
		switch other, err := c.meant(a.Jurisdiction, name); {
		case err != nil:
			return err
		case other != 0 && other != a.ID:
			return c.taken(name, other)
		}
		return c.noted("agency.renamed", a.ID, func() error { return c.rename(a, name, from, begins) })
	})
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.changedAgency(ctx, id)
}

func (c *agencyChange) rename(a indicator.AgencyRef, name string, from indicator.Date, begins time.Time) error {
	ids := map[string]int64{}
	if err := namesIn(c.tx, a.Jurisdiction, []string{name}, ids); err != nil {
		return err
	}
	if ids[name] == 0 {
		if err := c.alias(a, name); err != nil {
			return err
		}
		if err := namesIn(c.tx, a.Jurisdiction, []string{name}, ids); err != nil {
			return err
		}
	}
	return c.add(ledger.AgencyEventRow{Kind: ledger.EventRename, SubjectID: a.ID, ObjectID: ids[name], FromOn: database.Day{Date: from}, TakesEffect: database.MomentOf(begins)})
}

// MergeAgencies makes two agencies of a jurisdiction one: the names of the first become
// names of the other, and what stands in the first's name and the keys bound to it are
// the other's from now on. Reports keep saying who reported by the name of then.
//
// It fails with fault.NotFound, at "/into" with fault.InvalidValue when the jurisdiction
// has no such agency or it is the same, and with fault.AgencySucceeded when the duties of
// either have passed or are to pass to another.
func (s *Store) MergeAgencies(ctx context.Context, id int64, into string) (indicator.Agency, error) {
	merged := id
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		a, err := c.find(id)
		if err != nil {
			return err
		}
		other, err := c.meant(a.Jurisdiction, into)
		switch {
		case err != nil:
			return err
		case other == 0:
			return fault.Newf(fault.InvalidValue, "辖区“%s”没有单位“%s”", "%q has no agency %q", a.Jurisdiction, into).At("/into")
		case other == a.ID:
			return fault.Newf(fault.InvalidValue, "“%s”已是该单位的名称", "%q is a name of the agency already", into).At("/into")
		}
		merged = other
		return c.merge(a.ID, other, "agency.merged")
	})
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.changedAgency(ctx, merged)
}

// merge makes an agency another one, which the audit log names.
func (c *agencyChange) merge(id, into int64, action string) error {
	for _, one := range []int64{id, into} {
		if _, found := c.view.Succession(one); found {
			return fault.Newf(fault.AgencySucceeded, "单位 %d 的职责已由其他单位承接，不能合并",
				"the duties of the agency %d pass to another: it cannot be merged", one)
		}
	}
	return c.noted(action, into, func() error {
		return c.add(ledger.AgencyEventRow{Kind: ledger.EventMerge, SubjectID: id, ObjectID: into})
	})
}

// SucceedAgency passes the duties of an agency to another of its jurisdiction from the
// beginning of a day, which is the moment given; one that has no such name yet is made.
// Saying it again for the same agency takes the place of what was said before.
//
// It fails with fault.NotFound, and with fault.InvalidValue at "/by" when duties would
// come back to the agency.
func (s *Store) SucceedAgency(ctx context.Context, id int64, by string, from indicator.Date, begins time.Time) (indicator.Agency, error) {
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		a, err := c.find(id)
		if err != nil {
			return err
		}
		heir, err := c.meant(a.Jurisdiction, by)
		if err == nil && heir == 0 {
			heir, err = c.newName(a.Jurisdiction, by)
		}
		if err != nil {
			return err
		}
		for next := heir; ; {
			if next == a.ID {
				return fault.Newf(fault.InvalidValue, "“%s”的职责最终由该单位自己承接", "the duties of %q come back to the agency itself", by).At("/by")
			}
			e, found := c.view.Succession(next)
			if !found {
				break
			}
			next = c.view.Agency(e.ObjectID)
		}
		return c.noted("agency.succeeded", a.ID, func() error {
			return c.add(ledger.AgencyEventRow{Kind: ledger.EventSucceed, SubjectID: a.ID, ObjectID: heir, FromOn: database.Day{Date: from}, TakesEffect: database.MomentOf(begins)})
		})
	})
	if err != nil {
		return indicator.Agency{}, err
	}
	return s.changedAgency(ctx, id)
}
