package store_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// anotherCity is a plan of 西山市 and a key in a database of schema 6, where both name
// an agency that another plan names too; nobody else names 无人局.
var anotherCity = []string{
	`INSERT INTO plans (code, version, created_at) VALUES ('west', 1, '2023-01-01T00:00:00.000000Z')`,
	`INSERT INTO plan_versions (plan, version, title, issuer, starts_on, due_on, sha256, media_type, characters, updated_at)
		VALUES ('west', 1, '2023年重点工作', '西山市人民政府办公室', '2023-01-01', '2023-12-31', '00', 'text/plain', 0, '2023-01-01T00:00:00.000000Z')`,
	`INSERT INTO tasks (plan, version, number, section, title, start_pos, end_pos) VALUES ('west', 1, '1', 0, '粮食', 0, 0)`,
	`INSERT INTO task_agencies (task_id, role, ordinal, agency_id)
		SELECT t.id, 'lead', 0, a.id FROM tasks t, agencies a WHERE t.plan = 'west' AND a.name = '农业农村局'`,
	`INSERT INTO access_keys (code, name, role, digest, previous_digest, created_at, created_by)
		VALUES ('kept', 'n', 'reporter', 'd', '', '2023-01-01T00:00:00.000000Z', 'local')`,
	`INSERT INTO access_key_agencies (key_id, ordinal, agency) SELECT id, 0, '无人局' FROM access_keys WHERE code = 'kept'`,
	`INSERT INTO access_key_agencies (key_id, ordinal, agency) SELECT id, 1, '农业农村局' FROM access_keys WHERE code = 'kept'`,
}

// unsure is what the other plan is of: its issuer, 示范县人民政府, names no place that is
// not any county's.
const unsure = "示范县人民政府（old）"

// TestSQLiteUpgradeOfAgencies and TestPostgresUpgradeOfAgencies bring a database up in
// which two cities have agencies of one name.
func TestSQLiteUpgradeOfAgencies(t *testing.T) {
	file := newFile(t)
	if err := os.WriteFile(file, kept(t, "schema6.db.gz"), 0o600); err != nil {
		t.Fatal(err)
	}
	upgradedAgencies(t, file)
}

func TestPostgresUpgradeOfAgencies(t *testing.T) {
	database := storetest.EmptySchema(t, postgresServer(t))
	if _, err := connected(t, database).ExecContext(t.Context(), string(kept(t, "schema6.sql.gz"))); err != nil {
		t.Fatal(err)
	}
	upgradedAgencies(t, database)
}

func upgradedAgencies(t *testing.T, database string) {
	for _, statement := range anotherCity {
		if _, err := connected(t, database).ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	reportedBefore(t, database)
	if _, _, err := store.Migrate(t.Context(), database); err != nil {
		t.Fatal(err)
	}
	s := opened(t, database)
	reportersKept(t, s)
	for code, want := range map[string]string{"west": "西山市", "old": unsure} {
		p, err := s.Plan(t.Context(), code)
		if err != nil || p.Jurisdiction != want {
			t.Errorf("%s is of %q, want %q, %v", code, p.Jurisdiction, want, err)
		}
	}
	old, err := s.Task(t.Context(), "old", "1")
	if err != nil {
		t.Fatal(err)
	}
	west, err := s.Task(t.Context(), "west", "1")
	if err != nil || len(west.LeadAgencyIDs) != 1 || len(old.LeadAgencyIDs) != 1 || west.LeadAgencyIDs[0] == old.LeadAgencyIDs[0] {
		t.Fatalf("%+v and %+v, %v", old, west, err)
	}
	in, err := s.Indicator(t.Context(), indicator.SightOfAll(), "old-1-1")
	if err != nil || !cmp.Equal(in.LeadAgencyIDs, old.LeadAgencyIDs) {
		t.Errorf("%+v, %v", in, err)
	}
	k, err := s.Key(t.Context(), "kept")
	if err != nil || len(k.Bound) != 3 || !k.Unsettled() {
		t.Fatalf("%+v, %v", k, err)
	}
	want := []indicator.AgencyRef{
		{ID: k.Bound[0].ID, Name: "无人局"},
		{ID: old.LeadAgencyIDs[0], Jurisdiction: unsure, Name: "农业农村局"},
		{ID: west.LeadAgencyIDs[0], Jurisdiction: "西山市", Name: "农业农村局"},
	}
	if diff := cmp.Diff(want, k.Bound); diff != "" {
		t.Errorf("the key's agencies (-want +got):\n%s", diff)
	}
	narrowedAgencies(t, s, west.LeadAgencyIDs[0])
}

// reportedBefore brings a database to the last schema in which reporters had no agency but
// its name, with one of a name that one place has and one of a name that two have.
func reportedBefore(t *testing.T, database string) {
	t.Helper()
	const before = 10
	if err := store.MigrateTo(t.Context(), database, before); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"统计局", "农业农村局", "从未有局"} {
		statement := fmt.Sprintf("INSERT INTO reporters (id, agency, key_id, key_name) VALUES (%d, '%s', 'k', 'n')", i+1, name)
		if _, err := connected(t, database).ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// reportersKept holds that a reporter is of the agency that alone had its name, and of
// none that is known where it may have been one of several.
func reportersKept(t *testing.T, s *store.Store) {
	t.Helper()
	got := map[string]string{}
	err := eachOf(t, s.Reader(), `SELECT r.id, r.agency, COALESCE(n.jurisdiction || n.name, '')
		FROM reporters r LEFT JOIN agency_names n ON n.id = r.agency_id`, func(cells []string) { got[cells[0]+cells[1]] = cells[2] })
	want := map[string]string{"0": "", "1统计局": unsure + "统计局", "2农业农村局": "", "3从未有局": ""}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v: reporters (-want +got):\n%s", err, diff)
	}
	if _, err := s.Writer().ExecContext(t.Context(), "UPDATE plan_versions SET jurisdiction = ''"); err == nil || !strings.Contains(err.Error(), "append-only") {
		t.Errorf("versions of plans can be changed: %v", err)
	}
}

func narrowedAgencies(t *testing.T, s *store.Store, west int64) {
	if _, err := s.NarrowKey(t.Context(), "none", "西山市"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a key that is none: %v", err)
	}
	narrowed, err := s.NarrowKey(t.Context(), "kept", "西山市")
	if err != nil || narrowed.Unsettled() || len(narrowed.Bound) != 2 || narrowed.Bound[1].ID != west || narrowed.Bound[0].Jurisdiction != "西山市" {
		t.Fatalf("%+v, %v", narrowed, err)
	}
	again, err := s.NarrowKey(t.Context(), "kept", "西山市")
	if diff := cmp.Diff(narrowed, again); diff != "" || err != nil {
		t.Errorf("%v: (-first +again):\n%s", err, diff)
	}
	if _, err := s.NarrowKey(t.Context(), "kept", "北林市"); !fault.Is(err, fault.InvalidValue) {
		t.Errorf("a place where it has none: %v", err)
	}
	entries, _, err := s.Audit(t.Context(), indicator.AuditQuery{Target: "kept"})
	if err != nil || len(entries) != 1 || entries[0].Action != "key.narrowed" {
		t.Errorf("%+v, %v", entries, err)
	}
	if _, found := verified(t, s, ""); found != "" {
		t.Error(found)
	}
}
