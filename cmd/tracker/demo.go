package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// loadDemo fills an empty database with the example plans, what was settled of
// their indicators, and their reports, through the same door as everybody's. A
// database that holds any other plan is left alone; what an earlier start that
// was cut short has left out is done now. It reports whether an example plan is
// there.
func loadDemo(ctx context.Context, db *store.Store, service *tracker.Service) (bool, error) {
	plans, err := demo.Plans()
	if err != nil {
		return false, err
	}
	stored, _, err := db.Plans(ctx, indicator.PlanSelection{}, indicator.Page{})
	if err != nil {
		return false, err
	}
	for _, p := range stored { // reports that were made up must never come near a plan that is real
		if !isDemo(p, plans) {
			return hasDemo(stored, plans), nil
		}
	}
	for _, p := range plans {
		if err := loadDemoPlan(ctx, db, service, p); err != nil {
			return false, fmt.Errorf("example plan %s: %w", p.Code, err)
		}
	}
	return true, nil
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
	file := tracker.PlanFile{Code: p.Code, Data: bytes.Clone(p.Text), MediaType: "text/plain; charset=utf-8", Confirm: true}
	if _, err := service.ImportPlan(ctx, file); err != nil && !fault.Is(err, fault.PlanExists) {
		return err
	}
	ins, _, err := db.Indicators(ctx, indicator.AllVisible(), indicator.Query{Selection: indicator.Selection{Plans: []string{p.Code}}})
	if err != nil {
		return err
	}
	codes := make([]string, len(ins))
	versions := make(map[string]int, len(ins))
	for i, in := range ins {
		codes[i], versions[in.Code] = in.Code, in.Version
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
