// Package docs holds the project's documentation, so that the program has it at hand.
package docs

import "embed"

//go:embed *.md deploy examples guide images
var files embed.FS

// Files are the pages, with what they show and lead to, by their paths below docs.
func Files() embed.FS { return files }
