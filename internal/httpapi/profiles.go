package httpapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// ProfileReader is what profiles need of the store.
type ProfileReader interface {
	// Profiles lists all versions of the profile, the oldest first.
	Profiles(ctx context.Context) ([]indicator.ProfileVersion, error)
}

// listProfiles
//
// @Summary     评价规则的各版本 · List the versions of the profile
// @Description 分档、容差、名称、颜色与拒收规则的各个版本，旧的在前；进度答复中的 profile_version 即此处的版本号。profile 的内容可存为文件，供 `tracker serve --profile` 使用。
// @Description
// @Description All versions of the thresholds, tolerance, labels, colours and refused cautions, the oldest first. profile_version of a figure is one of them. What profile holds can be saved as a file for `tracker serve --profile`.
// @Tags        progress
// @ID          listProfiles
// @Security    BearerAuth
// @Produce     json,application/problem+json
// @Success     200 {object} v1.ProfileVersions "全部版本 · all versions"
// @Router      /api/v1/profiles [get]
func (s *server) listProfiles(c echo.Context) error {
	if p := query(c); p.err != nil {
		return p.err
	}
	versions, err := s.profiles.Profiles(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v1.ProfileVersions{Items: each(versions, func(p indicator.ProfileVersion) v1.ProfileVersion {
		return v1.ProfileVersion{Version: p.Version, Since: p.Since, Timezone: p.Timezone, Profile: json.RawMessage(p.Content)}
	})})
}
