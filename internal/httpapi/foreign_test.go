package httpapi_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/quantity"
)

// foreignFolder has the workbooks that internal/tools/workbooks/check.sh makes with
// other programs, which this test needs.
func foreignFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("TRACKER_TEST_WORKBOOKS")
	if folder == "" {
		t.Skip("run internal/tools/workbooks/check.sh, which makes the workbooks of other programs")
	}
	return folder
}

// foreignBook is a workbook of another program and what it shows.
type foreignBook struct {
	File   string       `json:"file"`
	Rows   []foreignRow `json:"rows"`
	Unread []string     `json:"unread"`
}

type foreignRow struct {
	Sheet     string `json:"sheet"`
	Line      int64  `json:"line"`
	Indicator string `json:"indicator"`
	Cell      string `json:"cell"` // of the value
	Shows     string `json:"shows"`
	Unit      string `json:"unit"`
	Refused   bool   `json:"refused"`
	Computed  string `json:"computed"` // shown once a spreadsheet has computed it
}

func TestForeignWorkbooksArriveAsShownOrAreRefusedByName(t *testing.T) {
	folder := foreignFolder(t)
	for _, maker := range []string{"exceljs", "libreoffice"} {
		text, err := os.ReadFile(filepath.Join(folder, maker, "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		var books []foreignBook
		if err := json.Unmarshal(text, &books); err != nil {
			t.Fatal(err)
		}
		stored, refused := 0, 0
		for _, b := range books {
			t.Run(maker+"/"+b.File, func(t *testing.T) {
				body, err := os.ReadFile(filepath.Join(folder, maker, b.File))
				if err != nil {
					t.Fatal(err)
				}
				a := newAPI(t)
				a.seed()
				got := a.postBook(string(body), "")
				if !slices.Equal(got.UnreadSheets, append([]string{}, b.Unread...)) {
					t.Errorf("unread %q, want %q", got.UnreadSheets, b.Unread)
				}
				if len(got.Receipts) != len(b.Rows) {
					t.Fatalf("%d receipts for %d rows", len(got.Receipts), len(b.Rows))
				}
				for i, row := range b.Rows {
					if maker == "libreoffice" && row.Computed != "" {
						row.Refused, row.Shows = false, row.Computed
					}
					a.holdToShown(row, got.Receipts[i])
					if row.Refused {
						refused++
					} else {
						stored++
					}
				}
			})
		}
		t.Logf("%s: %d workbooks, %d rows stored as shown, %d refused by name", maker, len(books), stored, refused)
	}
}

// holdToShown holds what became of a row against what it shows.
func (a *api) holdToShown(row foreignRow, r v1.RowReceipt) {
	t := a.t
	t.Helper()
	code := ""
	if r.Indicator != nil {
		code = *r.Indicator
	}
	if r.Sheet == nil || *r.Sheet != row.Sheet || r.Line == nil || *r.Line != row.Line || code != row.Indicator {
		t.Errorf("the receipt is of %+v, want %+v", r, row)
		return
	}
	if row.Refused {
		if r.Outcome != "refused" || !strings.Contains(*r.Detail, row.Cell) {
			t.Errorf("%+v was %s", row, r.Outcome)
			if r.Detail != nil {
				t.Error(*r.Detail)
			}
		}
		return
	}
	if r.Outcome != "stored" {
		t.Errorf("%+v was %s: %s", row, r.Outcome, *r.Detail)
		return
	}
	stored := read[v1.MeasurementPage](a.get("/api/v1/indicators/" + code + "/measurements").want(200)).Items
	at := slices.IndexFunc(stored, func(m v1.Measurement) bool { return m.ID == *r.ID })
	if at < 0 {
		t.Errorf("%+v is not among what is stored", row)
		return
	}
	m := stored[at]
	if value, err := quantity.ParseNumber(string(*m.Value)); err != nil || !value.Equal(quantity.MustNumber(row.Shows)) || m.Unit != row.Unit {
		t.Errorf("%+v is stored as %s%s", row, *m.Value, m.Unit)
	}
}

func TestForeignTemplateIsUnchangedWhenItIsPostedAgain(t *testing.T) {
	foreignFolder(t)
	a := newExampleAPI(t)
	filled := filledTemplate(a, "市工信局")
	folder := t.TempDir()
	from := filepath.Join(folder, "filled.xlsx")
	if err := os.WriteFile(from, []byte(filled), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless",
		"--convert-to", "xlsx", "--outdir", filepath.Join(folder, "saved"), from).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	body, err := os.ReadFile(filepath.Join(folder, "saved", "filled.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	rows := len(a.sheetOf("市工信局", "")) - 1
	for i := range 3 {
		b := a.postBook(string(body), "").Batch
		if b.Rows != int64(rows) || b.Refused != 0 || i == 0 && b.Unchanged != 0 || i > 0 && b.Unchanged != int64(rows) {
			t.Errorf("attempt %d: %+v of %d rows", i+1, b, rows)
		}
	}
}

// filledTemplate is the template of an agency with a value in every row.
func filledTemplate(a *api, agency string) string {
	t := a.t
	t.Helper()
	rows := a.sheetOf(agency, "")
	file, err := excelize.OpenReader(strings.NewReader(string(a.templateOf(agency, "").body)))
	if err != nil {
		t.Fatal(err)
	}
	b := sent{t, file}
	defer b.Close()
	column, err := excelize.ColumnNumberToName(slices.Index(rows[0], "实绩") + 1)
	for i := range rows[1:] {
		if err == nil {
			err = file.SetCellValue("实绩", fmt.Sprint(column, i+5), fmt.Sprintf("%d.50", 60+i%30))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.text()
}

func TestNoRowOfATemplateIsRefusedAsItWasFilledIn(t *testing.T) {
	a := newExampleAPI(t)
	checked := 0
	for _, agency := range read[v1.AgencyPage](a.get("/api/v1/agencies?limit=500").want(200)).Items {
		if agency.Indicators == 0 {
			continue
		}
		got := a.postBook(filledTemplate(a, agency.Name), "?dry_run=true")
		checked += len(got.Receipts)
		for _, r := range got.Receipts {
			if r.Outcome == "refused" {
				t.Errorf("%s: %s %s: %s", agency.Name, *r.Indicator, *r.Code, *r.Detail)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d rows", checked)
	}
}
