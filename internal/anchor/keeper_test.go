package anchor_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/indicator-tracker/tracker/internal/anchor"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

// chain is one whose entries have the hashes of headAt.
type chain struct {
	length int64
	made   byte // another database has another
	away   error
}

func (c *chain) head(seq int64) indicator.AuditHead {
	h := headAt(seq)
	h.Hash[0] ^= c.made
	return h
}

func (c *chain) AuditHead(context.Context) (indicator.AuditHead, error) {
	return c.head(c.length), c.away
}

func (c *chain) Audit(_ context.Context, q indicator.AuditQuery) ([]indicator.AuditEntry, int64, error) {
	seq := q.Page.After + 1
	if seq > c.length {
		return nil, 0, nil
	}
	return []indicator.AuditEntry{{Seq: seq, Hash: c.head(seq).Hash}}, 0, nil
}

// keeping is a keeper of a chain in a file.
func keeping(t *testing.T, c *chain, file string) *anchor.Keeper {
	t.Helper()
	place, err := anchor.ParsePlace(file)
	if err != nil {
		t.Fatal(err)
	}
	return anchor.NewKeeper(c, keyOf(t, 1), place)
}

// wantSeqs fails unless a file has the heads of these entries, one in each line.
func wantSeqs(t *testing.T, file string, seqs ...int64) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var got []int64
	for line := range strings.Lines(string(text)) {
		head, err := anchor.Open([]byte(strings.TrimSuffix(line, "\n")), keyOf(t, 1).Public())
		if err != nil {
			t.Errorf("%v in %q", err, line)
		}
		got = append(got, head.Seq)
	}
	if len(got) != len(seqs) {
		t.Fatalf("heads of %v, want %v", got, seqs)
	}
	for i := range seqs {
		if got[i] != seqs[i] {
			t.Fatalf("heads of %v, want %v", got, seqs)
		}
	}
}

func TestAHeadIsKeptWhenItHasMoved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "heads")
	c := &chain{}
	k := keeping(t, c, file)
	for _, length := range []int64{0, 3, 3, 5} {
		c.length = length
		if err := k.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	wantSeqs(t, file, 3, 5)
	t.Run("by another process too", func(t *testing.T) {
		if err := keeping(t, c, file).Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantSeqs(t, file, 3, 5)
	})
	t.Run("and again where the file was taken away", func(t *testing.T) {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := keeping(t, c, file).Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantSeqs(t, file, 5)
	})
	if k.State() != anchor.OK {
		t.Errorf("state %s", k.State())
	}
}

func TestAChainThatDoesNotGoOnIsNoticed(t *testing.T) {
	for name, now := range map[string]*chain{
		"cut at its end":                     {length: 4},
		"of a database made anew":            {length: 9, made: 1},
		"of a database made anew, as long":   {length: 5, made: 1},
		"of a database that has nothing yet": {},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "heads")
			if err := keeping(t, &chain{length: 5}, file).Keep(t.Context()); err != nil {
				t.Fatal(err)
			}
			k := keeping(t, now, file)
			var broken *anchor.BrokenError
			if err := k.Keep(t.Context()); !errors.As(err, &broken) || broken.Kept != 5 || broken.Now != now.length {
				t.Errorf("%v", err)
			}
			if err := k.Keep(t.Context()); k.State() != anchor.Broken {
				t.Errorf("state %s, %v", k.State(), err)
			}
			if now.length == 0 {
				wantSeqs(t, file, 5)
				return
			}
			wantSeqs(t, file, 5, now.length) // so that what follows can be proved, too
		})
	}
}

func TestAPlaceThatTakesNothingIsSaid(t *testing.T) {
	c := &chain{length: 1}
	file := filepath.Join(t.TempDir(), "missing", "heads")
	k := keeping(t, c, file)
	if err := k.Keep(t.Context()); err == nil || k.State() != anchor.Failing || !strings.Contains(err.Error(), file) {
		t.Errorf("state %s, %v", k.State(), err)
	}
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := k.Keep(t.Context()); err != nil || k.State() != anchor.OK {
		t.Errorf("state %s, %v", k.State(), err)
	}
	wantSeqs(t, file, 1)
	c.away = fault.Newf(fault.Unavailable, "不可用", "away")
	if err := k.Keep(t.Context()); !fault.Is(err, fault.Unavailable) || k.State() != anchor.Failing {
		t.Errorf("state %s, %v", k.State(), err)
	}
}

func TestAnAddressGetsEachHeadOnceAndIsNeverRepeated(t *testing.T) {
	var got []string
	answer := http.StatusNoContent
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the line went elsewhere") }))
	defer elsewhere.Close()
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, word, _ := r.BasicAuth()
		got = append(got, name+":"+word+r.URL.String())
		w.Header().Set("Location", elsewhere.URL)
		w.WriteHeader(answer)
	}))
	c := &chain{length: 1}
	k := keeping(t, c, strings.Replace(hook.URL, "://", "://me:secret@", 1)+"/secret?secret=1")
	for range 2 {
		if err := k.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(got) != 1 || got[0] != "me:secret/secret?secret=1" {
		t.Errorf("asked %q", got)
	}
	for _, status := range []int{http.StatusTemporaryRedirect, http.StatusFound, http.StatusForbidden, http.StatusInternalServerError} {
		c.length, answer = c.length+1, status
		if err := k.Keep(t.Context()); err == nil || strings.Contains(err.Error(), "secret") || k.State() != anchor.Failing {
			t.Errorf("%d: state %s, %v", status, k.State(), err)
		}
	}
	hook.Close()
	if err := k.Keep(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("gone: %v", err)
	}
}

func TestAFileWithoutAHeadOfOursIsToldOf(t *testing.T) {
	c := &chain{length: 3}
	file := filepath.Join(t.TempDir(), "heads")
	if err := os.WriteFile(file, []byte(strings.Repeat("not a head\n", 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	k := keeping(t, c, file)
	if k.State() != anchor.Pending {
		t.Errorf("before the first: %s", k.State())
	}
	if err := k.Keep(t.Context()); !errors.Is(err, anchor.ErrForeign) || k.State() != anchor.Failing {
		t.Errorf("%v, %s", err, k.State())
	}
	if err := k.Keep(t.Context()); err != nil || k.State() != anchor.OK { // its own is there now
		t.Errorf("%v, %s", err, k.State())
	}
}

func TestWhatIsNoFileIsRefusedAtOnce(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	k := keeping(t, &chain{length: 3}, pipe)
	if err := k.Keep(t.Context()); err == nil || k.State() != anchor.Failing {
		t.Errorf("%v, %s", err, k.State())
	}
}
