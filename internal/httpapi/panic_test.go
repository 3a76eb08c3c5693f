package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/intake"
)

// wantPanic checks the answer to a request that made the program panic, and that
// the log has the stack; the next reports are stored.
func (a *api) wantPanic(resp answer, from string) {
	a.t.Helper()
	p := resp.wantProblem(500, "internal", "")
	if strings.Contains(string(resp.body), "secret") {
		a.t.Errorf("leaks: %s", resp.body)
	}
	if log := a.log.String(); !strings.Contains(log, p.RequestID+" panic=") || !strings.Contains(log, from) {
		a.t.Errorf("log: %s", log)
	}
	a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-08","value":1}`).want(201)
	a.post(batchPath, `[{"indicator":"donghe-2023-1-1","period":"2023-08","value":2}]`).want(200)
}

func TestAPanicInTheWriterFailsTheReportAlone(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.breakStore(1) // as it stores the report
	a.wantPanic(a.post("/api/v1/measurements", `{"indicator":"donghe-2023-1-1","period":"2023-09","value":1}`), "commitGroup")
}

func TestAPanicAmongTheRowsOfABatchFailsItAlone(t *testing.T) {
	const days = 280 // of the year that have begun
	var list []string
	for i := range 900 { // no two of the same indicator and day
		code := []string{"donghe-2023-1-1", "donghe-2023-1-2", "donghe-2023-2-1", "donghe-2023-2-2"}[i/days]
		list = append(list, fmt.Sprintf(`{"indicator":%q,"period":"%s","value":1,"basis":"total"}`, code, indicator.DateOf(2023, 1, 1).AddDays(i%days)))
	}
	rows := "[" + strings.Join(list, ",") + "]"
	for _, mode := range []string{"partial", "atomic"} {
		t.Run(mode, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			a.breakStore(500) // on PostgreSQL while they are sent by COPY
			a.wantPanic(a.post(batchPath+"?mode="+mode, rows), "(*ledgerTx).add")
		})
	}
}

// exploding is a body that makes its reader panic at its end.
type exploding struct{ io.Reader }

func (e exploding) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if err != nil {
		panic("secret: the body burst")
	}
	return n, nil
}

func TestAPanicWhereABatchIsReadFailsItAlone(t *testing.T) {
	for _, mode := range []string{"partial", "atomic"} {
		t.Run(mode, func(t *testing.T) {
			a := newAPI(t)
			a.seed()
			rows := strings.Repeat(`{"indicator":"donghe-2023-1-1","period":"2023-09","value":1}`+"\n", 5000)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, batchPath+"?mode="+mode, exploding{strings.NewReader(rows)})
			r.Header.Set("Content-Type", intake.NDJSON)
			r.Header.Set("Authorization", "Bearer "+a.token)
			w := httptest.NewRecorder()
			a.handler.ServeHTTP(w, r)
			a.wantPanic(answer{t: t, status: w.Code, header: w.Header(), body: w.Body.Bytes()}, "exploding.Read")
		})
	}
}
