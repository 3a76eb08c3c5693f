package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
)

// NewCodes returns a free code for an indicator of each of a plan's tasks, in
// their order, as CreateIndicator would give them one after the other. Nothing
// is reserved.
func (s *Store) NewCodes(ctx context.Context, plan string, tasks []string) ([]string, error) {
	codes := newCodes(s.db.Read.WithContext(ctx))
	given := make([]string, len(tasks))
	for i, task := range tasks {
		var err error
		if given[i], err = codes.next(plan, task); err != nil {
			return nil, s.db.Translate(ctx, err)
		}
	}
	return given, nil
}

// codes hands out the next free indicator codes within a transaction that is
// alone.
type codes struct {
	tx   *gorm.DB
	last map[string]int // the highest number in use or handed out, by prefix
}

func newCodes(tx *gorm.DB) *codes { return &codes{tx: tx, last: map[string]int{}} }

// next returns "<plan>-<task>-<n>" with n above every n of the task, so that
// codes rise in the order of creation. Another plan and task can spell the same
// prefix (a-1 and 2, a and 1-2), so codes in use are passed over.
func (c *codes) next(plan, task string) (string, error) {
	prefix := plan + "-" + task + "-"
	if _, known := c.last[prefix]; !known {
		highest, err := c.highest(plan, prefix)
		if err != nil {
			return "", err
		}
		c.last[prefix] = highest
	}
	for {
		c.last[prefix]++
		code := fmt.Sprintf("%s%d", prefix, c.last[prefix])
		var taken int64
		if err := c.tx.Model(&indicatorRow{}).Where("code = ?", code).Count(&taken).Error; err != nil {
			return "", err
		}
		if taken == 0 {
			return code, nil
		}
	}
}

// highest looks at all codes of the plan that have the prefix: one whose
// indicator has moved to another task since is never given again.
func (c *codes) highest(plan, prefix string) (int, error) {
	var used []string
	err := c.tx.Model(&indicatorRow{}).Where("plan = ? AND code LIKE ? ESCAPE '"+database.LikeEscape+"'", plan, database.StartingWith(prefix)).
		Pluck("code", &used).Error
	highest := 0
	for _, code := range used {
		suffix, ours := strings.CutPrefix(code, prefix)
		if n, err := strconv.Atoi(suffix); ours && err == nil {
			highest = max(highest, n)
		}
	}
	return highest, err
}
