package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// loadDemo fills an empty database with the example plan and its year of
// reports. A database that holds any plan is left alone, but for an example
// plan whose reports are missing because an earlier start was cut short. It
// reports whether the example plan is there.
func loadDemo(ctx context.Context, db *store.Store, service *tracker.Service) (bool, error) {
	plans, _, err := db.Plans(ctx, indicator.Page{Limit: 1})
	if err != nil {
		return false, err
	}
	if len(plans) == 0 {
		file := tracker.PlanFile{Code: demo.PlanCode, Data: demo.PlanText(), MediaType: "text/plain; charset=utf-8", Confirm: true}
		if _, err := service.ImportPlan(ctx, file); err != nil {
			return false, fmt.Errorf("example plan: %w", err)
		}
	}
	plan, err := db.Plan(ctx, demo.PlanCode)
	switch {
	case fault.Is(err, fault.NotFound):
		return false, nil
	case err != nil:
		return false, err
	case !isDemo(plan):
		return false, nil
	}
	return true, loadDemoReports(ctx, db)
}

// isDemo tells the example plan from one that only has its code: reports that
// were made up must never reach a plan that is real.
func isDemo(plan indicator.Plan) bool {
	sum := sha256.Sum256(demo.PlanText())
	return plan.Document.SHA256 == hex.EncodeToString(sum[:])
}

func loadDemoReports(ctx context.Context, db *store.Store) error {
	ins, _, err := db.Indicators(ctx, indicator.SightOfAll(), indicator.Query{Plan: demo.PlanCode})
	if err != nil || len(ins) == 0 {
		return err
	}
	codes := make([]string, len(ins))
	for i, in := range ins {
		codes[i] = in.Code
	}
	known, err := db.MeasurementsOf(ctx, codes, time.Time{})
	if err != nil || len(known) > 0 {
		return err
	}
	reports, err := demo.Measurements()
	if err != nil {
		return err
	}
	return db.AppendMeasurements(ctx, reports)
}
