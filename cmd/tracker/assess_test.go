package main

import (
	"encoding/json"
	"testing"
)

func TestAssessAtTheCommandLine(t *testing.T) {
	database := withReport(t)
	plan := "firms-2024"
	shown := command(t, "assess", "--database", database, "--plan", plan, "--on", "2024-06-30")
	says(t, shown, "默认考核方案", "总分", "评判日期 / on 2024-06-30")
	says(t, command(t, "assess", "--database", database, "--plan", plan, "--on", "2024-06-30", "--explain"), firms, "目标完成", "完成率 3.33/49.73")
	t.Run("by another scheme", func(t *testing.T) {
		scheme := written(t, "scheme.json", `{"name":"只看完成","weights":{"attainment":100,"pace":0,"reporting":0,"matters":0,"opinion":0},"attainment":{"against":"target"}}`)
		says(t, command(t, "assess", "--database", database, "--plan", plan, "--on", "2024-06-30", "--scheme", scheme), "只看完成", "试算 / tried")
		var answer struct {
			Tried bool
			Items []struct{ Total json.Number }
		}
		text := command(t, "assess", "--database", database, "--plan", plan, "--on", "2024-06-30", "--scheme", scheme, "--format", "json")
		if err := json.Unmarshal([]byte(text), &answer); err != nil || !answer.Tried {
			t.Fatalf("%s: %v", text, err)
		}
	})
	t.Run("refuses a scheme that cannot stand", func(t *testing.T) {
		scheme := written(t, "scheme.json", `{"weights":{"attainment":90}}`)
		if status, _, said := attempt(t, "assess", "--database", database, "--plan", plan, "--scheme", scheme); status != exitFailed {
			t.Errorf("%d: %s", status, said)
		} else {
			says(t, said, "/weights", "100")
		}
	})
}
