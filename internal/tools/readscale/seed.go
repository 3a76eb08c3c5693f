package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// indicatorsOfPlan is how many indicators each plan has.
const indicatorsOfPlan = 73

// The plans differ in what lists are filtered by.
var (
	units    = []string{"个", "家", "万亩", "公里", "座"}
	subjects = []string{"充电桩", "高新技术企业", "高标准农田", "农村公路", "变电站"}
)

const agencies = 40

func agency(i int) string { return fmt.Sprintf("市第%d局", 1+i%agencies) }

func planCode(i int) string { return fmt.Sprintf("scale-%d", i) }

func planText(plan int) string {
	var text bytes.Buffer
	fmt.Fprintf(&text, "测量市%d年第%d号工作计划\n一、产业\n", time.Now().Year(), plan)
	for i := range indicatorsOfPlan {
		due := ""
		if i%5 == 0 {
			due = "6月底前，"
		}
		fmt.Fprintf(&text, "%d.任务%d。%s新增%s%d%s（牵头单位：%s；参与单位：%s）。\n", i+1, i+1, due,
			subjects[i%len(subjects)], 30+(plan*7+i*13)%900, units[i%len(units)], agency(plan+i), agency(plan+i+7))
	}
	return text.String()
}

// seed imports the plans and reports a figure of each indicator, unless they are there.
func seed(ctx context.Context, s *service.Service, o options, out io.Writer) error {
	last := "/api/v1/indicators/" + planCode(o.plans-1) + "-73-1/progress"
	if s.Call(ctx, "GET", last, "", nil, nil) == nil {
		return nil
	}
	began := time.Now()
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(1) // the service reads one plan at a time
	for plan := range o.plans {
		group.Go(func() error {
			return s.Call(running, "POST", "/api/v1/plans?confirm=true&code="+planCode(plan), "text/plain; charset=utf-8", bytes.NewBufferString(planText(plan)), nil)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d plans of %d indicators imported in %.0f s\n", o.plans, indicatorsOfPlan, time.Since(began).Seconds())
	began = time.Now()
	const together = 200 // plans whose reports are one batch
	for from := 0; from < o.plans; from += together {
		var rows bytes.Buffer
		for plan := from; plan < min(from+together, o.plans); plan++ {
			for i := range indicatorsOfPlan {
				if (plan+i)%11 == 0 { // which nobody reports
					continue
				}
				fmt.Fprintf(&rows, "{\"indicator\":\"%s-%d-1\",\"period\":\"%d-%02d\",\"basis\":\"total\",\"value\":%d}\n", planCode(plan), i+1,
					time.Now().Year(), 1+(plan+i)%max(1, int(time.Now().Month())-1), (plan*31+i*17)%1000)
			}
		}
		if err := s.Call(ctx, "POST", "/api/v1/measurements/batch?mode=partial", "application/x-ndjson", &rows, nil); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "their reports stored in %.0f s\n", time.Since(began).Seconds())
	return nil
}
