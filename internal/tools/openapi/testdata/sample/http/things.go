package http

// createThing stores one thing.
//
//	@ID			createThing
//	@Summary	Store a thing
//	@Tags		things
//	@Accept		json
//	@Produce	json,application/problem+json
//	@Param		body	body		wire.ThingRequest	true	"The thing"
//	@Success	201		{object}	wire.Thing
//	@Header		201		{string}	Location	"Where it is"
//	@Failure	400,422	{object}	wire.Problem	"Refused"
//	@Security	BearerAuth
//	@Router		/api/v1/things [post]
func createThing() {}

// uploadThings takes many things in several media types.
//
//	@ID			uploadThings
//	@Summary	Store many things
//	@Tags		things
//	@Accept		json,text/csv,application/x-ndjson,mpfd
//	@Produce	json,application/problem+json
//	@Param		mode	query		string				false	"All or some"	Enums(atomic, partial)	default(atomic)
//	@Param		things	body	[]wire.ThingRequest	true	"The things"	example(code,value)
//	@Success	200		{array}		wire.Thing
//	@Failure	400		{object}	wire.Problem
//	@Router		/api/v1/things/batch [post]
func uploadThings() {}

// exportThings gives the things as text.
//
//	@ID			exportThings
//	@Summary	Things as CSV
//	@Tags		things
//	@Produce	text/csv,application/problem+json
//	@Param		code	path		string	true	"Code"	minlength(1) maxlength(64) extensions(x-pattern=^[a-z0-9-]+$)
//	@Param		on		query		string	false	"Date"	format(date)	example(2023-09-30)
//	@Success	200		{string}	string
//	@Failure	404		{object}	wire.Problem
//	@Router		/api/v1/things/{code}/export [get]
func exportThings() {}

// sendFile takes a form with a file part.
//
//	@ID			sendFile
//	@Summary	Send a file
//	@Tags		things
//	@Accept		mpfd,plain
//	@Produce	json,application/problem+json
//	@Param		file	formData	file	true	"The file"
//	@Param		note	formData	string	false	"A note"	example(hello)
//	@Success	204
//	@Failure	415	{object}	wire.Problem
//	@Router		/api/v1/files [post]
func sendFile() {}
