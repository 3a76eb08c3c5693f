package signing_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/signing"
)

// fixed is a key that is the same in every run.
func fixed(t *testing.T, fill byte) signing.Key {
	t.Helper()
	key, err := signing.NewKey(bytes.NewReader(bytes.Repeat([]byte{fill}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestAKeyIsMadeOnceAndReadByItsOwnerAlone(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "tracker.db.key")
	key, made, err := signing.ReadOrMakeKey(file, rand.Reader)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	again, made, err := signing.ReadOrMakeKey(file, rand.Reader)
	if err != nil || made || again.Public().ID() != key.Public().ID() {
		t.Errorf("again made %v, %v", made, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("beside the key is left %v, %v", left, err)
	}
}

func TestAKeyThatSeveralMakeAtATimeIsOne(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	const processes = 16
	var ids [processes]string
	var all sync.WaitGroup
	for i := range processes {
		all.Go(func() {
			key, _, err := signing.ReadOrMakeKey(file, rand.Reader)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = key.Public().ID()
		})
	}
	all.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("several keys: %v", ids)
		}
	}
}

func TestAFileThatHoldsNoKeyIsNeitherReadNorWrittenOver(t *testing.T) {
	public := string(fixed(t, 1).Public().PEM())
	for name, text := range map[string]string{
		"an empty file":    "",
		"other text":       "no key\n",
		"a public key":     public,
		"a key cut short":  "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n",
		"text after a key": "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\nmore",
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, made, err := signing.ReadOrMakeKey(file, rand.Reader); made || !fault.Is(err, fault.InvalidParameter) {
				t.Errorf("made %v, %v", made, err)
			}
			if kept, err := os.ReadFile(file); err != nil || string(kept) != text {
				t.Errorf("changed to %q, %v", kept, err)
			}
		})
	}
	if _, err := signing.ReadKey(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestPublicKeysAreReadAmongOtherText(t *testing.T) {
	first, second := fixed(t, 1).Public(), fixed(t, 2).Public()
	keys, err := signing.ParsePublicKeys([]byte("key_id " + first.ID() + "\n" + string(first.PEM()) + "until 2027\n" + string(second.PEM())))
	if err != nil || len(keys) != 2 || keys[0].ID() != first.ID() || keys[1].String() != second.String() {
		t.Errorf("%v, %v", keys, err)
	}
	for _, text := range []string{"", "none", strings.ReplaceAll(string(first.PEM()), "PUBLIC", "PRIVATE"), "-----BEGIN PUBLIC KEY-----\nMC4C\n-----END PUBLIC KEY-----\n"} {
		if _, err := signing.ParsePublicKeys([]byte(text)); !fault.Is(err, fault.InvalidParameter) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestOpensslReadsKeysAndVerifiesSignatures(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl")
	}
	folder := t.TempDir()
	at := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if content != nil {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	ask := func(args ...string) []byte {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), openssl, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("openssl %v: %v\n%s", args, err, out)
		}
		return out
	}
	key, _, err := signing.ReadOrMakeKey(at("ours.key", nil), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask("pkey", "-in", at("ours.key", nil), "-pubout"); !bytes.Equal(got, key.Public().PEM()) {
		t.Errorf("openssl has another public key:\n%s", got)
	}
	content := []byte(`{"seq":"1"}`)
	ask("pkeyutl", "-verify", "-pubin", "-inkey", at("ours.pub", key.Public().PEM()), "-rawin",
		"-in", at("signed", append([]byte(signing.AuditHead+"\n"), content...)), "-sigfile", at("signature", key.Sign(signing.AuditHead, content)))

	ask("genpkey", "-algorithm", "ed25519", "-out", at("theirs.key", nil))
	if _, err := signing.ReadKey(at("theirs.key", nil)); err != nil {
		t.Error(err)
	}
	ask("genpkey", "-algorithm", "RSA", "-out", at("rsa.key", nil))
	if _, err := signing.ReadKey(at("rsa.key", nil)); !fault.Is(err, fault.InvalidParameter) {
		t.Errorf("a key of another algorithm: %v", err)
	}
}
