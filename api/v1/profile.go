package v1

import (
	"encoding/json"
	"time"
)

// ProfileVersion is a version of the profile that figures are judged by. A figure names
// it as its profile_version.
type ProfileVersion struct {
	Version int `json:"version" example:"1"`
	// Since is the moment from which it judges; the first judges what came before it too.
	Since time.Time `json:"since" format:"date-time" example:"2023-10-08T02:15:00Z"`
	// Timezone is where days begin.
	Timezone string `json:"timezone" example:"Asia/Shanghai"`
	// Profile has the thresholds, tolerance, labels, colours and refused cautions, as a file
	// for `tracker serve --profile` has them.
	Profile json.RawMessage `json:"profile" swaggertype:"object"`
} //@name ProfileVersion

// ProfileVersions are all versions of the profile, the oldest first.
type ProfileVersions struct {
	Items []ProfileVersion `json:"items"`
} //@name ProfileVersions
