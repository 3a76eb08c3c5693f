package main

import (
	"fmt"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type agencyEventsCommand struct {
	agencyFlags
	Name string `arg:"" help:"A name of the agency."`
}

// Run lists what happened to an agency.
func (c agencyEventsCommand) Run(s *session) error {
	return c.about(s, c.Name, func(service *tracker.Service, _ *store.Store, id int64) error {
		events, err := service.AgencyEvents(s.ctx, id)
		if err != nil {
			return err
		}
		t := table.NewWriter()
		t.SetStyle(table.StyleLight)
		t.AppendHeader(table.Row{"记录", "变更", "单位", "名称或单位", "自", "记录于", "撤销于"})
		for _, e := range events {
			t.AppendRow(table.Row{
				e.ID, e.Kind.Label().ZH, e.Agency, e.Other, e.From,
				minute(e.RecordedAt, service.Place()), minute(e.CancelledAt, service.Place()),
			})
		}
		_, err = fmt.Fprintln(s.out, t.Render())
		return err
	})
}

type agencyCancelCommand struct {
	agencyFlags
	Name  string `arg:"" help:"A name of the agency."`
	Event string `arg:"" help:"Number of the event, as tracker agency events prints it."`
}

// Run cancels an event of an agency.
func (c agencyCancelCommand) Run(s *session) error {
	event, err := strconv.ParseInt(c.Event, 10, 64)
	if err != nil {
		return fault.Newf(fault.InvalidParameter, "记录编号应为整数", "the number of an event is expected").At("event")
	}
	return c.change(s, c.Name, func(service *tracker.Service, id int64) (indicator.Agency, error) {
		return service.CancelAgencyEvent(s.ctx, id, event)
	})
}
