package statement_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
	"github.com/indicator-tracker/tracker/internal/statement"
)

// folder has statements that earlier programs made, and the key that verifies them. None
// is ever changed or removed: what was printed once is derived by every later build.
const folder = "../../testdata/statements"

func trusted(tb testing.TB) []signing.PublicKey {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "key.pem"))
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := signing.ParsePublicKeys(text)
	if err != nil {
		tb.Fatal(err)
	}
	return keys
}

func keptFiles(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) < 30 {
		tb.Fatalf("%d statements are kept, %v", len(files), err)
	}
	return files
}

func read(tb testing.TB, file string) []byte {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func TestEveryStatementThatWasEverMadeIsDerivedAgain(t *testing.T) {
	keys, reached := trusted(t), map[string]bool{}
	for _, file := range keptFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			v, err := statement.Verify(read(t, file), keys)
			if err != nil || len(v.Findings) > 0 || v.KeyID != keys[0].ID() {
				t.Errorf("signed by %q, %v, %v", v.KeyID, v.Findings, err)
			}
			reached[v.Statement.Progress.Rule], reached[v.Statement.Progress.Status] = true, true
		})
	}
	for _, one := range []string{
		"ratio_to_target", "baseline_to_target", "growth_to_target", "ceiling", "range", "each_period",
		"attained", "missed", "no_data", "not_computable", "on_track", "at_risk", "behind",
	} {
		if !reached[one] {
			t.Errorf("no statement that is kept is of %s", one)
		}
	}
}

// other is what a digit, letter or character may be taken for; any other sign itself.
func other(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0' + (r-'0'+1)%10
	case r >= 'a' && r <= 'z':
		return 'a' + (r-'a'+1)%26
	case r >= 'A' && r <= 'Z':
		return 'A' + (r-'A'+1)%26
	case unicode.Is(unicode.Han, r):
		return r + 1
	}
	return r
}

func TestNoSignOfAStatementCanBeChanged(t *testing.T) {
	keys := trusted(t)
	text := []rune(string(read(t, filepath.Join(folder, "share.json"))))
	changed := 0
	for at, was := range text {
		if other(was) == was {
			continue
		}
		text[at] = other(was)
		v, err := statement.Verify([]byte(string(text)), keys)
		if err == nil && len(v.Findings) == 0 {
			t.Errorf("%q for %q holds at …%s…", text[at], was, string(text[max(0, at-40):min(len(text), at+40)]))
		}
		text[at] = was
		changed++
	}
	if changed < 2500 {
		t.Errorf("only %d signs were changed", changed)
	}
}

func TestWhatWasChangedIsNamed(t *testing.T) {
	keys := trusted(t)
	text := string(read(t, filepath.Join(folder, "accrue.json")))
	for name, c := range map[string]struct{ old, by, at string }{
		"the percent":    {`"percent":"`, `"percent":"1`, "/progress/percent"},
		"the working":    {`÷`, `×`, "/progress/working/"},
		"a value":        {`"value":"108"`, `"value":"109"`, "/progress/actual/value"},
		"the target":     {`"value":"221"`, `"value":"220"`, "/progress/percent"},
		"the status":     {`"status":"on_track","label"`, `"status":"attained","label"`, "/progress/status"},
		"the colour":     {`"color":"#2e7d32","reason"`, `"color":"#2e7d33","reason"`, "/progress/color"},
		"a date":         {`"on":"2023-09-30"`, `"on":"2023-08-31"`, "/progress/cut_off"},
		"what is no day": {`"on":"2023-09-30"`, `"on":"2023-09-31"`, "/on"},
		"the sentence":   {`"quote":"新增`, `"quote":"新建`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(text, c.old, c.by, 1)
			v, err := statement.Verify([]byte(changed), keys)
			if err != nil {
				t.Fatal(err)
			}
			if v.KeyID != "" || len(v.Findings) == 0 || !strings.Contains(v.Findings[0].EN, "signature") {
				t.Fatalf("signed by %q, %v", v.KeyID, v.Findings)
			}
			found := c.at == "" && changed != text
			for _, f := range v.Findings[1:] {
				found = found || strings.HasPrefix(f.EN, c.at)
			}
			if !found {
				t.Errorf("nothing is found at %s: %v", c.at, v.Findings)
			}
		})
	}
}

func TestAStatementOfLaterRulesIsRefusedClearly(t *testing.T) {
	text := read(t, filepath.Join(folder, "accrue.json"))
	for was, want := range map[string]string{
		`"rules":1`:     "does not know version 2 of the rules",
		`"statement":1`: "does not know statements of format 2",
	} {
		later := bytes.Replace(text, []byte(was), []byte(strings.Replace(was, "1", "2", 1)), 1)
		if _, err := statement.Verify(later, trusted(t)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", was, err)
		}
	}
}

func TestOnlyAKeyThatIsTrustedVerifies(t *testing.T) {
	other, err := signing.NewKey(strings.NewReader(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, filepath.Join(folder, "accrue.json"))
	v, err := statement.Verify(text, []signing.PublicKey{other.Public()})
	if err != nil || v.KeyID != "" || len(v.Findings) != 1 {
		t.Errorf("signed by %q, %v, %v", v.KeyID, v.Findings, err)
	}
	if v, err := statement.Verify(text, append(trusted(t), other.Public())); err != nil || len(v.Findings) > 0 {
		t.Errorf("among several keys: %v, %v", v.Findings, err)
	}
	t.Run("also where the statement is signed anew with its own", func(t *testing.T) {
		record, err := signing.ParseRecord(text)
		if err != nil {
			t.Fatal(err)
		}
		forged, err := other.Seal(signing.Statement, record.Content)
		if err != nil {
			t.Fatal(err)
		}
		line, err := forged.Line()
		if err != nil {
			t.Fatal(err)
		}
		if v, err := statement.Verify(line, trusted(t)); err != nil || len(v.Findings) != 1 {
			t.Errorf("%v, %v", v.Findings, err)
		}
	})
}

func TestWhatIsSignedAndNotTrueIsFound(t *testing.T) {
	key, err := signing.NewKey(strings.NewReader(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	record, err := signing.ParseRecord(read(t, filepath.Join(folder, "sent-without-a-key.json")))
	if err != nil {
		t.Fatal(err)
	}
	signed := func(content string) ([]byte, error) {
		forged, err := key.Seal(signing.Statement, json.RawMessage(content))
		if err != nil {
			return nil, err
		}
		return forged.Line()
	}
	for name, c := range map[string]struct{ old, by, at string }{
		"a figure":         {`"percent":"`, `"percent":"1`, "/progress/percent"},
		"a note":           {`"note":""`, `"note":"x"`, "/measurements/0/hash"},
		"who sent it":      {`"by":"open"`, `"by":"local"`, "/measurements/0/hash"},
		"an id of a key":   {`"by":"open"`, `"by":"k3v7q2mxw4ab"`, "/measurements/0/reported_by/by"},
		"its own writing":  {`"value":"120"`, `"value":"1.2e2"`, "/measurements/0/value"},
		"a share of none":  {`"numerator":null,"denominator":null`, `"numerator":"1","denominator":"0"`, "/measurements/0/denominator"},
		"half a share":     {`"denominator":null`, `"denominator":"2"`, "/measurements/0/denominator"},
		"a place unknown":  {`"timezone":"Asia/Shanghai"`, `"timezone":"Asia/Nowhere"`, "/profile/timezone"},
		"this very place":  {`"timezone":"Asia/Shanghai"`, `"timezone":"Local"`, "/profile/timezone"},
		"no profile":       {`"pace_by":"days"`, `"pace_by":"weeks"`, "/profile/content"},
		"a moment rounded": {`"recorded_at":"2023-10-08T02:00:00.`, `"recorded_at":"2023-10-08T02:00:00.00000000`, "/measurements/0/recorded_at"},
		"no head":          {`"audit_head":{"seq":"`, `"audit_head":{"seq":"x`, "/audit_head/seq"},
	} {
		t.Run(name, func(t *testing.T) {
			content := strings.Replace(string(record.Content), c.old, c.by, 1)
			if content == string(record.Content) {
				t.Fatal("nothing is changed")
			}
			line, err := signed(content)
			if err != nil {
				t.Fatal(err)
			}
			v, err := statement.Verify(line, []signing.PublicKey{key.Public()})
			if err != nil {
				t.Fatal(err)
			}
			if v.KeyID == "" || !slices.ContainsFunc(v.Findings, func(f fault.Text) bool { return strings.HasPrefix(f.EN, c.at+":") }) {
				t.Errorf("signed by %q, nothing is found at %s: %v", v.KeyID, c.at, v.Findings)
			}
		})
	}
	for name, content := range map[string]string{
		"no statement":       `{"a":1}`,
		"an unknown field":   strings.Replace(string(record.Content), `"on":`, `"more":1,"on":`, 1),
		"a field twice":      strings.Replace(string(record.Content), `"on":`, `"on":"2023-01-01","on":`, 1),
		"a field left out":   strings.Replace(string(record.Content), `"on":"2023-09-30",`, ``, 1),
		"null for a list":    strings.Replace(string(record.Content), `"curve":[]`, `"curve":null,"curve":[]`, 1),
		"a number for text":  strings.Replace(string(record.Content), `"value":"120"`, `"value":120`, 1),
		"text for a boolean": strings.Replace(string(record.Content), `"provisional":false`, `"provisional":"false"`, 1),
	} {
		t.Run("and refused where it is "+name, func(t *testing.T) {
			line, err := signed(content)
			if err != nil {
				t.Fatal(err)
			}
			if v, err := statement.Verify(line, []signing.PublicKey{key.Public()}); err == nil {
				t.Errorf("it is read: %v", v.Findings)
			}
		})
	}
}

// FuzzVerify holds that nothing but what was signed holds, and that whatever comes is
// answered.
func FuzzVerify(f *testing.F) {
	keys := trusted(f)
	whole := map[string]bool{}
	for _, file := range keptFiles(f) {
		text := read(f, file)
		f.Add(text)
		record, err := signing.ParseRecord(text)
		if err != nil {
			f.Fatal(err)
		}
		whole[string(record.Content)] = true
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := statement.Verify(text, keys, "k3v7q2mxw4ab")
		if err != nil || len(v.Findings) > 0 {
			return
		}
		record, err := signing.ParseRecord(text)
		if err != nil || !whole[string(record.Content)] {
			t.Errorf("%v: this holds: %s", err, text)
		}
	})
}
