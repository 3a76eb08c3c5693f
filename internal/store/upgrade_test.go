package store_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/ledger"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The last audit entry of each kept database, as the program that wrote it
// showed it.
const (
	lastOfSQLite   = "bc48ea256961816831345bd8cb8c710a946f6c72e05de4b3bfd53a0cc460fb69"
	lastOfPostgres = "1037ae46b4000e08694e303a5c26ac9ed03a96565fc56a3e016b0b1a71cc3ce6"
)

// TestSQLiteUpgrade and TestPostgresUpgrade bring databases that version 6 of
// the schema wrote up to date.
func TestSQLiteUpgrade(t *testing.T) {
	file := newFile(t)
	if err := os.WriteFile(file, kept(t, "schema6.db.gz"), 0o600); err != nil {
		t.Fatal(err)
	}
	upgradedFrom6(t, file, lastOfSQLite)
	var broken []string
	err := eachOf(t, connected(t, file), "SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check", func(cells []string) { broken = append(broken, cells[0]) })
	if err != nil || len(broken) > 0 {
		t.Errorf("foreign keys: %v, %v", broken, err)
	}
}

func TestPostgresUpgrade(t *testing.T) {
	database := storetest.EmptySchema(t, postgresServer(t))
	if _, err := connected(t, database).ExecContext(t.Context(), string(kept(t, "schema6.sql.gz"))); err != nil {
		t.Fatal(err)
	}
	upgradedFrom6(t, database, lastOfPostgres)
}

func kept(t *testing.T, name string) []byte {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// eachOf visits the rows of a query as texts.
func eachOf(t *testing.T, db *sql.DB, query string, visit func(cells []string)) error {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		found, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range found {
			targets[i] = &found[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		cells := make([]string, len(found))
		for i, cell := range found {
			cells[i] = cell.String
		}
		visit(cells)
	}
	return rows.Err()
}

const oldMeasurements = `SELECT m.id, i.code, m.period, m.basis, m.revision, m.value, m.unit, m.source_id, m.note, m.evidence_url, m.retracts
	FROM measurements m JOIN indicators i ON i.id = m.indicator_id ORDER BY m.id`

func upgradedFrom6(t *testing.T, database, last string) {
	below := connected(t, database)
	was := map[string]string{} // directions
	err := eachOf(t, below, "SELECT i.code, v.version, v.direction FROM indicator_versions v JOIN indicators i ON i.id = v.indicator_id",
		func(cells []string) { was[cells[0]+" "+cells[1]] = cells[2] })
	if err != nil {
		t.Fatal(err)
	}
	var reported []string
	if err := eachOf(t, below, oldMeasurements, func(cells []string) { reported = append(reported, strings.Join(cells, "|")) }); err != nil {
		t.Fatal(err)
	}
	if from, to, err := ledger.Migrate(t.Context(), database); err != nil || from != 6 || to != newest(t) {
		t.Fatalf("migrated from %d to %d, %v", from, to, err)
	}
	s := opened(t, database)
	t.Run("settles every version of every indicator", func(t *testing.T) { settledVersions(t, s, was) })
	t.Run("paces every version as it was paced", func(t *testing.T) { pacedAsBefore(t, s) })
	t.Run("reads measurements unchanged", func(t *testing.T) { measuredAsBefore(t, s, reported) })
	t.Run("verifies the audit chain", func(t *testing.T) { chainedAsBefore(t, s, last) })
	t.Run("goes on from the states and takes new reports", func(t *testing.T) { goesOn(t, s) })
	t.Run("refuses half a share", func(t *testing.T) {
		_, err := s.Writer().ExecContext(t.Context(), `INSERT INTO measurements
			(id, indicator_id, period, basis, revision, value, unit, source_id, note, evidence_url, retracts, recorded_at, numerator)
			VALUES (9001, 1, '2023', 'total', 1, '1', '', '', '', '', 0, '2024-01-01T00:00:00.000000Z', '1')`)
		if err == nil {
			t.Error("stored")
		}
	})
	t.Run("keeps versions from being changed", func(t *testing.T) { keptVersions(t, s) })
}

// versionsOf are all versions of all indicators, by place and version.
func versionsOf(t *testing.T, s *store.Store) []indicator.Indicator {
	t.Helper()
	var moments []string
	err := eachOf(t, s.Reader(), "SELECT DISTINCT updated_at FROM indicator_versions ORDER BY updated_at", func(cells []string) { moments = append(moments, cells[0]) })
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var all []indicator.Indicator
	for _, moment := range moments {
		at, err := time.Parse(time.RFC3339Nano, moment)
		if err != nil {
			t.Fatal(err)
		}
		ins, err := s.IndicatorsAsOf(t.Context(), indicator.AllVisible(), indicator.Query{}, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range ins {
			if named := fmt.Sprint(in.Code, " ", in.Version); !seen[named] {
				seen[named], all = true, append(all, in)
			}
		}
	}
	return all
}

// settledVersions holds every version against a table. The last column is what
// the program of then made of a report of June, which the versions keep as their
// quotes; the one before it is what settling the version anew would change.
func settledVersions(t *testing.T, s *store.Store, was map[string]string) {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "code\tv\tkind\ttarget\tbaseline\twas\tdirection\tby\tcourse\tby\tover\tbasis\tsettles as\tfigured before")
	all := versionsOf(t, s)
	for _, in := range all {
		again := in
		again.Settle()
		change := ""
		if !in.SettlesAs(again) {
			change = fmt.Sprintf("%s %s %s %s", again.Direction, again.DirectionBy, again.Course, again.CourseBy)
		}
		cells := []any{
			in.Code, in.Version, in.Kind, targetOf(in), baselineOf(in), was[fmt.Sprint(in.Code, " ", in.Version)],
			in.Direction, in.DirectionBy, in.Course, in.CourseBy, in.Over, in.DefaultBasis, change, in.Source.Quote,
		}
		for i, cell := range cells {
			if cells[i] = fmt.Sprint(cell); cells[i] == "" {
				cells[i] = "-"
			}
		}
		fmt.Fprintf(w, strings.TrimSuffix(strings.Repeat("%s\t", len(cells)), "\t")+"\n", cells...)
		if again.Direction != in.Direction || again.DefaultBasis != in.DefaultBasis || again.Over != in.Over || in.Each != "" {
			t.Errorf("%s version %d: %+v settles as %+v", in.Code, in.Version, in, again)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(was) {
		t.Errorf("%d versions of %d", len(all), len(was))
	}
	const golden = "testdata/schema6.golden"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func targetOf(in indicator.Indicator) string {
	value := "waits"
	switch {
	case in.Target.ValueHigh != nil:
		value = fmt.Sprintf("%s—%s", in.Target.Value, in.Target.ValueHigh)
	case !in.Target.Waits:
		value = in.Target.Value.String()
	}
	return fmt.Sprintf("%s %s%s", in.Target.Comparator, value, in.Target.Unit)
}

func baselineOf(in indicator.Indicator) string {
	if in.Baseline == nil {
		return ""
	}
	return in.Baseline.String()
}

// pacedAsBefore holds the courses against the pace that the program of then
// expected of each version in the middle of the year: the whole target of what
// holds. Two kinds were read otherwise than they say: 死亡0人 was no ceiling, and
// growth went from its baseline to its target whatever its direction.
func pacedAsBefore(t *testing.T, s *store.Store) {
	for _, in := range versionsOf(t, s) {
		neutral := in.Target.Comparator == indicator.Equal || in.Target.Comparator == indicator.About
		if neutral && !in.Target.Waits && in.Kind != indicator.Growth && in.Direction == indicator.Decrease && in.Baseline == nil && in.Target.Value.Sign() == 0 {
			continue
		}
		if neutral && in.Kind == indicator.Growth && in.Baseline != nil {
			if below := in.SignedTarget().Value.Cmp(*in.Baseline); below != 0 && (below < 0) != (in.Direction == indicator.Decrease) {
				continue
			}
		}
		held := strings.Contains(in.Source.Quote, " pace 100.00 ")
		if held != (in.Course == indicator.Hold) {
			t.Errorf("%s version %d (%s %s %s, baseline %s) is to %s, and was figured as: %s",
				in.Code, in.Version, in.Kind, in.Direction, targetOf(in), baselineOf(in), in.Course, in.Source.Quote)
		}
	}
}

func measuredAsBefore(t *testing.T, s *store.Store, reported []string) {
	var now []string
	err := eachOf(t, s.Reader(), oldMeasurements, func(cells []string) { now = append(now, strings.Join(cells, "|")) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reported, now); diff != "" {
		t.Errorf("below (-want +got):\n%s", diff)
	}
	feed, _, _, err := s.Feed(t.Context(), indicator.FeedSelection{}, indicator.Page{})
	if err != nil || len(feed) != len(reported) {
		t.Fatalf("%d of %d, %v", len(feed), len(reported), err)
	}
	for i, m := range feed {
		got := fmt.Sprintf("%d|%s|%s|%s|%d|%s|%s|%s|%s|%s|%d", m.ID, m.Indicator, m.Period, m.Basis, m.Revision, m.Value, m.Unit, m.SourceID, m.Note, m.EvidenceURL, m.Retracts)
		if got != reported[i] || m.Share != nil {
			t.Errorf("%s, was %s", got, reported[i])
		}
	}
}

func chainedAsBefore(t *testing.T, s *store.Store, last string) {
	v, found := verified(t, s, last)
	if found != "" || v.Entries != 16 || v.Measurements != 197 {
		t.Errorf("%d entries, %d measurements: %s", v.Entries, v.Measurements, found)
	}
	if len(v.Unproven) != 1 || !strings.Contains(v.Unproven[0].EN, "what was made before entry 16") {
		t.Errorf("says of what was there before: %v", v.Unproven)
	}
}

// current lists what counts of an indicator, from its state.
func current(t *testing.T, s *store.Store, code string) string {
	t.Helper()
	ms, err := s.Current(t.Context(), []string{code}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range ms[code] {
		all = append(all, fmt.Sprintf("%s %s %s%s %d", m.Period, m.Basis, m.Value, m.Unit, m.Revision))
	}
	return strings.Join(all, ", ")
}

func goesOn(t *testing.T, s *store.Store) {
	for code, want := range map[string]string{
		"old-1-1": "2023-06 total 60个 1, 2023-07-01 increment 2个 1, 2023-07-02 increment 3个 1, 2023-H2 total 70个 1", // its state is NULL
		"old-2-1": "2023-06 total 61.50公顷 2, 2023-Q3 total 1200公顷 1",
	} {
		if got := current(t, s, code); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	report := func(code, of, value, unit string, share *indicator.Share) {
		p, err := indicator.ParsePeriod(of)
		if err != nil {
			t.Fatal(err)
		}
		m := indicator.Measurement{
			Indicator: code, Period: p, Basis: indicator.Total, Share: share,
			Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit),
		}
		if _, _, err := storetest.Report(t.Context(), s, m); err != nil {
			t.Fatal(err)
		}
	}
	report("old-1-1", "2023-H2", "71", "个", nil)
	report("old-2-1", "2023-W38", "77", "万亩", nil)
	report("old-3-1", "2023-06", "66.67", "%", &indicator.Share{Numerator: quantity.MustNumber("2"), Denominator: quantity.MustNumber("3")})
	for code, want := range map[string]string{
		"old-1-1": "2023-06 total 60个 1, 2023-07-01 increment 2个 1, 2023-07-02 increment 3个 1, 2023-H2 total 71个 2",
		"old-2-1": "2023-06 total 61.50公顷 2, 2023-W38 total 77万亩 1, 2023-Q3 total 1200公顷 1",
		"old-3-1": "2023-06 total 66.67% 2",
	} {
		if got := current(t, s, code); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	if _, found := verified(t, s, ""); found != "" {
		t.Error(found)
	}
	in, err := s.Indicator(t.Context(), indicator.AllVisible(), "old-2-1")
	if err != nil {
		t.Fatal(err)
	}
	in.DirectionBy = indicator.ByPerson
	if _, err = s.UpdateIndicator(t.Context(), in); err != nil {
		t.Error(err)
	}
	in.Code, in.Target.Unit, in.Target.ValueHigh = "", quantity.Unit{}, nil
	if _, err := s.CreateIndicator(t.Context(), in); err != nil {
		t.Errorf("an index: %v", err)
	}
}

func keptVersions(t *testing.T, s *store.Store) {
	for _, statement := range []string{
		"UPDATE indicator_versions SET course = 'hold'",
		"DELETE FROM indicator_versions",
		"UPDATE indicator_agencies SET ordinal = 9",
		"DELETE FROM indicator_agencies",
	} {
		if _, err := s.Writer().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v, want it refused as append-only", statement, err)
		}
	}
	in, err := s.Indicator(t.Context(), indicator.AllVisible(), "old-1-1")
	if err != nil || !slices.Equal(in.LeadAgencies, []string{"农业农村局"}) || !slices.Equal(in.ParticipatingAgencies, []string{"统计局"}) {
		t.Errorf("%+v, %v", in, err)
	}
}
