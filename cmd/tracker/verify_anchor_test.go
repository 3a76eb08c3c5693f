package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keptHeads is a database whose service kept heads of its chain, of several lengths, and
// the file of these.
func keptHeads(t *testing.T) (database, heads string) {
	t.Helper()
	database, heads = withFirms(t), filepath.Join(t.TempDir(), "heads.jsonl")
	for _, period := range []string{"2024-03", "2024-04", "2024-05"} {
		command(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", "indicator,period,value\n"+firms+","+period+",12\n"))
		_, _, stop := serve(t, "--database", database, "--audit-anchor", heads)
		if stop() != exitOK {
			t.Fatal("the service did not stop in order")
		}
	}
	if lines := linesOf(t, heads); len(lines) != 3 {
		t.Fatalf("%d heads were kept", len(lines))
	}
	return database, heads
}

func TestVerifyHoldsTheChainAgainstHeadsKeptOutside(t *testing.T) {
	database, heads := keptHeads(t)
	public := written(t, "public", command(t, "signing-key", "--database", database))
	id := strings.Fields(command(t, "signing-key", "--database", database))[1]
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"by the service's own key": {nil, "judged by the key of " + database + ".key: " + id},
		"by the public key":        {[]string{"--public-key", public}, "judged by the key of " + public + ": " + id},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, errOut := attempt(t, append([]string{"verify", "--quiet", "--database", database, "--anchor", heads}, c.flags...)...)
			if status != exitOK {
				t.Errorf("exit %d: %s", status, errOut)
			}
			says(t, errOut, "3 heads kept outside", c.says)
		})
	}
}

// removed takes a database away, and leaves its key.
func removed(t *testing.T, database string) {
	t.Helper()
	for _, ending := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(database + ending); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

// madeAnew puts a database of the same reports, and one more, in the place of another.
func madeAnew(t *testing.T, database string) {
	t.Helper()
	removed(t, database)
	command(t, "plan", "import", "--database", database, "--code", "firms-2024", "--confirm", written(t, "plan.txt", firmsPlan))
	for _, period := range []string{"2024-03", "2024-04", "2024-05", "2024-06"} {
		command(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", "indicator,period,value\n"+firms+","+period+",12\n"))
	}
}

func TestVerifyFindsByHeadsWhatTheDatabaseHides(t *testing.T) {
	// cut takes the last report out, and with it all that speaks of it.
	const cut = `DROP TRIGGER audit_log_keep_delete; DROP TRIGGER measurements_keep_delete;
		DELETE FROM audit_log WHERE seq = 5; DELETE FROM measurements WHERE id = 3;
		UPDATE ledger SET audit_seq = 4, measurement_id = 2, audit_hash = (SELECT hash FROM audit_log WHERE seq = 4)`
	for name, c := range map[string]struct {
		do   func(t *testing.T, database string)
		says []string
	}{
		"a tail that was cut, and the end of the chain with it": {
			func(t *testing.T, database string) { altered(t, database, cut) },
			[]string{"line 3: the audit chain had entry 5 then, which is gone"},
		},
		"a database made anew, of the same reports and more": {
			madeAnew,
			[]string{"line 1: entry 3 of the audit chain is not what it was then", "line 2: entry 4", "line 3: entry 5"},
		},
		"a database that is empty": {
			func(t *testing.T, database string) {
				removed(t, database)
				if status, _, _ := attempt(t, "verify", "--quiet", "--database", database); status != exitFailed {
					t.Error("a database that is not there is as it was recorded")
				}
				command(t, "migrate", "--database", database)
			},
			[]string{"line 1: the audit chain had entry 3 then", "line 2: the audit chain had entry 4 then", "line 3: the audit chain had entry 5 then"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			database, heads := keptHeads(t)
			c.do(t, database)
			status, out, errOut := attempt(t, "verify", "--quiet", "--database", database, "--anchor", heads)
			if status != exitFailed {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
			says(t, out, c.says...)
			if n := strings.Count(out, "line "); n != len(c.says) {
				t.Errorf("%d lines are named:\n%s", n, out)
			}
		})
	}
}

func TestVerifyNamesTheLineThatWasChanged(t *testing.T) {
	database, heads := keptHeads(t)
	lines := linesOf(t, heads)
	other := filepath.Join(t.TempDir(), "other.jsonl")
	_, _, stop := serve(t, "--database", withFirms(t), "--audit-anchor", other) // which has another key
	stop()
	swap := func(line, old, by string) string {
		t.Helper()
		if !strings.Contains(line, old) {
			t.Fatalf("%q is not in %s", old, line)
		}
		return strings.Replace(line, old, by, 1)
	}
	for name, c := range map[string]struct{ line, says string }{
		"a digit of the content":                      {swap(lines[1], `"seq":"4"`, `"seq":"3"`), "line 2: the signature does not fit"},
		"a digit of the count":                        {swap(lines[1], `"last_measurement":"2"`, `"last_measurement":"1"`), "line 2: the signature does not fit"},
		"a name more":                                 {swap(lines[1], `"key_id"`, `"note":1,"key_id"`), "line 2: this is no signed record"},
		"a letter of the key's id":                    {swap(lines[1], `"key_id":"`, `"key_id":"0`), "line 2: it is signed with another key"},
		"another signature":                           {swap(lines[1], `"signature":"`, `"signature":"`+base64.StdEncoding.EncodeToString([]byte("xyz"))), "line 2: the signature does not fit"},
		"half of it":                                  {lines[1][:len(lines[1])/2], "line 2: this is no signed record"},
		"signed with another key, which it brings on": {linesOf(t, other)[0], "line 2: it is signed with another key"},
	} {
		t.Run(name, func(t *testing.T) {
			file := written(t, "heads", lines[0]+"\n"+c.line+"\n"+lines[2]+"\n")
			status, out, errOut := attempt(t, "verify", "--quiet", "--database", database, "--anchor", file)
			if status != exitFailed {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
			says(t, out, c.says)
			if n := strings.Count(out, "line "); n != 1 {
				t.Errorf("%d lines are named:\n%s", n, out)
			}
		})
	}
}

func TestVerifyReadsHeadsFromStandardInput(t *testing.T) {
	database, file := keptHeads(t)
	var errOut bytes.Buffer
	kept, err := anchorCheck{Anchor: "-"}.heads(&session{in: strings.NewReader(linesOf(t, file)[1]), errOut: &errOut}, database)
	if err != nil || len(kept) != 1 || kept[0].Fault != nil || kept[0].Head.Seq != 4 {
		t.Errorf("%+v, %v", kept, err)
	}
	says(t, errOut.String(), "1 heads kept outside")
}

func TestVerifyTrustsNoKeyThatALineBrings(t *testing.T) {
	database, heads := keptHeads(t)
	if err := os.Rename(database+".key", database+".away"); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"when the service's key is gone":    {[]string{"--database", database, "--anchor", heads}, "there is no key to trust"},
		"where the database has no key":     {[]string{"--database", "postgres://db/tracker", "--anchor", heads}, "there is no key to trust"},
		"and no file that holds no key":     {[]string{"--database", database, "--anchor", heads, "--public-key", heads}, "this is no Ed25519 public key"},
		"and no file that holds no head":    {[]string{"--database", database, "--signing-key", database + ".away", "--anchor", written(t, "empty", "\n")}, "holds no head"},
		"and takes no key without any head": {[]string{"--database", database, "--public-key", heads}, "--public-key goes with --anchor"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errOut := attempt(t, append([]string{"verify", "--quiet"}, c.flags...)...)
			if status != exitFailed || out != "" {
				t.Errorf("exit %d: %s", status, out)
			}
			says(t, errOut, c.says)
		})
	}
}
