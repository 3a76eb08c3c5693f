package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Reading is how the service stands at a moment.
type Reading struct {
	// Known without the database.
	Waiting      int    // single reports that wait for the writer
	WaitingLimit int    // how many can
	AnchorState  string // of AnchorStates
	DailyRuns    bool   // this process carries them out

	// Of the database, where it answered.
	Database *Database
}

// Database is what a reading has from the database.
type Database struct {
	Ping              time.Duration
	Bytes             int64
	StaleStandings    int64
	PendingDeliveries int64
	FailedDeliveries  int64
	WorkingWebhooks   int64
	FailingWebhooks   int64
	DisabledWebhooks  int64
	AuditHead         int64
	LastWrite         int64         // seconds since 1970; 0 for never
	LastRun           time.Time     // when the last daily run was finished; zero for never
	SinceLastRun      time.Duration // how long ago that is
}

// AnchorStates are the states of the keeping of heads of the audit chain.
var AnchorStates = []string{"off", "pending", "ok", "failing", "broken"}

// Source reads how the service stands.
type Source func(ctx context.Context) Reading

// readWithin bounds a reading: a database that does not answer must not hold back what is known
// without it until Prometheus gives up.
const readWithin = 5 * time.Second

// reader makes metrics of a reading. It is a prometheus.Collector.
type reader struct{ read Source }

func newReader(read Source) reader { return reader{read} }

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	waitingDesc      = describe("tracker_reports_waiting", "Single reports that wait for the writer.")
	waitingLimitDesc = describe("tracker_reports_waiting_limit", "How many single reports may wait before further ones are told to come back.")
	anchorDesc       = describe("tracker_audit_anchor_state", "1 for the state that the keeping of heads of the audit chain is in.", "state")
	dailyDesc        = describe("tracker_daily_run_enabled", "1 where this process carries out daily runs.")
	upDesc           = describe("tracker_database_up", "1 while the database answers.")
	pingDesc         = describe("tracker_database_ping_seconds", "How long the database took to answer a small read.")
	sizeDesc         = describe("tracker_database_size_bytes", "What the database takes on its disk.")
	standingsDesc    = describe("tracker_standings_stale", "Indicators whose standing is to be made anew.")
	deliveriesDesc   = describe("tracker_webhook_deliveries", "Deliveries that wait to be made or tried again, and those given up that are still kept.", "state")
	webhooksDesc     = describe("tracker_webhooks", "Webhooks by how it goes with them.", "state")
	auditDesc        = describe("tracker_audit_head", "Number of the last entry of the audit chain.")
	lastWriteDesc    = describe("tracker_ledger_last_write_timestamp_seconds", "Moment of the last write to the ledger; 0 for never.")
	lastRunDesc      = describe("tracker_daily_run_last_success_timestamp_seconds", "When the last daily run was finished; 0 for never.")
	sinceRunDesc     = describe("tracker_daily_run_last_success_age_seconds", "How long ago the last daily run was finished; absent while there was none.")
)

// Describe implements prometheus.Collector.
func (reader) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		waitingDesc, waitingLimitDesc, anchorDesc, dailyDesc, upDesc, pingDesc, sizeDesc, standingsDesc, deliveriesDesc, webhooksDesc,
		auditDesc, lastWriteDesc, lastRunDesc, sinceRunDesc,
	} {
		descs <- d
	}
}

// Collect implements prometheus.Collector. What the database did not say is left out: a gap is
// honest where a zero would be a figure.
func (r reader) Collect(into chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	reading := r.read(ctx)
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		into <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	gauge(waitingDesc, float64(reading.Waiting))
	gauge(waitingLimitDesc, float64(reading.WaitingLimit))
	gauge(dailyDesc, flag(reading.DailyRuns))
	for _, state := range AnchorStates {
		gauge(anchorDesc, flag(state == reading.AnchorState), state)
	}
	db := reading.Database
	gauge(upDesc, flag(db != nil))
	if db == nil {
		return
	}
	gauge(pingDesc, db.Ping.Seconds())
	gauge(sizeDesc, float64(db.Bytes))
	gauge(standingsDesc, float64(db.StaleStandings))
	gauge(deliveriesDesc, float64(db.PendingDeliveries), "pending")
	gauge(deliveriesDesc, float64(db.FailedDeliveries), "failed")
	gauge(webhooksDesc, float64(db.WorkingWebhooks), "working")
	gauge(webhooksDesc, float64(db.FailingWebhooks), "failing")
	gauge(webhooksDesc, float64(db.DisabledWebhooks), "disabled")
	gauge(auditDesc, float64(db.AuditHead))
	gauge(lastWriteDesc, float64(db.LastWrite))
	if db.LastRun.IsZero() {
		gauge(lastRunDesc, 0)
		return
	}
	gauge(lastRunDesc, float64(db.LastRun.Unix()))
	gauge(sinceRunDesc, db.SinceLastRun.Seconds())
}

func flag(on bool) float64 {
	if on {
		return 1
	}
	return 0
}
