package httpapi

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// wanted are the versions that a change may be made to: those of the ETags in
// If-Match, or whichever is current for *.
type wanted struct {
	any      bool
	versions []int
}

func (w wanted) takes(version int) bool { return w.any || slices.Contains(w.versions, version) }

// ifMatch reads If-Match, which must be there. A weak ETag stands for its version
// too: proxies that compress answers make strong ones weak.
func ifMatch(c echo.Context) (wanted, error) {
	header := strings.Join(c.Request().Header.Values("If-Match"), ",")
	if strings.Trim(header, " \t,") == "" {
		return wanted{}, fault.Newf(fault.PreconditionRequired,
			"请在 If-Match 中给出读取指标时得到的 ETag", "give the ETag of the indicator that was read in If-Match").At("If-Match")
	}
	var w wanted
	for _, tag := range entityTags(header) {
		if tag == "*" {
			return wanted{any: true}, nil
		}
		tag = strings.TrimPrefix(tag, "W/")
		version, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(tag, `"`), `"`))
		if err == nil && version > 0 {
			w.versions = append(w.versions, version)
		}
	}
	if len(w.versions) == 0 {
		return wanted{}, fault.Newf(fault.PreconditionFailed, "If-Match 不是读到的 ETag", "If-Match is no ETag of this indicator").At("If-Match")
	}
	return w, nil
}

// entityTags splits a list at the commas that are not within quotes.
func entityTags(list string) []string {
	quoted := false
	tags := strings.FieldsFunc(list, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	})
	for i, tag := range tags {
		tags[i] = strings.Trim(tag, " \t")
	}
	return tags
}

// changeIndicator changes the current version when it is one of those wanted.
func (s *server) changeIndicator(ctx context.Context, code string, w wanted, change func(*indicator.Indicator) error) (indicator.Indicator, error) {
	if len(w.versions) == 1 {
		return s.Service.ChangeIndicator(ctx, code, w.versions[0], change)
	}
	for {
		current, err := s.indicators.Indicator(ctx, access.Visibility(ctx), code)
		if err != nil {
			return indicator.Indicator{}, err
		}
		version := current.Version
		if !w.takes(version) {
			return indicator.Indicator{}, fault.Newf(fault.PreconditionFailed,
				"当前版本为 %d，不在 If-Match 所列版本之中，请重新读取后再改", "the current version is %d, none of those in If-Match: read it again", version)
		}
		changed, err := s.Service.ChangeIndicator(ctx, code, version, change)
		if !fault.Is(err, fault.PreconditionFailed) {
			return changed, err
		}
	}
}
