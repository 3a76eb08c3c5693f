package httpapi_test

import (
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

func TestRowsOfProgressSayWhatReadersJoin(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-07","value":1}`).want(201)
	_, key := a.keyOf("东河市", "reporter", "市工信局")
	receipt := read[v1.MeasurementReceipt](a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":2}`, "Authorization", "Bearer "+key).want(201))
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-07","value":3}`).want(201)
	if p := receipt.Progress; p.Plan != "donghe-2023" || p.Reports != 2 || p.DueOn != "2023-12-31" || len(p.LeadAgencies) != 1 {
		t.Errorf("receipt: %+v", p)
	}
	one := read[v1.ProgressRow](a.get("/api/v1/indicators/donghe-2023-1-1/progress").want(200))
	listed := read[v1.ProgressPage](a.get("/api/v1/progress").want(200)).Items
	for _, row := range []v1.ProgressRow{one, listed[0]} {
		if *row.PlanTitle != "东河市2023年重点工作" || *row.SectionHeading != "一、产业" || *row.TaskTitle != "充电设施" || row.Section != 1 || row.Task != "1" {
			t.Errorf("place: %+v", row)
		}
		if row.LeadAgencies[0] != "市工信局" || row.ParticipatingAgencies[0] != "市交通局" || row.LeadAgencyIDs[0] == "" || row.Kind != "increment" || row.Binding != "binding" || row.Frequency != "month" {
			t.Errorf("what it is: %+v", row)
		}
		if row.Reports != 2 || row.LastReport == nil || row.LastReport.Period != "2023-07" || row.LastReport.Agency != nil {
			t.Errorf("reports: %d, %+v", row.Reports, row.LastReport)
		}
	}
	if last := listed[1].LastReport; last != nil || listed[1].Reports != 0 {
		t.Errorf("without a report: %+v", last)
	}
	then := read[v1.ProgressRow](a.get("/api/v1/indicators/donghe-2023-1-1/progress?as_of=" + receipt.Measurement.RecordedAt).want(200))
	if then.LastReport == nil || then.LastReport.Period != "2023-09" || then.LastReport.Agency == nil || *then.LastReport.Agency != "市工信局" {
		t.Errorf("as of then: %+v", then.LastReport)
	}
}
