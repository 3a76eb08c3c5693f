package store

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
)

// What parts the columns of a tally, and tallies: a call into the database for each of
// hundreds of thousands of rows would cost more than all of the counting, so that those of a
// plan come as one text.
const (
	betweenColumns = "\x1f"
	betweenTallies = "\x1e"
)

// tallyColumns are what is read of each standing, in the order in which tallyReader reads it.
var tallyColumns = []string{
	"s.indicator_id", "s.task_place", "s.section", "s.task", "s.kind", "s.due_on", "s.status", "s.reason",
	"s.expected", "s.report_missing", "s.percent_units", "s.percent_cut", "s.gap_key", "s.agencies",
}

func tallyText() string {
	texts := make([]string, len(tallyColumns))
	for i, c := range tallyColumns {
		texts[i] = "CAST(" + c + " AS TEXT)"
	}
	return strings.Join(texts, " || '"+betweenColumns+"' || ")
}

// EachTally visits the standings that a query selects in the order of the plans, at one
// moment of the database; sorts and pages of the query are ignored. Before that it tells the
// others, selected or not: indicators whose standing is not known. It is false where those
// are too many: then nothing was told or visited.
func (s *Store) EachTally(ctx context.Context, visible indicator.Visibility, q progress.StandingQuery, others func([]int64) error, visit func(progress.Tally) error) (known bool, err error) {
	err = s.db.Read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		ids, err := unsettled(tx, q)
		if err != nil {
			return err
		}
		if known = len(ids) <= q.MostUnsettled; !known {
			return nil
		}
		if err := others(ids); err != nil {
			return err
		}
		view, err := s.viewAt(tx, q.AsOf)
		if err != nil {
			return err
		}
		selected, err := s.standingsSelected(tx, visible, q, ids)
		if err != nil {
			return err
		}
		rows, err := selected.Select("s.plan, s.plan_id, string_agg(" + tallyText() + ", '" + betweenTallies + "' ORDER BY s.task_place, s.indicator_id)").
			Group("s.plan_id, s.plan").Order("s.plan_id").Rows()
		if err != nil {
			return err
		}
		return database.EachRow(rows, func() error {
			var plan, tallies string
			var place int64
			if err := rows.Scan(&plan, &place, &tallies); err != nil {
				return err
			}
			for text := range strings.SplitSeq(tallies, betweenTallies) {
				t, err := readTally(text, view)
				if err != nil {
					return err
				}
				t.Plan, t.Place.Plan = plan, place
				if err := visit(t); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}, s.db.Snapshot())
	return known, s.db.Translate(ctx, err)
}

// tallyReader reads the columns of a tally one after another; the first failure stays.
type tallyReader struct {
	rest string
	err  error
}

func (r *tallyReader) text() string {
	var column string
	column, r.rest, _ = strings.Cut(r.rest, betweenColumns)
	return column
}

func (r *tallyReader) number() int64 {
	n, err := strconv.ParseInt(r.text(), 10, 64)
	r.err = errors.Join(r.err, err)
	return n
}

func (r *tallyReader) date() indicator.Date {
	d, err := indicator.ParseDate(r.text())
	r.err = errors.Join(r.err, err)
	return d
}

func (r *tallyReader) agencies(list string, view agencyView) (ids []int64) {
	if list == "" {
		return nil
	}
	for text := range strings.SplitSeq(list, ",") {
		id, err := strconv.ParseInt(text, 10, 64)
		r.err = errors.Join(r.err, err)
		ids = append(ids, view.Agency(id))
	}
	return ids
}

func readTally(text string, view agencyView) (progress.Tally, error) {
	r := tallyReader{rest: text}
	t := progress.Tally{
		Place: indicator.Place{Indicator: r.number(), Task: r.number()}, Section: int(r.number()), Task: r.text(), Kind: indicator.Kind(r.text()), DueOn: r.date(),
		Status: progress.Status(r.text()), Reason: progress.Reason(r.text()),
		Expected: r.number() != 0, ReportMissing: r.number() != 0, PercentUnits: r.number(), PercentCut: r.number() != 0, GapKey: r.text(),
	}
	lead, participating, _ := strings.Cut(r.text(), "/")
	t.LeadAgencies, t.ParticipatingAgencies = r.agencies(lead, view), r.agencies(participating, view)
	return t, r.err
}
