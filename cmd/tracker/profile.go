package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type profileCommand struct {
	Show profileShowCommand `cmd:"" help:"Print a version of the profile as a file for serve --profile."`
}

type profileShowCommand struct {
	databaseFlag
	Number int `name:"profile-version" env:"-" placeholder:"N" help:"Version to print; by default the newest."`
}

// Run prints a profile. What it is goes to standard error, so that standard output is
// a file that serve takes.
func (c profileShowCommand) Run(s *session) error {
	return c.withPlans(s, func(_ *tracker.Service, db *store.Store) error {
		versions, err := db.Profiles(s.ctx)
		if err != nil {
			return err
		}
		for _, p := range versions {
			if p.Version != c.Number && (c.Number != 0 || p.Version != len(versions)) {
				continue
			}
			var file bytes.Buffer
			if err := json.Indent(&file, []byte(p.Content), "", "  "); err != nil {
				return err
			}
			fmt.Fprintf(s.errOut, "第 %[1]d 版，共 %[2]d 版，自 %[3]s 起，日期按 %[4]s / version %[1]d of %[2]d, since %[3]s, with the days of %[4]s\n",
				p.Version, len(versions), p.Since.UTC().Format(time.RFC3339), p.Timezone)
			_, err := fmt.Fprintln(s.out, file.String())
			return err
		}
		if len(versions) == 0 {
			return fault.Newf(fault.NotFound, "数据库还没有评价规则：服务启动一次后才有",
				"the database has no profile yet: a service gives it the first")
		}
		return fault.Newf(fault.NotFound, "没有第 %d 版，共 %d 版", "there is no version %d; there are %d", c.Number, len(versions))
	})
}
