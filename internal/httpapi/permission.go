package httpapi

import (
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
)

// permissions is the one table of what each route asks for. A route that is not
// in it keeps the service from starting.
var permissions = map[string]access.Permission{
	"GET /":             access.Public,
	"GET /healthz":      access.Public,
	"GET /readyz":       access.Public,
	"GET /openapi.json": access.Public,
	"GET /openapi.yaml": access.Public,
	"GET /swagger":      access.Public,
	"GET /swagger/*":    access.Public,

	"GET /board": access.Public, "GET /board/*": access.Public, "POST /board/*": access.Public,

	"POST /mcp": access.Read,

	"GET /api/v1/plans":                         access.Read,
	"GET /api/v1/plans/:plan":                   access.Read,
	"GET /api/v1/plans/:plan/tasks":             access.Read,
	"GET /api/v1/plans/:plan/document":          access.Read,
	"GET /api/v1/plans/:plan/summary":           access.Read,
	"GET /api/v1/indicators":                    access.Read,
	"GET /api/v1/indicators/:code":              access.Read,
	"GET /api/v1/indicators/:code/progress":     access.Read,
	"GET /api/v1/indicators/:code/series":       access.Read,
	"GET /api/v1/indicators/:code/statement":    access.Read,
	"GET /api/v1/indicators/:code/measurements": access.Read,
	"GET /api/v1/progress":                      access.Read,
	"GET /api/v1/series":                        access.Read,
	"GET /api/v1/summary":                       access.Read,
	"GET /api/v1/profiles":                      access.Read,
	"GET /api/v1/sdmx/structure":                access.Read,
	"GET /api/v1/agencies":                      access.Read,
	"GET /api/v1/me":                            access.Read,

	"GET /api/v1/agencies/:agency/template.xlsx":    access.Read,
	"GET /api/v1/measurements":                      access.Read,
	"GET /api/v1/measurements/:id":                  access.Read,
	"GET /api/v1/measurements/batches/:id":          access.Read,
	"GET /api/v1/measurements/batches/:id/receipts": access.Read,

	"GET /api/v1/plans/:plan/cycles":                     access.Read,
	"GET /api/v1/plans/:plan/cycles/:period":             access.Read,
	"POST /api/v1/plans/:plan/cycles/:period/exceptions": access.Supervise,
	"POST /api/v1/plans/:plan/cycles/:period/events":     access.Supervise,

	"GET /api/v1/plans/:plan/register":                  access.Read,
	"GET /api/v1/plans/:plan/updates":                   access.Read,
	"POST /api/v1/plans/:plan/tasks/:number/updates":    access.TakePart,
	"GET /api/v1/plans/:plan/milestones":                access.Read,
	"POST /api/v1/plans/:plan/tasks/:number/milestones": access.Supervise,
	"POST /api/v1/milestones/:id/events":                access.TakePart,

	"GET /api/v1/notices":                       access.Read,
	"POST /api/v1/notices":                      access.Supervise,
	"GET /api/v1/notices/:id":                   access.Read,
	"GET /api/v1/notices/:id/print":             access.Read,
	"POST /api/v1/notices/:id/events":           access.TakePart,
	"GET /api/v1/plans/:plan/bulletin":          access.Read,
	"GET /api/v1/plans/:plan/bulletin/print":    access.Read,
	"GET /api/v1/plans/:plan/bulletin/document": access.Read,

	"POST /api/v1/measurements":       access.Report,
	"POST /api/v1/measurements/batch": access.Report,
	"DELETE /api/v1/measurements/:id": access.Report,

	"GET /api/v1/issues":             access.Read,
	"GET /api/v1/issues/:id":         access.Read,
	"POST /api/v1/issues":            access.TakePart,
	"POST /api/v1/issues/:id/events": access.TakePart,
	"GET /api/v1/runs":               access.Read,

	"GET /api/v1/audit":      access.Administer,
	"GET /api/v1/audit/head": access.Administer,

	"POST /api/v1/plans":                 access.Manage,
	"POST /api/v1/plans/:plan/review":    access.Manage,
	"POST /api/v1/plans/:plan/amendment": access.Manage,

	"GET /api/v1/plans/:plan/agency-matches":  access.Manage,
	"POST /api/v1/plans/:plan/agency-matches": access.Manage,
	"PUT /api/v1/plans/:plan/jurisdiction":    access.Administer,

	"POST /api/v1/agencies/:id/aliases": access.Administer,
	"POST /api/v1/agencies/:id/rename":  access.Administer,
	"POST /api/v1/agencies/:id/merge":   access.Administer,
	"POST /api/v1/agencies/:id/succeed": access.Administer,
	"POST /api/v1/agencies/:id/cancel":  access.Administer,
	"GET /api/v1/agencies/:id/events":   access.Administer,

	"POST /api/v1/indicators":        access.Manage,
	"PATCH /api/v1/indicators/:code": access.Manage,
	"PUT /api/v1/external-codes":     access.Manage,

	"GET /api/v1/plans/:plan/assessment":                       access.Read,
	"POST /api/v1/plans/:plan/assessment/trial":                access.Read,
	"GET /api/v1/plans/:plan/assessment/scheme":                access.Read,
	"PUT /api/v1/plans/:plan/assessment/scheme":                access.Supervise,
	"GET /api/v1/plans/:plan/assessment/entries":               access.Read,
	"POST /api/v1/plans/:plan/assessment/entries":              access.Supervise,
	"POST /api/v1/plans/:plan/assessment/entries/:id/withdraw": access.Supervise,
	"GET /api/v1/plans/:plan/assessments":                      access.Read,
	"POST /api/v1/plans/:plan/assessments":                     access.Supervise,
	"GET /api/v1/plans/:plan/assessments/:id":                  access.Read,
	"GET /api/v1/plans/:plan/assessments/:id/difference":       access.Read,

	"POST /api/v1/keys":            access.Administer,
	"GET /api/v1/keys":             access.Administer,
	"POST /api/v1/keys/:id/rotate": access.Administer,
	"POST /api/v1/keys/:id/narrow": access.Administer,
	"DELETE /api/v1/keys/:id":      access.Administer,

	"GET /calendar/:secret":                access.Public,
	"POST /api/v1/agencies/:id/calendar":   access.TakePart,
	"DELETE /api/v1/agencies/:id/calendar": access.TakePart,

	"GET /api/v1/webhooks":                access.Administer,
	"POST /api/v1/webhooks":               access.Administer,
	"GET /api/v1/webhooks/:id":            access.Administer,
	"PATCH /api/v1/webhooks/:id":          access.Administer,
	"DELETE /api/v1/webhooks/:id":         access.Administer,
	"POST /api/v1/webhooks/:id/rotate":    access.Administer,
	"POST /api/v1/webhooks/:id/enable":    access.Administer,
	"POST /api/v1/webhooks/:id/test":      access.Administer,
	"GET /api/v1/webhooks/:id/deliveries": access.Administer,

	"POST /api/v1/webhooks/:id/deliveries/:delivery/redeliver": access.Administer,
}

// checkPermissions panics when the table and the routes are not the same: that
// is a mistake in the program, which must not serve a route that nobody thought
// about.
func checkPermissions(routes []*echo.Route) {
	served := map[string]bool{}
	for _, r := range routes {
		if r.Method == echo.RouteNotFound {
			continue
		}
		name := r.Method + " " + r.Path
		served[name] = true
		if _, ok := permissions[name]; !ok {
			panic(fmt.Sprintf("no permission is declared for %s", name))
		}
	}
	for name := range permissions {
		if !served[name] {
			panic(fmt.Sprintf("a permission is declared for %s, which is not served", name))
		}
	}
}

// permissionFor is what the request's route asks for. Nobody without a key
// learns which addresses below /api there are.
func permissionFor(c echo.Context) access.Permission {
	if p, ok := permissions[c.Request().Method+" "+c.Path()]; ok {
		return p
	}
	if strings.HasPrefix(c.Request().URL.Path, "/api/") {
		return access.Read
	}
	return access.Public
}
