package indicator

import "testing"

func TestEveryWarningHasWordsInBothLanguages(t *testing.T) {
	for _, code := range []WarningCode{
		WarnRelative, WarnUnit, WarnVague, WarnFraction, WarnPair, WarnValue, WarnTerm, WarnNone, WarnRange, WarnResults, WarnShortfall, WarnExplained, WarnOnlyPast,
		WarnOtherKind,
		WarnExisting, WarnConditions, WarnTable, WarnTableColumn, WarnBeside, WarnDate,
	} {
		if text := code.Label(); text.ZH == "" || text.EN == "" {
			t.Errorf("%s: %+v", code, text)
		}
	}
}
