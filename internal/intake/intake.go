// Package intake reads the rows of a batch of measurements out of the forms that
// senders have them in: JSON arrays, NDJSON, CSV and Excel workbooks, and makes
// the workbook that an agency fills in. Rows are read one at a time, whatever
// the length of the whole.
package intake

import (
	"context"
	"io"
	"mime"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

// The media types that Open reads.
const (
	JSON     = "application/json"
	NDJSON   = "application/x-ndjson"
	CSV      = "text/csv"
	Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// mostInRow is how long the JSON of one row may be, in bytes.
const mostInRow = 64 << 10

// Open reads rows of a media type. CSV may be UTF-8, with or without a byte-order
// mark, or GB18030. It fails with fault.UnsupportedMediaType, and, when already
// the beginning cannot be read, as the rows would. Columns of a table or sheet are
// passed over where passOver names their heading or, of those without one, their
// letter. Temporary files are those of the context (package scratch); reading a workbook
// fails once the context has ended.
func Open(ctx context.Context, mediaType string, r io.Reader, passOver ...string) (tracker.Rows, error) {
	kind, params, err := mime.ParseMediaType(mediaType)
	if err != nil {
		kind = ""
	}
	switch kind {
	case JSON:
		return newArray(r), nil
	case NDJSON, "application/ndjson", "application/jsonl":
		return newLines(r), nil
	case CSV:
		return newCSV(r, params["charset"], passOver)
	case Workbook:
		return newWorkbook(ctx, r, passOver)
	}
	return nil, fault.Newf(fault.UnsupportedMediaType,
		"请以 Content-Type: %s、%s、%s 或 %s 发送，收到的是“%s”", "send Content-Type: %s, %s, %s or %s; %q was received",
		JSON, NDJSON, CSV, Workbook, mediaType)
}

// IsWorkbook says whether a media type is that of workbooks, which are read only when all
// of them has come. Open reads one from an *os.File where it is, and does not close it.
func IsWorkbook(mediaType string) bool {
	kind, _, err := mime.ParseMediaType(mediaType)
	return err == nil && kind == Workbook
}

// UnreadSheets names the sheets of a workbook that are not among its rows.
func UnreadSheets(rows tracker.Rows) []string {
	if w, isWorkbook := rows.(*workbook); isWorkbook {
		return w.unread
	}
	return nil
}

// TypeOf is the media type of a file by the ending of its name, empty when it
// tells none.
func TypeOf(name string) string {
	for ending, mediaType := range map[string]string{
		".json": JSON, ".ndjson": NDJSON, ".jsonl": NDJSON, ".csv": CSV, ".xlsx": Workbook,
	} {
		if len(name) > len(ending) && name[len(name)-len(ending):] == ending {
			return mediaType
		}
	}
	return ""
}
