package httpapi

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tabular"
)

// tableParams are the parameters that every list, summary and series has beside its own. The
// contract declares them once, in internal/tools/openapi.
var tableParams = []string{"format", "headings", "bom"}

// formatJSON is the format that is no table.
const formatJSON = "json"

// shape is the form in which rows are asked for.
type shape struct {
	// table is their format; empty for JSON.
	table     tabular.Format
	headings  tabular.Headings
	bom       bool
	limited   bool // a page and no more
	structure *tabular.Structure
}

// shape reads it: format before Accept, headings before Accept-Language. SDMX-CSV is among
// the formats where there is a structure for the rows.
func (p *params) shape(c echo.Context, structure *tabular.Structure) shape {
	h := c.Response().Header()
	vary(h, echo.HeaderAccept)
	vary(h, "Accept-Language")
	as := shape{structure: structure, headings: tabular.Names, limited: p.text("limit") != ""}
	formats := []string{formatJSON}
	for _, f := range tabular.Formats {
		if f != tabular.SDMXCSV || structure != nil {
			formats = append(formats, string(f))
		}
	}
	name := p.text("format")
	if name == "" {
		accept := strings.Join(c.Request().Header.Values(echo.HeaderAccept), ",")
		name, as.bom = acceptedFormat(accept, formats)
		if name == "" && p.err == nil {
			p.err = fault.Newf(fault.NotAcceptable, "这里有 %[1]s 格式，Accept 中一种也没有；可用 format= 指定", "here are the formats %[1]s, and Accept has none of them; format= chooses one", strings.Join(formats, ", "))
		}
	} else if !slices.Contains(formats, name) {
		p.fail("format", "没有格式“%s”，可用的有：%s", "there is no format %q; those known here are: %s", name, strings.Join(formats, ", "))
	}
	if name != formatJSON {
		as.table = tabular.Format(name)
	}
	if asked := strings.ToLower(c.Request().Header.Get("Accept-Language")); asked != "" && languageOf(c) == "zh" && strings.Contains(asked, "zh") {
		as.headings = tabular.Chinese
	}
	if h := word(p, "headings", tabular.AllHeadings); h != "" {
		as.headings = h
	}
	if p.text("bom") != "" {
		as.bom = p.flag("bom")
	}
	return as
}

// size is how many rows are read at a time: those of the page that was asked for or, for a
// whole table, the most.
func (as shape) size(limit int) int {
	if as.table == "" || as.limited {
		return limit
	}
	return maxLimit
}

// excelType is what spreadsheet programs name in Accept when they open an address. They get
// CSV with the mark by which they know UTF-8.
const excelType = "application/vnd.ms-excel"

// mediaTypes are the formats by the media types that name them, those before others that a
// range such as text/* means first.
var mediaTypes = []struct{ media, format string }{
	{echo.MIMEApplicationJSON, formatJSON},
	{problemType, formatJSON},
	{tabular.NDJSON.MediaType(), string(tabular.NDJSON)},
	{"application/ndjson", string(tabular.NDJSON)},
	{"application/jsonl", string(tabular.NDJSON)},
	{tabular.CSV.MediaType(), string(tabular.CSV)},
	{excelType, string(tabular.CSV)},
	{tabular.XLSX.MediaType(), string(tabular.XLSX)},
	{tabular.Parquet.MediaType(), string(tabular.Parquet)},
	{"application/x-parquet", string(tabular.Parquet)},
	{tabular.SDMXCSV.MediaType(), string(tabular.SDMXCSV)},
}

// acceptedFormat is the format that an Accept wants most of those there are, "" when it
// wants none of them, and whether a spreadsheet program asks. Of types that are wanted alike
// the one that is named more exactly counts, and then the one that is named first.
func acceptedFormat(accept string, formats []string) (format string, excel bool) {
	if strings.TrimSpace(accept) == "" {
		return formatJSON, false
	}
	best, exactly := 0, 0
	for _, part := range strings.Split(accept, ",") {
		wanted, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := qualityOf(parameters["q"])
		exact := 3 - strings.Count(wanted, "*")
		if version := parameters["version"]; wanted == tabular.SDMXCSV.MediaType() && version != "" && !strings.HasPrefix(version, "2.") {
			continue
		}
		for _, m := range mediaTypes {
			if !matches(wanted, m.media) || !slices.Contains(formats, m.format) {
				continue
			}
			if quality > best || quality == best && quality > 0 && exact > exactly {
				best, exactly, format, excel = quality, exact, m.format, wanted == excelType
			}
			break
		}
	}
	return format, excel
}

// matches says that a media type is within a range.
func matches(wanted, media string) bool {
	if wanted == media || wanted == "*/*" {
		return true
	}
	kind, isRange := strings.CutSuffix(wanted, "/*")
	return isRange && strings.HasPrefix(media, kind+"/")
}

// qualityOf is the weight of a type in thousandths, as RFC 9110 writes it.
func qualityOf(q string) int {
	const whole = 1000
	if q == "" {
		return whole
	}
	unit, rest, _ := strings.Cut(q, ".")
	n, err := strconv.Atoi(unit + (rest + "000")[:3])
	if err != nil || n < 0 || n > whole || len(rest) > 3 {
		return 0
	}
	return n
}

// contentType is what a table is called in an answer.
func (as shape) contentType() string {
	switch as.table {
	case tabular.CSV:
		return as.table.MediaType() + "; charset=utf-8; header=present"
	case tabular.SDMXCSV:
		return as.table.MediaType() + "; version=2.0.0; charset=utf-8"
	}
	return as.table.MediaType()
}

// isHead says that only the head of the answer is asked for.
func isHead(r *http.Request) bool { return methodOf(r) == http.MethodHead }
