package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

type agencyMatchRow struct {
	ID       int64
	Plan     string
	NameID   int64
	AgencyID int64
	Recorded moment `gorm:"column:recorded_at"`
}

// TableName implements gorm's schema.Tabler.
func (agencyMatchRow) TableName() string { return "agency_matches" }

type agencyMatchDecisionRow struct {
	MatchID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Decision indicator.MatchState
	Decided  moment `gorm:"column:decided_at"`
}

// TableName implements gorm's schema.Tabler.
func (agencyMatchDecisionRow) TableName() string { return "agency_match_decisions" }

// What one plan can propose is bounded, whatever it holds: no city has so many agencies.
const (
	mostNew      = 1000 // names that are held against those that are known
	mostProposed = 1000
)

// resembling pairs each of the names that are new in a jurisdiction with those that it
// may be another name of: of names that are all new, the first stands for the agency.
func resembling(known []agencyNameRow, fresh []string, jurisdiction string) (pairs [][2]agencyNameRow) {
	isNew, byName := map[string]bool{}, map[string]agencyNameRow{}
	for _, name := range fresh {
		isNew[name] = true
	}
	before := make([]agencyNameRow, 0, len(known)+mostNew)
	parts := make([]indicator.AgencyName, 0, len(known)+mostNew)
	add := func(row agencyNameRow) {
		before, parts = append(before, row), append(parts, indicator.PartsOf(row.Name, jurisdiction))
	}
	for _, r := range known {
		if byName[r.Name] = r; !isNew[r.Name] {
			add(r)
		}
	}
	for _, name := range fresh[:min(len(fresh), mostNew)] {
		row, stored := byName[name]
		if !stored {
			row = agencyNameRow{Jurisdiction: jurisdiction, Name: name}
		}
		of := indicator.PartsOf(name, jurisdiction)
		for i, other := range before {
			if of.Resembles(parts[i]) {
				pairs = append(pairs, [2]agencyNameRow{row, other})
			}
			if len(pairs) == mostProposed {
				return pairs
			}
		}
		add(row)
	}
	return pairs
}

// proposeMatches stores what names, which a plan was the first in its jurisdiction to
// write, may be other names of.
func proposeMatches(tx *gorm.DB, view agencyView, plan, jurisdiction string, fresh []string, now moment) error {
	var known []agencyNameRow
	if err := tx.Where("jurisdiction = ?", jurisdiction).Order("id").Find(&known).Error; err != nil {
		return err
	}
	var rows []agencyMatchRow
	for _, pair := range resembling(known, fresh, jurisdiction) {
		row := agencyMatchRow{Plan: plan, NameID: pair[0].ID, AgencyID: view.agency(pair[1].ID), Recorded: now}
		if !slices.Contains(rows, row) { // several names of the agency may resemble it
			rows = append(rows, row)
		}
	}
	return insertAll(tx, rows)
}

// ProposedMatches are the proposals that an import of names into a jurisdiction would
// make. It stores nothing.
func (s *Store) ProposedMatches(ctx context.Context, jurisdiction string, names []string) ([]indicator.AgencyMatch, error) {
	tx := s.read.WithContext(ctx)
	var known []agencyNameRow
	if err := tx.Where("jurisdiction = ?", jurisdiction).Order("id").Find(&known).Error; err != nil {
		return nil, s.translate(ctx, err)
	}
	have := map[string]bool{}
	for _, r := range known {
		have[r.Name] = true
	}
	var fresh []string
	for _, name := range names {
		if !have[name] {
			have[name] = true
			fresh = append(fresh, name)
		}
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	pairs := resembling(known, fresh, jurisdiction)
	var stored []int64
	for _, pair := range pairs {
		if pair[1].ID != 0 {
			stored = append(stored, view.agency(pair[1].ID))
		}
	}
	refs, err := view.refs(tx, stored)
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	matches := make([]indicator.AgencyMatch, len(pairs))
	for i, pair := range pairs {
		agency := indicator.AgencyRef{Jurisdiction: jurisdiction, Name: pair[1].Name}
		if pair[1].ID != 0 {
			agency = refs[view.agency(pair[1].ID)]
		}
		matches[i] = indicator.AgencyMatch{Name: pair[0].Name, Agency: agency, State: indicator.MatchOpen}
	}
	return distinctMatches(matches), nil
}

// distinctMatches leaves one of the proposals of a name for the same agency, of which
// several names may resemble it.
func distinctMatches(matches []indicator.AgencyMatch) []indicator.AgencyMatch {
	type pair struct {
		name   string
		agency indicator.AgencyRef
	}
	seen := map[pair]bool{}
	return slices.DeleteFunc(matches, func(m indicator.AgencyMatch) bool {
		k := pair{m.Name, m.Agency}
		before := seen[k]
		seen[k] = true
		return before
	})
}

// AgencyMatches lists the proposals that a plan has led to, in the order they were made.
// It fails with fault.NotFound when there is no such plan.
func (s *Store) AgencyMatches(ctx context.Context, plan string) ([]indicator.AgencyMatch, error) {
	tx := s.read.WithContext(ctx)
	if _, err := jurisdictionOf(tx, plan); err != nil {
		return nil, s.translate(ctx, err)
	}
	view, err := s.viewIn(tx)
	if err != nil {
		return nil, s.translate(ctx, err)
	}
	found, err := matchesOf(tx, view, plan)
	return found, s.translate(ctx, err)
}

// storedMatch is a proposal with what was decided, if anything was.
type storedMatch struct {
	Match    agencyMatchRow `gorm:"embedded"`
	Decision *indicator.MatchState
}

// state is what became of a proposal. One that was confirmed is rejected once the name was
// taken from the agency again.
func (m storedMatch) state(v agencyView) indicator.MatchState {
	switch {
	case m.Decision != nil && *m.Decision == indicator.MatchConfirmed && v.agency(m.Match.NameID) == m.Match.NameID:
		return indicator.MatchRejected
	case m.Decision != nil:
		return *m.Decision
	case v.agency(m.Match.NameID) != m.Match.NameID, v.agency(m.Match.AgencyID) == m.Match.NameID:
		return indicator.MatchSettled
	}
	return indicator.MatchOpen
}

// agency is the agency of now that a proposal is about: the one that the name may be
// another name of or, once it was settled otherwise, the one whose name it has become.
func (m storedMatch) agency(v agencyView) int64 {
	if m.state(v) == indicator.MatchSettled {
		return v.agency(m.Match.NameID)
	}
	return v.agency(m.Match.AgencyID)
}

// distinctOpen leaves out the open proposals of a name that ask again what another one
// asks, or was told no to, now that their agencies are one.
func distinctOpen(rows []storedMatch, v agencyView) []storedMatch {
	seen := map[agencyMatchRow]bool{}
	return slices.DeleteFunc(slices.Clone(rows), func(m storedMatch) bool {
		state := m.state(v)
		asks := agencyMatchRow{Plan: m.Match.Plan, NameID: m.Match.NameID, AgencyID: m.agency(v)}
		again := seen[asks]
		seen[asks] = again || state == indicator.MatchOpen || state == indicator.MatchRejected
		return again && state == indicator.MatchOpen
	})
}

func storedMatches(tx *gorm.DB, plans ...string) (rows []storedMatch, err error) {
	return rows, tx.Table("agency_matches AS m").Select("m.*, d.decision").
		Joins("LEFT JOIN agency_match_decisions d ON d.match_id = m.id").
		Where("m.plan IN ?", plans).Order("m.id").Find(&rows).Error
}

func matchesOf(tx *gorm.DB, view agencyView, plan string) ([]indicator.AgencyMatch, error) {
	rows, err := storedMatches(tx, plan)
	if err != nil {
		return nil, err
	}
	rows = distinctOpen(rows, view)
	var names, agencies []int64
	for _, r := range rows {
		names, agencies = append(names, r.Match.NameID), append(agencies, r.agency(view))
	}
	texts, err := namesByID(tx, names)
	if err != nil {
		return nil, err
	}
	refs, err := view.refs(tx, agencies)
	matches := make([]indicator.AgencyMatch, len(rows))
	for i, r := range rows {
		matches[i] = indicator.AgencyMatch{
			ID: r.Match.ID, Plan: r.Match.Plan, Name: texts[r.Match.NameID].Name, Agency: refs[r.agency(view)],
			State: r.state(view), ProposedAt: r.Match.Recorded.Time,
		}
	}
	return matches, err
}

// DecideMatches confirms and rejects proposals of a plan, all that the decision names or
// none. Confirming makes the name, and all that it had as an agency of its own, another
// name of the agency. Deciding again what is decided so changes nothing.
//
// It fails with fault.NotFound when there is no such plan, and below the place of an id
// ("/confirm/0") with fault.InvalidValue when the plan has no such proposal, when it is
// listed twice or was decided otherwise, and when the name is no agency of its own any
// more, and as MergeAgencies does.
func (s *Store) DecideMatches(ctx context.Context, plan string, d indicator.MatchDecision) ([]indicator.AgencyMatch, error) {
	err := s.inAgencies(ctx, func(c *agencyChange) error {
		if _, err := jurisdictionOf(c.tx, plan); err != nil {
			return err
		}
		rows, err := storedMatches(c.tx, plan)
		if err != nil {
			return err
		}
		seen := map[int64]bool{}
		decide := func(list string, ids []int64, wanted indicator.MatchState) error {
			for i, id := range ids {
				at := fmt.Sprintf("/%s/%d", list, i)
				n := slices.IndexFunc(rows, func(m storedMatch) bool { return m.Match.ID == id })
				switch {
				case n < 0:
					return fault.Newf(fault.InvalidValue, "计划 %s 没有单位匹配 %d", "the plan %s has no proposal %d", plan, id).At(at)
				case seen[id]:
					return fault.Newf(fault.InvalidValue, "单位匹配 %d 重复出现", "the proposal %d is listed twice", id).At(at)
				}
				seen[id] = true
				if err := c.decideMatch(rows[n], wanted); err != nil {
					return fault.At(err, at)
				}
			}
			return nil
		}
		if err := decide("confirm", d.Confirm, indicator.MatchConfirmed); err != nil {
			return err
		}
		return decide("reject", d.Reject, indicator.MatchRejected)
	})
	if err != nil {
		return nil, err
	}
	return s.AgencyMatches(ctx, plan)
}

func (c *agencyChange) decideMatch(m storedMatch, wanted indicator.MatchState) error {
	switch state := m.state(c.view); {
	case state == wanted:
		return nil
	case state != indicator.MatchOpen:
		return fault.Newf(fault.InvalidValue, "单位匹配 %[1]d 已定（%[2]s）", "the proposal %[1]d is %[3]s already", m.Match.ID, state.Label().ZH, state.Label().EN)
	}
	decision := agencyMatchDecisionRow{MatchID: m.Match.ID, Decision: wanted, Decided: c.now}
	if err := c.tx.Create(&decision).Error; err != nil {
		return err
	}
	if wanted == indicator.MatchConfirmed {
		return c.merge(m.Match.NameID, c.view.agency(m.Match.AgencyID), "agency.aliased")
	}
	return c.store.record(c.ctx, c.tx, "agency.match_rejected", strconv.FormatInt(m.Match.NameID, 10), nil,
		[]int64{m.Match.ID, m.Match.NameID, m.Match.AgencyID})
}
