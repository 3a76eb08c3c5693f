package main

import (
	"testing"
	"time"

	"github.com/indicator-tracker/tracker/internal/store"
)

func TestMeasurementsImportTakesExternalCodes(t *testing.T) {
	database := withFirms(t)
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for namespace, code := range map[string]string{"erp": "A-17", "": "17"} {
		if _, err := db.MapExternalCodes(t.Context(), namespace, map[string]string{code: firms}, false); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sheet := "外部代码,报告期,实绩,外部代码空间\nA-17,2024-03,12,\n17,2024-04,13,\nA-17,2024-05,14,erp\n"
	file := written(t, "m.csv", sheet)
	for _, c := range []struct {
		name, row, count string
		flags            []string
	}{
		{"in the shared namespace", "第2行（A-17） unknown_indicator /external_code", "3 rows: 2 stored, 0 revised, 0 unchanged, 0 superseded, 1 refused", nil},
		{"in one that is named", "第3行（erp/17） unknown_indicator /external_code", "3 rows: 1 stored, 1 revised, 0 unchanged, 0 superseded, 1 refused", []string{"--external-namespace", "erp"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, out, _ := attempt(t, append([]string{"measurements", "import", "--quiet", "--database", database, file}, c.flags...)...)
			says(t, out, c.row, c.count)
		})
	}
}

func TestKeyCreateTakesANamespace(t *testing.T) {
	database := withFirms(t)
	made := token.FindStringSubmatch(command(t, "key", "create", "--database", database, "--name", "系统", "--role", "analyst", "--namespace", "erp") + "\n")
	if made == nil {
		t.Fatal("no token")
	}
	db, err := store.Open(t.Context(), database, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if k, err := db.Key(t.Context(), made[1]); err != nil || k.Namespace != "erp" {
		t.Errorf("%+v, %v", k, err)
	}
}
