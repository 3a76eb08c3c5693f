package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// behave posts reports of one indicator and reads its progress, as a bureau's system does,
// until the time is up.
func behave(ctx context.Context, s *service.Service, code string, good *tally) {
	for n := 0; ctx.Err() == nil; n++ {
		body := fmt.Sprintf(`{"indicator":%q,"period":"2023-%02d","value":%d}`, code, 1+n%12, n)
		began := time.Now()
		err := s.Call(context.WithoutCancel(ctx), http.MethodPost, "/api/v1/measurements", jsonType, strings.NewReader(body), nil)
		good.post(time.Since(began), err)
		if err := s.Call(context.WithoutCancel(ctx), http.MethodGet, "/api/v1/indicators/"+code+"/progress?on=2023-12-31", "", nil, nil); err != nil {
			good.post(0, err)
		}
		pause(ctx)
	}
}
