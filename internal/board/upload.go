package board

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// uploadPage is the view of the form that takes a file of reports, and of what became of one
// that was checked.
type uploadPage struct {
	// Name is that of the file that was checked; empty for none.
	Name     string
	Receipts []v1.RowReceipt
	// Left counts the rows of the file beyond those that are shown.
	Left    int
	Refused int
	Unread  []string
}

func showUpload(v *visit) error {
	if !v.SignedIn() && v.Me.Authentication != "off" {
		v.toSignIn()
		return nil
	}
	v.board.write(v, http.StatusOK, "upload", v.T("上传报表", "Upload a file"), uploadPage{})
	return nil
}

// reportTypes are the ends of the names of files of reports.
var reportTypes = []string{".xlsx", ".csv", ".ndjson", ".json"}

// upload hands a file of reports on as it comes. The button that was pressed comes before it.
func upload(v *visit) error {
	var failed error
	err := v.withFile(func(file sentFile) error {
		if !slices.Contains(reportTypes, strings.ToLower(path.Ext(file.Name))) {
			return problemOf(http.StatusUnsupportedMediaType, fault.UnsupportedMediaType,
				fault.Text{ZH: "请选择 .xlsx、.csv、.ndjson 或 .json 文件", EN: "choose an .xlsx, .csv, .ndjson or .json file"})
		}
		query := url.Values{}
		check := v.posted("action") != "send"
		if check {
			query.Set("dry_run", "true")
		}
		answer, err := v.do(v.r.Context(), request{
			method: http.MethodPost, path: "/api/v1/measurements/batch", query: query, body: file,
			header: http.Header{"Content-Type": {file.MediaType}, "Accept": {"application/x-ndjson"}},
		})
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		failed = v.showReceipts(file.Name, check, answer)
		return nil
	})
	if err != nil {
		return v.again(err, showUpload)
	}
	return failed
}

// showReceipts shows what became of a file: of one that was stored, on a page of its own.
func (v *visit) showReceipts(name string, check bool, answer *http.Response) error {
	content := uploadPage{Name: name}
	if err := content.read(answer.Body); err != nil {
		return err
	}
	if err := v.callRows(content.Receipts); err != nil {
		return err
	}
	if id := answer.Header.Get("Batch-Id"); id != "" && !check {
		return v.done("uploaded", "batches", id)
	}
	if unread, err := url.QueryUnescape(answer.Header.Get("Unread-Sheets")); err == nil && unread != "" {
		content.Unread = strings.Split(unread, ",")
	}
	v.board.write(v, http.StatusOK, "upload", v.T("核对结果", "What was checked"), content)
	return nil
}

// receiptsShown is how many rows of a file that was checked are shown, those that are refused first.
const receiptsShown = 200

// read reads receipts one by one and keeps the first.
func (u *uploadPage) read(answer io.Reader) error {
	lines := bufio.NewReader(answer)
	var accepted []v1.RowReceipt
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 1 {
			var r v1.RowReceipt
			if json.Unmarshal(line, &r) != nil {
				return errors.New("a receipt cannot be read")
			}
			switch {
			case r.Outcome == "refused" && len(u.Receipts) < receiptsShown:
				u.Refused++
				u.Receipts = append(u.Receipts, r)
			case r.Outcome == "refused":
				u.Refused++
				u.Left++
			case len(accepted) < receiptsShown:
				accepted = append(accepted, r)
			default:
				u.Left++
			}
		}
		if errors.Is(err, io.EOF) {
			u.Receipts = append(u.Receipts, accepted...)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// callRows asks what the indicators of rows are called.
func (v *visit) callRows(rows []v1.RowReceipt) error {
	var codes []string
	for _, r := range rows {
		if r.Indicator != nil && (r.Code == nil || *r.Code != string(fault.UnknownIndicator)) {
			codes = append(codes, *r.Indicator)
		}
	}
	return v.call(codes)
}

// batchPage is the view of what became of a file.
type batchPage struct {
	Batch    v1.Batch
	Receipts []v1.RowReceipt
	Next     string
	CSV      string
}

func showBatch(v *visit) error {
	id := v.r.PathValue("id")
	var content batchPage
	var page v1.RowReceiptPage
	query := url.Values{"limit": {"200"}}
	if cursor := v.r.URL.Query().Get("cursor"); cursor != "" {
		query.Set("cursor", cursor)
	}
	err := together(
		func() error { return v.get(&content.Batch, nil, "measurements", "batches", id) },
		func() error { return v.get(&page, query, "measurements", "batches", id, "receipts") },
	)
	if err != nil {
		return err
	}
	content.Receipts = page.Items
	if err := v.callRows(page.Items); err != nil {
		return err
	}
	if page.NextCursor != nil {
		content.Next = v.linkWith(url.Values{"cursor": {*page.NextCursor}}, "batches", id)
	}
	content.CSV = v.downloads(url.Values{}, "", "", "measurements", "batches", id, "receipts").CSV
	v.board.write(v, http.StatusOK, "batch", v.T("上传结果", "What became of the file"), content)
	return nil
}
