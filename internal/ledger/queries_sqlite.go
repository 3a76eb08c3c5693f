package ledger

import "github.com/go-json-experiment/json"

// sqliteQueries sends lists as JSON.
type sqliteQueries struct{}

func (sqliteQueries) targets(codes []string) (string, []any) {
	return `SELECT i.id, i.code, i.version, v.state, s.indicator_id IS NOT NULL, s.state
		  FROM json_each(?) j JOIN indicators i ON i.code = j.value
		  JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		  LEFT JOIN indicator_states s ON s.indicator_id = i.id`, []any{asJSON(codes)}
}

func (sqliteQueries) sources(keys []sourceQuery) (string, []any) {
	list := make([][4]any, len(keys))
	for i, k := range keys {
		list[i] = [4]any{k.indicator, k.source, k.name, k.agencies}
	}
	return `SELECT j.key, ` + measurementColumns + ` FROM json_each(?) j JOIN measurements m ON m.id =
		(SELECT o.id FROM measurements o
		  WHERE o.indicator_id = j.value ->> 0 AND o.source_id = j.value ->> 1 AND o.source_id <> '' AND ` + sourceOwned("j.value ->> 2", "IN (SELECT a.value FROM json_each(j.value -> 3) a)") + `
		  ORDER BY o.id DESC LIMIT 1)` + joinReporter, []any{asJSON(list)}
}

func (sqliteQueries) standings(ids []int64) (marks, made string, args []any) {
	const those = " WHERE indicator_id IN (SELECT j.value FROM json_each(?) j)"
	return "SELECT indicator_id, since FROM stale_standings" + those, "SELECT indicator_id, since FROM standings" + those, []any{asJSON(ids)}
}

func (sqliteQueries) statuses(ids []int64) (string, []any) {
	return "SELECT indicator_id, status FROM standings WHERE indicator_id IN (SELECT j.value FROM json_each(?) j)", []any{asJSON(ids)}
}

func (sqliteQueries) freshen(ids []int64) (string, []any) {
	return "DELETE FROM stale_standings WHERE indicator_id IN (SELECT j.value FROM json_each(?) j)", []any{asJSON(ids)}
}

// asJSON writes a list of texts and numbers, which cannot fail.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "[]"
	}
	return string(b)
}
