package client_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/demo"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// startDemo serves the example plan with its year of reports, as of January 2024, and gives
// the address, an admin's key and what ends it. It panics where that fails, since an
// example has no test to fail.
func startDemo() (address, key string, stop func()) {
	dir, err := os.MkdirTemp("", "client")
	check(err)
	ctx, began := context.Background(), time.Now()
	now := func() time.Time { return time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC).Add(time.Since(began)) }
	db, err := store.Open(ctx, filepath.Join(dir, "tracker.db"), now)
	check(err)
	keys, err := access.NewKeyring(ctx, db, "", now, rand.Text)
	check(err)
	_, token, err := keys.Create(ctx, access.Key{Name: "example", Role: access.Admin})
	check(err)
	service := tracker.New(db, now, time.UTC, progress.DefaultProfile())
	_, err = service.ImportPlan(ctx, tracker.PlanFile{Code: demo.PlanCode, Data: demo.PlanText(), MediaType: "text/plain; charset=utf-8", Confirm: true})
	check(err)
	reports, err := demo.Measurements()
	check(err)
	check(db.AppendMeasurements(ctx, reports))
	server := httptest.NewServer(httpapi.New(httpapi.Options{
		Reader: db, Service: service, Log: slog.New(slog.DiscardHandler), Now: now, Version: "test", Keys: keys,
	}))
	return server.URL, token, func() {
		server.Close()
		check(db.Close())
		check(os.RemoveAll(dir))
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
