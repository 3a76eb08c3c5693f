package ledger

import (
	"fmt"
	"strings"
)

// postgresQueries sends lists as arrays.
type postgresQueries struct{}

func (postgresQueries) targets(codes []string) (string, []any) {
	return `SELECT i.id, i.code, i.version, v.state, s.indicator_id IS NOT NULL, s.state
		  FROM unnest($1::text[]) j (code) JOIN indicators i ON i.code = j.code
		  JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version
		  LEFT JOIN indicator_states s ON s.indicator_id = i.id`, []any{codes}
}

// sourcesQuery looks at the span of the names first: most names are new and follow
// those before them, so that no stored one lies between the first and the last, and
// one look into the index answers for all of them.
var sourcesQuery = `WITH span AS MATERIALIZED (SELECT min(s) AS first, max(s) AS last FROM unnest($2::text[]) s)
	SELECT j.place - 1, ` + measurementColumns + ` FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY j (indicator_id, source_id, agency, agencies, place)
	CROSS JOIN LATERAL (SELECT * FROM measurements o
	  WHERE o.indicator_id = j.indicator_id AND o.source_id = j.source_id AND o.source_id <> '' AND ` + sourceOwned("j.agency", "= ANY (j.agencies::bigint[])") + `
	  ORDER BY o.source_id, o.indicator_id, o.id DESC LIMIT 1) m` + joinReporter + `
	WHERE (SELECT n.source_id FROM measurements n
	  WHERE n.source_id >= (SELECT first FROM span) AND n.source_id <> ''
	  ORDER BY n.source_id, n.indicator_id, n.id LIMIT 1) <= (SELECT last FROM span)`

func (postgresQueries) sources(keys []sourceQuery) (string, []any) {
	ids, sources, names, agencies := make([]int64, len(keys)), make([]string, len(keys)), make([]string, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		ids[i], sources[i], names[i] = k.indicator, k.source, k.name
		agencies[i] = strings.NewReplacer("[", "{", "]", "}", " ", ",").Replace(fmt.Sprint(k.agencies))
	}
	return sourcesQuery, []any{ids, sources, names, agencies}
}

func (postgresQueries) standings(ids []int64) (marks, made string, args []any) {
	return "SELECT indicator_id, since FROM stale_standings WHERE indicator_id = ANY ($1) ORDER BY indicator_id FOR UPDATE SKIP LOCKED",
		"SELECT indicator_id, since FROM standings WHERE indicator_id = ANY ($1) ORDER BY indicator_id FOR UPDATE", []any{ids}
}

func (postgresQueries) statuses(ids []int64) (string, []any) {
	return "SELECT indicator_id, status FROM standings WHERE indicator_id = ANY ($1)", []any{ids}
}

func (postgresQueries) freshen(ids []int64) (string, []any) {
	return "DELETE FROM stale_standings WHERE indicator_id = ANY ($1)", []any{ids}
}
