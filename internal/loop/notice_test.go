package loop_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/loop"
)

func day(t *testing.T, s string) indicator.Date {
	t.Helper()
	d, err := indicator.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// noticeEvent is an event of the one notice that a test has.
func noticeEvent(seq int, kind string, step loop.NoticeStep) loop.Event {
	return loop.Event{
		ID: int64(seq), Thread: 1, Seq: seq, At: time.Unix(int64(seq), 0),
		Draft: loop.Draft{Kind: loop.KindNotice, Type: kind, Plan: "p", Content: loop.Content(step)},
	}
}

func issued() loop.NoticeStep {
	return loop.NoticeStep{
		On: "2023-10-01", Number: "2023-001", Title: "t", Asked: "a", Tasks: []string{"1"}, Level: loop.LevelBlue, DueOn: "2023-10-10",
		Lead: &loop.Party{ID: 1, Name: "甲"},
	}
}

func fold(t *testing.T, events loop.Thread) loop.Notice {
	t.Helper()
	n, err := loop.FoldNotice(events)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestNoticeGoesAsThePlainModel sends random steps, and holds the notice against a model that knows
// but the state, the level, the date and the worst delay. At the end, every prefix of the events
// still folds to what it did.
func TestNoticeGoesAsThePlainModel(t *testing.T) {
	all := loop.Standing{Supervises: true, Leads: true, TakesPart: true}
	from := map[string]string{ // the states that a step is taken in
		"signed": "issued", "interim": "signed sent_back", "reply": "signed sent_back", "accepted": "replied", "sent_back": "replied",
		"escalated": "issued signed sent_back replied", "date_moved": "issued signed sent_back", "handed_on": "issued signed sent_back",
		"split": "issued signed sent_back", "withdrawn": "issued signed sent_back replied", "comment": "issued signed sent_back replied",
	}
	to := map[string]string{
		"signed": "signed", "reply": "replied", "accepted": "accepted", "sent_back": "sent_back", "handed_on": "issued", "split": "divided", "withdrawn": "withdrawn",
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 15))
		events := loop.Thread{noticeEvent(1, loop.NoticeIssued, issued())}
		state, level, on, due, late := "issued", 0, day(t, "2023-10-01"), day(t, "2023-10-10"), 0
		var seen []loop.Notice
		for range 40 {
			n := fold(t, events)
			seen = append(seen, n)
			owed := state == "issued" || state == "signed" || state == "sent_back"
			wantLate := late
			if owed && on.After(due) {
				wantLate = max(late, on.DaysSince(due))
			}
			if string(n.State) != state || n.Level != loop.Levels[level] || n.DueOn != due || n.DaysLate(on) != wantLate || n.Overdue(on) != (owed && on.After(due)) {
				t.Fatalf("seed %d: %s %s due %s late %d; the model has %s %d %s %d", seed, n.State, n.Level, n.DueOn, n.DaysLate(on), state, level, due, wantLate)
			}
			kind := loop.NoticeSteps[r.IntN(len(loop.NoticeSteps))]
			if r.IntN(3) > 0 && (kind == loop.NoticeWithdrawn || kind == loop.NoticeSplit) {
				continue
			}
			on = on.AddDays(r.IntN(4))
			step := loop.NoticeStep{On: on.String()}
			newLevel, newDue := level, due
			switch kind {
			case loop.NoticeInterim, loop.NoticeReply, loop.NoticeComment:
				step.Text = "x"
			case loop.NoticeEscalated:
				newLevel = r.IntN(3)
				step.Level, step.Reason = loop.Levels[newLevel], "x"
			case loop.NoticeDateMoved:
				newDue = on.AddDays(r.IntN(6) - 1)
				step.DueOn, step.Reason = newDue.String(), "x"
			case loop.NoticeSentBack, loop.NoticeWithdrawn, loop.NoticeSplit:
				step.Reason = "x"
			case loop.NoticeHandedOn:
				step.Reason, step.Lead = "x", &loop.Party{ID: 2, Name: "乙"}
			}
			fits := slices.Contains(split(from[kind]), state)
			if kind == loop.NoticeEscalated {
				fits = fits && newLevel > level
			}
			if kind == loop.NoticeDateMoved {
				fits = fits && newDue != due && !newDue.Before(on)
			}
			if err := n.Check(kind, step, all); (err == nil) != fits {
				t.Fatalf("seed %d: %s in %s: %v", seed, kind, state, err)
			}
			if !fits {
				continue
			}
			if owed && on.After(due) && slices.Contains([]string{"reply", "date_moved", "split", "withdrawn"}, kind) {
				late = max(late, on.DaysSince(due))
			}
			level, due = newLevel, newDue
			if s := to[kind]; s != "" {
				state = s
			}
			events = append(events, noticeEvent(len(events)+1, kind, step))
		}
		for _, n := range seen {
			if again := fold(t, events[:len(n.History)]); !reflect.DeepEqual(again, n) {
				t.Fatalf("seed %d: after %d events it was %+v, and is now %+v", seed, len(n.History), n, again)
			}
		}
	}
}

func split(s string) (list []string) {
	for len(s) > 0 {
		var w string
		if _, err := fmt.Sscan(s, &w); err != nil {
			return list
		}
		list = append(list, w)
		s = s[min(len(s), len(w)+1):]
	}
	return list
}

func TestWhoMayDoWhatWithANotice(t *testing.T) {
	n := fold(t, loop.Thread{noticeEvent(1, loop.NoticeIssued, issued())})
	for _, c := range []struct {
		as   loop.Standing
		want []string
	}{
		{loop.Standing{Leads: true}, []string{"signed", "comment"}},
		{loop.Standing{TakesPart: true}, []string{"comment"}},
		{loop.Standing{}, nil},
		{loop.Standing{Supervises: true}, []string{"escalated", "date_moved", "handed_on", "split", "withdrawn", "comment"}},
	} {
		if got := n.Next(c.as); !slices.Equal(got, c.want) {
			t.Errorf("%+v may %v, want %v", c.as, got, c.want)
		}
	}
	if err := n.Check(loop.NoticeSigned, loop.NoticeStep{On: "2023-10-02"}, loop.Standing{TakesPart: true}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a participant signs: %v", err)
	}
}

func TestARedNoticeThatWasAnsweredStaysYellow(t *testing.T) {
	events := loop.Thread{noticeEvent(1, loop.NoticeIssued, issued())}
	for i, s := range []struct {
		kind string
		step loop.NoticeStep
	}{
		{"escalated", loop.NoticeStep{On: "2023-10-20", Level: loop.LevelRed}}, {"signed", loop.NoticeStep{On: "2023-10-21"}},
		{"reply", loop.NoticeStep{On: "2023-10-22"}}, {"accepted", loop.NoticeStep{On: "2023-10-25"}},
	} {
		events = append(events, noticeEvent(i+2, s.kind, s.step))
	}
	n := fold(t, events)
	if n.RecordLevel() != loop.LevelYellow || n.Level != loop.LevelRed || n.DaysLate(day(t, "2024-01-01")) != 12 {
		t.Errorf("%s in the record, %s, %d days late", n.RecordLevel(), n.Level, n.DaysLate(day(t, "2024-01-01")))
	}
}

func TestNoticeRules(t *testing.T) {
	settings := loop.DefaultSettings().Notices
	n := fold(t, loop.Thread{noticeEvent(1, loop.NoticeIssued, issued())})
	for on, want := range map[string]string{
		"2023-10-06": "", "2023-10-07": "reminded_before ", "2023-10-10": "reminded_before ", "2023-10-11": "reminded_after escalated ",
		"2023-10-20": "reminded_after escalated escalated ",
	} {
		got := ""
		for _, s := range loop.NoticeRules(settings, []loop.Notice{n}, day(t, on)) {
			got += s.Draft.Type + " "
		}
		if got != want {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
	settings.Off = true
	if steps := loop.NoticeRules(settings, []loop.Notice{n}, day(t, "2023-10-20")); steps != nil {
		t.Errorf("switched off: %v", steps)
	}
}

func TestNoticeSettingsNameWhatIsWrong(t *testing.T) {
	for field, spoil := range map[string]func(*loop.NoticeSettings){
		"/notices/remind_before/0": func(s *loop.NoticeSettings) { s.RemindBefore = []int{-1} },
		"/notices/remind_after":    func(s *loop.NoticeSettings) { s.RemindAfter = make([]int, 11) },
		"/notices/red_after":       func(s *loop.NoticeSettings) { s.YellowAfter, s.RedAfter = 5, 4 },
		"/notices/days/urgent":     func(s *loop.NoticeSettings) { s.Days.Urgent = 0 },
	} {
		s := loop.DefaultSettings()
		spoil(&s.Notices)
		if err := s.Validate(); err == nil || fault.From(err).Field != field {
			t.Errorf("%v, want a fault at %s", err, field)
		}
	}
}
