package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// keptStatement is a statement that an earlier build made, and the key that verifies it.
func keptStatement(t *testing.T, name string) (text []byte, key string) {
	t.Helper()
	folder, err := filepath.Abs("../../testdata/statements")
	if err != nil {
		t.Fatal(err)
	}
	if text, err = os.ReadFile(filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
	return text, filepath.Join(folder, "key.pem")
}

// TestAStatementIsVerifiedInAnEmptyFolder takes one from a running service to a place that
// has nothing but the statement and the public key.
func TestAStatementIsVerifiedInAnEmptyFolder(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	base, _, stop := serve(t, "--demo", "--database", database)
	status, text := get(t, base+"/api/v1/indicators/qingzhou-2023-14-1/statement?on=2023-09-30")
	if status != 200 {
		t.Fatalf("%d %s", status, text)
	}
	stop()
	t.Run("and its head is in the chain", func(t *testing.T) {
		var signed v1.SignedStatement
		if err := json.Unmarshal(text, &signed); err != nil {
			t.Fatal(err)
		}
		command(t, "verify", "--quiet", "--database", database, "--hash", signed.Content.AuditHead.Hash)
	})
	statement, key := written(t, "statement.json", string(text)), written(t, "key.pem", command(t, "signing-key", "--database", database))
	if err := os.Remove(database); err != nil {
		t.Fatal(err)
	}
	empty := t.TempDir()
	t.Chdir(empty)
	says(t, command(t, "statement", "verify", "--public-key", key, statement),
		"进度证明成立", "qingzhou-2023-14-1", "“新增公共充电桩221个”", "= 221 个，完成时限 2023-12-31", "2023-09 累计 168个",
		"完成率  76.02%，序时进度 74.79%", "达序时，判定日 2023-09-30", "计算规则第 1 版", "审计链  第 ", "签名    密钥 ")
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}

func TestAStatementThatDoesNotHoldIsRefused(t *testing.T) {
	text, key := keptStatement(t, "accrue.json")
	changed := strings.Replace(string(text), `"percent":"`, `"percent":"1`, 1)
	for name, c := range map[string]struct {
		text, key, says string
		status          int
	}{
		"a changed digit":   {changed, key, "/progress/percent", exitFailed},
		"the key of others": {string(text), written(t, "other.pem", otherKey), "所信任的密钥", exitFailed},
		"later rules":       {strings.Replace(string(text), `"rules":1`, `"rules":9`, 1), key, "version 9 of the rules", exitFailed},
		"no statement":      {"{}", key, "no signed record", exitFailed},
		"no public key":     {string(text), written(t, "x.pem", "none"), "no Ed25519 public key", exitFailed},
		"no such file":      {string(text), "none.pem", "none.pem", exitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errOut := attempt(t, "statement", "verify", "--public-key", c.key, written(t, "s.json", c.text))
			if status != c.status || strings.Contains(out, "成立 /") {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
			says(t, out+errOut, c.says)
		})
	}
	t.Run("also where no key is named", func(t *testing.T) {
		if status, _, errOut := attempt(t, "statement", "verify", written(t, "s.json", string(text))); status != exitUsage {
			t.Errorf("exit %d: %s", status, errOut)
		}
	})
}

// otherKey is a public key that has signed nothing.
const otherKey = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
-----END PUBLIC KEY-----
`

func TestWhatVerifyingFoundAsJSON(t *testing.T) {
	text, key := keptStatement(t, "accrue.json")
	result := func(text string) (status int, found statementJSON) {
		t.Helper()
		status, out, errOut := attempt(t, "statement", "verify", "--json", "--public-key", key, written(t, "s.json", text))
		if err := json.Unmarshal([]byte(out), &found); err != nil {
			t.Fatalf("%v: %s%s", err, out, errOut)
		}
		return status, found
	}
	if status, found := result(string(text)); status != exitOK || !found.Holds || found.KeyID == "" || found.Withheld != 4 || len(found.Findings) != 0 {
		t.Errorf("exit %d, %+v", status, found)
	}
	if status, found := result(strings.Replace(string(text), `"pace":"`, `"pace":"1`, 1)); status != exitFailed || found.Holds || found.KeyID != "" || len(found.Findings) != 2 {
		t.Errorf("exit %d, %+v", status, found)
	}
}

func TestTheAccountOfAStatement(t *testing.T) {
	for name, lines := range map[string][]string{
		"share.json":                   {"2023-09 累计 1÷3.0=33.3333%，市工信局，reporter", "1 条实绩的散列含密钥编号"},
		"no-data.json":                 {"实绩    0 条，计入 0 条", "当前值  无", "完成率  无（no_measurement）"},
		"waits.json":                   {"目标    > 全省平均水平"},
		"missing-and-provisional.json": {"实绩    3 条，计入 1 条", "提示    "},
	} {
		t.Run(name, func(t *testing.T) {
			text, key := keptStatement(t, name)
			says(t, command(t, "statement", "verify", "--public-key", key, written(t, "s.json", string(text))), lines...)
		})
	}
}
