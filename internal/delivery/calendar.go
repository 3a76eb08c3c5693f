package delivery

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/indicator-tracker/tracker/internal/indicator"
)

// CalendarStore is the storage of calendar feeds.
type CalendarStore interface {
	// Answering is the agency with an id, with all that it answers for.
	Answering(ctx context.Context, id int64) (indicator.Acting, error)
	KeepCalendar(ctx context.Context, agency int64, digest string) error
	RevokeCalendar(ctx context.Context, agency int64) error
	CalendarAgency(ctx context.Context, digest string) (int64, error)
	Indicators(ctx context.Context, visible indicator.Visibility, q indicator.Query) ([]indicator.Indicator, int64, error)
}

// Entry is a day of a calendar.
type Entry struct {
	UID     string // stable: the same matter has the same
	On      indicator.Date
	Title   string
	Text    string
	Changed time.Time // when the matter last changed
}

// Agenda gives the days by which agencies have something to do; the agency is given by the ids
// under which records name what it answers for.
type Agenda func(ctx context.Context, agencies []int64) ([]Entry, error)

// MaxEntries is the most days in a feed; the latest are kept.
const MaxEntries = 1000

// OpenCalendar gives an agency a feed, and the secret in its address; one that it had ends. It
// fails with fault.NotFound.
func (s *Service) OpenCalendar(ctx context.Context, agency int64) (secret string, err error) {
	acting, err := s.store.Answering(ctx, agency)
	if err != nil {
		return "", err
	}
	secret = rand.Text() + rand.Text()
	return secret, s.store.KeepCalendar(ctx, acting.ID, digestOf(secret))
}

// CloseCalendar ends the feed of an agency. It fails with fault.NotFound.
func (s *Service) CloseCalendar(ctx context.Context, agency int64) error {
	acting, err := s.store.Answering(ctx, agency)
	if err != nil {
		return err
	}
	return s.store.RevokeCalendar(ctx, acting.ID)
}

// AnswersFor are the ids under which records name what an agency answers for.
func (s *Service) AnswersFor(ctx context.Context, agency int64) ([]int64, error) {
	acting, err := s.store.Answering(ctx, agency)
	return acting.AnswersFor, err
}

// digestOf is what a secret is known by: it has more chances than can be tried, so that no salt
// is needed, and is looked up by its hash, so that the time tells nothing.
func digestOf(secret string) string {
	sum := sha256.Sum256([]byte("calendar " + secret))
	return hex.EncodeToString(sum[:])
}

// Calendar is the feed whose address has a secret, as iCalendar. It fails with fault.NotFound.
func (s *Service) Calendar(ctx context.Context, secret string) ([]byte, error) {
	agency, err := s.store.CalendarAgency(ctx, digestOf(secret))
	if err != nil {
		return nil, err
	}
	acting, err := s.store.Answering(ctx, agency)
	if err != nil {
		return nil, err
	}
	all, err := s.dueIndicators(ctx, acting.AnswersFor)
	if err != nil {
		return nil, err
	}
	for _, agenda := range s.agendas {
		more, err := agenda(ctx, acting.AnswersFor)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	slices.SortFunc(all, func(a, b Entry) int {
		if c := strings.Compare(a.On.String(), b.On.String()); c != 0 {
			return c
		}
		return strings.Compare(a.UID, b.UID)
	})
	return Render(acting.Name, all[max(0, len(all)-MaxEntries):]), nil
}

func (s *Service) dueIndicators(ctx context.Context, agencies []int64) ([]Entry, error) {
	q := indicator.Query{
		Selection: indicator.Selection{Roles: []indicator.Role{indicator.Lead}},
		States:    []indicator.State{indicator.Confirmed}, AgencyIDs: agencies, Page: indicator.Page{Limit: MaxEntries},
		Sort: []indicator.SortKey{{By: indicator.ByDueOn, Down: true}},
	}
	found, _, err := s.store.Indicators(ctx, indicator.PublishedVisible(), q)
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, in := range found {
		if in.DueOn.IsZero() {
			continue
		}
		all = append(all, Entry{
			UID: "indicator-" + in.Code, On: in.DueOn, Title: "完成时限：" + in.Name, Changed: in.UpdatedAt,
			Text: in.Code + " " + in.Target.Value.String() + in.Target.Unit.String(),
		})
	}
	return all, nil
}

// Render writes entries as a calendar of RFC 5545. It is the same as long as they are.
func Render(name string, entries []Entry) []byte {
	var b strings.Builder
	line := func(property, value string) { fold(&b, property+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//indicator-tracker//tracker//ZH")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escaped(name))
	for _, e := range entries {
		line("BEGIN", "VEVENT")
		line("UID", escaped(e.UID)+"@tracker")
		line("DTSTAMP", e.Changed.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", strings.ReplaceAll(e.On.String(), "-", ""))
		line("DTEND;VALUE=DATE", strings.ReplaceAll(e.On.AddDays(1).String(), "-", ""))
		line("SUMMARY", escaped(e.Title))
		if e.Text != "" {
			line("DESCRIPTION", escaped(e.Text))
		}
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return []byte(b.String())
}

var escaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escaped is a text as a value, without control characters.
func escaped(text string) string {
	return escaper.Replace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// fold writes a line in pieces of at most 75 bytes, between characters.
func fold(b *strings.Builder, text string) {
	room := 75
	for text != "" {
		if len(text) <= room {
			b.WriteString(text)
			break
		}
		at := room
		for !utf8.RuneStart(text[at]) {
			at--
		}
		b.WriteString(text[:at] + "\r\n ")
		text, room = text[at:], 74
	}
	b.WriteString("\r\n")
}
