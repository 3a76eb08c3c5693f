package httpapi

import (
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/delivery"
	"github.com/indicator-tracker/tracker/internal/oversight"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// Reader is what the plain reads need of the store.
type Reader interface {
	HealthReader
	PlanReader
	AgencyReader
	IndicatorReader
	NameReader
	HistoryReader
	FeedReader
	AuditReader
	BatchReader
	TemplateReader
	ProfileReader
}

// Options configure the interface.
type Options struct {
	Reader  Reader
	Service *tracker.Service
	// Oversight carries out the use cases of the plan's own loop.
	Oversight *oversight.Service
	Log       *slog.Logger
	Now       func() time.Time
	Version   string
	// Delivery carries out what is asked about webhooks and calendar feeds.
	Delivery *delivery.Service
	// Keys verifies the keys that callers show and makes new ones.
	Keys *access.Keyring
	// PublicRead lets callers without a key read.
	PublicRead bool
	// NoAuth asks nobody for a key.
	NoAuth bool
	// Local says that requests come from the program itself, as on the command line: they may
	// do everything, wait for no place and are recorded as their context says. Problems are
	// told in both languages. A service that listens must not set it.
	Local bool
	// Assistants answers POST /mcp, given the service's own handler to ask; nothing is there
	// when nil.
	Assistants func(service http.Handler) http.Handler
	// Board answers the pages below /board, given the service's own handler to ask; nothing is
	// there when nil, and / leads to the contract.
	Board func(service http.Handler) http.Handler
	// Signing signs what has to hold outside of the database; none when zero.
	Signing signing.Key
	// AnchorState says how the keeping of heads of the audit chain goes; nil when none are kept.
	AnchorState func() anchor.State
	// Watcher is told of requests; nil for nobody.
	Watcher Watcher
	// Limits bound what callers may ask for.
	Limits Limits
	// Origins are the sites whose pages a browser may let use the service; none
	// when zero.
	Origins Origins
	// Place is where days begin; UTC when nil.
	Place *time.Location
	// Timeout bounds the work on one request; 30 seconds when zero.
	Timeout time.Duration
}

// Limits on request bodies, in bytes.
const (
	maxJSON     = 1 << 20
	maxDocument = 16 << 20
)

type server struct {
	Options

	// The reader, as each resource needs it.
	readiness  HealthReader
	plans      PlanReader
	agencies   AgencyReader
	indicators IndicatorReader
	names      NameReader
	history    HistoryReader
	feed       FeedReader
	audit      AuditReader
	batches    BatchReader
	templates  TemplateReader
	profiles   ProfileReader

	assistants http.Handler // nil when there are none
	board      http.Handler // nil when there is none

	limiter *limiter
	places  *places
	turns   turns
	spooled atomic.Int64 // bytes of the bodies that are on the disk
	kept    answers
	running sync.Map // scopes of the idempotency keys whose requests are being answered
}

// New returns the handler of every route.
func New(o Options) http.Handler {
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	s := newServer(o)
	service := answerHead(compress(newEcho(s)))
	if o.Assistants != nil {
		s.assistants = o.Assistants(service)
	}
	if o.Board != nil {
		s.board = o.Board(service)
	}
	return service
}

func newServer(o Options) *server {
	if o.Place == nil {
		o.Place = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &server{
		Options: o, limiter: newLimiter(o.Limits, o.Now), places: newPlaces(o.Limits), turns: newTurns(),
		readiness: o.Reader, plans: o.Reader, agencies: o.Reader, indicators: o.Reader, names: o.Reader, history: o.Reader,
		feed: o.Reader, audit: o.Reader, batches: o.Reader, templates: o.Reader, profiles: o.Reader,
	}
}

func newEcho(s *server) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect()
	e.JSONSerializer = serializer{}
	e.HTTPErrorHandler = s.handleError
	e.Use(s.middleware()...)

	e.GET("/", s.start)
	s.serveBoard(e)
	e.GET("/healthz", s.health)
	e.GET("/readyz", s.ready)
	e.GET(calendarRoute, s.readCalendar)
	s.serveContract(e)
	e.POST(assistantsRoute, s.assist)

	s.serveRoutes(e.Group("/api/v1"))
	checkPermissions(e.Routes())
	return e
}

// serveRoutes serves the routes of the contract.
func (s *server) serveRoutes(v1 *echo.Group) {
	v1.POST("/plans", s.importPlan)
	v1.GET("/plans", s.listPlans)
	v1.GET("/plans/:plan", s.readPlan)
	v1.GET("/plans/:plan/tasks", s.listTasks)
	v1.GET("/plans/:plan/document", s.readDocument)
	v1.GET("/plans/:plan/summary", s.readPlanSummary)
	v1.POST("/plans/:plan/review", s.reviewPlan)
	v1.POST("/plans/:plan/amendment", s.amendPlan)
	v1.GET("/plans/:plan/agency-matches", s.listMatches)
	v1.POST("/plans/:plan/agency-matches", s.decideMatches)
	v1.PUT("/plans/:plan/jurisdiction", s.correctJurisdiction)
	v1.POST("/indicators", s.createIndicator)
	v1.GET("/indicators", s.listIndicators)
	v1.GET("/indicators/:code", s.readIndicator)
	v1.PATCH("/indicators/:code", s.patchIndicator)
	v1.GET("/indicators/:code/progress", s.readProgress)
	v1.GET("/indicators/:code/series", s.readSeries)
	v1.GET("/indicators/:code/statement", s.readStatement)
	v1.GET("/indicators/:code/measurements", s.listMeasurements)
	v1.PUT("/external-codes", s.mapExternalCodes)
	v1.POST("/measurements", s.recordMeasurement)
	v1.GET("/measurements", s.readFeed)
	v1.GET("/measurements/:id", s.readMeasurement)
	v1.DELETE("/measurements/:id", s.retractMeasurement)
	v1.POST("/measurements/batch", s.recordBatch)
	v1.GET("/measurements/batches/:id", s.readBatch)
	v1.GET("/measurements/batches/:id/receipts", s.listReceipts)
	v1.GET("/audit", s.listAudit)
	v1.GET("/audit/head", s.readAuditHead)
	v1.GET("/progress", s.listProgress)
	v1.GET("/series", s.listSeries)
	v1.GET("/summary", s.readSummary)
	v1.GET("/profiles", s.listProfiles)
	v1.GET("/sdmx/structure", s.readStructures)
	v1.GET("/agencies", s.listAgencies)
	v1.GET("/agencies/:agency/template.xlsx", s.readTemplate)
	v1.POST("/agencies/:id/aliases", s.aliasAgency)
	v1.POST("/agencies/:id/rename", s.renameAgency)
	v1.POST("/agencies/:id/merge", s.mergeAgencies)
	v1.POST("/agencies/:id/succeed", s.succeedAgency)
	v1.POST("/agencies/:id/cancel", s.cancelAgencyEvent)
	v1.GET("/agencies/:id/events", s.listAgencyEvents)
	s.serveRegister(v1)
	s.serveCycles(v1)
	s.serveIssues(v1)
	s.serveNotices(v1)
	v1.GET("/me", s.readMe)
	v1.POST("/keys", s.createKey)
	v1.GET("/keys", s.listKeys)
	v1.POST("/keys/:id/rotate", s.rotateKey, bodiless)
	v1.POST("/keys/:id/narrow", s.narrowKey, bodiless)
	v1.DELETE("/keys/:id", s.revokeKey, bodiless)
	s.serveAssessments(v1)
	s.serveWebhooks(v1)
	s.serveCalendars(v1)
}
