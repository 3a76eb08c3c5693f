package oversight

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/assessment"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// AssessmentEntry is what is to be entered by hand.
type AssessmentEntry struct {
	Kind   assessment.EntryKind
	Agency string // a name, in the jurisdiction of the plan
	// Points is a score out of 100 of an opinion, and points of a bonus or a deduction; nil for a
	// veto.
	Points *quantity.Number
	By     string
	Reason string
	On     indicator.Date // first day that it counts on; zero for today
}

// EnteredByHand is an entry with what its agency was called when it was asked for.
type EnteredByHand struct {
	loop.Entry

	Agency indicator.AgencyRef
}

// Bounds of what is entered.
const (
	mostReason = 1000 // characters
	mostGiver  = 100
	entryPage  = 500
	mostPoints = 100
	mostPlaces = 2
)

// EnterAssessment stores an opinion, a bonus, a deduction or a veto. Its faults name the field.
func (s *Service) EnterAssessment(ctx context.Context, plan string, e AssessmentEntry) (EnteredByHand, error) {
	var made EnteredByHand
	if _, err := s.plans.Plan(ctx, plan); err != nil {
		return made, err
	}
	if err := e.check(); err != nil {
		return made, err
	}
	acting, err := s.assessing.store.AnsweringFor(ctx, plan, e.Agency)
	if fault.Is(err, fault.NotFound) {
		return made, fault.New(fault.UnknownAgency, fault.From(err).Detail).At("/agency")
	}
	if err != nil {
		return made, err
	}
	made.Agency = acting.AgencyRef
	if e.On.IsZero() {
		e.On = s.figures.Today()
	}
	content := loop.EntryContent{Kind: string(e.Kind), By: e.By, Reason: e.Reason, On: e.On.String()}
	if e.Points != nil {
		content.Points = *e.Points
	}
	text, err := json.Marshal(content)
	if err != nil {
		return made, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		event, _, err := b.Append(0, loop.Draft{
			Kind: loop.KindAssessment, Type: loop.EntryMade, Plan: plan, About: loop.AboutEntry, Agency: acting.ID, Content: text,
		})
		if err != nil {
			return err
		}
		made.Entry, err = loop.FoldEntry(loop.Thread{event})
		return err
	})
	return made, err
}

func (e AssessmentEntry) check() error {
	if _, err := indicator.ParseWord(string(e.Kind), assessment.EntryKinds); err != nil {
		return fault.At(err, "/what")
	}
	if e.Agency == "" {
		return fault.Required("/agency")
	}
	if err := checkText("/by", e.By, mostGiver); err != nil {
		return err
	}
	if err := checkText("/reason", e.Reason, mostReason); err != nil {
		return err
	}
	switch {
	case e.Kind == assessment.VetoEntry && e.Points != nil:
		return fault.Newf(fault.InvalidValue, "一票否决不写分数", "a veto has no points").At("/points")
	case e.Kind == assessment.VetoEntry:
		return nil
	case e.Points == nil:
		return fault.Required("/points")
	case e.Points.Sign() < 0, e.Points.Cmp(quantity.FromInt(mostPoints)) > 0, !e.Points.Equal(quantity.FromRat(e.Points.Rat(), mostPlaces)):
		return fault.Newf(fault.InvalidValue, "应在 0 至 %[1]d 之间，最多 %[2]d 位小数", "give a number from 0 to %[1]d with at most %[2]d decimals", mostPoints, mostPlaces).At("/points")
	}
	return nil
}

func checkText(field, text string, most int) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fault.Required(field)
	case utf8.RuneCountInString(text) > most, strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }):
		return fault.Newf(fault.InvalidValue, "最多 %d 个字，不含控制字符", "at most %d characters, without control characters", most).At(field)
	}
	return nil
}

// WithdrawEntry takes an entry back, with the reason; it stays in the record. It fails with
// fault.NotFound for one that is not there, and with fault.Superseded for one that was taken back.
func (s *Service) WithdrawEntry(ctx context.Context, plan string, id int64, reason string) (EnteredByHand, error) {
	var entry EnteredByHand
	if err := checkText("/reason", reason, mostReason); err != nil {
		return entry, err
	}
	text, err := json.Marshal(loop.WithdrawContent{Reason: reason})
	if err != nil {
		return entry, err
	}
	err = s.events.WriteLoop(ctx, func(b loop.Book) error {
		threads, err := b.Threads(loop.ThreadQuery{Kind: loop.KindAssessment, Plan: plan, About: loop.AboutEntry, IDs: []int64{id}})
		if err != nil {
			return err
		}
		if len(threads) == 0 {
			return errNoAssessment(id)
		}
		if entry.Entry, err = loop.FoldEntry(threads[0]); err != nil {
			return err
		}
		if entry.Withdrawn != nil {
			return fault.Newf(fault.Superseded, "已于 %s 撤回", "it was withdrawn at %s", entry.Withdrawn.At.UTC().Format(time.RFC3339))
		}
		event, _, err := b.Append(id, loop.Draft{
			Kind: loop.KindAssessment, Type: loop.EntryWithdraw, Plan: plan, About: loop.AboutEntry, Agency: entry.Made.Agency, Content: text,
		})
		if err != nil {
			return err
		}
		entry.Entry, err = loop.FoldEntry(append(threads[0], event))
		return err
	})
	if err != nil {
		return entry, err
	}
	named, err := s.named(ctx, []EnteredByHand{entry}, entry.Withdrawn.At)
	return named[0], err
}

// AssessmentEntries are a page of the entries of a plan, the newest first, with those that were taken back, as
// known at a moment, and the position of the following page, 0 at the end.
func (s *Service) AssessmentEntries(ctx context.Context, plan string, asOf time.Time, page indicator.Page) ([]EnteredByHand, int64, error) {
	if asOf.IsZero() {
		if _, err := s.plans.Plan(ctx, plan); err != nil {
			return nil, 0, err
		}
	} else if _, err := s.assessing.store.PlanAsOf(ctx, plan, asOf); err != nil {
		return nil, 0, err
	}
	threads, err := s.events.LoopThreads(ctx, loop.ThreadQuery{
		Kind: loop.KindAssessment, Plan: plan, About: loop.AboutEntry, AsOf: asOf, Before: page.After, Limit: page.Limit + 1,
	})
	if err != nil {
		return nil, 0, err
	}
	next := int64(0)
	if len(threads) > page.Limit {
		threads = threads[:page.Limit]
		next = threads[page.Limit-1].ID()
	}
	list := make([]EnteredByHand, len(threads))
	for i, t := range threads {
		if list[i].Entry, err = loop.FoldEntry(t); err != nil {
			return nil, 0, err
		}
	}
	if asOf.IsZero() {
		asOf = s.now()
	}
	list, err = s.named(ctx, list, asOf)
	return list, next, err
}

// named completes entries with what their agencies were called at a moment.
func (s *Service) named(ctx context.Context, list []EnteredByHand, asOf time.Time) ([]EnteredByHand, error) {
	var ids []int64
	for _, e := range list {
		if !slices.Contains(ids, e.Made.Agency) {
			ids = append(ids, e.Made.Agency)
		}
	}
	refs, err := s.assessing.store.AgencyHolders(ctx, ids, asOf, asOf)
	for i := range list {
		list[i].Agency = refs[list[i].Made.Agency]
	}
	return list, err
}

// eachEntry gives the entries of a plan that were known at a moment, the oldest first.
func (s *Service) eachEntry(ctx context.Context, plan string, asOf time.Time, use func(loop.Entry)) error {
	q := loop.ThreadQuery{Kind: loop.KindAssessment, Plan: plan, About: loop.AboutEntry, AsOf: asOf, Oldest: true, Limit: entryPage}
	for {
		threads, err := s.events.LoopThreads(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range threads {
			e, err := loop.FoldEntry(t)
			if err != nil {
				return err
			}
			use(e)
		}
		if len(threads) < entryPage {
			return nil
		}
		q.After = threads[len(threads)-1].ID()
	}
}
