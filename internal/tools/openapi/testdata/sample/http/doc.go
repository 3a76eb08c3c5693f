// Package http is annotated source for the tests: one operation for each
// thing that Swagger 2.0 cannot say.
//
//	@title						Sample API
//	@version					1
//	@description				First line.
//	@description				Second line with <angle> & ampersand.
//	@tag.name					things
//	@tag.description			事物 / Things
//	@securityDefinitions.apikey	BearerAuth
//	@in							header
//	@name						Authorization
//	@description				A key.
package http
