package board

import (
	"net/http"
	"net/url"
	"slices"

	v1 "github.com/indicator-tracker/tracker/api/v1"
)

// selection is what a page selects: the filters of the service, as they stand in its address.
type selection struct {
	// Query are the filters, clocks and order without the place in the list.
	Query url.Values
	// Sections and Agencies can be chosen.
	Sections []v1.Section
	Agencies []string
	Statuses []statusMark
}

// Has says whether a filter has a value.
func (s selection) Has(name, value string) bool {
	for _, one := range s.Query[name] {
		if one == value {
			return true
		}
	}
	return false
}

// First is the first value of a filter.
func (s selection) First(name string) string { return s.Query.Get(name) }

// Kept are the filters that the form of a page has no field for, which it sends along.
func (s selection) Kept() url.Values {
	kept := url.Values{}
	for name, values := range s.Query {
		switch name {
		case "section", "agency", "status", "q", "on", "as_of", "sort":
		default:
			kept[name] = values
		}
	}
	return kept
}

// Filtered says whether anything but the clocks is chosen.
func (s selection) Filtered() bool {
	for name := range s.Query {
		if name != "on" && name != "as_of" && name != "sort" {
			return true
		}
	}
	return false
}

// asked are the parameters of this page for a list of the service, of the plan that it is about.
// Fields of forms that were left empty say nothing.
func (v *visit) asked(pairs ...string) url.Values {
	query := url.Values{}
	for name, values := range v.r.URL.Query() {
		for _, value := range values {
			if value != "" {
				query.Add(name, value)
			}
		}
	}
	query.Del("cursor")
	query.Del("lang")
	query.Del("done")
	if v.Plan.Code != "" {
		query.Set("plan", v.Plan.Code)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	return query
}

// selection is that of this page, with what can be chosen.
func (v *visit) selection(agencies []string, statuses []statusMark) selection {
	query := v.asked()
	query.Del("plan")
	s := selection{Query: query, Sections: slices.Clone(v.Plan.Sections), Agencies: agencies, Statuses: statuses}
	if s.Has("section", "0") {
		s.Sections = append(s.Sections, v1.Section{Heading: v.NoSection()})
	}
	return s
}

// downloads are the addresses of exactly what a page shows, as a table.
type downloads struct{ CSV, XLSX string }

// Downloads of a list of the service, pinned to the day and the moment that the page shows.
func (v *visit) downloads(query url.Values, on, asOf string, path ...string) downloads {
	pinned := url.Values{}
	for name, values := range query {
		pinned[name] = values
	}
	pinned.Del("limit")
	if on != "" {
		pinned.Set("on", on)
	}
	if asOf != "" {
		pinned.Set("as_of", asOf)
	}
	pinned.Set("headings", v.T("zh", "names"))
	address := func(format string) string {
		pinned.Set("format", format)
		return "/board/data" + apiPath(path...)[len("/api/v1"):] + "?" + pinned.Encode()
	}
	return downloads{CSV: address("csv") + "&bom=true", XLSX: address("xlsx")}
}

// download answers with what a route of the service answers, under the key of the reader.
func download(v *visit) error {
	path := "/api/v1/" + v.r.PathValue("path")
	if escaped := v.r.URL.EscapedPath(); len(escaped) > len("/board/data") {
		path = "/api/v1" + escaped[len("/board/data"):]
	}
	answer, err := v.do(v.r.Context(), request{method: http.MethodGet, path: path, query: v.r.URL.Query(), header: http.Header{"Accept": {"*/*"}}})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return v.pass(answer)
}
