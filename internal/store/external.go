package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// written is a text as it stands in that JSON.
func written(text string) string {
	quoted, _ := json.Marshal(text) // a text can always be written
	return string(quoted)
}

// externalRow is what an external code means now. The rows follow the current
// versions, and their key keeps a code from meaning two indicators.
type externalRow struct {
	Namespace   string `gorm:"primaryKey"`
	Code        string `gorm:"primaryKey"`
	IndicatorID int64
}

// TableName implements gorm's schema.Tabler.
func (externalRow) TableName() string { return "external_codes" }

func (r externalRow) code() indicator.ExternalCode {
	return indicator.ExternalCode{Namespace: r.Namespace, Code: r.Code}
}

// byNamespace groups codes, each namespace with its codes in one list, so that
// both engines find them by the key.
func byNamespace(codes []indicator.ExternalCode) map[string][]string {
	grouped := map[string][]string{}
	for _, c := range codes {
		grouped[c.Namespace] = append(grouped[c.Namespace], c.Code)
	}
	return grouped
}

// indexCodes makes external_codes follow versions that have just been stored. All
// that give codes up do so before any takes one, so that codes can be exchanged. It
// fails with fault.ExternalCodeTaken.
func indexCodes(tx *gorm.DB, ins []placed) error {
	had := map[int64][]indicator.ExternalCode{}
	for part := range slices.Chunk(ins, database.ChunkSize) {
		ids := make([]int64, len(part))
		for i, in := range part {
			ids[i] = in.id
		}
		var rows []externalRow
		if err := tx.Where("indicator_id IN ?", ids).Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			had[r.IndicatorID] = append(had[r.IndicatorID], r.code())
		}
	}
	var taken []externalRow
	for _, in := range ins {
		before := had[in.id]
		for _, c := range in.ExternalCodes {
			if !slices.Contains(before, c) {
				taken = append(taken, externalRow{c.Namespace, c.Code, in.id})
			}
		}
		for _, c := range before {
			if !in.IsKnownAs(c) {
				err := tx.Where("namespace = ? AND code = ?", c.Namespace, c.Code).Delete(&externalRow{}).Error
				if err != nil {
					return err
				}
			}
		}
	}
	return database.OnDuplicate(insertAll(tx, taken), codeTaken())
}

// codeTaken does not say by what: who asks may not be allowed to know it.
func codeTaken() *fault.Fault {
	return fault.Newf(fault.ExternalCodeTaken, "外部代码已对应另一指标", "an external code means another indicator already").At("/external_codes")
}

// yieldCodes takes the codes that an indicator wants from those that yield them,
// which get a version without them. It fails with fault.ExternalCodeTaken at the
// first that another indicator keeps.
func (s *Store) yieldCodes(ctx context.Context, tx *gorm.DB, wants indicator.Indicator, now database.Moment) error {
	if len(wants.ExternalCodes) == 0 {
		return nil
	}
	holders, err := s.currentPlaced(tx, indicator.Query{External: wants.ExternalCodes})
	if err != nil {
		return err
	}
	for _, holder := range holders {
		if holder.Code == wants.Code {
			continue
		}
		if !holder.State.Yields() {
			for i, c := range wants.ExternalCodes {
				if holder.IsKnownAs(c) {
					return codeTaken().At(fmt.Sprintf("/external_codes/%d", i))
				}
			}
		}
		kept := slices.DeleteFunc(slices.Clone(holder.ExternalCodes), wants.IsKnownAs)
		if err := s.giveCodes(ctx, tx, []placed{holder}, [][]indicator.ExternalCode{kept}, now); err != nil {
			return err
		}
	}
	return nil
}

// giveCodes gives indicators other codes, each in a version of its own, and
// records it.
func (s *Store) giveCodes(ctx context.Context, tx *gorm.DB, ins []placed, codes [][]indicator.ExternalCode, now database.Moment) error {
	changed := slices.Clone(ins)
	for i := range changed {
		changed[i].ExternalCodes, changed[i].Version, changed[i].UpdatedAt = codes[i], ins[i].Version+1, now.Time
		err := tx.Model(&indicatorRow{}).Where("id = ?", ins[i].id).UpdateColumn("version", changed[i].Version).Error
		if err != nil {
			return err
		}
	}
	if err := s.insertVersions(tx, changed, now); err != nil {
		return err
	}
	for i, in := range changed {
		err := s.Record(ctx, tx, "indicator.changed", in.Code, auditedIndicator(ins[i].Indicator), auditedIndicator(in.Indicator))
		if err != nil {
			return err
		}
	}
	return nil
}

// currentPlaced are the current versions that a query selects, with their rows.
func (s *Store) currentPlaced(tx *gorm.DB, q indicator.Query) ([]placed, error) {
	from := tx.Table("indicators AS i").Joins(joinCurrent).Joins(joinTask)
	found, err := findIndicators(filter(from, nil, q).Order("i.id"))
	if err != nil {
		return nil, err
	}
	ins, err := s.withAgencies(tx, found, time.Time{})
	if err != nil {
		return nil, err
	}
	list := make([]placed, len(ins))
	for i, in := range ins {
		list[i] = placed{found[i].ID, found[i].Version.TaskID, in}
	}
	return list, nil
}

// MapExternalCodes makes the codes of a namespace mean the indicators that a table
// names for them, and none besides: codes that it leaves out mean nothing any more.
// It counts what that changes. With dryRun nothing is stored.
//
// It fails with fault.UnknownIndicator when an indicator is not there, and with
// fault.IndicatorWithdrawn or fault.IndicatorNotConfirmed when one that gets a further
// code takes no reports for good; then nothing is stored.
func (s *Store) MapExternalCodes(ctx context.Context, namespace string, meanings map[string]string, dryRun bool) (changed indicator.CodesChanged, err error) {
	err = s.InTx(ctx, func(tx *gorm.DB) error {
		now, err := s.LockLedger(tx)
		if err != nil {
			return err
		}
		wanted := map[string][]indicator.ExternalCode{} // by our code
		for code, in := range meanings {
			wanted[in] = append(wanted[in], indicator.ExternalCode{Namespace: namespace, Code: code})
		}
		ins, err := s.mapped(tx, namespace, wanted)
		if err != nil {
			return err
		}
		changed = changedCodes(namespace, ins, meanings)
		var before []placed
		var codes [][]indicator.ExternalCode
		for _, in := range ins {
			now := slices.DeleteFunc(slices.Clone(in.ExternalCodes), func(c indicator.ExternalCode) bool { return c.Namespace == namespace })
			now = append(now, wanted[in.Code]...)
			if sameCodes(now, in.ExternalCodes) {
				continue
			}
			slices.SortFunc(now, indicator.ExternalCode.Compare)
			if err := in.CheckFurtherCodes(wanted[in.Code]); err != nil {
				return err
			}
			if err := indicator.CheckExternalCodes(now); err != nil {
				return err
			}
			before, codes = append(before, in), append(codes, now)
		}
		if changed.Indicators = len(before); dryRun || len(before) == 0 {
			return nil
		}
		return s.giveCodes(ctx, tx, before, codes, now)
	})
	if err != nil {
		return indicator.CodesChanged{}, err
	}
	return changed, nil
}

// changedCodes counts what a table changes of a namespace, whose codes are those of
// some indicators.
func changedCodes(namespace string, holders []placed, meanings map[string]string) (changed indicator.CodesChanged) {
	had := 0
	for _, in := range holders {
		for _, c := range in.ExternalCodes {
			if c.Namespace != namespace {
				continue
			}
			had++
			switch now, ok := meanings[c.Code]; {
			case !ok:
				changed.Removed++
			case now != in.Code:
				changed.Moved++
			}
		}
	}
	changed.Added = len(meanings) + changed.Removed - had
	return changed
}

// sameCodes compares codes whatever their order.
func sameCodes(a, b []indicator.ExternalCode) bool {
	return slices.Equal(slices.SortedFunc(slices.Values(a), indicator.ExternalCode.Compare),
		slices.SortedFunc(slices.Values(b), indicator.ExternalCode.Compare))
}

// mapped are the indicators that have codes in a namespace or are wanted to.
func (s *Store) mapped(tx *gorm.DB, namespace string, wanted map[string][]indicator.ExternalCode) ([]placed, error) {
	ins, err := s.currentPlaced(tx, indicator.Query{Selection: indicator.Selection{Namespaces: []string{namespace}}})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, in := range ins {
		known[in.Code] = true
	}
	var missing []string
	for code := range wanted {
		if !known[code] {
			missing = append(missing, code)
		}
	}
	slices.Sort(missing)
	for part := range slices.Chunk(missing, database.ChunkSize) {
		more, err := s.currentPlaced(tx, indicator.Query{Selection: indicator.Selection{Codes: part}})
		if err != nil {
			return nil, err
		}
		if len(more) < len(part) {
			return nil, fault.New(fault.UnknownIndicator, fault.UnknownIndicator.Title()).At("/indicator")
		}
		ins = append(ins, more...)
	}
	return ins, nil
}
