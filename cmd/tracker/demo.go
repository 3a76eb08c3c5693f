package main

import (
	"context"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// loadDemo fills an empty database with the example plan and its year of
// reports. A database that holds any plan is left alone, but for an example
// plan whose reports are missing because an earlier start was cut short.
func loadDemo(ctx context.Context, db *store.Store, service *tracker.Service) error {
	plans, _, err := db.Plans(ctx, indicator.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		file := tracker.PlanFile{Code: demo.PlanCode, Data: demo.PlanText(), MediaType: "text/plain; charset=utf-8", Confirm: true}
		if _, err := service.ImportPlan(ctx, file); err != nil {
			return fmt.Errorf("example plan: %w", err)
		}
	}
	return loadDemoReports(ctx, db)
}

func loadDemoReports(ctx context.Context, db *store.Store) error {
	ins, _, err := db.Indicators(ctx, indicator.Query{Plan: demo.PlanCode})
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
