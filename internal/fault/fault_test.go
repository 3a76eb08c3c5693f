package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
)

func TestFault(t *testing.T) {
	t.Run("keeps the private cause out of the public detail and in the log text", func(t *testing.T) {
		cause := errors.New("disk I/O error at sector 7")
		f := fault.Newf(fault.Unavailable, "数据库暂不可用", "the database is unavailable").Because(cause)
		if f.Detail.EN != "the database is unavailable" || f.Detail.ZH != "数据库暂不可用" {
			t.Errorf("detail = %q / %q", f.Detail.ZH, f.Detail.EN)
		}
		if want := "unavailable: the database is unavailable: disk I/O error at sector 7"; f.Error() != want {
			t.Errorf("Error() = %q, want %q", f.Error(), want)
		}
		if !errors.Is(f, cause) {
			t.Error("errors.Is does not reach the cause")
		}
	})

	t.Run("naming a field leaves the original alone", func(t *testing.T) {
		f := fault.Newf(fault.InvalidValue, "甲", "a")
		g := f.At("/value")
		if f.Field != "" || g.Field != "/value" {
			t.Errorf("fields = %q, %q", f.Field, g.Field)
		}
	})

	t.Run("puts an outer field before an inner one, through wrapping", func(t *testing.T) {
		inner := fmt.Errorf("reading: %w", fault.Newf(fault.UnitMismatch, "甲", "a").At("/unit"))
		if got := fault.From(fault.At(inner, "/target")).Field; got != "/target/unit" {
			t.Errorf("field = %q", got)
		}
		plain := errors.New("plain")
		if got := fault.At(plain, "/x"); got != plain { //nolint:errorlint // identity is what is promised
			t.Errorf("an error that is no fault changed: %v", got)
		}
		if fault.At(nil, "/x") != nil {
			t.Error("nil became an error")
		}
	})

	t.Run("an unknown error becomes internal and shows nothing of itself", func(t *testing.T) {
		secret := errors.New("password=hunter2")
		f := fault.From(secret)
		if f.Code != fault.Internal || f.Detail != fault.Internal.Title() || !errors.Is(f, secret) {
			t.Errorf("From = %+v", f)
		}
		if fault.From(nil) != nil {
			t.Error("nil became a fault")
		}
	})

	t.Run("Is looks through wrapping for the code", func(t *testing.T) {
		err := fmt.Errorf("saving: %w", fault.Newf(fault.PlanExists, "甲", "a"))
		if !fault.Is(err, fault.PlanExists) || fault.Is(err, fault.NotFound) || fault.Is(nil, fault.NotFound) {
			t.Error("Is misreads the code")
		}
	})
}

func TestEveryCodeHasATitleInBothLanguages(t *testing.T) {
	for _, code := range fault.Codes() {
		title := code.Title()
		if title.ZH == "" || title.EN == "" {
			t.Errorf("%s: %+v", code, title)
		}
		if code != fault.Internal && title == fault.Internal.Title() {
			t.Errorf("%s has the title of internal", code)
		}
	}
}

func TestTextIsChineseUnlessEnglishIsAsked(t *testing.T) {
	text := fault.Say("共%d项", "%d in all", 3)
	for lang, want := range map[string]string{"en": "3 in all", "zh": "共3项", "": "共3项", "fr": "共3项"} {
		if got := text.In(lang); got != want {
			t.Errorf("In(%q) = %q, want %q", lang, got, want)
		}
	}
}
