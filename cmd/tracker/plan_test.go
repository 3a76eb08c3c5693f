package main

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	trackerdb "github.com/indicator-tracker/tracker/internal/database"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

const cityPlan = `东河市2024年重点工作任务
一、产业发展
1.壮大企业。新增高新技术企业30家以上（牵头单位：市科技局，参与单位：市工信局）。
二、民生改善
2.完善充电设施。6月底前新增公共充电桩221个，充电站达到40座（牵头单位：市工信局）。
`

func TestPhraseOfATarget(t *testing.T) {
	of := func(c indicator.Comparator, value, unit string) indicator.Target {
		return indicator.Target{Comparator: c, Value: quantity.MustNumber(value), Unit: quantity.MustUnit(unit)}
	}
	ranged, high := of(indicator.AtLeast, "5.0", "%"), quantity.MustNumber("5.5")
	ranged.ValueHigh = &high
	for want, target := range map[string]indicator.Target{
		"≥ 30 家":       of(indicator.AtLeast, "30", "家"),
		"> 30000 个":    of(indicator.MoreThan, "30000", "个"),
		"≤ 3.50 %":     of(indicator.AtMost, "3.50", "%"),
		"< 35 个":       of(indicator.LessThan, "35", "个"),
		"= 44.16 万亩":   of(indicator.Equal, "44.16", "万亩"),
		"≈ 100 亿元":     of(indicator.About, "100", "亿元"),
		"≥ 5.0—5.5 %":  ranged,
		"> 全省平均水平（待定）": {Comparator: indicator.MoreThan, Waits: true, Reference: "全省平均水平"},
	} {
		t.Run(want, func(t *testing.T) {
			if got := phrase(target); got != want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestQuotesFitATable(t *testing.T) {
	for _, c := range []struct{ name, quote, want string }{
		{"a short one stays", "新增企业30家", "新增企业30家"},
		{"lines and tabs become spaces", "一\n二\r三\t四", "一 二 三 四"},
		{"one that just fits stays", strings.Repeat("字", 24), strings.Repeat("字", 24)},
		{"a longer one ends in a mark", strings.Repeat("字", 25), strings.Repeat("字", 23) + "…"},
		{"columns count, not characters", strings.Repeat("a", 48), strings.Repeat("a", 48)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := shorten(c.quote); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPlansAreReadInTheEncodingTheyAreWrittenIn(t *testing.T) {
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().String(cityPlan)
	if err != nil {
		t.Fatal(err)
	}
	want := command(t, "plan", "parse", written(t, "plan.txt", cityPlan))
	says(t, want, "东河市2024年重点工作任务", "2024-01-01 至 2024-12-31，篇章 2，任务 2，指标 3", "市科技局", "= 221 个", "2024-06-30")
	for name, text := range map[string]string{
		"GB18030":                 gb18030,
		"UTF-8 with a mark first": "\ufeff" + cityPlan,
		"lines of Windows":        strings.ReplaceAll(cityPlan, "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if got := command(t, "plan", "parse", written(t, "plan.txt", text)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestPlanTermsMayBeGiven(t *testing.T) {
	plan := written(t, "plan.txt", cityPlan)
	says(t, command(t, "plan", "parse", "--starts-on", "2024-03-01", "--due-on", "2025-02-28", plan), "2024-03-01 至 2025-02-28")
	for _, flags := range [][]string{{"--starts-on", "2024-02-30"}, {"--due-on", "soon"}, {"--starts-on", "2025-01-01", "--due-on", "2024-01-01"}} {
		t.Run(strings.Join(flags, " ")+" is refused", func(t *testing.T) {
			database := filepath.Join(t.TempDir(), "tracker.db")
			args := append([]string{"plan", "import", "--database", database, "--code", "city-2024", plan}, flags...)
			if status, out, errOut := attempt(t, args...); status != exitFailed || out != "" || errOut == "" {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
		})
	}
}

// reviewed is what `plan review --json` prints.
type reviewed struct {
	Plan   string
	Review map[string]int
	Drafts []struct {
		Code, Confidence, Direction, Course string
		DirectionBy                         string `json:"direction_by"`
		CourseBy                            string `json:"course_by"`
		Over, Each                          *string
	}
	Changed []string
}

func review(t *testing.T, database string, flags ...string) reviewed {
	t.Helper()
	var got reviewed
	out := command(t, append([]string{"plan", "review", "--json", "--database", database, "--code", "city-2024"}, flags...)...)
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return got
}

// withCity is a database that holds a plan of three drafts.
func withCity(t *testing.T) string {
	t.Helper()
	database := filepath.Join(t.TempDir(), "tracker.db")
	command(t, "plan", "import", "--database", database, "--code", "city-2024", written(t, "plan.txt", cityPlan))
	return database
}

func TestPlanReviewDecides(t *testing.T) {
	const one, two, three = "city-2024-1-1", "city-2024-2-1", "city-2024-2-2"
	for _, c := range []struct {
		name                       string
		flags                      []string
		changed                    []string
		draft, confirmed, rejected int
	}{
		{"one to confirm", []string{"--confirm", one}, []string{one}, 2, 1, 0},
		{"several in one flag", []string{"--confirm", one + "," + three}, []string{one, three}, 1, 2, 0},
		{"the same flag again", []string{"--confirm", one, "--confirm", two}, []string{one, two}, 1, 2, 0},
		{"one to reject", []string{"--reject", two}, []string{two}, 2, 0, 1},
		{"all but the rejected", []string{"--confirm-all", "--reject", two}, []string{one, two, three}, 0, 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			database := withCity(t)
			got := review(t, database, c.flags...)
			slices.Sort(got.Changed)
			if !slices.Equal(got.Changed, c.changed) {
				t.Errorf("changed %v, want %v", got.Changed, c.changed)
			}
			now := review(t, database)
			if r := now.Review; r["draft"] != c.draft || r["confirmed"] != c.confirmed || r["rejected"] != c.rejected || len(now.Drafts) != c.draft {
				t.Errorf("then %+v", now)
			}
			if again := review(t, database, c.flags...); len(again.Changed) != 0 {
				t.Errorf("again changes %v", again.Changed)
			}
		})
	}
}

func TestPlanReviewNamesWhatIsConfirmedAsAssumed(t *testing.T) {
	database := filepath.Join(t.TempDir(), "t.db")
	const plan = "东河市2024年工作计划\n\n一、民生\n1. 新增公共充电桩221个。（市工信局）\n2. 人均体育场地面积3平方米。（市体育局）\n"
	attempt(t, "plan", "import", "--database", database, "--code", "c", written(t, "p.txt", plan))
	_, first, _ := attempt(t, "plan", "review", "--database", database, "--code", "c", "--confirm", "c-1-1")
	if strings.Contains(first, "推定") {
		t.Errorf("nothing of it is assumed:\n%s", first)
	}
	_, rest, _ := attempt(t, "plan", "review", "--database", database, "--code", "c", "--confirm-all")
	says(t, rest, "assumed: 1", "c-2-1")
	if strings.Contains(rest, "c-1-1") {
		t.Errorf("names what was confirmed before:\n%s", rest)
	}
}

func TestPlanReviewDecidesAllOrNothing(t *testing.T) {
	database := withCity(t)
	for name, flags := range map[string][]string{
		"a code that is not in the plan": {"--confirm", "city-2024-1-1,city-2024-7-7"},
		"a code both ways":               {"--confirm", "city-2024-1-1", "--reject", "city-2024-1-1"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errOut := attempt(t, append([]string{"plan", "review", "--database", database, "--code", "city-2024"}, flags...)...)
			if status != exitFailed || out != "" || errOut == "" {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
			if now := review(t, database); now.Review["draft"] != 3 {
				t.Errorf("then %+v", now.Review)
			}
		})
	}
	t.Run("drafts take no measurements", func(t *testing.T) {
		_, out, _ := attempt(t, "measurements", "import", "--quiet", "--database", database, written(t, "m.csv", "indicator,period,value\ncity-2024-1-1,2024-03,1\n"))
		says(t, out, "indicator_not_confirmed", "1 refused")
	})
}

// sharedOut is a plan whose table hands targets out to two places.
const sharedOut = `西河市2024年造林计划
| 乡镇 | 造林面积（亩） | 水库（座） | 成活率（%） |
| 东山镇 | 300 | 3 | 95 |
| 南坡乡 | 200 | — | 90 |
| 合计 | 500 | 4 | 92 |
`

func TestPlanImportTellsOfShares(t *testing.T) {
	shares := written(t, "shares.txt", sharedOut)
	database := filepath.Join(t.TempDir(), "plans.db")
	want := []string{
		"5 shares of places are kept", "东山镇 300 亩，南坡乡 200 亩", "2 地共 500亩，与合计一致",
		"1 地共 3座，比合计少 1座；没有列数的地方不作 0 计", "东山镇 95 %，南坡乡 90 %",
	}
	says(t, command(t, "plan", "parse", shares), want...)
	says(t, command(t, "plan", "import", "--database", database, "--code", "xihe-2024", shares), want...)
}

func TestPlanAmendComparesShares(t *testing.T) {
	database := filepath.Join(t.TempDir(), "plans.db")
	command(t, "plan", "import", "--database", database, "--code", "xihe-2024", written(t, "shares.txt", sharedOut))
	amend := func(from, to string) string {
		newer := written(t, "newer.txt", strings.Replace(sharedOut, from, to, 1))
		return command(t, "plan", "amend", "--database", database, "--code", "xihe-2024", newer)
	}
	another := amend("| 南坡乡 | 200", "| 南坡乡 | 250")
	says(t, another, "shares added", "│ 南坡乡 │ = 250 亩", "shares removed", "│ 南坡乡 │ = 200 亩")
	if strings.Contains(another, "东山镇") {
		t.Errorf("what stays is listed:\n%s", another)
	}
	if same := amend("2024年造林", "2024年度造林"); strings.Contains(same, "shares") {
		t.Errorf("shares that are the same are listed:\n%s", same)
	}
}

// TestPlanAmendDoesNotCompareUnknownShares amends a plan that a program of before shares were kept
// has stored.
func TestPlanAmendDoesNotCompareUnknownShares(t *testing.T) {
	database := filepath.Join(t.TempDir(), "plans.db")
	if err := trackerdb.MigrateTo(t.Context(), database, 21); err != nil {
		t.Fatal(err)
	}
	old, err := sql.Open("sqlite3", database)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO plans (code, version, created_at) VALUES ('xihe-2024', 1, '2024-01-01T00:00:00.000000Z')`,
		`INSERT INTO plan_versions (plan, version, title, issuer, starts_on, due_on, sha256, media_type, characters, updated_at, jurisdiction)
			VALUES ('xihe-2024', 1, '西河市2024年造林计划', '', '2024-01-01', '2024-12-31', '', 'text/plain', 0, '2024-01-01T00:00:00.000000Z', '西河市')`,
		`INSERT INTO documents (plan, version, text, original) VALUES ('xihe-2024', 1, '', x'')`,
	} {
		if _, err := old.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	said := command(t, "plan", "amend", "--database", database, "--code", "xihe-2024", written(t, "newer.txt", sharedOut))
	says(t, said, "hands out 5 shares to places; version 1 was stored before they were kept")
	if strings.Contains(said, "shares added") {
		t.Errorf("they are called new:\n%s", said)
	}
}

func TestPlanAmend(t *testing.T) {
	amend := func(t *testing.T, database, from, to string, flags ...string) string {
		t.Helper()
		newer := strings.Replace(cityPlan, from, to, 1)
		return command(t, append([]string{"plan", "amend", "--database", database, "--code", "city-2024", written(t, "newer.txt", newer)}, flags...)...)
	}
	for _, c := range []struct{ name, from, to, counts, shown string }{
		{"the same text", "", "", "新增 0，删除 0，修改 0，移动 0，不变 3", "has this text already"},
		{"another value", "221个", "260个", "新增 0，删除 0，修改 1，移动 0，不变 2", "/target/value"},
		{"a target more", "221个", "221个，新增路灯500盏", "新增 1，删除 0，修改 0，移动 0，不变 3", "500 盏"},
		{"a target less", "，充电站达到40座", "", "新增 0，删除 1，修改 0，移动 0，不变 2", "= 40 座"},
		{"a dated step more", "充电站达到40座", "充电站达到40座，9月底前完成规划编制", "新增 0，删除 0，修改 0，移动 0，不变 3", "milestones added"},
		{"another agency", "市科技局", "市商务局", "新增 0，删除 0，修改 1，移动 0，不变 2", "市商务局"},
	} {
		t.Run(c.name+" is shown and not stored", func(t *testing.T) {
			database := withCity(t)
			before := command(t, "verify", "--database", database)
			says(t, amend(t, database, c.from, c.to), c.counts, c.shown)
			if after := command(t, "verify", "--database", database); after != before {
				t.Errorf("before %s, after %s", before, after)
			}
		})
	}
	t.Run("what is confirmed is a version, and the way back is another", func(t *testing.T) {
		database := withCity(t)
		says(t, amend(t, database, "221个", "260个", "--confirm"), "amended, version 2: city-2024")
		says(t, amend(t, database, "", "", "--confirm"), "第 2 版 → 第 3 版", "260", "amended, version 3: city-2024")
		says(t, amend(t, database, "", "", "--confirm"), "has this text already")
	})
	t.Run("makes no database for a slip in its path", func(t *testing.T) {
		database := filepath.Join(t.TempDir(), "slip.db")
		status, _, errOut := attempt(t, "plan", "amend", "--database", database, "--code", "city-2024", written(t, "plan.txt", cityPlan))
		if found, err := filepath.Glob(database + "*"); status != exitFailed || err != nil || len(found) != 0 {
			t.Errorf("exit %d, made %v", status, found)
		}
		says(t, errOut, "there is no database "+database)
	})
}
