// Package openapi holds the contract of the HTTP interface, made from the
// comments beside the handlers by `make generate`, and the page that shows it.
package openapi

import (
	_ "embed" // the two documents
)

var (
	//go:embed openapi.json
	documentJSON []byte
	//go:embed openapi.yaml
	documentYAML []byte
)

// JSON returns the OpenAPI 3.0.3 document as JSON. Callers must not change it.
func JSON() []byte { return documentJSON }

// YAML returns the same document as YAML. Callers must not change it.
func YAML() []byte { return documentYAML }
