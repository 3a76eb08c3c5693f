package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// demoDatabase is where the example plans are kept unless a database is named, so that they never
// come near what somebody keeps in the default one.
const demoDatabase = "demo.db"

// AfterApply gives the example a database of its own, unless one is named.
func (c *serveCommand) AfterApply(given *kong.Context) error { //nolint:unparam // kong calls what returns an error
	_, named := os.LookupEnv(settingsPrefix + "_DATABASE")
	for _, p := range given.Path {
		named = named || p.Flag != nil && p.Flag.Name == "database"
	}
	if c.Demo && !named {
		c.Database = demoDatabase
	}
	return nil
}

// loadDemo fills an empty database with the example plans, what was settled of
// their indicators, and their reports, through the same door as everybody's; what an
// earlier start that was cut short has left out is done now. A database that holds any
// other plan is left alone, and refused where no example plan is beside it. It reports whether
// an example plan is there.
//
// Given a year, which is set for an empty database alone, the plan of one year comes with all that officials
// did about it, each at its time.
func loadDemo(ctx context.Context, db *store.Store, service *tracker.Service, y *year) (bool, error) {
	plans, err := demo.Plans()
	if err != nil {
		return false, err
	}
	stored, _, err := db.Plans(ctx, indicator.PlanSelection{}, indicator.Page{})
	if err != nil {
		return false, err
	}
	for _, p := range stored { // reports that were made up must never come near a plan that is real
		if isDemo(p, plans) {
			continue
		}
		if !hasDemo(stored, plans) {
			return false, fault.Newf(fault.InvalidParameter, "数据库里已有计划 %[1]s，示例不与真实计划放在一起：请去掉 --demo，或以 --database %[2]s 另用一个数据库",
				"the database has the plan %[1]s, and the example is not put beside real plans: leave --demo out, or give it a database of its own with --database %[2]s", p.Code, demoDatabase).At("demo")
		}
		return true, nil
	}
	if y != nil {
		if err := y.load(ctx, plans[0]); err != nil {
			return false, fmt.Errorf("the year of %s: %w", plans[0].Code, err)
		}
	}
	for _, p := range plans {
		if err := loadDemoPlan(ctx, db, service, p); err != nil {
			return false, fmt.Errorf("example plan %s: %w", p.Code, err)
		}
	}
	return true, nil
}

// newDemoYear is the year of the example plan of one year, nil for a database that holds anything. It
// turns the clock to the day on which that plan is imported, so that whatever is stored from now on
// has the moments of then.
func newDemoYear(s *session, b backend, clock *turnable) (*year, error) {
	head, err := b.db.Head(s.ctx)
	if err != nil || head.Moment.UnixMicro() != 0 {
		return nil, err
	}
	clock.Turn(time.Date(2023, 1, 5, 9, 0, 0, 0, b.place))
	return yearOver(b, clock), nil
}

// yearOver is a year over a service that may do everything and tells nobody.
func yearOver(b backend, clock *turnable) *year {
	return &year{
		service: b.service, loops: b.oversight, db: b.db, clock: clock,
		handler: httpapi.New(httpapi.Options{
			Reader: b.db, Service: b.service, Oversight: b.oversight, Now: clock.Now, Place: b.place, Version: version, Local: true, Log: slog.New(slog.DiscardHandler),
		}),
	}
}

// load imports a plan on a day of its January and plays its year, and then lets the clock show the time.
func (y *year) load(ctx context.Context, p demo.Plan) error {
	defer y.clock.Turn(time.Time{})
	_, versions, err := importDemoPlan(ctx, y.db, y.service, p)
	if err != nil {
		return err
	}
	if err := settleDemo(ctx, y.service, p, versions); err != nil {
		return err
	}
	y.plan, y.reports = p.Code, p.Reports
	if err := y.play(ctx, demo.Year(), func(scriptLine) error { return nil }); err != nil {
		return err
	}
	if left := len(y.reports) - len(y.sent); left > 0 {
		return fmt.Errorf("the script sends all reports but %d", left)
	}
	return nil
}

// isDemo tells an example plan from one that only has its code.
func isDemo(plan indicator.Plan, plans []demo.Plan) bool {
	for _, p := range plans {
		sum := sha256.Sum256(p.Text)
		if plan.Code == p.Code && plan.Document.SHA256 == hex.EncodeToString(sum[:]) {
			return true
		}
	}
	return false
}

func hasDemo(stored []indicator.Plan, plans []demo.Plan) bool {
	for _, p := range stored {
		if isDemo(p, plans) {
			return true
		}
	}
	return false
}

func loadDemoPlan(ctx context.Context, db *store.Store, service *tracker.Service, p demo.Plan) error {
	codes, versions, err := importDemoPlan(ctx, db, service, p)
	if err != nil {
		return err
	}
	known, err := db.MeasurementsOf(ctx, codes, time.Time{})
	if err != nil {
		return err
	}
	if len(known) == 0 {
		if err := settleDemo(ctx, service, p, versions); err != nil {
			return err
		}
		if err := takeInDemo(ctx, service, p); err != nil {
			return err
		}
		if known, err = db.MeasurementsOf(ctx, codes, time.Time{}); err != nil {
			return err
		}
	}
	return retractDemo(ctx, service, p, known)
}

// importDemoPlan imports an example plan, unless it is there, and gives the codes of its indicators
// and their versions.
func importDemoPlan(ctx context.Context, db *store.Store, service *tracker.Service, p demo.Plan) (codes []string, versions map[string]int, err error) {
	file := tracker.PlanFile{Code: p.Code, Data: bytes.Clone(p.Text), MediaType: "text/plain; charset=utf-8", Confirm: true}
	if _, err := service.ImportPlan(ctx, file); err != nil && !fault.Is(err, fault.PlanExists) {
		return nil, nil, err
	}
	ins, _, err := db.Indicators(ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{p.Code}}})
	if err != nil {
		return nil, nil, err
	}
	versions = make(map[string]int, len(ins))
	for _, in := range ins {
		codes, versions[in.Code] = append(codes, in.Code), in.Version
	}
	return codes, versions, nil
}

// settleDemo does what a person would after an import. versions are those of the
// plan's indicators; what an earlier start has done is left alone.
func settleDemo(ctx context.Context, service *tracker.Service, p demo.Plan, versions map[string]int) error {
	for _, in := range p.ByHand {
		if versions[in.Code] > 0 {
			continue
		}
		if _, err := service.CreateIndicator(ctx, in); err != nil {
			return fmt.Errorf("%s: %w", in.Code, err)
		}
	}
	for _, s := range p.Settings {
		if versions[s.Indicator] > 1 {
			continue
		}
		if _, err := service.ChangeIndicator(ctx, s.Indicator, versions[s.Indicator], s.Apply); err != nil {
			return fmt.Errorf("%s: %w", s.Indicator, err)
		}
	}
	return nil
}

// retractDemo takes back what was reported by mistake; what is taken back
// already stays so.
func retractDemo(ctx context.Context, service *tracker.Service, p demo.Plan, known map[string][]indicator.Measurement) error {
	for _, ms := range known {
		for _, m := range ms {
			reason, back := p.Retractions[m.SourceID]
			if !back {
				continue
			}
			if _, err := service.Retract(ctx, m.ID, reason, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoRows are the reports of an example plan as they would be sent.
type demoRows struct{ left []indicator.Measurement }

// Next implements tracker.Rows.
func (r *demoRows) Next() (tracker.Report, *fault.Fault, error) {
	if len(r.left) == 0 {
		return tracker.Report{}, nil, io.EOF
	}
	m := r.left[0]
	r.left = r.left[1:]
	report := tracker.Report{
		Indicator: m.Indicator, Period: m.Period.String(), Value: m.Value.String(), Unit: m.Unit.String(),
		Basis: string(m.Basis), SourceID: m.SourceID, Note: m.Note,
	}
	if m.Share != nil {
		report.Value, report.Numerator, report.Denominator = "", m.Share.Numerator.String(), m.Share.Denominator.String()
	}
	return report, nil, nil
}

// takeInDemo takes the reports of an example plan in: what was corrected comes in a
// batch after what it corrects, since a batch reports each period once.
func takeInDemo(ctx context.Context, service *tracker.Service, p demo.Plan) error {
	left := p.Reports
	for len(left) > 0 {
		type reported struct {
			indicator string
			period    indicator.Period
			basis     indicator.Basis
		}
		var rows, later []indicator.Measurement
		seen := map[reported]bool{}
		for _, m := range left {
			key := reported{m.Indicator, m.Period, m.Basis}
			if seen[key] {
				later = append(later, m)
				continue
			}
			seen[key] = true
			rows = append(rows, m)
		}
		_, w, err := service.ImportBatch(ctx, &demoRows{rows}, tracker.Intake{Mode: indicator.Atomic})
		if w != nil {
			w.Discard()
		}
		if err != nil {
			return err
		}
		left = later
	}
	return nil
}
