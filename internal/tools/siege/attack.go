package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/tools/service"
)

// hostile is a reporter that means harm, with a key of its own.
type hostile struct {
	base, token, code string
	admin             string // the key of an office, whose plans are no better
	client            *http.Client
}

const (
	batch    = "/api/v1/measurements/batch"
	csvType  = "text/csv"
	jsonType = "application/json"
	lineType = "application/x-ndjson"
	bookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func newHostile(ctx context.Context, s *service.Service, code string) (*hostile, error) {
	var made struct {
		Token string `json:"token"`
	}
	err := s.Call(ctx, http.MethodPost, "/api/v1/keys", jsonType, strings.NewReader(`{"name":"hostile","role":"reporter","agencies":["市科技局"]}`), &made)
	return &hostile{admin: s.Token, base: s.Base, token: made.Token, code: code, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}, err
}

// attack is made by as many at a time.
type attack struct {
	at   int
	make func(context.Context, *hostile) (outcome string)
}

var attacks = map[string]attack{
	"bombs":   {8, bombed},
	"slow":    {100, dripped},
	"unread":  {50, unread},
	"open":    {600, opened},
	"dry_run": {20, dryRun},
	"plans":   {4, planned},
	"readers": {24, asked},
}

func attackNames() []string { return slices.Sorted(maps.Keys(attacks)) }

// bombed sends one of the bodies that would fill the memory.
func bombed(ctx context.Context, h *hostile) string {
	b := bombs[rand.IntN(len(bombs))] //nolint:gosec // which is no secret
	return b.name + ": " + h.send(ctx, h.token, batch+b.query, b.mediaType, b.body())
}

// asked reads lists, summaries and tables of everything, each in words of its own, so that no
// answer can be given twice.
func asked(ctx context.Context, h *hostile) string {
	path := readings[rand.IntN(len(readings))]                                                                                                                                                    //nolint:gosec // which is no secret
	return "read " + strings.SplitN(path, "?", 2)[0] + ": " + h.request(ctx, http.MethodGet, h.token, fmt.Sprintf("%s&due_from=2000-%02d-%02d", path, 1+rand.IntN(12), 1+rand.IntN(28)), "", nil) //nolint:gosec // likewise
}

var readings = []string{
	"/api/v1/progress?sort=-percent,name,gap&limit=500", "/api/v1/progress?q=" + url.QueryEscape("家") + "&explain=true&limit=500", "/api/v1/progress?format=xlsx", "/api/v1/progress?format=parquet&explain=true",
	"/api/v1/progress?on=2023-06-30&sort=gap&limit=500", "/api/v1/series?projection=true&limit=60", "/api/v1/series?format=csv",
	"/api/v1/summary?group_by=task,status", "/api/v1/summary?group_by=agency&on=2023-03-31", "/api/v1/indicators?sort=-name&limit=500", "/api/v1/indicators?format=ndjson",
}

// planned sends a text as long as a plan may be, or longer, to be read and not stored.
func planned(ctx context.Context, h *hostile) string {
	unit := planTexts[rand.IntN(len(planTexts))]      //nolint:gosec // which is no secret
	times := (1 + rand.IntN(9)) << 20 / 2 / len(unit) //nolint:gosec // how long is no secret
	return "plan: " + h.send(ctx, h.admin, "/api/v1/plans?code=hostile&dry_run=true&starts_on=2023-01-01&due_on=2023-12-31", "text/plain; charset=utf-8", repeated("1.", unit, times, ""))
}

var planTexts = []string{"新增企业3家", "新增3家（市发改局）", "甲\n", "1.抓好落实。新增企业3家。\n", "甲 | ", "“", "2023年9月、"}

// send answers with the status, or that there was none.
func (h *hostile) send(ctx context.Context, token, path, mediaType string, body io.Reader) string {
	return h.request(ctx, http.MethodPost, token, path, mediaType, body)
}

func (h *hostile) request(ctx context.Context, method, token, path, mediaType string, body io.Reader) string {
	req, err := http.NewRequestWithContext(ctx, method, h.base+path, body)
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		pause(ctx)
		return "no answer"
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode == http.StatusServiceUnavailable || resp.StatusCode == http.StatusTooManyRequests {
		pause(ctx)
	}
	return resp.Status
}

// pause keeps those who are turned away from spinning.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(100 * time.Millisecond):
	}
}

// drip is a body that comes a little at a time.
type drip struct {
	ctx  context.Context //nolint:containedctx // lives as long as one request
	from io.Reader
}

// Read implements io.Reader.
func (d drip) Read(p []byte) (int, error) {
	pause(d.ctx)
	if err := d.ctx.Err(); err != nil {
		return 0, err
	}
	return d.from.Read(p[:min(len(p), 16)])
}

func (h *hostile) rows() io.Reader {
	return repeated("", fmt.Sprintf(`{"indicator":%q,"period":"2023-01","value":1}`+"\n", h.code), 1<<20, "")
}

// dripped sends rows, or a workbook, a few bytes at a time.
func dripped(ctx context.Context, h *hostile) string {
	if rand.IntN(2) == 0 { //nolint:gosec // which is no secret
		return "slow workbook: " + h.send(ctx, h.token, batch, bookType, drip{ctx, bytes.NewReader(workbook(nil))})
	}
	return "slow rows: " + h.send(ctx, h.token, batch, lineType, drip{ctx, h.rows()})
}

// dryRun drips rows of a batch that is one transaction.
func dryRun(ctx context.Context, h *hostile) string {
	return "slow dry run: " + h.send(ctx, h.token, batch+"?dry_run=true", lineType, drip{ctx, h.rows()})
}

// unread asks for a long answer and takes none of it.
func unread(ctx context.Context, h *hostile) string {
	return "answer not taken: " + h.connected(ctx, "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"+
		"GET /api/v1/progress?limit=500 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "+h.token+"\r\n\r\n")
}

// opened begins a request and never ends it.
func opened(ctx context.Context, h *hostile) string {
	return "request left open: " + h.connected(ctx, "POST "+batch+" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "+h.token+
		"\r\nContent-Type: "+lineType+"\r\nContent-Length: 1000000\r\n\r\n{")
}

// connected writes to a connection and holds it open.
func (h *hostile) connected(ctx context.Context, text string) string {
	address, err := url.Parse(h.base)
	if err != nil {
		return err.Error()
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address.Host)
	if err != nil {
		pause(ctx)
		return "no connection"
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, text); err != nil {
		return "cut off"
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(1+rand.IntN(20)) * time.Second): //nolint:gosec // how long is no secret
	}
	return "held"
}

// bomb is a body that has to be refused.
type bomb struct {
	name, query, mediaType string
	body                   func() io.Reader
}

// repeater is a text over and over.
type repeater struct {
	text     string
	at, left int
}

// Read implements io.Reader.
func (r *repeater) Read(p []byte) (n int, err error) {
	for n < len(p) && r.left > 0 {
		k := min(copy(p[n:], r.text[r.at:]), r.left)
		n, r.left, r.at = n+k, r.left-k, (r.at+k)%len(r.text)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func repeated(before, text string, times int, after string) io.Reader {
	return io.MultiReader(strings.NewReader(before), &repeater{text: text, left: times * len(text)}, strings.NewReader(after))
}

const heads = "indicator,period,value\n"

var bombs = makeBombs()

func makeBombs() []bomb {
	const large = 50 << 20
	made := []bomb{
		{"commas", "", csvType, func() io.Reader { return repeated(heads, ",", large, "") }},
		{"open quote", "?mode=atomic", csvType, func() io.Reader { return repeated(heads+`a,2023,"`, "x\n", large/2, "") }},
		{"long element", "", jsonType, func() io.Reader { return repeated(`[{"note":"`, "x", large, "") }},
		{"deep element", "?dry_run=true", jsonType, func() io.Reader { return repeated(`[`, "[", large, "") }},
		{"long line", "", lineType, func() io.Reader { return repeated(`{"note":"`, "x", large, "") }},
	}
	const open = `<worksheet><sheetData><row><c t="inlineStr"><is><t>indicator</t></is></c><c t="inlineStr"><is><t>period</t></is></c><c t="inlineStr"><is><t>value</t></is></c></row>`
	for name, parts := range map[string]map[string]io.Reader{
		"formats":     {"xl/styles.xml": repeated(`<styleSheet><numFmts>`, `<numFmt numFmtId="1" formatCode="`+strings.Repeat(";", 1000)+`"/>`, 50_000, "")},
		"long texts":  {"xl/sharedStrings.xml": repeated("<sst>", "<si><t>"+strings.Repeat("x", 30_000)+"</t></si>", 10_000, "</sst>")},
		"wide rows":   {"xl/worksheets/sheet1.xml": repeated(open, `<row><c r="XFD2"><v>1</v></c></row>`, 300_000, "</sheetData></worksheet>")},
		"deep sheet":  {"xl/worksheets/sheet1.xml": repeated(open, `<a>`, 10<<20, "")},
		"large sheet": {"xl/worksheets/sheet1.xml": repeated(open, " ", 500<<20, "")},
	} {
		body := workbook(parts)
		made = append(made, bomb{"workbook, " + name, "", bookType, func() io.Reader { return bytes.NewReader(body) }})
	}
	return made
}

// workbook is a workbook of one sheet, with some parts replaced.
func workbook(parts map[string]io.Reader) []byte {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relation := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id=%q Type="%s" Target=%q/>`, id, office+kind, target)
	}
	all := map[string]io.Reader{
		"_rels/.rels":                strings.NewReader(`<Relationships>` + relation("r1", "officeDocument", "xl/workbook.xml") + `</Relationships>`),
		"xl/workbook.xml":            strings.NewReader(`<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": strings.NewReader(`<Relationships>` + relation("r1", "worksheet", "worksheets/sheet1.xml") + relation("r2", "styles", "styles.xml") + relation("r3", "sharedStrings", "sharedStrings.xml") + `</Relationships>`),
		"xl/styles.xml":              strings.NewReader(`<styleSheet/>`),
		"xl/sharedStrings.xml":       strings.NewReader(`<sst/>`),
		"xl/worksheets/sheet1.xml":   strings.NewReader(`<worksheet><sheetData/></worksheet>`),
	}
	maps.Copy(all, parts)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, body := range all {
		to, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(to, body)
		}
		if err != nil {
			panic(err) // it is written to memory
		}
	}
	if err := w.Close(); err != nil {
		panic(err) // it is written to memory
	}
	return out.Bytes()
}
