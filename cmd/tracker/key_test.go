package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

var token = regexp.MustCompile(`^trk_([a-z2-7]{12})_[A-Z2-7]{52}\n$`)

// keyRow is the line of a key in the list.
func keyRow(t *testing.T, database, id string, flags ...string) string {
	t.Helper()
	for line := range strings.SplitSeq(command(t, append([]string{"key", "list", "--database", database}, flags...)...), "\n") {
		if strings.Contains(line, id) {
			return line
		}
	}
	t.Fatalf("no key %s is listed", id)
	return ""
}

func TestKeyTokensAreShownOnce(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	_, out, errOut := attempt(t, "key", "create", "--database", database, "--name", "月报系统", "--role", "reporter", "--jurisdiction", "东河市", "--agency", "市工信局", "--agency", "市交通局")
	made := token.FindStringSubmatch(out)
	if made == nil {
		t.Fatalf("prints %q", out)
	}
	id := made[1]

	t.Run("apart from what they are for", func(t *testing.T) {
		says(t, errOut, id, "月报系统", "报送", "shown this once")
		if strings.Contains(errOut, strings.TrimSpace(out)) {
			t.Error("the token is on standard error, too")
		}
	})
	t.Run("and never listed", func(t *testing.T) {
		row := keyRow(t, database, id)
		says(t, row, "月报系统", "报送", "市工信局、市交通局", "有效")
		if strings.Contains(row, "trk_") || strings.Count(row, "—") != 2 {
			t.Errorf("row %s", row)
		}
	})
	t.Run("a rotated key keeps its id and gets another", func(t *testing.T) {
		status, rotated, said := attempt(t, "key", "rotate", "--database", database, "--grace", "2h", id)
		other := token.FindStringSubmatch(rotated)
		if status != exitOK || other == nil || other[1] != id || rotated == out {
			t.Errorf("exit %d, prints %q", status, rotated)
		}
		until := regexp.MustCompile(`good until (\d{4}-\d\d-\d\d \d\d:\d\d)`).FindStringSubmatch(said)
		if until == nil {
			t.Fatalf("says %s", said)
		}
		shanghai := time.FixedZone("", 8*60*60)
		at, err := time.ParseInLocation("2006-01-02 15:04", until[1], shanghai)
		if left := time.Until(at); err != nil || left < 110*time.Minute || left > 2*time.Hour {
			t.Errorf("until %s, %v", at, err)
		}
	})
	t.Run("a revoked key stays in the list and gets no other", func(t *testing.T) {
		says(t, command(t, "key", "revoke", "--database", database, id), "revoked: "+id+"（月报系统）")
		says(t, keyRow(t, database, id), "已吊销")
		status, rotated, said := attempt(t, "key", "rotate", "--database", database, id)
		if status != exitFailed || rotated != "" {
			t.Errorf("exit %d, prints %s", status, rotated)
		}
		if said == "" {
			t.Error("says nothing")
		}
	})
}

// keyEntries are what the audit log says was done with a key, and by whom.
func keyEntries(t *testing.T, database, id string) string {
	t.Helper()
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	entries, _, err := db.Audit(t.Context(), indicator.AuditQuery{Target: id})
	if err != nil {
		t.Fatal(err)
	}
	done := make([]string, len(entries))
	for i, e := range entries {
		done[i] = e.Action + " by " + e.Actor.Key
	}
	return strings.Join(done, ", ")
}

func TestKeyCommandsAreInTheAuditLog(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	id := strings.Split(command(t, "key", "create", "--database", database, "--name", "n", "--role", "admin"), "_")[1]
	command(t, "key", "rotate", "--database", database, id)
	command(t, "key", "revoke", "--database", database, id)
	if got, want := keyEntries(t, database, id), "key.created by local, key.rotated by local, key.revoked by local"; got != want {
		t.Errorf("%s", got)
	}
	says(t, command(t, "verify", "--database", database), "3 entries")
}

func TestKeysThatCannotBe(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	create := []string{"key", "create", "--database", database}
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"an analyst with an agency", []string{"--name", "n", "--role", "analyst", "--agency", "市工信局"}, "/agencies"},
		{"an admin with an agency", []string{"--name", "n", "--role", "admin", "--agency", "市工信局"}, "/agencies"},
		{"a reporter of an agency named twice", []string{"--name", "n", "--role", "reporter", "--jurisdiction", "东河市", "--agency", "甲局", "--agency", "甲局"}, "given twice"},
		{"a role in capitals", []string{"--name", "n", "--role", "Admin"}, "/role"},
		{"an empty name", []string{"--name", "", "--role", "admin"}, "/name"},
		{"a name with space about it", []string{"--name", " n", "--role", "admin"}, "/name"},
		{"a name of two lines", []string{"--name", "a\nb", "--role", "admin"}, "/name"},
		{"a day that is none", []string{"--name", "n", "--role", "admin", "--expires", "2099-02-30"}, "2099-02-30"},
		{"a secret that is too short", []string{"--name", "n", "--role", "admin", "--key-secret", "short"}, "32 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, errOut := attempt(t, append(create, c.args...)...)
			if status != exitFailed || out != "" {
				t.Errorf("exit %d, prints %s", status, out)
			}
			says(t, errOut, c.want)
		})
	}
	if listed := command(t, "key", "list", "--database", database); strings.Count(listed, "\n") != 3 {
		t.Errorf("keys were made:\n%s", listed)
	}
}

func TestAgencyNamesMayHoldCommas(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	made := command(t, "key", "create", "--database", database, "--name", "n", "--role", "reporter", "--jurisdiction", "东河市", "--agency", "甲局,乙局")
	says(t, keyRow(t, database, strings.Split(made, "_")[1]), "甲局,乙局")
}

func TestAKeyOfAnAgencyThatNoPlanNamesIsNoted(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	plan := written(t, "plan.txt", "东河市2023年重点工作\n一、产业\n1.充电设施。新增公共充电桩221个（牵头单位：市工信局）。\n")
	command(t, "plan", "import", "--database", database, "--code", "p", "--confirm", plan)
	for agency, want := range map[string]string{"市工讯局": "相近的有：市工信局", "市工信局": ""} {
		status, _, errOut := attempt(t, "key", "create", "--database", database, "--name", "n", "--role", "reporter", "--jurisdiction", "东河市", "--agency", agency)
		if status != exitOK || strings.Contains(errOut, "注意") != (want != "") || !strings.Contains(errOut, want) {
			t.Errorf("%s: %d, %s", agency, status, errOut)
		}
	}
}

func TestKeyDaysEndWhereTheDatabaseSays(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	made := command(t, "key", "create", "--database", database, "--name", "n", "--role", "admin", "--expires", "2099-12-31")
	id := strings.Split(made, "_")[1]
	for zone, want := range map[string]string{"Asia/Shanghai": "2100-01-01 00:00", "UTC": "2099-12-31 16:00", "America/New_York": "2099-12-31 11:00"} {
		t.Run(zone, func(t *testing.T) {
			daysOf(t, database, zone)
			says(t, keyRow(t, database, id), want)
		})
	}
}

func TestAgencyDaysBeginWhereTheDatabaseSays(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	command(t, "key", "create", "--database", database, "--name", "n", "--role", "reporter", "--jurisdiction", "东河市", "--agency", "甲局")
	daysOf(t, database, "America/Lima")
	command(t, "agency", "rename", "--database", database, "--from", "2020-03-01", "甲局", "乙局")
	db := opened(t, database)
	begins := time.Date(2020, 3, 1, 5, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{begins.Add(-time.Second): "甲局", begins: "乙局"} {
		names, err := db.AgencyNames(t.Context(), []int64{1}, time.Now(), at)
		if err != nil || !slices.Equal(names[1], []string{want}) {
			t.Errorf("%s: %v, %v; want %s", at, names, err, want)
		}
	}
}

func opened(t *testing.T, database string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// daysOf makes the days of a database those of a zone.
func daysOf(t *testing.T, database, zone string) {
	t.Helper()
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	db := opened(t, database)
	if _, err := tracker.New(db, time.Now, place, progress.DefaultProfile()).UseProfile(t.Context(), nil, place, true); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestKeyRotationIsBounded(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	made := command(t, "key", "create", "--database", database, "--name", "n", "--role", "admin")
	id := strings.Split(made, "_")[1]
	for grace, want := range map[string]int{"721h": exitFailed, "-1h": exitFailed, "soon": exitUsage, "720h": exitOK, "0s": exitOK} {
		t.Run("a grace of "+grace, func(t *testing.T) {
			if status, out, _ := attempt(t, "key", "rotate", "--database", database, "--grace="+grace, id); status != want || (out != "") != (want == exitOK) {
				t.Errorf("exit %d, prints %q", status, out)
			}
		})
	}
}

// TestUnsettledKeysAreListed gives a key of one city an agency of another of the same
// name, as keys of an earlier release may have.
func TestUnsettledKeysAreListed(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	create := func(place string) string {
		made := command(t, "key", "create", "--database", database, "--name", "n", "--role", "reporter", "--jurisdiction", place, "--agency", "市工信局")
		return strings.Split(made, "_")[1]
	}
	first, second := create("东河市"), create("西山市")
	verify := func() string { // which finds the agency that a key was given, too
		_, out, _ := attempt(t, "verify", "--quiet", "--database", database)
		return out
	}
	if out := verify(); strings.Contains(out, "narrow") {
		t.Errorf("lists %s", out)
	}
	altered(t, database, "INSERT INTO access_key_agencies SELECT 1, 1, agency_id FROM access_key_agencies WHERE key_id = 2")
	out := verify()
	says(t, out, first, "东河市：市工信局", "西山市：市工信局", "key narrow")
	if strings.Contains(out, second) {
		t.Errorf("lists %s", out)
	}
	says(t, command(t, "key", "narrow", "--database", database, "--jurisdiction", "东河市", first), "narrowed", "东河市：市工信局")
	if out := verify(); strings.Contains(out, "narrow") {
		t.Errorf("lists %s", out)
	}
}

func TestImportSaysTheJurisdiction(t *testing.T) {
	database := filepath.Join(t.TempDir(), "tracker.db")
	says(t, command(t, "plan", "import", "--database", database, "--code", "a", written(t, "plan.txt", firmsPlan)), "辖区 / of 东河市")
	says(t, command(t, "plan", "import", "--database", database, "--code", "b", "--jurisdiction", "江南省东河市", written(t, "plan.txt", firmsPlan)), "辖区 / of 江南省东河市")
}
