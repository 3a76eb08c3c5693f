package documenttest

import (
	"fmt"
	"html"
	"strings"
)

// HTML writes blocks as a page in UTF-8.
func HTML(blocks ...Block) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>plan</title></head>\n<body>\n")
	for _, block := range blocks {
		if block.Rows != nil {
			b.WriteString(htmlTable(block.Rows))
			continue
		}
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(block.Number+block.Text))
	}
	return []byte(b.String() + "</body></html>\n")
}

func htmlTable(rows [][]Cell) string {
	var b strings.Builder
	b.WriteString("<table>\n")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, c := range row {
			b.WriteString("<td")
			if c.Columns > 1 {
				fmt.Fprintf(&b, " colspan=%q", fmt.Sprint(c.Columns))
			}
			if c.Rows > 1 {
				fmt.Fprintf(&b, " rowspan=%q", fmt.Sprint(c.Rows))
			}
			b.WriteString(">" + strings.ReplaceAll(html.EscapeString(c.Text), "\n", "<br>") + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table>\n"
}
