package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/loop"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

// tampering is what somebody with the database in hand changes in one table.
type tampering struct {
	table, statement string
	finds            []string // kind and name of findings that there must be
}

// The records that the tests alter are those of recorded: the indicators p-1-1 and p-1-2,
// measurements 1 to 4, of which 3 and 4 are a batch, the keys k and a.
var tamperings = map[string]tampering{
	"a value in a packed state":          {"indicator_states", "state", []string{"state p-1-1"}},
	"a packed state that is torn":        {"indicator_states", "UPDATE indicator_states SET state = (SELECT audit_hash FROM ledger)", []string{"state p-1-1"}},
	"a packed state that is gone":        {"indicator_states", "DELETE FROM indicator_states", []string{"state p-1-1"}},
	"a state without measurements":       {"indicator_states", "UPDATE indicator_states SET indicator_id = (SELECT id FROM indicators WHERE code = 'p-1-2')", []string{"state p-1-1", "state p-1-2"}},
	"a target":                           {"indicator_versions", "UPDATE indicator_versions SET target_value = '25.40' WHERE version = 2", []string{"indicator p-1-1#2"}},
	"an earlier target":                  {"indicator_versions", "UPDATE indicator_versions SET target_value = '25.40' WHERE version = 1 AND name = '里程'", []string{"indicator p-1-1#1"}},
	"a due date":                         {"indicator_versions", "UPDATE indicator_versions SET due_on = '2023-06-30' WHERE version = 2", []string{"indicator p-1-1#2"}},
	"a course":                           {"indicator_versions", "UPDATE indicator_versions SET course = 'hold' WHERE version = 2", []string{"indicator p-1-1#2"}},
	"a version that is taken out":        {"indicator_versions", "DELETE FROM indicator_versions WHERE version = 2", []string{"indicator p-1-1#2", "indicator p-1-1"}},
	"the version that counts":            {"indicators", "UPDATE indicators SET version = 1 WHERE code = 'p-1-1'", []string{"indicator p-1-1"}},
	"the code of an indicator":           {"indicators", "UPDATE indicators SET code = 'p-1-9' WHERE code = 'p-1-2'", []string{"indicator p-1-2#1", "indicator p-1-9#1"}},
	"who leads an indicator":             {"indicator_agencies", "UPDATE indicator_agencies SET role = 'participating'", []string{"indicator p-1-1#1", "indicator p-1-1#2"}},
	"the title of a plan":                {"plan_versions", "UPDATE plan_versions SET title = '另一安排'", []string{"plan p#1"}},
	"the jurisdiction of a plan":         {"plan_versions", "UPDATE plan_versions SET jurisdiction = '他县'", []string{"plan p#1"}},
	"the text of a plan":                 {"documents", "UPDATE documents SET text = '另一文'", []string{"document p#1"}},
	"the file of a plan":                 {"documents", "DELETE FROM documents", []string{"document p#1"}},
	"the title of a task":                {"tasks", "UPDATE tasks SET title = '修桥'", []string{"task p#1/1"}},
	"who leads a task":                   {"task_agencies", "DELETE FROM task_agencies", []string{"task p#1/1"}},
	"the heading of a section":           {"sections", "UPDATE sections SET heading = '二、'", []string{"section p#1/1"}},
	"when a step of a plan is due":       {"plan_milestones", "UPDATE plan_milestones SET due_on = '2024-10-31'", []string{"plan_milestone p#1/0"}},
	"the share of a place":               {"plan_parts", "UPDATE plan_parts SET target_value = '4' WHERE ordinal = 1", []string{"plan_part p#1/1"}},
	"a share that is gone":               {"plan_parts", "DELETE FROM plan_parts WHERE ordinal = 0", []string{"plan_part p#1/0"}},
	"shares that are said to be none":    {"plan_versions", "UPDATE plan_versions SET parts = NULL", []string{"plan_part p#1/0", "plan_part p#1/1"}},
	"the name of an agency":              {"agency_names", "UPDATE agency_names SET name = '别局' WHERE name = '路政局'", []string{"agency 1"}},
	"an agency that is deleted":          {"agency_names", "DELETE FROM agency_names WHERE name = '路政局'", []string{"agency 1"}},
	"an agency that nobody made":         {"agency_names", "INSERT INTO agency_names (id, jurisdiction, name) VALUES (77, '示范县', '无此局')", []string{"agency 77"}},
	"an event of an agency":              {"agency_events", "DELETE FROM agency_events", []string{"agency_event 1", "ledger agency_event"}},
	"when an event was known":            {"agency_events", "UPDATE agency_events SET recorded_at = '2022-01-01T00:00:00.000000Z'", []string{"agency_event 1"}},
	"what an external code means":        {"external_codes", "UPDATE external_codes SET indicator_id = (SELECT id FROM indicators WHERE code = 'p-1-2')", []string{"external_code ext/A1"}},
	"an external code that is gone":      {"external_codes", "DELETE FROM external_codes", []string{"external_code ext/A1"}},
	"the role of a key":                  {"access_keys", "UPDATE access_keys SET role = 'admin' WHERE code = 'k'", []string{"key k"}},
	"a revocation that is taken back":    {"access_keys", "UPDATE access_keys SET revoked_at = NULL WHERE code = 'a'", []string{"key a"}},
	"when a key expires":                 {"access_keys", "UPDATE access_keys SET expires_at = '2099-01-01T00:00:00.000000Z' WHERE code = 'k'", []string{"key k"}},
	"the agency of a key":                {"access_key_agencies", "DELETE FROM access_key_agencies", []string{"key k"}},
	"a profile":                          {"profiles", "UPDATE profiles SET content = '{\"late\":0}'", []string{"profile 1"}},
	"the profile of the ledger":          {"ledger", "UPDATE ledger SET profile = 0", []string{"ledger profile"}},
	"the moment of the ledger":           {"ledger", "UPDATE ledger SET moment = 1", []string{"ledger moment"}},
	"the last measurement of the ledger": {"ledger", "UPDATE ledger SET measurement_id = 9", []string{"ledger measurement_id"}},
	"the agency of a reporter":           {"reporters", "UPDATE reporters SET agency_id = 2 WHERE id = 1", []string{"reporter 1"}},
	"the name of a reporter":             {"reporters", "UPDATE reporters SET key_name = '别人' WHERE id = 1", []string{"reporter 1", "measurement 1"}},
	"a value of a batch":                 {"measurements", "UPDATE measurements SET value = '9' WHERE id = 4", []string{"measurement 3", "state p-1-1"}},
	"a measurement that cannot be read":  {"measurements", "UPDATE measurements SET period = 'x' WHERE id = 2", []string{"measurement 2", "state p-1-1"}},
	"a measurement of number 0":          {"measurements", "UPDATE measurements SET id = 0 WHERE id = 1", []string{"measurement 0", "measurement 1"}},
	"the tally of a batch":               {"batches", "UPDATE batches SET refused = 5", []string{"batch"}},
	"receipts of a batch":                {"batch_receipts", "DELETE FROM batch_receipts", []string{"batch"}},
	"the hash of a record":               {"audited_records", "UPDATE audited_records SET hash = (SELECT audit_hash FROM ledger) WHERE kind = 'key' AND name = 'k'", []string{"key k", "chain 6"}},
	"what entries say of records":        {"audited_records", "DELETE FROM audited_records WHERE seq = 2", []string{"chain 2", "indicator p-1-1#1"}},
	"a record that no entry hashes":      {"audited_records", "INSERT INTO audited_records SELECT 99, 0, kind, name, hash FROM audited_records WHERE name = 'p-1-1#2'", []string{"chain 99"}},
	"a record that is said otherwise":    {"audited_records", "INSERT INTO audited_records SELECT 7, 9, kind, name, (SELECT audit_hash FROM ledger) FROM audited_records WHERE name = 'p-1-1#2'", []string{"chain 7", "indicator p-1-1#2"}},
	"a batch that is gone":               {"batches", "DELETE FROM batches", []string{"batch"}},
	"a batch that is said to be refused": {"batches", "UPDATE batches SET state = 'refused'", []string{"batch"}},
	"the sender of a batch":              {"batches", "UPDATE batches SET actor_key = 'k'", []string{"batch"}},
	"what an event of the loop says":     {"loop_events", `UPDATE loop_events SET content = '{"text":"已办结"}' WHERE seq = 1`, []string{"loop_event 1"}},
	"when the loop was told":             {"loop_events", "UPDATE loop_events SET at = '2022-01-01T00:00:00.000000Z' WHERE id = 2", []string{"loop_event 2"}},
	"who told the loop":                  {"loop_events", "UPDATE loop_events SET actor_name = '别人' WHERE id = 2", []string{"loop_event 2"}},
	"whose matter of the loop it is":     {"loop_events", "UPDATE loop_events SET agency_id = 9 WHERE id = 1", []string{"loop_event 1"}},
	"an event of the loop that is gone":  {"loop_events", "DELETE FROM loop_events WHERE id = 2", []string{"loop_event 2", "ledger loop_event"}},
	"an event of the loop of nobody":     {"loop_events", "INSERT INTO loop_events SELECT 3, 1, 3, kind, 'closed', plan, about, agency_id, content, once, actor_key, actor_name, at FROM loop_events WHERE id = 2", []string{"loop_event 3", "ledger loop_event"}},
	"the sum of records of an entry":     {"audit_log", "UPDATE audit_log SET records_hash = hash WHERE seq = 2", []string{"chain 2"}},
}

// share is what a table hands out to a place.
func share(area, value string) indicator.PlanPart {
	return indicator.PlanPart{
		Task: "1", Name: "里程", Area: area, PartOf: "里程", DueOn: indicator.DateOf(2023, 12, 31), Quote: "修路",
		Target: indicator.Target{Value: quantity.MustNumber(value), Unit: quantity.MustUnit("公里")},
	}
}

// recorded leaves one of each record that figures hang on.
func recorded(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(s.CreatePlan(ctx, indicator.Plan{
		Code: "p", Title: "安排", Jurisdiction: "示范县", StartsOn: indicator.DateOf(2023, 1, 1), DueOn: indicator.DateOf(2023, 12, 31),
		Document:   indicator.Document{Text: "一、修路", Original: []byte("一、修路")},
		Sections:   []indicator.Section{{Number: 1, Heading: "一、修路"}},
		Tasks:      []indicator.Task{{Plan: "p", Number: "1", Section: 1, Title: "修路", LeadAgencies: []string{"路政局"}}},
		Milestones: []indicator.PlanMilestone{{Task: "1", Title: "修路", DueOn: indicator.DateOf(2023, 10, 31), Quote: "修路"}},
		Parts:      []indicator.PlanPart{share("东山镇", "5"), share("南坡乡", "3")},
	}, nil))
	in := indicator.Indicator{
		Plan: "p", Task: "1", Name: "里程", LeadAgencies: []string{"路政局"}, State: indicator.Confirmed, Course: indicator.Accrue,
		DueOn: indicator.DateOf(2023, 12, 31), ExternalCodes: []indicator.ExternalCode{{Namespace: "ext", Code: "A1"}},
		Target: indicator.Target{Value: quantity.MustNumber("75.40"), Unit: quantity.MustUnit("公里")},
	}
	first, err := s.CreateIndicator(ctx, in)
	do(err)
	_, err = s.UpdateIndicator(ctx, first)
	do(err)
	in.Name, in.LeadAgencies, in.ExternalCodes = "桥梁", nil, nil
	_, err = s.CreateIndicator(ctx, in)
	do(err)
	_, err = s.AliasAgency(ctx, 1, "公路局")
	do(err)
	_, err = s.CreateKey(ctx, access.Key{ID: "k", Name: "n", Role: access.Reporter, Jurisdiction: "示范县", Agencies: []string{"路政局"}, Digest: "k"})
	do(err)
	_, err = s.CreateKey(ctx, access.Key{ID: "a", Name: "n", Role: access.Admin, Digest: "a"})
	do(err)
	_, err = s.RevokeKey(ctx, "a")
	do(err)
	_, err = s.AddProfile(ctx, indicator.ProfileVersion{Content: "{}", Timezone: "UTC"})
	do(err)
	report := func(month time.Month, value string) indicator.Measurement {
		return indicator.Measurement{
			Indicator: first.Code, Period: indicator.PeriodOf(indicator.Monthly, indicator.DateOf(2023, month, 1)), Basis: indicator.ThisPeriod,
			Value: quantity.MustNumber(value), Unit: quantity.MustUnit("公里"),
			ReportedBy: indicator.Reporter{Agency: "路政局", AgencyID: 1, Key: "k", Name: "n"},
		}
	}
	for _, m := range []indicator.Measurement{report(1, "3.33"), report(1, "4.33")} {
		_, _, err := storetest.Report(ctx, s, m)
		do(err)
	}
	w, err := s.OpenBatch(ctx, indicator.Partial, false, indicator.Idempotency{})
	do(err)
	defer w.Discard()
	do(w.Write(ctx, []indicator.Row{{Measurement: report(2, "1")}, {Measurement: report(3, "2")}}))
	_, err = w.Close(ctx)
	do(err)
	do(s.WriteLoop(ctx, func(b loop.Book) error {
		raised, _, err := b.Append(0, loop.Draft{Kind: loop.KindIssue, Type: "raised", Plan: "p", About: loop.AboutTask("1"), Agency: 1, Content: []byte(`{"text":"用地未批"}`)})
		if err == nil {
			_, _, err = b.Append(raised.ID, loop.Draft{Kind: loop.KindIssue, Type: "resolved", Plan: "p", About: loop.AboutTask("1"), Agency: 1})
		}
		return err
	}))
}

func TestSQLiteVerifyFindsTampering(t *testing.T) {
	findsTampering(t, newFile(t), "PRAGMA foreign_keys = OFF", func(table string) []string {
		return []string{"DROP TRIGGER IF EXISTS " + table + "_keep_update", "DROP TRIGGER IF EXISTS " + table + "_keep_delete"}
	})
}

func TestPostgresVerifyFindsTampering(t *testing.T) {
	findsTampering(t, migrated(t, storetest.EmptySchema(t, postgresServer(t))), "SET session_replication_role = replica",
		func(string) []string { return nil })
}

// findsTampering alters one table after another, looks, and puts its rows back. A statement
// frees a connection of foreign keys; others open a table whose rows are kept.
func findsTampering(t *testing.T, database string, free string, open func(table string) []string) {
	s := opened(t, database)
	recorded(t, s)
	if v, found := verified(t, s, ""); found != "" || len(v.Unproven) > 0 {
		t.Fatalf("finds in what nobody touched: %s, %v", found, v.Unproven)
	}
	conn, err := connected(t, database).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	run := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			if _, err := conn.ExecContext(t.Context(), statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	run(free)
	for name, c := range tamperings {
		t.Run(name, func(t *testing.T) {
			run(open(c.table)...)
			run("CREATE TABLE kept_rows AS SELECT * FROM " + c.table)
			defer run("DELETE FROM "+c.table, "INSERT INTO "+c.table+" SELECT * FROM kept_rows", "DROP TABLE kept_rows")
			if c.statement == "state" {
				otherState(t, conn)
			} else {
				run(c.statement)
			}
			v, _ := verified(t, s, "")
			for _, want := range c.finds {
				if !slices.ContainsFunc(v.Findings, func(f ledger.Finding) bool { return strings.HasPrefix(f.Kind+" "+f.Name, want) }) {
					t.Errorf("found %v, want %s", v.Findings, want)
				}
			}
		})
	}
	if _, found := verified(t, s, ""); found != "" {
		t.Errorf("after all was put back: %s", found)
	}
}

// otherState makes of 4.33 in a packed state 9.33.
func otherState(t *testing.T, conn *sql.Conn) {
	t.Helper()
	var packed []byte
	if err := conn.QueryRowContext(context.Background(), "SELECT state FROM indicator_states").Scan(&packed); err != nil {
		t.Fatal(err)
	}
	altered := []byte(strings.Replace(string(packed), "4.33", "9.33", 1))
	if _, err := conn.ExecContext(context.Background(), "UPDATE indicator_states SET state = $1", altered); err != nil || slices.Equal(altered, packed) {
		t.Fatal(fmt.Errorf("nothing altered: %w", err))
	}
}

func TestVerifyStopsWithItsContext(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := s.Verify(ctx, ledger.VerifyOptions{}); err == nil {
		t.Errorf("%+v", v)
	}
}

// TestVerifyBesideARevocationUnderWay has a key whose entry waits beside the chain.
func TestVerifyBesideARevocationUnderWay(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	execute(t, s, "UPDATE access_keys SET revoked_at = '2023-08-01T00:00:00.000000Z' WHERE code = 'k'",
		`INSERT INTO unchained_entries (at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash)
		VALUES ('2023-08-01T00:00:00.000000Z', 'local', '', '', '', 'key.revoked', 'k', x'', x'')`)
	v, found := verified(t, s, "")
	if found != "" || len(v.Unproven) != 1 || !strings.Contains(v.Unproven[0].EN, "the key k is not in the chain yet") {
		t.Errorf("%s, %v", found, v.Unproven)
	}
}

// TestVerifyTellsHowFarItHasCome hears a share that grows to the whole.
func TestVerifyTellsHowFarItHasCome(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	var heard [][2]int64
	_, err := s.Verify(t.Context(), ledger.VerifyOptions{Progress: func(done, of int64) { heard = append(heard, [2]int64{done, of}) }})
	if err != nil || len(heard) == 0 || heard[len(heard)-1][0] != heard[len(heard)-1][1] || heard[0][1] == 0 {
		t.Errorf("%v, %v", heard, err)
	}
}

// TestWhatIsOpenedToLookStaysAsItIs holds that a look neither writes nor takes up what
// somebody has altered.
func TestWhatIsOpenedToLookStaysAsItIs(t *testing.T) {
	file := newFile(t)
	if _, err := store.OpenToLook(t.Context(), file, time.Now); err == nil {
		t.Error("a file that is not there is opened")
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it was made: %v", err)
	}
	s := opened(t, file)
	recorded(t, s)
	execute(t, s, "UPDATE ledger SET records_changed = 1", "DROP TRIGGER indicator_versions_keep_update", "UPDATE indicator_versions SET target_value = '25.40' WHERE version = 2")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	look := func() string {
		t.Helper()
		looking, err := store.OpenToLook(t.Context(), file, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		defer looking.Close()
		_, found := verified(t, looking, "")
		return found
	}
	if found := look(); !strings.Contains(found, "p-1-1#2") {
		t.Errorf("finds %q", found)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the look has changed the file, %v", err)
	}
	// Whoever opens it to write takes up what there is, which stays found.
	if err := opened(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	if found := look(); !strings.Contains(found, "p-1-1#2") {
		t.Errorf("after it was taken up: %q", found)
	}
}

func TestSQLiteVerifyFindsAnEmptyTextForNothing(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	execute(t, s, "DROP TRIGGER indicator_versions_keep_update", "UPDATE indicator_versions SET baseline = '' WHERE version = 2")
	if _, found := verified(t, s, ""); !strings.Contains(found, "p-1-1#2") {
		t.Errorf("finds %q", found)
	}
}

// TestVerifyFindsWhatARevocationHides has a key that was given another role before an entry
// that takes it in was made.
func TestVerifyFindsWhatARevocationHides(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	recorded(t, s)
	execute(t, s, "UPDATE access_keys SET role = 'admin', revoked_at = '2023-08-01T00:00:00.000000Z' WHERE code = 'k'",
		`INSERT INTO unchained_entries (at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash)
		VALUES ('2023-08-01T00:00:00.000000Z', 'local', '', '', '', 'key.revoked', 'k', x'', x'')`)
	if _, found := verified(t, s, ""); !strings.Contains(found, "key k") {
		t.Errorf("while it waits: %q", found)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, found := verified(t, opened(t, file), ""); !strings.Contains(found, "key k") {
		t.Errorf("in the chain: %q", found)
	}
}

// TestVerifyFindsWhatWaitsForTheChainWithoutReason has an entry of no revocation beside the
// chain, which never takes it in.
func TestVerifyFindsWhatWaitsForTheChainWithoutReason(t *testing.T) {
	file := newFile(t)
	s := opened(t, file)
	recorded(t, s)
	execute(t, s, `INSERT INTO unchained_entries (at, actor_key, actor_name, from_address, request_id, action, target, before_hash, after_hash)
		VALUES ('2023-08-01T00:00:00.000000Z', 'local', '', '', '', 'key.changed', 'k', x'', x'')`)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	v, found := verified(t, opened(t, file), "")
	if !strings.Contains(found, "is of no revocation") || len(v.Findings) != 1 {
		t.Errorf("finds %q", found)
	}
}

// TestANarrowingThatChangesNothingWritesNothing narrows a key whose agency was merged since.
func TestANarrowingThatChangesNothingWritesNothing(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	if _, err := s.CreateKey(t.Context(), access.Key{ID: "m", Name: "n", Role: access.Reporter, Jurisdiction: "示范县", Agencies: []string{"河道局"}, Digest: "m"}); err != nil {
		t.Fatal(err)
	}
	named, err := s.AgenciesNamed(t.Context(), "示范县", "河道局")
	if err != nil || len(named) != 1 {
		t.Fatal(named, err)
	}
	if _, err := s.MergeAgencies(t.Context(), named[0].ID, "路政局"); err != nil {
		t.Fatal(err)
	}
	before, _ := verified(t, s, "")
	narrowed, err := s.NarrowKey(t.Context(), "m", "示范县")
	if err != nil || len(narrowed.Bound) != 1 || narrowed.Bound[0].Name != "路政局" {
		t.Errorf("%+v, %v", narrowed, err)
	}
	if after, found := verified(t, s, ""); found != "" || after.Entries != before.Entries {
		t.Errorf("%d entries after %d: %s", after.Entries, before.Entries, found)
	}
}

func TestVerifyFindsAMomentFarAhead(t *testing.T) {
	s := opened(t, newFile(t))
	recorded(t, s)
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for ahead, finds := range map[time.Duration]int{time.Hour: 0, 48 * time.Hour: 1} {
		v, err := s.Verify(t.Context(), ledger.VerifyOptions{Now: head.Moment.Add(-ahead)})
		if err != nil || len(v.Findings) != finds {
			t.Errorf("ahead by %s: %v, %v", ahead, v.Findings, err)
		}
	}
}
