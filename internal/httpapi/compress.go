package httpapi

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
)

// compressFrom is how long an answer must be to be compressed.
const compressFrom = 4 << 10

// compress sends what is text and long with gzip to whoever takes it. What has a strong ETag
// is sent as it is: the tag stands for its bytes, and comes back in If-Match.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(compressFrom), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.EnableZstd(false), gzhttp.ContentTypeFilter(isText),
	)
	if err != nil {
		panic(err) // a mistake in the options above
	}
	return wrap(next)
}

// isText says that a media type is text, which gzip makes shorter; files that are archives
// or are compressed within are not.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && (strings.HasPrefix(media, "text/") || isJSONType(media) || media == "application/x-ndjson" ||
		media == "application/yaml" || media == "application/vnd.sdmx.data+csv")
}

func isJSONType(media string) bool {
	return media == echo.MIMEApplicationJSON || strings.HasSuffix(media, "+json")
}

// tagExactly sets the tag of exactly these bytes.
func tagExactly(c echo.Context, tag string) {
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set(gzhttp.HeaderNoCompression, "true")
}
