package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/quantity"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func indicatorOf(kind indicator.Kind, comparator indicator.Comparator) indicator.Indicator {
	return indicator.Indicator{
		Code: "qingzhou-2023-14-10", Task: "14", Name: strings.Repeat("名", 40), Kind: kind, DueOn: indicator.DateOf(2023, time.December, 31),
		Target:       indicator.Target{Comparator: comparator, Value: quantity.MustNumber("20"), Unit: quantity.MustUnit("个")},
		LeadAgencies: []string{"市工信局", "市投资促进局", "市行政审批局", "市市场监管局"}, Confidence: indicator.Medium,
		Source: indicator.Source{Quote: strings.Repeat("文", 40), Rule: "动词加数量"},
	}
}

func TestTablesSayWhatATargetMeans(t *testing.T) {
	for want, in := range map[string]indicator.Indicator{
		"↑ 越高越好\n逐步达到": {Direction: indicator.Increase, DirectionBy: indicator.ByText, Course: indicator.Accrue, CourseBy: indicator.ByKind},
		"↓ 越低越好\n始终保持": {Direction: indicator.Decrease, DirectionBy: indicator.ByComparator, Course: indicator.Hold, CourseBy: indicator.ByPerson},
		"区间之内？\n始终保持":  {Direction: indicator.Within, DirectionBy: indicator.Assumed, Course: indicator.Hold, CourseBy: indicator.ByText},
		"↑ 越高越好？\n逐步达到？": {
			Direction: indicator.Increase, DirectionBy: indicator.Assumed, Course: indicator.Accrue, CourseBy: indicator.Assumed,
		},
		"↑ 越高越好\n每季度": {
			Direction: indicator.Increase, DirectionBy: indicator.ByText, Course: indicator.Accrue, CourseBy: indicator.ByKind, Each: indicator.Quarterly,
		},
		"↓ 越低越好\n年均，始终保持": {
			Kind: indicator.Growth, Direction: indicator.Decrease, DirectionBy: indicator.ByText, Course: indicator.Hold, CourseBy: indicator.ByKind,
			Over: indicator.OverAverage,
		},
	} {
		if got := meaningCell(in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTablesFitAHundredColumns(t *testing.T) {
	growth := indicatorOf(indicator.Growth, indicator.Equal)
	growth.Target.Unit = quantity.MustUnit("%")
	waits := indicatorOf(indicator.Ratio, indicator.MoreThan)
	waits.Target = indicator.Target{Comparator: indicator.MoreThan, Waits: true, Reference: "全省同类城市上年平均水平"}
	ins := []indicator.Indicator{indicatorOf(indicator.Cumulative, indicator.Equal), growth, waits}
	for i := range ins {
		ins[i].Settle()
	}
	var parsed strings.Builder
	if err := printParsed(&parsed, tracker.ImportedPlan{Indicators: ins}); err != nil {
		t.Fatal(err)
	}
	for name, printed := range map[string]string{"plan parse": parsed.String(), "plan review": draftTable(ins)} {
		rows := strings.Split(printed, "\n")
		if !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, "同比，始终保持") }) {
			t.Errorf("%s prints\n%s", name, printed)
		}
		for _, row := range rows {
			if width := text.RuneWidthWithoutEscSequences(row); width > 100 {
				t.Errorf("%s: %d columns in %s", name, width, row)
			}
		}
	}
}

func TestTheMarkIsExplainedWhereItStands(t *testing.T) {
	settled := indicatorOf(indicator.Increment, indicator.AtLeast)
	assumed := indicatorOf(indicator.Ratio, indicator.Equal)
	settled.Settle()
	assumed.Settle()
	for _, ins := range [][]indicator.Indicator{{settled}, {settled, assumed}} {
		var out strings.Builder
		if err := printParsed(&out, tracker.ImportedPlan{Indicators: ins}); err != nil {
			t.Fatal(err)
		}
		if marked := strings.Contains(out.String(), "marks what was assumed"); marked != (len(ins) > 1) {
			t.Errorf("%d indicators print\n%s", len(ins), out.String())
		}
	}
}

func TestPlanReviewListsWhatIsAssumed(t *testing.T) {
	database := withCity(t)
	all := review(t, database).Drafts
	for by, want := range map[string]int{"comparator": 0, "assumed": 0, "text": 0, "person": 0} {
		for _, draft := range all {
			if draft.DirectionBy == by {
				want++
			}
		}
		got := review(t, database, "--direction-by", by)
		if len(got.Drafts) != want || got.Review["draft"] != len(all) {
			t.Errorf("%s: %d drafts, want %d of %d", by, len(got.Drafts), want, len(all))
		}
		for _, draft := range got.Drafts {
			if draft.DirectionBy != by || draft.Direction == "" || draft.Course == "" || draft.CourseBy == "" {
				t.Errorf("%s: %+v", by, draft)
			}
		}
	}
	if first := all[0]; first.DirectionBy != "comparator" || first.Direction != "increase" || first.Course != "accrue" || first.Over != nil || first.Each != nil || first.Confidence == "" {
		t.Errorf("新增高新技术企业30家以上: %+v", first)
	}
	for name, flags := range map[string][]string{
		"a word that is none":  {"--direction-by", "chance"},
		"a decision beside it": {"--direction-by", "assumed", "--confirm-all"},
		"a code beside it":     {"--direction-by", "assumed", "--reject", "city-2024-1-1"},
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			status, out, errOut := attempt(t, append([]string{"plan", "review", "--database", database, "--code", "city-2024"}, flags...)...)
			if status != exitUsage || out != "" || !strings.Contains(errOut, "--direction-by") {
				t.Errorf("exit %d: %s%s", status, out, errOut)
			}
		})
	}
	if now := review(t, database); now.Review["draft"] != len(all) {
		t.Errorf("then %+v", now.Review)
	}
}
